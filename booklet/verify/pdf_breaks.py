"""Blocks and tags with their pages in, findings about what a page break tears apart out."""

from __future__ import annotations

from collections.abc import Iterator

from booklet.findings import Finding
from booklet.verify.pdf_concern import NO_STRUCTURE, Measure, Opened, measured, on_page, unmeasured
from booklet.verify.pdf_flow import Block
from booklet.verify.pdf_page import excerpt
from booklet.verify.tagtree import Tag

TOGETHER = 2
"""Lines of a paragraph that stay together at a page's head or foot (STANDARDS, "breaks")."""
ROW_PARTS = frozenset({"TD", "TH"})
LABELS = frozenset({"Lbl"})
PICTURES = frozenset({"Figure", "Formula"})


def widows(opened: Opened) -> Measure:
    """Require two lines or more of a block on each page that it crosses."""
    if opened.tags is None:
        return unmeasured("widows and orphans", NO_STRUCTURE)
    crossing = [block for block in opened.blocks if len(_line_pages(block)) > 1]
    findings = [
        on_page(
            "PDF-070",
            opened,
            page,
            f"{excerpt(block.on(page)[0].text)} is the only line of its paragraph on this page.",
        )
        for block in crossing
        if block.kind not in ROW_PARTS | PICTURES and not block.is_heading
        for page in _line_pages(block)
        if len(block.on(page)) < TOGETHER
    ]
    return measured("widows and orphans", findings, f"{len(crossing)} blocks go over a page")


def _line_pages(block: Block) -> tuple[int, ...]:
    return tuple(dict.fromkeys(line.page for line in block.lines))


# --------------------------------------------------------------------- headings


def headings(opened: Opened) -> Measure:
    """Require two lines or a whole short block below each heading on its page."""
    if opened.tags is None:
        return unmeasured("headings at page ends", NO_STRUCTURE)
    blocks = opened.blocks
    places = [index for index, block in enumerate(blocks) if block.is_heading and block.lines]
    findings = [
        finding
        for index in places
        for finding in _heading(opened, blocks[index], blocks[index + 1 :])
    ]
    return measured("headings at page ends", findings, f"{len(places)} headings")


def _heading(opened: Opened, heading: Block, after: tuple[Block, ...]) -> Iterator[Finding]:
    last = heading.lines[-1]
    words = excerpt(" ".join(line.text for line in heading.lines))
    if len(_line_pages(heading)) > 1:
        yield on_page("PDF-071", opened, last.page, f"the heading {words} goes over two pages.")
    elif not _has_company(last.page, after) and not _is_drawn_below(opened, heading):
        yield on_page(
            "PDF-071", opened, last.page, f"the heading {words} stands alone at the page's end."
        )


def _has_company(page: int, after: tuple[Block, ...]) -> bool:
    """True when what follows a heading begins well on its page; a heading answers for itself."""
    lines = 0
    for block in after:
        if block.kind in LABELS:
            continue
        if page not in block.pages:
            return False
        if block.is_heading or block.kind in PICTURES:
            return True
        lines += len(block.on(page))
        if lines >= TOGETHER or (block.lines and _line_pages(block) == (page,)):
            return True
    return False


def _is_drawn_below(opened: Opened, heading: Block) -> bool:
    """True when lines to write on, or a drawing, take the place of two lines below a heading."""
    last, sizes = heading.lines[-1], opened.expectation.edition.type
    step = sizes.body * sizes.leading_floor if sizes else last.size
    page = opened.pages[last.page - 1]
    return page.drawn is not None and last.baseline - page.drawn[1] >= TOGETHER * step


# -------------------------------------------------------- rows, labels, captions


def rows(opened: Opened) -> Measure:
    """Require that each table row stands on one page."""
    if opened.tags is None:
        return unmeasured("table rows", NO_STRUCTURE)
    tags = [tag for tag in opened.tags.walk() if tag.standard == "TR"]
    findings = [
        on_page("PDF-072", opened, pages[0], f"the table row {excerpt(tag.text())} is torn apart.")
        for tag in tags
        if len(pages := _pages(tag)) > 1
    ]
    return measured("table rows", findings, f"{len(tags)} rows")


def labels(opened: Opened) -> Measure:
    """Require that a list's numbers, bullets and terms stand where their text begins."""
    if opened.tags is None:
        return unmeasured("list labels", NO_STRUCTURE)
    pairs = [pair for tag in opened.tags.walk() for pair in _labelled(tag)]
    findings = [
        on_page(
            "PDF-073",
            opened,
            pages[-1],
            f"{excerpt(label.text())} stands here, but {excerpt(body.text())} on another page.",
        )
        for label, body in pairs
        if (pages := _pages(label)) and (starts := _pages(body)) and set(pages) != {starts[0]}
    ]
    return measured("list labels", findings, f"{len(pairs)} labels")


def _labelled(item: Tag) -> Iterator[tuple[Tag, Tag]]:
    """Yield each label of a list item with the body that follows it."""
    kids = [kid for kid in item.kids if isinstance(kid, Tag)]
    for index, kid in enumerate(kids):
        rest = (other for other in kids[index + 1 :] if other.standard != "Lbl")
        body = next(rest, None) if kid.standard == "Lbl" else None
        if body is not None:
            yield kid, body


def captions(opened: Opened) -> Measure:
    """Require that a caption stands on the page where its picture or table begins."""
    if opened.tags is None:
        return unmeasured("captions", NO_STRUCTURE)
    pairs = [pair for tag in opened.tags.walk() for pair in _captioned(tag)]
    findings = [
        on_page(
            "PDF-074",
            opened,
            pages[0],
            f"the caption {excerpt(caption.text())} stands here, but what it belongs to begins on "
            f"page {start}.",
        )
        for caption, start in pairs
        if start is not None and (pages := _pages(caption)) and set(pages) != {start}
    ]
    return measured("captions", findings, f"{len(pairs)} captions")


def _captioned(parent: Tag) -> Iterator[tuple[Tag, int | None]]:
    """Yield each caption with the page on which the rest of its group begins."""
    kids = [kid for kid in parent.kids if not (isinstance(kid, Tag) and kid.standard == "Caption")]
    for kid in parent.kids:
        if isinstance(kid, Tag) and kid.standard == "Caption":
            rest = (page for other in kids for page in _pages_of_kid(other))
            yield kid, next(rest, None)


def _pages_of_kid(kid: object) -> tuple[int, ...]:
    return _pages(kid) if isinstance(kid, Tag) else (getattr(kid, "page", 0),)


def _pages(tag: Tag) -> tuple[int, ...]:
    """Return the pages that hold content of an element, in reading order."""
    return tuple(dict.fromkeys(content.page for content in tag.contents()))

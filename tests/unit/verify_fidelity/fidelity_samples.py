"""A small booklet, its finished files, and ways to spoil them, for the rules of fidelity."""

from __future__ import annotations

import hashlib
import io
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from types import SimpleNamespace
from typing import Any

import pikepdf

from booklet.editions import EPUB, Artifact, Edition, Expectation, ToolResult, edition
from booklet.findings import Cleared, Finding
from booklet.model import (
    Abbreviation,
    Block,
    Booklet,
    BulletList,
    Compare,
    CompareRow,
    CrossReference,
    Figure,
    Inline,
    Link,
    ListItem,
    Note,
    NoteReference,
    NumberedList,
    Paragraph,
    Phrase,
    Section,
    Steps,
    Text,
)
from booklet.plan import expected, plan
from booklet.verify import fidelity_epub, fidelity_pdf
from booklet.verify.epub_book import open_book
from booklet.verify.pdf_concern import Opened
from booklet.verify.pdf_marks import marked_words
from booklet.writers import write
from tests import samples
from tests.samples import SPAN, items, paragraph, words

A4 = edition("large-a4")
Change = Callable[[pikepdf.Pdf], None]
Result = tuple[list[str], tuple[ToolResult, ToolResult]]


def rich() -> Paragraph:
    """A paragraph with the inline elements that structure has."""
    parts: tuple[Inline, ...] = (
        Text("See "),
        CrossReference("first-part", words("a part"), SPAN),
        Text(", a "),
        Link("https://example.org/a", words("page"), SPAN),
        Text(", an "),
        Abbreviation("MRI", "magnetic resonance imaging"),
        Text(" and "),
        Phrase("es", "ltr", words("hola")),
        Text("."),
        NoteReference("first-note-1", 1, "first-note-1-mark-1", SPAN),
    )
    return Paragraph(parts, SPAN)


def blocks() -> tuple[Block, ...]:
    """The blocks of the one chapter."""
    row = CompareRow(words("Neural"), (words("Brain"), words("Early")), SPAN)
    columns = (words("Type"), words("From"), words("Stage"))
    inner = Section("first-inner", 3, words("Deep"), (paragraph("Inside the deep part."),), SPAN)
    part = Section("first-part", 2, words("A part"), (paragraph("Inside a part."), inner), SPAN)
    return (
        rich(),
        paragraph("The first of two."),
        paragraph("The second of two."),
        BulletList(items("One", "Two"), SPAN),
        NumberedList((ListItem((paragraph("A"), paragraph("B")), SPAN),), 3, SPAN),
        Steps(words("How to move"), items("Sit up.", "Stand up."), SPAN),
        Compare("first-table-1", words("Kinds of cell"), columns, (row,), SPAN),
        Figure("first-fig", samples.asset(), "A teal disc.", words("A disc"), (), False, SPAN),
        part,
    )


def booklet(change: Callable[[tuple[Block, ...]], tuple[Block, ...]] | None = None) -> Booklet:
    """The booklet, after a change to the blocks of its chapter."""
    whole = samples.booklet()
    inside = change(blocks()) if change else blocks()
    note = Note("first-note-1", 1, (paragraph("A note."),), ("first-note-1-mark-1",), SPAN)
    chapter = Section("first", 1, words("What is it?"), inside, SPAN, (note,))
    meta = replace(whole.meta, back_matter=(), key_messages=())
    return replace(whole, chapters=(chapter,), meta=meta, glossary=(), sources=())


def swapped(old: Block, *new: Block) -> Callable[[tuple[Block, ...]], tuple[Block, ...]]:
    """A change that puts other blocks, or none, in place of one."""

    def change(nodes: tuple[Block, ...]) -> tuple[Block, ...]:
        assert old in nodes
        return tuple(each for node in nodes for each in (new if node == old else (node,)))

    return change


def written(source: Booklet, row: Edition = A4, css: str = "") -> bytes:
    """The bytes of one finished edition."""
    parent = None
    if row.made_from:
        data = pdf()
        digest = hashlib.sha256(data).hexdigest()
        parent = Artifact(A4, "sample.pdf", A4.media_type, data, digest)
    job = plan(Cleared(source), row, parent)
    assert job is not None
    artifact = write(replace(job, styles=(*job.styles, ("more.css", css)))).artifact
    assert artifact is not None
    return artifact.data


@cache
def pdf() -> bytes:
    """The finished PDF of the booklet."""
    return written(booklet())


@cache
def epub() -> bytes:
    """The finished e-book of the booklet."""
    return written(booklet(), EPUB)


# ------------------------------------------------------------------------- verdicts


def pdf_result(data: bytes, source: Booklet | None = None) -> Result:
    """The rules that a PDF breaks, each once, and both measures."""
    with pikepdf.open(io.BytesIO(data)) as opened:
        labels: Any = tuple(SimpleNamespace(label=str(page.label)) for page in opened.pages)
        expectation = expected(source or booklet(), A4, "sample.pdf")
        measures = fidelity_pdf.fidelity(Opened(data, opened, labels, expectation))
    return _result(measures)


def epub_result(data: bytes, source: Booklet | None = None) -> Result:
    """The rules that an e-book breaks, each once, and both measures."""
    expectation = expected(source or booklet(), EPUB, "sample.epub")
    return _result(fidelity_epub.fidelity(open_book(data, expectation)))


def _result(measures: tuple[Any, Any]) -> Result:
    findings: list[Finding] = [f for measure in measures for f in measure.findings]
    for finding in findings:
        print(finding.line(), file=sys.stderr)
    return sorted({f.rule for f in findings}), (measures[0].result, measures[1].result)


def pdf_rules(data: bytes, source: Booklet | None = None) -> list[str]:
    """The rules that a PDF breaks, each once."""
    return pdf_result(data, source)[0]


def epub_rules(data: bytes, source: Booklet | None = None) -> list[str]:
    """The rules that an e-book breaks, each once."""
    return epub_result(data, source)[0]


def unchecked() -> Expectation:
    """What is expected when no source is at hand."""
    return replace(expected(booklet(), A4, "sample.pdf"), booklet=None)


# ------------------------------------------------------------------ spoiling a PDF


def spoiled(*changes: Change) -> bytes:
    """The sample after changes to its objects."""
    with pikepdf.open(io.BytesIO(pdf())) as opened:
        for change in changes:
            change(opened)
        out = io.BytesIO()
        opened.save(out)
    return out.getvalue()


class Tree:
    """The structure elements of an opened PDF, found by kind and words."""

    def __init__(self, opened: pikepdf.Pdf) -> None:
        self.pdf = opened
        self.root = opened.Root.StructTreeRoot
        self._words = marked_words(pdf())
        self._pages = {page.obj.objgen: n for n, page in enumerate(opened.pages, start=1)}

    def all(self, kind: str, node: Any = None) -> Iterator[Any]:
        """All elements of a kind, in reading order."""
        for kid in self.kids(node or self.root):
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                if str(kid.S) == f"/{kind}":
                    yield kid
                yield from self.all(kind, kid)

    def find(self, kind: str, start: str = "") -> Any:
        """The first element of a kind whose words begin so."""
        return next(e for e in self.all(kind) if self.words(e).strip().startswith(start))

    def kids(self, node: Any) -> list[Any]:
        """What an element holds."""
        kids = node.get("/K", [])
        return list(kids) if isinstance(kids, pikepdf.Array) else [kids]

    def words(self, node: Any, page: int = 0) -> str:
        """The words at or below an element."""
        page = self._pages[node.Pg.objgen] if "/Pg" in node else page
        return "".join(
            self._words.get((page, kid), "")
            if isinstance(kid, int)
            else self.words(kid, page)
            if "/S" in kid
            else ""
            for kid in self.kids(node)
        )

    def put(self, node: Any, kids: list[Any]) -> None:
        """Give an element other kids."""
        node.K = pikepdf.Array(kids)

    def unwrap(self, old: Any) -> None:
        """Take an element away and leave what it holds in its place, in the index too."""
        row: Any = pikepdf.NumberTree(self.root.ParentTree)[int(old.Pg.StructParents)]
        for kid in self.kids(old):
            if isinstance(kid, int):
                row[kid] = old.P
        self.replace(old, *self.kids(old))

    def add_before(self, old: Any, kind: str) -> Any:
        """Put a new, empty element before another, and return it."""
        name = pikepdf.Name(f"/{kind}")
        new = self.pdf.make_indirect(pikepdf.Dictionary(S=name, P=old.P, Pg=old.Pg))
        self.replace(old, new, old)
        return new

    def annotation(self, link: Any) -> Any:
        """The reference to a link's annotation."""
        return next(kid for kid in self.kids(link) if not isinstance(kid, int) and "/Obj" in kid)

    def replace(self, old: Any, *new: Any) -> None:
        """Put other kids in the place of an element."""
        around = old.P
        kids: list[Any] = []
        for kid in self.kids(around):
            is_it = not isinstance(kid, int) and kid.objgen == old.objgen
            kids += new if is_it else [kid]
        self.put(around, kids)


# -------------------------------------------------------------- spoiling an e-book


def edited(file: str, *changes: tuple[str, str]) -> bytes:
    """The e-book with texts of one file replaced; each must be there, and goes once."""
    with zipfile.ZipFile(io.BytesIO(epub())) as book:
        files = {entry.filename: book.read(entry) for entry in book.infolist()}
    text = files[f"EPUB/{file}"].decode()
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    files[f"EPUB/{file}"] = text.encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as book:
        for name, data in files.items():
            book.writestr(name, data)
    return out.getvalue()

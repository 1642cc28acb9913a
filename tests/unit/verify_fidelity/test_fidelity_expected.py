"""The expected reading order: nothing of the model is forgotten, and all editions say the same."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import replace

import pytest

from booklet.editions import DEFAULTS, Edition
from booklet.model import (
    Appointment,
    Asset,
    Block,
    Booklet,
    BulletList,
    Callout,
    Clinic,
    Contact,
    Definition,
    DefinitionList,
    Disclaimer,
    DisclaimerLock,
    Division,
    Emergency,
    Evidence,
    Figure,
    Link,
    ListItem,
    Meta,
    Note,
    NoteReference,
    NumberedList,
    Paragraph,
    Phrase,
    QrCode,
    Quote,
    Section,
    SourceReference,
    Span,
    Text,
)
from booklet.verify.expected import expected_on_paper, expected_on_screen
from booklet.verify.expected_inline import typed
from booklet.verify.reading_order import Element, Piece, sequence, squeezed, tidy
from tests import samples
from tests.samples import SPAN, items, paragraph, words
from tests.unit.verify_fidelity import fidelity_samples as s

ARABIC = "يحتاج الدماغ إلى تدفق ثابت من الدم. اتصل بالرقم 911 فورا. فحص MRI مفيد. " * 3


def whole() -> Booklet:
    """The booklet with every node, for a clinic."""
    clinic = replace(samples.clinic(), logo=samples.asset(), logo_description="A leaf.")
    return replace(samples.booklet(), clinic=clinic)


def hard() -> Booklet:
    """The booklet with every node and a chapter of what is hard to get right."""
    nested = ListItem((paragraph("Two kinds:"), BulletList(items("a", "b"), SPAN)), SPAN)
    several = ListItem((paragraph("First."), paragraph("Second.")), SPAN)
    notes = tuple(
        NoteReference(f"n-note-{note}", note, f"n-note-{note}-mark-{mark}", SPAN)
        for note, mark in ((1, 1), (2, 1), (1, 2))
    )
    listed = (paragraph("One."), paragraph("Two."), BulletList(items("Three"), SPAN))
    inside = (
        Paragraph(
            (Text("Marks "), *notes, Text(" and "), Phrase("ar", "rtl", words(ARABIC))), SPAN
        ),
        Paragraph((Link("tel:+15550100134", words("+1 555 010-0134"), SPAN),), SPAN),
        BulletList((nested, several), SPAN),
        NumberedList((several, nested), 9, SPAN),
        Division("ar", "rtl", (paragraph(ARABIC), BulletList(items(ARABIC), SPAN)), SPAN),
        Division("es", "ltr", tuple(_with_words_of_ours()), SPAN),
        DefinitionList((Definition(words("Term"), (several.blocks), SPAN),), SPAN),
        Quote((paragraph("Somebody said so."), BulletList(items("x"), SPAN)), SPAN),
        Figure("n-fig", samples.asset(), "No caption.", (), (), False, SPAN),
        QrCode("https://example.org/", (), SPAN),
    )
    ends = (
        Note("n-note-1", 1, (paragraph("A."),), ("n-note-1-mark-1", "n-note-1-mark-2"), SPAN),
        Note("n-note-2", 2, listed, ("n-note-2-mark-1",), SPAN),
    )
    title = (Text("Hard things: "), Phrase("es", "ltr", words("cosas difíciles")))
    chapter = Section("n", 1, title, inside, SPAN, ends)
    base = whole()
    meta = replace(base.meta, authors=("One author", "Another author"))
    return replace(base, chapters=(*base.chapters, chapter), meta=meta)


def _with_words_of_ours() -> Iterator[Block]:
    """Blocks to which the product adds words of its own language."""
    kinds = (Callout, Evidence, Contact, Appointment, QrCode)
    yield from (block for block in samples.every_block() if isinstance(block, kinds))
    yield Paragraph((Text("Así lo dicen"), SourceReference("trial", 1, SPAN)), SPAN)


# ------------------------------------------------------------------ nothing forgotten

# Names that lead to other things, dates that are written in words, and what stands elsewhere.
_NOT_READ = {
    Span: {"file"},
    Asset: {"name", "path", "media_type", "sha256"},
    Disclaimer: {"id", "version", "language", "sha256"},
    DisclaimerLock: {"id", "version", "sha256"},
    Clinic: {"id", "emergency_number", "web", "accent"},
    Meta: {"language", "direction", "issued", "review_by", "summary", "back_matter", "places"},
    Booklet: {"digest"},
    Emergency: set(),
}
_NAMES = {"id", "key", "target", "anchor", "anchors", "note", "back_to", "url", "date", "language"}
_NAMES |= {"direction", "kind", "strength", "span"}


def _strings(node: object) -> Iterator[str]:
    match node:
        case str():
            yield node
        case tuple():
            for each in node:
                yield from _strings(each)
        case _ if dataclasses.is_dataclass(node) and not isinstance(node, type):
            left_out = _NOT_READ.get(type(node), _NAMES)
            for field in dataclasses.fields(node):
                decorative = isinstance(node, Figure) and node.decorative
                if field.name not in left_out and not decorative:
                    yield from _strings(getattr(node, field.name))


def _said(elements: tuple[Element, ...]) -> str:
    parts = []
    for item in sequence(elements, ""):
        parts += [item.element.all_words(), item.element.description, item.element.expansion]
    return squeezed(" ".join(parts))


@pytest.mark.parametrize("printed", [True, False])
def test_every_word_of_the_model_is_expected(printed: bool) -> None:
    source = hard()
    elements = expected_on_paper(source, {}) if printed else expected_on_screen(source)
    said = _said(elements)
    strings = [text for text in _strings(source) if squeezed(text)]
    assert len(strings) > 110
    missing = [text for text in strings if squeezed(text.partition("{number}")[0]) not in said]
    assert missing == []


def _source_words(elements: tuple[Element, ...]) -> list[str]:
    """The words that no part of the product added."""
    found: list[str] = []
    for item in sequence(elements, ""):
        if not item.element.is_inline:
            for line in item.element.lines():
                found += tidy("".join(p.text for p in line if not p.name)).split()
    return found


def test_paper_and_screen_have_the_same_words_of_the_source() -> None:
    source = hard()
    paper, screen = expected_on_paper(source, {}), expected_on_screen(source)
    assert _source_words(paper) == _source_words(screen)
    assert len(_source_words(paper)) > 200


def test_every_added_word_has_a_name() -> None:
    """What a booklet without words of its own still says is all named."""
    bare = replace(samples.booklet(), glossary=(), sources=(), chapters=())
    meta = replace(bare.meta, back_matter=(), key_messages=())
    own = set(_source_words(expected_on_paper(replace(bare, meta=meta), {})))
    strings = " ".join(_strings(replace(bare, meta=meta))).replace("{number}", "911")
    assert own <= set(strings.split())


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://example.org/", "example.org"),
        ("https://example.org/a/", "example.org/a/"),
        ("mailto:a@example.org", "a@example.org"),
        ("tel:+15550100", "+15550100"),
        ("http://example.org", "example.org"),
    ],
)
def test_addresses_are_expected_as_people_type_them(url: str, address: str) -> None:
    assert typed(url) == address


def test_a_page_number_of_no_page_is_never_printed() -> None:
    elements = expected_on_paper(whole(), {})
    numbers = [
        kid.text
        for item in sequence(elements, "")
        for kid in item.element.kids
        if isinstance(kid, Piece) and kid.name == "page number"
    ]
    assert set(numbers) == {"?"}


# ------------------------------------------------------------- the finished editions


@pytest.mark.slow
@pytest.mark.parametrize("row", DEFAULTS, ids=lambda row: row.id)
@pytest.mark.parametrize("source", [whole(), hard()], ids=["every node", "hard"])
def test_every_edition_is_true_to_its_source(row: Edition, source: Booklet) -> None:
    result = s.epub_result if row.format == "epub" else s.pdf_result
    rules, measures = result(s.written(source, row), source)
    assert rules == []
    assert [measure.outcome for measure in measures] == ["passed", "passed"]


def test_words_of_ours_say_their_language_inside_a_passage_in_another() -> None:
    found = sequence(expected_on_screen(hard()), "en-US")
    named = {
        item.element.own(): item.language
        for item in found
        if item.parent >= 0 and found[item.parent].language == "es"
    }
    for word in ("Tip:", "The claim", "Name", "Scan with a phone camera, or type the address:"):
        assert named[word] == "en-US", word

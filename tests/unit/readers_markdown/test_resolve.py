"""References over the whole booklet: ids, empty links, first uses, glossary and sources."""

from __future__ import annotations

from dataclasses import replace

import pytest

from booklet.model import (
    BackPart,
    Booklet,
    CrossReference,
    GlossaryEntry,
    Section,
    Source,
    Span,
    TermReference,
    Text,
)
from booklet.readers.md_walk import rewrite, walk
from booklet.readers.resolve import Resolved, resolve
from tests import samples
from tests.unit.readers_markdown.markdown_dump import inline, read

AT = Span("source/glossary/en.yaml", 3, 5)
FIGURE = ":::figure\nimage: a.svg\ndescription: d\nid: dot\ncaption: A *dot*\n:::\n"
BARE = ":::figure\nimage: a.svg\ndescription: d\nid: bare\n:::\n"
DECORATION = ":::figure\nimage: a.svg\ndecorative: true\nid: leaf\n:::\n"


def chapter(text: str, chapter_id: str = "one") -> Section:
    section = read(f"# Chapter {chapter_id}\n\nWords.\n\n{text}\n", chapter_id).section
    assert section is not None
    return section


def entry(key: str, term: str, definition: tuple[object, ...] = (Text("Words."),)) -> GlossaryEntry:
    return GlossaryEntry(key, term, definition, None, AT)  # type: ignore[arg-type]  # inline nodes


def booklet(*chapters: Section, **changes: object) -> Booklet:
    """A booklet with the settings of the sample, without its texts and sources."""
    sample = samples.booklet()
    meta = replace(
        sample.meta,
        key_messages=(),
        questions=(),
        what_it_is=(),
        what_it_is_not=(),
        feedback=(),
        other_formats=(),
        back_matter=tuple(BackPart),
    )
    whole = replace(
        sample,
        meta=meta,
        chapters=chapters,
        sources=(),
        glossary=(entry("stroke", "stroke"), entry("stem-cell", "stem cell")),
    )
    return replace(whole, **changes)  # type: ignore[arg-type]  # any field


def rules(resolved: Resolved) -> list[str]:
    return [f"{f.span.line}:{f.span.column} {f.rule}" for f in resolved.findings]


def links(resolved: Resolved) -> list[str]:
    nodes = [n for n in walk(resolved.booklet.chapters) if isinstance(n, CrossReference)]
    return [inline(node.children) for node in nodes]


def terms(resolved: Resolved) -> list[str | None]:
    nodes = [n for n in walk(resolved.booklet) if isinstance(n, TermReference)]
    return [node.anchor for node in nodes]


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("one", "['Chapter one']"),
        ("part", "['A ' Strong(['part'])]"),
        ("dot", "['A dot']"),
        ("one-table-1", "['Two kinds']"),
        ("contents", "['Contents']"),
        ("emergency", "['In an emergency']"),
        ("before-you-read", "['Before you read']"),
        ("glossary", "['Words explained']"),
        ("notes", "['Your notes']"),
        ("disclaimer", "['Disclaimer']"),
    ],
)
def test_a_link_without_words_takes_those_of_its_target(target: str, words: str) -> None:
    table = ":::compare Two kinds\n| a | b |\n|---|---|\n| 1 | 2 |\n:::\n"
    text = f"See [](#{target}).\n\n{FIGURE}\n{table}\n## A **part** {{#part}}\n\nWords.\n"
    resolved = resolve(booklet(chapter(text)))
    assert rules(resolved) == []
    assert links(resolved) == [words]


def test_a_link_with_words_keeps_them() -> None:
    assert links(resolve(booklet(chapter("See [that](#one).")))) == ["['that']"]


@pytest.mark.parametrize(
    "target", ["nothing", "leaf", "questions", "key-messages", "sources", "cover"]
)
def test_a_link_to_what_is_not_printed_is_a_finding(target: str) -> None:
    resolved = resolve(booklet(chapter(f"See [it](#{target}).\n\n{DECORATION}")))
    assert rules(resolved) == ["5:5 REF-001"]


def test_a_link_to_an_unknown_id_names_the_nearest() -> None:
    resolved = resolve(booklet(chapter("See [it](#dat).\n\n" + FIGURE)))
    assert [finding.hint for finding in resolved.findings] == ['Did you mean "dot"?']


def test_an_empty_link_to_a_picture_without_caption_is_a_finding() -> None:
    resolved = resolve(booklet(chapter("See [](#bare).\n\n" + BARE)))
    assert rules(resolved) == ["5:5 REF-011"]


@pytest.mark.parametrize(
    ("chapters", "expected"),
    [
        ([("## A {#x}\n\na\n\n## B {#x}\n\nb", "one")], ["9:1 REF-002"]),
        ([("a", "one"), ("a", "one")], ["1:1 REF-002"]),
        ([("a", "contents")], ["1:1 REF-002"]),
        ([("## A {#about}\n\na", "one")], ["5:1 REF-002"]),
        ([("## A {#term-stroke}\n\na", "one")], ["5:1 REF-002"]),
        ([("a[^1]\n\n[^1]: b\n\n## A {#one-note-1}\n\na", "one")], ["9:1 REF-002"]),
        ([("a[^1]\n\n[^1]: b\n\n## A {#one-note-1-mark-1}\n\na", "one")], ["9:1 REF-002"]),
    ],
)
def test_equal_ids_are_findings(chapters: list[tuple[str, str]], expected: list[str]) -> None:
    resolved = resolve(booklet(*(chapter(text, name) for text, name in chapters)))
    assert {rule.split()[1] for rule in rules(resolved)} == {"REF-002"}
    assert len(resolved.findings) == len(expected)


def test_only_the_first_use_of_a_term_has_an_anchor() -> None:
    resolved = resolve(
        booklet(
            chapter("[a](term:stroke) and [b](term:stroke)."),
            chapter("[c](term:stroke) [](term:stem-cell)", "two"),
        )
    )
    assert terms(resolved) == ["first-use-stroke", None, None, "first-use-stem-cell"]
    assert [(e.key, e.back_to) for e in resolved.booklet.glossary] == [
        ("stem-cell", "first-use-stem-cell"),
        ("stroke", "first-use-stroke"),
    ]


def test_an_anchor_gives_way_to_an_id_of_the_author() -> None:
    resolved = resolve(booklet(chapter("[a](term:stroke)\n\n## A {#first-use-stroke}\n\na")))
    assert rules(resolved) == []
    assert terms(resolved) == ["first-use-stroke-"]


def test_front_matter_is_read_before_the_chapters_and_back_matter_after() -> None:
    use = (TermReference("stroke", (Text("x"),), None, AT),)
    whole = booklet(chapter("[a](term:stroke)"))
    front = resolve(replace(whole, meta=replace(whole.meta, key_messages=(use,))))
    back = resolve(replace(whole, meta=replace(whole.meta, feedback=use)))
    assert front.booklet.meta.key_messages[0][0] == replace(use[0], anchor="first-use-stroke")
    assert back.booklet.meta.feedback == use


def test_a_page_that_is_not_printed_uses_no_term() -> None:
    use = (TermReference("stroke", (Text("x"),), None, AT),)
    whole = booklet(chapter("[a](term:stem-cell)"))
    meta = replace(whole.meta, feedback=use, back_matter=(BackPart.GLOSSARY,))
    resolved = resolve(replace(whole, meta=meta))
    assert [e.key for e in resolved.booklet.glossary] == ["stem-cell"]


def test_an_explanation_may_use_words_explained_elsewhere() -> None:
    use = (TermReference("stroke", (Text("x"),), None, AT),)
    glossary = (entry("clot", "Clot", use), entry("stroke", "stroke"), entry("unused", "unused"))
    resolved = resolve(booklet(chapter("[a](term:stroke)"), glossary=glossary))
    assert [e.key for e in resolved.booklet.glossary] == ["stroke"]
    clot = TermReference("clot", (Text("clot"),), None, AT)
    asked = rewrite(
        chapter("Words [x](term:stroke)."),
        lambda node: clot if isinstance(node, TermReference) else node,
    )
    resolved = resolve(booklet(asked, glossary=glossary))
    assert [(e.key, e.back_to) for e in resolved.booklet.glossary] == [
        ("clot", "first-use-clot"),
        ("stroke", "first-use-stroke"),
    ]


def test_the_glossary_is_sorted_without_regard_to_accents_and_case() -> None:
    keys = {"a": "état", "b": "Eschar", "c": "evidence", "d": "zone", "e": "Äther"}
    glossary = tuple(
        entry(key, term, (TermReference("a", (Text("x"),), None, AT),))
        for key, term in keys.items()
    )
    whole = booklet(chapter("words"), glossary=glossary)
    uses = tuple(TermReference(key, (Text("x"),), None, AT) for key in keys)
    resolved = resolve(replace(whole, meta=replace(whole.meta, feedback=uses)))
    terms_in_order = [e.term for e in resolved.booklet.glossary]
    assert terms_in_order == ["Äther", "Eschar", "état", "evidence", "zone"]


def test_a_source_that_nothing_refers_to_is_a_warning() -> None:
    sources = (
        Source("treasure", 1, (Text("a"),), None, "2024", AT),
        Source("masters", 2, (Text("b"),), None, "2024", AT),
    )
    resolved = resolve(booklet(chapter("a [](source:treasure)"), sources=sources))
    assert [(f.rule, f.severity.name, f.message) for f in resolved.findings] == [
        ("REF-010", "WARNING", 'Nothing refers to the source "masters".')
    ]


def test_evidence_refers_to_its_sources() -> None:
    sources = (Source("treasure", 1, (Text("a"),), None, "2024", AT),)
    evidence = (
        ":::evidence\nclaim: a\nknown: b\nstrength: none\nsources: [treasure]\ndate: 2024\n:::"
    )
    section = chapter(evidence.replace("date: 2024", 'date: "2024"'))
    assert rules(resolve(booklet(section, sources=sources))) == []


def test_lists_at_the_back_must_be_printed_when_marks_lead_to_them() -> None:
    sources = (Source("treasure", 1, (Text("a"),), None, "2024", AT),)
    section = chapter("a [](source:treasure) b [](source:treasure) [c](term:stroke)")
    whole = booklet(section, sources=sources)
    resolved = resolve(replace(whole, meta=replace(whole.meta, back_matter=(BackPart.ABOUT,))))
    assert rules(resolved) == ["5:3 REF-012", "5:45 REF-012"]


def test_the_sample_that_needs_nothing_is_the_same_after_resolving() -> None:
    once = resolve(booklet(chapter("[a](term:stroke) and [](#one)"))).booklet
    assert resolve(once).booklet == once


def test_a_copy_without_a_change_is_equal() -> None:
    section = chapter("One [](#one).\n\n- Two\n\n" + FIGURE)
    assert rewrite(section, lambda node: node) == section

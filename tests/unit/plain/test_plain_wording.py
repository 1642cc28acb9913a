"""The wording rules find what an editor would mark, and leave plain sentences alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from booklet import checks, readers
from booklet.findings import Finding
from booklet.model import Abbreviation, Booklet, Inline, Paragraph, Section, Span, Text
from booklet.plain.hardest import hardest
from booklet.plain.lists import Lists, lists_for
from booklet.plain.split import advice
from booklet.plain.text import Sentence, words_of
from booklet.plain.voice import passive
from booklet.prose import Passage
from booklet.source import SourceTree

BASE = Path(__file__).parents[2] / "cases" / "_base" / "source"
HERE = Span("source/tiny/01-first.md", 3)


@pytest.fixture(scope="module")
def booklet() -> Booklet:
    read = readers.read(SourceTree.open(BASE), "tiny")
    assert read.booklet is not None
    return read.booklet


@pytest.fixture(scope="module")
def english() -> Lists:
    lists = lists_for("en-US")
    assert lists is not None
    return lists


def run(booklet: Booklet, *nodes: Inline, title: str = "Title") -> tuple[Finding, ...]:
    chapter = Section("s", 1, (Text(title),), (Paragraph(nodes, HERE),), HERE)
    whole = replace(booklet, chapters=(chapter,))
    found = checks.run(whole, checks.Policy(), date(2027, 1, 1))
    return tuple(finding for finding in found if finding.rule.startswith("PLAIN-"))


def rules(booklet: Booklet, text: str) -> list[str]:
    return [finding.rule for finding in run(booklet, Text(text))]


def sentence(text: str) -> Sentence:
    passage = Passage("paragraph", (Text(text),), HERE, "en")
    return Sentence(passage, text, 0, words_of(text))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The pills are given at noon.", "are given"),
        ("He was not yet fully tested by then.", "was not yet fully tested"),
        ("It has never been shown to work.", "been shown"),
        ("You are tired.", None),
        ("The nurse is there, and she gave the pills.", None),
        ("It is red and it is called a rash.", None),
        ("You need speed, and indeed you bleed.", None),
        ("What it is, asked the doctor.", None),
    ],
)
def test_the_passive_is_told_from_how_somebody_is(
    english: Lists, text: str, words: str | None
) -> None:
    assert passive(sentence(text), english) == words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Never stop without asking.", True),
        ("You cannot do nothing.", True),
        ("A rash is not at all unusual.", True),
        ("It is not impossible.", True),
        ("No one was there, so we cannot say why.", False),
        ("There is no trial and no approval.", False),
        ("Do not go if it is not safe.", False),
        ("It is not red but it is unusual.", False),
        ("No, you cannot.", False),
    ],
)
def test_only_two_noes_in_one_part_of_a_sentence_count(
    booklet: Booklet, text: str, found: bool
) -> None:
    assert ("PLAIN-011" in rules(booklet, text)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A rash is rare.", True),
        ("Falls are common at night.", True),
        ("It often ends in death.", True),
        ("It often takes a week.", False),
        ("A rash is rare. It comes in 1 of 100 people.", False),
        ("A rash is rare: one in ten has it.", False),
        ("A rash may be rare, but no one knows how rare.", False),
        ("It is the most common kind.", False),
        ("We have this in common.", False),
        ("Ask how likely it is.", False),
    ],
)
def test_a_chance_needs_a_figure_or_an_honest_word(
    booklet: Booklet, text: str, found: bool
) -> None:
    assert ("PLAIN-012" in rules(booklet, text)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ask for a PET scan.", True),
        ("Ask for two PETs.", True),
        ("Ask for tPA today.", True),
        ("PET (positron emission test) helps.", False),
        ("A positron test (PET) helps.", False),
        ("Call from the US or watch TV.", False),
        ("Look at the LEDs.", False),
        ("The TREAT trial is over.", False),
        ("It was in ward III.", False),
        ("DO NOT EVER GO OUT ALONE.", False),
    ],
)
def test_short_forms_are_told_from_names_and_shouts(
    booklet: Booklet, text: str, found: bool
) -> None:
    assert ("PLAIN-013" in rules(booklet, text)) == found


def test_a_short_form_of_the_glossary_is_explained_everywhere(booklet: Booklet) -> None:
    nodes = (Text("A "), Abbreviation("CT", "computed tomography"), Text(" scan. CTs are quick."))
    assert run(booklet, *nodes) == ()


@pytest.mark.parametrize(
    ("text", "rules_found"),
    [
        ("The electrophysiology is new.", ["PLAIN-009"]),
        ("The electrophysiology is new. Electrophysiology is fun.", ["PLAIN-009"]),
        ("Ask at Metropolitana Kilimanjaro.", []),
        ("The communities generally cooperated.", []),
        ("A high-opportunity-rate.", []),
        ("Ambulation helps.", ["PLAIN-010"]),
        ("The Food and Drug Administration said so.", []),
        ("He had dysphagia and edema.", ["PLAIN-010", "PLAIN-010"]),
    ],
)
def test_hard_words_are_told_once_and_names_never(
    booklet: Booklet, text: str, rules_found: list[str]
) -> None:
    assert rules(booklet, text) == rules_found


def test_a_plainer_word_is_named(booklet: Booklet) -> None:
    (finding,) = run(booklet, Text("Ambulation helps."))
    assert finding.hint == 'Say "walking", or explain the word in the glossary.'


@pytest.mark.parametrize("title", ["Introduction", "General information", "OVERVIEW"])
def test_headings_that_fit_any_text_are_found(booklet: Booklet, title: str) -> None:
    found = run(booklet, Text("Sit down."), title=title)
    assert [finding.rule for finding in found] == ["PLAIN-014"]


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        (
            "Sit by the bed for a while; then walk to the window and look out.",
            'Try two sentences: "... for a while;" and "then walk to ...".',
        ),
        (
            "Bring the list of his pills, and ask the nurse to look at it with you.",
            'Try two sentences: "... of his pills," and "and ask the ...".',
        ),
        (
            "Ask the nurse who came by this morning because she knows him well by now.",
            'Try two sentences: "... by this morning" and "because she knows ...".',
        ),
        (
            "Ask the doctor of the Food and Drug Administration when you can go.",
            'Try two sentences: "... and Drug Administration" and "when you can ...".',
        ),
        ("one two three four five six", "Say it in two sentences."),
    ],
)
def test_a_long_sentence_is_cut_where_a_person_would(english: Lists, text: str, cut: str) -> None:
    assert advice(sentence(text), english) == cut


def test_the_hardest_sentences_come_first_with_what_to_do(booklet: Booklet) -> None:
    long = "When your sister comes by on Monday with her bag and her dog, ask her to sit with him"
    hard = "Meet generous, ordinary, particular and enormously curious people."
    text = f"{long} for an hour. Sit. {hard}"
    chapter = Section("s", 1, (Text("Title"),), (Paragraph((Text(text),), HERE),), HERE)
    first, second = hardest(replace(booklet, chapters=(chapter,)))
    assert first.advice == 'Take shorter words for "ordinary", "particular", "enormously".'
    assert (second.words, second.span) == (22, HERE)
    assert second.advice.startswith('Try two sentences: "... and her dog," and "ask her')
    assert hardest(booklet) == ()


def test_explained_words_and_names_make_no_sentence_hard(booklet: Booklet) -> None:
    text = "He met the Consolidated Metropolitan Mathematicians of Northumberland in Alabama."
    chapter = Section("s", 1, (Text("Title"),), (Paragraph((Text(text),), HERE),), HERE)
    assert hardest(replace(booklet, chapters=(chapter,))) == ()


def test_a_chapter_may_speak_by_commands_alone(booklet: Booklet) -> None:
    told = "The nurse comes at nine. " * 25
    assert rules(booklet, told) == ["PLAIN-007", "PLAIN-015"]
    assert rules(booklet, told + "Ask the nurse.") == ["PLAIN-007"]
    assert rules(booklet, told + "She helps you.") == ["PLAIN-007"]


def test_nothing_is_made_of_words_in_a_language_without_lists(booklet: Booklet) -> None:
    spoken = replace(booklet, meta=replace(booklet.meta, language="fr-CA"))
    assert rules(spoken, "Never stop without the PET. Introduction.") == ["PLAIN-003"]


def test_every_list_is_in_small_letters_and_says_something(english: Lists) -> None:
    for name in Lists.__slots__:
        value = getattr(english, name)
        assert value, name
        if isinstance(value, frozenset) and name != "known_short":
            assert all(word == word.lower() for word in value), name
    assert not english.familiar & set(english.plainer)
    assert not english.participles & english.no_participles

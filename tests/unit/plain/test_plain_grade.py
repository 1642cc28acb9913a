"""Sentences, syllables and grades are what a person counts, and what is not measured is said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from booklet import checks, plain, readers
from booklet.model import Booklet, Paragraph, Section, Span, Text
from booklet.plain.formulas import formula_for
from booklet.plain.grade import LEAST_WORDS
from booklet.plain.sentences import boundaries
from booklet.plain.syllables import count
from booklet.source import SourceTree

BASE = Path(__file__).parents[2] / "cases" / "_base" / "source"
HERE = Span("source/tiny/01-first.md", 3)
EASY = "You can sit down and rest. " * 20
HARD = "Responsible communities necessarily appreciate particular opportunities. " * 20


@pytest.fixture(scope="module")
def booklet() -> Booklet:
    read = readers.read(SourceTree.open(BASE), "tiny")
    assert read.booklet is not None
    return read.booklet


def chapters(booklet: Booklet, *texts: str) -> Booklet:
    sections = (
        Section(f"s{n}", 1, (Text(f"Title {n}"),), (Paragraph((Text(text),), HERE),), HERE)
        for n, text in enumerate(texts)
    )
    return replace(booklet, chapters=tuple(sections))


def rules(booklet: Booklet) -> list[str]:
    found = checks.run(booklet, checks.Policy(paragraph_words=10_000), date(2027, 1, 1))
    return [finding.rule for finding in found if finding.rule.startswith("PLAIN-")]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "stroke:1 doctor:2 idea:3 rehabilitation:6 walked:1 rested:2 MRI:3 large-print:2"),
        ("en", "autologous:4 2026:1 it's:1 don\u2019t:1 MedWatch:2 caregivers:3"),
        (
            "es",
            "médico:3 ayuda:3 aéreo:4 ahora:3 país:2 oír:2 agua:2 leer:2 uno:2 día:2",
        ),
        (
            "es",
            "información:4 enfermería:5 sangre:2 que:1 guerra:2 pie:1 y:1 causa:2",
        ),
        ("de", "Schlaganfall:3 Arzt:1 Idee:2 Apotheke:4 Auge:2 neue:2 Bäume:2 Operation:5"),
        ("fr", "médecin:3 maladie:3 famille:2 hôpital:3 idée:2 les:1 que:1 soins:1"),
        (
            "pt",
            "médico:3 saúde:3 coração:3 doença:3 muito:2 sangue:2 que:1",
        ),
        ("nl", "beroerte:3 ziekenhuis:3 idee:2 dokter:2"),
        ("ru", "\u0432\u0440\u0430\u0447:1 \u043b\u0435\u0447\u0435\u043d\u0438\u0435:4"),
        ("tr", "hastane:3 aile:3"),
    ],
)
def test_syllables_are_counted_as_people_say_them(language: str, words: str) -> None:
    formula = formula_for(language)
    assert formula is not None
    wanted = {word: int(number) for word, _, number in (w.partition(":") for w in words.split())}
    assert count(wanted, formula) == wanted


def test_english_words_that_no_dictionary_has_are_estimated() -> None:
    formula = formula_for("en")
    assert formula is not None
    made_up = {"blorpates": 2, "zindled": 2, "fremmed": 1, "quaffish": 2}
    assert count(made_up, formula) == made_up


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        (
            "Call 988 at 5 p.m. today. Ask Dr. Smith.",
            ["Call 988 at 5 p.m. today.", "Ask Dr. Smith."],
        ),
        ("It costs 3.5 dollars. Why?", ["It costs 3.5 dollars.", "Why?"]),
        (
            'Say it. "We have heard of it. Can you help us?" Then wait.',
            ["Say it.", '"We have heard of it.', 'Can you help us?"', "Then wait."],
        ),
        ("no full stop", ["no full stop"]),
        ("", []),
        (" ¿Qué es? Sí. ", ["¿Qué es?", "Sí."]),
    ],
)
def test_sentences_end_where_people_end_them(text: str, sentences: list[str]) -> None:
    assert [text[start:end] for start, end in boundaries(text, "en")] == sentences


def test_the_english_grade_is_the_published_formula(booklet: Booklet) -> None:
    reading = plain.reading(chapters(booklet, EASY))
    grade = reading.graded(reading.pieces[1].sentences())
    assert (grade.words, grade.sentences, grade.syllables) == (120, 20, 120)
    assert grade.score == round(0.39 * 6 + 11.8 * 1 - 15.59, 1)


@pytest.mark.parametrize(
    ("language", "easier", "harder"),
    [
        ("es-MX", "El sol sale hoy. " * 30, "Indudablemente consideraremos alternativas. " * 40),
        ("de", "Ich bin im Haus. " * 30, "Unterschiedliche Behandlungsmethoden existieren. " * 40),
        (
            "fr",
            "Il fait beau. " * 40,
            "Considérablement défavorisées financièrement. " * 40,
        ),
        ("it", "Il sole va su. " * 30, "Indubbiamente considereremmo alternativamente. " * 40),
        (
            "sv",
            "Solen går upp. " * 40,
            "Behandlingsmöjligheter undersöks kontinuerligt. " * 40,
        ),
        ("no", "Sola er her. " * 40, "Behandlingsmuligheter undersøkes kontinuerlig. " * 40),
    ],
)
def test_each_language_tells_easy_from_hard(
    booklet: Booklet, language: str, easier: str, harder: str
) -> None:
    spoken = replace(booklet, meta=replace(booklet.meta, language=language))
    assert "PLAIN-001" not in rules(chapters(spoken, easier))
    assert "PLAIN-001" in rules(chapters(spoken, harder))


def test_a_language_without_a_formula_never_passes_in_silence(booklet: Booklet) -> None:
    spoken = replace(booklet, meta=replace(booklet.meta, language="xh"))
    found = checks.run(chapters(spoken, HARD), checks.Policy(), date(2027, 1, 1))
    messages = [finding.message for finding in found if finding.rule == "PLAIN-003"]
    assert messages == ['Not checked in "xh": the reading level and the choice of words.']


def test_short_chapters_are_graded_together_and_never_hidden_by_a_long_one(
    booklet: Booklet,
) -> None:
    short = "Responsible communities necessarily appreciate particular opportunities. " * 6
    front_and_back = 41
    assert len(short.split()) + front_and_back < LEAST_WORDS
    assert rules(chapters(booklet, EASY * 5, short, EASY * 5)) == []
    assert rules(chapters(booklet, EASY * 5, short, EASY * 5, short)) == ["PLAIN-001"]


def test_a_hard_part_is_found_in_a_long_easy_chapter(booklet: Booklet) -> None:
    part = Section("p", 2, (Text("Part"),), (Paragraph((Text(HARD),), HERE),), HERE)
    chapter = chapters(booklet, EASY * 10).chapters[0]
    whole = replace(booklet, chapters=(replace(chapter, blocks=(*chapter.blocks, part)),))
    (finding,) = (
        f for f in checks.run(whole, checks.Policy(), date(2027, 1, 1)) if f.rule == "PLAIN-001"
    )
    assert finding.message.startswith('"Part": Flesch-Kincaid grade ')


@pytest.mark.parametrize("primary", sorted("en es de fr it pt nl sv da nb ru tr".split()))
def test_limits_stand_in_the_right_order(primary: str) -> None:
    formula = formula_for(primary)
    assert formula is not None
    assert formula.source
    assert formula.harder(formula.warn, formula.target)
    assert formula.harder(formula.fail, formula.warn)

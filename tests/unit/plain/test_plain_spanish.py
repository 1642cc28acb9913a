"""The Spanish word lists find what an editor would mark, and leave plain sentences alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from booklet import checks, readers
from booklet.model import Booklet, Paragraph, Section, Span, Text
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
    return replace(read.booklet, meta=replace(read.booklet.meta, language="es-MX"))


@pytest.fixture(scope="module")
def spanish() -> Lists:
    lists = lists_for("es-MX")
    assert lists is not None
    return lists


def rules(booklet: Booklet, text: str, title: str = "Título") -> set[str]:
    chapter = Section("s", 1, (Text(title),), (Paragraph((Text(text),), HERE),), HERE)
    found = checks.run(replace(booklet, chapters=(chapter,)), checks.Policy(), date(2027, 1, 1))
    return {f.rule for f in found if f.rule.startswith("PLAIN-") and "tiny/01" in f.span.file}


def sentence(text: str) -> Sentence:
    return Sentence(Passage("paragraph", (Text(text),), HERE, "es"), text, 0, words_of(text))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("El paciente fue operado ayer.", "fue operado"),
        ("Las pastillas son siempre dadas por la mañana.", "son siempre dadas"),
        ("Usted está cansado.", None),
        ("Es una enfermedad del corazón.", None),
        ("Es parecido a un resfriado.", None),
    ],
)
def test_the_passive_with_ser_is_found(spanish: Lists, text: str, words: str | None) -> None:
    assert passive(sentence(text), spanish) == words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Tome la pastilla con agua.", set()),
        ("No haga nada sin preguntar.", set()),
        ("Puede haber disfagia.", {"PLAIN-010"}),
        ("El sarpullido es muy raro.", {"PLAIN-012"}),
        ("El sarpullido es raro: 1 de cada 100 personas lo tiene.", set()),
        ("Esto pasa a menudo.", set()),
        ("El sangrado pasa a menudo.", {"PLAIN-012"}),
        ("Pida una prueba PET.", {"PLAIN-013"}),
        ("En EE. UU. llame al 911.", set()),
        ("La rehabilitación ayuda a la recuperación.", set()),
    ],
)
def test_words_are_marked_as_an_editor_would(booklet: Booklet, text: str, found: set[str]) -> None:
    assert rules(booklet, text) == found


def test_a_heading_that_fits_any_text_is_found(booklet: Booklet) -> None:
    assert rules(booklet, "Siéntese.", "Introducción") == {"PLAIN-014"}
    assert rules(booklet, "Siéntese.", "¿Qué es un derrame?") == set()


def test_a_chapter_speaks_to_its_reader_by_commands_too(booklet: Booklet) -> None:
    told = "La enfermera llega a las nueve. " * 20
    assert "PLAIN-015" in rules(booklet, told)
    assert "PLAIN-015" not in rules(booklet, told + "Pregunte a la enfermera.")


def test_a_long_sentence_is_cut_before_a_joining_word(spanish: Lists) -> None:
    text = "Traiga la lista de sus pastillas, porque la enfermera la quiere ver con usted."
    wanted = 'Try two sentences: "... de sus pastillas," and "porque la enfermera ...".'
    assert advice(sentence(text), spanish) == wanted


def test_all_lists_are_in_small_letters(spanish: Lists) -> None:
    for name in Lists.__slots__:
        value = getattr(spanish, name)
        if isinstance(value, frozenset) and name != "known_short":
            assert all(word == word.lower() for word in value), name
    assert not spanish.participles & spanish.no_participles

"""Facts enter; for each measure that a worksheet names, an answer and what it rests on leave.

An answer is given only where counting can decide an item. Where counting can only help, the
answer is left to a person and what was counted stands beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from booklet.model import BulletList, Checklist, NumberedList, Steps, plain_text
from booklet.worksheet.facts import Facts

MOST_COLUMNS = 3
"""Columns of a simple table: what fits on a large-print page (STANDARDS)."""


class Answer(StrEnum):
    """The answers to an item; ``PERSON``: nobody has answered yet."""

    YES = "yes"
    NO = "no"
    NOT_APPLICABLE = "na"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Measured:
    """An answer, and in words what it rests on."""

    answer: Answer
    said: str


def measured(name: str, facts: Facts) -> Measured:
    """Return what a measure says; nothing for an empty name. Raises KeyError for an unknown one."""
    return _MEASURES[name](facts) if name else Measured(Answer.PERSON, "")


def _person(said: str) -> Measured:
    return Measured(Answer.PERSON, said)


def _decided(said: str, *, yes: bool) -> Measured:
    return Measured(Answer.YES if yes else Answer.NO, said)


def _purpose(facts: Facts) -> Measured:
    return _person(f'Title: "{facts.booklet.meta.title}". For: {facts.booklet.meta.audience}.')


def _words(facts: Facts) -> Measured:
    formula = facts.reading.formula
    if formula is None or facts.lists is None:
        return _person("Not measured: the program has no formula or lists for this language.")
    score = facts.reading.graded(facts.reading.sentences()).score
    hard = facts.rules["PLAIN-009"] + facts.rules["PLAIN-010"]
    return _person(
        f"{formula.name} of the whole booklet: {score} (aim: {formula.target:g}). "
        f"Words that few readers may know: {hard}."
    )


def _terms(facts: Facts) -> Measured:
    explained, short = len(facts.booklet.glossary), facts.rules["PLAIN-013"]
    return _person(f"Words in the glossary: {explained}. Short forms without meaning: {short}.")


def _active(facts: Facts) -> Measured:
    hidden, all_of_them = facts.hidden()
    if not all_of_them:
        return _person("Not measured in this language.")
    said = f"{hidden} of {all_of_them} sentences hide who acts; up to 20 of 100 may."
    return _decided(said, yes=hidden <= all_of_them * 0.2)


def _active_messages(facts: Facts) -> Measured:
    hidden, all_of_them = facts.hidden(messages=True)
    if not all_of_them:
        return _person("Not measured: no key messages, or no lists for this language.")
    said = f"Of {all_of_them} sentences in the key messages, {hidden} are not active."
    return _decided(said, yes=not hidden)


def _numbers(facts: Facts) -> Measured:
    numbers = {
        word.text
        for sentence in facts.reading.sentences()
        for word in sentence.words
        if any(char.isdigit() for char in word.text)
    }
    if not numbers:
        return Measured(Answer.NOT_APPLICABLE, "There are no figures in the text.")
    return _person(f"Different figures in the text: {len(numbers)}.")


def _chunks(facts: Facts) -> Measured:
    walls, pieces = facts.rules["PLAIN-007"], len(facts.reading.pieces)
    said = f"Pieces with headings: {pieces}. Paragraphs that are too long: {walls}."
    return _decided(said, yes=not walls)


def _headings(facts: Facts) -> Measured:
    empty = facts.rules["PLAIN-014"]
    if empty:
        return _decided(f"Headings that could stand over any text: {empty}.", yes=False)
    titles = [plain_text(chapter.title) for chapter in facts.booklet.chapters]
    asked = sum(title.rstrip().endswith("?") for title in titles)
    return _person(f"{asked} of {len(titles)} chapters have a question as heading.")


def _summary(facts: Facts) -> Measured:
    number = len(facts.messages())
    said = f"Key messages on a page of their own at the front: {number}."
    return _decided(said, yes=bool(number))


def _messages(facts: Facts) -> Measured:
    return _person(f"Key messages: {len(facts.messages())}.")


def _stands_out(facts: Facts) -> Measured:
    return _decided(
        "The key messages have a page with a heading of its own.", yes=bool(facts.messages())
    )


def _cues(facts: Facts) -> Measured:
    boxes = len(facts.boxes) + len(facts.evidence)
    lists = facts.count(BulletList, NumberedList, Steps, Checklist)
    said = f"Boxes: {boxes}. Lists: {lists}. The key messages have a page of their own."
    return _decided(said, yes=bool(boxes or lists))


def _lists(facts: Facts) -> Measured:
    lists = facts.count(BulletList, NumberedList, Steps, Checklist)
    return _decided(f"Lists: {lists}.", yes=bool(lists))


def _pictures(facts: Facts) -> Measured:
    return _person(f"Pictures: {len(facts.pictures)}.")


def _no_pictures(facts: Facts) -> Measured:
    if not facts.pictures:
        return Measured(Answer.NOT_APPLICABLE, "There is no picture.")
    return _pictures(facts)


def _no_pictures_or_tables(facts: Facts) -> Measured:
    if not facts.pictures and not facts.tables:
        return Measured(Answer.NOT_APPLICABLE, "There is no picture and no table.")
    return _person(f"Pictures: {len(facts.pictures)}. Tables: {len(facts.tables)}.")


def _captions(facts: Facts) -> Measured:
    if not facts.pictures:
        return Measured(Answer.NOT_APPLICABLE, "There is no picture.")
    bare = sum(not plain_text(figure.caption).strip() for figure in facts.pictures)
    said = f"Pictures: {len(facts.pictures)}, without a caption: {bare}."
    return _decided(said, yes=False) if bare else _person(said)


def _tables(facts: Facts) -> Measured:
    if not facts.tables:
        return Measured(Answer.NOT_APPLICABLE, "There is no table.")
    wide = max(len(table.columns) for table in facts.tables)
    said = f"Tables: {len(facts.tables)}. Columns of the widest: {wide}."
    return _decided(said, yes=False) if wide > MOST_COLUMNS else _person(said)


def _actions(facts: Facts) -> Measured:
    if facts.lists is None:
        return _person("Not measured in this language.")
    commands = facts.commands()
    said = f"Sentences that tell the reader to do something: {commands}."
    return _decided(said, yes=True) if commands else _person(said)


def _you(facts: Facts) -> Measured:
    if facts.lists is None:
        return _person("Not measured in this language.")
    silent = facts.rules["PLAIN-015"]
    said = f"Chapters of 100 words or more that never speak to the reader: {silent}."
    return _decided(said, yes=not silent)


def _steps(facts: Facts) -> Measured:
    return _person(f"Lists of steps: {facts.count(Steps)}.")


def _tools(facts: Facts) -> Measured:
    lists, asked = facts.count(Checklist), len(facts.booklet.meta.questions)
    return _person(f"Checklists: {lists}. Questions to take to the doctor: {asked}.")


def _known(facts: Facts) -> Measured:
    boxes, sources = len(facts.evidence), len(facts.booklet.sources)
    return _person(
        f"Boxes that say what is known and how sure that is: {boxes}. Sources: {sources}."
    )


def _chances(facts: Facts) -> Measured:
    return _person(f"Chances in words without a figure: {facts.rules['PLAIN-012']}.")


_MEASURES: Mapping[str, Callable[[Facts], Measured]] = {
    "purpose": _purpose,
    "words": _words,
    "terms": _terms,
    "active": _active,
    "active_messages": _active_messages,
    "numbers": _numbers,
    "chunks": _chunks,
    "headings": _headings,
    "summary": _summary,
    "first": _summary,
    "messages": _messages,
    "stands_out": _stands_out,
    "cues": _cues,
    "lists": _lists,
    "pictures": _pictures,
    "no_pictures": _no_pictures,
    "no_pictures_or_tables": _no_pictures_or_tables,
    "captions": _captions,
    "tables": _tables,
    "actions": _actions,
    "you": _you,
    "steps": _steps,
    "tools": _tools,
    "known": _known,
    "chances": _chances,
}

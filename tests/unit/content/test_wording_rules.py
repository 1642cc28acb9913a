"""Right words are left alone; wrong ones are found in whatever form they come."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from booklet import checks
from booklet.model import (
    Figure,
    Inline,
    Link,
    Paragraph,
    Phrase,
    Section,
    Source,
    Span,
    Strong,
    Text,
)
from booklet.phrases import common_words, languages, phrases_for
from tests import samples

AT = Span("source/sample/01-first.md")
DAY = date(2026, 12, 1)
AREAS = ("ACC-", "LINK-", "COMP-007", "COMP-008", "DATE-")


def rules(*blocks: object, today: date = DAY, **changes: object) -> list[str]:
    chapter = Section("one", 1, (Text("One"),), blocks, AT)  # type: ignore[arg-type]  # blocks
    booklet = replace(samples.booklet(), chapters=(chapter,), **changes)  # type: ignore[arg-type]  # fields
    found = checks.run(booklet, checks.Policy(), today)
    return [finding.rule for finding in found if finding.rule.startswith(AREAS)]


def words(*parts: str | Inline) -> Paragraph:
    return Paragraph(tuple(Text(part) if isinstance(part, str) else part for part in parts), AT)


def link(text: str, url: str = "https://example.org/a") -> Link:
    return Link(url, (Text(text),), AT)


@pytest.mark.parametrize(
    ("text", "url", "expected"),
    [
        ("Click here!", "https://example.org/a", "ACC-001"),
        ("Read more \N{RIGHTWARDS ARROW}", "https://example.org/a", "ACC-001"),
        ("here", "https://example.org/a", "ACC-001"),
        ("where to find help here", "https://example.org/a", ""),
        ("more about rest", "https://example.org/a", ""),
        ("https://example.org/a", "https://example.org/a", "ACC-002"),
        ("www.example.org/a", "https://www.example.org/a", ""),
        ("example.org", "https://www.example.org/a", ""),
        ("example.org/" + "a" * 40, "https://example.org/" + "a" * 40, "ACC-002"),
        ("other.org", "https://example.org/a", "LINK-004"),
        ("help.example.org", "https://example.org/", ""),
        ("555 0100", "tel:+1-555-0100", ""),
        ("020 7946 0000", "tel:+442079460000", ""),
        ("+44 (0)20 7946 0000", "tel:+442079460000", ""),
        ("555 0100", "tel:5550101", "LINK-004"),
        ("Call the ward", "tel:5550101", ""),
        ("a@example.org", "mailto:A@example.org?subject=Help", ""),
        ("a@example.org", "mailto:b@example.org", "LINK-004"),
        ("the group", "https://example.org/a,", "LINK-003"),
        ("the group", "https://example.org/a)", "LINK-003"),
        ("the group", "https://example.org/a_(b)", ""),
    ],
)
def test_links(text: str, url: str, expected: str) -> None:
    assert rules(words("See ", link(text, url), ".")) == expected.split()


@pytest.mark.parametrize(
    ("description", "expected"),
    [
        ("A dark square on white paper", ""),
        ("IMG_2041", "ACC-003 ACC-007"),
        ("drawing.png", "ACC-003 ACC-007"),
        ("drawing", "ACC-003 ACC-007"),
        ("Screenshot 12", "ACC-003 ACC-007"),
        ("A photo of a dark square", "ACC-004"),
        ("Photographs hang on the wall", ""),
        ("The caption, of all things!", "ACC-005"),
        ("A square", "ACC-007"),
        ("Long words " * 32, "ACC-006"),
    ],
)
def test_descriptions(description: str, expected: str) -> None:
    caption = (Text("The caption, of all things"),)
    figure = Figure("one-figure-1", samples.asset(), description, caption, (), False, AT)
    assert sorted(rules(figure)) == expected.split()


def test_a_decorative_picture_needs_no_description() -> None:
    assert rules(Figure("one-figure-1", samples.asset(), "", (), (), True, AT)) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Look at the green arrow.", "ACC-008"),
        ("It is shown in pale blue.", "ACC-008"),
        ("The green tea is hot. She has red marks and a white tongue.", ""),
        ("The white blood cells are few.", ""),
        ("Please do NOT EVER STOP it.", "ACC-010"),
        ("It is NOT EVER done.", ""),
        ("The CT, MRI and FDA scans.", ""),
        ("It is \N{GREEK SMALL LETTER ALPHA} here.", ""),
        ("It is \u043d\u0435\u0442 here.", "ACC-013"),
        ("Por favor, pregunte por los riesgos y para que sirve.", "ACC-014"),
        ("Das ist nicht der Weg, und sie wird nicht kommen.", "ACC-014"),
        ("Ce sont des questions pour vous et votre famille.", "ACC-014"),
        ("The Rue de la Paix and the Hotel des Invalides are in Paris.", ""),
        ("El Paso and Los Angeles are far from La Jolla.", ""),
        ("Please phone 112.", "COMP-008"),
        ("Please dial 911.", ""),
        ("There are 112 beds, and 999 more. Call 9990.", ""),
        ("Dosage: TBD", "COMP-007"),
        ("Todo is a Spanish word.", ""),
    ],
)
def test_words(text: str, expected: str) -> None:
    assert rules(words(text)) == expected.split()


def test_words_of_another_language_with_a_mark_are_right() -> None:
    spanish = Phrase("es", "ltr", (Text("Pregunte por los riesgos y para que sirve."),))
    assert rules(words("Say: ", spanish)) == []
    assert rules(words("Say: ", replace(spanish, language="ru", direction="ltr"))) == []


def test_bold_words_are_a_heading_only_where_something_follows() -> None:
    bold = words(Strong((Text("What to do"),)))
    assert rules(bold, words("Rest.")) == ["ACC-012"]
    assert rules(words("Rest."), bold) == []
    assert rules(words(Strong((Text("Rest."),))), words("Rest.")) == []
    assert rules(words(Strong((Text("a " * 13),))), words("Rest.")) == ["ACC-011"]
    assert rules(words(Strong((Text("a " * 13),)), "but not this"), words("Rest.")) == []


@pytest.mark.parametrize(
    ("written", "today", "old"),
    [
        ("2016", date(2026, 12, 31), False),
        ("2016", date(2027, 1, 1), True),
        ("2016-02", date(2026, 2, 28), False),
        ("2016-02", date(2026, 3, 1), True),
        ("2016-02-29", date(2026, 2, 28), False),
        ("2016-02-29", date(2026, 3, 1), True),
    ],
)
def test_a_source_grows_old_on_its_day(written: str, today: date, old: bool) -> None:
    source = Source("trial", 1, (Text("A trial."),), None, written, AT)
    assert ("DATE-001" in rules(today=today, sources=(source,))) == old


def test_every_language_has_the_same_lists() -> None:
    english = phrases_for("en-US")
    assert english is not None
    for language in languages():
        phrases = phrases_for(language)
        assert phrases is not None
        assert {name for name, _ in phrases.lists} == {name for name, _ in english.lists}
        assert all(texts for _, texts in phrases.lists)
    assert phrases_for("xx") is None


def test_no_little_word_is_of_two_languages() -> None:
    lists = common_words()
    assert sum(map(len, lists.values())) == len(frozenset().union(*lists.values()))

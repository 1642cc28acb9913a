"""What is heard becomes lines: roles, counts, pages, links and languages in plain words."""

from __future__ import annotations

import pytest

from booklet.transcript.heard import Heard, Kind, Page, Recording
from booklet.transcript.speaker import say

Kid = Heard | Page | str


def p(*kids: Kid, language: str = "") -> Heard:
    return Heard(Kind.PARAGRAPH, kids, language=language)


def item(*kids: Kid, label: str = "") -> Heard:
    sign = (Heard(Kind.LABEL, (label,)),) if label else ()
    return Heard(Kind.ITEM, (*sign, *kids))


def link(*kids: Kid, name: str = "") -> Heard:
    return Heard(Kind.LINK, kids, name)


def foreign(*kids: Kid, language: str = "es") -> Heard:
    return Heard(Kind.INLINE, kids, language=language)


def said(*kids: Kid, language: str = "en-US") -> list[str]:
    """The lines between the head of the transcript and its end."""
    recording = Recording("T", language, 0, Heard(Kind.GROUP, kids))
    lines = say(recording).splitlines()
    assert lines[0] == "document: T"
    assert lines[-1] == "end of document"
    return lines[2:-1]


def test_the_head_tells_title_language_and_pages() -> None:
    body = Heard(Kind.GROUP, (p("Hello."),))
    lines = say(Recording("Care at home", "en-GB", 24, body)).splitlines()
    assert lines[:4] == ["document: Care at home", "language: English", "24 pages", "Hello."]
    assert "1 page" in say(Recording("", "en", 1, body)).splitlines()


def test_a_file_without_anything_to_read_says_so() -> None:
    assert said() == ["This file gives a screen reader nothing to read out."]


def test_headings_tell_their_level_and_paragraphs_only_their_words() -> None:
    heading = Heard(Kind.HEADING, ("What is\n a stroke?",), "2")
    assert said(heading, p("It is  sudden.")) == [
        "heading level 2: What is a stroke?",
        "It is sudden.",
    ]


def test_a_heading_without_words_is_blank() -> None:
    assert said(Heard(Kind.HEADING, (" ",), "1")) == ["heading level 1: blank"]


# -------------------------------------------------------------------------------- lists


def test_a_list_tells_its_length_its_signs_and_its_end() -> None:
    bullets = Heard(Kind.LIST, (item("One", label="•"), item("Two", label="2.")))
    assert said(bullets) == ["list with 2 items", "  • One", "  2. Two", "end of list"]


def test_items_without_a_sign_are_called_items() -> None:
    contents = Heard(Kind.CONTENTS, (item(link("Help 3")),))
    assert said(contents) == [
        "list of contents with 1 item",
        "  item: link: Help 3",
        "end of list",
    ]


def test_a_term_stands_on_a_line_before_what_is_said_of_it() -> None:
    terms = Heard(
        Kind.LIST, (item(Heard(Kind.GROUP, (p("A sudden"), p("loss."))), label="Stroke"),)
    )
    assert said(terms)[1:-1] == ["  item: Stroke", "    A sudden", "    loss."]


def test_lists_inside_lists_are_counted_by_themselves() -> None:
    inner = Heard(Kind.LIST, (item("a", label="1."), item("b", label="2."), item("c", label="3.")))
    outer = Heard(Kind.LIST, (item("Outer", inner, label="•"), item(inner, label="•")))
    lines = said(outer)
    assert lines[0] == "list with 2 items"
    assert lines[1:4] == ["  • Outer", "    list with 3 items", "      1. a"]
    assert "  • list with 3 items" in lines


def test_an_empty_item_is_blank() -> None:
    assert said(Heard(Kind.LIST, (item(label="•"),)))[1] == "  • blank"


def test_a_note_tells_its_number() -> None:
    note = Heard(Kind.NOTE, (Heard(Kind.LABEL, ("1.",)), "Rare. ", link("Back to the text")))
    assert said(note) == ["note 1: Rare. [link: Back to the text]"]


# ------------------------------------------------------------------------------- tables


def test_a_table_tells_its_size_and_each_cell_its_headings() -> None:
    head = Heard(
        Kind.ROW,
        (Heard(Kind.CELL), Heard(Kind.COLUMN_HEADING, ("Wait",))),
    )
    row = Heard(
        Kind.ROW,
        (
            Heard(Kind.ROW_HEADING, ("Own cells",)),
            Heard(Kind.CELL, ("Weeks",), headings=("Wait", "Own cells")),
            Heard(Kind.CELL, ("No",), headings=("Cost", "")),
            Heard(Kind.CELL, ("Yes",), headings=("", "Own cells")),
        ),
    )
    kids = (Heard(Kind.CAPTION, ("Two ways",)), Heard(Kind.GROUP, (head,)), Page("8"), row)
    assert said(Heard(Kind.TABLE, kids)) == [
        "table with 4 columns and 2 rows: Two ways",
        "  row 1",
        "    cell: blank",
        "    column heading: Wait",
        "page 8",
        "  row 2",
        "    row heading: Own cells",
        "    column Wait, row Own cells: Weeks",
        "    column Cost: No",
        "    row Own cells: Yes",
        "end of table",
    ]


# -------------------------------------------------------------- pictures, boxes, quotes


@pytest.mark.parametrize(
    ("description", "line"),
    [("A clot.", "picture: A clot."), ("", "picture without a description")],
)
def test_a_picture_is_described(description: str, line: str) -> None:
    caption = Heard(Kind.CAPTION, ("In the brain",))
    kids = (Heard(Kind.PICTURE, (), description), caption)
    assert said(Heard(Kind.GROUP, kids)) == [line, "caption: In the brain"]


def test_boxes_and_quotes_have_a_beginning_and_an_end() -> None:
    box = Heard(Kind.BOX, (p("Tip"), Heard(Kind.QUOTE, (p("Rest."),))))
    assert said(box) == ["box", "  Tip", "  quote", "    Rest.", "  end of quote", "end of box"]


# -------------------------------------------------------------------------- inside a line


@pytest.mark.parametrize(
    ("kids", "line"),
    [
        (("See ", link("help"), "."), "See [link: help]."),
        (("See", link(" help "), "now"), "See [link: help] now"),
        ((link("Help"),), "link: Help"),
        ((link("A"), " ", link("B")), "[link: A] [link: B]"),
        (("Rare ", link("[note 1]")), "Rare [link: note 1]"),
        ((link(name="Home"),), "link: Home"),
    ],
)
def test_links_are_told_where_they_stand(kids: tuple[Kid, ...], line: str) -> None:
    assert said(p(*kids)) == [line]


def test_short_forms_are_told_in_full() -> None:
    short = Heard(Kind.ABBREVIATION, ("MRI",), "magnetic resonance imaging")
    assert said(p("An ", short, ".")) == ["An MRI [short for magnetic resonance imaging]."]


@pytest.mark.parametrize(
    ("kids", "line"),
    [
        (("They say ", foreign("hola"), " here"), "They say [Spanish] hola [English] here"),
        (("They say", foreign(" hola"), ", too"), "They say [Spanish] hola [English], too"),
        (("(", foreign("hola"), ")"), "([Spanish] hola [English])"),
        ((foreign("hola"), foreign("halló", language="is")), "[Spanish] hola [is] halló [English]"),
        ((foreign("OK", language="en-GB"), " then"), "OK then"),
    ],
)
def test_switches_of_language_are_told(kids: tuple[Kid, ...], line: str) -> None:
    assert said(p(*kids)) == [line]


def test_every_line_begins_and_ends_in_the_language_of_the_file() -> None:
    spanish = Heard(Kind.GROUP, (p("Uno.", Page("2"), " Dos."),), language="es")
    assert said(spanish, p("Three.")) == [
        "[Spanish] Uno. [English]",
        "page 2, the text goes on",
        "[Spanish] Dos. [English]",
        "Three.",
    ]


def test_a_language_without_a_table_is_told_in_english() -> None:
    assert said(p("Halló."), Heard(Kind.HEADING, ("Fyrst",), "1"), language="is") == [
        "Halló.",
        "heading level 1: Fyrst",
    ]


# -------------------------------------------------------------------------------- pages


def test_a_page_that_begins_within_a_paragraph_is_told_at_the_word() -> None:
    assert said(Page("1"), p("One ", Page("2"), "two"), Page("3", silent=True), p("three")) == [
        "page 1",
        "One",
        "page 2, the text goes on",
        "two",
        "page 3: nothing to read out",
        "three",
    ]


def test_a_page_that_begins_with_a_block_goes_on_with_no_text() -> None:
    inner = Heard(Kind.LIST, (item("a", label="•"),))
    outer = Heard(Kind.LIST, (item("Outer", Page("2"), inner, label="1."),))
    assert said(outer)[1:4] == ["  1. Outer", "page 2", "    list with 1 item"]


def test_a_sign_waits_for_its_words_when_a_page_begins_between_them() -> None:
    numbered = Heard(Kind.LIST, (item(Page("2"), "One", label="1."),))
    assert said(numbered) == ["list with 1 item", "page 2", "  1. One", "end of list"]

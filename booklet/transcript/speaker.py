"""What is heard in, the lines of the transcript out: one announcement a line, in plain words."""

from __future__ import annotations

from itertools import zip_longest

from booklet.transcript.heard import Heard, Kind, Page, Recording
from booklet.transcript.line import Line
from booklet.words import Words, words_for

_INDENT = "  "


def say(recording: Recording) -> str:
    """Return the transcript, in the words of the file's language or else in English.

    Raises LookupError when the product has no words of its own at all.
    """
    words = words_for(recording.language) or words_for("en")
    if words is None:
        raise LookupError("there is no table of English words")
    return "\n".join(_Speaker(words, recording.language).all(recording)) + "\n"


class _Speaker:
    """Speaks part by part. ``_lead`` is what the next line will begin with."""

    def __init__(self, words: Words, language: str) -> None:
        self._words = words
        self._lines: list[str] = []
        self._line = Line(words, language)
        self._language = language
        self._lead = ""
        self._lead_depth = 0
        self._depth = 0

    def all(self, recording: Recording) -> list[str]:
        self._announce(self._words.fill("hear_document", title=recording.title))
        language = self._line.name_of(recording.language)
        self._announce(self._words.fill("hear_language", language=language))
        if recording.pages:
            self._announce(self._counted("hear_pages", recording.pages))
        before = len(self._lines)
        self._node(recording.body, self._language)
        if len(self._lines) == before:
            self._announce(self._words["hear_nothing"])
        self._announce(self._words["hear_end"])
        return self._lines

    # ------------------------------------------------------------------- lines

    def _announce(self, text: str) -> None:
        """Put out a line of its own, behind what was still to be said before it."""
        depth = self._lead_depth if self._lead else self._depth
        said = f"{self._lead} {text}".strip()
        self._lead = ""
        self._lines.append(f"{_INDENT * depth}{said}" if said else "")

    def _begin(self, lead: str) -> None:
        self._end_line()
        if self._lead:
            lead = f"{self._lead} {lead}"
        else:
            self._lead_depth = self._depth
        self._lead = lead

    def _end_line(self) -> None:
        text = self._line.take()
        if text:
            self._announce(text)

    def _end_part(self) -> None:
        """End a part that was announced; with no words in it, it is said to be blank."""
        self._end_line()
        if self._lead:
            self._announce(self._words["hear_blank"])

    def _counted(self, key: str, number: int) -> str:
        ending = "one" if number == 1 else "many"
        return self._words.fill(f"{key}_{ending}", number=str(number))

    # -------------------------------------------------------------------- parts

    def _kids(self, part: Heard, language: str, *, without: Kind | None = None) -> None:
        for kid, after in zip_longest(part.kids, part.kids[1:]):
            if isinstance(kid, str):
                self._line.add(kid, language)
            elif isinstance(kid, Page):
                if isinstance(after, Heard) and not after.kind.runs_on:
                    self._end_line()
                self._page(kid)
            elif kid.kind is not without:
                self._node(kid, language)

    def _page(self, page: Page) -> None:
        """Tell of a new page; words that go on over it are put out in two lines."""
        text = self._line.take()
        if text:
            self._announce(text)
        key = "hear_page_within" if text else "hear_page"
        key = "hear_page_silent" if page.silent else key
        self._lines.append(self._words.fill(key, number=page.label))

    def _node(self, part: Heard, language: str) -> None:
        language = part.language or language
        match part.kind:
            case Kind.INLINE | Kind.LABEL:
                self._kids(part, language)
            case Kind.ABBREVIATION:
                self._kids(part, language)
                expansion = self._words.fill("hear_short", expansion=part.name)
                self._line.add(f" [{expansion}]", self._language)
            case Kind.LINK:
                self._link(part, language)
            case _:
                self._end_line()
                self._block(part, language)
                self._end_line()

    def _link(self, link: Heard, language: str) -> None:
        """A link is told within its line; the mark of a note needs no brackets of its own."""
        words = link.raw() if link.text() else link.name
        self._line.link(self._words["hear_link"], words)
        bare = link.text()
        if bare.startswith("[") and bare.endswith("]"):
            self._line.add(bare[1:-1], language)
        elif bare:
            self._kids(link, language)
        else:
            self._line.add(words, language)
        self._line.end_link()

    def _block(self, part: Heard, language: str) -> None:
        match part.kind:
            case Kind.HEADING:
                self._led(self._words.fill("hear_heading", level=part.name), part, language)
            case Kind.LIST | Kind.CONTENTS:
                key = "hear_list" if part.kind is Kind.LIST else "hear_contents"
                items = part.find(Kind.ITEM, Kind.LIST, Kind.CONTENTS)
                count = sum(item.kind is Kind.ITEM for item in items)
                self._framed(self._counted(key, count), "hear_list_end", part, language)
            case Kind.ITEM:
                self._item(part, language)
            case Kind.NOTE:
                self._note(part, language)
            case Kind.TABLE:
                self._table(part, language)
            case Kind.ROW_HEADING:
                self._led(self._words["hear_row_heading"], part, language)
            case Kind.COLUMN_HEADING:
                self._led(self._words["hear_column_heading"], part, language)
            case Kind.CELL:
                self._led(self._cell(part), part, language)
            case Kind.CAPTION:
                self._led(self._words["hear_caption"], part, language)
            case Kind.PICTURE:
                self._picture(part, language)
            case Kind.QUOTE:
                self._framed(self._words["hear_quote"], "hear_quote_end", part, language)
            case Kind.BOX:
                self._framed(self._words["hear_box"], "hear_box_end", part, language)
            case _:
                self._kids(part, language)

    def _led(self, lead: str, part: Heard, language: str) -> None:
        self._begin(lead)
        self._kids(part, language)
        self._end_part()

    def _framed(self, opening: str, ending: str, part: Heard, language: str) -> None:
        self._announce(opening)
        self._depth += 1
        self._kids(part, language)
        self._end_part()
        self._depth -= 1
        self._announce(self._words[ending])

    def _item(self, item: Heard, language: str) -> None:
        """An item begins with its bullet or number; a term that labels it is words of its own."""
        label = item.label()
        sign = label.text() if label else ""
        is_term = any(char.isalpha() for char in sign)
        self._begin(sign if sign and not is_term else self._words["hear_item"])
        self._depth += 1
        if label and is_term:
            self._kids(label, label.language or language)
            self._end_line()
        self._kids(item, language, without=Kind.LABEL)
        self._end_part()
        self._depth -= 1

    def _note(self, note: Heard, language: str) -> None:
        label = note.label()
        number = label.text().strip(".") if label else ""
        self._begin(self._words.fill("hear_note", number=number))
        self._depth += 1
        self._kids(note, language, without=Kind.LABEL)
        self._end_part()
        self._depth -= 1

    def _picture(self, picture: Heard, language: str) -> None:
        self._kids(picture, language)
        if not picture.name:
            self._announce(self._words["hear_picture_unnamed"])
            return
        self._begin(self._words["hear_picture"])
        self._line.add(picture.name, language)
        self._end_line()

    # ------------------------------------------------------------------- tables

    def _table(self, table: Heard, language: str) -> None:
        rows = tuple(table.find(Kind.ROW))
        cells = (Kind.CELL, Kind.ROW_HEADING, Kind.COLUMN_HEADING)
        columns = max((len(tuple(row.find(*cells))) for row in rows), default=0)
        size = {"columns": str(columns), "rows": str(len(rows))}
        self._begin(self._words.fill("hear_table", **size))
        caption = next(table.find(Kind.CAPTION), None)
        if caption is not None:
            self._kids(caption, caption.language or language)
        self._end_part()
        self._depth += 1
        self._rows(table, language)
        self._depth -= 1
        self._announce(self._words["hear_table_end"])

    def _rows(self, part: Heard, language: str, number: int = 0) -> int:
        """Speak the rows, wherever in the table they are grouped; return how many there were."""
        for kid in part.kids:
            if isinstance(kid, Page):
                self._page(kid)
            elif isinstance(kid, Heard) and kid.kind is Kind.ROW:
                number += 1
                self._announce(self._words.fill("hear_row", number=str(number)))
                self._depth += 1
                self._kids(kid, kid.language or language)
                self._depth -= 1
            elif isinstance(kid, Heard) and kid.kind is not Kind.CAPTION:
                number = self._rows(kid, kid.language or language, number)
        return number

    def _cell(self, cell: Heard) -> str:
        column, row = cell.headings
        if column and row:
            return self._words.fill("hear_cell", column=column, row=row)
        if column or row:
            key = "hear_cell_column" if column else "hear_cell_row"
            return self._words.fill(key, heading=column or row)
        return self._words["hear_cell_plain"]

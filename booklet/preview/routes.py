"""A request of the browser goes in, the answer to it comes out.

Nothing is read from the disk by a name that the browser sent, and nothing can be changed.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qs, quote, unquote, urlsplit

from booklet.errors import BookletError
from booklet.preview.desk import Desk, Sight, View
from booklet.preview.pictures import WIDTHS, Painter
from booklet.preview.screen import PRINTED, Screen, address
from booklet.preview.shelf import Shelf
from booklet.preview.workshop import Wish, Workshop
from booklet.source import SourceTree

FIRST_LOOK = 1.0
"""Seconds that the first page of a booklet waits for its findings."""
HTML = "text/html; charset=utf-8"
TEXT = "text/plain; charset=utf-8"

_COMMON = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
# Nothing but our own files; nobody else may put our page into a frame of theirs.
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
# The e-book: its own pictures and styles, no script whatever.
BOOK_POLICY = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'self'"
)
_KEEP = "private, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Asked:
    """A request: ``path`` with its query; ``headers`` by their names in small letters."""

    method: str
    path: str
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer. With ``is_stream`` the changes of ``follow``, or of anything, are told."""

    status: int
    kind: str = TEXT
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    is_stream: bool = False
    follow: Sight | None = None

    def all_headers(self) -> dict[str, str]:
        """Every header of the answer, in order."""
        length = {} if self.is_stream else {"Content-Length": str(len(self.body))}
        return {"Content-Type": self.kind, **length, **_COMMON, **self.headers}


def _told(status: int, words: str, **headers: str) -> Answer:
    extra = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(status, TEXT, f"{words}\n".encode(), {"Cache-Control": "no-store", **extra})


NOT_HERE = _told(404, "There is no such page.")


class Routes:
    """Answers requests. ``hosts`` are the names by which this server may be called."""

    def __init__(
        self,
        wish: Wish,
        desk: Desk,
        workshop: Workshop,
        hosts: frozenset[str],
        *,
        patience: float = FIRST_LOOK,
    ) -> None:
        self._wish = wish
        self._desk = desk
        self._workshop = workshop
        self._hosts = hosts
        self._patience = patience
        self._painter = Painter()
        self._shelf = Shelf.filled()
        self._screen = Screen(self._shelf.version)

    def answer(self, asked: Asked) -> Answer:
        """Answer one request, whatever it is."""
        # A page of elsewhere can make its own name lead to this machine, but not hide that name.
        if asked.headers.get("host", "").lower() not in self._hosts:
            return _told(421, "This server answers to its own address only.")
        if asked.method not in ("GET", "HEAD"):
            return _told(405, "There is nothing here to change.", Allow="GET, HEAD")
        try:
            parts = urlsplit(asked.path)
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        except ValueError:
            return NOT_HERE
        if parts.scheme or parts.netloc:
            return NOT_HERE
        way = tuple(map(unquote, parts.path.split("/")[1:]))
        try:
            return _unless_known(self._answer(way, query), asked)
        except BookletError as fault:
            return _told(500, fault.line())

    def _answer(self, way: tuple[str, ...], query: Mapping[str, str]) -> Answer:
        match way:
            case ("",):
                return self._list()
            case ("events",):
                return _stream(None)
            case ("static", name):
                return self._static(name)
            case ("favicon.ico",):
                return self._static("icon.svg")
            case ("b", booklet, *rest) if booklet in self._booklets():
                return self._of_booklet(booklet, tuple(rest), query)
        return NOT_HERE

    def _of_booklet(self, booklet: str, rest: tuple[str, ...], query: Mapping[str, str]) -> Answer:
        """A booklet by itself leads to one of its editions."""
        match rest:
            case () | ("",):
                asked = query.get("edition", self._wish.printed.id)
                return _to(Sight(booklet, asked)) if asked in PRINTED else NOT_HERE
            case (row, *more) if row in PRINTED:
                return self._of_edition(Sight(booklet, row), tuple(more), query)
        return NOT_HERE

    def _of_edition(self, sight: Sight, rest: tuple[str, ...], query: Mapping[str, str]) -> Answer:
        view = self._desk.view(sight)
        match rest:
            case ("",):
                return self._page(sight, query.get("chapter", ""))
            case ("events",):
                return _stream(sight)
            case ("page", name):
                return self._picture(view, name, query)
            case ("print.pdf",) if view.printed:
                made = view.printed.artifact
                return _file(made.data, made.media_type, "no-store", name=made.name)
            case ("book.epub",) if view.ebook:
                made = view.ebook.artifact
                return _file(made.data, made.media_type, "no-store", name=made.name, save=True)
            case ("ebook", version, *path):
                return self._document(view, version, "/".join(path))
        return NOT_HERE

    def _booklets(self) -> tuple[str, ...]:
        return SourceTree.open(self._wish.source).booklets()

    # ------------------------------------------------------------------------ our own pages

    def _list(self) -> Answer:
        names = self._booklets()
        if len(names) == 1:
            return _to(Sight(names[0], self._wish.printed.id))
        body = self._screen.listing(self._wish.survey(), self._desk.revision(None))
        return _page(body)

    def _page(self, sight: Sight, chapter: str) -> Answer:
        before = self._desk.revision(sight)
        if self._workshop.open(sight):
            self._desk.wait(lambda: self._desk.revision(sight) > before, self._patience)
        tree = SourceTree.open(self._wish.source)
        several = len(self._booklets()) > 1
        view = self._desk.view(sight)
        return _page(self._screen.booklet(view, tree, chapter, several=several))

    def _static(self, name: str) -> Answer:
        entry = self._shelf.entries.get(name)
        if entry is None:
            return NOT_HERE
        return _file(entry.data, entry.kind, "no-cache")

    # ------------------------------------------------------------------- what was made of it

    def _picture(self, view: View, name: str, query: Mapping[str, str]) -> Answer:
        number = re.fullmatch(r"([1-9]\d{0,4})\.png", name)
        width = query.get("w", "")
        if view.printed is None or number is None or width not in map(str, WIDTHS):
            return NOT_HERE
        artifact = view.printed.artifact
        try:
            data = self._painter.picture(artifact, int(number[1]) - 1, int(width))
        except IndexError:
            return NOT_HERE
        same = query.get("v") == artifact.sha256[:16]
        return _file(data, "image/png", _KEEP if same else "no-store")

    def _document(self, view: View, version: str, path: str) -> Answer:
        if view.ebook is None or path not in view.ebook.files:
            return NOT_HERE
        same = version == view.ebook.artifact.sha256[:16]
        keep = _KEEP if same else "no-store"
        data, kind = view.ebook.files[path], view.ebook.types[path]
        return _file(data, kind, keep, policy=BOOK_POLICY)


def _to(sight: Sight) -> Answer:
    return Answer(302, headers={"Location": address(sight), "Cache-Control": "no-store"})


def _stream(sight: Sight | None) -> Answer:
    headers = {"Cache-Control": "no-store"}
    return Answer(200, "text/event-stream", headers=headers, is_stream=True, follow=sight)


def _page(body: str) -> Answer:
    headers = {"Cache-Control": "no-store", "Content-Security-Policy": PAGE_POLICY}
    return Answer(200, HTML, body.encode(), headers)


def _file(
    data: bytes,
    kind: str,
    keep: str,
    *,
    policy: str = "default-src 'none'",
    name: str = "",
    save: bool = False,
) -> Answer:
    tag = hashlib.sha256(data).hexdigest()[:32]
    headers = {"Cache-Control": keep, "ETag": f'"{tag}"', "Content-Security-Policy": policy}
    if name:
        how = "attachment" if save else "inline"
        headers["Content-Disposition"] = f"{how}; filename*=UTF-8''{quote(name)}"
    return Answer(200, kind, data, headers)


def _unless_known(answer: Answer, asked: Asked) -> Answer:
    """Send nothing that the browser still has."""
    tag = answer.headers.get("ETag", "")
    known = [item.strip() for item in asked.headers.get("if-none-match", "").split(",")]
    if answer.status == 200 and tag and tag in known:
        return Answer(304, answer.kind, b"", answer.headers)
    return answer

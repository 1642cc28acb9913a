"""Addresses of booklets enter; what the network answers leaves as findings, never as a pass.

It is asked only on request (``check --online``) and never in a build: the network is no part of
a booklet, and what it answers today it may not answer tomorrow.
"""

from __future__ import annotations

import http.client
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from itertools import groupby
from typing import Literal
from urllib import error, parse, request

from booklet import __version__
from booklet.findings import Finding, found, in_order
from booklet.model import Booklet, Span
from booklet.prose import addresses

AT_ONCE = 4
"""Hosts asked at the same time; one host is asked one address after the other."""
_HOPS = 10
_PERMANENT = (301, 308)
_TEMPORARY = (302, 303, 307)
_GONE = (404, 410)
# Some servers know no HEAD, or refuse it out of caution; GET is asked then, and nothing is read.
_ASK_AGAIN = (400, 403, 405, 501)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one address. ``told`` is a status, a fault or the new address."""

    kind: Literal["fine", "gone", "moved", "not reached"]
    told: str = ""


Ask = Callable[[str], Answer]
Rows = list[tuple[str, Answer]]


@dataclass(frozen=True, slots=True)
class Asker:
    """Asks one address. ``timeout`` and ``pause`` (before each request) are in seconds."""

    timeout: float = 10.0
    pause: float = 0.5

    def __call__(self, url: str) -> Answer:
        """Follow an address to its end. Never raises for what the network does."""
        here, moved_to, permanent = url, "", True
        for _ in range(_HOPS):
            try:
                status, target = self._status(here)
            except (OSError, http.client.HTTPException, ValueError) as fault:
                return Answer("not reached", _reason(fault))
            permanent = permanent and status in _PERMANENT
            if status not in (*_PERMANENT, *_TEMPORARY) or not target:
                return _answer(status, moved_to)
            here = parse.urljoin(here, target)
            if permanent:
                moved_to = here
        return Answer("not reached", f"it leads on more than {_HOPS} times")

    def _status(self, url: str) -> tuple[int, str]:
        """Return the status of one address and where it leads on to."""
        status, target = self._request("HEAD", url)
        return self._request("GET", url) if status in _ASK_AGAIN else (status, target)

    def _request(self, method: str, url: str) -> tuple[int, str]:
        time.sleep(self.pause)
        # _plain lets nothing through but the web.
        asked = request.Request(_plain(url), method=method, headers=_HEADERS)  # noqa: S310 - web only
        try:
            with _OPENER.open(asked, timeout=self.timeout) as answer:
                return int(answer.status), ""
        except error.HTTPError as answer:
            with answer:
                return answer.code, answer.headers.get("Location", "")


class _StayHere(request.HTTPRedirectHandler):
    """Follows nothing: each step on the way must be seen."""

    def redirect_request(self, *_: object) -> None:
        """Refuse."""


_OPENER = request.build_opener(_StayHere)
_HEADERS = {"User-Agent": f"booklet/{__version__} (asks once whether a link still works)"}


def look(booklets: Iterable[Booklet], ask: Ask) -> dict[str, tuple[Finding, ...]]:
    """Ask each web address once; return the findings of each booklet by its id."""
    places = {
        booklet.meta.id: [(url, span) for url, span in addresses(booklet) if _is_web(url)]
        for booklet in booklets
    }
    answers = _ask_all({url for rows in places.values() for url, _ in rows}, ask)
    return {
        name: in_order(
            finding for url, span in rows for finding in _findings(url, span, answers[url])
        )
        for name, rows in places.items()
    }


def _ask_all(urls: set[str], ask: Ask) -> dict[str, Answer]:
    """Ask few hosts at once, and one host one address after the other."""
    hosts = [list(group) for _, group in groupby(sorted(urls, key=_by_host), key=_host)]
    rows: list[Future[Rows]] = [Future() for _ in hosts]
    left = deque(zip(hosts, rows, strict=True))

    def work() -> None:
        with suppress(IndexError):  # there is no more
            while True:
                group, row = left.popleft()
                _promised(row, group, ask)

    for _ in range(AT_ONCE):
        # No pool: the end of one waits for answers, and after Ctrl-C nobody wants them.
        threading.Thread(target=work, daemon=True).start()
    return dict(pair for row in rows for pair in row.result())


def _promised(row: Future[Rows], group: Iterable[str], ask: Ask) -> None:
    try:
        row.set_result([(url, ask(url)) for url in group])
    except Exception as fault:  # noqa: BLE001 - handed to whoever waits for the answers
        row.set_exception(fault)


def _findings(url: str, span: Span, answer: Answer) -> Iterator[Finding]:
    match answer.kind:
        case "gone":
            yield found("LINK-101", span, f"Nothing is at {url}: {answer.told}.")
        case "moved":
            yield found("LINK-102", span, f"{url} has moved to {answer.told}")
        case "not reached":
            yield found("LINK-103", span, f"Not checked: {url}: {answer.told}.")
        case "fine":
            pass


def _answer(status: int, moved_to: str) -> Answer:
    if status in _GONE:
        return Answer("gone", _status_words(status))
    if not 200 <= status < 300:
        return Answer("not reached", f"it answers {_status_words(status)}")
    return Answer("moved", moved_to) if moved_to else Answer("fine")


def _status_words(status: int) -> str:
    return f"{status} {http.client.responses.get(status, '')}".strip()


def _reason(fault: Exception) -> str:
    """Say in words why there is no answer."""
    inner = fault.reason if isinstance(fault, error.URLError) else fault
    if isinstance(inner, TimeoutError):
        return "no answer in time"
    text = getattr(inner, "strerror", None) or str(inner) or type(inner).__name__
    return " ".join(str(text).split()).rstrip(".")


def _plain(url: str) -> str:
    """Return an address as the network takes it. Raises ValueError for what is no web address."""
    parts = parse.urlsplit(url)
    if parts.scheme not in ("https", "http") or not parts.hostname:
        raise ValueError(f"it leads to {url[:80]}, which is no web page")
    host = parts.hostname.encode("idna").decode("ascii")
    place = f"[{host}]" if ":" in host else host
    port = f":{parts.port}" if parts.port else ""
    path = parse.quote(parts.path, safe="/%:@!$&'()*+,;=~-._")
    query = parse.quote(parts.query, safe="/?%:@!$&'()*+,;=~-._[]")
    return parse.urlunsplit((parts.scheme, place + port, path, query, ""))


def _is_web(url: str) -> bool:
    return url.startswith(("https:", "http:"))


def _host(url: str) -> str:
    return parse.urlsplit(url).netloc.casefold()


def _by_host(url: str) -> tuple[str, str]:
    return _host(url), url

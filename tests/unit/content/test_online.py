"""Addresses are asked on request only, politely, and no answer is never a good answer."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from booklet import cli, online, readers
from booklet.findings import Severity, catalogue
from booklet.model import Booklet
from booklet.online import Answer, Asker
from booklet.source import SourceTree

BASE = Path(__file__).resolve().parents[2] / "cases" / "_base"
QUICK = Asker(timeout=0.4, pause=0)
# path -> status to HEAD, status to GET, where it leads on to
PAGES = {
    "/fine": (200, 200, ""),
    "/gone": (404, 404, ""),
    "/removed": (410, 410, ""),
    "/moved": (301, 301, "/fine"),
    "/moved-twice": (308, 308, "/moved"),
    "/moved-and-gone": (301, 301, "/gone"),
    "/detour": (302, 302, "/fine"),
    "/detour-to-moved": (302, 302, "/moved"),
    "/round": (301, 301, "/round"),
    "/no-head": (405, 200, ""),
    "/no-head-gone": (405, 404, ""),
    "/refused": (403, 403, ""),
    "/broken": (500, 500, ""),
    "/elsewhere": (302, 302, "file:///etc/hostname"),
    "/nowhere": (301, 301, ""),
}


@dataclass
class Site:
    """A small site on this machine, and what it was asked."""

    url: str = ""
    asked: list[tuple[str, str, str]] = field(default_factory=list)
    busy: int = 0
    most_at_once: int = 0


@pytest.fixture
def site() -> Iterator[Site]:
    here = Site()
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        def _answer(self, which: int) -> None:
            with lock:
                here.asked.append((self.command, self.path, self.headers["User-Agent"]))
                here.busy += 1
                here.most_at_once = max(here.most_at_once, here.busy)
            if self.path == "/slow":
                time.sleep(1.0)
            row = PAGES.get(self.path.partition("?")[0], (200, 200, ""))
            self.send_response(row[:2][which])
            if row[2]:
                self.send_header("Location", row[2])
            self.send_header("Content-Length", "0")
            self.end_headers()
            with lock:
                here.busy -= 1

        def do_HEAD(self) -> None:
            self._answer(0)

        def do_GET(self) -> None:
            self._answer(1)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    here.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield here
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize(
    ("path", "kind", "told"),
    [
        ("/fine", "fine", ""),
        ("/gone", "gone", "404 Not Found"),
        ("/removed", "gone", "410 Gone"),
        ("/moved", "moved", "{site}/fine"),
        ("/moved-twice", "moved", "{site}/fine"),
        ("/moved-and-gone", "gone", "404 Not Found"),
        ("/detour", "fine", ""),
        ("/detour-to-moved", "fine", ""),
        ("/round", "not reached", "it leads on more than 10 times"),
        ("/no-head", "fine", ""),
        ("/no-head-gone", "gone", "404 Not Found"),
        ("/refused", "not reached", "it answers 403 Forbidden"),
        ("/broken", "not reached", "it answers 500 Internal Server Error"),
        ("/nowhere", "not reached", "it answers 301 Moved Permanently"),
        ("/elsewhere", "not reached", "it leads to file:///etc/hostname, which is no web page"),
        ("/slow", "not reached", "no answer in time"),
        ("/caf\N{LATIN SMALL LETTER E WITH ACUTE} (1)#part", "fine", ""),
    ],
)
def test_each_answer_is_told_as_what_it_is(path: str, kind: str, told: str, site: Site) -> None:
    answer = QUICK(site.url + path)
    assert (answer.kind, answer.told) == (kind, told.format(site=site.url))


def test_where_nobody_listens_nothing_is_reached() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    answer = QUICK(f"http://127.0.0.1:{port}/")
    assert answer.kind == "not reached"
    assert answer.told


@pytest.mark.parametrize(
    "url", ["https://", "https://[::1", "https://exa mple.org:x/", "https://.."]
)
def test_an_address_that_is_none_is_not_reached(url: str) -> None:
    assert QUICK(url).kind == "not reached"


def test_it_says_its_name_and_reads_nothing(site: Site) -> None:
    QUICK(f"{site.url}/fine")
    assert [(method, path) for method, path, _ in site.asked] == [("HEAD", "/fine")]
    assert site.asked[0][2].startswith("booklet/")


def project(tmp_path: Path, *paths: str, url: str) -> Path:
    shutil.copytree(BASE, tmp_path / "p")
    links = " ".join(f"[Place {number}]({url}{path})" for number, path in enumerate(paths))
    chapter = tmp_path / "p" / "source" / "tiny" / "01-first.md"
    chapter.write_text(f"# The first chapter\n\nYou can look there: {links}\n", "utf-8")
    return tmp_path / "p" / "source"


def read(source: Path) -> Booklet:
    booklet = readers.read(SourceTree.open(source), "tiny").booklet
    assert booklet is not None
    return booklet


def test_one_host_is_asked_one_address_after_the_other_and_each_once(
    site: Site, tmp_path: Path
) -> None:
    paths = [f"/page-{number % 5}" for number in range(10)]
    source = project(tmp_path, *paths, url=site.url)
    online.look([read(source)], QUICK)
    assert sorted(path for _, path, _ in site.asked) == sorted(set(paths))
    assert site.most_at_once == 1


def test_findings_stand_at_each_address(tmp_path: Path) -> None:
    source = project(tmp_path, "/a", "/b", "/a", url="https://example.org")
    answers = {"https://example.org/a": Answer("gone", "404 Not Found")}
    told = online.look([read(source)], lambda url: answers.get(url, Answer("fine")))
    assert [(str(each.span), each.rule) for each in told["tiny"]] == [
        ("source/tiny/01-first.md:3:21", "LINK-101"),
        ("source/tiny/01-first.md:3:87", "LINK-101"),
    ]


def test_mail_and_phone_are_not_asked(tmp_path: Path) -> None:
    source = project(tmp_path, "mailto:a@example.org", "tel:+15550100", url="")
    asked: list[str] = []

    def ask(url: str) -> Answer:
        asked.append(url)
        return Answer("fine")

    assert online.look([read(source)], ask) == {"tiny": ()}
    assert asked == []


def test_the_command_asks_only_when_told_to(
    site: Site,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(online, "Asker", lambda: QUICK)
    source = project(tmp_path, "/fine", "/gone", "/moved", "/broken", url=site.url)
    words = ["check", "--source", str(source), "--today", "2027-01-01"]
    assert cli.main(words) == 0
    assert site.asked == []
    assert "LINK-10" not in capsys.readouterr().out
    assert cli.main([*words, "--online"]) == 1
    out = capsys.readouterr().out
    assert f"Nothing is at {site.url}/gone: 404 Not Found." in out
    assert f"{site.url}/moved has moved to {site.url}/fine" in out
    assert f"Not checked: {site.url}/broken: it answers 500" in out
    assert f"{site.url}/fine:" not in out


def test_a_build_cannot_be_told_to_ask(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["build", "--online"]) == 2
    assert "--online" in capsys.readouterr().err


def test_a_baseline_is_not_made_of_the_network(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["check", "--online", "--write-baseline", str(tmp_path / "b.json")]
    assert cli.main(words) == 2
    assert "do not go together" in capsys.readouterr().err


def test_what_was_not_asked_has_not_passed() -> None:
    rules = [rule for rule in catalogue().values() if rule.about_network]
    assert [rule.id for rule in rules] == ["LINK-101", "LINK-102", "LINK-103"]
    assert not any(rule.switch for rule in rules)
    assert catalogue()["LINK-101"].severity is Severity.ERROR

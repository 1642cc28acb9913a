"""What the preview answers: to its own browser everything, to others and to tricks nothing."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from booklet.preview.desk import Stage
from booklet.preview.pictures import WIDTHS
from tests.preview_samples import HOST, PAGE, SIGHT, Preview, finding, view

HOME = "/b/tiny/large-a4/"
VERSION = "a" * 16


@pytest.fixture
def preview(tmp_path: Path) -> Preview:
    made = Preview(tmp_path)
    made.desk.post(view())
    return made


def book(preview: Preview) -> str:
    ebook = preview.desk.view(SIGHT).ebook
    assert ebook is not None
    return f"{HOME}ebook/{ebook.artifact.sha256[:16]}"


def test_the_page_shows_the_booklet_escaped(preview: Preview) -> None:
    answer = preview.get(HOME)
    text = answer.body.decode()
    assert (answer.status, answer.kind) == (200, "text/html; charset=utf-8")
    assert '<h1 lang="en">Tiny &amp; small</h1>' in text
    assert "Drink a glass of water every morning." in text
    assert "Rebuilt in 1.2 seconds. No findings." in text


@pytest.mark.parametrize(
    "host", ["", "evil.example", "evil.example:8420", "127.0.0.1", "127.0.0.1:1", f"{HOST}.evil"]
)
def test_another_name_for_this_machine_is_refused(preview: Preview, host: str) -> None:
    for path in ("/", HOME, "/events", f"{HOME}events", "/static/preview.js"):
        answer = preview.get(path, host=host)
        assert answer.status == 421
        assert not answer.is_stream
        assert b"tiny" not in answer.body


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "X"])
def test_nothing_can_be_sent(preview: Preview, method: str) -> None:
    answer = preview.get(HOME, method)
    assert answer.status == 405
    assert answer.all_headers()["Allow"] == "GET, HEAD"


@pytest.mark.parametrize(
    "path",
    [
        "/b/tiny/../../../etc/passwd",
        "/b/..%2f..%2fetc/",
        "/b/%2e%2e/",
        "/b/disclaimers/",
        "/b/glossary/",
        "/b//",
        "/b/none",
        "//evil.example/b/tiny/",
        "//[",
        "/static/../shelf.py",
        "/static/%2e%2e%2fshelf.py",
        "/static/..%5cshelf.py",
        "/static/",
        "/static//etc/passwd",
        "/static/preview.css%00.js",
        "/b/tiny/large-a4/page/0.png?w=720",
        "/b/tiny/large-a4/page/2.png?w=720",
        "/b/tiny/large-a4/page/-1.png?w=720",
        "/b/tiny/large-a4/page/1.png",
        "/b/tiny/large-a4/page/1.png?w=721",
        "/b/tiny/large-a4/page/1.png?w=99999999",
        "/b/tiny/large-a4/page/1.png%2f..?w=720",
        "/b/tiny/large-a4/page/%F0%9D%9F%8F.png?w=720",
        "/b/tiny/source",
        "/b/tiny/epub/",
        "/b/tiny/large-a4",
        "/b/tiny/large-a4/source",
        "/b/tiny?edition=none",
        "http://evil.example/",
        "*",
        "",
    ],
)
def test_a_way_that_leads_nowhere_is_not_gone(preview: Preview, path: str) -> None:
    assert preview.get(path).status == 404


@pytest.mark.parametrize("path", ["../content.opf", "EPUB/../../x", "%2e%2e/x", "/etc/passwd", ""])
def test_the_e_book_gives_out_what_it_holds_and_no_more(preview: Preview, path: str) -> None:
    assert preview.get(f"{book(preview)}/{path}").status == 404


def test_every_answer_forbids_what_it_does_not_need(preview: Preview) -> None:
    for path in (HOME, "/nowhere", f"{book(preview)}/{PAGE}", "/static/preview.css"):
        headers = preview.get(path).all_headers()
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert "Access-Control-Allow-Origin" not in headers
    policy = preview.get(HOME).headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self';")
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert (
        "script-src"
        not in preview.get(f"{book(preview)}/{PAGE}").headers["Content-Security-Policy"]
    )


def test_no_page_asks_for_anything_of_elsewhere(preview: Preview) -> None:
    text = preview.get(HOME).body.decode()
    assert "//" not in text.replace("<!DOCTYPE html>", "")
    for name in ("preview.css", "preview.js"):
        body = preview.get(f"/static/{name}").body.decode()
        assert "http://" not in body
        assert "https://" not in body


def test_a_page_is_a_picture_of_the_width_asked_for(preview: Preview) -> None:
    answer = preview.get(f"{HOME}page/1.png?w={WIDTHS[0]}&v={VERSION}")
    assert (answer.status, answer.kind) == (200, "image/png")
    assert Image.open(io.BytesIO(answer.body)).width == WIDTHS[0]
    assert "immutable" in answer.headers["Cache-Control"]


def test_what_the_browser_has_is_not_sent_again(preview: Preview) -> None:
    for path in ("/static/preview.css", f"{HOME}page/1.png?w={WIDTHS[0]}&v={VERSION}"):
        first = preview.get(path)
        again = preview.get(path, if_none_match=f'"other", {first.headers["ETag"]}')
        assert (again.status, again.body) == (304, b"")
        assert preview.get(path, if_none_match='"other"').status == 200


def test_a_picture_of_an_older_version_is_answered_but_not_kept(preview: Preview) -> None:
    answer = preview.get(f"{HOME}page/1.png?w={WIDTHS[0]}&v=old")
    assert (answer.status, answer.headers["Cache-Control"]) == (200, "no-store")
    answer = preview.get(f"{HOME}ebook/old/{PAGE}")
    assert (answer.status, answer.headers["Cache-Control"]) == (200, "no-store")


def test_files_are_offered_only_when_they_are_made(preview: Preview) -> None:
    assert preview.get(f"{HOME}print.pdf").body.startswith(b"%PDF-")
    saved = preview.get(f"{HOME}book.epub")
    assert saved.headers["Content-Disposition"].startswith("attachment; ")
    preview.desk.post(view(printed=None, ebook=None, stage=Stage.BLOCKED))
    for name in ("print.pdf", "book.epub", "page/1.png?w=720", f"ebook/x/{PAGE}"):
        assert preview.get(f"{HOME}{name}").status == 404
    assert "No pages yet." in preview.get(HOME).body.decode()


def test_one_booklet_needs_no_list_and_several_have_one(tmp_path: Path, preview: Preview) -> None:
    for path in ("/", "/b/tiny", "/b/tiny/", "/b/tiny/?edition=large-a4"):
        answer = preview.get(path)
        assert (answer.status, answer.headers["Location"]) == (302, HOME)
    (tmp_path / "more").mkdir()
    several = Preview(tmp_path / "more", "second")
    text = several.get("/").body.decode()
    assert 'href="/b/second"' in text
    assert 'href="/b/tiny"' in text
    several.desk.post(view())
    assert '<a href="/">All booklets</a>' in several.get(HOME).body.decode()


def test_changes_are_followed_for_one_booklet_or_for_all(preview: Preview) -> None:
    one, all_of_them = preview.get(f"{HOME}events"), preview.get("/events")
    assert (one.is_stream, one.follow) == (True, SIGHT)
    assert (all_of_them.is_stream, all_of_them.follow) == (True, None)
    assert one.kind == all_of_them.kind == "text/event-stream"
    assert "Content-Length" not in one.all_headers()


def test_the_pages_of_another_edition_have_an_address_of_their_own(preview: Preview) -> None:
    answer = preview.get("/b/tiny/?edition=giant-a4")
    assert answer.headers["Location"] == "/b/tiny/giant-a4/"
    text = preview.get("/b/tiny/giant-a4/").body.decode()
    assert '<option value="giant-a4" selected>' in text
    assert "The pages are on their way." in text


def test_a_source_that_is_gone_is_told_in_a_line(preview: Preview) -> None:
    preview.source.rename(preview.source.with_name("elsewhere"))
    answer = preview.get(HOME)
    assert answer.status == 500
    assert answer.body.count(b"\n") == 1
    assert b"there is no such folder" in answer.body


def test_broken_source_shows_findings_and_the_last_good_pages_as_old(preview: Preview) -> None:
    preview.desk.post(view(findings=(finding(),), stage=Stage.BLOCKED, is_old=True))
    text = preview.get(HOME).body.decode()
    assert "There is no picture &lt;here&gt;." in text
    assert "source/tiny/01-first.md:3:1" in text
    assert "These pages are old." in text
    assert 'Page 1 <span class="mark">old</span>' in text
    assert "1 error. Cannot be built yet. The pages shown are old." in text
    assert "<title>1 error: Tiny" in text


def test_a_chapter_can_be_asked_for_and_an_unknown_one_is_the_first(preview: Preview) -> None:
    for chapter in (PAGE, "EPUB/none.xhtml", "&quot;&gt;"):
        text = preview.get(f"{HOME}?chapter={chapter}").body.decode()
        assert f'{PAGE}"' in text
        assert "Part 1 of 1" in text

"""The preview in a real browser: it follows each saved file and serves everybody."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from booklet.verify.external.machine import look
from tests.needs import TOOLS, need_validator
from tests.preview_samples import source
from tests.processes import TODAY, environment

pytestmark = [pytest.mark.browser, pytest.mark.slow]

AXE = TOOLS / "node_modules" / "@daisy" / "axe-core-for-ace" / "axe.min.js"
# All of WCAG 2.2 up to AAA and what is good practice; "contrast-enhanced" is 7 to 1.
RULES = """() => axe.run(document, {
  iframes: false, resultTypes: ["violations"],
  rules: {"color-contrast-enhanced": {enabled: true}, "target-size": {enabled: true}},
})"""
# A document of an e-book has no landmarks: the reading app is around it. Ace asks for none either.
BOOK_RULES = RULES.replace("rules: {", 'rules: {"region": {enabled: false}, ')
WIDE, PHONE, NARROW = (1280, 800), (400, 800), (320, 640)
MOST_SECONDS = 20_000
"""Milliseconds that anything may take on a busy machine; the usual is a second or two."""


@dataclass(frozen=True)
class Running:
    """A preview that runs: its address and its source folder."""

    address: str
    source: Path

    @property
    def chapter(self) -> Path:
        return self.source / "tiny" / "01-first.md"

    @property
    def tiny(self) -> str:
        return f"{self.address}b/tiny"

    def write(self, old: str, new: str) -> None:
        """Save the chapter as many editors do: a new file in place of the old one."""
        text = self.chapter.read_text(encoding="utf-8")
        assert old in text
        beside = self.chapter.with_name(".saving")
        beside.write_text(text.replace(old, new), encoding="utf-8")
        beside.replace(self.chapter)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    need_validator("Browser (Chromium)")
    folder = source(tmp_path_factory.mktemp("preview"), "second")
    options = ("--source", str(folder), "--today", TODAY, "--port", "0", "--no-open")
    process = subprocess.Popen(
        [sys.executable, "-m", "booklet", "preview", *options],
        stdout=subprocess.PIPE,
        env=environment(PYTHONUNBUFFERED="1"),
        encoding="utf-8",
    )
    with process:
        assert process.stdout is not None
        told = re.search(r"http://\S+", process.stdout.readline())
        assert told
        try:
            yield Running(told[0], folder)
        finally:
            process.send_signal(signal.SIGINT)
            code = process.wait(MOST_SECONDS / 1000)
    assert code == 0
    assert not folder.with_name("output").exists()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    need_validator("Browser (Chromium)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        program = look().chromium
        started = play.chromium.launch(executable_path=str(program), chromium_sandbox=False)
        yield started
        started.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A window; what the browser complains of fails the test, as does any call to elsewhere."""
    context = browser.new_context(viewport={"width": WIDE[0], "height": WIDE[1]})
    context.set_default_timeout(MOST_SECONDS)
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("console", lambda line: complaints.append(line.text))
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    calls: list[str] = []
    opened.on("request", lambda request: calls.append(request.url))
    yield opened
    context.close()
    assert complaints == []
    assert [call for call in calls if not call.startswith("http://127.0.0.1:")] == []


@pytest.fixture
def settled(page: Any, running: Running) -> Any:
    """The booklet's page with all that can be known of it."""
    page.goto(running.tiny)
    await_settled(page)
    return page


def await_settled(page: Any, words: str = "Up to date") -> None:
    page.wait_for_function(
        # While one page takes the place of another there is no such part, for a moment.
        "words => document.getElementById('said')?.textContent === words",
        arg=words,
    )


@pytest.fixture
def edited(running: Running) -> Iterator[Callable[[str, str], None]]:
    """A way to change the chapter, which is put back afterwards."""
    before = running.chapter.read_bytes()
    yield running.write
    running.chapter.write_bytes(before)


def violations(page: Any, rules: str = RULES) -> list[str]:
    need_validator("Ace by DAISY")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    return [
        f"{broken['id']}: {node['html'][:200]}"
        for broken in page.evaluate(rules)["violations"]
        for node in broken["nodes"]
    ]


def is_within(page: Any) -> bool:
    """True when nothing has to be scrolled to the side."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


# ------------------------------------------------------------------------ following a file


def test_a_saved_file_is_shown_without_reloading(
    settled: Any, edited: Callable[[str, str], None]
) -> None:
    settled.evaluate("window.mine = 'still here'")
    picture = settled.locator("#page-4 img")
    picture.scroll_into_view_if_needed()
    before = picture.evaluate("image => image.currentSrc")
    edited("first", "very first")
    settled.wait_for_function("() => /very first/.test(document.body?.textContent)")
    settled.wait_for_function(
        "([image, old]) => image.complete && image.naturalWidth && image.currentSrc !== old",
        arg=[picture.element_handle(), before],
    )
    assert settled.evaluate("window.mine") == "still here"


@pytest.mark.parametrize("size", [WIDE, PHONE, NARROW])
def test_axe(settled: Any, size: tuple[int, int]) -> None:
    settled.set_viewport_size({"width": size[0], "height": size[1]})
    assert violations(settled) == []
    assert is_within(settled)


# ----------------------------------------------------------------------- states of the page


def test_a_broken_source_keeps_the_last_good_pages_marked_as_old(
    settled: Any, edited: Callable[[str, str], None]
) -> None:
    picture = settled.locator("#page-1 img").evaluate("image => image.src")
    edited("One sentence", "![](images/none.png)\n\nOne sentence")
    await_settled(settled, "Cannot be built yet")
    assert settled.locator("#page-1 img").evaluate("image => image.src") == picture
    assert settled.locator("#page-1 h3").inner_text() == "Page 1 old"
    row = settled.locator(".row").first
    assert "source/tiny/01-first.md:3:" in row.inner_text()
    assert settled.locator("#told").inner_text().endswith("The pages shown are old.")
    assert violations(settled) == []
    settled.set_viewport_size({"width": NARROW[0], "height": NARROW[1]})
    assert violations(settled) == []
    assert is_within(settled)
    edited("![](images/none.png)\n\nOne", "One")
    await_settled(settled)
    assert settled.locator("#page-1 h3").inner_text() == "Page 1"
    assert settled.locator(".row").count() == 0


def test_the_list_of_booklets_leads_to_each_of_them(page: Any, running: Running) -> None:
    page.goto(running.address)
    assert violations(page) == []
    page.set_viewport_size({"width": NARROW[0], "height": NARROW[1]})
    assert is_within(page)
    page.get_by_role("link").nth(1).press("Enter")
    await_settled(page)
    assert "/b/tiny/" in page.url or "/b/second/" in page.url


def test_the_words_of_a_page_are_heard_always_and_seen_on_wish(settled: Any) -> None:
    heard = settled.locator("#page-1 .heard")
    assert "heading level 1" in heard.inner_text()
    assert heard.bounding_box()["height"] <= 1
    settled.get_by_label("Show the words").check()
    assert heard.bounding_box()["height"] > 20
    assert violations(settled) == []


def test_the_page_can_be_magnified_and_spaced_out(settled: Any) -> None:
    # 1280 pixels at 200 %, with the spacing of WCAG 1.4.12.
    settled.set_viewport_size({"width": 640, "height": 400})
    settled.evaluate(
        """() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
        word-spacing: 0.16em !important } p { margin-bottom: 2em !important }`);
      document.adoptedStyleSheets = [sheet];
    }"""
    )
    assert is_within(settled)


def test_nothing_moves_for_who_wants_no_motion(settled: Any) -> None:
    settled.emulate_media(reduced_motion="reduce")
    moving = """() => [...document.querySelectorAll("*")].filter((node) => {
      const style = getComputedStyle(node, "::before");
      return style.animationName !== "none" || getComputedStyle(node).scrollBehavior !== "auto";
    }).length"""
    assert settled.evaluate(moving) == 0


# ----------------------------------------------------------------------------- the keyboard


def focused(page: Any) -> str:
    """What the keyboard is at: its words or its name."""
    return str(
        page.evaluate(
            """() => {
      const at = document.activeElement;
      return at.id || at.innerText || at.tagName;
    }"""
        )
    )


def test_the_keyboard_comes_to_everything_and_is_seen_there(settled: Any) -> None:
    way = []
    for _ in range(12):
        settled.keyboard.press("Tab")
        way.append(focused(settled))
        if way[-1] in ("book", "BODY"):
            break
        outline = "() => getComputedStyle(document.activeElement).outlineStyle"
        assert settled.evaluate(outline) != "none", way
    assert way[0] == "Skip to the findings"
    order = ["All booklets", "edition", "words", "Open the PDF", "chapter", "Next", "Save", "book"]
    assert [step for step in way if step in order] == order


def test_the_first_tab_offers_to_go_to_the_findings(settled: Any) -> None:
    settled.keyboard.press("Tab")
    settled.keyboard.press("Enter")
    assert focused(settled).startswith("findings")


def test_the_focus_stays_when_the_page_is_brought_up_to_date(
    settled: Any, edited: Callable[[str, str], None]
) -> None:
    settled.get_by_text("Open the PDF").focus()
    pages = settled.locator(".print .scroll")
    pages.evaluate("list => { list.style.scrollBehavior = 'auto'; list.scrollTop = 300 }")
    edited("One", "Just one")
    settled.wait_for_function("() => /Just one/.test(document.body?.textContent)")
    await_settled(settled)
    assert focused(settled) == "Open the PDF"
    assert pages.evaluate("list => list.scrollTop") == 300
    edited("Just one", "![](none.png)\n\nJust one")
    await_settled(settled, "Cannot be built yet")
    settled.locator(".row a").first.focus()
    edited("![](none.png)\n\nJust one", "One")
    await_settled(settled)
    assert focused(settled) == "findings"


def test_a_finding_leads_to_its_page_and_its_chapter(
    settled: Any, edited: Callable[[str, str], None]
) -> None:
    edited("enough.", "enough. ![](none.png)")
    await_settled(settled, "Cannot be built yet")
    row = settled.locator(".row").first
    row.get_by_text(re.compile("^Page ")).press("Enter")
    assert "One sentence is enough" in settled.evaluate("document.activeElement.textContent")
    row.get_by_text("E-book: ").press("Enter")
    settled.wait_for_function("() => document.activeElement?.id === 'ebook'")
    inside = settled.frame_locator("#book")
    inside.get_by_text("One sentence is enough").wait_for()
    assert "chapter=" in settled.url


# ------------------------------------------------------------------------------ the e-book


def test_the_e_book_is_turned_from_outside_and_from_within(settled: Any) -> None:
    inside = settled.frame_locator("#book")
    settled.get_by_role("link", name="Next").click()
    settled.wait_for_function("() => document.getElementById('chapter')?.selectedIndex === 1")
    settled.locator("#chapter").select_option(label="Contents")
    inside.get_by_role("link", name="The first chapter").first.click()
    settled.wait_for_function(
        "() => /first chapter/.test(document.querySelector('#chapter option:checked')?.text)"
    )
    assert settled.locator("iframe").get_attribute("title").endswith("The first chapter")


def test_another_edition_can_be_looked_at(settled: Any) -> None:
    assert settled.url.endswith("/b/tiny/large-a4/")
    settled.locator("#edition").select_option("clear-letter")
    settled.wait_for_url("**/b/tiny/clear-letter/")
    await_settled(settled)
    shape = settled.locator("#page-1 img").evaluate("image => image.width / image.height")
    assert shape == pytest.approx(215.9 / 279.4, rel=0.01)


def test_a_page_of_the_e_book_has_no_violations(settled: Any) -> None:
    # The cover is a picture alone; the pages behind it have headings.
    settled.locator("#chapter").select_option(label="Contents")
    settled.frame_locator("#book").get_by_role("heading", name="Contents").wait_for()
    settled.goto(settled.evaluate("() => frames[0].location.href"))
    assert violations(settled, BOOK_RULES) == []


def test_without_scripts_all_is_there_and_can_be_reloaded(
    browser: Any, running: Running, edited: Callable[[str, str], None]
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(running.tiny)
    page.get_by_text("One sentence is enough").first.wait_for(state="attached")
    page.get_by_role("link", name="Next").click()
    assert "chapter=" in page.url
    edited("One", "Just one")
    for _ in range(100):
        page.get_by_role("link", name="Reload").click()
        if page.get_by_text("Just one sentence").count():
            break
        page.wait_for_timeout(100)
    assert page.get_by_text("Just one sentence").count() == 1
    context.close()

"""The e-book in a real browser: it reflows, stands out on any page colour, keeps its tables."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from booklet.model import Paragraph
from tests import samples
from tests.epub_samples import job, made
from tests.needs import need_validator

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# WCAG 2.2, 1.4.10: 320 CSS pixels wide; 1.4.4: letters twice as large. WCAG 1.4.3: 4.5:1.
NARROW, CONTRAST = 320, 4.5
LONG_WORD = "Gesundheitsversorgungsstrukturverbesserungsmassnahmen " * 3
# What reading apps do: they give the page a colour of their own and the text another.
THEMES = (
    "html {}",
    "html { background: #f4ecd8; color: #3b2f1e }",
    "html { background: #111111; color: #eeeeee }",
)
CONTRASTS = """() => {
  const parse = c => c.match(/[\\d.]+/g).map(Number);
  const light = c => { const [r, g, b] = c.slice(0, 3).map(v => v / 255)
    .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b };
  const behind = e => { for (let n = e; n; n = n.parentElement) {
    const c = parse(getComputedStyle(n).backgroundColor);
    if (c.length < 4 || c[3] > 0) return c } return [255, 255, 255] };
  const found = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const e = walk.currentNode.parentElement, words = walk.currentNode.data.trim();
    if (!words || !e.checkVisibility()) continue;
    const a = light(parse(getComputedStyle(e).color)), b = light(behind(e));
    found.push([(Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), words.slice(0, 40)]) }
  return found }"""
OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
PICTURES = """() => [...document.images].map(i =>
  [i.getAttribute('src'), i.alt, i.naturalWidth, i.getBoundingClientRect().right])"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    need_validator("Chromium")
    api = pytest.importorskip("playwright.sync_api")
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    with api.sync_playwright() as playwright:
        # The sandbox does not start for root, as in a container; only our own pages are opened.
        started = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield started
        started.close()


def unzipped(data: bytes, folder: Path) -> list[Path]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        archive.extractall(folder)
    return sorted(folder.glob("EPUB/*.xhtml"))


@pytest.fixture(scope="module", params=["ltr", "rtl"])
def pages(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Every page of the sample, with a word longer than any screen, in both directions."""
    sample = samples.booklet()
    chapter = sample.chapters[0]
    long = Paragraph(samples.words(LONG_WORD), samples.SPAN)
    booklet = replace(
        sample,
        meta=replace(sample.meta, direction=request.param),
        clinic=samples.clinic(),
        chapters=(replace(chapter, blocks=(long, *chapter.blocks)),),
    )
    return unzipped(made(job(booklet)), tmp_path_factory.mktemp(request.param))


@pytest.mark.parametrize("size", ["100%", "200%"])
def test_no_page_is_wider_than_a_narrow_screen(browser: Any, pages: list[Path], size: str) -> None:
    page = browser.new_page(viewport={"width": NARROW, "height": 640})
    too_wide = {}
    for path in pages:
        page.goto(path.as_uri())
        page.add_style_tag(content=f"html {{ font-size: {size} }}")
        if page.evaluate(OVERFLOW) > 0:
            too_wide[path.name] = page.evaluate(OVERFLOW)
    page.close()
    assert len(pages) == 15
    assert too_wide == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_stand_out_on_any_page_colour(browser: Any, pages: list[Path], scheme: str) -> None:
    page = browser.new_page(color_scheme=scheme)
    measured = []
    for path in pages:
        page.goto(path.as_uri())
        for theme in THEMES:
            page.add_style_tag(content=theme)
            measured += page.evaluate(CONTRASTS)
    page.close()
    assert len(measured) > 300
    assert [row for row in measured if row[0] < CONTRAST] == []


def test_the_measures_notice_what_is_wrong(browser: Any) -> None:
    page = browser.new_page(viewport={"width": NARROW, "height": 640})
    page.set_content("<p style='color: #999; background: #fff; width: 500px'>Pale and wide</p>")
    assert page.evaluate(OVERFLOW) > 0
    ((contrast, words),) = page.evaluate(CONTRASTS)
    page.close()
    assert words == "Pale and wide"
    assert round(contrast, 2) == 2.85


def test_every_picture_loads_fits_and_has_words(browser: Any, pages: list[Path]) -> None:
    page = browser.new_page(viewport={"width": NARROW, "height": 640})
    pictures = []
    for path in pages:
        page.goto(path.as_uri())
        pictures += page.evaluate(PICTURES)
    page.close()
    assert len(pictures) == 3
    for source, words, width, right in pictures:
        assert words, source
        assert width > 0, source
        assert right <= NARROW, source


def test_a_stacked_table_is_still_a_table_to_assistive_technology(
    browser: Any, pages: list[Path]
) -> None:
    chapter = next(path for path in pages if path.name.startswith("chapter"))
    roles = {}
    for width in (NARROW, 900):
        page = browser.new_page(viewport={"width": width, "height": 640})
        page.goto(chapter.as_uri())
        stacked = page.evaluate("() => getComputedStyle(document.querySelector('td')).display")
        session = page.context.new_cdp_session(page)
        nodes = session.send("Accessibility.getFullAXTree")["nodes"]
        names = [node.get("role", {}).get("value") for node in nodes if not node["ignored"]]
        roles[stacked] = {
            role: names.count(role) for role in ("table", "columnheader", "rowheader", "cell")
        }
        page.close()
    assert set(roles) == {"block", "table-cell"}
    assert roles["block"] == roles["table-cell"]
    assert roles["block"]["rowheader"] == 1
    assert roles["block"]["columnheader"] == 3

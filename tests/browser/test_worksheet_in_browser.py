"""The worksheets in a real browser: no rule of axe broken, wide and narrow, used by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from booklet.verify.external.machine import look
from booklet.worksheet import KINDS, to_html
from tests import samples
from tests.needs import TOOLS, need_validator

pytestmark = [pytest.mark.browser, pytest.mark.slow]

AXE = TOOLS / "node_modules" / "@daisy" / "axe-core-for-ace" / "axe.min.js"
# All of WCAG 2.2 up to AAA and what is good practice; "contrast-enhanced" is 7 to 1.
RULES = """() => axe.run(document, {
  resultTypes: ["violations"],
  rules: {"color-contrast-enhanced": {enabled: true}, "target-size": {enabled: true}},
})"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    need_validator("Browser (Chromium)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        program = look().chromium
        started = play.chromium.launch(executable_path=str(program), chromium_sandbox=False)
        yield started
        started.close()


@pytest.mark.parametrize("kind", KINDS)
def test_a_worksheet_serves_everybody(kind: str, browser: Any, tmp_path: Path) -> None:
    need_validator("Ace by DAISY")
    path = tmp_path / "sheet.html"
    path.write_text(to_html(kind, samples.booklet(), ()), encoding="utf-8")
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(path.as_uri())
    page.evaluate(AXE.read_text(encoding="utf-8"))
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 800})
        broken = page.evaluate(RULES)["violations"]
        assert [(rule["id"], rule["nodes"][0]["html"]) for rule in broken] == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    first = page.get_by_role("group", name="Item 1", exact=True).get_by_role("radio")
    first.first.focus()
    page.keyboard.press("ArrowDown")
    assert [box.is_checked() for box in first.all()] == [False, True]
    page.close()

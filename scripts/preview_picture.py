"""Draw the picture of the preview that docs/preview.md shows: a running preview in, a PNG out.

Start the preview of the sample first, then: .venv/bin/python scripts/preview_picture.py ADDRESS
"""

from __future__ import annotations

import io
import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

PROJECT = Path(__file__).resolve().parent.parent
TARGET = PROJECT / "docs" / "pictures" / "preview.png"
HEADING = "What helps recovery?"
SECONDS = 60_000
"""Milliseconds that the pages may take."""


def main(address: str) -> None:
    """Write the picture anew, with a chapter of the sample in print and as an e-book."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"))
        page = browser.new_page(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
        page.set_default_timeout(SECONDS)
        page.goto(address)
        page.get_by_text("Up to date").wait_for()
        page.locator("#chapter").select_option(label=f"3. {HEADING}")
        page.frame_locator("#book").get_by_role("heading", name=HEADING).wait_for()
        page.evaluate(
            """(heading) => [...document.querySelectorAll(".page")].find(
                (item) => item.textContent.includes(`heading level 1: Chapter 3 ${heading}`)
              ).scrollIntoView()""",
            HEADING,
        )
        page.wait_for_timeout(2000)
        picture = Image.open(io.BytesIO(page.screenshot()))
        browser.close()
    picture.convert("RGB").quantize(64).save(TARGET, optimize=True)
    print(f"{TARGET.relative_to(PROJECT)}: {TARGET.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main(sys.argv[1])

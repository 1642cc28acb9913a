"""Measure the preview: a saved file in, seconds until Chromium shows the new page out.

Needs Chromium and Playwright. Run it on a calm machine: .venv/bin/python scripts/preview_speed.py
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import sync_playwright

PROJECT = Path(__file__).resolve().parent.parent
CHAPTER = "stem-cell-therapy-for-stroke/03-what-helps.md"
SENTENCE = "The brain can learn again."
ROUNDS = 10
# Notes when the new words are heard, when the new picture has been drawn, and when all is done.
NOTE = """(sentence) => {
  const item = [...document.querySelectorAll(".page")].find(
    (page) => page.textContent.includes(sentence));
  const image = item.querySelector("img");
  const said = document.getElementById("said");
  window.noted = {};
  const note = (what) => { window.noted[what] ??= Date.now() / 1000; };
  item.scrollIntoView({ behavior: "instant" });
  image.addEventListener("load", () => image.decode().then(() =>
    requestAnimationFrame(() => requestAnimationFrame(() => note("picture")))));
  new MutationObserver(() => note(said.textContent)).observe(
    said, { subtree: true, characterData: true, childList: true });
}"""
STAGES = ("Making the pages\u2026", "picture", "Measuring the finished files\u2026", "Up to date")
TOLD = ("findings of the source", "new picture on the screen", "e-book", "all measured")


def main() -> None:
    """Save the chapter again and again, and print what it took."""
    with _preview() as (address, chapter), sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"))
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(address)
        _settled(page, "Up to date")
        page.evaluate(NOTE, SENTENCE)
        rounds = [_round(page, chapter, number) for number in range(ROUNDS + 1)][1:]
        browser.close()
    for stage, told in zip(STAGES, TOLD, strict=True):
        times = [round_[stage] for round_ in rounds]
        middle = statistics.median(times)
        print(f"{told}: {middle:.2f} s ({min(times):.2f} to {max(times):.2f})")


def _round(page: Any, chapter: Path, number: int) -> dict[str, float]:
    page.wait_for_timeout(1000)
    page.evaluate("() => { window.noted = {} }")
    text = re.sub(
        r"The brain can learn again[^.]*\.", f"{SENTENCE[:-1]}, {number}.", chapter.read_text()
    )
    began = time.time()
    chapter.write_text(text)
    _settled(page, "Up to date")
    noted: dict[str, float] = page.evaluate("() => window.noted")
    return {what: at - began for what, at in noted.items()}


def _settled(page: Any, words: str) -> None:
    page.wait_for_function(
        "words => document.getElementById('said').textContent === words"
        " && (!window.noted || (window.noted[words] && window.noted.picture))",
        arg=words,
    )


@contextmanager
def _preview() -> Iterator[tuple[str, Path]]:
    """Serve a copy of the sample on a free port; yield its address and a chapter."""
    with TemporaryDirectory() as folder:
        source = Path(shutil.copytree(PROJECT / "source", Path(folder) / "source"))
        command = (sys.executable, "-m", "booklet", "preview", "--source", str(source))
        process = subprocess.Popen(
            [*command, "--port", "0", "--no-open"],
            cwd=PROJECT,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
            encoding="utf-8",
        )
        with process:
            line = process.stdout.readline() if process.stdout else ""
            told = re.search(r"http://\S+", line)
            try:
                if told:
                    yield told[0], source / CHAPTER
            finally:
                process.send_signal(signal.SIGINT)


if __name__ == "__main__":
    main()

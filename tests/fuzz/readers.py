"""Atheris looks for bytes that break a reader: a name and seconds go in, a fault or nothing out.

    pip install atheris
    python -m tests.fuzz.readers markdown 60 [folder for what it has learnt]

``markdown``, ``settings``, ``drawing`` and ``import`` are the readers. Atheris is asked for here
alone and is no dependency: its wheels are for Linux and some versions of Python.
"""

from __future__ import annotations

import importlib
import sys
from contextlib import suppress
from pathlib import Path

from booklet.model import Span


def markdown(data: bytes) -> None:
    """Read bytes as a chapter."""
    from tests.unit.readers_markdown.markdown_dump import read

    read("# A chapter\n\n" + data.decode("utf-8", "replace"))


def settings(data: bytes) -> None:
    """Read bytes as the settings of a booklet."""
    from booklet.readers.yaml_positions import read_yaml

    read_yaml(data.decode("utf-8", "replace"), Span("a.yaml"), "booklet")


def drawing(data: bytes) -> None:
    """Read bytes as what stands in a drawing."""
    from booklet.readers.svg import svg_findings

    head = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">'
    svg_findings(head + data + b"</svg>", "a.svg")


def imported(data: bytes) -> None:
    """Read bytes as a file to import; its first byte says of which kind."""
    from booklet.errors import BookletError
    from booklet.importers.draft import draft_from

    ending = (".docx", ".html", ".md", ".txt")[data[0] % 4] if data else ".txt"
    with suppress(BookletError):
        draft_from(data[1:], Path(f"a{ending}"))


READERS = {"markdown": markdown, "settings": settings, "drawing": drawing, "import": imported}


def main(arguments: list[str]) -> None:
    """Fuzz the named reader; atheris ends the process, and writes what broke it to a file."""
    name, seconds, *folders = arguments
    atheris = importlib.import_module("atheris")
    with atheris.instrument_imports(include=["booklet", "markdown_it", "mdit_py_plugins"]):
        READERS[name](b"")
    limits = (f"-max_total_time={seconds}", "-timeout=20", "-rss_limit_mb=2048", "-max_len=4000")
    atheris.Setup([sys.argv[0], *limits, *folders], READERS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1:])

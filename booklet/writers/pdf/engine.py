"""HTML and CSS in, laid-out pages and PDF bytes out: the only place that drives WeasyPrint."""

from __future__ import annotations

import logging
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from importlib.resources import as_file, files
from typing import Any
from xml.etree import ElementTree as ET

from cssselect2 import ElementWrapper  # type: ignore[import-untyped]  # it ships no types
from PIL import ImageFile

from booklet.editions import PageStart
from booklet.errors import MachineError
from booklet.writers.pdf.libraries import libraries_by_name

with warnings.catch_warnings():
    # The machine may have no fonts at all: ours come in packages.
    warnings.filterwarnings("ignore", message="No fonts configured in FontConfig")
    with libraries_by_name():
        from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import FatalURLFetchingError

from booklet.writers.pdf.fetcher import BASE_URL, LockedFetcher, Shelf
from booklet.writers.pdf.finish import OWN, finish
from booklet.writers.pdf.line_ends import own_line_ends
from booklet.writers.pdf.passes import fewer_passes
from booklet.writers.pdf.starts import page_starts
from booklet.writers.pdf.structure import own_structure

# WeasyPrint lets Pillow take damaged pictures for whole ones, in the whole process; we do not.
ImageFile.LOAD_TRUNCATED_IMAGES = False
# The style sheets of a few editions: a process reads them again and again for other booklets.
_SHEETS_KEPT = 64


class Layout:
    """Laid-out pages. Raises MachineError when the engine complains while writing."""

    def __init__(self, document: Any) -> None:
        self._document = document

    @property
    def page_count(self) -> int:
        """How many pages there are."""
        return len(self._document.pages)

    def page_starts(self, parts: tuple[str, ...]) -> tuple[PageStart, ...]:
        """Return where each page begins; ``parts`` are the ids of the parts, in reading order."""
        return page_starts(self._document.pages, parts)

    def pdf(self, identifier: bytes) -> bytes:
        """Return the pages as PDF/UA-1 and PDF/A-2a bytes with this file identifier."""
        with _complaints_raised(), own_structure():
            data: bytes = self._document.write_pdf(
                pdf_variant="pdf/a-2a",
                pdf_identifier=identifier,
                output_intent=OWN,
                finisher=finish,
            )
        return data

    def untagged(self, identifier: bytes) -> bytes:
        """Return the pages as plain PDF bytes that claim nothing, for paper alone."""
        with _complaints_raised():
            data: bytes = self._document.write_pdf(pdf_identifier=identifier)
        return data


class Engine:
    """A layout engine that can load one booklet's shelf and nothing else.

    What it has read of a style sheet and of a font serves all documents that it lays out.
    """

    def __init__(self, shelf: Shelf) -> None:
        self._fetcher = LockedFetcher(shelf)
        self._fonts = _empty_fonts()
        self._sheets: dict[str, CSS] = {}

    def lay_out(self, html: str, styles: tuple[tuple[str, str], ...]) -> Layout:
        """Lay out a document with (name, CSS) style sheets in cascade order.

        Raises MachineError when the engine complains of anything: a page that the engine
        warned about is not one to hand out.
        """
        with _complaints_raised(), own_line_ends(), fewer_passes():
            sheets = [self._sheet(css) for _, css in styles]
            page = _page(html, self._fetcher)
            return Layout(page.render(stylesheets=sheets, font_config=self._fonts))

    def _sheet(self, css: str) -> CSS:
        """Read a style sheet that brings fonts, for these are on the shelf; find any other."""
        if "@font-face" not in css:
            return _read(css)
        if css not in self._sheets:
            options = {"url_fetcher": self._fetcher, "font_config": self._fonts}
            self._sheets[css] = CSS(string=css, base_url=BASE_URL, **options)
        return self._sheets[css]


@lru_cache(maxsize=_SHEETS_KEPT)
def _read(css: str) -> CSS:
    """Return a style sheet that loads nothing; the engine only reads in it, document by document.

    Raises MachineError when the engine complains, each time anew: what it has complained of is
    not kept.
    """
    with _complaints_raised():
        return CSS(string=css, base_url=BASE_URL, url_fetcher=LockedFetcher(Shelf(())))


class _Page(HTML):  # type: ignore[misc]  # WeasyPrint ships no types
    """A document that has been read already, by a quicker parser than the engine's own."""

    def __init__(self, root: ET.Element, fetcher: LockedFetcher) -> None:
        self.base_url, self.url_fetcher, self.media_type = BASE_URL, fetcher, "print"
        self.wrapper_element = ElementWrapper.from_html_root(root, content_language=None)
        self.etree_element = self.wrapper_element.etree_element


def _page(html: str, fetcher: LockedFetcher) -> HTML:
    """Return a document for the engine. A booklet is XHTML; what is not takes the long way."""
    try:
        root = ET.fromstring(html)  # noqa: S314 - our own markup, no entity of an author's
    except ET.ParseError:
        root = None
    if root is None or root.tag != "html":
        return HTML(string=html, base_url=BASE_URL, url_fetcher=fetcher)
    return _Page(root, fetcher)


def _empty_fonts() -> FontConfiguration:
    """Return a font configuration that knows no font of the machine.

    Fontconfig reads the environment while a configuration is made. The variable is put back at
    once: a browser started later, to check an e-book, sees nothing to check without fonts.
    """
    name, before = "FONTCONFIG_FILE", os.environ.get("FONTCONFIG_FILE")
    with as_file(files("booklet.writers.pdf").joinpath("fonts.conf")) as settings:
        os.environ[name] = str(settings)
        try:
            return FontConfiguration()
        finally:
            if before is None:
                del os.environ[name]
            else:
                os.environ[name] = before


class _Listener(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(record.getMessage())


@contextmanager
def _complaints_raised() -> Iterator[None]:
    logger, listener = logging.getLogger("weasyprint"), _Listener()
    propagate, logger.propagate = logger.propagate, False
    logger.addHandler(listener)
    try:
        yield
    except FatalURLFetchingError as error:
        raise MachineError(f"the layout engine asked for too much: {error}") from error
    finally:
        logger.removeHandler(listener)
        logger.propagate = propagate
    if listener.heard:
        raise MachineError(f"the layout engine complains: {listener.heard[0]}")

"""The bytes of an EPUB in, its opened parts out: what every concern of verification looks at."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from lxml import etree

from booklet.editions import Expectation

XHTML = "{http://www.w3.org/1999/xhtml}"
OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
SVG = "{http://www.w3.org/2000/svg}"
_CONTAINER = "{urn:oasis:names:tc:opendocument:xmlns:container}"
PAGE_TYPE = "application/xhtml+xml"
MOST_BYTES = 300_000_000
"""What a book may hold unpacked: a thousand times the largest built so far, and no ZIP bomb."""


class UnreadableBookError(Exception):
    """The file is so broken that nothing more can be asked of it; the message says why."""


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the manifest; ``path`` is its place in the ZIP."""

    id: str
    path: str
    media_type: str
    properties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """One line of the reading order. ``path`` is empty when no manifest line has this id."""

    path: str
    linear: bool


@dataclass(frozen=True, slots=True)
class Book:
    """An opened book. ``pages`` are its well-formed XHTML documents by their place in the ZIP.

    ``malformed`` are (path, reason) of those that are not.
    """

    entries: tuple[zipfile.ZipInfo, ...]
    files: Mapping[str, bytes]
    package_path: str
    package: etree._Element
    items: tuple[Item, ...]
    spine: tuple[Place, ...]
    pages: Mapping[str, etree._Element]
    malformed: tuple[tuple[str, str], ...]
    expectation: Expectation

    @property
    def reading(self) -> tuple[str, ...]:
        """Paths of the linear documents, in reading order."""
        return tuple(place.path for place in self.spine if place.linear)

    def metas(self, name: str) -> tuple[str, ...]:
        """Return the texts of the ``meta`` elements with this property."""
        found = self.package.iter(f"{OPF}meta")
        return tuple((m.text or "").strip() for m in found if m.get("property") == name)

    def named(self, name: str) -> tuple[str, ...]:
        """Return the texts of the Dublin Core elements with this name."""
        return tuple((e.text or "").strip() for e in self.package.iter(f"{DC}{name}"))

    def nav(self) -> tuple[str, etree._Element] | None:
        """Return path and tree of the navigation document, if the book has one that can be read."""
        paths = [item.path for item in self.items if "nav" in item.properties]
        if len(paths) != 1 or paths[0] not in self.pages:
            return None
        return paths[0], self.pages[paths[0]]


def open_book(data: bytes, expectation: Expectation) -> Book:
    """Open a book. Raises UnreadableBookError, in plain words, when that cannot be done."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = tuple(archive.infolist())
            if sum(entry.file_size for entry in entries) > MOST_BYTES:
                raise UnreadableBookError(f"unpacked it is larger than {MOST_BYTES:,} bytes")
            files = {entry.filename: archive.read(entry) for entry in entries}
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError) as error:
        raise UnreadableBookError(f"it is no whole ZIP file ({error})") from error
    package_path = _package_path(files)
    package = _parsed(files, package_path)
    items = tuple(_items(package, package_path))
    pages, malformed = _pages(files, items)
    spine = tuple(_spine(package, items))
    return Book(entries, files, package_path, package, items, spine, pages, malformed, expectation)


def parse(data: bytes) -> etree._Element:
    """Parse XML without following anything out of the file. Raises lxml.etree.XMLSyntaxError."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
    return etree.fromstring(data, parser)


def target(here: str, address: str) -> tuple[str, str]:
    """Return (path in the ZIP, id) of a relative address, as seen from the file ``here``."""
    parts = urlsplit(address)
    if not parts.path:
        return here, unquote(parts.fragment)
    path = posixpath.normpath(posixpath.join(posixpath.dirname(here), unquote(parts.path)))
    return path, unquote(parts.fragment)


def roles(node: etree._Element) -> tuple[str, ...]:
    """Return the ARIA roles of an element."""
    return tuple((node.get("role") or "").split())


def types(node: etree._Element) -> tuple[str, ...]:
    """Return the ``epub:type`` terms of an element."""
    return tuple((node.get(EPUB_TYPE) or "").split())


def text(node: etree._Element) -> str:
    """Return all words inside an element, single-spaced."""
    return " ".join("".join(map(str, node.itertext())).split())


def line(node: etree._Element) -> int:
    """Return the line of the file on which an element begins; 1 when it is not known."""
    known: object = node.sourceline
    return known if isinstance(known, int) else 1


def _package_path(files: Mapping[str, bytes]) -> str:
    container = _parsed(files, "META-INF/container.xml")
    paths = [root.get("full-path", "") for root in container.iter(f"{_CONTAINER}rootfile")]
    if len(paths) != 1:
        raise UnreadableBookError(f"META-INF/container.xml names {len(paths)} books, not one")
    return paths[0]


def _parsed(files: Mapping[str, bytes], path: str) -> etree._Element:
    if path not in files:
        raise UnreadableBookError(f"the file {path or 'of the package'} is missing in it")
    try:
        return parse(files[path])
    except etree.XMLSyntaxError as error:
        raise UnreadableBookError(f"{path} is not well-formed: {error.msg}") from error


def _items(package: etree._Element, package_path: str) -> Iterator[Item]:
    for node in package.iter(f"{OPF}item"):
        path, _ = target(package_path, node.get("href", ""))
        properties = tuple((node.get("properties") or "").split())
        yield Item(node.get("id", ""), path, node.get("media-type", ""), properties)


def _spine(package: etree._Element, items: tuple[Item, ...]) -> Iterator[Place]:
    paths = {item.id: item.path for item in items}
    for node in package.iter(f"{OPF}itemref"):
        yield Place(paths.get(node.get("idref", ""), ""), node.get("linear") != "no")


def _pages(
    files: Mapping[str, bytes], items: tuple[Item, ...]
) -> tuple[dict[str, etree._Element], tuple[tuple[str, str], ...]]:
    pages: dict[str, etree._Element] = {}
    malformed: list[tuple[str, str]] = []
    for item in items:
        if item.media_type != PAGE_TYPE or item.path not in files:
            continue
        try:
            pages[item.path] = parse(files[item.path])
        except etree.XMLSyntaxError as error:
            malformed.append((item.path, error.msg))
    return pages, tuple(malformed)

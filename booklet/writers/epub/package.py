"""Pages, pictures, styles and metadata in, the bytes of one EPUB out: the same bytes every time."""

from __future__ import annotations

import io
import uuid
import zipfile
from datetime import date, datetime

from ebooklib import epub
from lxml import etree

from booklet.editions import Job
from booklet.model import Asset
from booklet.writers.epub.metadata import Row
from booklet.writers.epub.pages import COVER_IMAGE, Page, style_file

_OPF = "http://www.idpf.org/2007/opf"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_PACKAGE = "EPUB/content.opf"
_MIMETYPE = "mimetype"
# ZIP dates begin in 1980.
_FIRST_ZIP_YEAR = 1980
# A plain file, readable by all: what a ZIP made on any system then says.
_UNIX, _MODE = 3, 0o100644 << 16


def bind(
    job: Job,
    pages: tuple[Page, ...],
    assets: tuple[Asset, ...],
    cover: bytes,
    rows: tuple[Row, ...],
) -> bytes:
    """Bind a book. ``cover`` is a PNG; ``pages`` are in reading order.

    Raises ValueError when EbookLib dropped a row of metadata, which it does in silence.
    """
    meta = job.cleared.booklet.meta
    book = epub.EpubBook()
    book.metadata = {}  # a random identifier and EbookLib's own name, put there by its constructor
    book.set_identifier(identifier(job))
    book.set_direction(meta.direction)
    for row in rows:
        book.add_metadata(row.namespace, row.name, row.value, dict(row.attributes))
    _fill(book, job, pages, assets, cover)
    return _zipped(_parts(_written(book, meta.issued), job, rows), meta.issued)


def identifier(job: Job) -> str:
    """Return the URN of this content, edition and clinic: other words, another URN."""
    booklet = job.cleared.booklet
    clinic = booklet.clinic.id if booklet.clinic else ""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{booklet.digest}/{job.edition.id}/{clinic}").urn


def _fill(
    book: epub.EpubBook,
    job: Job,
    pages: tuple[Page, ...],
    assets: tuple[Asset, ...],
    cover: bytes,
) -> None:
    # EpubNav would write the contents itself, and EpubHtml would rewrite the markup.
    for page in pages:
        properties = ("nav",) if page.is_nav else ()
        book.spine.append(_add(book, page.file, "application/xhtml+xml", page.data, *properties))
    for name, css in job.styles:
        _add(book, style_file(name), "text/css", css.encode())
    for asset in assets:
        _add(book, f"images/{asset.name}", asset.media_type, asset.data)
    _add(book, COVER_IMAGE, "image/png", cover, "cover-image")


def _add(
    book: epub.EpubBook, file: str, media_type: str, data: bytes, *properties: str
) -> epub.EpubItem:
    # Numbered, for two file names may differ in nothing that an id can hold.
    item = epub.EpubItem(f"item-{len(book.items) + 1}", file, media_type, data)
    item.properties = list(properties)
    return book.add_item(item)


def _written(book: epub.EpubBook, issued: str) -> bytes:
    changed = datetime.combine(date.fromisoformat(issued), datetime.min.time())
    options = {"mtime": changed, "package_direction": True, "raise_exceptions": True}
    out = io.BytesIO()
    epub.write_epub(out, book, options)
    return out.getvalue()


def _parts(data: bytes, job: Job, rows: tuple[Row, ...]) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    package = etree.fromstring(parts[_PACKAGE])
    _correct(package, job, rows)
    parts[_PACKAGE] = etree.tostring(
        package, xml_declaration=True, encoding="UTF-8", pretty_print=True
    )
    return parts


def _correct(package: etree._Element, job: Job, rows: tuple[Row, ...]) -> None:
    """Set right what EbookLib's interface cannot.

    It has no way to state the package's language; its spine always names an NCX, which an
    EPUB 3 does not need and this one does not have; it declares a prefix that nothing uses.
    """
    package.set(_XML_LANG, job.cleared.booklet.meta.language)
    package.attrib.pop("prefix", "")
    spine = package.find(f"{{{_OPF}}}spine")
    written = package.findall(f"{{{_OPF}}}metadata/*")
    if spine is None or any(not row.text for row in written) or len(written) != len(rows) + 2:
        raise ValueError("EbookLib did not write the whole package")
    spine.attrib.pop("toc", "")
    etree.cleanup_namespaces(package, keep_ns_prefixes=["dc"])


def _zipped(parts: dict[str, bytes], issued: str) -> bytes:
    """Zip anew: the media type first and unpacked, the others by name, one date for all."""
    day = date.fromisoformat(issued)
    stamp = (max(day.year, _FIRST_ZIP_YEAR), day.month, day.day, 0, 0, 0)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as book:
        for name in sorted(parts, key=lambda n: (n != _MIMETYPE, n)):
            info = zipfile.ZipInfo(name, date_time=stamp)
            info.create_system, info.external_attr = _UNIX, _MODE
            packing = zipfile.ZIP_STORED if name == _MIMETYPE else zipfile.ZIP_DEFLATED
            book.writestr(info, parts[name], compress_type=packing, compresslevel=9)
    return out.getvalue()

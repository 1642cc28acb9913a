"""A small e-book of the hand-made booklet, and ways to spoil it, for writer and verifier."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw

from booklet.editions import EPUB, Artifact, Expectation, Job, PageStart, edition
from booklet.findings import Cleared
from booklet.model import Booklet
from booklet.writers.epub import write
from tests import samples

CSS = Path(__file__).parent.parent.joinpath("styles", "epub.css").read_text("utf-8")
Change = Callable[[bytes], bytes | None]


@cache
def printed() -> bytes:
    """A PDF of one A4 page with a coloured shape."""
    page = Image.new("RGB", (595, 842), "white")
    ImageDraw.Draw(page).ellipse((200, 300, 700, 900), fill="#0B4F5E")
    out = io.BytesIO()
    page.save(out, "PDF")
    return out.getvalue()


def job(
    booklet: Booklet | None = None, css: str = CSS, page_map: tuple[PageStart, ...] = ()
) -> Job:
    """A Job for the e-book of a booklet."""
    row = edition("large-a4")
    parent = Artifact(
        row, "sample-A4.pdf", row.media_type, printed(), "", pages=1, page_map=page_map
    )
    cleared = Cleared(booklet or samples.booklet())
    return Job(cleared, EPUB, "sample-ebook.epub", (("epub.css", css),), parent)


def made(work: Job) -> bytes:
    """The bytes of a Job's e-book."""
    artifact = write(work).artifact
    assert artifact is not None
    return artifact.data


# The sample's pages, if its print were set so: on the title page, at a part, in the contents, at a
# word inside a link, and one that only lines to write on are on.
PAGES = (
    PageStart("1", "cover", 0),
    PageStart("2", "before-you-read", 0),
    PageStart("3", "contents", 0),
    PageStart("4", "first", 41),
    PageStart("5", "notes", 60),
)
STARTS = (
    ("1", "A sample booklet With everything in"),
    ("2", "Before you read Who this booklet"),
    ("3", "Contents"),
    ("4", "link out a part clot"),
    ("5", ""),
)


@cache
def paged(page_map: tuple[PageStart, ...] = PAGES) -> bytes:
    """The sample's e-book with the marks of these printed pages."""
    return made(job(page_map=page_map))


@cache
def book() -> bytes:
    """The sample's e-book."""
    return made(job())


def artifact(data: bytes) -> Artifact:
    """A finished file that holds these bytes."""
    digest = hashlib.sha256(data).hexdigest()
    return Artifact(EPUB, "sample-ebook.epub", EPUB.media_type, data, digest)


def expectation(
    *, undescribed: bool = False, page_starts: tuple[tuple[str, str], ...] = ()
) -> Expectation:
    """What the sample's e-book must hold; ``page_starts`` only where its print is at hand."""
    return Expectation(
        EPUB,
        "sample-ebook.epub",
        "A sample booklet",
        "en-US",
        "ltr",
        "Disclaimer",
        samples.DISCLAIMER_WORDS,
        has_undescribed_picture=undescribed,
        page_starts=page_starts,
        page_source="sample-A4.pdf" if page_starts else "",
    )


def files(data: bytes) -> dict[str, bytes]:
    """All files of a book."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """Zip files in the order given, the media type unpacked."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts.items():
            packing = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(name, data, compress_type=packing)
    return out.getvalue()


def spoiled(name: str, change: Change, data: bytes | None = None) -> bytes:
    """The sample with one file changed, or left out when the change gives None."""
    parts = files(data or book())
    changed = change(parts[name])
    assert changed != parts[name], f"the change did not touch {name}"
    if changed is None:
        return zipped({n: d for n, d in parts.items() if n != name})
    return zipped({**parts, name: changed})


def swap(old: str, new: str) -> Change:
    """A change that puts one text in place of another, which must be there."""

    def change(data: bytes) -> bytes:
        assert old.encode() in data, f"no {old}"
        return data.replace(old.encode(), new.encode())

    return change

"""A Word file enters; its tree leaves. Mammoth reads it, once what it would lose is seen to."""

from __future__ import annotations

import io
import posixpath
import zipfile
from pathlib import Path
from typing import Any

import mammoth
from lxml import etree

from booklet.importers.intake import Taken
from booklet.importers.ledger import Ledger
from booklet.importers.limits import MAX_PICTURE, RefusedError
from booklet.importers.package import Package, opened
from booklet.importers.tree import parsed
from booklet.importers.word_styles import Styles
from booklet.importers.word_survey import Survey

_REL = "http://schemas.openxmlformats.org/package/2006/relationships"
_STYLE_MAP = "\n".join(
    [
        *(f"p.BookletHeading{level} => h{level}:fresh" for level in range(1, 7)),
        *(f"p.BookletGuess{level} => h{level}.booklet-guess:fresh" for level in range(1, 7)),
        "p.BookletTitle => p.booklet-title:fresh",
        "p.BookletSubtitle => p.booklet-subtitle:fresh",
        "p.BookletCaption => p.booklet-caption:fresh",
        "p.BookletQuote => blockquote > p:fresh",
        "p.BookletBox => p.booklet-box:fresh",
        "p[style-name='List Bullet 2'] => ul|ol > li > ul > li:fresh",
        "p[style-name='List Bullet 3'] => ul|ol > li > ul|ol > li > ul > li:fresh",
        "p[style-name='List Number 2'] => ul|ol > li > ol > li:fresh",
        "p[style-name='List Number 3'] => ul|ol > li > ul|ol > li > ol > li:fresh",
        "b => strong",
        "i => em",
        "strike => s",
    ]
)
_BLANK = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'


def take(data: bytes, _file: Path, ledger: Ledger) -> Taken:
    """Read a Word file. Raises RefusedError."""
    package = opened(data)
    main = _main_part(package)
    styles_root = _related(package, main, "styles")
    styles = Styles(styles_root)
    survey = Survey(ledger, styles)
    copy = {"[Content_Types].xml": package.read("[Content_Types].xml") or b""}
    copy["_rels/.rels"] = package.read("_rels/.rels") or _BLANK
    document = package.xml(main)
    if document is None:
        raise RefusedError("this Word file has no text in it")
    survey.document(document)
    copy[main] = etree.tostring(document, encoding="utf-8")
    copy[_rels_of(main)] = package.read(_rels_of(main)) or _BLANK
    for kind in ("footnotes", "endnotes", "numbering", "styles"):
        name = _related_name(package, main, kind)
        root = package.xml(name) if name else None
        if root is None:
            continue
        if kind in ("footnotes", "endnotes"):
            survey.notes(root)
        copy[name] = etree.tostring(root, encoding="utf-8")
        copy[_rels_of(name)] = package.read(_rels_of(name)) or _BLANK
    for kind, what in (
        ("comments", "comment"),
        ("header", "header of the pages"),
        ("footer", "footer of the pages"),
        ("chart", "chart"),
        ("diagramData", "SmartArt drawing"),
    ):
        for name in _all_related(package, main, kind):
            survey.beside(package.xml(name), what)
    survey.finish()
    pictures: dict[str, bytes] = {}
    html = _converted(package, copy, pictures)
    tree = parsed(f"<html><body>{html}</body></html>")
    title, language = _said(package)
    return Taken(tree, pictures.get, True, title, language or styles.language)


def _converted(package: Package, copy: dict[str, bytes], pictures: dict[str, bytes]) -> str:
    """Let Mammoth convert the clean copy; pictures are kept apart, by a name of our own."""

    def keep(image: Any) -> dict[str, str]:
        with image.open() as stream:
            data = stream.read(MAX_PICTURE + 1)
        name = f"word-picture-{len(pictures) + 1}"
        pictures[name] = data
        return {"src": name, "data-name": "picture"}

    media = [name for name in package.names if "/media/" in name or "/embeddings/" in name]
    clean = io.BytesIO()
    with zipfile.ZipFile(clean, "w") as archive:
        for name, data in copy.items():
            archive.writestr(name, data)
        for name in media:
            archive.writestr(name, package.read(name, MAX_PICTURE * 4) or b"")
    clean.seek(0)
    try:
        result = mammoth.convert_to_html(
            clean,
            style_map=_STYLE_MAP,
            include_embedded_style_map=False,
            external_file_access=False,
            id_prefix="word-",
            convert_image=mammoth.images.img_element(keep),
        )
    # A damaged file can make the library fail in any way; the person is told the same.
    except Exception as error:
        hint = "Open it in Word, save it again as .docx and import that."
        raise RefusedError("this Word file is damaged", hint=hint) from error
    return str(result.value)


# ----------------------------------------------------------------- parts and their relations


def _main_part(package: Package) -> str:
    for name in _all_related(package, "", "officeDocument"):
        return name
    if "word/document.xml" in package.names:
        return "word/document.xml"
    hint = "It may be a spreadsheet or slides. Save its text as .docx and import that."
    raise RefusedError("there is no Word text in this file", hint=hint)


def _rels_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _all_related(package: Package, part: str, kind: str) -> list[str]:
    root = package.xml(_rels_of(part) if part else "_rels/.rels")
    if root is None:
        return []
    names: list[str] = []
    for row in root.iter(f"{{{_REL}}}Relationship"):
        target = str(row.get("Target") or "")
        ours = str(row.get("Type") or "").rpartition("/")[2] == kind
        if not ours or row.get("TargetMode") == "External":
            continue
        folder = posixpath.dirname(part)
        name = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
        name = posixpath.normpath(name)
        if name in package.names:
            names.append(name)
    return names


def _related_name(package: Package, part: str, kind: str) -> str:
    return next(iter(_all_related(package, part, kind)), "")


def _related(package: Package, part: str, kind: str) -> etree._Element | None:
    name = _related_name(package, part, kind)
    return package.xml(name) if name else None


def _said(package: Package) -> tuple[str, str]:
    """Return title and language from the file's own data; both may be empty."""
    root = package.xml("docProps/core.xml")
    if root is None:
        return "", ""
    dc = "{http://purl.org/dc/elements/1.1/}"
    title = " ".join((root.findtext(f"{dc}title") or "").split())
    return title, (root.findtext(f"{dc}language") or "").strip()

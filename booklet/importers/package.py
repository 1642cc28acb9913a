"""The bytes of a Word file enter; its parts leave, none of them read before its size is known."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from dataclasses import dataclass

from lxml import etree

from booklet.importers.limits import (
    MAX_DEPTH,
    MAX_ELEMENTS,
    MAX_PART,
    MAX_PARTS,
    MAX_RATIO,
    MAX_UNPACKED,
    MB,
    RATIO_FROM,
    RefusedError,
)

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_DAMAGED = "this Word file is damaged, or is none"
_SAVE = "Open it in Word, save it again as .docx and import that."

# Damaged parts and lists of parts make the library raise more than its own error: RuntimeError is
# for a part that alone says it is locked, and the parent of NotImplementedError.
_BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, ValueError, RuntimeError, EOFError, OSError,
)  # fmt: skip


@dataclass(slots=True)
class Package:
    """The parts of a Word file by name; ``elements`` counts what has been parsed so far."""

    archive: zipfile.ZipFile
    names: frozenset[str]
    elements: int = 0

    def read(self, name: str, limit: int = MAX_PART) -> bytes | None:
        """Return a part, or None when there is none. Raises RefusedError."""
        if name not in self.names:
            return None
        try:
            with self.archive.open(name) as stream:
                data = stream.read(limit + 1)
        except _BROKEN as error:
            raise RefusedError(_DAMAGED, hint=_SAVE) from error
        if len(data) > limit:
            raise RefusedError(f"a part of it is larger than {limit // MB} MB")
        return data

    def xml(self, name: str) -> etree._Element | None:
        """Return a part as a tree, or None when there is none. Raises RefusedError.

        A part that declares a document type is refused: entities that swell or fetch live there,
        and no word processor writes one.
        """
        data = self.read(name)
        if data is None:
            return None
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True,
            remove_pis=True,
        )  # fmt: skip
        try:
            root = etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            raise RefusedError(_DAMAGED, hint=_SAVE) from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise RefusedError("it declares a document type, which no Word file does")
        self._measure(root)
        return root

    def _measure(self, root: etree._Element) -> None:
        depth = 0
        for event, _element in etree.iterwalk(root, events=("start", "end")):
            depth += 1 if event == "start" else -1
            self.elements += event == "start"
            if depth > MAX_DEPTH:
                raise RefusedError(
                    "too many tables, boxes or lists stand inside one another",
                    hint="Make it flatter in Word.",
                )
            if self.elements > MAX_ELEMENTS:
                raise RefusedError(
                    "there is too much in it for one booklet",
                    hint="Split it into several files and import each of them.",
                )


def opened(data: bytes) -> Package:
    """Open a Word file. Raises RefusedError when it is none, locked, huge or hostile."""
    if data.startswith(_OLE):
        if _LOCKED in data:
            hint = "Open it in Word with its password, save it without one, and import that."
            raise RefusedError("the file is locked with a password", hint=hint)
        raise RefusedError("this is an old Word file, whatever its name says", hint=_SAVE)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        infos = archive.infolist()
    except _BROKEN as error:
        raise RefusedError(_DAMAGED, hint=_SAVE) from error
    _check_all(infos)
    package = Package(archive, frozenset(info.filename for info in infos))
    if "[Content_Types].xml" not in package.names:
        raise RefusedError(_DAMAGED, hint=_SAVE)
    kinds = package.read("[Content_Types].xml") or b""
    if b"macroEnabled" in kinds or any("vbaproject" in n.lower() for n in package.names):
        hint = "Save it in Word as .docx, without macros, and import that."
        raise RefusedError("it holds programs (macros)", hint=hint)
    return package


def _check_all(infos: list[zipfile.ZipInfo]) -> None:
    if len(infos) > MAX_PARTS:
        raise RefusedError(f"it has more than {MAX_PARTS:,} parts")
    if len({info.filename for info in infos}) < len(infos):
        raise RefusedError("two of its parts have one name, which no Word file has")
    if sum(info.file_size for info in infos) > MAX_UNPACKED:
        raise RefusedError(f"unpacked it would be larger than {MAX_UNPACKED // MB} MB")
    for info in infos:
        name = info.filename
        if ".." in name.split("/") or name.startswith("/") or "\\" in name or ":" in name:
            raise RefusedError("a part of it has a name that leads out of the file")
        if info.flag_bits & 1:
            raise RefusedError("the file is locked with a password")
        large = info.file_size > RATIO_FROM
        if large and info.file_size > MAX_RATIO * max(1, info.compress_size):
            raise RefusedError("a part of it swells more than any text or picture does")

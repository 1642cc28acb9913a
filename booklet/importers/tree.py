"""The bytes of a text file enter; text, or an HTML tree that is safe to walk, leaves."""

from __future__ import annotations

import re

from lxml import etree, html
from lxml.html import HtmlElement

from booklet.importers.ledger import Ledger
from booklet.importers.limits import RefusedError

TOO_DEEP = "too many lists, tables or boxes stand inside one another"
FLATTER = "Make it flatter in the program that it comes from."
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([A-Za-z0-9_-]{2,40})", re.IGNORECASE)
# What an XML tree cannot hold, and halves of characters.
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def decoded(data: bytes, ledger: Ledger, *, is_html: bool = False) -> str:
    """Return the text of a file: its own encoding, else UTF-8, else that of older Windows.

    Raises RefusedError when it is no text at all.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace")
    if data.count(b"\0") > len(data) // 1000:
        raise RefusedError("this is not a text file")
    said = _CHARSET.search(data[:4096]) if is_html else None
    names = ["utf-8", "cp1252"]
    if said:
        names.insert(0, said[1].decode("ascii").lower())
    for name in names:
        try:
            text = data.decode(name)
        except (LookupError, ValueError):
            continue
        if name == "cp1252":
            _tell_encoding(ledger)
        return text
    _tell_encoding(ledger)
    return data.decode("cp1252", "replace")


def _tell_encoding(ledger: Ledger) -> None:
    ledger.decide(
        "The file does not say how its letters are stored; it was read as Windows text. "
        "Look for odd signs in words with accents and at quotation marks."
    )


def parsed(text: str) -> HtmlElement:
    """Return the root of an HTML text. Raises RefusedError when it is nested beyond reason."""
    safe = _CONTROL.sub(" ", text)
    if not safe.strip():
        raise RefusedError("there are no words in it")
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(safe.encode("utf-8"), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise RefusedError("no words can be found in it") from error
    for entry in parser.error_log:
        # Beyond 256 elements inside one another the parser stops, and words would be lost.
        if entry.type_name == "ERR_RESOURCE_LIMIT" or "xcessive depth" in entry.message:
            raise RefusedError(TOO_DEEP, hint=FLATTER)
    return root

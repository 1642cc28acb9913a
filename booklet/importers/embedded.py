"""Pictures, films and pages inside a page enter; pictures and printable addresses leave."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from booklet.importers import links
from booklet.importers.collecting import Collector, Look
from booklet.importers.parts import Code, Picture

_BY_PROGRAM = re.compile(r"(?i)description automatically generated|ai-generated content")
_NO_WORDS = re.compile(
    r"(?i)[\w ()%.-]{0,200}\.(png|jpe?g|gif|svg|bmp|tiff?|webp|emf|wmf)"
    r"|(image|picture|img|photo|grafik|bild)?[ _-]?[0-9]*"
)
_KINDS = {"audio": "Audio", "video": "Video"}


def read_picture(element: HtmlElement, look: Look, out: Collector) -> None:
    """Take in a picture; it stands behind the paragraph that it was in."""
    ledger = out.desk.ledger
    address = element.get("src") or element.get("data-src") or ""
    alt = " ".join((element.get("alt") or "").split())
    if _is_dot(element):
        ledger.drop("invisible picture that counts readers", alt)
        return
    name = out.desk.pictures.take(address, element.get("data-name") or "")
    if name is None:
        said = f': "{alt[:150]}"' if alt else ""
        out.check(f"A picture that stood here is missing{said}. Add it, or change the words.")
        if alt:
            ledger.drop("description of a picture that is missing", alt)
        return
    if look.href:
        ledger.drop("address behind a picture", look.href)
    description, checks = _description(element, alt)
    if description != alt and alt:
        ledger.drop("description of a picture that is only a name", alt)
    if any(run.text.strip() for run in out.runs):
        ledger.changed["pictures moved from a line of text to below it"] += 1
    out.behind.append(Picture(name, description, checks=checks))


def _description(element: HtmlElement, alt: str) -> tuple[str, tuple[str, ...]]:
    if _NO_WORDS.fullmatch(alt):
        said = element.get("alt") is not None and not alt
        if said and element.get("data-name") is None:
            return "", (
                "This picture has no description, and the page said that it is only decoration. "
                "Describe it, or write decorative: true in place of the description.",
            )
        return "", ("This picture has no description. Write what a reader must know of it.",)
    if _BY_PROGRAM.search(alt):
        return alt, ("A program wrote this description. Is it right?",)
    return alt, ()


def _is_dot(element: HtmlElement) -> bool:
    return element.get("width") in ("0", "1") and element.get("height") in ("0", "1")


def read_embedded(element: HtmlElement, _look: Look, out: Collector) -> None:
    """Make an address with its code of a film or a page that stood inside the page."""
    ledger = out.desk.ledger
    words = " ".join(str(element.text_content()).split())
    address = _address(element)
    url = links.watched(links.secure(address))
    kind = _KINDS.get(str(element.tag)) or ("Video" if url != links.secure(address) else "Page")
    if re.search(r"(?i)youtu|vimeo|video|\.(mp4|webm|ogv|mov)\b", url):
        kind = "Video"
    title = " ".join((element.get("title") or element.get("aria-label") or "").split())
    if words:
        ledger.drop("words for programs that cannot show a film or page", words)
    if not url:
        shown = f" ({address[:150]})" if re.match(r"(?i)https?:|[^:]+$", address) else ""
        out.check(f"A {kind.lower()} stood here that has no web address{shown}.")
        ledger.drop(f"{kind.lower()} without a web address", f"{title} {address[:300]}")
        return
    label = f"{kind}: {title}" if title else kind
    checks = () if title else ("This has no name. Write what the address leads to.",)
    out.add(Code(url, label[:300], (f"A {kind.lower()} stood here. Try the address.", *checks)))


def _address(element: HtmlElement) -> str:
    for name in ("src", "data", "data-src", "href"):
        if element.get(name):
            return str(element.get(name)).strip()
    for inner in element.iter("source", "embed", "iframe"):
        if inner.get("src"):
            return str(inner.get("src")).strip()
    return ""

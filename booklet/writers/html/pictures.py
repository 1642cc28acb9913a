"""Figures and QR codes, each with the words that stand for it."""

from __future__ import annotations

import hashlib
import io
from functools import lru_cache

import segno
from lxml import etree
from markupsafe import Markup
from PIL import Image

from booklet.model import Asset, Figure, QrCode
from booklet.writers.html.context import Context, plain
from booklet.writers.html.inline import address_words, external_link, inlines, shown_address
from booklet.writers.html.markup import element

# ISO/IEC 18004: a quiet zone of 4 modules. Level M restores 15 % of a damaged symbol.
_QUIET_ZONE = 4
_ERROR_LEVEL = "m"
# Of one booklet: each of its editions shows the same codes.
_CODES_KEPT = 32
# Percent of its width that decoration is high at most, so that it fits on every paper.
_TALLEST = 100


def figure(node: Figure, long_description: Markup, ctx: Context) -> Markup:
    """A picture with its description, caption and, below it, the picture in words."""
    source = ctx.links.asset(node.asset.name)
    if node.decorative:
        return _decoration(node.asset, source)
    caption = element("figcaption", inlines(node.caption, ctx)) if node.caption else Markup("")
    details = f"{node.id}-words" if long_description else None
    image = element("img", src=source, alt=node.description, aria_details=details)
    whole = element("figure", image, caption, id=node.id)
    if not long_description:
        return whole
    title = element("p", ctx.say("long_description"), class_="box-title")
    return whole + element("div", title, long_description, class_="long-description", id=details)


def _decoration(asset: Asset, source: str) -> Markup:
    """Decoration is a background: no reader is told of it, and the tagged PDF has no Figure."""
    height = min(_height_percent(asset), _TALLEST)
    style = f"background-image:url('{source}');padding-bottom:{height:.2f}%"
    return element("div", class_="decoration", style=style, aria_hidden="true")


def _height_percent(asset: Asset) -> float:
    """Height of a picture in percent of its width, from its viewBox or its pixels."""
    if asset.media_type == "image/svg+xml":
        box = etree.fromstring(asset.data, etree.XMLParser(resolve_entities=False)).get("viewBox")
        _, _, width, height = (float(part) for part in str(box).replace(",", " ").split())
        return 100 * height / width
    with Image.open(io.BytesIO(asset.data)) as image:
        return 100 * image.height / image.width


def qr_code(node: QrCode, ctx: Context) -> Markup:
    """A QR code beside its label and its address, printed in full."""
    address = shown_address(node.url)
    alt = ctx.words.fill("qr_description", url=address)
    image = element("img", src=ctx.links.asset(qr_name(node.url)), alt=alt, **ctx.tongue())
    label = element("strong", inlines(node.label, ctx))
    scan = ctx.say("qr_scan")
    link = external_link(node.url, address_words(address), address)
    lines = [label, scan, link] if plain(node.label) else [scan, link]
    caption = element("figcaption", element("br").join(lines))
    return element("figure", image, caption, class_="qr")


def code_figure(code: str, ctx: Context) -> Markup:
    """Return the booklet's own code as a picture; the same letters are printed beside it."""
    alt = ctx.words.fill("code_description", code=code)
    image = element("img", src=ctx.links.asset(qr_name(code)), alt=alt)
    return element("figure", image, class_="code")


def qr_name(url: str) -> str:
    """Return the file name of the QR code for this address: the same for the same address."""
    return f"qr-{hashlib.sha256(url.encode()).hexdigest()[:12]}.svg"


@lru_cache(maxsize=_CODES_KEPT)
def qr_asset(url: str) -> Asset:
    """Draw the QR code for an address or a code as an SVG, black on white, with its quiet zone."""
    out = io.BytesIO()
    code = segno.make(url, error=_ERROR_LEVEL, micro=False, boost_error=True)
    code.save(
        out,
        kind="svg",
        border=_QUIET_ZONE,
        light="#fff",
        dark="#000",
        xmldecl=False,
        omitsize=True,
        nl=False,
        svgclass=None,
        lineclass=None,
    )
    data = out.getvalue()
    name = qr_name(url)
    return Asset(name, name, "image/svg+xml", data, hashlib.sha256(data).hexdigest())

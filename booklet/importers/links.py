"""An address as another tool wrote it enters; one that a booklet can print leaves, or none."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, quote, urlsplit

_WEB = re.compile(r"(?i)https?://")
_MAIL = re.compile(r"(?i)mailto:[^@\s<>()\[\]\\]+@[^@\s<>()\[\]\\?]+(\?\S*)?")
_PHONE = re.compile(r"(?i)tel:\+?[0-9().-]*[0-9][0-9().-]*")
LONGEST = 1900


def usable(href: str) -> str:
    """Return the address in a form that Markdown can hold, or nothing when it cannot be used."""
    href = re.sub(r"[\t\n\r]", "", href).strip()
    if href.startswith("//"):
        href = f"https:{href}"
    if href.startswith("#") and len(href) > 1:
        return href
    if len(href) > LONGEST:
        return ""
    if _PHONE.fullmatch(re.sub(r"%20|[ \xa0]", "", href)):
        return re.sub(r"%20|[ \xa0]", "", href).lower()
    if _MAIL.fullmatch(href):
        return "mailto:" + _quoted(href[7:])
    if not _WEB.match(href):
        return ""
    try:
        parts = urlsplit(href)
        if not parts.hostname or parts.port == 0:
            return ""
    except ValueError:
        return ""
    scheme, rest = href.split(":", 1)
    return f"{scheme.lower()}:{_quoted(rest)}"


def _quoted(rest: str) -> str:
    """Write signs that would end or change a Markdown link by their numbers."""
    return quote(rest, safe="!#$%&'*+,/:;=?@~._-")


def secure(url: str) -> str:
    """Return an ``https:`` address for a printed code, or nothing when there can be none."""
    url = usable(url)
    if url.startswith("http:"):
        url = f"https:{url[5:]}"
    if not url.startswith("https:"):
        return ""
    host = urlsplit(url).hostname or ""
    named = re.fullmatch(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", host)
    return url if named and "@" not in urlsplit(url).netloc else ""


def watched(url: str) -> str:
    """Return the page where a person would watch an embedded video."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    found = re.fullmatch(r"/(?:embed|v|shorts)/([\w-]{6,20})/?", parts.path)
    if host in ("youtube.com", "youtube-nocookie.com") and found:
        return f"https://www.youtube.com/watch?v={found[1]}"
    found = re.fullmatch(r"/video/([0-9]+)/?", parts.path)
    if host == "player.vimeo.com" and found:
        return f"https://vimeo.com/{found[1]}"
    if host == "youtube.com" and parts.path == "/watch" and "v" in parse_qs(parts.query):
        return f"https://www.youtube.com/watch?v={quote(parse_qs(parts.query)['v'][0])}"
    return url

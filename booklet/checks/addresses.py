"""The addresses of a booklet enter; those that lead astray leave as findings.

Whether an address answers is asked elsewhere, and only on request (``online``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import urlsplit

from booklet.checks.rule import Policy
from booklet.findings import Finding, found
from booklet.model import Booklet, CrossReference, Link, plain_text
from booklet.phrases import phrases_for
from booklet.prose import addresses, inline, links, passages

_WEB = re.compile(r"(?:https?://)?((?:[\w-]+\.)+[a-z]{2,})(?:[/?#]\S*)?", re.IGNORECASE)
_MAIL = re.compile(r"\S+@\S+\.\S+")
_PHONE = re.compile(r"[+\d][\d\s().\N{NO-BREAK SPACE}/-]{4,}")
_STRAY = (".", ",", ";", ":", "!", "'", '"', "\N{RIGHT SINGLE QUOTATION MARK}")


def same_address(booklet: Booklet, _policy: Policy, _today: date) -> Iterator[Finding]:
    """One address must have one name, or readers think that there are two."""
    first: dict[str, str] = {}
    for link in links(booklet):
        words = _words(link)
        # What leads astray is told of as such, and is no second name.
        if _is_empty(words, booklet) or not _leads_there(link):
            continue
        known = first.setdefault(_plain(link.url), words)
        if known.casefold() != words.casefold():
            message = f'"{words}" leads to the same address as "{known}".'
            yield found("LINK-001", link.span, message)


def same_words(booklet: Booklet, _policy: Policy, _today: date) -> Iterator[Finding]:
    """The same words must lead to the same place."""
    first: dict[str, str] = {}
    for passage in passages(booklet):
        for node in inline(passage.children):
            if not isinstance(node, Link | CrossReference):
                continue
            target = _plain(node.url) if isinstance(node, Link) else f"#{node.target}"
            words = _words(node)
            if (
                not _is_empty(words, booklet)
                and first.setdefault(words.casefold(), target) != target
            ):
                message = f'"{words}" leads to {first[words.casefold()]} elsewhere.'
                yield found("LINK-002", node.span, message)


def stray_signs(booklet: Booklet, _policy: Policy, _today: date) -> Iterator[Finding]:
    """An address must not end with a sign of the sentence around it."""
    for url, span in addresses(booklet):
        if url.endswith(_STRAY) or url.count(")") > url.count("("):
            yield found("LINK-003", span, f'The address {url} ends with "{url[-1]}".')


def other_address(booklet: Booklet, _policy: Policy, _today: date) -> Iterator[Finding]:
    """What is printed as an address or a number must be where the link leads."""
    for link in links(booklet):
        if not _leads_there(link):
            message = f'The words say "{_words(link)}", the link leads to {link.url}.'
            yield found("LINK-004", link.span, message)


def _leads_there(link: Link) -> bool:
    scheme, _, rest = link.url.partition(":")
    return _fits(_words(link), scheme, rest)


def _fits(words: str, scheme: str, rest: str) -> bool:
    """True unless the words are an address or number of the link's kind, and another one."""
    if scheme == "tel" and _PHONE.fullmatch(words):
        return _digits(rest).endswith(_digits(words))
    if scheme == "mailto" and _MAIL.fullmatch(words):
        return rest.partition("?")[0].casefold() == words.casefold()
    web = _WEB.fullmatch(words)
    if scheme in ("https", "http") and web:
        host = (urlsplit(f"{scheme}:{rest}").hostname or "").removeprefix("www.")
        said = web[1].casefold().removeprefix("www.")
        return host == said or host.endswith(f".{said}") or said.endswith(f".{host}")
    return True


def _digits(number: str) -> str:
    """Return the digits of a phone number, without the zero of calls inside a country."""
    return re.sub(r"\D", "", number.replace("(0)", "")).lstrip("0")


def _words(link: Link | CrossReference) -> str:
    return " ".join(plain_text(link.children).split())


def _is_empty(words: str, booklet: Booklet) -> bool:
    """True for words that name nothing, such as "here": ACC-001 tells of them."""
    phrases = phrases_for(booklet.meta.language)
    return phrases is not None and words.casefold() in phrases.words("wording.empty_links")


def _plain(url: str) -> str:
    """Return an address without what makes no difference: a slash at its end."""
    return url.removesuffix("/")

"""A link's address and words go in; a link of the model, or a finding, comes out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from urllib.parse import urlsplit

from markdown_it.token import Token

from booklet.model import (
    CrossReference,
    Inline,
    Link,
    SourceReference,
    Span,
    TermReference,
    Text,
)
from booklet.readers.md_desk import Desk

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):(.*)", re.DOTALL)
_PHONE = re.compile(r"\+?[0-9().-]*[0-9][0-9().-]*")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")


def make_link(
    token: Token, children: tuple[Inline, ...], span: Span, desk: Desk
) -> Sequence[Inline]:
    """Return the link node for a link token, or its bare words when it cannot be one."""
    href = str(token.attrs.get("href", ""))
    if "title" in token.attrs:
        desk.report("MD-042", span, "Words in quotes after an address are not possible.")
    if "label" in token.meta:
        desk.used_addresses.add(token.meta["label"])
    if href.startswith("#"):
        return _cross_reference(href[1:], children, span, desk)
    match = _SCHEME.fullmatch(href)
    scheme, rest = (match[1].lower(), match[2]) if match else ("", href)
    if scheme == "term":
        return _term(rest, children, span, desk)
    if scheme == "source":
        return _source(rest, children, span, desk)
    return _outside(scheme, rest, children, span, desk)


def _cross_reference(
    target: str, children: tuple[Inline, ...], span: Span, desk: Desk
) -> Sequence[Inline]:
    if not target:
        desk.report("MD-041", span, "The address of this link is empty.")
        return children
    return (CrossReference(target, children, span),)


def _term(key: str, children: tuple[Inline, ...], span: Span, desk: Desk) -> Sequence[Inline]:
    if key not in desk.terms:
        message = f'The glossary has no word "{key}".'
        desk.report("REF-003", span, message, did_you_mean(key, desk.terms))
        return children
    return (TermReference(key, children or (Text(desk.terms[key]),), None, span),)


def _source(key: str, children: tuple[Inline, ...], span: Span, desk: Desk) -> Sequence[Inline]:
    if children:
        message = "The number of a source takes the place of these words."
        desk.report("REF-005", span, message)
    reference = source_reference(key, span, desk)
    return children if reference is None else (*children, reference)


def source_reference(key: str, span: Span, desk: Desk) -> SourceReference | None:
    """Return the pointer to a source, or None with a finding when there is no such source."""
    if key in desk.sources:
        return SourceReference(key, desk.sources[key], span)
    message = f'No source has the key "{key}".'
    desk.report("REF-004", span, message, did_you_mean(key, desk.sources))
    return None


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """Return a hint that names the nearest known word; None leaves the rule's own hint."""
    nearest = get_close_matches(word, sorted(known), 1)
    return f'Did you mean "{nearest[0]}"?' if nearest else None


def _outside(
    scheme: str, rest: str, children: tuple[Inline, ...], span: Span, desk: Desk
) -> Sequence[Inline]:
    problem = _problem(scheme, rest)
    if problem:
        desk.report("MD-041" if not scheme or scheme in _FORMS else "MD-040", span, problem)
        return children
    if scheme == "http":
        desk.report("MD-043", span, "This address begins with http: and not with https:.")
    if not children:
        desk.report("MD-044", span, "This link has no words to read.")
        return ()
    return (Link(f"{scheme}:{rest}", children, span),)


def _problem(scheme: str, rest: str) -> str:
    """Say what is wrong with an address, or nothing."""
    if not scheme:
        return f'"{rest}" is not a full address.' if rest else "The address of this link is empty."
    if scheme not in _FORMS:
        return f'Addresses that begin with "{scheme}:" are not possible.'
    return "" if _FORMS[scheme](rest) else f"What stands after {scheme}: is not a full address."


def _is_web(rest: str) -> bool:
    try:
        parts = urlsplit(f"https:{rest}")
        return rest.startswith("//") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _is_email(rest: str) -> bool:
    return _EMAIL.fullmatch(rest.partition("?")[0]) is not None


def _is_phone(rest: str) -> bool:
    return _PHONE.fullmatch(rest) is not None


_FORMS = {"https": _is_web, "http": _is_web, "mailto": _is_email, "tel": _is_phone}

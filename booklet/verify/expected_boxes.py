"""Callouts, evidence, codes and forms of the source in, the elements expected of them out."""

from __future__ import annotations

from booklet.model import CalloutKind, Clinic, Evidence, Inline, QrCode
from booklet.verify.expected_frame import PRINTED_ADDRESS, Frame, Kids, item, pairs, run_in
from booklet.verify.expected_inline import inlines, outward, plain, typed
from booklet.verify.reading_order import Element, Piece

# The labels that a contact box shows with lines to write on, when the booklet is for no clinic.
_BLANK_CONTACT = ("contact_name", "contact_phone", "contact_address", "contact_hours")
# What a slip for the next appointment asks for when nobody has chosen.
_SLIP = ("when", "where", "with", "bring")


def callout(
    kind: CalloutKind, title: tuple[Inline, ...], inside: tuple[Element, ...], frame: Frame
) -> Element:
    """Return a callout: its label, always in words, then its title, then what it holds."""
    key = kind.value.replace("-", "_")
    label = frame.added(Piece(frame.words[key] + (":" if title else ""), f"word {key}"))
    named = (Piece(" "), *inlines(title, frame)) if title else ()
    return Element("Callout", (Element("P", (label, *named)), *inside))


def evidence(node: Evidence, frame: Frame) -> Element:
    """Return a claim held against what is known, as pairs of a label and its words."""
    marks: list[Element | Piece] = []
    for source in node.sources:
        marks += [*([Piece(" ")] if marks else []), *inlines((source,), frame)]
    rows: tuple[tuple[str, Kids], ...] = (
        ("evidence_claim", inlines(node.claim, frame)),
        ("evidence_known", inlines(node.known, frame)),
        ("evidence_strength", (frame.added_word(f"strength_{node.strength}"),)),
        ("evidence_sources", tuple(marks)),
        ("evidence_date", (frame.added(frame.date(node.date)),)),
    )
    shown = tuple(((frame.added_word(key),), (body,)) for key, body in rows if body)
    return Element("Callout", (Element("P", (frame.added_word("evidence"),)), run_in(frame, shown)))


def qr_code(node: QrCode, frame: Frame) -> tuple[Element, ...]:
    """Return a code, described by its address, and its caption with the address as a link."""
    address = typed(node.url)
    label = (*inlines(node.label, frame), Piece(" ")) if plain(node.label) else ()
    link = outward(node.url, (Piece(address, PRINTED_ADDRESS),), address, frame)
    caption = Element("Caption", (*label, frame.added_word("qr_scan"), Piece(" "), link))
    description = frame.words.fill("qr_description", url=address)
    return Element("Figure", description=description, language=frame.home), caption


def form(labels: tuple[Kids, ...]) -> Element:
    """Return labels with lines to write on; the lines are drawn, and have no words."""
    return Element("L", tuple(item((), label) for label in labels))


def slip(fields: tuple[tuple[Inline, ...], ...], frame: Frame) -> Element:
    """Return a slip for the next appointment; without labels of its own, the clinic's or ours."""
    clinic = frame.booklet.clinic
    if fields:
        return form(tuple(inlines(field, frame) for field in fields))
    if clinic and clinic.appointment:
        return form(tuple((frame.added(Piece(label)),) for label in clinic.appointment))
    return form(tuple((frame.added_word(f"appointment_{name}"),) for name in _SLIP))


def contact(frame: Frame) -> Element:
    """Return the clinic's contacts, or labels to fill in when the booklet is for no clinic."""
    clinic = frame.booklet.clinic
    if clinic is None:
        return form(tuple((frame.added_word(key),) for key in _BLANK_CONTACT))
    rows = _contact_rows(clinic, frame)
    return pairs(tuple(((frame.added_word(key),), (body,)) for key, body in rows if body))


def _contact_rows(clinic: Clinic, frame: Frame) -> tuple[tuple[str, Kids], ...]:
    return (
        ("contact_name", (frame.added(Piece(clinic.name)),)),
        ("contact_phone", (Piece(clinic.phone),) if clinic.phone else ()),
        ("contact_address", _lines(clinic.address, frame)),
        ("contact_web", (web(clinic.web, frame),) if clinic.web else ()),
        ("contact_hours", _lines(clinic.hours, frame)),
        ("contact_emergency", (Piece(frame.booklet.emergency.number),)),
    )


def _lines(lines: tuple[str, ...], frame: Frame) -> Kids:
    """Return lines one below another: each end of a line is a space to the ear."""
    kids: list[Element | Piece] = []
    for line in lines:
        kids += [*([Piece(" ")] if kids else []), frame.added(Piece(line))]
    return tuple(kids)


def web(url: str, frame: Frame) -> Element:
    """Return a link that shows its own address."""
    address = typed(url)
    return outward(url, (Piece(address, PRINTED_ADDRESS),), address, frame)

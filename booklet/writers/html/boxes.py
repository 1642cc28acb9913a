"""Callouts, forms to fill in and evidence boxes."""

from __future__ import annotations

from markupsafe import Markup, escape

from booklet.model import CalloutKind, Clinic, Evidence, Inline
from booklet.writers.html.context import Context
from booklet.writers.html.inline import address_words, external_link, inlines, shown_address
from booklet.writers.html.markup import definitions, element, joined

# (element, epub:type, role) of each callout: EPUB 3 Structural Semantics and DPUB-ARIA 1.1.
_SEMANTICS: dict[CalloutKind, tuple[str, str | None, str]] = {
    CalloutKind.KEY_FACTS: ("div", None, "note"),
    CalloutKind.WARNING: ("section", "notice", "doc-notice"),
    CalloutKind.EMERGENCY: ("section", "notice", "doc-notice"),
    CalloutKind.TIP: ("aside", "tip", "doc-tip"),
    CalloutKind.STORY: ("aside", "case-study", "doc-example"),
}

# A box of more letters than these, some twelve lines of large print, may go on over a page: kept
# whole, it would leave half of the page before it empty.
_LONG_BOX = 600

# The labels of a slip for the next appointment, as keys of the table of words.
_SLIP = ("appointment_when", "appointment_where", "appointment_with", "appointment_bring")


def callout(kind: CalloutKind, title: tuple[Inline, ...], inside: Markup, ctx: Context) -> Markup:
    """A box told apart by rule, icon and bold label; the label is always printed."""
    name, epub_type, role = _SEMANTICS[kind]
    label = ctx.words[kind.value.replace("-", "_")]
    words = ctx.ours(f"{label}:") + Markup(" ") + inlines(title, ctx) if title else ctx.ours(label)
    return element(
        name,
        element("p", words, class_="box-title"),
        inside,
        class_=f"callout callout-{kind.value}{is_long(inside, _LONG_BOX)}",
        epub__type=epub_type,
        role=role,
    )


def is_long(inside: Markup, most: int) -> str:
    """Return the class of what has more letters than these: it may go on over a page."""
    return " long" if len(inside.striptags()) > most else ""


def titled(style: str, title: tuple[Inline, ...], inside: Markup, ctx: Context) -> Markup:
    """A block with an optional bold title that stays with it."""
    if not title:
        return element("div", inside, class_=f"box {style}")
    heading = element("p", inlines(title, ctx), class_="box-title")
    return element("div", heading, inside, class_=f"box {style}")


def lines(count: int) -> Markup:
    """Ruled lines to write on; hidden from assistive technology, for they hold no words."""
    if count == 0:
        return Markup("")
    rules = Markup("").join(element("span", class_="line") for _ in range(count))
    return element("span", rules, class_="lines", aria_hidden="true")


def labelled_lines(labels: tuple[Markup, ...]) -> Markup:
    """Labels, each with a line to write on."""
    # In an element of its own, for side by side each piece of a label would lose its spaces.
    rows = [element("li", element("span", label), lines(1)) for label in labels]
    return element("ul", joined(rows), class_="form-lines")


def slip(fields: tuple[tuple[Inline, ...], ...], ctx: Context) -> Markup:
    """The lines of an appointment slip: with its own labels, else the clinic's, else ours."""
    return labelled_lines(tuple(inlines(field, ctx) for field in fields) or slip_labels(ctx))


def slip_labels(ctx: Context) -> tuple[Markup, ...]:
    """The labels of the slip at the back: those of the clinic, or those of the table of words."""
    clinic = ctx.booklet.clinic
    own = clinic.appointment if clinic else ()
    return tuple(map(ctx.ours, own or (ctx.words[key] for key in _SLIP)))


def contact(ctx: Context) -> Markup:
    """The clinic's contacts, or labels with lines when the booklet is built for no clinic."""
    clinic = ctx.booklet.clinic
    if clinic is None:
        keys = ("contact_name", "contact_phone", "contact_address", "contact_hours")
        return labelled_lines(tuple(map(ctx.say, keys)))
    rows = [(ctx.say(key), (value,)) for key, value in _contact_rows(clinic, ctx)]
    return definitions(rows, "contact")


def _contact_rows(clinic: Clinic, ctx: Context) -> list[tuple[str, Markup]]:
    line_break = element("br")
    rows = [("contact_name", ctx.ours(clinic.name))]
    if clinic.phone:
        rows.append(("contact_phone", _phone(clinic.phone)))
    if clinic.address:
        rows.append(("contact_address", line_break.join(map(ctx.ours, clinic.address))))
    if clinic.web:
        address = shown_address(clinic.web)
        rows.append(("contact_web", external_link(clinic.web, address_words(address), address)))
    if clinic.hours:
        rows.append(("contact_hours", line_break.join(map(ctx.ours, clinic.hours))))
    number = ctx.booklet.emergency.number
    return [*rows, ("contact_emergency", _phone(number))]


def _phone(number: str) -> Markup:
    return element("span", escape(number), class_="phone")


def evidence(node: Evidence, ctx: Context) -> Markup:
    """A claim held against what is known, with its strength and dated sources."""
    marks = Markup(" ").join(inlines((source,), ctx) for source in node.sources)
    rows = [
        ("evidence_claim", inlines(node.claim, ctx)),
        ("evidence_known", inlines(node.known, ctx)),
        ("evidence_strength", ctx.say(f"strength_{node.strength}")),
        ("evidence_sources", marks),
        ("evidence_date", ctx.ours(ctx.words.date(node.date))),
    ]
    pairs = [(ctx.say(label), (value,)) for label, value in rows if value]
    return element(
        "div",
        element("p", ctx.say("evidence"), class_="box-title"),
        definitions(pairs, "run-in"),
        class_="callout callout-evidence",
        role="note",
    )

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

# The labels of a slip for the next appointment, as keys of the table of words.
_SLIP = ("appointment_when", "appointment_where", "appointment_with", "appointment_bring")


def callout(kind: CalloutKind, title: tuple[Inline, ...], inside: Markup, ctx: Context) -> Markup:
    """A box told apart by rule, icon and bold label; the label is always printed."""
    name, epub_type, role = _SEMANTICS[kind]
    label = escape(ctx.words[kind.value.replace("-", "_")])
    words = label + Markup(": ") + inlines(title, ctx) if title else label
    return element(
        name,
        element("p", words, class_="box-title"),
        inside,
        class_=f"callout callout-{kind.value}",
        epub__type=epub_type,
        role=role,
    )


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
    return tuple(map(escape, own or (ctx.words[key] for key in _SLIP)))


def contact(ctx: Context) -> Markup:
    """The clinic's contacts, or labels with lines when the booklet is built for no clinic."""
    words, clinic = ctx.words, ctx.booklet.clinic
    if clinic is None:
        keys = ("contact_name", "contact_phone", "contact_address", "contact_hours")
        return labelled_lines(tuple(escape(words[key]) for key in keys))
    rows = [(escape(label), (value,)) for label, value in _contact_rows(clinic, ctx)]
    return definitions(rows, "contact")


def _contact_rows(clinic: Clinic, ctx: Context) -> list[tuple[str, Markup]]:
    words, line_break = ctx.words, element("br")
    rows = [(words["contact_name"], escape(clinic.name))]
    if clinic.phone:
        rows.append((words["contact_phone"], _phone(clinic.phone)))
    if clinic.address:
        rows.append((words["contact_address"], line_break.join(map(escape, clinic.address))))
    if clinic.web:
        address = shown_address(clinic.web)
        rows.append(
            (words["contact_web"], external_link(clinic.web, address_words(address), address))
        )
    if clinic.hours:
        rows.append((words["contact_hours"], line_break.join(map(escape, clinic.hours))))
    number = ctx.booklet.emergency.number
    return [*rows, (words["contact_emergency"], _phone(number))]


def _phone(number: str) -> Markup:
    return element("span", escape(number), class_="phone")


def evidence(node: Evidence, ctx: Context) -> Markup:
    """A claim held against what is known, with its strength and dated sources."""
    words = ctx.words
    marks = Markup(" ").join(inlines((source,), ctx) for source in node.sources)
    rows = [
        (words["evidence_claim"], inlines(node.claim, ctx)),
        (words["evidence_known"], inlines(node.known, ctx)),
        (words["evidence_strength"], escape(words[f"strength_{node.strength}"])),
        (words["evidence_sources"], marks),
        (words["evidence_date"], escape(words.date(node.date))),
    ]
    pairs = [(escape(label), (value,)) for label, value in rows if value]
    return element(
        "div",
        element("p", escape(words["evidence"]), class_="box-title"),
        definitions(pairs, "run-in"),
        class_="callout callout-evidence",
        role="note",
    )

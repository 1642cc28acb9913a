"""A whole booklet made by hand, with every kind of node: for writers' tests, without any reader."""

from __future__ import annotations

import hashlib

from booklet.model import (
    Abbreviation,
    Appointment,
    Asset,
    BackPart,
    Block,
    Booklet,
    BulletList,
    Callout,
    CalloutKind,
    Checklist,
    Clinic,
    Compare,
    CompareRow,
    Contact,
    CrossReference,
    Definition,
    DefinitionList,
    Disclaimer,
    DisclaimerLock,
    Division,
    Emergency,
    EmergencySign,
    Emphasis,
    Evidence,
    Figure,
    GlossaryEntry,
    Inline,
    LineBreak,
    Link,
    ListItem,
    Meta,
    Note,
    NoteReference,
    NumberedList,
    Paragraph,
    Phrase,
    QrCode,
    Questions,
    Quote,
    Reviewer,
    Section,
    Source,
    SourceReference,
    Span,
    Steps,
    Strong,
    TermReference,
    Text,
    WritingLines,
)

SPAN = Span("source/sample/01-first.md")
SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 320"><rect width="640" height="320"'
    b' fill="#fff"/><circle cx="320" cy="160" r="120" fill="#0B4F5E"/></svg>'
)
DISCLAIMER_WORDS = "This booklet gives information only. It does not replace your care team."


def words(text: str) -> tuple[Inline, ...]:
    """Plain words as inline nodes."""
    return (Text(text),)


def paragraph(text: str) -> Paragraph:
    """A paragraph of plain words."""
    return Paragraph(words(text), SPAN)


def items(*texts: str) -> tuple[ListItem, ...]:
    """List items of plain words."""
    return tuple(ListItem((paragraph(text),), SPAN) for text in texts)


def asset(name: str = "drawing.svg") -> Asset:
    """A small drawing."""
    digest = hashlib.sha256(SVG).hexdigest()
    return Asset(name, f"source/sample/images/{name}", "image/svg+xml", SVG, digest)


def disclaimer(text: str = DISCLAIMER_WORDS) -> Disclaimer:
    """A disclaimer that is its own lock."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    lock = DisclaimerLock("sample-disclaimer", "1.0", digest)
    return Disclaimer(
        "sample-disclaimer", "1.0", "en", "Disclaimer", (words(text),), digest, lock, SPAN
    )


def clinic() -> Clinic:
    """An example clinic."""
    return Clinic(
        "example-clinic",
        "Example Stroke Clinic",
        None,
        "",
        "555 0100",
        ("1 Example Street", "Springfield"),
        "https://example.org/",
        "911",
        ("Monday to Friday, 9 to 5",),
        SPAN,
    )


def every_block() -> tuple[Block, ...]:
    """One of each block node."""
    mark = SourceReference("trial", 1, SPAN)
    row = CompareRow(words("Neural"), (words("Brain"), words("Early tests")), SPAN)
    columns = (words("Type"), words("From"), words("Stage"))
    part = Section("first-part", 2, words("A part"), (paragraph("Inside a part."),), SPAN)
    return (
        every_inline(),
        BulletList(items("One", "Two"), SPAN),
        NumberedList(items("Third", "Fourth"), 3, SPAN),
        DefinitionList((Definition(words("Clot"), (paragraph("Thick blood."),), SPAN),), SPAN),
        Quote((paragraph("Words of somebody."),), SPAN),
        *(Callout(kind, words("Title"), (paragraph("Inside."),), SPAN) for kind in CalloutKind),
        Steps(words("How to move"), items("Sit up.", "Stand up."), SPAN),
        Checklist(words("To pack"), items("Shoes", "Glasses"), SPAN),
        Questions(words("To ask"), items("What helps?"), 2, SPAN),
        Compare("first-table-1", words("Kinds of cell"), columns, (row,), SPAN),
        Figure(
            "first-figure-1",
            asset(),
            "A teal disc on white.",
            words("A disc"),
            (paragraph("The disc fills the middle."),),
            False,
            SPAN,
        ),
        Figure("first-figure-2", asset("ornament.svg"), "", (), (), True, SPAN),
        QrCode("https://example.org/help", words("Help near you"), SPAN),
        Evidence(
            words("Cells cure stroke."),
            words("They do not."),
            "against",
            (mark,),
            "2026-11-01",
            SPAN,
        ),
        Contact(words("Who to contact"), SPAN),
        Appointment(words("Next visit"), (words("When"), words("Where")), SPAN),
        WritingLines(words("My notes"), 4, SPAN),
        Division("es", "ltr", (paragraph("Hola."),), SPAN),
        part,
    )


def every_inline() -> Paragraph:
    """A paragraph with one of each inline node."""
    return Paragraph(
        (
            Text("Plain & "),
            Strong(words("strong")),
            Text(" and "),
            Emphasis(words("stressed")),
            LineBreak(),
            Link("https://example.org/a", words("a link out"), SPAN),
            Text(" "),
            CrossReference("first-part", words("a part"), SPAN),
            Text(" "),
            TermReference("clot", words("clot"), "first-use-clot", SPAN),
            Text(" "),
            SourceReference("trial", 1, SPAN),
            Text(" "),
            Abbreviation("MRI", "magnetic resonance imaging"),
            Text(" "),
            NoteReference("first-note-1", 1, "first-note-1-mark-1", SPAN),
            Text(" "),
            Phrase("ar", "rtl", words("سلام")),
        ),
        SPAN,
    )


def meta() -> Meta:
    """The settings of the sample."""
    return Meta(
        id="sample",
        title="A sample booklet",
        subtitle="With everything in it",
        language="en-US",
        direction="ltr",
        audience="People who care for somebody.",
        version="1.0",
        issued="2026-11-01",
        review_by="2028-11-01",
        authors=("The booklet project",),
        reviewers=(Reviewer("Stroke physician", None, None),),
        funding="Nobody paid for it.",
        feedback=words("Tell your clinic."),
        other_formats=words("Ask your clinic."),
        summary="A sample.",
        what_it_is=(words("It informs."),),
        what_it_is_not=(words("It is no advice."),),
        key_messages=(words("Ask first."),),
        questions=(words("What helps?"),),
        back_matter=tuple(BackPart),
        span=SPAN,
    )


def booklet() -> Booklet:
    """The whole sample."""
    note = Note("first-note-1", 1, (paragraph("A note."),), ("first-note-1-mark-1",), SPAN)
    chapter = Section("first", 1, words("What is it?"), every_block(), SPAN, (note,))
    sign = EmergencySign("Face", "Is one side drooping?")
    entry = GlossaryEntry("clot", "clot", words("Thick blood."), "first-use-clot", SPAN)
    source = Source("trial", 1, words("A trial."), "https://example.org/trial", "2024", SPAN)
    return Booklet(
        meta=meta(),
        emergency=Emergency("Act FAST", "Check.", (sign,), "Call {number} now", "911", "Note it."),
        chapters=(chapter,),
        glossary=(entry,),
        sources=(source,),
        disclaimer=disclaimer(),
        clinic=None,
        assets=(asset(), asset("ornament.svg")),
        digest="0" * 64,
    )

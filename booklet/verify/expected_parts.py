"""The booklet's front and back matter in, the elements that a reader must meet there out."""

from __future__ import annotations

from dataclasses import replace

from booklet.model import BackPart, Inline, ListItem, Paragraph, Reviewer, Source
from booklet.verify.expected_blocks import Elements, bulleted, ticked
from booklet.verify.expected_boxes import contact, slip, web
from booklet.verify.expected_frame import AGAIN, Frame, Kids, item, pairs, run_in
from booklet.verify.expected_inline import inlines, plain
from booklet.verify.reading_order import Element, Piece, in_language

_HEADINGS = {BackPart.NOTES: "notes_page"}


def cover(frame: Frame) -> Elements:
    """Return the cover, or the title page of an e-book after the picture of the cover."""
    meta, clinic = frame.booklet.meta, frame.booklet.clinic
    elements = [Element("H1", (Piece(meta.title),), ids=("cover",))]
    if meta.subtitle:
        elements.append(_p(Piece(meta.subtitle)))
    elements.append(_p(Piece(meta.audience)))
    if clinic and clinic.logo:
        elements.append(Element("Figure", description=clinic.logo_description))
    if clinic:
        elements.append(_p(Piece(clinic.name, AGAIN)))
    issued = (frame.word("about_issued"), Piece(" "), frame.date(meta.issued))
    return (*_cover_picture(frame), *elements, _p(*issued))


def _cover_picture(frame: Frame) -> Elements:
    meta = frame.booklet.meta
    words = frame.words.fill("cover_description", title=meta.title, subtitle=meta.subtitle)
    return () if frame.printed else (Element("Figure", description=words.strip()),)


def before_you_read(frame: Frame) -> Elements:
    """Return for whom the booklet is, what it is and is not, and the way to the disclaimer."""
    meta = frame.booklet.meta
    pointer = frame.word("disclaimer_pointer")
    link = Element(
        "Link",
        (pointer, *frame.see_page("disclaimer")),
        target="disclaimer",
        name=pointer.text,
    )
    return (
        _h1(frame, "before_you_read", "before-you-read"),
        Element("H2", (frame.word("for_whom"),)),
        _p(Piece(meta.audience, AGAIN)),
        *_listed("what_it_is", meta.what_it_is, frame),
        *_listed("what_it_is_not", meta.what_it_is_not, frame),
        _p(link),
    )


def _listed(key: str, entries: tuple[tuple[Inline, ...], ...], frame: Frame) -> Elements:
    if not entries:
        return ()
    bodies = tuple(inlines(entry, frame) for entry in entries)
    return Element("H2", (frame.word(key),)), bulleted(bodies, frame)


def emergency(frame: Frame) -> Elements:
    """Return the emergency box: the number to call, what to look for, what to note."""
    box = frame.booklet.emergency
    signs = tuple(((Piece(sign.name),), ((Piece(sign.check),),)) for sign in box.signs)
    return (
        _h1(frame, "emergency_page", "emergency"),
        _p(Piece(box.title)),
        _p(Piece(box.call.replace("{number}", box.number))),
        *([_p(Piece(box.introduction))] if box.introduction else []),
        pairs(signs),
        *([_p(Piece(box.note))] if box.note else []),
    )


def key_messages(frame: Frame) -> Elements:
    """Return the key messages; nothing when there are none."""
    messages = frame.booklet.meta.key_messages
    if not messages:
        return ()
    rows = tuple(item((), inlines(message, frame)) for message in messages)
    return _h1(frame, "key_messages", "key-messages"), Element("L", rows)


# ------------------------------------------------------------------- back matter


def shown_back_matter(frame: Frame) -> tuple[BackPart, ...]:
    """Return the back matter that has something to show, in the booklet's own order."""
    booklet = frame.booklet
    holds = {
        BackPart.QUESTIONS: bool(booklet.meta.questions),
        BackPart.GLOSSARY: bool(booklet.glossary),
        BackPart.SOURCES: bool(booklet.sources),
    }
    return tuple(part for part in booklet.meta.back_matter if holds.get(part, True))


def back_title(part: BackPart) -> str:
    """Return the key of a back page's heading in the table of words."""
    return _HEADINGS.get(part, part.value)


def spare_notes(frame: Frame) -> Elements:
    """Return one page to write on, of those that make the number of pages even."""
    heading = Element("H1", (frame.word("spare_notes"),))
    return heading, _p(frame.word("spare_notes_intro"))


def back_matter(part: BackPart, frame: Frame) -> Elements:
    """Return one page of the back matter."""
    return (_h1(frame, back_title(part), part.value), *_BACK[part](frame))


def _questions(frame: Frame) -> Elements:
    span = frame.booklet.meta.span
    asked = (Paragraph(words, span) for words in frame.booklet.meta.questions)
    items = tuple(ListItem((paragraph,), span) for paragraph in asked)
    return _p(frame.word("questions_intro")), ticked(items, frame)


def _notes(frame: Frame) -> Elements:
    return (_p(frame.word("notes_page_intro")),)


def _glossary(frame: Frame) -> Elements:
    rows = []
    for entry in frame.booklet.glossary:
        back: Kids = ()
        if entry.back_to:
            words = (frame.word("glossary_back"), *frame.see_page(entry.back_to))
            name = frame.words.fill("glossary_back_name", term=entry.term)
            back = (Piece(" "), Element("Link", words, target=entry.back_to, name=name))
        rows.append(((Piece(entry.term),), ((*inlines(entry.definition, frame), *back),)))
    listed = run_in(frame, tuple(rows))
    ids = tuple(f"term-{entry.key}" for entry in frame.booklet.glossary)
    return (replace(listed, kids=tuple(map(_with_id, listed.kids, ids))),)


def _with_id(row: Element | Piece, term_id: str) -> Element | Piece:
    """The term itself, not its row, is what links lead to."""
    match row:
        case Element(kids=(Element() as term, *bodies)):
            return replace(row, kids=(replace(term, ids=(term_id,)), *bodies))
        case _:
            return row


def _sources(frame: Frame) -> Elements:
    rows = (_source(source, frame) for source in frame.booklet.sources)
    return (Element("L", tuple(rows), ordered=True),)


def _source(source: Source, frame: Frame) -> Element:
    body: list[Element | Piece] = [*inlines(source.text, frame)]
    if source.date not in plain(source.text):
        published = (frame.word("published"), Piece(": ", "word published"))
        body += [Piece(" "), *published, frame.date(source.date), Piece(".", "word published")]
    if source.url:
        body += [Piece(" "), web(source.url, frame)]
    return item(frame.label(f"{source.number}."), tuple(body), f"source-{source.key}")


def _contact(frame: Frame) -> Elements:
    return (contact(frame),)


def _appointment(frame: Frame) -> Elements:
    return (slip((), frame),)


def _about(frame: Frame) -> Elements:
    meta = frame.booklet.meta
    rows: tuple[tuple[str, tuple[Kids, ...]], ...] = (
        ("about_code", ((Piece(frame.booklet.code),),)),
        ("about_version", ((Piece(meta.version),),)),
        ("about_issued", ((frame.date(meta.issued),),)),
        ("about_review_by", ((frame.date(meta.review_by),),)),
        ("about_authors", tuple((Piece(author),) for author in meta.authors)),
        ("about_reviewers", tuple((_review(each, frame),) for each in meta.reviewers)),
        ("about_funding", ((Piece(meta.funding),),)),
        ("about_feedback", (inlines(meta.feedback, frame),)),
        ("about_formats", (inlines(meta.other_formats, frame),)),
    )
    shown = tuple(((frame.word(key),), bodies) for key, bodies in rows if bodies)
    alt = frame.words.fill("code_description", code=frame.booklet.code)
    return Element("Figure", description=alt), run_in(frame, shown)


def _review(reviewer: Reviewer, frame: Frame) -> Piece:
    if not reviewer.date:
        return frame.word("about_review_pending", role=reviewer.role)
    date = frame.words.date(reviewer.date)
    if reviewer.name:
        values = {"name": reviewer.name, "role": reviewer.role, "date": date}
        return frame.word("about_review_named", **values)
    return frame.word("about_review_done", role=reviewer.role, date=date)


_BACK = {
    BackPart.QUESTIONS: _questions,
    BackPart.NOTES: _notes,
    BackPart.GLOSSARY: _glossary,
    BackPart.SOURCES: _sources,
    BackPart.CONTACT: _contact,
    BackPart.APPOINTMENT: _appointment,
    BackPart.ABOUT: _about,
}


def disclaimer(frame: Frame) -> Elements:
    """Return the fixed last page, in its own language."""
    locked = frame.booklet.disclaimer
    title = Element("H1", (Piece(locked.title),), ids=("disclaimer",))
    paragraphs = (_p(*inlines(words, frame)) for words in locked.paragraphs)
    return in_language((title, *paragraphs), locked.language)


def _p(*kids: Element | Piece) -> Element:
    return Element("P", kids)


def _h1(frame: Frame, key: str, part_id: str) -> Element:
    return Element("H1", (frame.word(key),), ids=(part_id,))

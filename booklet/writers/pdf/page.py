"""The parts of a booklet in, one HTML document out, ready for the layout engine."""

from __future__ import annotations

from markupsafe import Markup, escape

from booklet.model import Booklet
from booklet.writers.html import Part

# The parts are those of the e-book, too: epub:type needs its namespace where XHTML is read as XML.
_EPUB = "http://www.idpf.org/2007/ops"


def document(booklet: Booklet, parts: tuple[Part, ...]) -> str:
    """Return the whole document: title, language, direction and metadata from the model."""
    meta = booklet.meta
    head = Markup("\n").join(
        [
            Markup('<meta charset="utf-8"/>'),
            Markup("<title>{}</title>").format(meta.title),
            *(Markup('<meta name="author" content="{}"/>').format(a) for a in meta.authors),
            Markup('<meta name="description" content="{}"/>').format(meta.summary),
            Markup('<meta name="dcterms.created" content="{}"/>').format(meta.issued),
            Markup('<meta name="dcterms.modified" content="{}"/>').format(meta.issued),
        ]
    )
    body = Markup("\n").join(part.body for part in parts)
    return (
        f'<!DOCTYPE html>\n<html xmlns:epub="{_EPUB}" lang="{escape(meta.language)}"'
        f' dir="{meta.direction}">\n'
        f"<head>\n{head}\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )

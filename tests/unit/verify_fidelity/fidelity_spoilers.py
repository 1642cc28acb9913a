"""Ways to spoil the tag tree of the small booklet's PDF, each breaking one rule."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pikepdf

from tests.unit.verify_fidelity.fidelity_samples import Tree

FIRST, SECOND = "The first of two.", "The second of two."


def drop_wrapper(pdf: pikepdf.Pdf) -> None:
    tree = Tree(pdf)
    tree.unwrap(tree.find("Span", "MRI"))


def drop_paragraph(pdf: pikepdf.Pdf) -> None:
    tree = Tree(pdf)
    tree.replace(tree.find("P", FIRST))


def add_wrapper(pdf: pikepdf.Pdf) -> None:
    tree = Tree(pdf)
    old = tree.find("P", "Inside a part.")
    quote = tree.add_before(old, "BlockQuote")
    tree.replace(old)
    tree.put(quote, [old])


def swap_paragraphs(pdf: pikepdf.Pdf) -> None:
    tree = Tree(pdf)
    first, second = tree.find("P", FIRST), tree.find("P", SECOND)
    kids = tree.kids(first.P)
    places = [n for n, kid in enumerate(kids) if kid.objgen in (first.objgen, second.objgen)]
    kids[places[0]], kids[places[1]] = second, first
    tree.put(first.P, kids)


def move_out_of_list(pdf: pikepdf.Pdf) -> None:
    tree = Tree(pdf)
    inner, after = tree.find("P", "B"), tree.find("P", "How to move")
    tree.put(inner.P, tree.kids(inner.P)[:-1])
    tree.replace(after, inner, after)


def link_other_words(pdf: pikepdf.Pdf) -> None:
    """Let the expansion's span and its words change places: the words stay in their order."""
    tree = Tree(pdf)
    span = tree.find("Span", "MRI")
    kids = tree.kids(span.P)
    at = next(n for n, k in enumerate(kids) if not isinstance(k, int) and k.objgen == span.objgen)
    row: Any = pikepdf.NumberTree(tree.root.ParentTree)[int(span.Pg.StructParents)]
    inside, after = tree.kids(span), kids[at + 1]
    row[inside[0]], row[after] = span.P, span
    tree.put(span, [after])
    tree.put(span.P, [*kids[:at], *inside, span, *kids[at + 2 :]])


def demote_heading(pdf: pikepdf.Pdf) -> None:
    Tree(pdf).find("H3", "Deep").S = pikepdf.Name.P


def wrong_alt(pdf: pikepdf.Pdf) -> None:
    Tree(pdf).find("Figure").Alt = pikepdf.String("disc.svg")


def wrong_expansion(pdf: pikepdf.Pdf) -> None:
    Tree(pdf).find("Span", "MRI").E = pikepdf.String("magnetic imaging")


def no_expansion(pdf: pikepdf.Pdf) -> None:
    del Tree(pdf).find("Span", "MRI")["/E"]


def wrong_language(pdf: pikepdf.Pdf) -> None:
    Tree(pdf).find("Span", "hola").Lang = pikepdf.String("fr")


def added_language(pdf: pikepdf.Pdf) -> None:
    Tree(pdf).find("P", FIRST).Lang = pikepdf.String("fr")


def empty_element(pdf: pikepdf.Pdf) -> None:
    tree = Tree(pdf)
    tree.add_before(tree.find("P", FIRST), "P")


def empty_group(pdf: pikepdf.Pdf) -> None:
    tree = Tree(pdf)
    tree.add_before(tree.find("P", FIRST), "Sect")


def untagged_drawing(pdf: pikepdf.Pdf) -> None:
    pdf.pages[1].contents_add(b"0 0 10 10 re f")


def unowned_mark(pdf: pikepdf.Pdf) -> None:
    pdf.pages[1].contents_add(b"/P <</MCID 900>> BDC 0 0 10 10 re f EMC")


def owned_twice(pdf: pikepdf.Pdf) -> None:
    tree = Tree(pdf)
    second = tree.find("P", SECOND)
    tree.put(second, [*tree.kids(second), *tree.kids(tree.find("P", FIRST))])


def repeated_element(pdf: pikepdf.Pdf) -> None:
    tree = Tree(pdf)
    old = tree.find("P", FIRST)
    tree.replace(old, old, old)


def wrong_index(pdf: pikepdf.Pdf) -> None:
    tree = Tree(pdf)
    first = tree.find("P", FIRST)
    row: Any = pikepdf.NumberTree(tree.root.ParentTree)[int(first.Pg.StructParents)]
    row[tree.kids(first)[0]] = tree.find("P", SECOND)


def no_scope(pdf: pikepdf.Pdf) -> None:
    del Tree(pdf).find("TH", "Type").A["/Scope"]


def wrong_headers(pdf: pikepdf.Pdf) -> None:
    tree = Tree(pdf)
    tree.find("TD", "Brain").A.Headers = tree.find("TD", "Early").A.Headers


def no_headers(pdf: pikepdf.Pdf) -> None:
    del Tree(pdf).find("TD", "Brain").A["/Headers"]


def no_body(pdf: pikepdf.Pdf) -> None:
    tree = Tree(pdf)
    tree.unwrap(tree.find("LBody", "One"))


def no_numbering(pdf: pikepdf.Pdf) -> None:
    Tree(pdf).find("L", "1.").A.ListNumbering = pikepdf.Name.Disc


def note_without_id(pdf: pikepdf.Pdf) -> None:
    del Tree(pdf).find("Note")["/ID"]


def _link(pdf: pikepdf.Pdf, start: str) -> Any:
    tree = Tree(pdf)
    return tree.annotation(tree.find("Link", start)).Obj


def leads_elsewhere(pdf: pikepdf.Pdf) -> None:
    _link(pdf, "a part").Dest = pikepdf.String("disclaimer")


def leads_to_another_page(pdf: pikepdf.Pdf) -> None:
    names: Any = pikepdf.NameTree(pdf.Root.Names.Dests)
    names["first-note-1-mark-1"][0] = pdf.pages[0].obj


def other_address(pdf: pikepdf.Pdf) -> None:
    _link(pdf, "page").A.URI = pikepdf.String("https://example.org/b")


def other_name(pdf: pikepdf.Pdf) -> None:
    _link(pdf, "page").Contents = pikepdf.String("Buy now")


def second_annotation(pdf: pikepdf.Pdf) -> None:
    tree = Tree(pdf)
    link = tree.find("Link", "page")
    tree.put(link, [*tree.kids(link), tree.annotation(link)])


SPOILERS: tuple[tuple[str, Callable[[pikepdf.Pdf], None]], ...] = (
    ("PDF-101", drop_wrapper),
    ("PDF-101", drop_paragraph),
    ("PDF-102", add_wrapper),
    ("PDF-103", swap_paragraphs),
    ("PDF-103", move_out_of_list),
    ("PDF-103", link_other_words),
    ("PDF-104", demote_heading),
    ("PDF-106", wrong_alt),
    ("PDF-107", wrong_expansion),
    ("PDF-107", no_expansion),
    ("PDF-108", wrong_language),
    ("PDF-108", added_language),
    ("PDF-109", empty_element),
    ("PDF-109", empty_group),
    ("PDF-110", untagged_drawing),
    ("PDF-110", unowned_mark),
    ("PDF-111", owned_twice),
    ("PDF-111", repeated_element),
    ("PDF-111", wrong_index),
    ("PDF-113", no_scope),
    ("PDF-113", wrong_headers),
    ("PDF-113", no_headers),
    ("PDF-114", no_body),
    ("PDF-114", no_numbering),
    ("PDF-115", note_without_id),
    ("PDF-116", leads_elsewhere),
    ("PDF-116", leads_to_another_page),
    ("PDF-116", other_address),
    ("PDF-116", other_name),
    ("PDF-116", second_annotation),
)

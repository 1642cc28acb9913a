"""A finished tagged PDF in, its structure tree with the words of every part out, as frozen data."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pikepdf

_INLINE = frozenset({"Span", "Quote", "Reference", "BibEntry", "Code", "Link", "Annot"})
"""Inline-level structure types (ISO 32000-1, 14.8.4.4.1): parts of a line, not blocks."""
_DEEPEST = 100
"""Structure deeper than this is cut off: no booklet nests so far, a damaged file may loop."""


@dataclass(frozen=True, slots=True)
class Content:
    """Marked content: 1-based page, marked-content identifier and the words it prints."""

    page: int
    mcid: int
    text: str


@dataclass(frozen=True, slots=True)
class Annotation:
    """An annotation that belongs to a structure element, with its readable name and target."""

    page: int
    subtype: str
    contents: str
    target: str


@dataclass(frozen=True, slots=True)
class Tag:
    """A structure element. ``type`` is as written, ``standard`` what the role map makes of it."""

    type: str
    standard: str
    page: int
    language: str = ""
    description: str = ""
    expansion: str = ""
    actual_text: str = ""
    id: str = ""
    scope: str = ""
    headers: tuple[str, ...] = ()
    numbering: str = ""
    kids: tuple[Tag | Content | Annotation, ...] = ()

    def walk(self) -> Iterator[Tag]:
        """This element and all below it, in reading order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Tag):
                yield from kid.walk()

    def contents(self) -> Iterator[Content]:
        """All marked content at or below this element, in reading order."""
        for kid in self.kids:
            if isinstance(kid, Content):
                yield kid
            elif isinstance(kid, Tag):
                yield from kid.contents()

    def text(self) -> str:
        """The words at or below this element, single-spaced; a block's end ends a word."""
        return " ".join("".join(_pieces(self)).split())


def _pieces(tag: Tag) -> Iterator[str]:
    for kid in tag.kids:
        if isinstance(kid, Content):
            yield kid.text
        elif isinstance(kid, Tag):
            between = "" if kid.standard in _INLINE else " "
            yield from (between, *_pieces(kid), between)


def read_tags(pdf: pikepdf.Pdf, texts: Mapping[tuple[int, int], str]) -> Tag | None:
    """Return the root of the structure tree, or None when the file has none.

    ``texts`` are the words of each marked content by 1-based page and identifier.
    """
    root = pdf.Root.get("/StructTreeRoot")
    if root is None or "/K" not in root:
        return None
    reader = _Reader(pdf, texts, root)
    top = [kid for kid in reader.kids(root, 0, 0) if isinstance(kid, Tag)]
    return top[0] if len(top) == 1 else Tag("StructTreeRoot", "", 0, kids=tuple(top))


class _Reader:
    def __init__(
        self, pdf: pikepdf.Pdf, texts: Mapping[tuple[int, int], str], root: pikepdf.Object
    ) -> None:
        self._texts = texts
        self._pages = {_key(page.obj): n for n, page in enumerate(pdf.pages, start=1)}
        self._roles = {str(k)[1:]: str(v)[1:] for k, v in root.get("/RoleMap", {}).items()}

    def kids(
        self, element: pikepdf.Object, page: int, depth: int
    ) -> Iterator[Tag | Content | Annotation]:
        if "/K" not in element or depth > _DEEPEST:
            return
        kids = element["/K"]
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            yield self._kid(kid, page, depth + 1)

    def _kid(self, kid: Any, page: int, depth: int) -> Tag | Content | Annotation:
        if isinstance(kid, int):
            return Content(page, kid, self._texts.get((page, kid), ""))
        # To ask for a key that is not there takes long: what there is is asked once.
        keys = kid.keys()
        page = self._pages.get(_key(kid["/Pg"]), page) if "/Pg" in keys else page
        kind = str(kid["/Type"]) if "/Type" in keys else "/StructElem"
        if kind == "/MCR":
            mcid = int(kid.MCID)
            return Content(page, mcid, self._texts.get((page, mcid), ""))
        if kind == "/OBJR":
            return _annotation(kid.get("/Obj", pikepdf.Dictionary()), page)
        return self._tag(kid, keys, page, depth)

    def _tag(self, element: pikepdf.Object, keys: set[str], page: int, depth: int) -> Tag:
        def text(key: str, default: str = "") -> str:
            return str(element[key]) if key in keys else default

        name = text("/S", "/")[1:]
        attributes = _attributes(element) if "/A" in keys else {}
        headers = attributes.get("/Headers", [])
        return Tag(
            type=name,
            standard=self._roles.get(name, name),
            page=page,
            language=text("/Lang"),
            description=text("/Alt"),
            expansion=text("/E"),
            actual_text=text("/ActualText"),
            id=text("/ID"),
            scope=str(attributes.get("/Scope", ""))[1:],
            headers=tuple(str(header) for header in headers),
            numbering=str(attributes.get("/ListNumbering", ""))[1:],
            kids=tuple(self.kids(element, page, depth)) if "/K" in keys else (),
        )


def _key(item: pikepdf.Object) -> tuple[int, int]:
    number, generation = item.objgen
    return int(number), int(generation)


def _attributes(element: pikepdf.Object) -> dict[str, Any]:
    """All attributes of an element; /A is one dictionary or an array of them and revisions."""
    found = element["/A"]
    merged: dict[str, Any] = {}
    for entry in found if isinstance(found, pikepdf.Array) else [found]:
        if isinstance(entry, pikepdf.Dictionary):
            merged.update({str(key): value for key, value in entry.items()})
    return merged


def _annotation(annotation: pikepdf.Object, page: int) -> Annotation:
    action = annotation.get("/A")
    target = annotation.get("/Dest", "") if action is None else action.get("/URI", "")
    return Annotation(
        page=page,
        subtype=str(annotation.get("/Subtype", "/"))[1:],
        contents=str(annotation.get("/Contents", "")),
        target=str(target),
    )


def retold(tag: Tag, tell: Callable[[Content], str]) -> Tag:
    """Return the same tree with what ``tell`` says of each marked content as its words."""
    return replace(tag, kids=tuple(_retold(kid, tell) for kid in tag.kids))


def _retold(
    kid: Tag | Content | Annotation, tell: Callable[[Content], str]
) -> Tag | Content | Annotation:
    match kid:
        case Tag():
            return retold(kid, tell)
        case Content(page, mcid):
            return Content(page, mcid, tell(kid))
        case Annotation():
            return kid


def outline(tag: Tag, depth: int = 0) -> str:
    """Write the tree as indented text: one line an element, its own words in quotes."""
    head = f"{'  ' * depth}{tag.type}{_notes(tag)}"
    words = " ".join(kid.text.strip() for kid in tag.kids if isinstance(kid, Content))
    lines = [f'{head} "{words}"' if words.strip() else head]
    for kid in tag.kids:
        if isinstance(kid, Tag):
            lines.append(outline(kid, depth + 1))
        elif isinstance(kid, Annotation):
            lines.append(f"{'  ' * (depth + 1)}-> {kid.target} [{kid.contents}]")
    return "\n".join(lines)


def _notes(tag: Tag) -> str:
    notes = {
        "lang": tag.language,
        "alt": tag.description,
        "E": tag.expansion,
        "actual": tag.actual_text,
        "id": tag.id,
        "scope": tag.scope,
        "headers": " ".join(tag.headers),
        "numbering": tag.numbering,
    }
    return "".join(f" {name}={value!r}" for name, value in notes.items() if value)

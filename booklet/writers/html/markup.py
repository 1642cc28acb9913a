"""Well-formed XHTML from names, attributes and children; everything is escaped on the way."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup, escape

_VOID = frozenset({"br", "img", "wbr"})


def element(name: str, *children: str, **attributes: str | None) -> Markup:
    """Return one element. Attributes that are None are left out.

    ``_`` at the end of an attribute name is dropped (``class_``); inside it becomes ``-``, and
    ``__`` becomes ``:`` (``epub__type``), so that XHTML names can be given as keywords.
    """
    parts = [f"<{name}"]
    for key, value in attributes.items():
        if value is not None:
            spelled = key.rstrip("_").replace("__", ":").replace("_", "-")
            parts.append(f' {spelled}="{escape(value)}"')
    if name in _VOID:
        return Markup("".join(parts) + "/>")  # noqa: S704 - every value above is escaped
    inside = Markup("").join(children)
    return Markup("".join(parts) + ">") + inside + Markup(f"</{name}>")  # noqa: S704 - ditto


def joined(parts: list[Markup]) -> Markup:
    """Return the parts one after another, a line break between them."""
    return Markup("\n").join(parts)


def definitions(
    rows: Sequence[tuple[Markup, tuple[Markup, ...]]], style: str | None = None
) -> Markup:
    """Terms, each grouped with its descriptions, so that layout can keep the pair together."""
    groups = [
        element("div", element("dt", term), *(element("dd", words) for words in descriptions))
        for term, descriptions in rows
    ]
    return element("dl", joined(groups), class_=style)

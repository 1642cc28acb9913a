"""A web page enters; its tree leaves, with the title and language that its head names."""

from __future__ import annotations

from pathlib import Path

from booklet.importers.intake import Taken
from booklet.importers.ledger import Ledger
from booklet.importers.pictures import beside
from booklet.importers.tree import decoded, parsed


def take(data: bytes, file: Path, ledger: Ledger) -> Taken:
    """Read a web page. Raises RefusedError."""
    tree = parsed(decoded(data, ledger, is_html=True))
    titles = tree.xpath("//head/title")
    title = " ".join(str(titles[0].text_content()).split()) if titles else ""
    language = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    return Taken(tree, beside(file), title=title, language=language)

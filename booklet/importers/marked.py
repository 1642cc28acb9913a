"""Markdown of another tool enters; its tree leaves, with the boxes and films that tools add."""

from __future__ import annotations

import html
import re
from pathlib import Path

from markdown_it import MarkdownIt
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from booklet.importers.intake import Taken
from booklet.importers.ledger import Ledger
from booklet.importers.limits import MAX_MARKDOWN, MB, RefusedError
from booklet.importers.pictures import beside
from booklet.importers.tree import FLATTER, TOO_DEEP, decoded, parsed

DEEPEST = 80
"""Lists and quotes inside one another, each item and paragraph counted."""
MAX_BRACKETS = 2_000
"""Signs ``[`` in a paragraph: the parser tries each against all that follow."""
_KINDS = {
    "tip": "tip",
    "hint": "tip",
    "note": "key-facts",
    "info": "key-facts",
    "important": "key-facts",
    "warning": "warning",
    "caution": "warning",
    "danger": "warning",
}
_FENCE = re.compile(r"(:{3,})\s*\{?\.?(?:callout-)?([A-Za-z-]*)\}?[ \t]*(.*)")
_ALERT = re.compile(r"(?im)^(?:>[ \t]*)\[!(note|tip|important|warning|caution)\][ \t]*$")
_SHORT_CODE = re.compile(r"\{\{[<%]\s*(youtube|vimeo)\s+(?:id=)?\"?([\w-]{6,20})\"?\s*[>%]\}\}")
_FILMS = {"youtube": "https://www.youtube.com/embed/", "vimeo": "https://player.vimeo.com/video/"}
_OTHER_CODE = re.compile(r"\{\{[<%].{0,300}?[>%]\}\}|\{%.{0,300}?%\}", re.DOTALL)
_ATTRIBUTES = re.compile(
    r"(?m)[ \t]*\{:?[ \t]*(?:[.#][\w-]+[ \t]*|[\w-]+=\"[^\"]*\"[ \t]*)+\}[ \t]*$"
)
_FRONT = re.compile(r"(?im)^(title|lang|language)[ \t]*[:=][ \t]*[\"']?(.*?)[\"']?[ \t]*$")


def take(data: bytes, file: Path, ledger: Ledger) -> Taken:
    """Read Markdown with HTML in it. Raises RefusedError."""
    source = decoded(data, ledger)
    if len(source) > MAX_MARKDOWN:
        raise RefusedError(f"the file has more than {MAX_MARKDOWN // MB} million letters")
    if any(block.count("[") > MAX_BRACKETS for block in re.split(r"\n[ \t]*\n", source)):
        raise RefusedError(f"a paragraph of it has more than {MAX_BRACKETS:,} brackets")
    text = _plainer(source.replace("\r\n", "\n").replace("\r", "\n"), ledger)
    md = MarkdownIt("commonmark", {"html": True, "maxNesting": DEEPEST})
    md.enable(["table", "strikethrough"])
    md.use(footnote_plugin).use(deflist_plugin).use(front_matter_plugin)
    tokens = md.parse(text)
    if any(token.level >= DEEPEST - 3 for token in tokens):
        # Beyond its limit the parser leaves words out without a sign.
        raise RefusedError(TOO_DEEP, hint=FLATTER)
    front = next((token.content for token in tokens if token.type == "front_matter"), "")
    said = {name.lower(): value for name, value in _FRONT.findall(front)}
    rest = [line for line in front.split("\n") if line.strip() and not _FRONT.match(line)]
    if rest:
        ledger.drop("settings of another tool at the top of the file", "\n".join(rest))
    tree = parsed(f"<body>{md.renderer.render(tokens, md.options, {})}</body>")
    language = said.get("lang") or said.get("language") or ""
    title = said.get("title", "")
    return Taken(tree, beside(file), title=title, language=language, is_titled=bool(title))


def _plainer(text: str, ledger: Ledger) -> str:
    """Turn what is no Markdown, but common in it, into HTML or take it out."""
    text = _SHORT_CODE.sub(lambda m: f'<iframe src="{_FILMS[m[1]]}{m[2]}"></iframe>', text)
    text = _without(_OTHER_CODE, text, "short code of another tool", ledger)
    text = _without(_ATTRIBUTES, text, "class names of another tool", ledger)
    return "\n".join(_boxed(_with_alerts(text).split("\n")))


def _without(pattern: re.Pattern[str], text: str, what: str, ledger: Ledger) -> str:
    for match in pattern.finditer(text):
        ledger.drop(what, match[0])
    return pattern.sub("", text)


def _with_alerts(text: str) -> str:
    """Turn ``> [!NOTE]`` into the lines of a box with the quote's lines in it."""
    if not _ALERT.search(text):
        return text
    out: list[str] = []
    inside = False
    for line in text.split("\n"):
        match = _ALERT.match(line)
        if match:
            out += [":::" if inside else "", f"::: {match[1].lower()}"]
            inside = True
        elif inside and line.startswith(">"):
            out.append(re.sub(r"^>[ \t]?", "", line))
        else:
            out += [":::", ""] if inside else []
            inside = False
            out.append(line)
    return "\n".join([*out, ":::"] if inside else out)


def _boxed(lines: list[str]) -> list[str]:
    """Turn ``:::tip Title`` ... ``:::`` into an aside; a box of an unknown name is opened."""
    out: list[str] = []
    depth = 0
    fenced = False
    for line in lines:
        if re.match(r" {0,3}(```|~~~)", line):
            fenced = not fenced
        match = None if fenced else _FENCE.fullmatch(line.strip())
        if match is None:
            out.append(line)
        elif match[2] or match[3]:
            depth += 1
            out += ["", *_opening(match[2].lower(), match[3]), ""]
        elif depth:
            depth -= 1
            out += ["", "</aside>", ""]
        else:
            out.append(line)
    return [*out, *["</aside>"] * depth]


def _opening(name: str, title: str) -> list[str]:
    kind = _KINDS.get(name)
    words = re.sub(r"^\{|\}$", "", title).strip()
    head = [f"<p>{html.escape(words)}</p>"] if words else []
    if kind is None:
        return ["<aside>", *head]
    titled = ' data-title="yes"' if words else ""
    return [f'<aside class="{kind}"{titled}>', *head]

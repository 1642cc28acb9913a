"""YAML text enters; a tree of values with the place of every key and value, or findings, leaves.

Only plain mappings, lists and scalars pass: anchors, aliases, tags, directives, second documents,
doubled keys and deep nesting are findings, so nothing in a file can run, grow or hide.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode

from booklet.decoding import hidden
from booklet.findings import Finding, found
from booklet.model import Span
from booklet.readers.yaml_errors import explain, short_words

Path = tuple[str | int, ...]

MAX_DEPTH = 12
"""Mappings and lists inside one another; the deepest setting of the format needs five."""

MAX_ENTRIES = 1_000
"""Entries of one list or mapping; the longest list of the format may have 500."""
_MOST_MARKS = 100
"""Refused marks to tell of; a text with more is no settings, and reading on would tell no more."""


@dataclass(frozen=True, slots=True)
class Value:
    """One value of the tree: where it begins, where its text begins, and how it was written.

    ``key`` is the place of the key or of the list item that holds it; ``raw`` is the text of a
    scalar as written, empty for mappings and lists.
    """

    key: Span
    start: Span
    text: Span
    raw: str


@dataclass(frozen=True, slots=True)
class Tree:
    """Plain data (None, bool, int, float, str, list, dict) with its values by path."""

    data: Any
    values: dict[Path, Value]

    def at(self, path: Path) -> Any:
        """Return the data at a path. Raises KeyError or IndexError when there is none."""
        data = self.data
        for part in path:
            data = data[part]
        return data


class Places:
    """Turns character positions of a YAML text into places of the file that holds it."""

    def __init__(self, text: str, origin: Span) -> None:
        self._text = text
        self._origin = origin
        self._lines = [0, *(i + 1 for i, char in enumerate(text) if char == "\n")]

    def at(self, index: int) -> Span:
        """Return the place of the character at ``index``, kept inside the text."""
        index = max(0, min(index, len(self._text)))
        line = bisect_right(self._lines, index) - 1
        column = index - self._lines[line] + self._origin.column
        return Span(self._origin.file, self._origin.line + line, column)

    def of_text(self, node: ScalarNode) -> Span:
        """Return the place of a scalar's first character: past the quote, below the ``|``."""
        start = node.start_mark.index
        if node.style in ("'", '"'):
            return self.at(start + 1)
        if node.style in ("|", ">"):
            return self.at(self._block_start(start))
        return self.at(start)

    def _block_start(self, header: int) -> int:
        """Find the first line below a block header; its column is that of its first words."""
        line = self._text.find("\n", header) + 1
        if not line:
            return header
        words = len(self._text[line:]) - len(self._text[line:].lstrip(" "))
        return line + words


def read_tree(text: str, origin: Span) -> tuple[Tree | None, tuple[Finding, ...]]:
    """Read one YAML document. ``origin`` is the place of the first character of ``text``.

    Every line of the text is taken to begin at the column of ``origin``. Returns no tree when
    there are findings; never raises.
    """
    places = Places(text, origin)
    findings: list[Finding] = []
    root = None
    try:
        events = _guard(text, places, findings)
        root = None if findings else _compose(events)
    except MarkedYAMLError as error:
        _add(findings, explain(error, text, places.at))
    except YAMLError as error:
        place = places.at(getattr(error, "position", None) or 0)
        _add(findings, found("YAML-001", place, "This character cannot stand in settings."))
    if findings:
        return None, tuple(findings)
    if root is None:
        return Tree(None, {}), ()
    builder = _Builder(places)
    data = builder.build(root, (), origin)
    return (None if builder.findings else Tree(data, builder.values)), tuple(builder.findings)


def _add(findings: list[Finding], broken: Finding) -> None:
    """Add where reading broke off, unless a refused mark on the same line explains it."""
    if all(finding.span.line != broken.span.line for finding in findings):
        findings.append(broken)


def _guard(text: str, places: Places, findings: list[Finding]) -> list[Event]:
    """Return the events of the text; they are looked through for what is refused.

    Findings are added as they come, for the parser may break off with an error of its own. After
    some findings the parser is stopped: nothing can be built of what it had told by then.
    """
    events: list[Event] = []
    depth = documents = 0
    for event in YAML(typ="safe", pure=True).parse(text):
        events.append(event)
        place = places.at(event.start_mark.index)
        if isinstance(event, DocumentStartEvent):
            documents += 1
            if documents > 1:
                findings.append(found("YAML-011", place, "A second set of settings begins here."))
                return events
            if event.version or event.tags:
                message = "Lines that begin with % are refused."
                findings.append(found("YAML-009", places.at(0), message))
        elif isinstance(event, NodeEvent):
            findings.extend(_refuse(event, place))
            if len(findings) >= _MOST_MARKS:
                return events
        if isinstance(event, (MappingStartEvent, SequenceStartEvent)):
            depth += 1
            if depth > MAX_DEPTH:
                message = f"More than {MAX_DEPTH} lists inside one another."
                findings.append(found("YAML-010", place, message))
                return events
        elif isinstance(event, (MappingEndEvent, SequenceEndEvent)):
            depth -= 1
    return events


def _compose(events: list[Event]) -> Node | None:
    """Build the nodes of one document from its events, so that no text is parsed twice."""
    loader: Any = YAML(typ="safe", pure=True)
    loader._parser = _Replay(events)  # noqa: SLF001 - where its composer looks for events
    node: Node | None = loader.composer.get_single_node()
    return node


class _Replay:
    """Events that were told already, told once more as the library's parser tells them."""

    def __init__(self, events: list[Event]) -> None:
        self._events = events
        self._next = 0

    def check_event(self, *kinds: type[Event]) -> bool:
        """True when there is another event, of one of these kinds if any are named."""
        left = self._next < len(self._events)
        return left and (not kinds or isinstance(self._events[self._next], kinds))

    def peek_event(self) -> Event:
        """Return the next event and keep it."""
        return self._events[self._next]

    def get_event(self) -> Event:
        """Return the next event and go on."""
        self._next += 1
        return self._events[self._next - 1]


def _refuse(event: NodeEvent, place: Span) -> Iterator[Finding]:
    """Refuse an alias, an anchor or a tag: nearly always plain words that need quotes."""
    if isinstance(event, AliasEvent):
        yield found("YAML-009", place, "Words that begin with * must stand in quotes.")
    elif event.anchor:
        yield found("YAML-009", place, "Words that begin with & must stand in quotes.")
    elif getattr(event, "tag", None):
        yield found("YAML-009", place, "Words that begin with ! must stand in quotes.")


class _Builder:
    """Builds plain data from nodes and notes the place of everything."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self.values: dict[Path, Value] = {}
        self.findings: list[Finding] = []

    def build(self, node: Node, path: Path, key: Span) -> Any:
        start = self.places.at(node.start_mark.index)
        if isinstance(node, ScalarNode):
            self._look_for_hidden(node, start)
            data = _scalar(node)
            # An empty value has no place of its own: the parser sees the next line there.
            if data is None:
                self.values[path] = Value(key, key, key, node.value)
            else:
                self.values[path] = Value(key, start, self.places.of_text(node), node.value)
            return data
        self.values[path] = Value(key, start, start, "")
        if len(node.value) > MAX_ENTRIES:
            message = f"{len(node.value):,} entries stand here; {MAX_ENTRIES:,} is the most."
            self.findings.append(found("YAML-014", start, message))
            return None
        if isinstance(node, MappingNode):
            return self._mapping(node, path)
        return [
            self.build(item, (*path, number), self.places.at(item.start_mark.index))
            for number, item in enumerate(node.value)
        ]

    def _look_for_hidden(self, node: ScalarNode, place: Span) -> None:
        """Refuse a hidden character written as an escape: it would slip past the door."""
        for _index, message in hidden(node.value):
            self.findings.append(found("SRC-006", place, message))

    def _mapping(self, node: MappingNode, path: Path) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for key_node, value_node in node.value:
            place = self.places.at(key_node.start_mark.index)
            if not isinstance(key_node, ScalarNode) or not key_node.value:
                self.findings.append(
                    found("YAML-001", place, "The name of a setting must be a plain word.")
                )
                continue
            self._look_for_hidden(key_node, place)
            name = key_node.value
            if name in data:
                first = self.values[(*path, name)].key.line
                message = f'"{short_words(name)}" stands twice; the first is on line {first}.'
                self.findings.append(found("YAML-008", place, message))
                continue
            data[name] = self.build(value_node, (*path, name), place)
        return data


def _scalar(node: ScalarNode) -> bool | int | float | str | None:
    """Return the value of a scalar; dates and times stay the words they are."""
    kind = str(node.tag).rpartition(":")[2]
    if kind == "null":
        return None
    if kind == "bool":
        return str(node.value).lower() == "true"
    if kind == "int" and str(node.value).lstrip("+-").isdecimal() and len(node.value) < 10:
        return int(node.value)
    if kind in ("int", "float"):
        # Only the kind matters: no setting is a fraction, and the message shows the raw words.
        return 0.5
    return str(node.value)

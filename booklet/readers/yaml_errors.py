"""An error of the YAML parser enters; a finding in plain words, with its place, leaves."""

from __future__ import annotations

from collections.abc import Callable

from ruamel.yaml.error import MarkedYAMLError

from booklet.findings import Finding, found
from booklet.model import Span

# The parser's own words, as they begin or as they hold, with what they mean to a writer.
_KNOWN = (
    (
        "mapping values are not allowed",
        "A colon stands where none can be.",
        'Text that holds a colon and a space must stand in quotes: title: "Stroke: a guide".',
    ),
    (
        "could not find expected ':'",
        "This line is not a setting: it has no colon.",
        "Write name: value, or indent the line if it goes on from the line above.",
    ),
    (
        "found unexpected end of stream",
        "A quotation mark is opened here and never closed.",
        "Close the text with the same quotation mark that opened it.",
    ),
    (
        "unknown escape character",
        "A backslash inside double quotes has a meaning of its own.",
        "Write the text in single quotes, or write the backslash twice.",
    ),
    (
        "but found '<stream end>'",
        "The text ends before a bracket is closed.",
        "Close the list with ] or the settings with }.",
    ),
    (
        "expected <block end>",
        "This line does not fit the lines above it.",
        "Begin the line in the same column as its neighbours. Text that begins with [ or { "
        "or a quotation mark must stand in quotes as a whole.",
    ),
    (
        "expected ',' or",
        "Something in this list stands where a comma or the closing bracket should be.",
        "Put a comma between the entries and ] or } at the end; put text that holds "
        "brackets in quotes.",
    ),
    (
        "expected a comment or a line break",
        "Nothing may stand on the same line after | or >.",
        "Begin the text on the next line, two spaces further in.",
    ),
    (
        "cannot start any token",
        "Text cannot begin with this character.",
        "Put the text in quotes.",
    ),
)


def explain(error: MarkedYAMLError, text: str, at: Callable[[int], Span]) -> Finding:
    """Turn a parser's error into a finding; ``at`` turns positions in ``text`` into places."""
    index = _index(error)
    problem = str(error.problem or error)
    if text[index : index + 1] == "\t":
        return found("YAML-012", at(index), "A tab stands where only spaces can be.")
    for words, message, hint in _KNOWN:
        if words in problem:
            return found("YAML-001", at(index), message, hint)
    return found("YAML-001", at(index), "This line cannot be read as a setting.")


def _index(error: MarkedYAMLError) -> int:
    """Return the position to show: where a quote or word began, else where reading stopped."""
    problem = str(error.problem or "")
    began = "end of stream" in problem or "expected ':'" in problem
    mark = error.context_mark if began and error.context_mark else error.problem_mark
    mark = mark or error.context_mark
    return int(getattr(mark, "index", 0) or 0)


def short_words(value: object) -> str:
    """Show a value on one line, cut when it is long."""
    text = " ".join(str(value).split())
    return text if len(text) <= 60 else text[:57] + "..."

"""A tree of YAML values and a JSON Schema enter; one plain-language finding a mistake leaves.

A schema may carry two words of ours: ``x-expects`` says in plain words what a value must be, and
``x-noun`` what the items of a list are called.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from difflib import get_close_matches
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from booklet.findings import Finding, found
from booklet.model import Span
from booklet.readers.yaml_errors import short_words
from booklet.readers.yaml_tree import Path, Tree, Value
from booklet.readers.yaml_valid import keeps

if TYPE_CHECKING:
    from jsonschema import FormatChecker
    from jsonschema.exceptions import ValidationError

# Letters of a word that are compared with the known ones, none of which is as long.
_LONGEST = 100

_KINDS = {
    "string": "words",
    "array": "a list",
    "object": "settings, one a line, written name: value",
    "boolean": "true or false",
    "integer": "a whole number",
}


def problems(tree: Tree, schema: dict[str, Any], origin: Span) -> Iterator[Finding]:
    """Yield a finding for everything in the tree that the schema does not allow."""
    if keeps(tree.data, schema, FORMATS):
        return
    # Imported here, for it takes as long as to read a booklet, and most have no mistake in these.
    from jsonschema import Draft202012Validator

    validator = Draft202012Validator(schema, format_checker=_formats())
    errors = list(validator.iter_errors(tree.data))
    # Of a value of the wrong kind nothing else is worth telling.
    wrong = {tuple(error.absolute_path) for error in errors if error.validator == "type"}
    for error in errors:
        if error.validator == "type" or tuple(error.absolute_path) not in wrong:
            yield from _Problem(error, tree, origin).findings()


def nearest_word(word: str, known: Iterable[str]) -> str:
    """Return ``Did you mean "..."?`` for the known word most like this one, or nothing."""
    return _nearest(word[:_LONGEST], tuple(sorted(known)))


@lru_cache(maxsize=4096)
def _nearest(word: str, known: tuple[str, ...]) -> str:
    """Ask once for each word: a file full of unknown names would have it asked for each pair."""
    close = get_close_matches(word, known, n=1, cutoff=0.6)
    return f'Did you mean "{close[0]}"?' if close else ""


def _formats() -> FormatChecker:
    """Return a checker of our own formats only: what the library knows varies by machine."""
    from jsonschema import FormatChecker

    checker = FormatChecker(formats=())
    for name, holds in FORMATS.items():
        checker.checks(name)(partial(_fits, holds))
    return checker


def _fits(holds: Callable[[str], bool], value: object) -> bool:
    return not isinstance(value, str) or holds(value)


def is_day(text: str) -> bool:
    """True for a real calendar day written YYYY-MM-DD."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _is_partial_day(text: str) -> bool:
    """True for YYYY, YYYY-MM or YYYY-MM-DD."""
    if not re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", text):
        return False
    return is_day((text + "-01-01")[:10])


def is_https(text: str) -> bool:
    """True for an ``https:`` address with a host and nothing that could hide where it leads."""
    if re.search(r"[\s<>\"\\^`{|}\x00-\x1f\x7f]", text):
        return False
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
        parts.port  # noqa: B018 - reading it raises ValueError when the port is no number
    except ValueError:
        return False
    named = re.fullmatch(r"[^.]+(\.[^.]+)+", host) is not None
    return parts.scheme == "https" and named and "@" not in parts.netloc


FORMATS = {"day": is_day, "partial-day": _is_partial_day, "https": is_https}
"""Our own forms of words, by the names that the schemas give them."""


class _Problem:
    """One error of the validator, ready to be told."""

    def __init__(self, error: ValidationError, tree: Tree, origin: Span) -> None:
        self.error = error
        self.instance: Any = error.instance
        self.wanted: Any = error.validator_value
        self.tree = tree
        self.origin = origin
        self.path: Path = tuple(error.absolute_path)
        self.schema: dict[str, Any] = error.schema if isinstance(error.schema, dict) else {}
        self.name = _name(self.path)

    def findings(self) -> Iterator[Finding]:
        """Yield what the error means. An unforeseen keyword is still told, in general words."""
        table: dict[str, Callable[[], Iterator[Finding]]] = {
            "additionalProperties": self._unknown,
            "required": self._missing,
            "type": self._kind,
            "enum": self._choice,
            "const": self._choice,
            "minItems": self._count,
            "maxItems": self._count,
            "uniqueItems": self._twice,
            "maxLength": self._long,
            "minimum": self._range,
            "maximum": self._range,
            "dependentRequired": self._partner,
        }
        yield from table.get(str(self.error.validator), self._form)()

    def _value(self) -> Value:
        nowhere = Value(self.origin, self.origin, self.origin, "")
        return self.tree.values.get(self.path, nowhere)

    def _unknown(self) -> Iterator[Finding]:
        known = set(self.schema.get("properties", {}))
        missing = known - set(self.instance)
        for key in sorted(set(self.instance) - known):
            hint = nearest_word(key, missing) or f"Settings known here: {', '.join(sorted(known))}."
            place = self.tree.values[(*self.path, key)].key
            yield found("YAML-002", place, f'There is no setting "{short_words(key)}" here.', hint)

    def _missing(self) -> Iterator[Finding]:
        """Tell one missing setting, unless a misspelt one stands in its place."""
        # The library yields one error for each missing name, and names it in its message only.
        key = next(name for name in self.wanted if f"'{name}'" in self.error.message)
        known = set(self.schema.get("properties", {}))
        unknown = set(self.instance) - known
        missing = known - set(self.instance)
        if any(nearest_word(word, missing) == f'Did you mean "{key}"?' for word in unknown):
            return
        within = f" in {self.name}" if self.path else ""
        expects = self.schema.get("properties", {}).get(key, {}).get("x-expects", "")
        hint = f"Add a line {key}: with {expects}." if expects else f"Add a line {key}: ..."
        yield found("YAML-003", self._value().start, f'"{key}" is missing{within}.', hint)

    def _partner(self) -> Iterator[Finding]:
        """Tell which settings only make sense together."""
        for key, partners in self.wanted.items():
            for partner in partners:
                if key in self.instance and partner not in self.instance:
                    place = self.tree.values[(*self.path, key)].key
                    message = f'"{key}" needs "{partner}" beside it.'
                    yield found("YAML-003", place, message, f"Add a line {partner}: ...")

    def _kind(self) -> Iterator[Finding]:
        kinds = [self.wanted] if isinstance(self.wanted, str) else list(self.wanted)
        value = self._value()
        if self.instance is None:
            # A word behind # is a remark: how the value must be written may be all that is wrong.
            expects = self.schema.get("x-expects")
            hint = f"Write {expects}." if expects else None
            yield found("YAML-013", value.start, f"{self.name} has no value.", hint)
        elif "string" in kinds and isinstance(self.instance, bool | int | float):
            raw = short_words(value.raw)
            hint = f'Put it in quotes: "{raw}".'
            message = f"{self.name} must be words, but {raw} is read as a number or a switch."
            yield found("YAML-007", value.start, message, hint)
        else:
            meant = self.schema.get("x-expects") or " or ".join(_KINDS[kind] for kind in kinds)
            yield found("YAML-004", value.start, f"{self.name} must be {meant}.", self._kind_hint())

    def _kind_hint(self) -> str | None:
        """Show how the expected kind is written; None leaves the rule's own hint."""
        if self.wanted == "array":
            return "Write each entry on its own line after a dash, or the list in [ ]."
        if self.wanted == "boolean":
            return "Write true or false, without quotes."
        if self.wanted == "integer":
            return "Write the number alone, without quotes."
        return None

    def _choice(self) -> Iterator[Finding]:
        choices = self.wanted if isinstance(self.wanted, list) else [self.wanted]
        shown = ", ".join(str(choice) for choice in choices)
        guess = nearest_word(str(self.instance), map(str, choices))
        message = f'{self.name} cannot be "{short_words(self.instance)}".'
        hint = f"{guess} It can be: {shown}.".strip()
        yield found("YAML-005", self._value().start, message, hint)

    def _count(self) -> Iterator[Finding]:
        noun = self.schema.get("x-noun", "entries")
        least = self.error.validator == "minItems"
        bound = f"{self.wanted} or more" if least else f"{self.wanted} or fewer"
        message = f"{self.name} must have {bound} {noun}; it has {len(self.instance)}."
        yield found("YAML-014", self._value().start, message)

    def _twice(self) -> Iterator[Finding]:
        seen: list[Any] = []
        for number, item in enumerate(self.instance):
            if item in seen:
                place = self.tree.values[(*self.path, number)].start
                message = f'"{short_words(item)}" stands twice in {self.name}.'
                yield found("YAML-008", place, message)
            seen.append(item)

    def _long(self) -> Iterator[Finding]:
        length, limit = len(self.instance), self.wanted
        message = f"{self.name} has {length} characters; it may have {limit}."
        yield found("YAML-015", self._value().start, message)

    def _range(self) -> Iterator[Finding]:
        least, most = self.schema.get("minimum"), self.schema.get("maximum")
        message = f"{self.name} must be from {least} to {most}; it is {self.instance}."
        yield found("YAML-016", self._value().start, message)

    def _form(self) -> Iterator[Finding]:
        value = self._value()
        expects = self.schema.get("x-expects", "written in another way")
        if isinstance(self.instance, str) and not self.instance.strip():
            yield found("YAML-013", value.start, f"{self.name} has no value.")
            return
        message = f'{self.name} must be {expects}; it is "{short_words(self.instance)}".'
        yield found("YAML-006", value.start, message)


def _name(path: Path) -> str:
    """Name a setting for a reader: ``sources, entry 2: date``."""
    if not path:
        return "This"
    parts = (f"entry {part + 1}" if isinstance(part, int) else f'"{part}"' for part in path)
    name = " of ".join(reversed([*parts]))
    return name[0].upper() + name[1:]

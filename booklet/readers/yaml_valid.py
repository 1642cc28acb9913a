"""Plain data and a JSON Schema enter; whether the data surely keeps to the schema leaves.

Nearly all settings do. Only where this cannot tell is the library asked that knows every keyword
and says what is wrong: to load it takes longer than to read a booklet.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

Formats = Mapping[str, Callable[[str], bool]]
_SILENT = frozenset({"$schema", "x-expects", "x-noun", "then", "else"})
_KINDS = {"string": str, "array": list, "object": dict, "boolean": bool, "integer": int}


def keeps(data: Any, schema: Mapping[str, Any], formats: Formats) -> bool:
    """Return True when ``data`` is surely valid; False when it is not, or may not be.

    ``formats`` are the words that have a form of their own, and what holds for them.
    """
    return all(
        key in _SILENT or (key in _RULES and _RULES[key](data, wanted, schema, formats))
        for key, wanted in schema.items()
    )


def _type(data: Any, wanted: Any, *_: Any) -> bool:
    kinds = [wanted] if isinstance(wanted, str) else wanted
    # The very type: for the library true is no number, and so it must be here.
    return any(type(data) is _KINDS.get(kind) for kind in kinds)


def _if(data: Any, wanted: Any, schema: Mapping[str, Any], formats: Formats) -> bool:
    """Only a question of the kind has a sure answer both ways; a whole number has two kinds."""
    if wanted.keys() != {"type"} or wanted["type"] in ("integer", "number"):
        return False
    return keeps(data, schema.get("then" if _type(data, wanted["type"]) else "else", {}), formats)


def _properties(data: Any, wanted: Any, _: Any, formats: Formats) -> bool:
    return type(data) is dict and all(
        keeps(data[key], each, formats) for key, each in wanted.items() if key in data
    )


def _others(data: Any, wanted: Any, schema: Mapping[str, Any], formats: Formats) -> bool:
    if type(data) is not dict:
        return False
    others = data.keys() - schema.get("properties", {}).keys()
    if isinstance(wanted, bool):
        return wanted or not others
    return all(keeps(data[key], wanted, formats) for key in others)


def _dependent(data: Any, wanted: Any, *_: Any) -> bool:
    return type(data) is dict and all(
        partner in data for key, partners in wanted.items() if key in data for partner in partners
    )


def _format(data: Any, wanted: Any, _: Any, formats: Formats) -> bool:
    return type(data) is str and wanted in formats and formats[wanted](data)


def _different(data: Any, wanted: Any, *_: Any) -> bool:
    words = type(data) is list and all(type(each) is str for each in data)
    return wanted is False or (words and len(set(data)) == len(data))


_RULES: dict[str, Callable[[Any, Any, Mapping[str, Any], Formats], bool]] = {
    "type": _type,
    "if": _if,
    "properties": _properties,
    "additionalProperties": _others,
    "propertyNames": lambda data, wanted, _, formats: (
        type(data) is dict and all(keeps(name, wanted, formats) for name in data)
    ),
    "required": lambda data, wanted, *_: type(data) is dict and set(wanted) <= data.keys(),
    "dependentRequired": _dependent,
    "items": lambda data, wanted, _, formats: (
        type(data) is list and all(keeps(each, wanted, formats) for each in data)
    ),
    "enum": lambda data, wanted, *_: type(data) is str and data in wanted,
    "format": _format,
    "pattern": lambda data, wanted, *_: type(data) is str and re.search(wanted, data) is not None,
    "maxLength": lambda data, wanted, *_: type(data) is str and len(data) <= wanted,
    "minItems": lambda data, wanted, *_: type(data) is list and len(data) >= wanted,
    "maxItems": lambda data, wanted, *_: type(data) is list and len(data) <= wanted,
    "maxProperties": lambda data, wanted, *_: type(data) is dict and len(data) <= wanted,
    "minimum": lambda data, wanted, *_: type(data) is int and data >= wanted,
    "maximum": lambda data, wanted, *_: type(data) is int and data <= wanted,
    "uniqueItems": _different,
}
"""What each keyword asks of the data; what is not here leaves the question to the library."""

"""What is held to be surely valid is valid: the library that knows every keyword says the same."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from booklet.model import Span
from booklet.readers.yaml_schema import FORMATS, _formats
from booklet.readers.yaml_tree import read_tree
from booklet.readers.yaml_valid import keeps
from booklet.resources import package_dir

SCHEMAS = {
    path.stem: json.loads(path.read_text("utf-8"))
    for path in sorted((package_dir() / "readers" / "schemas").glob("*.json"))
}
BASE = Path(__file__).parents[2] / "cases" / "_base" / "source"
WORDS = st.sampled_from(
    ["", "x", "2026", "2026-02-30", "2026-03-01", "https://example.org/a", "en-US", "+1 555 0100"]
)
SCALARS = st.one_of(WORDS, st.integers(-3, 600), st.booleans(), st.none(), st.floats(-3, 3))


@st.composite
def settings(draw: st.DrawFn, schema: dict[str, Any]) -> Any:
    """Data that follows a schema most of the time, and goes astray now and then."""
    kind = schema.get("type")
    if not draw(st.integers(0, 12)):
        return draw(st.one_of(SCALARS, st.lists(SCALARS, max_size=3), st.just({"odd": 1})))
    if kind == "object" or "properties" in schema:
        return _mapping(draw, schema)
    if kind == "array":
        length = draw(st.integers(0, 4))
        return [draw(settings(schema.get("items", {}))) for _ in range(length)]
    if "enum" in schema:
        return draw(st.sampled_from(schema["enum"]))
    return draw({"boolean": st.booleans(), "integer": st.integers(0, 600)}.get(str(kind), WORDS))


def _mapping(draw: st.DrawFn, schema: dict[str, Any]) -> dict[str, Any]:
    known, needed = schema.get("properties", {}), schema.get("required", [])
    names = [name for name in known if name in needed or draw(st.booleans())]
    made = {name: draw(settings(known[name])) for name in names}
    if isinstance(schema.get("additionalProperties"), dict):
        made["more"] = draw(settings(schema["additionalProperties"]))
    return made


@pytest.mark.parametrize("name", SCHEMAS)
def test_whatever_is_surely_valid_is_valid(name: str) -> None:
    schema = SCHEMAS[name]
    judge = Draft202012Validator(schema, format_checker=_formats())

    @given(settings(schema))
    def hold(data: Any) -> None:
        if keeps(data, schema, FORMATS):
            assert judge.is_valid(data)

    hold()


@pytest.mark.parametrize("value", ["", 1, True, None, 0.5, [], {}, ["a", "a"], {"a": 1}, "2026"])
@pytest.mark.parametrize(
    "schema",
    [
        *({"type": kind} for kind in ("string", "array", "object", "boolean", "integer", "number")),
        *({key: 1} for key in ("minimum", "maximum", "minItems", "maxItems", "maxLength")),
        {"enum": ["2026", 1, True]},
        {"required": ["a"]},
        {"dependentRequired": {"a": ["b"]}},
        {"additionalProperties": False},
        {"additionalProperties": {"type": "boolean"}},
        {"properties": {"a": {"type": "string"}}},
        {"items": {"type": "integer"}},
        {"uniqueItems": True},
        {"uniqueItems": False},
        {"pattern": "^2"},
        {"format": "partial-day"},
        {"format": "of somebody else"},
        {"maxProperties": 0},
        {"propertyNames": {"pattern": "^b"}},
        {"not": {"type": "string"}},
        {"if": {"type": "string"}, "then": {"maxLength": 1}, "else": {"type": "object"}},
        {"if": {"type": "integer"}, "else": {"type": "object"}},
        {"if": {"maxLength": 1}, "then": False, "else": False},
    ],
)
def test_each_keyword_is_held_no_looser_than_by_the_library(value: Any, schema: Any) -> None:
    judge = Draft202012Validator(schema, format_checker=_formats())
    assert judge.is_valid(value) or not keeps(value, schema, FORMATS)


def test_the_settings_of_a_sound_booklet_need_no_library() -> None:
    path = BASE / "tiny" / "booklet.yaml"
    tree, findings = read_tree(path.read_text("utf-8"), Span("booklet.yaml"))
    assert tree is not None
    assert not findings
    assert keeps(tree.data, SCHEMAS["booklet"], FORMATS)


def test_a_sound_booklet_is_read_without_the_library() -> None:
    program = (
        "import sys; from pathlib import Path; from booklet import readers; "
        "from booklet.source import SourceTree; tree = SourceTree.open(Path(sys.argv[1])); "
        "assert readers.read(tree, tree.booklets()[0]).booklet; "
        "assert 'jsonschema' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program, str(BASE)], check=True)

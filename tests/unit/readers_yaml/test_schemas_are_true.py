from __future__ import annotations

import json
import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from booklet.model import BackPart, Span
from booklet.readers.yaml_positions import read_yaml

DOCS = Path(__file__).parents[3] / "docs" / "source-format.md"
FOLDER = files("booklet.readers").joinpath("schemas")
NAMES = sorted(entry.name for entry in FOLDER.iterdir() if entry.name.endswith(".json"))


def _load(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(FOLDER.joinpath(name).read_text(encoding="utf-8"))
    return loaded


def _objects(schema: Any) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        if "properties" in schema:
            yield schema
        for value in schema.values():
            yield from _objects(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from _objects(value)


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_is_one_and_knows_all_its_settings(name: str) -> None:
    schema = _load(name)
    Draft202012Validator.check_schema(schema)
    for part in _objects(schema):
        assert part["additionalProperties"] is False
        assert set(part.get("required", ())) <= set(part["properties"])


def test_the_back_pages_of_the_schema_are_those_of_the_model() -> None:
    pages = _load("booklet.json")["properties"]["back_matter"]["items"]["enum"]
    assert pages == [part.value for part in BackPart]


def _examples() -> dict[str, str]:
    """Return the YAML examples of the format's page by the heading above them."""
    examples: dict[str, str] = {}
    for part in DOCS.read_text(encoding="utf-8").split("\n## ")[1:]:
        example = re.search(r"^```yaml\n(.*?)^```", part, re.MULTILINE | re.DOTALL)
        if example:
            examples[part.split()[0]] = example.group(1)
    return examples


@pytest.mark.parametrize(
    ("heading", "schema"),
    [
        ("booklet.yaml", "booklet"),
        ("glossary/en.yaml", "glossary"),
        ("clinics/<id>.yaml", "clinic"),
        ("conformance.yaml", "conformance"),
    ],
)
def test_the_examples_of_the_documentation_are_right(heading: str, schema: str) -> None:
    read = read_yaml(_examples()[heading], Span("docs/source-format.md"), schema)
    assert [finding.line() for finding in read.findings] == []
    assert read.data


def test_the_documentation_names_every_setting_of_a_booklet() -> None:
    example = _examples()["booklet.yaml"]
    for name in _load("booklet.json")["properties"]:
        assert re.search(rf"^{name}:", example, re.MULTILINE), name

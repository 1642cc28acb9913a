"""The examples of docs/source-format.md are read without a finding, and hold every construct."""

from __future__ import annotations

import re
import typing
from pathlib import Path

import pytest

from booklet import model
from booklet.readers.md_walk import walk
from tests.unit.readers_markdown.markdown_dump import read

DOCS = Path(__file__).parents[3] / "docs" / "source-format.md"
EXAMPLES = re.findall(
    r"^```markdown\n(.*?)^```$", DOCS.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
)


@pytest.mark.parametrize("text", EXAMPLES, ids=lambda text: text.splitlines()[0][2:])
def test_an_example_is_read_without_a_finding(text: str) -> None:
    result = read(text, "what-helps")
    assert [finding.line() for finding in result.findings] == []
    assert result.section is not None


def test_the_examples_hold_every_node_of_the_model() -> None:
    found = {type(node) for text in EXAMPLES for node in walk(read(text).section)}
    nodes = {*typing.get_args(model.Inline), *typing.get_args(model.Block)}
    assert [node.__name__ for node in nodes - found] == []

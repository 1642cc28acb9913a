"""Constructs of a chapter: each fixture is a title, the text, and the nodes and findings of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from markdown_it.utils import read_fixture_file

from tests.unit.readers_markdown.markdown_dump import blocks

FIXTURES = Path(__file__).parent / "fixtures"
CASES = [
    pytest.param(text, expected, id=f"{file.stem}: {title}")
    for file in sorted(FIXTURES.glob("*.md"))
    for _line, title, text, expected in read_fixture_file(file)
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_text_becomes_the_expected_nodes_and_findings(text: str, expected: str) -> None:
    assert blocks(text)[1] == expected

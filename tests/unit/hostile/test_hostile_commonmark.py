"""CommonMark's own examples as chapters: each is read whole, or told by a rule at its place."""

from __future__ import annotations

import re

import pytest

from booklet.findings import blocks_build, catalogue
from booklet.readers.md_positions import split_lines
from tests.needs import need_specification
from tests.unit.readers_markdown.markdown_dump import read

# An example in the specification's text: its Markdown stands between the fence and a full stop.
EXAMPLE = re.compile(r"^`{32} example\n(.*?)^\.\n.*?^`{32}$", re.MULTILINE | re.DOTALL)


def _examples() -> list[str]:
    text = need_specification().read_text(encoding="utf-8").replace("\r\n", "\n")
    # The specification shows a tab as an arrow.
    return [match[1].replace("\u2192", "\t") for match in EXAMPLE.finditer(text)]


@pytest.mark.slow
@pytest.mark.validators
def test_every_example_is_read_or_told_at_its_place() -> None:
    examples = _examples()
    assert len(examples) == 652
    whole = 0
    for number, example in enumerate(examples, start=1):
        text = f"# An example\n\n{example}"
        rows = split_lines(text)
        result = read(text)
        for finding in result.findings:
            assert finding.rule in catalogue(), f"example {number}"
            assert finding.message, f"example {number}"
            assert finding.hint, f"example {number}"
            assert finding.span.line <= len(rows), f"example {number}"
            assert finding.span.column <= len(rows[finding.span.line - 1]) + 1, f"example {number}"
        told = blocks_build(result.findings)
        assert told or result.section is not None, f"example {number}: neither read nor told"
        whole += not told
    assert 100 < whole < 652

"""What outloud says of the finished PDFs is known, rule by rule (docs/decisions, outloud)."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from booklet.verify.pdf_tags import open_tagged
from booklet.verify.tagtree import Content, Tag
from tests.finished import Built
from tests.needs import MISSING, PROJECT, TOOLS

pytestmark = pytest.mark.slow

VERSION = "0.2.1"
SAMPLE = {"ORD-001", "PAG-001"}
TORTURE = SAMPLE | {"TBL-010", "TBL-013", "TBL-014", "TXT-003", "TXT-004"}
DECISION = PROJECT / "docs" / "decisions" / "2026-11-22-outloud.md"


def program() -> Path:
    """Return outloud's program; without it the test is skipped, and told loudly at the end."""
    beside = os.pathsep.join((str(TOOLS / "outloud" / "bin"), str(Path(sys.executable).parent)))
    found = shutil.which("outloud", path=beside) or shutil.which("outloud")
    if found is None:
        pytest.skip(f"{MISSING}outloud: not installed (see {DECISION.name})")
    return Path(found)


def rules(outloud: Path, paths: tuple[Path, ...], folder: Path) -> dict[str, set[str]]:
    """The rules of all errors and warnings, by file."""
    report = folder / "outloud.json"
    command: list[str | Path] = [outloud, *paths, "--json", report, "--quiet", "--fail-on", "never"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    told: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
    assert told["tool"] == {"name": "outloud", "version": VERSION}
    assert [result["error"] for result in told["results"]] == [None] * len(paths)
    return {
        Path(result["path"]).name: {
            row["rule"] for row in result["findings"] if row["severity"] != "info"
        }
        for result in told["results"]
    }


@pytest.mark.validators
def test_all_that_it_says_is_explained(built: Built, torture: Built, tmp_path: Path) -> None:
    outloud = program()
    for booklet, known in ((built, SAMPLE), (torture, TORTURE)):
        found = rules(outloud, booklet.pdfs, tmp_path)
        assert len(found) == 2
        for name, names in found.items():
            assert names - known == set(), name


def test_the_decision_explains_every_rule_and_no_other() -> None:
    rows = re.findall(r"^\| ([A-Z0-9, -]+) \|", DECISION.read_text(encoding="utf-8"), re.MULTILINE)
    assert {rule for row in rows for rule in row.split(", ")} == TORTURE


# ------------------------------------------------------------- what we say in return, shown


def test_only_what_stands_beside_the_words_is_painted_out_of_turn(
    built: Built, torture: Built
) -> None:
    for path in (*built.pdfs, *torture.pdfs):
        data = path.read_bytes()
        root = open_tagged(data).root
        assert root is not None
        words = tuple(_words(root))
        for number, painted in enumerate(_painted(data), start=1):
            turns = [content.mcid for content in words if content.page == number]
            assert turns or number > 1
            assert [turn for turn in painted if turn in turns] == turns, f"{path.name}, {number}"


def _painted(data: bytes) -> Iterator[list[int]]:
    """The marks of each page in the order in which they are painted."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            steps = pikepdf.parse_content_stream(page, "BDC")
            marks = [step.operands[1] for step in steps if len(step.operands) == 2]
            yield [int(mark["/MCID"]) for mark in marks if "/MCID" in mark]


def _words(tag: Tag) -> Iterator[Content]:
    """The marks in the order of the tags, without what a style sets beside the words.

    These are bullets and numbers, the contents, pictures with captions, and lists to tick.
    """
    for kid in tag.kids:
        if isinstance(kid, Content):
            yield kid
        elif isinstance(kid, Tag) and not _is_beside(kid):
            yield from _words(kid)


def _is_beside(tag: Tag) -> bool:
    to_tick = tag.type == "L" and tag.numbering == "None"
    return tag.type in ("Lbl", "Figure", "Caption", "TOC") or to_tick

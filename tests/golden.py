"""Golden files: what was agreed to be right, kept as text, changed only on purpose.

``--update-goldens`` writes them anew; it is refused in CI (see conftest).
"""

from __future__ import annotations

from pathlib import Path

import pytest

FOLDER = Path(__file__).parent / "goldens"


def assert_golden(config: pytest.Config, name: str, text: str) -> None:
    """Compare text with the golden file ``name``, or write it when that was asked for."""
    path = FOLDER / name
    if config.getoption("--update-goldens"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    assert path.exists(), f"no golden file {name}: look at the result, then run --update-goldens"
    assert text == path.read_text(encoding="utf-8")

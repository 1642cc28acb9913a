"""What a test needs that a machine may lack: the one place that says whether to skip or to fail."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent
TOOLS = PROJECT / ".validators"
MISSING = "validator missing: "
PROGRAMS = {
    "Chromium": (("chromium", "chromium-browser"), "chromium"),
    "Poppler": (("pdftotext",), "poppler-utils"),
}


def in_ci(environment: Mapping[str, str]) -> bool:
    """True where nobody reads the list of skipped tests."""
    return environment.get("CI", "").lower() == "true"


def need_validator(name: str) -> None:
    """Go on only with this validator: else skip the test loudly, or fail it with CI=true.

    ``name`` is veraPDF, EPUBCheck, Ace by DAISY, Chromium or Poppler. Raises KeyError otherwise.
    """
    missing = _missing()[name]
    if not missing:
        return
    if in_ci(os.environ):
        pytest.fail(f"{MISSING}{name}: {missing}", pytrace=False)
    pytest.skip(f"{MISSING}{name}: {missing}")


def need_specification() -> Path:
    """Return the text of the CommonMark specification; without it skip or fail, as above."""
    path = TOOLS / "node_modules" / "commonmark-spec" / "spec.txt"
    if path.exists():
        return path
    why = f"{MISSING}CommonMark specification: not installed (python3 -m tests installs it)"
    if in_ci(os.environ):
        pytest.fail(why, pytrace=False)
    pytest.skip(why)


@cache
def _missing() -> dict[str, str]:
    """Return what each validator lacks on this machine; nothing when it is ready."""
    # Imported here, for few tests ask, and it brings the whole verifier along.
    from booklet.verify.external import available

    told = {status.name: status.missing for status in available(TOOLS)}
    for name, (commands, package) in PROGRAMS.items():
        found = any(map(shutil.which, commands))
        told[name] = "" if found else f"not installed (Debian: sudo apt-get install {package})"
    return told

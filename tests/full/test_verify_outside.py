"""``--full`` asks every checker from outside, and says so when one is missing."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.needs import TOOLS, need_validator
from tests.processes import TODAY, command, environment
from tests.verified import A4, EPUB, LETTER, OUTSIDE, Run

pytestmark = pytest.mark.slow


def test_outside_checkers_that_are_missing_are_loud_and_never_pass(tiny: Path) -> None:
    env = environment(PATH="/nowhere")
    done = command("verify", "--full", cwd=tiny, env=env)
    assert done.returncode == 0, done.stdout + done.stderr
    for tool in ("EPUBCheck", "Ace by DAISY"):
        assert re.search(rf"^NOT CHECKED by {re.escape(tool)}: ", done.stdout, re.MULTILINE)
        assert f"passed: {tool}" not in done.stdout
    data = json.loads((tiny / "output" / EPUB.replace(".epub", ".conformance.json")).read_text())
    rows = {row["id"]: row for table in data["standards"] for row in table["criteria"]}
    assert rows["4.1.2"]["outcome"] == "not checked"


@pytest.mark.validators
@pytest.mark.browser
@pytest.mark.parametrize("words", [("verify", "--full"), ("build", "--full", "--today", TODAY)])
def test_with_full_every_outside_checker_is_asked(
    words: tuple[str, ...], tiny: Path, run: Run
) -> None:
    for name in ("veraPDF", "EPUBCheck", "Ace by DAISY", "Chromium"):
        need_validator(name)
    (tiny / ".validators").symlink_to(TOOLS.resolve())
    answer = run(*words)
    assert answer.code == 0, answer.out
    for name in (A4, LETTER, EPUB):
        path = tiny / "output" / f"{name.rpartition('.')[0]}.conformance.json"
        report = json.loads(path.read_text("utf-8"))
        asked = {m["tool"]: m["outcome"] for m in report["measures"] if m["tool"] in OUTSIDE}
        printed = {"veraPDF ua1", "veraPDF 2a"}
        wanted = printed if name.endswith(".pdf") else OUTSIDE - printed
        assert asked == dict.fromkeys(wanted, "passed"), report["measures"]
        assert report["counts"]["not checked"] == report["counts"]["faults found"] == 0

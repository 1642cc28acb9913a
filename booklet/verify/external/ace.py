"""EPUB files in, the verdict of Ace by DAISY on each out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from booklet.editions import ToolResult
from booklet.verify.external.machine import Machine, ace_script, look, missing_ace
from booklet.verify.external.run import not_checked, run, seconds_for, staged

TOOL = "Ace by DAISY"
SHOWN = 5
FAILED = 2
"""The exit code with which Ace says that it found a violation (option -E)."""


def check_ace(
    paths: Sequence[Path],
    tools: Path | None = None,
    *,
    machine: Machine | None = None,
    seconds: float | None = None,
) -> Mapping[Path, ToolResult]:
    """Hold EPUB files to Ace, one after another; a violation of any impact fails a file.

    ``tools`` is the folder with Ace's ``node_modules``; ``seconds`` the time allowed a file.
    """
    machine = machine or look(tools)
    script = ace_script(machine)
    missing = missing_ace(machine)
    if missing or script is None:
        return not_checked(TOOL, paths, "; ".join(missing))
    with staged(paths, ".epub") as (folder, copies):
        results = not_checked(TOOL, paths, "there is no such file")
        for path, copy in copies.items():
            results[path] = _check(machine, script, copy, folder, seconds or seconds_for(1))
        return results


def _check(machine: Machine, script: Path, copy: Path, folder: Path, seconds: float) -> ToolResult:
    out = folder / f"{copy.stem}-ace"
    command = [machine.node, script, "-f", "-E", "-s", "-o", out, copy]
    environment = {
        "PUPPETEER_EXECUTABLE_PATH": str(machine.chromium),
        "ACE_TIMEOUT_INITIAL": "60000",  # milliseconds; the default 5 s is short for a busy machine
    }
    done = run([str(part) for part in command], seconds, environment)
    if isinstance(done, str):
        return ToolResult(TOOL, "not checked", done)
    report = _report(out / "report.json", copy)
    if report is None or done.code not in (0, FAILED):
        return ToolResult(TOOL, "not checked", f"Ace wrote no report: {done.reason()}")
    return _judged(done.code, report)


def _report(place: Path, copy: Path) -> dict[str, Any] | None:
    """Return a report, if it is a whole one about this very file."""
    try:
        report = json.loads(place.read_text(encoding="utf-8"))
        about = Path(report["earl:testSubject"]["url"]).name
        whole = bool(report["earl:result"]["earl:outcome"]) and "assertions" in report
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return report if whole and about == copy.name else None


def _judged(code: int, report: dict[str, Any]) -> ToolResult:
    name = f"Ace {report.get('earl:assertedBy', {}).get('doap:release', {}).get('doap:revision')}"
    broken = list(_violations(report))
    if code == 0 and report["earl:result"]["earl:outcome"] == "pass" and not broken:
        return ToolResult(TOOL, "passed", f"{name}: no violations")
    detail = f"{name}: {len(broken)} violations"
    return ToolResult(TOOL, "failed", "; ".join([detail, *dict.fromkeys(broken)][: SHOWN + 1]))


def _violations(report: dict[str, Any]) -> Iterator[str]:
    """Name each violation: the rule, its impact and what Ace says of it."""
    for document in report["assertions"]:
        for assertion in document.get("assertions", ()):
            if assertion.get("earl:result", {}).get("earl:outcome") == "fail":
                test = assertion.get("earl:test", {})
                title, impact = test.get("dct:title"), test.get("earl:impact")
                yield f"{title} ({impact}): {test.get('help', {}).get('dct:title', '')}"

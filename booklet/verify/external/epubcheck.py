"""EPUB files in, EPUBCheck's verdict on each out."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from booklet.editions import ToolResult
from booklet.verify.external.machine import Machine, look, missing_epubcheck, missing_java
from booklet.verify.external.run import Done, not_checked, run_java, seconds_for, staged

TOOL = "EPUBCheck"
SHOWN = 5
BAD = ("FATAL", "ERROR", "WARNING")


def check_epubs(
    paths: Sequence[Path], *, machine: Machine | None = None, seconds: float | None = None
) -> Mapping[Path, ToolResult]:
    """Hold EPUB files to EPUBCheck, all in one Java machine; a warning fails a file too."""
    machine = machine or look()
    missing = missing_java(machine) + missing_epubcheck(machine)
    if missing or machine.java is None or machine.epubcheck_jar is None:
        return not_checked(TOOL, paths, "; ".join(missing))
    with staged(paths, ".epub") as (folder, copies):
        if not copies:
            return not_checked(TOOL, paths, "there is no such file")
        done = run_java(
            machine.java,
            "EpubRun.java",
            (machine.epubcheck_jar,),
            [str(folder), *map(str, copies.values())],
            seconds or seconds_for(len(copies)),
        )
        return {path: _verdict(path, copies, folder, done) for path in paths}


def _verdict(path: Path, copies: Mapping[Path, Path], folder: Path, done: Done | str) -> ToolResult:
    if path not in copies:
        return ToolResult(TOOL, "not checked", "there is no such file")
    if isinstance(done, str) or not done.is_whole:
        return ToolResult(TOOL, "not checked", done if isinstance(done, str) else done.reason())
    number = list(copies).index(path)
    codes = [r[2] for r in done.records if r[0] == "done" and r[1] == str(number)]
    report = _report(folder / f"{number}.json", copies[path])
    if report is None or len(codes) != 1:
        return ToolResult(TOOL, "not checked", "EPUBCheck wrote no report about this file")
    return _judged(codes[0], report)


def _report(place: Path, copy: Path) -> dict[str, Any] | None:
    """Return a report, if it is a whole one about this very file."""
    try:
        report = json.loads(place.read_text(encoding="utf-8"))
        counts = [report["checker"][key] for key in ("nFatal", "nError", "nWarning")]
        about = Path(report["checker"]["path"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return report if about == copy and all(isinstance(n, int) for n in counts) else None


def _judged(code: str, report: dict[str, Any]) -> ToolResult:
    checker = report["checker"]
    name = f"{TOOL} {checker.get('checkerVersion', '')}".strip()
    counts = (checker["nFatal"], checker["nError"], checker["nWarning"])
    told = [
        f"{message.get('ID')} {message.get('message')}"
        for message in report.get("messages", ())
        if message.get("severity") in BAD
    ]
    if code == "0" and not any(counts) and not told:
        return ToolResult(TOOL, "passed", f"{name}: no errors, no warnings")
    detail = f"{name}: {counts[0] + counts[1]} errors, {counts[2]} warnings"
    return ToolResult(TOOL, "failed", "; ".join([detail, *told[:SHOWN]]))

"""PDF files in, veraPDF's verdict on each out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from booklet.editions import ToolResult
from booklet.verify.external.machine import Machine, look, missing_java, missing_vera
from booklet.verify.external.run import Done, not_checked, run_java, seconds_for, staged

SHOWN = 5


def check_pdfs(
    paths: Sequence[Path],
    flavour: str = "ua1",
    *,
    machine: Machine | None = None,
    seconds: float | None = None,
) -> Mapping[Path, ToolResult]:
    """Hold PDF files to a profile of veraPDF, all in one Java machine.

    ``flavour`` is veraPDF's exact name of a profile, such as ua1 or ua2; ``seconds`` the time
    allowed. Only a completed check of exactly that file passes or fails it.
    """
    machine = machine or look()
    tool = f"veraPDF {flavour}"
    missing = missing_java(machine) + missing_vera(machine)
    if missing or machine.java is None or machine.vera_jar is None:
        return not_checked(tool, paths, "; ".join(missing))
    with staged(paths, ".pdf") as (_, copies):
        if not copies:
            return not_checked(tool, paths, "there is no such file")
        done = run_java(
            machine.java,
            "VeraRun.java",
            (*machine.jaxb(), machine.vera_jar),
            [flavour, *map(str, copies.values())],
            seconds or seconds_for(len(copies)),
        )
        return {path: _verdict(tool, path, tuple(copies), done) for path in paths}


def _verdict(tool: str, path: Path, checked: tuple[Path, ...], done: Done | str) -> ToolResult:
    if path not in checked:
        return ToolResult(tool, "not checked", "there is no such file")
    if isinstance(done, str) or not done.is_whole:
        reason = done if isinstance(done, str) else done.reason()
        return ToolResult(tool, "not checked", reason)
    number = str(checked.index(path))
    own = [record for record in done.records if record[1:2] == (number,)]
    failed = [record for record in own if record[0] == "rule"]
    match [record for record in own if record[0] in ("pass", "fail", "unread")]:
        case [("pass", _, count)] if not failed and int(count) > 0:
            return ToolResult(tool, "passed", f"{_version(done)}: no failure in {count} checks")
        case [("fail", _, count)]:
            return ToolResult(tool, "failed", f"{_version(done)}: {_told(failed)}")
        case [("unread", _, reason)]:
            return ToolResult(tool, "not checked", reason)
    return ToolResult(tool, "not checked", "veraPDF said nothing clear about this file")


def _version(done: Done) -> str:
    number = next((record[1] for record in done.records if record[0] == "version"), "")
    return f"veraPDF {number}".strip()


def _told(failed: Sequence[tuple[str, ...]]) -> str:
    """Say which rules failed, and how often."""
    told = [f"{rule} ({count} times) {message}" for _, _, rule, count, message in failed[:SHOWN]]
    more = [f"{len(failed) - SHOWN} more rules"] if len(failed) > SHOWN else []
    return "; ".join([*told, *more]) or "not compliant"

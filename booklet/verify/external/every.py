"""Finished files in, what every outside validator says of each out; one run of a tool for all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from booklet.editions import ToolResult
from booklet.findings import Finding
from booklet.verify.external.ace import check_ace
from booklet.verify.external.epubcheck import check_epubs
from booklet.verify.external.machine import look
from booklet.verify.external.vera import check_pdfs


@dataclass(frozen=True, slots=True)
class Checked:
    """What the outside tools say of one file: one result a tool, and what was found where."""

    tools: tuple[ToolResult, ...]
    findings: tuple[Finding, ...] = ()


def check_all(
    pdfs: Sequence[Path], epubs: Sequence[Path], tools: Path | None = None
) -> Mapping[Path, Checked]:
    """Hold finished files to every outside validator; each file asked about is in the answer.

    ``tools`` is the folder with Ace's ``node_modules``. A tool that is missing, is stopped or says
    nothing clear gives "not checked", and no file is ever left out.
    """
    machine = look(tools)
    results = []
    if pdfs:
        results.append(check_pdfs(pdfs, machine=machine))
    if epubs:
        results.append(check_epubs(epubs, machine=machine))
        results.append(check_ace(epubs, machine=machine))
    return {path: Checked(tuple(_of(path, results))) for path in (*pdfs, *epubs)}


def _of(path: Path, results: Sequence[Mapping[Path, ToolResult]]) -> Iterator[ToolResult]:
    return (result[path] for result in results if path in result)

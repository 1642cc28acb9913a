"""Finished files in, what every outside validator says of each out; one run of a tool for all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from booklet.editions import ToolResult
from booklet.verify.external.ace import check_ace
from booklet.verify.external.browser import check_in_browser
from booklet.verify.external.epubcheck import check_epubs
from booklet.verify.external.machine import look
from booklet.verify.external.run import Checked
from booklet.verify.external.vera import check_pdfs

PROFILES = ("ua1", "2a")
"""What veraPDF holds a PDF to: PDF/UA-1 for the reader, PDF/A-2a for the archive."""


def check_all(
    pdfs: Sequence[Path],
    epubs: Sequence[Path],
    tools: Path | None = None,
    *,
    names: Mapping[Path, str] | None = None,
) -> Mapping[Path, Checked]:
    """Hold finished files to every outside validator; each file asked about is in the answer.

    ``tools`` is the folder with Ace's ``node_modules``; ``names`` what findings call a file, its
    path if not given. A tool that is missing, is stopped or says nothing clear gives "not checked",
    and no file is ever left out.
    """
    machine = look(tools)
    seen = check_in_browser(epubs, machine=machine, names=names) if epubs else {}
    results = [check_pdfs(pdfs, flavour, machine=machine) for flavour in PROFILES if pdfs]
    if epubs:
        results += [check_epubs(epubs, machine=machine), check_ace(epubs, machine=machine)]
    nothing = Checked(())
    return {
        path: Checked(
            (*_of(path, results), *seen.get(path, nothing).tools),
            seen.get(path, nothing).findings,
        )
        for path in (*pdfs, *epubs)
    }


def _of(path: Path, results: Sequence[Mapping[Path, ToolResult]]) -> Iterator[ToolResult]:
    return (result[path] for result in results if path in result)

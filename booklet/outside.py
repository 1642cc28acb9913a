"""Finished files in memory go in; what independent programs say of them comes out.

Each program runs once for all files. One that is missing says "not checked", never "passed".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from booklet.editions import Artifact, Made, ToolResult
from booklet.errors import MachineError
from booklet.findings import Finding, found, in_order
from booklet.model import Span

FOLDER = ".validators"
"""Where, beside the source folder, the set-up of the tests puts Ace."""
Key = TypeVar("Key")


def folder(source: Path) -> Path:
    """Return where Ace is looked for: beside the source folder."""
    return source.resolve().parent / FOLDER


@dataclass(frozen=True, slots=True)
class Said:
    """What the outside programs say of one file."""

    tools: tuple[ToolResult, ...]
    findings: tuple[Finding, ...]


def ask(files: Mapping[Key, tuple[str, Artifact]], tools: Path | None) -> dict[Key, Said]:
    """Hold files, each with the name that findings call it, to the programs for their format.

    PDFs go to veraPDF (PDF/UA-1), e-books to EPUBCheck, Ace by DAISY and a browser. ``tools`` is
    the folder that holds Ace's ``node_modules``. What is for paper alone claims nothing that these
    programs could judge: nothing is said of them. Raises MachineError when there is no room for
    copies.
    """
    # Imported here, for reading and checking must work where no engine is installed.
    from booklet.verify.external import browser, check_all

    files = {key: file for key, file in files.items() if not file[1].edition.is_for_paper}
    if not files:
        return {}
    with _room_for_copies() as folder:
        paths = dict(_laid_out(files, folder))
        pdfs = [path for path in paths.values() if path.suffix == ".pdf"]
        epubs = [path for path in paths.values() if path.suffix == ".epub"]
        names = {path: files[key][0] for key, path in paths.items()}
        checked = check_all(pdfs, epubs, tools, names=names)
    said = {}
    for key, path in paths.items():
        # The browser tells its findings itself; of the others we know their verdict.
        others = [result for result in checked[path].tools if result.tool != browser.TOOL]
        findings = (*checked[path].findings, *_faults(names[path], others))
        said[key] = Said(checked[path].tools, in_order(findings))
    return said


@contextmanager
def _room_for_copies() -> Iterator[Path]:
    try:
        with TemporaryDirectory(prefix="booklet-", ignore_cleanup_errors=True) as folder:
            yield Path(folder)
    except OSError as error:
        raise MachineError(
            f"no temporary copies can be made: {error.strerror or error}",
            hint="Free some space in the temporary folder, or name another one in TMPDIR.",
        ) from error


def _laid_out(
    files: Mapping[Key, tuple[str, Artifact]], folder: Path
) -> Iterator[tuple[Key, Path]]:
    for number, (key, (_, artifact)) in enumerate(files.items()):
        path = folder / f"{number}.{artifact.edition.format}"
        path.write_bytes(artifact.data)
        yield key, path


def _faults(name: str, results: list[ToolResult]) -> Iterator[Finding]:
    for result in results:
        if result.outcome == "failed":
            yield found("TOOL-001", Span(name), f"{result.tool} says: {result.detail}.")


def judge(
    bench: Mapping[tuple[str, str, str], Made], tools: Path | None
) -> dict[tuple[str, str, str], Made]:
    """Ask about all that was made, by booklet, clinic and edition; findings count as ours do."""
    files = {
        key: (f"{key[0]}/{made.verdict.artifact.name}", made.verdict.artifact)
        for key, made in bench.items()
        if made.verdict
    }
    said = ask(files, tools)
    return {key: _added(made, said[key]) if key in said else made for key, made in bench.items()}


def _added(made: Made, said: Said) -> Made:
    if made.verdict is None:
        return made
    verdict = replace(
        made.verdict,
        findings=(*made.verdict.findings, *said.findings),
        tools=(*made.verdict.tools, *said.tools),
    )
    return replace(made, findings=(*made.findings, *said.findings), verdict=verdict)

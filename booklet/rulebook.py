"""A rule enters; what the repository shows of it leaves: a source that breaks it, and a right one.

The samples are the tests' own cases, so that what is shown is what is proven.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from booklet.resources import cases_dir

BASE = "_base"
_OURS = ("case.toml", "expected.txt")


@dataclass(frozen=True, slots=True)
class Sample:
    """The case of a rule, as far as it is text.

    ``folder`` is its POSIX path in the repository. ``wrong`` and ``right`` are (path, text) of the
    files that differ from the tests' smallest booklet; ``places`` are the (file, line, column) of
    the rule's own findings in the wrong one. ``prepared`` is true when the test does something
    to the files that no text shows, such as to delete one.
    """

    folder: str
    wrong: tuple[tuple[str, str], ...]
    right: tuple[tuple[str, str], ...]
    places: tuple[tuple[str, int, int], ...]
    prepared: bool


def sample_of(rule: str) -> Sample | None:
    """Return the sample of a rule; None where there is none, as for finished files."""
    cases = cases_dir()
    folder = cases / rule if cases else None
    if folder is None or not (folder / "fail").is_dir():
        return None
    wrong, right = folder / "fail", folder / "pass"
    return Sample(
        folder=f"tests/cases/{rule}",
        wrong=_texts(wrong),
        right=_texts(right),
        places=tuple(_places(wrong / "expected.txt", rule)),
        prepared=any((side / "case.toml").exists() for side in (wrong, right)),
    )


def base_text(path: str) -> str:
    """Return a file of the smallest booklet, which every sample starts from; empty if none."""
    cases = cases_dir()
    file = cases / BASE / path if cases else None
    return _text(file) or "" if file and file.is_file() else ""


def _texts(side: Path) -> tuple[tuple[str, str], ...]:
    files = sorted(path for path in side.rglob("*") if path.is_file() and path.name not in _OURS)
    texts = ((file.relative_to(side).as_posix(), _text(file)) for file in files)
    return tuple((path, text) for path, text in texts if text is not None)


def _text(file: Path) -> str | None:
    """Return a file as text; None for a picture."""
    data = file.read_bytes()
    return None if b"\0" in data else data.decode("utf-8", errors="replace")


def _places(expected: Path, rule: str) -> list[tuple[str, int, int]]:
    lines = expected.read_text(encoding="utf-8").splitlines()
    parts = (line.rpartition(" ") for line in lines)
    return [_place(place) for place, _, named in parts if named == rule]


def _place(text: str) -> tuple[str, int, int]:
    file, line, column = text.rsplit(":", 2)
    return file, int(line), int(column)

"""The mark of PDF/UA-1 is put out only on a PDF that passed its own verification."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pikepdf
import pytest

from booklet import build, plan
from booklet.editions import DEFAULTS, Job, Made
from booklet.findings import Severity
from booklet.resources import styles_dir
from tests.processes import TODAY, files, project

pytestmark = pytest.mark.slow
PART = "{http://www.aiim.org/pdfua/ns/id/}part"
PRINTED = tuple(row for row in DEFAULTS if row.format == "pdf")
# Each breaks what only verification of the finished file can see.
SPOILS = {
    "pale words": "p { color: #bbb }",
    "words outside the column": "p { margin-left: -30mm }",
    "small words": "p { font-size: 9pt }",
}


def silence(line: str) -> None:
    assert line


@pytest.fixture
def styles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The house style in a folder of its own, for the build to use."""
    folder = Path(shutil.copytree(styles_dir(), tmp_path / "styles"))
    monkeypatch.setattr(plan, "styles_dir", lambda: folder)
    return folder


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[Made]:
    """All that writers made, whether it was put out or not."""
    seen: list[Made] = []
    real: Callable[[Job], Made] = plan.make

    def watched(job: Job) -> Made:
        seen.append(real(job))
        return seen[-1]

    monkeypatch.setattr(build, "make", watched)
    return seen


def request(folder: Path) -> build.Request:
    return build.Request(
        source=folder / "source",
        out=folder / "output",
        today=date.fromisoformat(TODAY),
        editions=PRINTED[:1],
        jobs=1,
    )


def is_marked(data: bytes) -> bool:
    """True for a PDF with the mark, however its metadata is packed."""
    if not data.startswith(b"%PDF-"):
        return False
    with pikepdf.open(io.BytesIO(data)) as pdf, pdf.open_metadata() as xmp:
        return xmp.get(PART) == "1"


def marked(folder: Path) -> list[str]:
    """All files, hidden ones too, that carry the mark."""
    return [name for name, data in files(folder).items() if is_marked(data)]


def test_a_pdf_that_passed_carries_the_mark(tmp_path: Path, styles: Path) -> None:
    folder = project(tmp_path / "project")
    report = build.build(request(folder), silence)
    assert report.exit_code == 0
    assert [Path(name).suffix for name in marked(folder / "output")] == [".pdf"]


@pytest.mark.parametrize("css", SPOILS.values(), ids=SPOILS)
def test_a_pdf_that_fails_is_never_put_out_with_the_mark(
    css: str, tmp_path: Path, styles: Path, made: list[Made]
) -> None:
    folder = project(tmp_path / "project")
    with (styles / "print.css").open("a", encoding="utf-8") as file:
        file.write(f"\n{css}\n")
    report = build.build(request(folder), silence)
    assert report.exit_code == 1
    # The file was made, and found wanting; it would have carried the mark.
    (only,) = made
    assert only.artifact is not None
    assert is_marked(only.artifact.data)
    assert Severity.ERROR in {finding.severity for finding in only.findings}
    assert marked(tmp_path / "project") == []
    assert list(files(folder / "output")) == []


def test_a_failing_build_leaves_the_marked_file_that_passed(
    tmp_path: Path, styles: Path, made: list[Made]
) -> None:
    folder = project(tmp_path / "project")
    assert build.build(request(folder), silence).exit_code == 0
    before = files(folder / "output")
    with (styles / "print.css").open("a", encoding="utf-8") as file:
        file.write(f"\n{SPOILS['pale words']}\n")
    assert build.build(request(folder), silence).exit_code == 1
    assert files(folder / "output") == before
    assert made[-1].artifact is not None
    assert made[-1].artifact.data not in before.values()

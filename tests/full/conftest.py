"""The real booklet, the test booklet with everything in it, the smallest: each built once a run."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from booklet.editions import DEFAULTS, PAPERS, PRESETS, edition, refusal
from tests.finished import Built, build_booklet
from tests.needs import PROJECT
from tests.shared import once
from tests.verified import Run

SAMPLE = "stem-cell-therapy-for-stroke"
TORTURE = PROJECT / "tests" / "torture" / "source"
USUAL = frozenset(row.id for row in DEFAULTS)
# Beside what ``built`` and ``torture`` hold: every other print of the sample; of the long test
# booklet the narrowest, the smallest, the largest and the closest, for it takes its time.
EVERY_EDITION = {
    "sample": tuple(
        f"{preset.id}-{paper.id}"
        for preset in PRESETS
        for paper in PAPERS
        if not refusal(preset, paper)
        and f"{preset.id}-{paper.id}" not in {"large-a4", "large-letter"}
    ),
    "torture": ("large-half-letter", "clear-a5", "giant-letter", "aph-letter"),
}


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return once(
        tmp_path_factory, "sample", lambda out: build_booklet(PROJECT / "source", out, SAMPLE)
    )


@pytest.fixture(scope="session")
def torture(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return once(
        tmp_path_factory,
        "torture",
        lambda out: build_booklet(TORTURE, out, "torture", "greenhouse"),
    )


@pytest.fixture(scope="session")
def every_edition(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Built]:
    rows = {name: tuple(map(edition, ids)) for name, ids in EVERY_EDITION.items()}

    def make(out: Path) -> dict[str, Built]:
        return {
            "sample": build_booklet(PROJECT / "source", out, SAMPLE, rows=rows["sample"]),
            "torture": build_booklet(TORTURE, out, "torture", "greenhouse", rows["torture"]),
        }

    return once(tmp_path_factory, "every-edition", make)


# --------------------------------------------------------------- the smallest, for commands


@pytest.fixture
def tiny(tiny_project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the smallest project, built, with the person standing in it."""
    folder = Path(shutil.copytree(tiny_project, tmp_path / "project"))
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    return Run(capsys)

"""The real booklet and the test booklet with everything in it, each built once for all tests."""

from __future__ import annotations

import pytest

from booklet.editions import DEFAULTS, PAPERS, PRESETS, edition, refusal
from tests.finished import Built, build_booklet
from tests.needs import PROJECT

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
    return build_booklet(PROJECT / "source", tmp_path_factory.mktemp("sample"), SAMPLE)


@pytest.fixture(scope="session")
def torture(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build_booklet(TORTURE, tmp_path_factory.mktemp("torture"), "torture", "greenhouse")


@pytest.fixture(scope="session")
def every_edition(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Built]:
    out = tmp_path_factory.mktemp("every")
    rows = {name: tuple(map(edition, ids)) for name, ids in EVERY_EDITION.items()}
    return {
        "sample": build_booklet(PROJECT / "source", out, SAMPLE, rows=rows["sample"]),
        "torture": build_booklet(TORTURE, out, "torture", "greenhouse", rows["torture"]),
    }

"""The same source gives the same bytes: other folder, clock, zone, locale, hash seed, processes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.processes import ROOT, environment, files

pytestmark = pytest.mark.slow
HERE = {
    "TZ": "Pacific/Kiritimati",
    "LC_ALL": "C",
    "LANG": "C",
    "LANGUAGE": "",
    "PYTHONHASHSEED": "1",
    "SOURCE_DATE_EPOCH": "1000000000",
}
THERE = {
    "TZ": "America/Adak",
    "LC_ALL": "de_DE.UTF-8",
    "LANG": "ar_EG.UTF-8",
    "LANGUAGE": "tr",
    "PYTHONHASHSEED": "4242",
    "PYTHONUTF8": "1",
}


def copy(project: Path, folder: Path, *, newest_first: bool = False) -> Path:
    """Copy a project as somebody else has it: other dates, other order on the disk."""
    names = sorted(path for path in (project / "source").rglob("*") if path.is_file())
    for age, path in enumerate(reversed(names) if newest_first else names):
        target = folder / path.relative_to(project)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
        os.utime(target, (age * 1000, age * 1000))
    for name in ("booklet", "styles"):
        ignore = shutil.ignore_patterns("__pycache__")
        shutil.copytree(project / name, folder / name, ignore=ignore)
    return folder


def build(folder: Path, env: dict[str, str], *options: str) -> dict[str, bytes]:
    done = subprocess.run(
        [sys.executable, "-m", "booklet", "build", *options],
        cwd=folder,
        env=environment(**env, PYTHONPATH=str(folder), HOME=str(folder)),
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return files(folder / "output")


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project, with the usual editions built in it, in one process."""
    folder = copy(ROOT, tmp_path_factory.mktemp("here") / "one")
    build(folder, HERE, "--today", "2027-01-01", "--jobs", "1")
    return folder


def test_two_builds_anywhere_on_any_day_give_the_same_bytes(here: Path, tmp_path: Path) -> None:
    there = copy(here, tmp_path / "an other place \u00e4", newest_first=True)
    one = files(here / "output")
    two = build(there, THERE, "--today", "2028-02-29", "--jobs", "3")
    assert set(one) == set(two)
    assert {Path(name).suffix for name in one} == {".pdf", ".epub", ".txt", ".html", ".json"}
    assert [name for name in one if one[name] != two[name]] == []


def test_a_clinic_s_booklet_is_the_same_anywhere_on_any_day(tmp_path: Path) -> None:
    here = copy(ROOT, tmp_path / "one")
    there = copy(here, tmp_path / "an other place \u00e4", newest_first=True)
    profile = min((here / "source" / "clinics").glob("*.yaml"))
    options = ("--clinic", profile.stem, "--edition", "large-a4,epub")
    one = build(here, HERE, "--today", "2027-01-01", "--jobs", "1", *options)
    two = build(there, THERE, "--today", "2028-02-29", "--jobs", "3", *options)
    assert len(one) == 2 * 4 + 1
    assert one == two


def test_editions_built_one_by_one_are_the_ones_built_together(here: Path, tmp_path: Path) -> None:
    there = copy(here, tmp_path / "two")
    for edition in ("epub", "large"):
        one_by_one = build(there, THERE, "--today", "2027-01-01", "--edition", edition)
    assert one_by_one == files(here / "output")

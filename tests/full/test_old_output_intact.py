"""A wrong source never touches what was built before: every case of every rule is tried."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from pathlib import Path

import pytest

from booklet import cli
from booklet.findings import Severity, catalogue
from tests.cases import test_cases as cases
from tests.processes import TODAY, files, inside, project

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def good(tiny_project: Path) -> Path:
    """The output folder of a good build of the smallest booklet."""
    made = files(tiny_project / "output")
    endings = Counter(Path(name).suffix for name in made)
    assert endings == {".pdf": 2, ".epub": 1, ".txt": 3, ".html": 3, ".json": 4}
    return tiny_project / "output"


@pytest.mark.parametrize("rule", cases._rule_folders())
def test_the_old_files_outlive_a_wrong_source(
    rule: str,
    good: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder = cases.CASES / rule / "fail"
    case = cases._case(folder)
    tree = cases._lay_out(folder, case, tmp_path / "project")
    out = tmp_path / "project" / "output"
    shutil.copytree(good, out)
    expected = (folder / "expected.txt").read_text(encoding="utf-8").splitlines()
    rules = {line.rpartition(" ")[2] for line in expected}
    harmless = all(catalogue()[name].severity is Severity.WARNING for name in rules)
    options = [
        *("build", case.booklet, "--jobs", "1", "--today", case.today.isoformat()),
        *(("--strict",) if harmless else ()),
        *(("--clinic", case.clinic) if case.clinic else ()),
    ]
    monkeypatch.chdir(tree.root.parent)
    code = cli.main(options)
    said = capsys.readouterr()
    assert (code, said.err) == (1, "")
    if not case.lock:  # such a finding is the lock-disclaimer command's own
        # The source lines that are shown below a finding are set in.
        told = re.findall(r"^\S.*?:\d+:\d+ [A-Z]+-\d{3}", said.out, re.MULTILINE)
        assert sorted(told) == sorted(expected)
    assert "nothing was built for it. The files built before are unchanged." in said.out
    assert files(out) == files(good)


def test_there_are_enough_kinds_of_wrong_source() -> None:
    assert len(cases._rule_folders()) >= 30


def test_a_disclaimer_too_long_for_its_page_is_found_and_builds_nothing(
    good: Path, tmp_path: Path
) -> None:
    folder = project(tmp_path / "project")
    shutil.copytree(good, folder / "output")
    words = folder / "source" / "disclaimers" / "en.md"
    more = "This sentence says once more that this booklet is not medical advice. " * 40
    text = words.read_text(encoding="utf-8").replace('version: "1.0"', 'version: "2.0"')
    words.write_text(f"{text}\n{more.strip()}\n", encoding="utf-8")
    assert inside("lock-disclaimer", cwd=folder).returncode == 0
    assert inside("check", "--today", TODAY, cwd=folder).returncode == 0
    done = inside("build", "--today", TODAY, "--jobs", "1", cwd=folder)
    assert done.returncode == 1
    assert " DISC-020 " in done.stdout
    assert "nothing was built for it" in done.stdout
    assert files(folder / "output") == files(good)


def test_a_good_source_does_change_the_files(good: Path, tmp_path: Path) -> None:
    folder = project(tmp_path / "project")
    shutil.copytree(good, folder / "output")
    chapter = folder / "source" / "tiny" / "01-first.md"
    chapter.write_text("# The first chapter\n\nOther words.\n", encoding="utf-8")
    assert inside("build", "--today", TODAY, "--jobs", "1", cwd=folder).returncode == 0
    before, after = files(good), files(folder / "output")
    assert set(before) == set(after)
    assert all(before[name] != after[name] for name in before)

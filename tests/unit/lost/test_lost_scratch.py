"""Passing files: in a folder of our own, gone at the end; what a killed run left goes, too."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from booklet import scratch
from tests.processes import environment


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    for name in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    yield tmp_path
    tempfile.tempdir = None


def test_passing_files_of_all_are_in_one_folder_that_goes(base: Path) -> None:
    show = "import tempfile; print(tempfile.mkdtemp())"
    with scratch.own_folder():
        here = Path(tempfile.mkdtemp())
        there = Path(subprocess.check_output([sys.executable, "-c", show], text=True).strip())
        (own,) = base.iterdir()
        assert here.parent == there.parent == own
    assert list(base.iterdir()) == []
    assert Path(tempfile.gettempdir()) == base


def test_what_a_killed_run_left_goes_with_the_next_and_nothing_else(base: Path) -> None:
    hold = (
        "import time\nfrom booklet import scratch\n"
        "with scratch.own_folder():\n    print(flush=True)\n    time.sleep(60)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", hold], env=environment(TMPDIR=str(base)), stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        other.stdout.readline()
        (of_the_other,) = base.iterdir()
        (of_the_other / "half").write_bytes(b"x")
        (base / "of-somebody-else").mkdir()
        with scratch.own_folder():
            assert of_the_other.exists(), "it still works there"
        other.kill()
    with scratch.own_folder():
        assert not of_the_other.exists()
    assert [path.name for path in base.iterdir()] == ["of-somebody-else"]


@pytest.mark.skipif(os.name == "nt", reason="links are rare there")
def test_a_link_is_not_followed(base: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    precious = tmp_path_factory.mktemp("precious")
    (precious / scratch.LOCK).write_bytes(b"")
    (base / f"{scratch.PREFIX}link").symlink_to(precious)
    with scratch.own_folder():
        assert (precious / scratch.LOCK).exists()


def test_without_room_there_is_no_folder_and_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_: str) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(tempfile, "mkdtemp", refuse)
    before = dict(os.environ)
    with scratch.own_folder():
        assert dict(os.environ) == before

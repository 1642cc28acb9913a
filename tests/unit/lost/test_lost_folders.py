"""Folders and files that fail, vanish or change in the middle: a line each, and old files stay."""

from __future__ import annotations

import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.faults import Came, Fault, Trials
from tests.processes import files
from tests.unit.lost.conftest import BUILD, World

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="capset, mount and /proc")
ONE = (*BUILD, "--jobs", "1")


@pytest.fixture
def place(world: World, tmp_path: Path) -> Iterator[Path]:
    folder = world.copy(tmp_path / "project")
    yield folder
    for path in (folder, *folder.rglob("*")):
        path.chmod(path.stat().st_mode | stat.S_IRWXU)


def assert_one_line(came: Came, *said: str, code: int = 3) -> None:
    """The command said one line on stderr, nothing of Python's, and left with this code."""
    assert came.code == code, (came.out, came.err)
    assert "Traceback" not in came.err + came.out
    told = came.err if code == 3 else came.out
    for words in said:
        assert words in told
    assert came.err.count("\n") == (code == 3)


def assert_old_files(folder: Path, world: World) -> None:
    assert files(folder / "output") == world.old


# ------------------------------------------------------------------- what may not be written


def test_an_output_folder_that_is_a_file(place: Path, tried: Trials) -> None:
    (place / "file").write_text("mine")
    came = tried.command(*ONE, "--out", "file", cwd=place)
    assert_one_line(came, "file: this is a file, not a folder", "--out")
    assert (place / "file").read_text() == "mine"


def test_a_file_where_the_folder_of_a_booklet_should_be(
    place: Path, world: World, tried: Trials
) -> None:
    (place / "other").mkdir()
    (place / "other" / "left").write_text("mine")
    came = tried.command(*ONE, "--out", "other", "left", cwd=place)
    assert came.code in (1, 3)
    assert "this is a file, not a folder" in came.err + came.out
    assert files(place / "other") == {"left": b"mine"}


@pytest.mark.parametrize("which", ["output", "output/left"])
def test_a_folder_that_may_not_be_written(
    which: str, place: Path, world: World, tried: Trials
) -> None:
    (place / which).chmod(0o555)
    came = tried.command(*ONE, "left", cwd=place, powerless=True)
    assert came.code in (1, 3)
    assert "this may not be written" in came.err + came.out
    assert "Traceback" not in came.err + came.out
    assert_old_files(place, world)


def test_a_finished_file_that_is_read_only_is_replaced(
    place: Path, world: World, tried: Trials
) -> None:
    for path in (place / "output").rglob("*"):
        if path.is_file():
            path.chmod(0o444)
    assert tried.command(*ONE, cwd=place, powerless=True).code == 0
    assert files(place / "output") == world.new


def test_a_list_of_files_that_may_not_be_read(place: Path, world: World, tried: Trials) -> None:
    (place / "output" / "manifest.json").chmod(0)
    came = tried.command(*ONE, cwd=place, powerless=True)
    assert_one_line(came, "may not be read")
    assert_old_files(place, world)


# ----------------------------------------------------------------------- a disk that is full


@contextmanager
def small_disk(folder: Path, kilobytes: int) -> Iterator[None]:
    """Have a real disk of its own, and a small one, in a folder; what is in it stays."""
    before = files(folder)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "none", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("only root may mount a small disk; a full one is played in every other test")
    try:
        for name, data in before.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_below_the_output_folder(place: Path, world: World, tried: Trials) -> None:
    used = sum(-(-len(data) // 4096) * 4 for data in world.old.values())
    with small_disk(place / "output", used + 100):
        came = tried.command(*ONE, cwd=place)
        assert_one_line(came, "output: the disk is full", "unchanged")
        assert_old_files(place, world)


def test_a_disk_that_fills_up_while_files_are_put_out(
    world: World, tried: Trials, tmp_path: Path
) -> None:
    """Played, so that it is tried where nobody may mount a disk."""
    folder = world.copy(tmp_path / "whole")
    whole = tried.command(*ONE, cwd=folder, fault=Fault(below=str(folder / "output")))
    assert whole.code == 0, whole.err
    first = [number for number, step in enumerate(whole.steps) if step.startswith("write")]
    for at in first[1 :: len(first) // 4]:
        folder = world.copy(tmp_path / str(at))
        fault = Fault("full", at, str(folder / "output"))
        came = tried.command(*ONE, cwd=folder, fault=fault)
        assert_one_line(came, "output: the disk is full", "unchanged")
        now = files(folder / "output")
        assert set(now) == set(world.old)
        for booklet in ("left/", "right/"):
            mine = {world.side(name, now[name]) for name in now if name.startswith(booklet)}
            assert mine in ({"old"}, {"new"})


def test_a_full_disk_below_the_cache_stops_nothing(
    place: Path, world: World, tried: Trials
) -> None:
    for path in (place / ".cache").rglob("*"):
        if path.is_file():
            path.unlink()
    with small_disk(place / ".cache", 100):
        came = tried.command(*ONE, cwd=place)
        assert (came.code, came.err) == (0, "")
        assert files(place / "output") == world.new
        assert not list((place / ".cache").rglob("*.part"))


def test_a_cache_that_is_a_file_stops_nothing(place: Path, world: World, tried: Trials) -> None:
    (place / "elsewhere").mkdir()
    (place / "elsewhere" / ".cache").write_text("mine")
    came = tried.command(*ONE, "left", "--out", "elsewhere/out", cwd=place)
    assert (came.code, came.err) == (0, "")
    assert (place / "elsewhere" / ".cache").read_text() == "mine"


def test_no_room_for_passing_files_stops_nothing(place: Path, world: World, tried: Trials) -> None:
    nowhere = {"TMPDIR": str(place / "nowhere")}
    came = tried.command(*ONE, cwd=place, env=nowhere)
    assert (came.code, came.err) == (0, "")
    assert files(place / "output") == world.new


def test_no_room_for_the_copies_that_outside_programs_get(
    place: Path, world: World, tried: Trials
) -> None:
    (place / "passing").mkdir()
    with small_disk(place / "passing", 12):
        came = tried.command(*ONE, "--full", cwd=place, env={"TMPDIR": str(place / "passing")})
        assert_one_line(came, "temporary", "No space left on device")
        assert_old_files(place, world)
        assert not list((place / "passing").iterdir())


# ------------------------------------------------------ what vanishes or cannot be read


def test_a_chapter_that_nobody_may_read(place: Path, world: World, tried: Trials) -> None:
    (place / "source" / "left" / "01-first.md").chmod(0)
    came = tried.command(*ONE, "left", cwd=place, powerless=True)
    assert came.code in (1, 3)
    assert "source/left/01-first.md: cannot be read: Permission denied" in came.err + came.out
    assert "Traceback" not in came.err + came.out
    assert_old_files(place, world)


@pytest.mark.parametrize("name", ["01-first.md", "booklet.yaml"])
@pytest.mark.parametrize("time", [0, 1, 2])
def test_a_file_that_vanishes_while_it_is_wanted(
    name: str, time: int, place: Path, world: World, tried: Trials
) -> None:
    target = place / "source" / "left" / name
    fault = Fault("remove", time, on=f"left/{name}", target=str(target))
    came = tried.command(*ONE, "left", cwd=place, fault=fault)
    assert not target.exists()
    assert "Traceback" not in came.err + came.out
    sides = {world.side(file, data) for file, data in files(place / "output").items()
             if file.startswith("left/")}  # fmt: skip
    if came.code == 0:  # it had been read before
        assert sides == {"new"}
    else:
        assert came.code in (1, 3)
        assert sides == {"old"}
        assert f"source/left/{name}" in came.err + came.out
    again = tried.command(*ONE, "left", cwd=place)
    assert again.code == 1
    assert f"source/left/{name}" in again.out


@pytest.mark.parametrize("time", [0, 1, 2])
def test_a_source_folder_that_vanishes(time: int, place: Path, world: World, tried: Trials) -> None:
    source = place / "source"
    fault = Fault("remove", time, on="left/01-first.md", target=str(source))
    came = tried.command(*ONE, cwd=place, fault=fault)
    assert not source.exists()
    assert "Traceback" not in came.err + came.out
    assert came.code in (1, 2, 3) or (came.code == 0 and time == 2)
    assert came.err.count("\n") <= 1
    for name, data in files(place / "output").items():
        assert world.side(name, data) != "torn" or name == "manifest.json"
    again = tried.command(*ONE, "--source", "source", cwd=place)
    assert again.code == 2
    assert again.err.startswith("source: there is no such folder")


@pytest.mark.parametrize("time", [0, 1, 2])
def test_a_source_that_changes_is_never_taken_for_what_was_built(
    time: int, place: Path, world: World, tried: Trials
) -> None:
    """New words become old ones again in the middle; the next run must notice."""
    chapter = place / "source" / "left" / "01-first.md"
    old = "# The first chapter\n\nOld words.\n"
    fault = Fault("write", time, on="left/01-first.md", target=str(chapter), text=old)
    came = tried.command(*ONE, cwd=place, fault=fault)
    assert came.code == 0, came.err
    assert "struck" in came.steps
    sides = {world.side(name, data) for name, data in files(place / "output").items()
             if name.startswith("left/")}  # fmt: skip
    assert len(sides) == 1
    chapter.write_text(old, encoding="utf-8")
    again = tried.command(*ONE, cwd=place)
    assert again.code == 0, again.err
    now = files(place / "output")
    assert {world.side(name, now[name]) for name in now if name.startswith("left/")} == {"old"}
    assert {world.side(name, now[name]) for name in now if name.startswith("right/")} == {"new"}


def test_an_output_folder_that_vanishes(place: Path, world: World, tried: Trials) -> None:
    out = place / "output"
    fault = Fault("remove", 2, on=".booklet-part", target=str(out))
    came = tried.command(*ONE, "left", cwd=place, fault=fault)
    assert came.code in (1, 3)
    assert "Traceback" not in came.err + came.out
    assert "cannot write: No such file or directory" in came.err + came.out
    assert tried.command(*ONE, cwd=place).code == 0
    assert files(out) == world.new


def test_a_cache_that_vanishes_stops_nothing(place: Path, world: World, tried: Trials) -> None:
    fault = Fault("remove", 0, on=".booklet-part", target=str(place / ".cache"))
    came = tried.command(*ONE, cwd=place, fault=fault)
    assert (came.code, came.err) == (0, "")
    assert files(place / "output") == world.new


def test_a_picture_that_vanishes_is_missed(place: Path, world: World, tried: Trials) -> None:
    words = "# The first chapter\n\n![A disc of one colour.](images/disc.svg)\n"
    (place / "source" / "left" / "01-first.md").write_text(words, encoding="utf-8")
    picture = place / "source" / "left" / "images" / "disc.svg"
    picture.parent.mkdir()
    picture.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
    )
    fault = Fault("remove", 1, on="images/disc.svg", target=str(picture))
    came = tried.command(*ONE, "left", cwd=place, fault=fault)
    assert came.code in (1, 3)
    assert not picture.exists()
    assert "source/left/images/disc.svg" in came.err + came.out
    assert "Traceback" not in came.err + came.out
    assert_old_files(place, world)


# ---------------------------------------------------------------------------- the lock file


def test_locking_is_old_or_new_and_leaves_nothing(place: Path, tried: Trials, world: World) -> None:
    words = place / "source" / "disclaimers" / "en.md"
    text = words.read_text(encoding="utf-8").replace('version: "1.0"', 'version: "1.1"')
    words.write_text(text, encoding="utf-8")
    folder = place / "source" / "disclaimers"
    before, lock = files(folder), "lock.yaml"
    whole = tried.command("lock-disclaimer", cwd=place, fault=Fault(below=str(folder)))
    assert whole.code == 0, whole.err
    after = files(folder)
    assert set(after) == set(before)
    assert after[lock] != before[lock]
    for at in range(len(whole.steps)):
        (folder / lock).write_bytes(before[lock])
        fault = Fault("kill", at, str(folder))
        assert tried.command("lock-disclaimer", cwd=place, fault=fault).code == -9
        assert (folder / lock).read_bytes() in (before[lock], after[lock])
        (folder / lock).write_bytes(before[lock])
        assert tried.command("lock-disclaimer", cwd=place).code == 0
        assert files(folder) == after

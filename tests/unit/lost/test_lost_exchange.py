"""A set of files is old or new, whatever happens between two steps: every step is tried."""

from __future__ import annotations

import errno
import itertools
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from booklet import exchange, output
from tests.faults import Came, Fault, Kind, Trials, trials
from tests.processes import environment

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="names an open file by /proc")
OLD = {"a/1.pdf": "old one", "a/2.epub": "old two", "manifest.json": "old list"}
NEW = {"a/1.pdf": "new one", "a/2.epub": "new two", "b/3.pdf": "three", "manifest.json": "new list"}
SAME = {"untouched/by-hand.txt": "mine"}


@pytest.fixture(scope="module")
def tried() -> Iterator[Trials]:
    with trials(environment()) as ready:
        yield ready


def lay_out(folder: Path) -> Path:
    """Write the old files; return the folder."""
    for name, text in {**OLD, **SAME}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


def texts(folder: Path) -> dict[str, str]:
    """All files below a folder, hidden ones too."""
    return {
        path.relative_to(folder).as_posix(): path.read_text()
        for path in folder.rglob("*")
        if path.is_file()
    }


def struck(tried: Trials, folder: Path, kind: Kind, at: int, number: int = 0) -> Came:
    return tried.publish(folder, NEW, fault=Fault(kind, at, str(folder), number))


def every_step(tried: Trials, tmp_path: Path) -> tuple[str, ...]:
    came = tried.publish(lay_out(tmp_path / "whole"), NEW)
    assert came.code == 0, came.err
    assert texts(tmp_path / "whole") == {**OLD, **NEW, **SAME}
    return came.steps


def assert_whole(folder: Path) -> None:
    """Every file is old or new, as far as anybody sees it."""
    for name, text in texts(folder).items():
        if not Path(name).name.startswith("."):
            assert text in {OLD.get(name), NEW.get(name), SAME.get(name)}, name
    assert all((folder / name).is_file() for name in {**OLD, **SAME})


def assert_one_set(folder: Path) -> str:
    """The set is all old or all new, and nothing else is there; return which."""
    now = texts(folder)
    assert now in ({**OLD, **SAME}, {**OLD, **NEW, **SAME})
    return "new" if now["manifest.json"] == NEW["manifest.json"] else "old"


def test_a_kill_at_any_step_leaves_a_whole_set(tried: Trials, tmp_path: Path) -> None:
    steps = every_step(tried, tmp_path)
    sides = []
    for at in range(len(steps)):
        folder = lay_out(tmp_path / str(at))
        assert struck(tried, folder, "kill", at).code == -9
        assert_whole(folder)
        was_half = len({text[:3] for name, text in texts(folder).items() if name in OLD}) > 1
        assert not was_half or exchange.is_unsettled(folder)
        assert tried.publish(folder).code == 0
        sides.append(assert_one_set(folder))
    assert sides == sorted(sides, reverse=True), "old until the note is gone, new from then on"
    assert set(sides) == {"old", "new"}
    assert len(steps) > 25


def test_a_kill_while_the_old_files_are_put_back_loses_nothing(
    tried: Trials, tmp_path: Path
) -> None:
    steps = every_step(tried, tmp_path)
    placed = [at for at, step in enumerate(steps) if step == "rename manifest.json"]
    (last,) = placed
    for again in itertools.count():
        folder = lay_out(tmp_path / f"again {again}")
        assert struck(tried, folder, "kill", last).code == -9
        assert exchange.is_unsettled(folder)
        ended = tried.publish(folder, fault=Fault("kill", again, str(folder))).code
        assert_whole(folder)
        assert tried.publish(folder).code == 0
        assert assert_one_set(folder) == "old"
        if ended == 0:
            break
    assert again > 10


@pytest.mark.parametrize("kind", ["error", "full", "interrupt"])
def test_a_fault_at_any_step_keeps_the_old_files(kind: Kind, tried: Trials, tmp_path: Path) -> None:
    steps = every_step(tried, tmp_path)
    codes = set()
    for at in range(len(steps)):
        folder = lay_out(tmp_path / f"{kind} {at}")
        came = struck(tried, folder, kind, at, errno.EIO)
        codes.add(came.code)
        assert_whole(folder)
        assert came.err.count("\n") == (came.code == 3)
        if kind == "full" and "disk is full" in came.err:
            assert "unchanged" in came.err
            assert not (folder / "b").exists(), "no empty folder"
        names = {name for name in texts(folder) if not name.endswith(output.LOCK)}
        assert names in ({*OLD, *SAME}, {*OLD, *NEW, *SAME}), (at, steps[at])
        assert tried.publish(folder).code == 0
        side = assert_one_set(folder)
        assert side == "new" or came.code != 0
    assert codes - {0} == ({130} if kind == "interrupt" else {3})


def test_what_a_power_cut_may_undo_is_undone_in_order(tried: Trials, tmp_path: Path) -> None:
    """Data before names, the note before the first change, the note's end before old files go."""
    steps = list(every_step(tried, tmp_path))

    def at(step: str) -> int:
        assert step in steps, steps
        return steps.index(step)

    first = min(number for number, step in enumerate(steps) if step in _renames())
    last = max(number for number, step in enumerate(steps) if step in _renames())
    for name in NEW:
        part = exchange.beside(Path(name), exchange.PART).as_posix()
        assert at(f"write {part}") < at(f"fsync {part}") < first
    for name in OLD:
        assert at(f"link {exchange.beside(Path(name), exchange.KEPT).as_posix()}") < first
    note = at(f"rename {exchange.NOTE}")
    assert at(f"fsync .{exchange.NOTE}{exchange.PART}") < note
    # The folders: the second names of the old files, then the note, then the new names.
    before, after = steps[:note], steps[note:]
    for folder in ("fsync a", "fsync b", "fsync "):
        assert folder in before
        assert folder in after
    assert "fsync " in steps[note:first]
    assert {"fsync a", "fsync b", "fsync "} <= set(steps[last : at(f"remove {exchange.NOTE}")])
    gone = at(f"remove {exchange.NOTE}")
    kept = [
        number
        for number, step in enumerate(steps)
        if step.startswith("remove") and step.endswith(exchange.KEPT) and number > gone
    ]
    assert "fsync " in steps[gone : kept[0]]


def _renames() -> set[str]:
    return {f"rename {name}" for name in NEW}


def test_a_note_that_is_no_note_is_dropped(tmp_path: Path) -> None:
    lay_out(tmp_path)
    (tmp_path / exchange.NOTE).write_bytes(b"{ half")
    output.put_back(tmp_path)
    assert texts(tmp_path) == {**OLD, **SAME}


def test_a_note_leads_nowhere_else(tmp_path: Path) -> None:
    out = lay_out(tmp_path / "out")
    (tmp_path / "precious").write_text("mine")
    (out / exchange.NOTE).write_text('{"../precious": false, "a/1.pdf": false}')
    output.put_back(out)
    assert (tmp_path / "precious").read_text() == "mine"
    assert "a/1.pdf" not in texts(out)

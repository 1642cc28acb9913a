"""The output folder: safe names, whole sets or none, one build at a time, nothing left behind."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booklet import exchange, output
from booklet.errors import MachineError


def everything(folder: Path) -> dict[str, bytes]:
    """All files below a folder, hidden ones too."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


# -------------------------------------------------------------------------------- names


def test_the_name_says_booklet_language_edition_and_clinic() -> None:
    name = output.file_name("my-booklet", "en-US", "large-print-A4", "riverside", "pdf")
    assert name == "my-booklet_en-US_large-print-A4_riverside.pdf"
    assert output.file_name("a", "en", "ebook", None, "epub") == "a_en_ebook.epub"
    assert output.place("my-booklet", name) == f"my-booklet/{name}"


@pytest.mark.parametrize("part", ["con", "NUL", "com1", "lpt9", "aux.2", "a.", "x ", 'a<b>"c', ""])
def test_names_that_windows_refuses_are_changed(part: str) -> None:
    name = output.safe_name(part)
    assert name != part
    assert not output.RESERVED.fullmatch(name)
    assert not name.endswith((".", " "))


@given(st.text(max_size=200))
def test_any_text_becomes_a_safe_name(part: str) -> None:
    name = output.safe_name(part)
    assert 1 <= len(name) <= output.LONGEST + 9
    assert set(name) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-")
    assert not name.startswith((".", "-"))
    assert not name.endswith((".", "-"))
    assert not output.RESERVED.fullmatch(name)


def test_two_parts_never_meet_in_one_name() -> None:
    parts = ["a b", "a-b", "a/b", "a\\b", "con", "x" * 100, "x" * 101]
    assert len({output.safe_name(part).casefold() for part in parts}) == len(parts)


# ------------------------------------------------------------------------------ publish


def test_a_set_is_put_in_place_and_nothing_else(tmp_path: Path) -> None:
    output.publish(tmp_path, {"a/1.pdf": b"one", "a/2.epub": b"two", "manifest.json": b"{}"})
    assert everything(tmp_path) == {"a/1.pdf": b"one", "a/2.epub": b"two", "manifest.json": b"{}"}


def test_a_file_that_is_the_same_is_left_alone(tmp_path: Path) -> None:
    output.publish(tmp_path, {"a": b"same", "b": b"old"})
    os.utime(tmp_path / "a", (1, 1))
    output.publish(tmp_path, {"a": b"same", "b": b"new"})
    assert (tmp_path / "a").stat().st_mtime == 1
    assert (tmp_path / "b").read_bytes() == b"new"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_a_new_file_may_be_read_by_those_whom_the_umask_allows(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        output.publish(tmp_path, {"a": b"1"})
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o644


def test_a_full_disk_leaves_the_old_files_and_no_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = {"a/1": b"old one", "a/2": b"old two"}
    output.publish(tmp_path, old)
    calls: list[int] = []

    def full(handle: int) -> None:
        calls.append(handle)
        if len(calls) == 2:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(MachineError, match="disk is full") as fault:
        output.publish(tmp_path, {"a/1": b"new one", "a/2": b"new two"})
    assert fault.value.exit_code == 3
    assert "unchanged" in fault.value.line()
    assert everything(tmp_path) == old


@pytest.mark.parametrize("links", [True, False])
@pytest.mark.parametrize("error", [PermissionError(errno.EACCES, "busy"), KeyboardInterrupt()])
def test_when_one_file_cannot_take_its_place_the_others_go_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException, links: bool
) -> None:
    old = {"a/1": b"old one", "a/2": b"old two"}
    output.publish(tmp_path, old)
    replace = os.replace

    def stubborn(source: Path, target: Path) -> None:
        if target.name == "3" and not source.name.endswith(exchange.KEPT):
            raise error
        replace(source, target)

    def no_links(source: Path, target: Path) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "replace", stubborn)
    if not links:
        monkeypatch.setattr(os, "link", no_links)
    expected = KeyboardInterrupt if isinstance(error, KeyboardInterrupt) else MachineError
    with pytest.raises(expected):
        output.publish(tmp_path, {"a/0": b"new", "a/1": b"new one", "a/3": b"new three"})
    assert everything(tmp_path) == old


def test_a_file_where_the_folder_should_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "out").write_bytes(b"")
    with (
        pytest.raises(MachineError, match="a file, not a folder"),
        output.locked(tmp_path / "out"),
    ):
        pytest.fail("a file was locked")


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (errno.EROFS, "this may not be written"),
        (errno.EACCES, "this may not be written"),
        (errno.EDQUOT, "the disk is full"),
        (errno.EIO, "cannot write: Input/output error"),
    ],
)
def test_why_it_cannot_be_written_is_said_in_plain_words(
    number: int, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: object) -> None:
        raise OSError(number, os.strerror(number), str(tmp_path / "a" / ".1.booklet-part"))

    monkeypatch.setattr(exchange, "write", refuse)
    with pytest.raises(MachineError, match=told) as fault:
        output.publish(tmp_path, {"a/1": b"x"})
    assert fault.value.exit_code == 3
    assert fault.value.where == (str(tmp_path) if "disk" in told else str(tmp_path / "a" / "1"))


# --------------------------------------------------------------------------------- lock


def test_a_second_build_in_the_same_folder_is_refused_in_one_line(tmp_path: Path) -> None:
    other = tmp_path / "other"
    with (
        output.locked(tmp_path / "out"),
        pytest.raises(MachineError, match="another build") as fault,
        output.locked(tmp_path / "out"),
    ):
        pytest.fail("two builds hold one folder")
    assert fault.value.exit_code == 3
    assert "\n" not in fault.value.line()
    with output.locked(tmp_path / "out"), output.locked(other):
        assert other.is_dir()


def test_the_lock_leaves_no_file(tmp_path: Path) -> None:
    with output.locked(tmp_path):
        assert (tmp_path / output.LOCK).exists()
    assert everything(tmp_path) == {}


def test_an_old_lock_file_and_leftovers_of_a_killed_build_are_cleared(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / output.LOCK).write_bytes(b"")
    (tmp_path / f".manifest.json{exchange.PART}").write_bytes(b"half")
    (tmp_path / "a" / f".1.pdf{exchange.PART}").write_bytes(b"half")
    (tmp_path / "a" / f".1.pdf{exchange.KEPT}").write_bytes(b"old")
    (tmp_path / "a" / "1.pdf").write_bytes(b"old")
    (tmp_path / "a" / ".mine").write_bytes(b"not ours")
    with output.locked(tmp_path):
        pass
    assert everything(tmp_path) == {"a/1.pdf": b"old", "a/.mine": b"not ours"}


@pytest.mark.skipif(os.name == "nt", reason="uses a POSIX kill")
def test_the_lock_of_a_killed_process_is_free_again(tmp_path: Path) -> None:
    hold = (
        "import sys, time; from pathlib import Path; from booklet.output import locked\n"
        "with locked(Path(sys.argv[1])): print('held', flush=True); time.sleep(60)"
    )
    command = [sys.executable, "-c", hold, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(MachineError, match="another build"), output.locked(tmp_path):
            pytest.fail("two builds hold one folder")
        holder.kill()
    with output.locked(tmp_path):
        pass
    assert everything(tmp_path) == {}


def test_a_file_that_is_not_there_reads_as_nothing(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_bytes(b"x")
    assert output.read(tmp_path, "missing/deep") == b""
    assert output.read(tmp_path, "folder") == b""
    assert output.read(tmp_path, "file/below") == b""
    assert output.read(tmp_path, "file") == b"x"

"""What counts as a change, whichever way a program saves."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from booklet.preview.watching import look, watch


@pytest.fixture
def place(tmp_path: Path) -> Path:
    folder = tmp_path / "source" / "tiny"
    folder.mkdir(parents=True)
    (folder / "01.md").write_text("One")
    return folder


def save_in_place(place: Path) -> None:
    (place / "01.md").write_text("Two, longer")


def save_same_size(place: Path) -> None:
    (place / "01.md").write_text("Two")
    os.utime(place / "01.md", ns=(5, 5))


def save_by_rename(place: Path) -> None:
    old = (place / "01.md").stat()
    (place / "new").write_text("Two")
    os.utime(place / "new", ns=(old.st_atime_ns, old.st_mtime_ns))
    (place / "new").replace(place / "01.md")


def add(place: Path) -> None:
    (place / "images").mkdir()
    (place / "images" / "dot.svg").write_text("<svg/>")


def remove(place: Path) -> None:
    (place / "01.md").unlink()


def rename_folder(place: Path) -> None:
    place.rename(place.with_name("other"))


CHANGES = [save_in_place, save_same_size, save_by_rename, add, remove, rename_folder]


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_seen(place: Path, change: object) -> None:
    before = look([place.parent])
    change(place)  # type: ignore[operator]  # one of the functions above
    assert look([place.parent]) != before


@pytest.mark.parametrize("name", [".01.md.swp", "01.md~", ".#01.md", "#01.md#", "4913.tmp"])
def test_what_an_editor_leaves_beside_a_file_is_none(place: Path, name: str) -> None:
    before = look([place.parent])
    (place / name).write_text("half")
    assert look([place.parent]) == before


def test_a_missing_folder_is_empty(tmp_path: Path) -> None:
    assert look([tmp_path / "gone"]) == {}


def test_a_link_is_not_followed(place: Path) -> None:
    (place / "loop").symlink_to(place, target_is_directory=True)
    assert len(look([place])) == 2


def test_several_steps_of_one_save_are_one_change(place: Path) -> None:
    told: list[str] = []
    # What is in the file during each pause; then it is time to stop.
    steps = iter(["One", "", "Half", "The whole", "The whole", "The whole"])

    def pause(_: float) -> bool:
        text = next(steps, None)
        if text is not None and text != (place / "01.md").read_text():
            (place / "01.md").write_text(text)
        return text is None

    watch([place.parent], lambda: told.append((place / "01.md").read_text()), pause)
    assert told == ["The whole"]

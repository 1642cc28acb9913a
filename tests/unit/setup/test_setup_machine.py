"""What the machine has: C libraries by platform, and who may install packages."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest

from booklet import machine


def only(*programs: str) -> Callable[[str], str | None]:
    return lambda name: f"/usr/bin/{name}" if name in programs else None


def loads(*names: str) -> Callable[[str], object]:
    def load(name: str) -> object:
        if name in names:
            return name
        raise OSError(name)

    return load


@pytest.fixture
def nothing_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ctypes.util.find_library", lambda name: None)


@pytest.mark.parametrize(
    ("platform", "file"),
    [
        ("linux", "libpangoft2-1.0.so.0"),
        ("darwin", "libpangoft2-1.0.dylib"),
        ("win32", "libpangoft2-1.0-0.dll"),
    ],
)
def test_a_library_goes_by_its_platforms_name(platform: str, file: str) -> None:
    assert machine.LIBRARIES[-1].file(platform) == file


@pytest.mark.usefixtures("nothing_found")
def test_exactly_the_libraries_that_do_not_load_are_missing() -> None:
    here = [row.linux for row in machine.LIBRARIES if row.name != "harfbuzz-subset"]
    assert machine.missing_libraries(loads(*here), "linux") == ("harfbuzz-subset",)


@pytest.mark.usefixtures("nothing_found")
def test_an_empty_machine_lacks_all() -> None:
    assert len(machine.missing_libraries(loads(), "darwin")) == len(machine.LIBRARIES)


def test_a_library_that_only_the_system_can_find_counts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    place = "/opt/homebrew/lib/libharfbuzz.0.dylib"
    monkeypatch.setattr("ctypes.util.find_library", lambda name: place)
    harfbuzz = next(row for row in machine.LIBRARIES if row.name == "harfbuzz")
    assert machine.load_library(harfbuzz, loads(place), "darwin") == place


def test_the_libraries_are_those_the_engine_itself_loads() -> None:
    import weasyprint.text.ffi as engine

    with open(engine.__file__, encoding="utf-8") as file:
        text = file.read()
    for row in machine.LIBRARIES:
        for name in (row.linux, row.macos, row.windows):
            assert f"'{name}'" in text, name


@pytest.mark.parametrize(
    ("platform", "programs", "command"),
    [
        ("linux", ("apt-get",), "sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0"),
        ("linux", ("dnf",), "sudo dnf install pango"),
        ("linux", (), "with your system's package manager"),
        ("darwin", ("brew",), "brew install pango"),
        ("darwin", (), "https://brew.sh"),
        ("win32", (), "pacman -S mingw-w64-ucrt-x86_64-pango"),
    ],
)
def test_the_command_for_the_libraries(
    platform: str, programs: tuple[str, ...], command: str
) -> None:
    assert command in machine.library_command(platform, only(*programs))


@pytest.mark.parametrize(
    ("user", "programs", "sudo_code", "prefix"),
    [
        (0, ("apt-get",), 1, ()),
        (1000, ("apt-get", "sudo"), 0, ("sudo", "-n")),
        (1000, ("apt-get", "sudo"), 1, None),
        (1000, ("apt-get",), 0, None),
        (0, ("dnf",), 0, None),
    ],
)
def test_who_may_install_with_apt(
    user: int,
    programs: tuple[str, ...],
    sudo_code: int,
    prefix: tuple[str, ...] | None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: user, raising=False)
    assert machine.apt_prefix(only(*programs), lambda command: sudo_code) == prefix

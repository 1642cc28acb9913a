"""The project as a package: the wheel carries all that the code reads, and runs elsewhere."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

PROJECT = Path(__file__).resolve().parents[3]
DATA = (
    "booklet/catalogue/*.toml",
    "booklet/words/*.toml",
    "booklet/**/*.html",
    "booklet/starter/**/*.*",
    "booklet/**/*.json",
    "booklet/**/*.conf",
    "booklet/**/*.java",
    "booklet/**/*.js",
    "booklet/preview/static/*",
)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    (place,) = WheelBuilder(str(PROJECT)).build(directory=str(folder), versions=["standard"])
    return Path(place)


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel unpacked as pip would lay it out: it holds pure Python alone."""
    folder = tmp_path_factory.mktemp("site") / "a folder with spaces"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


@pytest.mark.parametrize("pattern", DATA)
def test_the_wheel_carries_every_file_that_the_code_reads(wheel: Path, pattern: str) -> None:
    wanted = {path.relative_to(PROJECT).as_posix() for path in PROJECT.glob(pattern)}
    wanted = {name for name in wanted if "booklet/styles/" not in name}
    with zipfile.ZipFile(wheel) as archive:
        assert wanted, f"nothing in the project is named {pattern}"
        assert wanted <= set(archive.namelist())


def test_the_wheel_carries_every_style(wheel: Path) -> None:
    styles = PROJECT / "styles"
    wanted = {
        f"booklet/styles/{path.relative_to(styles).as_posix()}"
        for path in styles.rglob("*")
        if path.is_file()
    }
    with zipfile.ZipFile(wheel) as archive:
        assert wanted
        assert wanted <= set(archive.namelist())


def test_the_wheel_carries_nothing_of_the_workshop(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        tops = {name.partition("/")[0] for name in archive.namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"booklet"}


def test_the_wheel_names_the_command_and_the_licence(installed: Path) -> None:
    (info,) = installed.glob("*.dist-info")
    commands = (info / "entry_points.txt").read_text(encoding="utf-8")
    assert "make-booklet = booklet.__main__:run" in commands
    assert "License-Expression: AGPL-3.0-or-later" in (info / "METADATA").read_text("utf-8")
    assert "AFFERO" in (info / "licenses" / "LICENSE").read_text("utf-8")


def run_installed(installed: Path, here: Path, *arguments: str) -> str:
    script = (
        f"import sys; sys.path.insert(0, {str(installed)!r}); import booklet;"
        f"assert booklet.__file__.startswith({str(installed)!r}), booklet.__file__;"
        "sys.argv[0] = 'make-booklet'; from booklet.cli import main; sys.exit(main())"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", script, *arguments],
        cwd=here,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_installed_command_helps(installed: Path, tmp_path: Path) -> None:
    assert "make-booklet" in run_installed(installed, tmp_path, "--help")


@pytest.mark.slow
def test_the_installed_command_builds_the_sample_elsewhere(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "source").symlink_to(PROJECT / "source")
    out = str(tmp_path / "books")
    run_installed(installed, tmp_path, "build", "--edition", "large-a4,epub", "--out", out)
    endings = {path.suffix for path in (tmp_path / "books").rglob("*") if path.is_file()}
    assert {".pdf", ".epub", ".json"} <= endings

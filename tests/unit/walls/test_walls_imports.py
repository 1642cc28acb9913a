"""The walls between the rooms stand, and would be seen to fall."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[3]
LINT = "from importlinter.cli import lint_imports_command; lint_imports_command()"


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", LINT, "--no-cache"],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_every_room_keeps_its_walls() -> None:
    done = lint(PROJECT)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_verifier_that_imports_a_writer_is_caught(tmp_path: Path) -> None:
    for name in ("booklet", "booklet/verify", "booklet/writers"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").touch()
    (tmp_path / "booklet/verify/pdf.py").write_text("import booklet.writers\n")
    settings = (PROJECT / "pyproject.toml").read_text(encoding="utf-8")
    head, *contracts = settings.split("[[tool.importlinter.contracts]]")
    root = '[tool.importlinter]\nroot_packages = ["booklet"]\n'
    rooms = '\nname = "rooms"\ntype = "layers"\nlayers = ["booklet.verify | booklet.writers"]\n'
    assert "root_packages" in head
    assert contracts
    (tmp_path / "pyproject.toml").write_text(f"{root}[[tool.importlinter.contracts]]{rooms}")
    done = lint(tmp_path)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "booklet.verify.pdf -> booklet.writers" in done.stdout


def test_the_contracts_say_what_the_design_says() -> None:
    settings = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = {row["id"]: row for row in settings["tool"]["importlinter"]["contracts"]}
    rooms = next(row for row in contracts["rooms"]["layers"] if "verify" in row.split(" | "))
    assert {"readers", "checks", "writers", "verify"} <= set(rooms.split(" | "))
    assert "booklet.writers" in contracts["stranger"]["forbidden_modules"]
    assert contracts["rooms"]["exhaustive"] is True

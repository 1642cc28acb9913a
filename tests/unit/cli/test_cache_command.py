"""The ``cache`` command: how much there is, what is pruned, and what was damaged."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import jsonschema
import pytest

from booklet import cli
from booklet.cache import Store, beside
from tests.processes import ROOT

SCHEMA = json.loads((ROOT / "docs" / "report.schema.json").read_text("utf-8"))
DAY = 86_400


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A cache of three entries, last used today, 40 days ago and 80 days ago."""
    (tmp_path / "source" / "disclaimers").mkdir(parents=True)
    store = Store(beside(tmp_path / "output"))
    for number, days in enumerate((0, 40, 80)):
        key = f"{number}{number}" + "a" * 62
        store.write(key, b"{}", b"x" * 1_000_000)
        used = time.time() - days * DAY
        os.utime(store.path(key), (used, used))
    return store


def cache(store: Store, *words: str) -> int:
    source = store.folder.parents[1] / "source"
    return cli.main(["cache", *words, "--source", str(source)])


def test_it_says_how_much_there_is_and_where(
    store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cache(store) == 0
    since = time.strftime("%Y-%m-%d", time.localtime(store.entries()[0].used))
    words = f"3 entries, 3.0 MB, the oldest last used on {since}: {store.folder.as_posix()}\n"
    assert capsys.readouterr().out == words


@pytest.mark.parametrize(
    ("words", "left"),
    [
        (("prune",), 1),
        (("prune", "--days", "60"), 2),
        (("prune", "--days", "0"), 0),
        (("prune", "--size", "2"), 1),
        (("prune", "--size", "3"), 2),
        (("prune", "--size", "100"), 3),
        (("prune", "--size", "100", "--days", "60"), 2),
    ],
)
def test_it_prunes_what_is_old_or_too_much(
    store: Store, words: tuple[str, ...], left: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cache(store, *words) == 0
    assert len(store.entries()) == left
    gone = 3 - left
    assert f"{gone} entr{'y' if gone == 1 else 'ies'} removed" in capsys.readouterr().out


def test_a_damaged_entry_is_told_and_removed(
    store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cache(store, "verify") == 0
    assert "Every entry is whole." in capsys.readouterr().out
    path = store.entries()[0].path
    path.write_bytes(path.read_bytes()[:-1])
    assert cache(store, "verify") == 1
    assert "1 entry damaged and removed" in capsys.readouterr().out
    assert len(store.entries()) == 2
    assert cache(store, "verify") == 0


@pytest.mark.parametrize("action", ["see", "prune", "verify"])
def test_programs_get_json(store: Store, action: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cache(store, action, "--format", "json") == 0
    answer = json.loads(capsys.readouterr().out)
    jsonschema.validate(answer, SCHEMA)
    assert answer["cache"]["action"] == action
    removed = 2 if action == "prune" else 0
    assert (answer["cache"]["entries"], answer["cache"]["removed"]) == (3 - removed, removed)


def test_an_empty_cache_is_no_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "source" / "disclaimers").mkdir(parents=True)
    for action in ("see", "prune", "verify"):
        assert cli.main(["cache", action, "--source", str(tmp_path / "source")]) == 0
        assert "The cache is empty" in capsys.readouterr().out


@pytest.mark.parametrize("words", [("--days", "3"), ("verify", "--size", "3"), ("prun",)])
def test_wrong_words_are_refused(store: Store, words: tuple[str, ...]) -> None:
    assert cache(store, *words) == 2
    assert len(store.entries()) == 3

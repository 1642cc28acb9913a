"""Entries come back as they were kept, or not at all; none is trusted for lying there."""

from __future__ import annotations

import hashlib
import os
import pickle
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from booklet import cache
from booklet.cache import Store
from booklet.editions import Artifact, Made, PageStart, ToolResult, Verdict, edition
from booklet.findings import Finding, Severity
from booklet.model import Span

KEY = "ab" + "0" * 62
ROW = edition("large-a4")
WARNING = Finding("PDF-1", Severity.WARNING, Span("x/a.pdf", 3), "Small \u2028 \n thing.", "Look.")


def made(data: bytes = b"%PDF\n\0bytes\n", *findings: Finding) -> Made:
    digest = hashlib.sha256(data).hexdigest()
    pages = (PageStart("1", "cover", 0), PageStart("2", "a", 41))
    artifact = Artifact(ROW, "a.pdf", ROW.media_type, data, digest, "", 2, pages)
    tools = (ToolResult("glyphs", "passed", "18 points"), ToolResult("vera", "not checked", ""))
    verdict = Verdict(artifact, findings, tools)
    return Made(findings, verdict, (("pango", "1.56"),), "Heading level 1: Stroke\n")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / ".cache" / "booklet")


def recall(store: Store, key: str = KEY) -> Made | None:
    return cache.recall(store, key, ROW)


def test_what_was_kept_comes_back_equal(store: Store) -> None:
    old = made(b"%PDF\n\0bytes\n", WARNING)
    cache.keep(store, KEY, old)
    assert recall(store) == old
    assert [path.name for path in store.folder.rglob("*") if path.is_file()] == [KEY]


def test_an_unknown_key_gives_nothing(store: Store) -> None:
    assert recall(store) is None


def test_what_is_blocked_is_not_kept(store: Store) -> None:
    cache.keep(store, KEY, made(b"%PDF", replace(WARNING, severity=Severity.ERROR)))
    cache.keep(store, KEY, Made((WARNING,)))
    assert store.entries() == ()


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "cut short": lambda old: old[:-1],
    "half": lambda old: old[: len(old) // 2],
    "longer": lambda old: old + b"\0",
    "one byte of the file": lambda old: old.replace(b"bytes", b"Bytes"),
    "one word of the verdict": lambda old: old.replace(b"18 points", b"17 points"),
    "another program's": lambda _: b"SQLite format 3\0",
    "a pickle": lambda _: pickle.dumps({"key": KEY}),
    "an older form": lambda old: old.replace(b"booklet-cache-1", b"booklet-cache-0", 1),
    "no digest": lambda old: old.partition(b"\n")[2],
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_entry_is_as_none_and_is_made_anew(
    store: Store, damage: Callable[[bytes], bytes]
) -> None:
    cache.keep(store, KEY, made())
    path = store.path(KEY)
    path.write_bytes(damage(path.read_bytes()))
    assert recall(store) is None
    assert [entry.path for entry in store.damaged()] == [path]
    cache.keep(store, KEY, made())
    assert recall(store) == made()
    assert store.damaged() == ()


def test_an_entry_under_another_key_is_not_taken(store: Store) -> None:
    cache.keep(store, KEY, made())
    other = "ab" + "1" * 62
    store.path(KEY).rename(store.path(other))
    assert recall(store, other) is None


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"[]",
        b"{}",
        b'{"name": 3}',
        b"not json",
        b"\xff",
        b'{"__reduce__": ["os.system", ["true"]]}',
    ],
)
def test_a_sound_entry_of_strange_content_is_not_taken(store: Store, line: bytes) -> None:
    store.write(KEY, line, b"data")
    assert store.read(KEY) == (line, b"data")
    assert recall(store) is None


def test_a_file_that_is_not_the_one_its_note_names_is_not_taken(store: Store) -> None:
    cache.keep(store, KEY, made())
    entry = store.read(KEY)
    assert entry
    store.write(KEY, entry[0], b"%PDF of somebody else")
    assert recall(store) is None


def test_a_cache_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    store = Store(tmp_path / "file" / "booklet")
    cache.keep(store, KEY, made())
    assert recall(store) is None
    assert store.entries() == ()


def test_a_folder_in_the_place_of_an_entry_is_done_without(store: Store) -> None:
    store.path(KEY).mkdir(parents=True)
    cache.keep(store, KEY, made())
    assert recall(store) is None
    assert list(store.folder.rglob("*.part")) == []


# ------------------------------------------------------------------------- see and prune


def aged(store: Store, number: int, used: float, size: int = 100) -> Path:
    key = f"{number:02d}" + "0" * 62
    store.write(key, b"{}", b"x" * size)
    os.utime(store.path(key), (used, used))
    return store.path(key)


def test_entries_are_listed_from_the_one_used_longest_ago(store: Store) -> None:
    late, early = aged(store, 1, 2000), aged(store, 2, 1000)
    assert [(entry.path, entry.used) for entry in store.entries()] == [(early, 1000), (late, 2000)]
    assert store.entries()[0].size == early.stat().st_size


def test_reading_an_entry_makes_it_young(store: Store) -> None:
    path = aged(store, 1, 1000)
    assert store.read(path.name)
    assert path.stat().st_mtime > 1000


def test_old_entries_are_pruned(store: Store) -> None:
    old, new = aged(store, 1, 1000), aged(store, 2, 2000)
    assert [entry.path for entry in store.prune(unused_since=1500)] == [old]
    assert [entry.path for entry in store.entries()] == [new]


def test_a_cache_that_is_too_large_loses_its_oldest(store: Store) -> None:
    paths = [aged(store, number, 1000 + number) for number in range(4)]
    each = paths[0].stat().st_size
    assert [entry.path for entry in store.prune(most=2 * each)] == paths[:2]
    assert store.prune(most=2 * each) == ()


def test_the_halves_of_a_killed_build_are_pruned_and_never_read(store: Store) -> None:
    aged(store, 1, 9000)
    half, fresh = store.folder / "01" / "tmpa.part", store.folder / "01" / "tmpb.part"
    for path, used in ((half, 1000.0), (fresh, 8000.0)):
        path.write_bytes(b"half")
        os.utime(path, (used, used))
    assert len(store.entries()) == 1
    assert [entry.path for entry in store.prune()] == [half]
    assert fresh.exists()


def test_the_cache_lies_beside_the_output_folder(tmp_path: Path) -> None:
    assert cache.beside(tmp_path / "output") == tmp_path / ".cache" / "booklet"

"""``cache``: the entries of a cache go in; how much they are, and which went, comes out."""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path

from booklet.cache import DAYS, Kept, Store, beside
from booklet.cli_project import output_folder, show, shown, source_folder
from booklet.errors import EXIT_CONTENT, EXIT_OK, UsageError
from booklet.report import data_to_json, printable

MEGABYTE = 1_000_000
_DAY = 86_400


def run(arguments: argparse.Namespace) -> int:
    """Show, prune or verify the cache; 1 when an entry was damaged. Raises UsageError."""
    for option in ("days", "size"):
        if arguments.action != "prune" and getattr(arguments, option) is not None:
            raise UsageError(f"--{option} is for cache prune.", hint="See: cache --help")
    here = Path.cwd()
    out = output_folder(arguments.out, source_folder(arguments.source, here))
    store = Store(beside(out.resolve()))
    gone: tuple[Kept, ...] = ()
    if arguments.action == "prune":
        gone = _pruned(store, arguments.days, arguments.size)
    elif arguments.action == "verify":
        gone = store.remove(store.damaged())
    left = store.entries()
    code = EXIT_CONTENT if gone and arguments.action == "verify" else EXIT_OK
    folder = shown(store.folder, here).as_posix()
    if arguments.format == "json":
        data = {
            "action": arguments.action,
            "folder": folder,
            "entries": len(left),
            "size": _size(left),
            "removed": len(gone),
            "freed": _size(gone),
        }
        show(data_to_json("cache", code, cache=data))
    else:
        lines = [*_done(arguments.action, gone), *_state(folder, left)]
        show("".join(f"{printable(line)}\n" for line in lines))
    return code


def _pruned(store: Store, days: int | None, megabytes: int | None) -> tuple[Kept, ...]:
    """Remove as asked; without a wish, what no build has used for a month."""
    if days is None and megabytes is None:
        days = DAYS
    since = None if days is None else time.time() - days * _DAY
    return store.prune(since, None if megabytes is None else megabytes * MEGABYTE)


def _done(action: str, gone: Sequence[Kept]) -> list[str]:
    entries = "1 entry" if len(gone) == 1 else f"{len(gone)} entries"
    if action == "prune":
        return [f"{entries} removed, {_shown_size(_size(gone))}."]
    if action == "verify" and gone:
        return [f"{entries} damaged and removed; the next build makes anew what it needs."]
    return ["Every entry is whole."] if action == "verify" else []


def _state(folder: str, left: Sequence[Kept]) -> list[str]:
    if not left:
        return [f"The cache is empty: {folder}"]
    since = time.strftime("%Y-%m-%d", time.localtime(left[0].used))
    entries = "1 entry" if len(left) == 1 else f"{len(left)} entries"
    return [f"{entries}, {_shown_size(_size(left))}, the oldest last used on {since}: {folder}"]


def _size(entries: Sequence[Kept]) -> int:
    return sum(entry.size for entry in entries)


def _shown_size(size: int) -> str:
    if size < MEGABYTE:
        return f"{-(-size // 1000)} kB"
    return f"{size / MEGABYTE:,.1f} MB"

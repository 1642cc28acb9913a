"""A project and the name of an attack go in; its source comes out hostile. Run: see ``main``."""

from __future__ import annotations

import gzip
import json
import os
import resource
import sys
import time
import zlib
from collections.abc import Callable
from pathlib import Path

from tests.processes import TODAY, inside, project

MEMORY = 2_000_000_000
"""Bytes of address space for all attacks together."""
TINY = Path("source", "tiny")
BASE_CHAPTERS = "chapters: [01-first.md]"
BASE_PARTS = "back_matter: [questions, notes, contact, appointment, about]"


def _settings(old: str, new: str) -> Callable[[Path], None]:
    def attack(folder: Path) -> None:
        file = folder / TINY / "booklet.yaml"
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace(old, new) if old else text + new, encoding="utf-8")

    return attack


def _chapter(text: str) -> Callable[[Path], None]:
    def attack(folder: Path) -> None:
        path = folder / TINY / "01-first.md"
        path.write_text(f"# The first chapter\n\n{text}\n", encoding="utf-8")

    return attack


def _unlisted_chapters(folder: Path) -> None:
    names = [f"{number % 100:02}-c{number}.md" for number in range(2000)]
    for name in names:
        (folder / TINY / name).write_text("# One of very many\n\nWords.\n", encoding="utf-8")


def _odd_names(folder: Path) -> None:
    (folder / "source" / 'quo"te\nand line').mkdir()
    (folder / "source" / "apo'strophe").mkdir()
    (folder / TINY / "02-a\u202eb\n.md").write_text("# A\n", encoding="utf-8")


def _in_its_place(make: Callable[[Path], None]) -> Callable[[Path], None]:
    """Put something else in the place of the first chapter."""

    def attack(folder: Path) -> None:
        path = folder / TINY / "01-first.md"
        path.unlink()
        make(path)

    return attack


def _sparse(path: Path) -> None:
    with path.open("wb") as stream:
        stream.truncate(10_000_000_000)


def _many_folders(folder: Path) -> None:
    for number in range(2000):
        (folder / "source" / f"b{number}").mkdir()


def _picture(data: bytes, ending: str) -> Callable[[Path], None]:
    def attack(folder: Path) -> None:
        (folder / TINY / "images").mkdir()
        (folder / TINY / "images" / f"a{ending}").write_bytes(data)
        _chapter(f"![A large round thing.](images/a{ending})")(folder)

    return attack


def _png(width: int, height: int, *notes: bytes) -> bytes:
    """Return a photo that says how large it is, with packed notes in it."""

    def part(name: bytes, data: bytes) -> bytes:
        check = zlib.crc32(name + data).to_bytes(4, "big")
        return len(data).to_bytes(4, "big") + name + data + check

    size = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes((8, 2, 0, 0, 0))
    words = (part(b"zTXt", b"Comment\0\0" + zlib.compress(note, 9)) for note in notes)
    image = part(b"IDAT", zlib.compress(b"\0" * 4)) + part(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", size) + b"".join(words) + image


def _drawing(head: str, words: str = "") -> bytes:
    body = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><text>{words}</text></svg>'
    return f"{head}{body}".encode()


def _entities() -> bytes:
    rows = (f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    return _drawing(f'<!DOCTYPE svg [<!ENTITY a0 "ha">{"".join(rows)}]>', "&a11;")


def _listed(count: int) -> str:
    return "\n".join(f"  - {number % 100:02}-c{number}.md" for number in range(count))


def _laughs() -> str:
    rows = (f"b{n}: &b{n} [*b{n - 1}, *b{n - 1}, *b{n - 1}]\n" for n in range(1, 30))
    return f"b0: &b0 [x, x, x]\n{''.join(rows)}"


LONG = "\n\n".join(["![[" * 1300] * 120)
# What each attack does, and a rule that must be told of it.
ATTACKS: dict[str, tuple[Callable[[Path], None], str]] = {
    "aliases that multiply": (_settings("", _laughs()), "YAML-009"),
    "25,000 aliases": (_settings("", "k:\n" + "- *a\n" * 15_000), "YAML-009"),
    "brackets in brackets": (_settings("", "k: " + "[" * 3900), "YAML-010"),
    "a giant line": (_settings("", "k: " + "a " * 40_000), "YAML-015"),
    "a setting 12,000 times": (_settings("", "k: 1\n" * 12_000), "YAML-014"),
    "unlike entries to compare": (
        _settings(BASE_PARTS, "back_matter:\n" + "- {a: 1}\n" * 9000),
        "YAML-014",
    ),
    "unknown names to guess": (
        _settings("", "".join(f"sumary{number}: x\n" for number in range(900))),
        "YAML-002",
    ),
    "4,000 chapters listed": (_settings(BASE_CHAPTERS, f"chapters:\n{_listed(4000)}"), "YAML-014"),
    "2,000 chapter files": (_unlisted_chapters, "SRC-010"),
    "names with quotes and line breaks": (_odd_names, "SRC-011"),
    "a picture at a path with a line break": (
        _chapter(':::figure\nimage: "images/a\\nb\\".svg"\ndescription: A thing.\n:::'),
        "SRC-003",
    ),
    "a megabyte of brackets": (_chapter(LONG), "MD-035"),
    "boxes in boxes": (_chapter("".join(f"{':' * n}tip\n" for n in range(900, 2, -1))), "FENCE-"),
    "1,400 equal headings": (_chapter("## Same\n\nWords.\n\n" * 700), "MD-006"),
    "a thousand mistakes": (_chapter("<b>\n\n" * 1200), "SRC-010"),
    "a chapter of one word": (_chapter("a" * 400_000), "MD-036"),
    "words without an end": (_chapter("a\u00a0b\u2011" * 900), "STR-006"),
    "a word of thousands": (_chapter("\n\n".join(["a" * 3900] * 40)), "STR-006"),
    "a pipe for a chapter": (_in_its_place(os.mkfifo), "SRC-007"),
    "a device for a chapter": (_in_its_place(lambda p: p.symlink_to("/dev/zero")), "SRC-002"),
    "a chapter of 10 GB": (_in_its_place(_sparse), "SRC-004"),
    "2,000 folders without a booklet": (_many_folders, "SRC-001"),
    "a photo of 100,000 pixels": (_picture(_png(100_000, 100_000), ".png"), "ASSET-008"),
    "a photo with notes that swell": (
        _picture(_png(1, 1, *(b"a" * 20_000_000,) * 5), ".png"),
        "ASSET-009",
    ),
    "a drawing of entities": (_picture(_entities(), ".svg"), "ASSET-003"),
    "a drawing that shows a file": (
        _picture(_drawing('<!DOCTYPE svg [<!ENTITY a SYSTEM "/etc/passwd">]>', "&a;"), ".svg"),
        "ASSET-004",
    ),
    "a drawing in another alphabet": (
        _picture(_drawing('<?xml version="1.0" encoding="utf-7"?>'), ".svg"),
        "ASSET-003",
    ),
    "a packed drawing": (_picture(gzip.compress(_drawing("")), ".svg"), "ASSET-002"),
}


def main(folder: Path) -> None:
    """Try each attack with little memory; print name -> seconds, exit code, output as JSON."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (240, 240))
    told: dict[str, tuple[float, int, str]] = {}
    for number, (name, (attack, _rule)) in enumerate(ATTACKS.items()):
        place = project(folder / str(number))
        attack(place)
        start = time.process_time()
        answer = inside("check", "--today", TODAY, cwd=place)
        seconds = time.process_time() - start
        told[name] = (seconds, answer.returncode, answer.stdout + answer.stderr)
    sys.stdout.write(json.dumps(told))
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main(Path(sys.argv[1]))

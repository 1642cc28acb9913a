"""A build, watched by the interpreter itself: what it opens, writes, runs and connects to."""

from __future__ import annotations

import json
import mimetypes
import os
import subprocess
import sys
from pathlib import Path

import pytest

from booklet.errors import MachineError
from booklet.model import Span
from booklet.opening import NotAFileError, read_below
from booklet.source import SourceTree
from tests.processes import ROOT, TODAY, environment, project
from tests.samples import asset

# Tells of every file that is opened, every program that is run and every address that is asked.
WATCH = """
import json, os, sys
SEEN = {"open": [], "other": []}
def hook(event, given):
    if event == "open" and isinstance(given[0], (str, bytes)):
        flags = given[2] if isinstance(given[2], int) else 0
        writes = bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))
        SEEN["open"].append([os.path.abspath(os.fsdecode(given[0])), writes])
    elif event.split(".")[0] in ("subprocess", "urllib", "ftplib", "smtplib", "webbrowser") or (
        event in ("os.system", "os.exec", "os.posix_spawn", "os.fork", "os.symlink", "os.link",
                  "socket.connect", "socket.bind", "socket.getaddrinfo", "socket.sendto")
    ):
        SEEN["other"].append([event, repr(given)[:300]])
sys.addaudithook(hook)
from booklet.cli import main
code = main(sys.argv[2:])
with open(sys.argv[1], "w") as out:
    json.dump({"code": code, **SEEN}, out)
"""


@pytest.mark.slow
def test_a_build_opens_and_asks_for_nothing_but_its_own(tmp_path: Path) -> None:
    place = project(tmp_path / "project")
    chapter = (
        "# A drawing\n\nWords [to follow](https://example.org/a).\n\n![A box.](images/a.svg)\n"
    )
    (place / "source" / "tiny" / "01-first.md").write_text(chapter, encoding="utf-8")
    (place / "source" / "tiny" / "images").mkdir()
    (place / "source" / "tiny" / "images" / "a.svg").write_bytes(asset().data)
    temp = tmp_path / "temp"
    temp.mkdir()
    wish = ("build", "--jobs", "1", "--edition", "large-a4", "--edition", "epub", "--today", TODAY)
    done = subprocess.run(
        [sys.executable, "-c", WATCH, str(tmp_path / "seen.json"), *wish],
        cwd=place,
        env=environment(TMPDIR=str(temp), HOME=str(tmp_path / "home")),
        capture_output=True,
        encoding="utf-8",
        timeout=200,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    seen = json.loads((tmp_path / "seen.json").read_text(encoding="utf-8"))
    assert seen["code"] == 0, done.stderr
    assert seen["other"] == []
    own = [place / "output", place / ".cache", temp, tmp_path / "seen.json"]
    # Python has tables of endings of its own, and looks for those of the system beside them.
    known = [Path("/dev/null"), *map(Path, mimetypes.knownfiles)]
    libraries = [ROOT / "booklet", ROOT / "styles", *known, *_libraries()]
    read = {path for path, writes in seen["open"] if not writes}
    written = {path for path, writes in seen["open"] if writes}
    assert [path for path in read if not _below(path, [place, *own, *libraries])] == []
    assert [path for path in written if not _below(path, [*own, *known])] == []
    assert _below(str(place / "source" / "tiny" / "images" / "a.svg"), [place])
    assert any(path.startswith(str(place / "output")) for path in written)


def _libraries() -> list[Path]:
    """Return where Python and its packages are."""
    found = {sys.prefix, sys.base_prefix, os.path.dirname(os.__file__), *sys.path}
    return [Path(path).resolve() for path in found if path and Path(path).resolve() != ROOT]


def _below(path: str, folders: list[Path]) -> bool:
    whole = Path(path).resolve()
    return any(whole.is_relative_to(folder.resolve()) for folder in folders)


def test_what_takes_a_files_place_is_not_read(tmp_path: Path) -> None:
    root = tmp_path / "source"
    (root / "a").mkdir(parents=True)
    (root / "a" / "file.md").write_text("words", encoding="utf-8")
    assert read_below(root, "a/file.md", 3) == b"word"
    (tmp_path / "else").mkdir()
    (tmp_path / "else" / "file.md").write_text("secret", encoding="utf-8")
    (root / "link").symlink_to(tmp_path / "else")
    (root / "a" / "link.md").symlink_to(tmp_path / "else" / "file.md")
    os.mkfifo(root / "a" / "pipe.md")
    for path in ("link/file.md", "a/link.md", "a/none.md", "a/file.md/b"):
        with pytest.raises(OSError, match=r"\w"):
            read_below(root, path, 99)
    for path in ("a/pipe.md", "a"):
        with pytest.raises(NotAFileError):
            read_below(root, path, 99)


def test_a_folder_that_is_swapped_for_a_link_is_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = project(tmp_path / "project") / "source"
    other = tmp_path / "else"
    other.mkdir()
    (other / "01-first.md").write_text("# A secret\n", encoding="utf-8")

    def swap(_tree: SourceTree, _path: str, _asked: Span) -> None:
        """Say that all is well, as it was until now, and put a link in the folder's place."""
        (root / "tiny").rename(root / "old")
        (root / "tiny").symlink_to(other)

    monkeypatch.setattr(SourceTree, "_absent", swap)
    with pytest.raises(MachineError, match="cannot be read"):
        SourceTree.open(root).text("tiny/01-first.md")

"""What the benchmarks measure: processes, the words that rivals get, the sizes of the samples."""

from __future__ import annotations

import os
import pickle
import shutil
import sys
import zipfile
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from benchmarks import bare
from benchmarks.measure import FailedError, Run, measured, middle
from benchmarks.pages import pages
from benchmarks.rivals import export, plain
from benchmarks.sample import TODAY, project, small
from benchmarks.tasks import LONGER, Sizes
from booklet import build, findings
from booklet.model import Booklet
from tests.epub_samples import printed

unix = pytest.mark.skipif(sys.platform == "win32", reason="asks the system as Unix does")
PAGE = """<html lang="en-US"><body>
<section class="part" id="contents"><h1>Contents</h1><nav><ol><li>Gone</li></ol></nav></section>
<section id="one"><h1>One</h1><p>A <a href="#cell" class="x">cell</a>, an
<abbr title="magnetic">MRI</abbr> and <a href="https://a.org">a.org</a>.</p>
<figure class="qr"><img src="images/q.svg" alt="A"><figcaption>Two<br>lines</figcaption></figure>
<figure><img src="images/a.svg" alt="A disc"><figcaption>A caption</figcaption></figure>
</section></body></html>"""


def test_the_middle_is_that_of_each_figure() -> None:
    runs = (Run(1, 9, 4, 8, 5), Run(3, 7, 6, 9, 5), Run(2, 8, 5, None, 5))
    assert middle(runs) == Run(2, 8, 5, 8.5, 5)


@unix
def test_a_command_that_fails_is_no_figure(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "raise SystemExit('no such booklet')"]
    with pytest.raises(FailedError, match="no such booklet"):
        measured(command, tmp_path, os.environ)
    with pytest.raises(FailedError, match="no-such-program: No such file"):
        measured(["no-such-program"], tmp_path, os.environ)


@unix
def test_memory_is_that_of_the_largest_process_and_of_all(tmp_path: Path) -> None:
    work = "x = bytearray(50_000_000); import time; time.sleep(0.3)"
    both = f"'{sys.executable}' -c '{work}' & '{sys.executable}' -c '{work}'; wait"
    run = measured(["sh", "-c", both], tmp_path, os.environ)
    assert 47 < run.largest < 90
    assert run.cpu > 0
    assert run.wall > 0.3
    assert run.together is None or run.together > 1.8 * 47
    # What starts them is small: its own memory would be counted as theirs.
    assert measured(["true"], tmp_path, os.environ).largest < 20


def test_rivals_get_our_words_and_pictures_without_our_marks() -> None:
    words, pictures = plain(PAGE)
    text = words.decode()
    assert pictures == ("images/q.svg", "images/a.svg")
    assert "Gone" not in text
    assert "class" not in text
    assert '<p>A cell, an\nMRI and <a href="https://a.org">a.org</a>.</p>' in text
    assert '<img src="images/q.svg" alt="A"><p>Two<br>lines</p>' in text
    assert '<figure><img src="images/a.svg" alt="A disc"><figcaption>A caption' in text


def test_pages_are_counted_in_the_print(tmp_path: Path) -> None:
    assert pages(tmp_path, "*.pdf") == 0
    (tmp_path / "a.pdf").write_bytes(printed())
    assert pages(tmp_path, "*.pdf") == 1


def cleared(folder: Path) -> list[Booklet]:
    """Read and check a project as a build does; every booklet of it must be ready."""
    day = date.fromisoformat(TODAY)
    drafts = build.survey(build.Request(folder / "source", folder / "output", day))
    ready = [findings.clear(draft.booklet, draft.findings) for draft in drafts]
    assert all(ready), [finding.line() for draft in drafts for finding in draft.findings]
    return [each.booklet for each in ready if each]


@pytest.mark.slow
def test_the_longest_sample_has_its_chapters(tmp_path: Path) -> None:
    (booklet,) = cleared(project(tmp_path / "p", 1, max(LONGER.values())))
    assert len(booklet.chapters) == 44


def test_the_small_booklets_are_a_thousand_editions_beside_a_hundred_booklets(
    tmp_path: Path,
) -> None:
    assert Sizes(100).small * 3 in range(1000, 1003)
    assert Sizes(100).some == 20
    assert len(cleared(small(tmp_path / "p", 3))) == 3


@unix
def test_without_pandoc_rivals_are_not_measured_and_the_bare_engines_are(tmp_path: Path) -> None:
    kit = tmp_path / "kit.pickle"
    kit.write_bytes(pickle.dumps(("<html><body><p>Words.</p></body></html>", (), None, "")))
    with pytest.raises(FailedError, match="pandoc: No such file"):
        export(kit, tmp_path / "others", 2, {"PATH": str(tmp_path)})
    assert (tmp_path / "others" / "bare.sh").exists()


@pytest.mark.slow
def test_the_bare_engines_are_given_what_our_own_build_gives_them(
    tiny_project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(shutil.copytree(tiny_project, tmp_path / "project"))
    bare.prepare("tiny")
    html, styles, _, _ = pickle.loads(bare.KIT.read_bytes())
    words, _ = plain(html)
    assert b"A tiny booklet" in words
    assert b"Disclaimer" in words
    assert len(styles) > 1
    bare.run("bare-1")
    with pypdfium2.PdfDocument("bare-1.pdf") as here, pypdfium2.PdfDocument(*printed_a4()) as ours:
        assert len(here) == len(ours)
    assert zipfile.is_zipfile("bare-1.epub")


def printed_a4() -> list[Path]:
    return list(Path("output").glob("*/*A4.pdf"))

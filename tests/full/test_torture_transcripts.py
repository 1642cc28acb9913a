"""What a screen reader is given to say of the finished files, line by line, as it was agreed."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from booklet.transcript import TRANSCRIBERS
from tests.finished import Built
from tests.golden import assert_golden

pytestmark = pytest.mark.slow

EDITIONS = ("large-a4", "epub")


def transcript(path: Path) -> Path:
    return path.with_suffix(".transcript.txt")


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_sample_is_heard_as_agreed(
    edition: str, built: Built, request: pytest.FixtureRequest
) -> None:
    text = transcript(built.files[edition]).read_text(encoding="utf-8")
    assert_golden(request.config, f"transcript/sample-{edition}.txt", text)


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_test_booklet_is_heard_as_agreed(
    edition: str, torture: Built, request: pytest.FixtureRequest
) -> None:
    text = transcript(torture.files[edition]).read_text(encoding="utf-8")
    assert_golden(request.config, f"transcript/torture-{edition}.txt", text)


def test_a_transcript_is_determined_by_its_file_alone(built: Built, torture: Built) -> None:
    for entry in (*built.entries, *torture.entries):
        files = built.files if entry.booklet != "torture" else torture.files
        path = files[entry.edition]
        text = TRANSCRIBERS[path.suffix[1:]](path.read_bytes())
        assert transcript(path).read_text(encoding="utf-8") == text
        assert entry.transcript.endswith(transcript(path).name)
        assert entry.transcript_sha256 == hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize("edition", ["large-a4", "large-letter"])
def test_every_page_is_told_and_each_in_its_turn(edition: str, torture: Built) -> None:
    lines = transcript(torture.files[edition]).read_text(encoding="utf-8").splitlines()
    told = [line.split()[1].strip(",:") for line in lines if line.startswith("page ")]
    (entry,) = (entry for entry in torture.entries if entry.edition == edition)
    assert told == [str(number + 1) for number in range(entry.pages)]


def test_print_and_e_book_tell_the_same_headings(built: Built, torture: Built) -> None:
    for files in (built.files, torture.files):
        heard = [_headings(transcript(files[edition])) for edition in EDITIONS]
        assert heard[0] == heard[1]
        assert len(heard[0]) > 20


def _headings(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip().startswith("heading level")]

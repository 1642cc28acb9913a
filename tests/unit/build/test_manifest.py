"""The manifest: what it says of a file, one spelling, and what it forgives when read back."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

import pytest

from booklet import manifest
from booklet.clinical import clinical_digest
from booklet.editions import DEFAULTS, Artifact, ToolResult, Verdict
from booklet.manifest import Entry
from tests import samples


def entry(file: str = "sample/a.pdf", clinic: str = "example-clinic") -> Entry:
    data = b"finished"
    digest = hashlib.sha256(data).hexdigest()
    row = DEFAULTS[0]
    artifact = Artifact(row, "a.pdf", row.media_type, data, digest, pages=24)
    tools = (ToolResult("glyphs", "passed", "18 pt"), ToolResult("contrast", "not checked", "?"))
    booklet = replace(samples.booklet(), clinic=replace(samples.clinic(), id=clinic))
    return manifest.record(
        file, booklet, Verdict(artifact, (), tools), 2, [("zlib", "1"), ("pango", "2")]
    )


def test_an_entry_says_what_was_built_and_of_what() -> None:
    row = manifest.as_data(entry())
    assert row == {
        "file": "sample/a.pdf",
        "sha256": hashlib.sha256(b"finished").hexdigest(),
        "size": 8,
        "pages": 24,
        "media_type": "application/pdf",
        "edition": "large-a4",
        "made_from": "",
        "booklet": "sample",
        "booklet_version": "1.0",
        "language": "en-US",
        "clinic": "example-clinic",
        "source_digest": "0" * 64,
        "disclaimer_sha256": samples.disclaimer().sha256,
        "findings": 2,
        "checks": {"contrast": "not checked", "glyphs": "passed"},
        "made_with": {"pango": "2", "zlib": "1"},
        "transcript": "",
        "transcript_sha256": "",
        "clinical_digest": clinical_digest(samples.booklet()),
    }


def test_an_entry_names_its_transcript_and_all_its_files() -> None:
    booklet, heard = samples.booklet(), b"document: sample"
    artifact = Artifact(DEFAULTS[0], "a.pdf", "application/pdf", b"1", "1" * 64, pages=1)
    verdict = Verdict(artifact, (), ())
    row = manifest.record("s/a.pdf", booklet, verdict, 0, [], ("s/a.transcript.txt", heard))
    digest = hashlib.sha256(heard).hexdigest()
    assert row.files() == (("s/a.pdf", "1" * 64), ("s/a.transcript.txt", digest))
    assert entry().files() == (("sample/a.pdf", entry().sha256),)


def test_what_is_written_reads_back() -> None:
    files = (entry("a/1.pdf"), entry("b/ü.epub"))
    data = manifest.Listing(files).dump()
    assert manifest.load(data) == files
    assert data.endswith(b"}\n")
    assert json.loads(data)["schema"] == manifest.SCHEMA


def test_a_new_entry_takes_the_place_of_the_old_one_in_file_order() -> None:
    old = (entry("a/1.pdf", clinic="old"), entry("c/3.pdf"))
    new = (entry("b/2.pdf"), entry("a/1.pdf", clinic="new"))
    listing = manifest.Listing(old)
    listing.add(new)
    merged = manifest.load(listing.dump())
    assert [(each.file, each.clinic) for each in merged] == [
        ("a/1.pdf", "new"),
        ("b/2.pdf", "example-clinic"),
        ("c/3.pdf", "example-clinic"),
    ]


@pytest.mark.parametrize("files", [(), ("a/1.pdf",), ("a/1.pdf", "b/\u00fc\n2.epub")])
def test_it_is_written_as_json_is_usually_written(files: tuple[str, ...]) -> None:
    rows = tuple(entry(file) for file in files)
    whole = {"schema": manifest.SCHEMA, "files": [manifest.as_data(row) for row in rows]}
    usual = json.dumps(whole, indent=2, ensure_ascii=False) + "\n"
    assert manifest.Listing(rows).dump() == usual.encode()


@pytest.mark.parametrize(
    "damaged",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff",
        b'{"schema": 99, "files": []}',
        b'{"schema": 1}',
        b'{"schema": 1, "files": [{"file": "a"}]}',
        b'{"schema": 1, "files": [7]}',
        b'{"schema": 1, "files": 7}',
    ],
)
def test_a_damaged_manifest_is_as_none(damaged: bytes) -> None:
    assert manifest.load(damaged) == ()

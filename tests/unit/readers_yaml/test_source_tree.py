from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from booklet.errors import MachineError, UsageError
from booklet.model import Span
from booklet.source import MAX_TEXT, SourceTree


@pytest.fixture
def tree(tmp_path: Path) -> SourceTree:
    root = tmp_path / "source"
    (root / "x" / "images").mkdir(parents=True)
    (root / "x" / "a.md").write_text("# A\n", encoding="utf-8")
    (tmp_path / "secret.md").write_text("secret", encoding="utf-8")
    return SourceTree.open(root)


def _rules(tree: SourceTree, path: str) -> list[str]:
    loaded = tree.text(path)
    assert (loaded.file is None) == bool(loaded.findings)
    return [f"{finding.span} {finding.rule}" for finding in loaded.findings]


def test_a_file_comes_with_its_path_below_the_project(tree: SourceTree) -> None:
    file = tree.text("x/a.md").file
    assert file is not None
    assert (file.path, file.text, file.data) == ("source/x/a.md", "# A\n", b"# A\n")
    assert file.sha256 == hashlib.sha256(b"# A\n").hexdigest()


def test_there_must_be_a_folder(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as fault:
        SourceTree.open(tmp_path / "nowhere")
    assert fault.value.exit_code == 2


def test_booklets_are_the_folders_that_hold_one(tree: SourceTree) -> None:
    for name in ("disclaimers", "clinics", "glossary", "_draft", ".git", "b"):
        (tree.root / name).mkdir()
    (tree.root / "README.md").touch()
    assert tree.booklets() == ("b", "x")


@pytest.mark.parametrize(
    "path",
    [
        "../secret.md",
        "x/../../secret.md",
        "/etc/passwd",
        "x//a.md",
        "./x/a.md",
        "x/a.md/",
        "",
        "x\\a.md",
        "C:/a.md",
        "x/a.md\x00",
        "x/ a.md",
    ],
)
def test_a_path_that_could_lead_elsewhere_is_refused(tree: SourceTree, path: str) -> None:
    (finding,) = tree.text(path).findings
    assert finding.rule == "SRC-003"


def test_links_are_refused_wherever_they_stand(tree: SourceTree) -> None:
    (tree.root / "x" / "b.md").symlink_to("../../secret.md")
    (tree.root / "y").symlink_to("x")
    (tree.root / "x" / "gone.md").symlink_to("nowhere")
    assert _rules(tree, "x/b.md") == ["source/x/b.md:1:1 SRC-002"]
    assert _rules(tree, "y/a.md") == ["source/y/a.md:1:1 SRC-002"]
    assert _rules(tree, "x/gone.md") == ["source/x/gone.md:1:1 SRC-002"]


def test_a_missing_file_is_told_where_it_is_named(tree: SourceTree) -> None:
    asked = Span("source/x/booklet.yaml", 7, 3)
    (finding,) = tree.text("x/b.md", asked=asked).findings
    assert (finding.rule, finding.span) == ("SRC-001", asked)
    assert finding.hint == 'Did you mean "a.md"?'
    assert _rules(tree, "z/a.md") == ["source/z/a.md:1:1 SRC-001"]
    assert _rules(tree, "x/a.md/b.md") == ["source/x/a.md/b.md:1:1 SRC-001"]


def test_capitals_must_be_those_on_disk(tree: SourceTree) -> None:
    assert _rules(tree, "x/A.md") == ["source/x/A.md:1:1 SRC-008"]
    assert _rules(tree, "X/a.md") == ["source/X/a.md:1:1 SRC-008"]


def test_only_plain_files_are_read(tree: SourceTree) -> None:
    os.mkfifo(tree.root / "x" / "pipe.md")
    assert _rules(tree, "x/pipe.md") == ["source/x/pipe.md:1:1 SRC-007"]
    assert _rules(tree, "x/images") == ["source/x/images:1:1 SRC-007"]


@pytest.mark.parametrize(("size", "rules"), [(MAX_TEXT, []), (MAX_TEXT + 1, ["SRC-004"])])
def test_the_limit_is_exact(tree: SourceTree, size: int, rules: list[str]) -> None:
    (tree.root / "x" / "b.md").write_bytes(b"a" * size)
    assert [finding.rule for finding in tree.text("x/b.md").findings] == rules


def test_line_ends_and_byte_order_mark_of_windows_are_taken(tree: SourceTree) -> None:
    (tree.root / "x" / "b.md").write_bytes(b"\xef\xbb\xbf# B\r\n\r\nc\rd\n")
    file = tree.text("x/b.md").file
    assert file is not None
    assert file.text == "# B\n\nc\nd\n"


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b"caf\xe9", "1:4"),
        (b"a\r\nb\xc3\xa9\xff", "2:3"),
        (b"\xff\xfea\x00", "1:1"),
        (b"a\n\xed\xa0\x80", "2:1"),
        (b"a\n\nb\xc3", "3:2"),
    ],
)
def test_what_is_no_utf8_is_told_at_its_place(tree: SourceTree, data: bytes, place: str) -> None:
    (tree.root / "x" / "b.md").write_bytes(data)
    assert _rules(tree, "x/b.md") == [f"source/x/b.md:{place} SRC-005"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a\x00", "1:2"),
        ("a\n\x1b[31m", "2:1"),
        ("\n\u202eb", "2:1"),
        ("a\u2067", "1:2"),
        ("a\u2028b", "1:2"),
        ("a\x85b", "1:2"),
        ("a\ufeff", "1:2"),
        ("a\uffff", "1:2"),
        ("a\U000e0041", "1:2"),
        ("a\x7f", "1:2"),
    ],
)
def test_hidden_characters_are_told_at_their_place(tree: SourceTree, text: str, place: str) -> None:
    (tree.root / "x" / "b.md").write_bytes(text.encode("utf-8"))
    assert _rules(tree, "x/b.md") == [f"source/x/b.md:{place} SRC-006"]


def test_marks_that_real_languages_need_are_taken(tree: SourceTree) -> None:
    text = "می\u200cخواهم क्\u200dष \u200fשלום\u200e \u061c\u00a0é e\u0301\t😀\n"  # noqa: RUF001 - the point
    (tree.root / "x" / "b.md").write_text(text, encoding="utf-8")
    file = tree.text("x/b.md").file
    assert file is not None
    assert file.text == text


def test_what_the_machine_cannot_read_is_a_fault_of_the_machine(
    tree: SourceTree, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(MachineError) as fault:
        tree.text("x/a.md")
    assert fault.value.line() == (
        "source/x/a.md: cannot be read: Permission denied Hint: Check who may read it."
    )


def test_a_name_that_cannot_be_shown_does_no_harm(tree: SourceTree) -> None:
    Path(os.fsdecode(os.fsencode(str(tree.root)) + b"/x/\xff\n.md")).touch()
    assert tree.listing("x") == ("??.md", "a.md", "images")

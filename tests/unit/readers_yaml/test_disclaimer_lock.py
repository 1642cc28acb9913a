from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from booklet import readers
from booklet.errors import MachineError
from booklet.findings import Cleared, clear
from booklet.locking import lock_disclaimers
from booklet.readers.disclaimer import LOCK, parse_disclaimer
from booklet.source import SourceFile, SourceTree

PROJECT = Path(__file__).parents[3]
BASE = PROJECT / "tests" / "cases" / "_base" / "source"
HEAD = '---\nid: a\nversion: "1.0"\nlanguage: en\ntitle: Disclaimer\n---\n'


@pytest.fixture
def tree(tmp_path: Path) -> SourceTree:
    shutil.copytree(BASE, tmp_path / "source")
    return SourceTree.open(tmp_path / "source")


def _english(tree: SourceTree) -> Path:
    return tree.root / "disclaimers" / "en.md"


def _sha(body: str, head: str = HEAD) -> str:
    file = SourceFile("source/disclaimers/en.md", head + body, b"", "")
    text, findings = parse_disclaimer(file)
    assert findings == ()
    assert text is not None
    return text.sha256


def test_how_the_lines_run_does_not_matter() -> None:
    assert _sha("One two\nthree.\n\nFour.") == _sha("\n\n One  two three.  \n\n\n\nFour.\n\n")
    assert _sha("Caf\u00e9.") == _sha("Cafe\u0301.")


@settings(max_examples=50, deadline=None)
@given(st.lists(st.sampled_from(["one", "two", "three"]), min_size=2, max_size=9), st.data())
def test_any_other_width_of_the_lines_is_the_same_text(
    words: list[str], data: st.DataObject
) -> None:
    ends = data.draw(st.lists(st.sampled_from([" ", "\n"]), min_size=9, max_size=9))
    wrapped = "".join(word + end for word, end in zip(words, ends, strict=False))
    assert _sha(wrapped) == _sha(" ".join(words))


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (HEAD, "One three.\n\nTwo."),
        (HEAD, "One. Two."),
        (HEAD, "Two.\n\nOne."),
        (HEAD, "one.\n\nTwo."),
        (HEAD, "One.\n\nTwo"),
        (HEAD.replace("id: a", "id: b"), "One.\n\nTwo."),
        (HEAD.replace("1.0", "1.1"), "One.\n\nTwo."),
        (HEAD.replace("Disclaimer", "Please note"), "One.\n\nTwo."),
    ],
)
def test_every_word_matters(head: str, body: str) -> None:
    assert _sha(body, head) != _sha("One.\n\nTwo.")


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("# A heading", 7),
        ("Plain.\n\n- a list", 9),
        ("1. a list", 7),
        ("> a quote", 7),
        ("Plain **bold**.", 7),
        ("Plain.\n\n*stressed*", 9),
        ("A [link](https://example.org).", 7),
        ("A `mark`.", 7),
        ("![a](b.svg)", 7),
        ("A <b>tag</b>.", 7),
        ("<div>a</div>", 7),
        ("    code", 7),
        ("Two\n---", 7),
        ("***", 7),
    ],
)
def test_only_plain_paragraphs_are_taken(body: str, line: int) -> None:
    file = SourceFile("source/disclaimers/en.md", HEAD + body, b"", "")
    text, findings = parse_disclaimer(file)
    assert text is None
    assert [(finding.rule, finding.span.line) for finding in findings] == [("DISC-008", line)]


def test_signs_of_plain_sentences_are_taken_as_they_stand() -> None:
    body = "Fish & chips &amp; 2 * 3 = 6; a_b_c \\* 50%: #1, (see www.example.org)!"
    file = SourceFile("source/disclaimers/en.md", HEAD + body, b"", "")
    text, findings = parse_disclaimer(file)
    assert findings == ()
    assert text is not None
    assert text.paragraphs == (body,)


@pytest.mark.parametrize(
    "text", ["", "---\n", "words\n", "\n---\nid: a\n---\nwords", "--- \nid: a\n"]
)
def test_settings_must_stand_first(text: str) -> None:
    _, findings = parse_disclaimer(SourceFile("source/disclaimers/en.md", text, b"", ""))
    assert [finding.rule for finding in findings] == ["DISC-007"]


def test_mistakes_in_the_settings_stand_at_their_line() -> None:
    text = HEAD.replace('"1.0"', "1.0").replace("title", "titel") + "Words."
    _, findings = parse_disclaimer(SourceFile("source/disclaimers/en.md", text, b"", ""))
    assert [str(finding.span) for finding in findings] == [
        "source/disclaimers/en.md:3:10",
        "source/disclaimers/en.md:5:1",
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("not medical", "medical"),
        ("It is", "It was"),
        ("title: Disclaimer", "title: Please read"),
        ('version: "1.0"', 'version: "2.0"'),
        ("id: tiny-disclaimer", "id: other"),
    ],
)
def test_a_changed_disclaimer_never_passes_the_gate(tree: SourceTree, old: str, new: str) -> None:
    text = _english(tree).read_text(encoding="utf-8")
    assert old in text
    _english(tree).write_text(text.replace(old, new), encoding="utf-8")
    read = readers.read(tree, "tiny")
    assert read.booklet is not None
    assert clear(read.booklet, read.findings) is None
    with pytest.raises(ValueError, match="locked"):
        Cleared(read.booklet)


def test_the_gate_opens_for_the_locked_disclaimer(tree: SourceTree) -> None:
    read = readers.read(tree, "tiny")
    cleared = clear(read.booklet, read.findings)
    assert cleared is not None
    assert cleared.booklet.disclaimer.sha256 == cleared.booklet.disclaimer.lock.sha256


def test_the_nearest_language_is_taken(tree: SourceTree) -> None:
    for language in ("en-US", "en-GB"):
        text = (
            _english(tree)
            .read_text(encoding="utf-8")
            .replace("language: en", f"language: {language}")
        )
        (tree.root / "disclaimers" / f"{language}.md").write_text(text, encoding="utf-8")
    assert lock_disclaimers(tree).findings == ()
    booklet = readers.read(tree, "tiny").booklet
    assert booklet is not None
    assert booklet.disclaimer.language == "en-US"
    (tree.root / "disclaimers" / "en-US.md").unlink()
    booklet = readers.read(tree, "tiny").booklet
    assert booklet is not None
    assert booklet.disclaimer.language == "en"


def test_a_broken_lock_is_told_and_stops_the_booklet(tree: SourceTree) -> None:
    (tree.root / LOCK).write_text("en: {id: a}\n", encoding="utf-8")
    read = readers.read(tree, "tiny")
    assert {finding.rule for finding in read.findings} == {"YAML-003"}
    assert clear(read.booklet, read.findings) is None


def test_locking_twice_changes_nothing(tree: SourceTree) -> None:
    before = (tree.root / LOCK).read_bytes()
    stamp = (tree.root / LOCK).stat().st_mtime_ns
    locking = lock_disclaimers(tree)
    assert [(change.language, change.kind) for change in locking.changes] == [("en", "unchanged")]
    assert (tree.root / LOCK).read_bytes() == before
    assert (tree.root / LOCK).stat().st_mtime_ns == stamp


def test_the_project_s_own_lock_is_the_one_the_command_writes(tmp_path: Path) -> None:
    shutil.copytree(PROJECT / "source" / "disclaimers", tmp_path / "source" / "disclaimers")
    lock = tmp_path / "source" / LOCK
    before = lock.read_bytes()
    lock.unlink()
    assert lock_disclaimers(SourceTree.open(tmp_path / "source")).findings == ()
    assert lock.read_bytes() == before


def test_new_words_need_a_new_version(tree: SourceTree) -> None:
    before = (tree.root / LOCK).read_bytes()
    text = _english(tree).read_text(encoding="utf-8").replace("an example", "a sample")
    _english(tree).write_text(text, encoding="utf-8")
    refused = lock_disclaimers(tree)
    assert [finding.rule for finding in refused.findings] == ["DISC-010"]
    assert [change.kind for change in refused.changes] == ["text"]
    assert (tree.root / LOCK).read_bytes() == before
    _english(tree).write_text(text.replace('"1.0"', '"1.1"'), encoding="utf-8")
    locked = lock_disclaimers(tree)
    assert locked.findings == ()
    (change,) = locked.changes
    assert (change.kind, change.version) == ("version", "1.1")
    assert change.old_sha256[:12] in change.line()
    assert change.new_sha256[:12] in change.line()
    assert readers.read(tree, "tiny").findings == ()


def test_all_kinds_of_change_are_told_by_language(tree: SourceTree) -> None:
    english = _english(tree).read_text(encoding="utf-8")
    for language in ("fr", "de"):
        text = english.replace("language: en", f"language: {language}")
        (tree.root / "disclaimers" / f"{language}.md").write_text(text, encoding="utf-8")
    assert [c.kind for c in lock_disclaimers(tree).changes] == ["new", "unchanged", "new"]
    (tree.root / "disclaimers" / "de.md").unlink()
    _english(tree).write_text(english.replace("tiny-", "other-"), encoding="utf-8")
    changes = lock_disclaimers(tree).changes
    assert [(c.language, c.kind) for c in changes] == [
        ("de", "removed"),
        ("en", "id"),
        ("fr", "unchanged"),
    ]
    assert "de" not in (tree.root / LOCK).read_text(encoding="utf-8")


def test_one_wrong_disclaimer_stops_the_locking_of_all(tree: SourceTree) -> None:
    before = (tree.root / LOCK).read_bytes()
    (tree.root / "disclaimers" / "es.md").write_text(HEAD + "No.\n", encoding="utf-8")
    text = _english(tree).read_text(encoding="utf-8").replace('"1.0"', '"1.1"')
    _english(tree).write_text(text, encoding="utf-8")
    assert [finding.rule for finding in lock_disclaimers(tree).findings] == ["DISC-006"]
    assert (tree.root / LOCK).read_bytes() == before


def test_a_failed_write_leaves_the_old_lock(
    tree: SourceTree, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (tree.root / LOCK).read_bytes()
    text = _english(tree).read_text(encoding="utf-8").replace('"1.0"', '"1.1"')
    _english(tree).write_text(text, encoding="utf-8")

    def full(*_args: object) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(MachineError) as fault:
        lock_disclaimers(tree)
    assert fault.value.where == "source/disclaimers/lock.yaml"
    assert (tree.root / LOCK).read_bytes() == before
    assert sorted(path.name for path in (tree.root / "disclaimers").iterdir()) == [
        "en.md",
        "lock.yaml",
    ]


def test_the_project_s_disclaimer_says_what_it_must() -> None:
    path = PROJECT / "source" / "disclaimers" / "en.md"
    text, findings = parse_disclaimer(
        SourceFile("source/disclaimers/en.md", path.read_text(encoding="utf-8"), b"", "")
    )
    assert findings == ()
    assert text is not None
    words = " ".join(text.paragraphs)
    # It must fit on a small page, where a hundred words and a few do.
    assert 100 <= len(words.split()) <= 125
    for said in ("not medical advice", "care team", "emergency", "recommend", "date of issue"):
        assert said in words
    longest = max(len(part.split()) for part in words.replace("?", ".").split(". "))
    assert longest <= 30

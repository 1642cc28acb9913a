"""Outside programs see copies, once for all files, and what they find counts as ours does."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from booklet import outside
from booklet.editions import Artifact, Made, ToolResult, Verdict, edition
from booklet.findings import Severity, found
from booklet.model import Span
from booklet.verify import external
from booklet.verify.external import Checked

PDF, EPUB = edition("large-a4"), edition("epub")


def artifact(name: str, data: bytes = b"data") -> Artifact:
    row = EPUB if name.endswith(".epub") else PDF
    return Artifact(row, name, row.media_type, data, hashlib.sha256(data).hexdigest())


class Fake:
    """Plays every outside program; says of each file what the test wants."""

    def __init__(self) -> None:
        self.calls: list[tuple[list[bytes], list[bytes], Path | None]] = []
        self.paths: list[Path] = []
        self.says: dict[str, Checked] = {}

    def check_all(
        self,
        pdfs: Sequence[Path],
        epubs: Sequence[Path],
        tools: Path | None,
        *,
        names: Mapping[Path, str],
    ) -> dict[Path, Checked]:
        self.calls.append(
            ([path.read_bytes() for path in pdfs], [path.read_bytes() for path in epubs], tools)
        )
        self.paths = [*pdfs, *epubs]
        passed = Checked((ToolResult("tool", "passed", "fine"),))
        return {path: self.says.get(names[path], passed) for path in self.paths}


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Fake:
    player = Fake()
    monkeypatch.setattr(external, "check_all", player.check_all)
    return player


def test_all_files_are_asked_about_at_once_by_their_format(fake: Fake, tmp_path: Path) -> None:
    files = {
        1: ("a/a.pdf", artifact("a.pdf", b"one")),
        2: ("a/a.epub", artifact("a.epub", b"two")),
        3: ("b/b.pdf", artifact("b.pdf", b"three")),
    }
    said = outside.ask(files, tmp_path)
    assert fake.calls == [([b"one", b"three"], [b"two"], tmp_path)]
    assert set(said) == {1, 2, 3}
    assert {tool.outcome for each in said.values() for tool in each.tools} == {"passed"}


def test_no_copy_is_left_behind(fake: Fake) -> None:
    outside.ask({1: ("a.pdf", artifact("a.pdf"))}, None)
    assert fake.paths
    assert not any(path.exists() or path.parent.exists() for path in fake.paths)


def test_with_nothing_to_ask_nobody_is_asked(fake: Fake) -> None:
    assert outside.ask({}, None) == {}
    assert fake.calls == []


def test_a_program_that_fails_a_file_is_a_finding_about_that_file(fake: Fake) -> None:
    bad = ToolResult("veraPDF ua1", "failed", "7.1-3 (2 times)")
    fake.says["a/a.pdf"] = Checked((bad,))
    said = outside.ask({1: ("a/a.pdf", artifact("a.pdf")), 2: ("b/b.pdf", artifact("b.pdf"))}, None)
    (finding,) = said[1].findings
    assert (finding.rule, finding.severity) == ("TOOL-001", Severity.ERROR)
    assert finding.span == Span("a/a.pdf")
    assert "veraPDF ua1" in finding.message
    assert "7.1-3" in finding.message
    assert said[2].findings == ()


def test_the_browser_tells_its_own_findings(fake: Fake) -> None:
    seen = found("EPUB-201", Span("a/a.epub"), "A page is wider than the screen.")
    result = ToolResult("Browser (Chromium)", "failed", "1 finding")
    fake.says["a/a.epub"] = Checked((result,), (seen,))
    said = outside.ask({1: ("a/a.epub", artifact("a.epub"))}, None)
    assert said[1].findings == (seen,)


def test_a_missing_program_is_no_finding_and_no_pass(fake: Fake) -> None:
    fake.says["a/a.pdf"] = Checked((ToolResult("veraPDF ua1", "not checked", "no Java"),))
    said = outside.ask({1: ("a/a.pdf", artifact("a.pdf"))}, None)
    assert said[1].findings == ()
    assert [tool.outcome for tool in said[1].tools] == ["not checked"]


def test_what_is_said_is_added_to_the_verdict_of_a_build(fake: Fake) -> None:
    good, refused = artifact("a.pdf"), Made((found("DISC-020", Span("d.md"), "Too long."),))
    own = ToolResult("booklet: fonts", "passed", "")
    bench = {
        ("a", "", PDF.id): Made((), Verdict(good, (), (own,)), (("engine", "1"),), "heard"),
        ("b", "", PDF.id): refused,
    }
    fake.says["a/a.pdf"] = Checked((ToolResult("veraPDF ua1", "failed", "7.1-3"),))
    judged = outside.judge(bench, None)
    made = judged["a", "", PDF.id]
    assert made.verdict is not None
    assert [tool.tool for tool in made.verdict.tools] == ["booklet: fonts", "veraPDF ua1"]
    assert made.findings == made.verdict.findings
    assert [finding.rule for finding in made.findings] == ["TOOL-001"]
    assert (made.made_with, made.transcript) == ((("engine", "1"),), "heard")
    assert judged["b", "", PDF.id] is refused


def test_the_tools_lie_beside_the_source(tmp_path: Path) -> None:
    assert outside.folder(tmp_path / "source") == tmp_path.resolve() / ".validators"

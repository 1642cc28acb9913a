"""What passes between the stages: jobs, artifacts, expectations, verdicts. Data only."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from booklet.editions.paper import CALIPER
from booklet.editions.rows import Edition
from booklet.findings import Cleared, Finding
from booklet.model import Booklet
from booklet.stopwatch import Laps


@dataclass(frozen=True, slots=True)
class PageStart:
    """Where a printed page begins: its number, the part it begins in, and how far into that part.

    ``part`` is the id of a part; ``letters`` counts what stands in the part before the page's first
    whole word: each character that is no white space, and each picture as one. Words that a style
    adds are not counted. It is the part's whole count when nothing of the page is a word.
    """

    label: str
    part: str
    letters: int


@dataclass(frozen=True, slots=True)
class Artifact:
    """A finished file in memory. ``made_from`` names the parent edition, or is empty.

    ``page_map`` says where each page of a printed edition begins, in order.
    """

    edition: Edition
    name: str
    media_type: str
    data: bytes
    sha256: str
    made_from: str = ""
    pages: int = 0
    page_map: tuple[PageStart, ...] = ()


@dataclass(frozen=True, slots=True)
class Job:
    """All that a writer needs, self-contained: a pure worker makes an Artifact of it.

    ``name`` is the output file name; ``styles`` are (file name, CSS) pairs in cascade order;
    ``parent`` is the finished file this edition is made from, if the table names one. ``caliper``
    is the thickness of the paper in millimetres, for sheets that lie inside one another.
    """

    cleared: Cleared
    edition: Edition
    name: str
    styles: tuple[tuple[str, str], ...]
    parent: Artifact | None = None
    caliper: float = CALIPER


@dataclass(frozen=True, slots=True)
class Written:
    """What a writer returns: an Artifact, or the findings that forbid one."""

    artifact: Artifact | None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a finished file must hold, in plain words, for a verifier that knows no model.

    ``disclaimer_text`` is the words of the disclaimer paragraphs, single-spaced. ``booklet`` is the
    source that the file must be true to; without it, fidelity is not checked. ``certified_by`` is
    who signed for this edition of this content; while it is empty the file may claim no standard.
    ``page_starts`` are the number and the first words of each page of the finished print that the
    file is made from, ``page_source`` the name of that print and ``parent`` its bytes; empty when
    it is not at hand.
    """

    edition: Edition
    file: str
    title: str
    language: str
    direction: str
    disclaimer_title: str
    disclaimer_text: str
    has_undescribed_picture: bool = False
    booklet: Booklet | None = None
    certified_by: str = ""
    page_starts: tuple[tuple[str, str], ...] = ()
    page_source: str = ""
    parent: bytes = b""


@dataclass(frozen=True, slots=True)
class ToolResult:
    """One measurement or outside tool: ``outcome`` is passed, failed or not checked."""

    tool: str
    outcome: Literal["passed", "failed", "not checked"]
    detail: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """A finished file with what was found in it and by what."""

    artifact: Artifact
    findings: tuple[Finding, ...]
    tools: tuple[ToolResult, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """What comes of a job: the verdict on a finished file, or only the findings that forbid one.

    ``findings`` are the writer's and the verifier's; ``made_with`` are names and versions.
    ``transcript`` is what a screen reader is given to say; empty when the file is not put out.
    ``took`` is how long it took; nothing for what comes from the cache.
    """

    findings: tuple[Finding, ...]
    verdict: Verdict | None = None
    made_with: tuple[tuple[str, str], ...] = ()
    transcript: str = ""
    took: Laps = field(default=(), compare=False)

    @property
    def artifact(self) -> Artifact | None:
        """The finished file, if there is one."""
        return self.verdict.artifact if self.verdict else None

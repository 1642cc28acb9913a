"""What is known of each booklet at a moment: posted by the workshop, read by the server."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum

from booklet.editions import Artifact, Edition
from booklet.findings import Finding, blocks_build
from booklet.preview.work import Ebook, Sheet


class Stage(StrEnum):
    """How far the newest source has come."""

    CHECKING = "checking"
    PRINTING = "printing"
    BINDING = "binding"
    PROVING = "proving"
    READY = "ready"
    BLOCKED = "blocked"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Printed:
    """The printed edition: the finished PDF and its pages."""

    edition: Edition
    artifact: Artifact
    sheets: tuple[Sheet, ...]


@dataclass(frozen=True, slots=True)
class Sight:
    """What somebody looks at: a booklet and the id of a printed edition."""

    booklet: str
    edition: str


@dataclass(frozen=True, slots=True)
class View:
    """One booklet as the preview shows it.

    ``findings`` are of the source, ``proof`` of the finished files. ``printed`` and ``ebook`` are
    the last good ones; ``is_old`` says that the source has changed since and they could not be
    made anew. ``seconds`` is how long the pages took from the moment the change was noticed.
    ``turned`` are the numbers of the pages whose words are new.
    """

    sight: Sight
    title: str = ""
    language: str = "en"
    stage: Stage = Stage.CHECKING
    findings: tuple[Finding, ...] = ()
    proof: tuple[Finding, ...] = ()
    printed: Printed | None = None
    ebook: Ebook | None = None
    is_old: bool = False
    seconds: float = 0.0
    turned: tuple[str, ...] = ()
    fault: str = ""
    revision: int = 0

    @property
    def booklet(self) -> str:
        """The booklet's id."""
        return self.sight.booklet

    @property
    def all_findings(self) -> tuple[Finding, ...]:
        """What is wrong with the source, then what is wrong with the files."""
        return (*self.findings, *self.proof)

    @property
    def is_settled(self) -> bool:
        """True when nothing more will come of the source as it is now."""
        return self.stage in (Stage.READY, Stage.BLOCKED, Stage.FAULT)

    @property
    def is_blocked(self) -> bool:
        """True when an error forbids building."""
        return blocks_build(self.all_findings)


@dataclass(slots=True)
class Desk:
    """Where the workshop lays its views and the server's threads pick them up."""

    _views: dict[Sight, View] = field(default_factory=dict)
    _revision: int = 0
    _changed: threading.Condition = field(default_factory=threading.Condition)

    def view(self, sight: Sight) -> View:
        """Return what is known; a bare view when nobody has looked at this yet."""
        with self._changed:
            return self._views.get(sight) or View(sight)

    def post(self, view: View) -> None:
        """Lay down a newer view and wake everybody who waits for one."""
        with self._changed:
            self._revision += 1
            self._views[view.sight] = replace(view, revision=self._revision)
            self._changed.notify_all()

    def stir(self) -> None:
        """Wake everybody although no view is newer: the list of booklets may be."""
        with self._changed:
            self._revision += 1
            self._changed.notify_all()

    def wait(self, ready: Callable[[], bool], seconds: float) -> bool:
        """Wait until ``ready`` says so after some post; False when the time was up before."""
        with self._changed:
            return self._changed.wait_for(ready, seconds)

    def revision(self, sight: Sight | None) -> int:
        """Return the number of the newest view of something, or of anything at all."""
        # No lock: a whole number is read in one piece, and ``wait`` calls this while it holds one.
        if sight is None:
            return self._revision
        view = self._views.get(sight)
        return view.revision if view else 0

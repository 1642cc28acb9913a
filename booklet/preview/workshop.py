"""Changes of the source go in, ever newer views go out to the desk: findings first, then pages.

survey -> clear -> print -> listen -> bind the e-book -> prove; a newer change breaks in between.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from booklet import executors
from booklet.editions import EPUB, Artifact, Edition, Job, edition
from booklet.errors import BookletError, MachineError
from booklet.findings import Cleared, Finding, clear, in_order
from booklet.plan import plan, waves
from booklet.preview import work
from booklet.preview.desk import Desk, Printed, Sight, Stage, View
from booklet.survey import Draft, Request, survey

TICK = 0.2
"""Seconds after which the main thread looks up, for on some systems Ctrl-C is not heard before."""

LOOKED_AT = 900.0
"""Seconds for which something that nobody looks at any more is still kept up to date."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the person asked to see; ``printed`` is the edition whose pages are shown at first.

    ``clock`` returns seconds that only grow; it serves to say how long the pages took.
    """

    source: Path
    today: date
    printed: Edition
    clock: Callable[[], float]
    clinic: str = ""

    def survey(self, booklet: str = "") -> tuple[Draft, ...]:
        """Read and check a booklet, or without a name all. Raises BookletError."""
        names = (booklet,) if booklet else ()
        clinics = (self.clinic,) if self.clinic else ()
        return survey(Request(self.source, self.source, self.today, names, clinics=clinics))


class Workshop:
    """Makes what is shown. ``run`` belongs to the main thread; all else may be called from any."""

    def __init__(self, wish: Wish, desk: Desk) -> None:
        self._wish = wish
        self._desk = desk
        self._stirred = threading.Condition()
        self._seen: dict[Sight, float] = {}
        self._begun: dict[Sight, int] = {}
        self._waiting: list[Sight] = []
        self._turn = 0
        self._noticed = wish.clock()
        self._known: dict[tuple[str, str, str], tuple[tuple[Any, ...], Any]] = {}

    def open(self, sight: Sight) -> bool:
        """Tell that somebody looks at this. Return True when something newer will come of it."""
        with self._stirred:
            self._seen[sight] = self._wish.clock()
            if self._begun.get(sight) == self._turn:
                return False
            if sight not in self._waiting:
                self._noticed = self._wish.clock()
                self._waiting.insert(0, sight)
            self._stirred.notify_all()
            return True

    def changed(self) -> None:
        """Tell that something in the source is new; what was looked at of late is made anew."""
        with self._stirred:
            self._turn += 1
            now = self._noticed = self._wish.clock()
            recent = sorted(self._seen.items(), key=lambda item: -item[1])
            self._waiting = [sight for sight, seen in recent if now - seen < LOOKED_AT]
            self._stirred.notify_all()
        self._desk.stir()

    def run(self) -> None:
        """Work until interrupted. A worker that dies is replaced."""
        while True:
            with executors.spawned(1) as pool:
                pool.submit(work.warm)
                while self.work_off(pool):
                    with self._stirred:
                        self._stirred.wait_for(lambda: self._waiting, TICK)

    def work_off(self, pool: Executor) -> bool:
        """Make all that waits; False when the worker has died."""
        while True:
            with self._stirred:
                if not self._waiting:
                    return True
                sight = self._waiting.pop(0)
                turn = self._begun[sight] = self._turn
            if not self._show(sight, turn, pool):
                return False

    def _show(self, sight: Sight, turn: int, pool: Executor) -> bool:
        """Post one view after another of a booklet; False when the worker has died."""
        try:
            for view in self._views(sight, pool):
                self._desk.post(view)
                if turn != self._turn:
                    break
        except BrokenProcessPool:
            self._fault(sight, "The worker process stopped. Save a file to try again.")
            return False
        except BookletError as fault:
            self._fault(sight, fault.line())
        except Exception as error:  # noqa: BLE001 - the preview must outlive a fault of the program
            self._fault(sight, f"The program has a fault: {type(error).__name__}: {error}")
        return True

    def _fault(self, sight: Sight, line: str) -> None:
        before = self._desk.view(sight)
        self._desk.post(_stopped(before, Stage.FAULT, fault=line))

    # ------------------------------------------------------------------- stage after stage

    def _views(self, sight: Sight, pool: Executor) -> Iterator[View]:
        """Yield what is known of a booklet after each stage."""
        (draft,) = self._wish.survey(sight.booklet)
        printed = edition(sight.edition)
        view = _checked(self._desk.view(sight), draft)
        cleared = clear(draft.booklet, draft.findings)
        if cleared is None:
            yield _stopped(view, Stage.BLOCKED)
            return
        yield view
        made: dict[str, tuple[Job, Artifact]] = {}
        for row in _rows(printed):
            job, written = self._written(cleared, row, made, pool)
            if written.artifact is None:
                yield _stopped(view, Stage.BLOCKED, proof=in_order(written.findings))
                return
            made[row.id] = (job, written.artifact)
            if row == printed:
                for paged in self._pages(view, written.artifact, pool):
                    yield paged
                view = paged
        view = self._bound(view, made[EPUB.id], pool)
        yield view
        yield self._proved(view, made, pool)

    def _written(
        self, cleared: Cleared, row: Edition, made: dict[str, tuple[Job, Artifact]], pool: Executor
    ) -> tuple[Job, Any]:
        parent = made[row.made_from][1] if row.made_from else None
        job = plan(cleared, row, parent)
        if job is None:
            raise MachineError(f"{row.name} cannot be made", hint="Try another --edition.")
        return job, self._once(pool, (cleared.booklet.meta.id, row.id), work.write, job)

    def _pages(self, view: View, artifact: Artifact, pool: Executor) -> Iterator[View]:
        """Show the pages at once, and what is heard of them as soon as somebody has listened."""
        key = (view.booklet, view.sight.edition)
        blank: tuple[work.Sheet, ...] = self._once(pool, key, work.sheets, artifact)
        old = view.printed.sheets if view.printed else ()
        words = [sheet.heard for sheet in old[: len(blank)]]
        words += [()] * (len(blank) - len(words))
        view = _with_pages(view, artifact, blank, words)
        view = replace(view, stage=Stage.BINDING, seconds=self._wish.clock() - self._noticed)
        yield replace(view, is_old=False)
        labels = tuple(sheet.label for sheet in blank)
        heard = self._once(pool, key, work.hear, artifact, view.language, labels)
        turned = [
            label
            for label, now, then in zip(labels, heard, words, strict=True)
            if _uncoded(now) != _uncoded(then)
        ]
        view = _with_pages(view, artifact, blank, heard)
        yield replace(view, is_old=False, turned=tuple(turned) if old else ())

    def _bound(self, view: View, made: tuple[Job, Artifact], pool: Executor) -> View:
        ebook = self._once(pool, (view.booklet, EPUB.id), work.open_ebook, *made)
        return replace(view, ebook=ebook, stage=Stage.PROVING)

    def _proved(self, view: View, made: dict[str, tuple[Job, Artifact]], pool: Executor) -> View:
        proof: list[Finding] = []
        for row in (edition(view.sight.edition), EPUB):
            proof += self._once(pool, (view.booklet, row.id), work.prove, *made[row.id])
        return replace(view, stage=Stage.READY, proof=in_order(proof))

    def _once(
        self, pool: Executor, key: tuple[str, str], do: Callable[..., Any], *given: Any
    ) -> Any:
        """Have a stage done by the worker, unless it was just done with the very same input."""
        place = (*key, do.__name__)
        known = self._known.get(place)
        if known is None or known[0] != given:
            known = self._known[place] = (given, pool.submit(do, *given).result())
        return known[1]


def _rows(printed: Edition) -> tuple[Edition, ...]:
    """The printed edition as early as can be, the e-book, and what they are made from."""
    ordered = (sorted(wave, key=lambda row: row != printed) for wave in waves((printed, EPUB)))
    return tuple(row for wave in ordered for row in wave)


def _with_pages(view: View, artifact: Artifact, blank: Any, words: Any) -> View:
    sheets = (replace(sheet, heard=tuple(h)) for sheet, h in zip(blank, words, strict=True))
    return replace(view, printed=Printed(artifact.edition, artifact, tuple(sheets)))


def _checked(before: View, draft: Draft) -> View:
    """What is known after reading and checking: the findings are new, the pages not yet."""
    meta = draft.booklet.meta if draft.booklet else None
    return replace(
        before,
        title=meta.title if meta else before.title,
        language=meta.language if meta else before.language,
        stage=Stage.PRINTING,
        findings=in_order(draft.findings),
        fault="",
    )


def _stopped(view: View, stage: Stage, *, proof: tuple[Finding, ...] = (), fault: str = "") -> View:
    """Stop here; the last good pages stay, marked as old."""
    old = view.printed is not None or view.ebook is not None
    return replace(view, stage=stage, proof=proof, fault=fault, is_old=old, turned=())


def _uncoded(heard: object) -> str:
    """Return what is heard of a page without the booklet code, which changes with every save."""
    return re.sub(r"/[0-9a-f]{12}\b", "/", repr(heard))

"""Changes of the source go in, ever newer views go out to the desk: findings first, then pages.

survey -> clear -> print -> listen -> bind the e-book -> prove; a newer change breaks in between.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from booklet import executors
from booklet.editions import EPUB, Artifact, Edition, Job
from booklet.errors import BookletError, MachineError
from booklet.findings import Cleared, Finding, clear, in_order
from booklet.plan import plan, waves
from booklet.preview import work
from booklet.preview.desk import Desk, Printed, Stage, View
from booklet.survey import Draft, Request, survey

TICK = 0.2
"""Seconds after which the main thread looks up, for on some systems Ctrl-C is not heard before."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the person asked to see; ``printed`` is the edition whose pages are shown.

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
        self._opened: dict[str, None] = {}
        self._waiting: dict[str, None] = {}
        self._turn = 0
        self._noticed = wish.clock()
        self._known: dict[tuple[str, str, str], tuple[tuple[Any, ...], Any]] = {}

    def open(self, booklet: str) -> None:
        """Ask for a booklet that somebody looks at; from then on it is kept up to date."""
        with self._stirred:
            if booklet not in self._opened:
                self._noticed = self._wish.clock()
                self._waiting[booklet] = self._opened[booklet] = None
                self._stirred.notify_all()

    def changed(self) -> None:
        """Tell that something in the source is new."""
        with self._stirred:
            self._turn += 1
            self._noticed = self._wish.clock()
            # What was opened last is what is being looked at.
            self._waiting = dict.fromkeys(reversed(self._opened))
            self._stirred.notify_all()
        self._desk.stir()

    def run(self) -> None:
        """Work until interrupted. A worker that dies is replaced."""
        while True:
            with executors.spawned(1) as pool:
                pool.submit(work.warm)
                self._work(pool)

    def _work(self, pool: Executor) -> None:
        """Make one booklet after another, until the worker dies."""
        while True:
            with self._stirred:
                while not self._waiting:
                    self._stirred.wait(TICK)
                name = next(iter(self._waiting))
                del self._waiting[name]
                turn = self._turn
            if not self._show(name, turn, pool):
                return

    def _show(self, name: str, turn: int, pool: Executor) -> bool:
        """Post one view after another of a booklet; False when the worker has died."""
        try:
            for view in self._views(name, pool):
                self._desk.post(view)
                if turn != self._turn:
                    break
        except BrokenProcessPool:
            self._fault(name, "The worker process stopped. Save a file to try again.")
            return False
        except BookletError as fault:
            self._fault(name, fault.line())
        except Exception as error:  # noqa: BLE001 - the preview must outlive a fault of the program
            self._fault(name, f"The program has a fault: {type(error).__name__}: {error}")
        return True

    def _fault(self, name: str, line: str) -> None:
        before = self._desk.view(name)
        self._desk.post(_stopped(before, Stage.FAULT, fault=line))

    # ------------------------------------------------------------------- stage after stage

    def _views(self, name: str, pool: Executor) -> Iterator[View]:
        """Yield what is known of a booklet after each stage."""
        (draft,) = self._wish.survey(name)
        view = _checked(self._desk.view(name), draft)
        cleared = clear(draft.booklet, draft.findings)
        if cleared is None:
            yield _stopped(view, Stage.BLOCKED)
            return
        yield view
        made: dict[str, tuple[Job, Artifact]] = {}
        for row in self._rows():
            job, written = self._written(cleared, row, made, pool)
            if written.artifact is None:
                yield _stopped(view, Stage.BLOCKED, proof=in_order(written.findings))
                return
            made[row.id] = (job, written.artifact)
            if row == self._wish.printed:
                for paged in self._pages(view, written.artifact, pool):
                    yield paged
                view = paged
        view = self._bound(view, made[EPUB.id], pool)
        yield view
        yield self._proved(view, made, pool)

    def _rows(self) -> tuple[Edition, ...]:
        """The printed edition as early as can be, the e-book, and what they are made from."""
        ordered = (
            sorted(wave, key=lambda row: row != self._wish.printed)
            for wave in waves((self._wish.printed, EPUB))
        )
        return tuple(row for wave in ordered for row in wave)

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
        key = (view.booklet, self._wish.printed.id)
        blank: tuple[work.Sheet, ...] = self._once(pool, key, work.sheets, artifact)
        old = view.printed.sheets if view.printed else ()
        words = [sheet.heard for sheet in old[: len(blank)]]
        words += [()] * (len(blank) - len(words))
        view = self._with_pages(view, artifact, blank, words)
        view = replace(view, stage=Stage.BINDING, seconds=self._wish.clock() - self._noticed)
        yield replace(view, is_old=False)
        labels = tuple(sheet.label for sheet in blank)
        heard = self._once(pool, key, work.hear, artifact, view.language, labels)
        turned = [
            label for label, now, then in zip(labels, heard, words, strict=True) if now != then
        ]
        view = self._with_pages(view, artifact, blank, heard)
        yield replace(view, is_old=False, turned=tuple(turned) if old else ())

    def _with_pages(self, view: View, artifact: Artifact, blank: Any, words: Any) -> View:
        sheets = (replace(sheet, heard=tuple(h)) for sheet, h in zip(blank, words, strict=True))
        return replace(view, printed=Printed(self._wish.printed, artifact, tuple(sheets)))

    def _bound(self, view: View, made: tuple[Job, Artifact], pool: Executor) -> View:
        ebook = self._once(pool, (view.booklet, EPUB.id), work.open_ebook, *made)
        return replace(view, ebook=ebook, stage=Stage.PROVING)

    def _proved(self, view: View, made: dict[str, tuple[Job, Artifact]], pool: Executor) -> View:
        proof: list[Finding] = []
        for row in (self._wish.printed, EPUB):
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

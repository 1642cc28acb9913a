"""Booklets enter one after another; each goes its own way, and how it fared leaves.

Read and check, clear, plan, make (parents first), judge, put out: only so many booklets are on
their way at a time, so no catalogue of files piles up. A fault stops its booklet alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from booklet import outside
from booklet.crew import Answer, Crew, Task
from booklet.editions import Edition, Job, Made
from booklet.findings import Cleared, blocks_build, clear
from booklet.kept import Shelf
from booklet.looking import Looked, Step, Tell, Wanted, fault_of, looked_at, reading
from booklet.plan import plan, waves
from booklet.publishing import Desk, Finished
from booklet.report import BookletResult, Fault, Status, Took, count
from booklet.source import SourceTree
from booklet.stopwatch import Watch
from booklet.survey import Copy, Draft, Errand, Request

# None stands for a booklet that nobody has read yet.
Coming = Iterable[tuple[Copy, Looked | None]]

BATCH = 12
"""Booklets that outside programs judge together, for each of them takes seconds to start."""


class Tools(NamedTuple):
    """What a stream works with: ``make`` is the work on a job, ``shelf`` what was made before."""

    crew: Crew
    desk: Desk
    shelf: Shelf | None
    make: Callable[[Job], Made]
    tell: Tell


@dataclass(slots=True, eq=False)
class _Going:
    """A booklet on its way; ``left`` counts what of it is out to be done.

    ``begun`` and ``settled`` are ids of editions; of nothing at all, editions can be made at once.
    """

    number: int
    copy: Copy
    draft: Draft | None = None
    cleared: Cleared | None = None
    made: dict[str, Made] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)
    settled: set[str] = field(default_factory=lambda: {""})
    left: int = 0
    fault: Fault | None = None

    @property
    def name(self) -> str:
        """The booklet as it is told of."""
        name, clinic = self.copy
        return f"{name} for {clinic}" if clinic else name


class Stream:
    """The booklets on their way. ``results`` says how each fared, ``took`` how long it took."""

    def __init__(self, request: Request, tools: Tools) -> None:
        self.results: dict[Copy, BookletResult] = {}
        self.took: list[Took] = []
        self.watch = Watch()
        self._request = request
        self._tools = tools
        self._tree = SourceTree.open(request.source)
        self._rows = tuple(row for wave in waves(request.editions) for row in wave)
        self._going: dict[int, _Going] = {}
        self._to_judge: list[_Going] = []
        self._done = 0
        self._total = 0
        self._is_over = False

    def run(self, coming: Coming, number: int) -> None:
        """Take ``number`` booklets all the way. Raises BookletError for what concerns all."""
        self._total = number * len(self._rows)
        line = enumerate(coming)
        while self._begin(line):
            if self._tools.crew.is_idle or len(self._to_judge) >= BATCH:
                self._judge()
            else:
                self._take(self._tools.crew.answer())

    # ------------------------------------------------------------------ read and check

    def _begin(self, line: Iterator[tuple[int, tuple[Copy, Looked | None]]]) -> bool:
        """Let booklets in while there is room; False when none is on its way any more."""
        most = self._tools.crew.room + 1 + len(self._to_judge)
        while len(self._going) < most and not self._is_over:
            number, (copy, looked) = next(line, (0, (("", ""), None)))
            if not copy[0]:
                break
            going = self._going[number] = _Going(number, copy)
            if looked is None:
                going.left += 1
                errand = Errand(self._tree, copy, self._request.today)
                self._tools.crew.give(reading(number, errand))
            else:
                self._clear(going, looked)
        return bool(self._going)

    def _take(self, answer: Answer) -> None:
        """Go on with a booklet of which something was done."""
        wanted: Wanted = answer.task.name
        going = self._going[wanted.number]
        going.left -= 1
        if wanted.row is None:
            self._clear(going, looked_at(answer, self._tree))
            return
        if answer.fault is not None:
            going.fault = fault_of(answer.fault, f"{going.name}, {wanted.row.name}")
            self._leave_out(going, wanted.row)
        else:
            if self._tools.shelf:
                with self.watch.on("cache"):
                    self._tools.shelf.keep(wanted.key, answer.result)
            self._note(going, wanted.row, answer.result)
        self._plan(going)
        self._end(going)

    def _clear(self, going: _Going, looked: Looked) -> None:
        """Pass a booklet through the gate; what is blocked ends here."""
        if isinstance(looked, Fault):
            going.fault = looked
        else:
            going.draft = looked
            self.watch.add(looked.took)
            going.cleared = clear(looked.booklet, looked.findings, strict=self._request.strict)
        if going.cleared:
            self._tools.desk.open()
            self._plan(going)
        else:
            self._total -= len(self._rows)
        self._end(going)

    # ---------------------------------------------------------------- plan and make

    def _plan(self, going: _Going) -> None:
        """Have all made that is made from nothing, or from what is there by now."""
        for row in self._rows:  # parents stand before their children
            if not going.cleared or row.id in going.begun or row.made_from not in going.settled:
                continue
            going.begun.add(row.id)
            made = going.made.get(row.made_from)
            artifact = made.artifact if made else None
            job = plan(going.cleared, row, artifact, self._request.caliper)
            if job:
                self._have_made(going, job)
            else:
                self._leave_out(going, row)

    def _leave_out(self, going: _Going, row: Edition) -> None:
        going.settled.add(row.id)
        self._total -= 1

    def _have_made(self, going: _Going, job: Job) -> None:
        shelf, row = self._tools.shelf, job.edition
        with self.watch.on("cache"):
            key = shelf.key(job) if shelf else ""
            known = shelf.recall(key, row) if shelf else None
        if known:
            self._note(going, row, known)
            return
        going.left += 1
        rank = (going.number, self._rows.index(row))
        self._tools.crew.give(Task(rank, Wanted(going.number, row, key), self._tools.make, job))

    def _note(self, going: _Going, row: Edition, made: Made) -> None:
        going.made[row.id] = made
        going.settled.add(row.id)
        self._done += 1
        if self._request.timings:
            self.took.append(Took(*going.copy, row.name, made.took))
        pages = made.artifact.pages if made.artifact else 0
        length = f", {count(pages, 'page')}" if pages else ""
        self._tools.tell(Step(f"{going.name}, {row.name}{length}", self._done, self._total))

    # ---------------------------------------------------------------- judge and put out

    def _end(self, going: _Going) -> None:
        """Finish a booklet of which nothing is left to be made."""
        if going.left:
            return
        if self._request.full and going.made:
            self._to_judge.append(going)
        else:
            self._finish(going)

    def _judge(self) -> None:
        """Ask the outside programs about all that wait for them, in one go."""
        going, self._to_judge = self._to_judge, []
        bench = {(*each.copy, row): made for each in going for row, made in each.made.items()}
        self._tools.tell("Asking the outside checkers; this may take a minute.")
        with self.watch.on("outside"):
            bench = outside.judge(bench, outside.folder(self._request.source))
        for each in going:
            each.made = {row: bench[(*each.copy, row)] for row in each.made}
            self._finish(each)

    def _finish(self, going: _Going) -> None:
        """Put a booklet out, if nothing forbids it, and let go of its bytes."""
        del self._going[going.number]
        made = [going.made[row.id] for row in self._rows if row.id in going.made]
        findings = tuple(finding for each in made for finding in each.findings)
        wanted = tuple(going.made[row.id] for row in self._request.editions if row.id in going.made)
        whole = len(wanted) == len(self._request.editions) and all(m.artifact for m in wanted)
        good = whole and not blocks_build(findings, strict=self._request.strict)
        status: Status = "failed" if going.fault else "built" if good else "blocked"
        result = self.results[going.copy] = _result(going, status, findings)
        if status == "built" and going.cleared:
            self._tools.desk.take(Finished(going.copy, going.cleared.booklet, wanted, result))
        elif self._request.fail_fast:
            self._is_over = True


def _result(going: _Going, status: Status, findings: Iterable[Any]) -> BookletResult:
    result = result_of(going.draft, status) if going.draft else None
    if result is None:
        name, clinic = going.copy
        result = BookletResult(name, "", status, (), clinic, whole=False)
    return replace(result, findings=(*result.findings, *findings), fault=going.fault)


def result_of(draft: Draft, status: Status) -> BookletResult:
    """Say how a booklet fared as far as its source goes."""
    return BookletResult(
        id=draft.id,
        title=draft.booklet.meta.title if draft.booklet else "",
        status=status,
        findings=draft.findings,
        clinic=draft.clinic,
        off=draft.off,
        known=draft.known,
        whole=draft.booklet is not None,
    )

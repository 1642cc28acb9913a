"""What the workshop posts, and when: the real stages, on the smallest booklet, in this process."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from booklet import executors
from booklet.errors import MachineError
from booklet.preview import work
from booklet.preview.desk import Desk, Stage, View
from booklet.preview.workshop import LOOKED_AT, Wish, Workshop
from tests.preview_samples import ROW, SIGHT, TODAY, source


class Recorder(Desk):
    """A desk that remembers every view."""

    def __init__(self) -> None:
        super().__init__()
        self.views: list[View] = []

    def post(self, view: View) -> None:
        self.views.append(view)
        super().post(view)

    def stages(self) -> list[Stage]:
        seen, self.views = [view.stage for view in self.views], []
        return seen


class Pool(executors.InProcess):
    """An executor that counts, does something before a stage, or breaks."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.before: dict[str, Any] = {}

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.done.append(fn.__name__)
        self.before.get(fn.__name__, lambda: None)()
        return super().submit(fn, *args, **kwargs)


class Bench:
    """A workshop, its desk and its pool; ``clock`` moves on by a second whenever it is read."""

    def __init__(self, folder: Path) -> None:
        self.source = source(folder)
        self.desk, self.pool = Recorder(), Pool()
        self.ticks: Iterator[float] = map(float, count())
        wish = Wish(self.source, TODAY, ROW, clock=lambda: next(self.ticks))
        self.workshop = Workshop(wish, self.desk)

    @property
    def chapter(self) -> Path:
        return self.source / "tiny" / "01-first.md"

    def show(self) -> list[Stage]:
        """Make what waits, and return the stages that were posted."""
        self.workshop.work_off(self.pool)
        return self.desk.stages()


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


@pytest.mark.slow
def test_from_the_first_look_over_a_mistake_to_its_correction(bench: Bench) -> None:
    assert bench.workshop.open(SIGHT)
    whole = [Stage.PRINTING, Stage.BINDING, Stage.BINDING, Stage.PROVING, Stage.READY]
    assert bench.show() == whole
    first = bench.desk.view(SIGHT)
    assert first.printed is not None
    assert first.ebook is not None
    assert first.seconds > 0
    assert (first.all_findings, first.turned, first.is_old) == ((), (), False)
    assert bench.pool.done == ["write", "sheets", "hear", "write", "open_ebook", "prove", "prove"]
    assert any("One sentence is enough." in sheet.heard for sheet in first.printed.sheets)

    # Nobody's look and no change: nothing is made.
    assert not bench.workshop.open(SIGHT)
    bench.pool.done.clear()
    assert bench.show() == []
    bench.workshop.changed()
    assert bench.show() == whole
    assert bench.pool.done == []

    good = bench.chapter.read_text(encoding="utf-8")
    bench.chapter.write_text(f"{good}\n![](none.png)\n", encoding="utf-8")
    bench.workshop.changed()
    assert bench.show() == [Stage.BLOCKED]
    broken = bench.desk.view(SIGHT)
    assert (broken.printed, broken.ebook) == (first.printed, first.ebook)
    assert broken.is_old
    assert {finding.span.line for finding in broken.findings} == {5}

    bench.chapter.write_text(good.replace("One", "Just one"), encoding="utf-8")
    bench.workshop.changed()
    assert bench.show() == whole
    mended = bench.desk.view(SIGHT)
    assert mended.printed is not None
    assert not mended.is_old
    (turned,) = mended.turned
    (page,) = (sheet for sheet in mended.printed.sheets if sheet.label == turned)
    assert "Just one sentence is enough." in page.heard


def refuse(message: str) -> Any:
    def work_that_fails() -> None:
        raise MachineError(message)

    return work_that_fails


def test_a_fault_of_the_machine_or_the_program_is_shown_and_survived(bench: Bench) -> None:
    bench.pool.before["write"] = refuse("the disk is full")
    bench.workshop.open(SIGHT)
    assert bench.show() == [Stage.PRINTING, Stage.FAULT]
    assert bench.desk.view(SIGHT).fault == "the disk is full"
    bench.pool.before["write"] = lambda: 1 / 0
    bench.workshop.changed()
    assert bench.show() == [Stage.PRINTING, Stage.FAULT]
    assert "ZeroDivisionError" in bench.desk.view(SIGHT).fault


def test_a_worker_that_dies_is_told_and_asks_for_a_new_one(bench: Bench) -> None:
    def die() -> None:
        raise BrokenProcessPool

    bench.pool.before["write"] = die
    bench.workshop.open(SIGHT)
    assert bench.workshop.work_off(bench.pool) is False
    assert bench.desk.view(SIGHT).stage is Stage.FAULT


def test_a_booklet_that_is_gone_is_told(bench: Bench) -> None:
    (bench.source / "tiny").rename(bench.source / "other")
    bench.workshop.open(SIGHT)
    assert bench.show() == [Stage.FAULT]
    assert "there is no booklet 'tiny'" in bench.desk.view(SIGHT).fault


def test_a_newer_change_breaks_in_between_two_stages(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "write", refuse("laid out"))
    bench.workshop.open(SIGHT)
    posted = bench.desk.post
    changes = iter([bench.workshop.changed])

    def post(view: View) -> None:
        posted(view)
        next(changes, lambda: None)()

    bench.desk.post = post  # type: ignore[method-assign]  # the moment between two stages
    assert bench.show() == [Stage.PRINTING, Stage.PRINTING, Stage.FAULT]
    assert len(bench.pool.done) == 1


def test_what_nobody_has_looked_at_for_long_is_not_made_anew(bench: Bench) -> None:
    bench.chapter.write_text("![](none.png)\n", encoding="utf-8")
    bench.workshop.open(SIGHT)
    assert bench.show() == [Stage.BLOCKED]
    bench.workshop.changed()
    assert bench.show() == [Stage.BLOCKED]
    bench.ticks = map(float, count(int(LOOKED_AT) + 100))
    bench.workshop.changed()
    assert bench.show() == []
    assert bench.workshop.open(SIGHT)
    assert bench.show() == [Stage.BLOCKED]

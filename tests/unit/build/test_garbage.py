"""Garbage is looked for rarely while work is done, and as often as before when it is over."""

from __future__ import annotations

import atexit
import gc
import io
import subprocess
import sys
from typing import Any

import pytest

from booklet import cli
from booklet.garbage import RARELY, leave, looked_for_rarely


def _failing_work() -> None:
    with looked_for_rarely():
        with looked_for_rarely():
            assert gc.get_threshold() == RARELY
        assert gc.get_threshold() == RARELY
        raise ValueError("broken")


def test_it_is_as_before_when_the_work_is_over_or_has_failed() -> None:
    before = gc.get_threshold()
    with pytest.raises(ValueError, match="broken"):
        _failing_work()
    assert gc.get_threshold() == before


@pytest.mark.parametrize(("command", "rarely"), [("list", True), ("preview", False)])
def test_commands_but_the_lasting_one_look_rarely(
    command: str, rarely: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[int, int, int]] = []

    class Home:
        @staticmethod
        def run(_arguments: Any) -> int:
            seen.append(gc.get_threshold())
            return 0

    monkeypatch.setattr(cli, "import_module", lambda _name: Home)
    assert cli.main([command]) == 0
    assert (seen == [RARELY]) is rarely


LEAVING = """
import atexit, sys, threading
from booklet.garbage import leave
class Loud:
    def __del__(self): print("taken apart")
kept = Loud()
atexit.register(print, "asked")
print("written")
if "thread" in sys.argv:
    threading.Timer(0.2, print, ["worked"]).start()
leave(7)
"""


@pytest.mark.parametrize(
    ("words", "said"),
    [([], ["written", "asked"]), (["thread"], ["written", "worked", "asked", "taken apart"])],
)
def test_leaving_writes_and_calls_and_takes_nothing_apart(
    words: list[str], said: list[str]
) -> None:
    command = [sys.executable, "-c", LEAVING, *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.split("\n")[:-1], done.stderr) == (7, said, "")


class _Closed(io.StringIO):
    def flush(self) -> None:
        raise BrokenPipeError


def test_leaving_is_left_to_python_when_nothing_can_be_written(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(atexit, "_run_exitfuncs", lambda: None)
    monkeypatch.setattr(sys, "stdout", _Closed())
    with pytest.raises(SystemExit) as left:
        leave(7)
    assert left.value.code == 7

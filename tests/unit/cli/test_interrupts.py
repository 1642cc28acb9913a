"""Ctrl-C always arrives, and nothing is disturbed while it is on its way."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from booklet import cli, cli_interrupt, cli_which
from tests.processes import environment

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no alarm")


def ask_to_stop(number: signal.Signals = signal.SIGINT) -> None:
    os.kill(os.getpid(), number)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_that_somebody_swallowed_comes_again(number: signal.Signals) -> None:
    swallowed = []

    def work() -> None:
        try:
            ask_to_stop(number)
            time.sleep(1)
        except BaseException as error:  # noqa: BLE001 - as libraries do
            swallowed.append(error)
        time.sleep(10)

    begun = time.monotonic()
    with pytest.raises(KeyboardInterrupt), cli_interrupt.interrupts():
        work()
    assert len(swallowed) == 1
    assert time.monotonic() - begun < 5


def test_nothing_disturbs_the_tidying_up() -> None:
    done = []

    def work() -> None:
        try:
            ask_to_stop()
            time.sleep(1)
        finally:
            ask_to_stop()
            time.sleep(3 * cli_interrupt.AGAIN)
            done.append("tidy")

    with pytest.raises(KeyboardInterrupt), cli_interrupt.interrupts():
        work()
    assert done == ["tidy"]


def test_afterwards_everything_is_as_before() -> None:
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGALRM)
    before = [signal.getsignal(number) for number in numbers]

    def work() -> None:
        ask_to_stop()
        time.sleep(1)

    with pytest.raises(KeyboardInterrupt), cli_interrupt.interrupts():
        work()
    assert [signal.getsignal(number) for number in numbers] == before
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_what_somebody_ignores_stays_ignored() -> None:
    before = signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        with cli_interrupt.interrupts():
            ask_to_stop(signal.SIGTERM)
            time.sleep(0.01)
    finally:
        signal.signal(signal.SIGTERM, before)


def test_what_goes_wrong_because_of_an_interrupt_is_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(_: object) -> int:
        try:
            raise KeyboardInterrupt
        finally:
            raise AttributeError("no such thing")

    monkeypatch.setattr(cli_which, "run", broken)
    assert cli.main(["which", "CODE"]) == 130
    assert capsys.readouterr().err == "Stopped. No file was left half written.\n"


@pytest.mark.parametrize("start", ["-m booklet", "make_booklet.py"])
def test_an_interrupt_while_the_program_is_loaded_is_no_traceback(
    start: str, tmp_path: Path
) -> None:
    # A module that is loaded early, and during which the person stops the program.
    (tmp_path / "argparse.py").write_text("raise KeyboardInterrupt\n")
    root = environment()["PYTHONPATH"]
    words = start.split() if "-m" in start else [str(Path(root) / start)]
    done = subprocess.run(
        [sys.executable, *words, "list"],
        env=environment(PYTHONPATH=f"{tmp_path}{os.pathsep}{root}", BOOKLET_NO_SETUP="1"),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 130
    assert "Traceback" not in done.stderr
    assert done.stderr.count("\n") <= 1

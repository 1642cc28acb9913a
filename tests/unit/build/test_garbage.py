"""Garbage is looked for rarely while work is done, and as often as before when it is over."""

from __future__ import annotations

import gc
from typing import Any

import pytest

from booklet import cli
from booklet.garbage import RARELY, looked_for_rarely


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

"""How many processes a build is offered: no more than can be at work at the same time."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from booklet import build, executors
from booklet.editions import edition


@pytest.mark.parametrize(
    ("editions", "booklets", "most"),
    [
        (("large-a4", "epub"), 1, 1),
        (("epub",), 1, 1),
        (("large-a4", "large-letter", "epub"), 1, 2),
        (("large-a4", "epub"), 3, 6),
    ],
)
def test_an_e_book_that_waits_for_its_print_needs_no_process_of_its_own(
    editions: tuple[str, ...], booklets: int, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    def workers_for(jobs: int, wanted: int | None) -> int:
        asked.append(jobs)
        return 1

    monkeypatch.setattr(executors, "workers_for", workers_for)
    request = build.Request(
        Path("source"), Path("out"), date(2027, 1, 1), editions=tuple(map(edition, editions))
    )
    build._crew(request, booklets, print)
    assert asked == [most]

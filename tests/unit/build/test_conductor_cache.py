"""A cache that cannot be written stops nothing, and is told of once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from booklet import build
from booklet.build import Request
from booklet.cache import Store
from tests.unit.build.conductor_stage import Stage


def test_it_is_told_once_and_all_is_built(stage: Stage, request_: Request, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    told: list[str] = []
    report = build.build(replace(request_, cache=tmp_path / "file" / "cache"), told.append)
    assert report.exit_code == 0
    assert [each.status for each in report.booklets] == ["built", "built"]
    (line,) = [each for each in told if "cache" in each]
    assert line == (
        f"The cache cannot be written (Not a directory): {tmp_path / 'file' / 'cache'}."
        " All the same, every file is built; the next build will take longer."
    )


def test_one_that_can_be_written_is_not_told_of(
    stage: Stage, request_: Request, tmp_path: Path
) -> None:
    told: list[str] = []
    build.build(replace(request_, cache=tmp_path / "cache"), told.append)
    assert not [each for each in told if "cache" in each]
    assert Store(tmp_path / "cache").entries()


def test_only_the_first_reason_is_kept(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    store = Store(tmp_path / "file")
    for key in ("0" * 64, "1" * 64):
        store.write(key, b"{}")
    assert store.refused == ["Not a directory"]
    assert store == Store(tmp_path / "file")

"""The conductor's stages played by fakes, and a small source folder to conduct."""

from __future__ import annotations

from pathlib import Path

import pytest

from booklet import build, checks, readers
from booklet.build import Request
from tests.unit.build.conductor_stage import TODAY, Stage


@pytest.fixture
def stage(monkeypatch: pytest.MonkeyPatch) -> Stage:
    fake = Stage()
    monkeypatch.setattr(readers, "read", fake.read, raising=False)
    monkeypatch.setattr(checks, "run", fake.check)
    monkeypatch.setattr(build, "make", fake.work)
    return fake


@pytest.fixture
def request_(tmp_path: Path) -> Request:
    for name in ("a", "b", "disclaimers"):
        (tmp_path / "source" / name).mkdir(parents=True)
    (tmp_path / "source" / "clinics").mkdir()
    (tmp_path / "source" / "clinics" / "riverside.yaml").write_text("name: Riverside\n")
    return Request(tmp_path / "source", tmp_path / "output", TODAY, jobs=1)

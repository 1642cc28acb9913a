"""What doctor sees, on this machine and on poorer ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from booklet import doctor
from booklet.doctor import Diagnosis, examine, is_well, render_text

PROJECT = Path(__file__).resolve().parents[3]


def named(diagnoses: tuple[Diagnosis, ...]) -> dict[str, Diagnosis]:
    rows = {row.name: row for row in diagnoses}
    assert len(rows) == len(diagnoses), "no name stands twice"
    return rows


def test_this_machine_can_build() -> None:
    rows = named(examine(PROJECT))
    assert is_well(rows.values())
    assert rows["C library pango-1.0"].detail[0].isdigit()
    assert rows["C library gobject-2.0"].detail.startswith("2.")
    assert "fontpkg-atkinson-hyperlegible" in rows["font AtkinsonHyperlegible-Bold"].detail
    assert {"validator veraPDF", "validator EPUBCheck", "validator Ace by DAISY"} <= set(rows)


def test_everything_missing_has_a_way_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "requirements.lock").write_text("no-such-package-anywhere==1.0 \\\n  --hash=x\n")
    monkeypatch.setattr(doctor, "missing_libraries", lambda: ("pango-1.0",))
    monkeypatch.setattr(doctor, "styles_dir", lambda: tmp_path)
    rows = examine(tmp_path, tmp_path / "requirements.lock" / "below a file")
    missing = {row.name for row in rows if row.state == "missing"}
    assert missing == {
        "package no-such-package-anywhere",
        "C library pango-1.0",
        "style sheets",
        "output folder",
    }
    assert all(row.fix for row in rows if row.state == "missing")
    assert not is_well(rows)


def test_another_version_than_the_locked_one_is_told(tmp_path: Path) -> None:
    (tmp_path / "requirements.lock").write_text("weasyprint==1.0 \\\n  --hash=x\n")
    row = named(examine(tmp_path))["package weasyprint"]
    assert row.state == "optional missing"
    assert "70.0, and the lock file says 1.0" in row.detail


def test_versions_that_are_the_same_number_are_the_same(tmp_path: Path) -> None:
    lock = "fontpkg-atkinson-hyperlegible==1.6 \\\n  --hash=x\nweasyprint==70.0\n"
    (tmp_path / "requirements.lock").write_text(lock)
    assert named(examine(tmp_path))["Python packages"].detail.startswith("2 of 2 ")


def test_packages_under_a_condition_are_not_asked_for() -> None:
    text = "# a note == 1\na==1 \\\n    --hash=sha256:0\nb==2 ; sys_platform == 'win32' \\\n"
    assert doctor.locked_versions(text) == {"a": "1"}


def test_looking_writes_nothing(tmp_path: Path) -> None:
    examine(tmp_path)
    assert list(tmp_path.iterdir()) == []


ROWS = (
    Diagnosis("Python", "ok", "3.11.2"),
    Diagnosis("C library pango-1.0", "missing", "cannot be loaded", "Run: brew install pango"),
    Diagnosis("validator Ace", "optional missing", "no Chromium"),
)


def test_the_text_names_each_thing_and_the_way_out() -> None:
    assert render_text(ROWS).splitlines() == [
        "ok        Python               3.11.2",
        "MISSING   C library pango-1.0  cannot be loaded",
        "                               -> Run: brew install pango",
        "not here  validator Ace        no Chromium",
        "",
        "Something that a build needs is missing: see MISSING above.",
    ]


def test_a_missing_validator_does_not_make_a_machine_unwell() -> None:
    assert is_well((ROWS[0], ROWS[2]))

"""Each attack on the readers: a finding, no traceback, within seconds and two gigabytes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from weasyprint.urls import FatalURLFetchingError

from booklet.errors import MachineError
from booklet.writers.pdf.engine import Engine
from booklet.writers.pdf.fetcher import BASE_URL, LockedFetcher, Shelf
from tests.processes import ROOT, environment
from tests.samples import asset
from tests.unit.hostile.attacks import ATTACKS

LONGEST = 20
"""Seconds of the processor for one attack; the dearest takes a few."""


@pytest.mark.slow
def test_every_attack_is_told_soon_and_in_little_memory(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.unit.hostile.attacks", str(tmp_path)],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    told = json.loads(done.stdout)
    for name, (_attack, rule) in ATTACKS.items():
        seconds, code, output = told[name]
        assert code == 1, f"{name}: {output[-500:]}"
        assert f" {rule}" in output, f"{name}: {output[:500]}"
        assert "Traceback" not in output, name
        assert seconds < LONGEST, name
        assert len(output) < 2_000_000, name


ELSEWHERE = (
    "http://127.0.0.1:9/a.png",
    "https://booklet.invalid/images/none.png",
    "https://booklet.invalid/images/../../etc/passwd",
    "https://booklet.invalid/images/%2e%2e/drawing.svg",
    "file:///etc/passwd",
    "ftp://127.0.0.1/a",
    "data:image/png;base64,iVBORw0KGgo=",
    "data:text/css,a{}",
    "/etc/passwd",
)


@pytest.mark.parametrize("address", ELSEWHERE)
def test_the_layout_engine_gets_nothing_from_elsewhere(address: str) -> None:
    shelf = Shelf((("images/drawing.svg", "image/svg+xml", asset().data),))
    with pytest.raises(FatalURLFetchingError):
        LockedFetcher(shelf).fetch(address)
    assert LockedFetcher(shelf).fetch(f"{BASE_URL}images/drawing.svg").read() == asset().data


@pytest.mark.parametrize(
    "markup",
    [
        '<img alt="a" src="{}">',
        '<link rel="stylesheet" href="{}">',
        '<style>@import "{}";</style>',
        '<p style="background: url({})">a</p>',
        '<object data="{}">a</object>',
        '<link rel="attachment" href="{}">',
    ],
)
def test_no_markup_makes_the_engine_open_a_file(markup: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.svg"
    secret.write_bytes(asset().data)
    page = f'<html lang="en"><title>A</title><body>{markup.format(secret.as_uri())}</body></html>'
    with pytest.raises((MachineError, FatalURLFetchingError)):
        Engine(Shelf(())).lay_out(page, ()).pdf(b"0" * 16)

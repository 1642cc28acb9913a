"""How the tests run: markers, golden files, their order, and a loud list of missing validators."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.needs import MISSING, in_ci
from tests.processes import TODAY, inside, project
from tests.shared import once

TESTS = Path(__file__).parent
MARKERS = (
    "browser: drives a real browser",
    "validators: asks a program that is not ours (veraPDF, EPUBCheck, Ace)",
)

# The files that take longest, so that none is left for one process alone at the end. What needs the
# same booklets comes well after who builds them, for it would wait.
DEAREST = (
    "full/test_every_edition.py",
    "full/test_determinism.py",
    "full/test_disclaimer_is_fixed.py",
    "full/test_torture.py",
    "full/test_clinic_words.py",
    "full/test_cluster.py",
    "full/test_verify_outside.py",
    "unit/hostile/test_hostile_fuzz.py",
    "unit/verify_external/test_external_validators.py",
    "unit/hostile/test_hostile_attacks.py",
    "unit/lost/test_lost_kills.py",
    "unit/lost/test_lost_interrupts.py",
    "browser/test_preview_in_browser.py",
    "browser/test_browser_rules.py",
    "browser/test_epub_reflow.py",
    "full/test_verdicts.py",
    "full/test_old_output_intact.py",
    "full/test_pdfua_mark.py",
    "unit/walls/test_walls_style.py",
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-goldens",
        action="store_true",
        help="write the golden files anew instead of comparing with them",
    )
    parser.addoption(
        "--fuzz",
        type=int,
        default=150,
        metavar="N",
        help="how many mutated sources the fuzz tests try (default: 150; a long run: 10000)",
    )
    parser.addoption(
        "--cluster",
        action="store_true",
        help="also the long tests of a cluster that loses its scheduler or its workers",
    )
    parser.addoption(
        "--kills",
        type=int,
        default=3,
        metavar="N",
        help="how many builds are killed at a random moment (default: 3; a long run: 200)",
    )


def pytest_configure(config: pytest.Config) -> None:
    # Started in the background, a program ignores Ctrl-C, and so would those that the tests start.
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    for marker in MARKERS:
        config.addinivalue_line("markers", marker)
    if config.getoption("--update-goldens") and in_ci(os.environ):
        raise pytest.UsageError("--update-goldens is refused with CI=true: nobody would look")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the dearest files first, in their order, and leave the rest as it is."""
    turns = {TESTS / name: turn for turn, name in enumerate(DEAREST)}
    items.sort(key=lambda item: turns.get(item.path, len(turns)))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Tell loudly what was not checked, so that nobody takes a skipped test for a passed one."""
    tests: dict[str, list[str]] = {}
    for report, reason in _skipped(terminalreporter):
        if MISSING in reason:
            tests.setdefault(reason.partition(MISSING)[2], []).append(report.nodeid)
    if not tests:
        return
    terminalreporter.section("NOT CHECKED: validators are missing", sep="=", red=True, bold=True)
    for reason, names in sorted(tests.items()):
        terminalreporter.line(f"{len(names)} tests were skipped: {reason}", red=True)
        for name in names:
            terminalreporter.line(f"  {name}")


def _skipped(reporter: pytest.TerminalReporter) -> Iterator[tuple[pytest.TestReport, str]]:
    for report in reporter.stats.get("skipped", []):
        if isinstance(report.longrepr, tuple):
            yield report, str(report.longrepr[2])


@pytest.fixture(scope="session")
def tiny_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The smallest whole project, built once a run; who changes anything copies it."""
    return once(tmp_path_factory, "tiny", _tiny)


def _tiny(folder: Path) -> Path:
    place = project(folder / "project")
    done = inside("build", "--today", TODAY, "--jobs", "1", cwd=place)
    assert done.returncode == 0, done.stdout + done.stderr
    return place

"""How the tests run: markers, golden files, and a loud list of the validators that were missing."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest

from tests.needs import MISSING, in_ci

MARKERS = (
    "browser: drives a real browser",
    "validators: asks a program that is not ours (veraPDF, EPUBCheck, Ace)",
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
        "--kills",
        type=int,
        default=6,
        metavar="N",
        help="how many builds are killed at a random moment (default: 6; a long run: 200)",
    )


def pytest_configure(config: pytest.Config) -> None:
    # Started in the background, a program ignores Ctrl-C, and so would those that the tests start.
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    for marker in MARKERS:
        config.addinivalue_line("markers", marker)
    if config.getoption("--update-goldens") and in_ci(os.environ):
        raise pytest.UsageError("--update-goldens is refused with CI=true: nobody would look")


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

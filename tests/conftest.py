"""How the tests run: markers, golden files, and a loud list of the validators that were missing."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.needs import MISSING, in_ci

# Booklets that are built once for many tests.
SHARED = ("built", "every_edition", "torture")
MARKERS = (
    "xdist_group(name): runs on one worker with all others of the group",
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


def pytest_configure(config: pytest.Config) -> None:
    for marker in MARKERS:
        config.addinivalue_line("markers", marker)
    if config.getoption("--update-goldens") and in_ci(os.environ):
        raise pytest.UsageError("--update-goldens is refused with CI=true: nobody would look")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep together, on one worker, the tests that share what is dear to make."""
    for item in items:
        shared = set(SHARED) & set(getattr(item, "fixturenames", ()))
        dear = item.path.parent.name in ("full", "browser")
        group = min(shared) if shared else item.path.name if dear else ""
        if group:
            item.add_marker(pytest.mark.xdist_group(group))


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

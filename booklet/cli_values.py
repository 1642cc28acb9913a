"""A word of the command line enters; the value that it stands for leaves, or a plain refusal.

Each function raises ArgumentTypeError, which argparse turns into its own words.
"""

from __future__ import annotations

import re
from argparse import ArgumentTypeError
from datetime import date
from pathlib import Path

from booklet.report import ENDINGS

MOST_JOBS = 64
# Millimetres: from Bible paper to card.
CALIPERS = (0.03, 0.5)
MOST_PORT = 65535
MOST_DAYS = 36500


def names(text: str) -> list[str]:
    """Return the names between commas."""
    found = [name.strip() for name in text.split(",")]
    if not all(found):
        raise ArgumentTypeError(f"'{text}' has an empty name in it")
    return found


def day(text: str) -> date:
    """Return the day, written YYYY-MM-DD."""
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            return date.fromisoformat(text)
    except ValueError:
        pass  # such as 2026-02-30: the same answer as for any other text
    raise ArgumentTypeError(f"'{text}' is not a date such as 2026-11-22")


def report_file(text: str) -> Path:
    """Return the path of a report, whose ending says its kind."""
    path = Path(text)
    if path.suffix in ENDINGS:
        return path
    endings = ", ".join(ENDINGS)
    raise ArgumentTypeError(f"'{text}' must end in one of {endings}")


def json_file(text: str) -> Path:
    """Return the path of a JSON file; no source file ends so."""
    if text.endswith(".json"):
        return Path(text)
    raise ArgumentTypeError(f"'{text}' must end in .json")


def caliper(text: str) -> float:
    """Return a thickness of paper in millimetres."""
    least, most = CALIPERS
    if re.fullmatch(r"0?\.\d{1,4}", text) and least <= float(text) <= most:
        return float(text)
    raise ArgumentTypeError(f"'{text}' is not a number of mm from {least:g} to {most:g}")


def jobs(text: str) -> int:
    """Return the number of processes."""
    if text.isdecimal() and 1 <= int(text) <= MOST_JOBS:
        return int(text)
    raise ArgumentTypeError(f"'{text}' is not a number from 1 to {MOST_JOBS}")


def number(text: str) -> int:
    """Return a whole number of at most nine digits."""
    if re.fullmatch(r"[0-9]{1,9}", text):
        return int(text)
    raise ArgumentTypeError(f"'{text}' is not a whole number such as 500")


def cluster(text: str) -> str:
    """Return the address of a scheduler as Dask writes it: ``dask://`` is ``tcp://``."""
    if found := re.fullmatch(r"(dask|tcp|tls)://([^\s/:]+|\[[0-9a-fA-F:]+\]):(\d{1,5})", text):
        kind, host, number = found.groups()
        if 1 <= int(number) <= MOST_PORT:
            return f"{kind.replace('dask', 'tcp')}://{host}:{int(number)}"
    raise ArgumentTypeError(f"'{text}' is not an address such as dask://10.0.0.5:8786")


def days(text: str) -> int:
    """Return the number of days."""
    if text.isdecimal() and int(text) <= MOST_DAYS:
        return int(text)
    raise ArgumentTypeError(f"'{text}' is not a number of days from 0 to {MOST_DAYS}")


def port(text: str) -> int:
    """Return the number of a port."""
    if text.isdecimal() and int(text) <= MOST_PORT:
        return int(text)
    raise ArgumentTypeError(f"'{text}' is not a number from 0 to {MOST_PORT}")

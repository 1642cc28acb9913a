"""``lock-disclaimer``: the disclaimers go in; their lock and what changed in it come out."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict
from pathlib import Path

from booklet.cli_project import colours, show, source_folder
from booklet.errors import EXIT_CONTENT, EXIT_OK
from booklet.locking import Locking, lock_disclaimers
from booklet.report import data_to_json, finding_data, finding_line, printable
from booklet.source import SourceTree


def run(arguments: argparse.Namespace) -> int:
    """Lock, say what changed and return the exit code. Raises BookletError."""
    tree = SourceTree.open(source_folder(arguments.source, Path.cwd()))
    locking = lock_disclaimers(tree)
    code = EXIT_CONTENT if locking.findings else EXIT_OK
    if arguments.format == "json":
        findings = [finding_data(finding) for finding in locking.findings]
        changes = [asdict(change) for change in locking.changes]
        show(data_to_json("lock-disclaimer", code, findings=findings, changes=changes))
    else:
        show(_text(locking))
    return code


def _text(locking: Locking) -> str:
    if locking.findings:
        lines = [finding_line(finding, colours(sys.stdout)) for finding in locking.findings]
        lines.append("Nothing was locked.")
    else:
        lines = [printable(change.line()) for change in locking.changes]
        lines = lines or ["There is no disclaimer to lock."]
    return "".join(f"{line}\n" for line in lines)

"""``lock-disclaimer``: the disclaimers go in; their lock and what changed in it come out."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict
from pathlib import Path

from booklet.cli_project import places, screen, show, source_folder
from booklet.errors import EXIT_CONTENT, EXIT_OK
from booklet.locking import Locking, lock_disclaimers
from booklet.report import Places, data_to_json, finding_data, finding_lines, printable
from booklet.source import SourceTree


def run(arguments: argparse.Namespace) -> int:
    """Lock, say what changed and return the exit code. Raises BookletError."""
    here = Path.cwd()
    source = source_folder(arguments.source, here)
    tree = SourceTree.open(source)
    locking = lock_disclaimers(tree)
    code = EXIT_CONTENT if locking.findings else EXIT_OK
    if arguments.format == "json":
        findings = [finding_data(finding) for finding in locking.findings]
        changes = [asdict(change) for change in locking.changes]
        show(data_to_json("lock-disclaimer", code, findings=findings, changes=changes))
    else:
        show(_text(locking, places(source, here)))
    return code


def _text(locking: Locking, where: Places) -> str:
    if locking.findings:
        seen = screen(sys.stdout)
        lines = [line for each in locking.findings for line in finding_lines(each, seen, where)]
        lines.append("Nothing was locked.")
    else:
        lines = [printable(change.line()) for change in locking.changes]
        lines = lines or ["There is no disclaimer to lock."]
    return "".join(f"{line}\n" for line in lines)

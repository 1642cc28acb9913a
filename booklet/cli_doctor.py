"""``doctor``: this machine goes in; what it has and lacks comes out, with the way to mend it."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path

from booklet import doctor
from booklet.cli_project import show, source_folder
from booklet.errors import EXIT_MACHINE, EXIT_OK
from booklet.report import data_to_json


def run(arguments: argparse.Namespace) -> int:
    """Print the diagnoses and return the exit code: 3 when a build cannot work here."""
    project = source_folder(arguments.source, Path.cwd()).resolve().parent
    diagnoses = doctor.examine(project)
    well = doctor.is_well(diagnoses)
    code = EXIT_OK if well else EXIT_MACHINE
    if arguments.format == "json":
        rows = [asdict(row) for row in diagnoses]
        show(data_to_json("doctor", code, well=well, diagnoses=rows))
    else:
        show(doctor.render_text(diagnoses))
    return code

"""A verdict on a finished file goes in; an honest report against the standards comes out.

Nothing is called proven that no rule or tool has decided, and nothing is claimed for a person who
has not signed.
"""

from __future__ import annotations

from booklet import criteria
from booklet.conformance.judging import judge
from booklet.conformance.page import to_html
from booklet.conformance.record import to_json
from booklet.conformance.report import Conformance, Line, Outcome, Proof, Subject, Table
from booklet.editions import Edition, Verdict
from booklet.model import Booklet

__all__ = [
    "Conformance",
    "Line",
    "Outcome",
    "Proof",
    "Subject",
    "Table",
    "applies",
    "beside",
    "judge",
    "reports",
    "subject",
]


def applies(row: Edition) -> bool:
    """True when there is a standard for files of this kind; sheets to fold claim none."""
    return bool(criteria.standards(row.format))


def subject(file: str, sha256: str, row: Edition, booklet: Booklet | None) -> Subject:
    """Say what a report is about; without a booklet, what the file was made of is not known."""
    signature = criteria.current(booklet, row.id) if booklet else None
    whole = signature is not None and not criteria.unconfirmed(signature, row.format)
    meta = booklet.meta if booklet else None
    return Subject(
        file=file,
        sha256=sha256,
        kind=row.format,
        edition=row.name,
        booklet=meta.id if meta else "",
        title=meta.title if meta else "",
        version=meta.version if meta else "",
        language=meta.language if meta else "",
        source_digest=booklet.digest if booklet else "",
        signature=signature,
        is_whole=whole,
    )


def reports(file: str, verdict: Verdict, booklet: Booklet) -> dict[str, bytes]:
    """Return the report on a file that was just built of this booklet, as ``beside`` does.

    There is none on a file that claims nothing.
    """
    artifact = verdict.artifact
    if not applies(artifact.edition):
        return {}
    about = subject(file, artifact.sha256, artifact.edition, booklet)
    return beside(file, judge(about, verdict.findings, verdict.tools))


def beside(file: str, report: Conformance) -> dict[str, bytes]:
    """Return the report's two files, to be put next to ``file``, by POSIX path."""
    stem = file.rpartition(".")[0]
    return {
        f"{stem}.conformance.html": to_html(report),
        f"{stem}.conformance.json": to_json(report),
    }

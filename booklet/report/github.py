"""A report enters; workflow commands leave, which GitHub shows on the changed lines.

The form is that of GitHub's "Workflow commands for GitHub Actions".
"""

from __future__ import annotations

from collections.abc import Iterator

from booklet.errors import BookletError
from booklet.findings import Finding, Severity, catalogue
from booklet.report.places import Places
from booklet.report.result import BookletResult, Report, count, printable, summary

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning"}


def to_github(report: Report, places: Places) -> str:
    """Return one annotation a finding, and what was set aside as notices; then the summary."""
    told: set[Finding] = set()
    lines = []
    for result in report.booklets:
        for finding in result.findings:
            if finding not in told:
                told.add(finding)
                lines.append(_annotation(finding, result.id, places))
        lines += _off(result)
    lines += [
        _command("error", each.line(), title="A booklet could not be built")
        for each in report.faults
    ]
    if report.known:
        number = count(len(report.known), "known finding")
        lines.append(_command("notice", f"{number} in the baseline.", title="Baseline"))
    lines += [
        _command("warning", f"{each.file}: {each.detail}", title=f"Not checked by {each.tool}")
        for each in report.not_checked
    ]
    lines += [printable(sentence) for sentence in summary(report)]
    return "".join(f"{line}\n" for line in lines)


def fault_to_github(fault: BookletError) -> str:
    """Return the annotation of a command that could not do its work."""
    return f"{_command('error', fault.line(), title='booklet could not do its work')}\n"


def _annotation(finding: Finding, booklet: str, places: Places) -> str:
    rule = catalogue().get(finding.rule)
    title = f"{finding.rule} {rule.title}" if rule else finding.rule
    said = f"{finding.message} Hint: {finding.hint}" if finding.hint else finding.message
    span = finding.span
    level = _LEVELS[finding.severity]
    if not places.in_source(finding):
        # A finished file is not in the repository: the booklet's settings stand for it.
        said = f"{span}: {said}"
        return _command(level, said, file=places.settings(booklet), title=title)
    return _command(
        level,
        said,
        file=places.path(span.file),
        line=str(span.line),
        col=str(span.column),
        endColumn=str(span.column + places.length(finding)),
        title=title,
    )


def _off(result: BookletResult) -> Iterator[str]:
    for off in result.off:
        number = count(len(off.findings), "finding")
        title = f"{off.rule} is switched off in {result.name}"
        yield _command("notice", f"{number}. Reason: {off.reason}", title=title)


def _command(name: str, message: str, **properties: str) -> str:
    pairs = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{name} {pairs}::{_data(message)}"


def _data(text: str) -> str:
    return printable(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")

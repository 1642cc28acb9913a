"""A report enters; JUnit XML leaves: a suite a booklet, in it a test for each rule.

There is no standard of this form; what is written is what GitLab, Jenkins and GitHub's actions
read alike: ``testsuites``, ``testsuite``, ``testcase``, ``failure``, ``skipped``, ``system-out``.
"""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from booklet.errors import BookletError
from booklet.findings import Finding, Rule, Severity, catalogue, in_order
from booklet.report.places import Places
from booklet.report.result import BookletResult, Fault, NotChecked, Report, count, printable

_UNREAD = "The booklet could not be read whole, so this rule could not be checked."


def to_junit(report: Report, places: Places) -> str:
    """Return one test a rule and booklet. A warning fails its test only where all of them block.

    Rules about finished files are listed as far as they found something: which of them were
    measured is another matter, and what was not is a skipped test.
    """
    root = etree.Element("testsuites", name=f"booklet {report.command}")
    for result in report.booklets:
        suite = etree.SubElement(root, "testsuite", name=printable(result.name))
        for rule in _rules(result):
            _case(suite, result, rule, places, strict=report.strict)
        _unmeasured(suite, result, report.not_checked)
        if result.fault:
            _fault(suite, printable(result.name), "could be built", result.fault)
        _count(suite)
    _count(root)
    return _written(root)


def fault_to_junit(command: str, fault: BookletError) -> str:
    """Return the report of a command that could not do its work: one test in error."""
    root = etree.Element("testsuites", name=f"booklet {command}")
    suite = etree.SubElement(root, "testsuite", name="booklet")
    _fault(suite, "booklet", f"{command} could run", fault)
    _count(suite)
    _count(root)
    return _written(root)


def _rules(result: BookletResult) -> list[Rule]:
    """Return all rules about the source, and of the others those that found something.

    What nobody has asked a finished file or the network for has not passed.
    """
    hit = {finding.rule for finding in result.findings}
    rules = sorted(catalogue().values(), key=lambda rule: rule.id)
    return [
        rule for rule in rules if not (rule.about_files or rule.about_network) or rule.id in hit
    ]


def _case(
    suite: etree._Element, result: BookletResult, rule: Rule, places: Places, *, strict: bool
) -> None:
    name = f"{rule.id} {rule.title}"
    case = etree.SubElement(suite, "testcase", classname=printable(result.name), name=name)
    mine = in_order(finding for finding in result.findings if finding.rule == rule.id)
    floor = Severity.WARNING if strict else Severity.ERROR
    failing = [finding for finding in mine if finding.severity >= floor]
    if failing:
        case.set("file", places.path(failing[0].span.file))
        case.set("line", str(failing[0].span.line))
        label = failing[0].severity.name.lower()
        failure = etree.SubElement(case, "failure", message=_told(failing), type=label)
        failure.text = _lines(mine)
    elif mine:
        etree.SubElement(case, "system-out").text = _lines(mine)
    elif reason := _why_not(result, rule):
        etree.SubElement(case, "skipped", message=printable(reason))


def _told(findings: list[Finding]) -> str:
    more = f" (and {len(findings) - 1} more)" if len(findings) > 1 else ""
    return printable(f"{findings[0].message}{more}")


def _lines(findings: Iterable[Finding]) -> str:
    return "\n".join(printable(finding.line()) for finding in findings)


def _why_not(result: BookletResult, rule: Rule) -> str:
    """Say why a rule without a finding has not simply passed; nothing if it has."""
    for off in result.off:
        if off.rule == rule.id:
            number = count(len(off.findings), "finding")
            return f"Switched off, {number}. Reason: {off.reason}"
    known = sum(finding.rule == rule.id for finding in result.known)
    if known:
        return f"In the baseline: {count(known, 'finding')}."
    return "" if result.whole else _UNREAD


def _unmeasured(
    suite: etree._Element, result: BookletResult, missing: Iterable[NotChecked]
) -> None:
    for each in missing:
        if each.file.startswith(f"{result.id}/") and each.clinic == result.clinic:
            name = f"{each.tool}: {each.file}"
            case = etree.SubElement(
                suite, "testcase", classname=printable(result.name), name=printable(name)
            )
            etree.SubElement(case, "skipped", message=printable(f"Not checked: {each.detail}"))


def _fault(suite: etree._Element, where: str, name: str, fault: BookletError | Fault) -> None:
    case = etree.SubElement(suite, "testcase", classname=where, name=name)
    error = etree.SubElement(case, "error", message=printable(fault.message), type="fault")
    error.text = printable(fault.line())


def _count(element: etree._Element) -> None:
    for name, tag in (
        ("tests", "testcase"),
        ("failures", "failure"),
        ("errors", "error"),
        ("skipped", "skipped"),
    ):
        element.set(name, str(sum(1 for _ in element.iter(tag))))


def _written(root: etree._Element) -> str:
    etree.indent(root)
    text: str = etree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'

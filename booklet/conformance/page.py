"""A conformance report goes in; its page, for people, comes out: HTML that needs no style.

The report is about the file, not for its readers: it is written in the language of the findings.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from booklet import criteria
from booklet.conformance.report import Conformance, Line, Outcome, Proof
from booklet.words import Words, words_for

if TYPE_CHECKING:
    from jinja2 import Template

LANGUAGE = "en"


def to_html(report: Conformance) -> bytes:
    """Write the report as a whole page in UTF-8."""
    words = words_for(LANGUAGE)
    if words is None:
        raise AssertionError("the product's own words are missing")
    page = _template().render(
        report=report,
        words=words,
        language=LANGUAGE,
        title=_title(report, words),
        facts=_facts(report, words),
        claim=_claim(report, words),
        counts=[(_said(words, key), number) for key, number in report.counts.items()],
        points=_points(report, words),
        tables=[(table, [_row(line, words) for line in table.lines]) for table in report.tables],
        measures=[
            (tool, words[f"report_tool_{tool.outcome.replace(' ', '_')}"]) for tool in report.tools
        ],
    )
    return page.encode()


@cache
def _template() -> Template:
    """Load the page's frame: data of the product, never of a user."""
    # Imported here, for a check that writes no report needs none of it.
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("booklet.conformance"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template("report.html")


def _title(report: Conformance, words: Words) -> str:
    about = report.subject
    return words.fill("report_of", title=about.title or about.file, edition=about.edition)


def _facts(report: Conformance, words: Words) -> list[tuple[str, str]]:
    about, unknown = report.subject, words["report_unknown"]
    return [
        (words["report_file"], about.file),
        (words["report_edition"], about.edition or unknown),
        (words["report_booklet"], about.booklet or unknown),
        (words["report_version"], about.version or unknown),
        (words["report_sha256"], about.sha256),
        (words["report_source"], about.source_digest or unknown),
    ]


def _claim(report: Conformance, words: Words) -> str:
    """Say what is claimed: nothing that nobody signed for, and nothing to rely on with faults."""
    about, signature = report.subject, report.subject.signature
    if report.has_faults:
        return words["report_claim_faults"]
    if not about.source_digest:
        return words["report_claim_unknown"]
    if signature is None:
        return words["report_claim_none_pdf" if about.kind == "pdf" else "report_claim_none"]
    signed = {"name": signature.signed_by, "date": words.date(signature.date)}
    if not about.is_whole:
        return words.fill("report_claim_open", **signed)
    if about.kind == "pdf":
        return words.fill("report_claim_pdf", **signed)
    return words.fill("report_claim_epub", claim=criteria.CLAIM, **signed)


def _said(words: Words, outcome: Outcome) -> str:
    return words[f"report_outcome_{outcome.name.lower()}"]


def _points(report: Conformance, words: Words) -> list[tuple[criteria.Point, str]]:
    signature = report.subject.signature
    confirmed = signature.confirmed if signature else ()
    return [
        (point, words["report_confirmed" if point.id in confirmed else "report_open"])
        for point in criteria.points(report.subject.kind)
    ]


def _row(line: Line, words: Words) -> dict[str, Any]:
    names = [line.because] if line.outcome is Outcome.NOT_APPLICABLE else []
    return {
        "line": line,
        "outcome": _said(words, line.outcome),
        "level": words.fill("report_level", level=line.level) if line.level else "",
        "why": [*names, *(_proven(proof, words) for proof in line.proofs), *_judged(line, words)],
    }


def _proven(proof: Proof, words: Words) -> str:
    key = "report_by_rules" if proof.rules else "report_by_machine"
    outcome, rules = _said(words, proof.outcome), ", ".join(proof.rules)
    said = words.fill(key, tool=proof.tool, rules=rules, outcome=outcome)
    return f"{said} {proof.detail}".strip()


def _judged(line: Line, words: Words) -> list[str]:
    if not line.person:
        return []
    confirmed = line.outcome is Outcome.CONFIRMED
    key = "report_by_signature" if confirmed else "report_by_person"
    return [words.fill(key, points=", ".join(line.person))]

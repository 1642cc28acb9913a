"""Write docs/rules.md from the rule catalogue; a test holds the two together."""

from __future__ import annotations

import sys
from itertools import groupby
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from booklet.findings import Rule, Severity, catalogue  # noqa: E402 - found by the line above
from booklet.rulebook import sample_of  # noqa: E402 - as above

HEAD = """# Rules

What each finding means, why it matters, and what to do. This page is made from the rule catalogue
by `scripts/rules_page.py`.

An **error** stops the build of its booklet. A **warning** does not, unless you build with
`--strict`. *Rests on* names the standard or guideline behind the rule; a "House rule" is our own.
A rule that may be switched off says so. The samples are the tests' own: folders that hold what
differs from the smallest booklet. The rules about finished files (`EPUB`, `FILE`, `GLYPH`, `PDF`,
`TOOL`) have theirs inside the tests.
"""


def page() -> str:
    """Return the whole page."""
    rules = sorted(catalogue().values(), key=lambda rule: rule.id)
    parts = [HEAD]
    for area, group in groupby(rules, key=lambda rule: rule.id.split("-")[0]):
        parts.append(f"\n## {area}\n")
        parts.extend(_entry(rule) for rule in group)
    return "\n".join(parts) + "\n"


def _entry(rule: Rule) -> str:
    kind = "error" if rule.severity is Severity.ERROR else "warning"
    switch = " May be switched off, with a reason." if rule.switch else ""
    return (
        f"### {rule.id}: {rule.title}\n\n*{kind}.* {rule.why}\n\nWhat to do: {rule.hint}\n\n"
        f"Rests on: {rule.source}.{switch}\n{_samples(rule)}"
    )


def _samples(rule: Rule) -> str:
    """Link to the sources that break the rule and keep it, where it has them."""
    sample = sample_of(rule.id)
    if sample is None:
        return ""
    folder = f"../{sample.folder}"
    return f"\nSamples: [wrong]({folder}/fail), [right]({folder}/pass).\n"


if __name__ == "__main__":
    (PROJECT / "docs" / "rules.md").write_text(page(), encoding="utf-8", newline="\n")

"""What a command found and made enters; one value, from which every report is drawn, leaves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from booklet.baseline import Known
from booklet.errors import EXIT_CONTENT, EXIT_MACHINE, EXIT_OK
from booklet.findings import Finding, Severity, in_order
from booklet.manifest import Entry
from booklet.plain.hardest import Hard
from booklet.report.timings import Times
from booklet.switches import Off

# More names than this would bury the summary.
MOST_CLINICS = 5
Status = Literal["built", "passed", "blocked", "failed"]


@dataclass(frozen=True, slots=True)
class Fault:
    """What kept a booklet from being built though its author is not to blame.

    ``where`` names the booklet and the edition, ``trace`` the place in the program, for engineers.
    """

    message: str
    where: str
    hint: str = ""
    trace: str = ""

    def line(self) -> str:
        """The fault as one line of text."""
        hint = f" Hint: {self.hint}" if self.hint else ""
        return f"{self.where}: {self.message}{hint}"


@dataclass(frozen=True, slots=True)
class BookletResult:
    """How one booklet fared; ``findings`` are all that count against it.

    ``clinic`` is the id of the clinic whose profile was laid over it, or empty. ``off`` are the
    findings that its author has switched off, ``known`` those in the baseline. ``whole`` is false
    when it could not be read, so that most rules had nothing to look at. ``hardest`` are
    sentences to begin with; they count against nothing. A ``fault`` is there when the status is
    failed.
    """

    id: str
    title: str
    status: Status
    findings: tuple[Finding, ...]
    clinic: str = ""
    off: tuple[Off, ...] = ()
    known: tuple[Finding, ...] = ()
    whole: bool = True
    hardest: tuple[Hard, ...] = ()
    fault: Fault | None = None

    @property
    def name(self) -> str:
        """What tells this booklet from its copies for other clinics."""
        return f"{self.id} for {self.clinic}" if self.clinic else self.id


@dataclass(frozen=True, slots=True)
class NotChecked:
    """A check that could not be made of a built file, and why."""

    file: str
    tool: str
    detail: str
    clinic: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """The result of ``check`` or ``build``; ``folder`` is the output folder as it is shown.

    ``gone`` is what the baseline lists and nobody finds any more; None without a baseline. ``left``
    counts the booklets that were not begun, for one before them could not be built. ``times`` is
    there when it was asked for.
    """

    command: Literal["check", "build"]
    booklets: tuple[BookletResult, ...]
    entries: tuple[Entry, ...] = ()
    not_checked: tuple[NotChecked, ...] = ()
    folder: str = ""
    strict: bool = False
    gone: tuple[Known, ...] | None = None
    left: int = 0
    times: Times | None = None

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings that count, of all booklets, by place, each once."""
        return in_order(finding for result in self.booklets for finding in result.findings)

    @property
    def known(self) -> tuple[Finding, ...]:
        """All findings that are in the baseline, by place, each once."""
        return in_order(finding for result in self.booklets for finding in result.known)

    @property
    def blocked(self) -> tuple[BookletResult, ...]:
        """The booklets that may not be built."""
        return tuple(result for result in self.booklets if result.status == "blocked")

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What the computer or the program failed at, booklet by booklet."""
        return tuple(result.fault for result in self.booklets if result.fault)

    @property
    def exit_code(self) -> int:
        """0, or 1 when a booklet is blocked, or 3 when one failed: then not all is known."""
        if self.faults:
            return EXIT_MACHINE
        return EXIT_CONTENT if self.blocked else EXIT_OK


SHEETS = (
    "Files named PRINT-ONLY or PRESS are for paper. To people who read on a screen or listen,"
    " give the file they were made of, which is beside them."
)


def summary(report: Report) -> list[str]:
    """Return the closing sentences, in the words of somebody who is not a programmer."""
    sentences: list[str] = []
    made = [result for result in report.booklets if result.status == "built"]
    if made:
        files = count(len(report.entries), "file")
        sentences.append(f"{files} built for {_whose(made)}, in {report.folder}.")
    if any(entry.edition.endswith(("-sheets", "-press")) for entry in report.entries):
        sentences.append(SHEETS)
    failed = [result for result in report.booklets if result.fault]
    if failed:
        sentences.append(
            f"{_whose(failed)} failed: a fault of the computer or the program, see above. "
            "The files built before are unchanged."
        )
    if report.blocked:
        sentences.append(_blocked_sentence(report))
    elif report.command == "check" and not failed:
        sentences.append(f"{_whose(report.booklets)} checked: ready to build.")
    if report.left:
        sentences.append(f"{count(report.left, 'booklet')} not begun (--fail-fast).")
    warnings = sum(finding.severity is Severity.WARNING for finding in report.findings)
    if warnings:
        sentences.append(f"{count(warnings, 'warning')}: please read above.")
    return [*sentences, *_set_aside(report)]


def _whose(results: Sequence[BookletResult]) -> str:
    """Return ``1 booklet``, or ``2 booklets with the details of lakeside and riverside``."""
    booklets = count(len({result.id for result in results}), "booklet")
    clinics = sorted({result.clinic for result in results if result.clinic})
    if not clinics:
        return booklets
    if len(clinics) > MOST_CLINICS:
        return f"{booklets} with the details of {len(clinics)} clinics"
    named = " and ".join(filter(None, (", ".join(clinics[:-1]), clinics[-1])))
    return f"{booklets} with the details of {named}"


def _blocked_sentence(report: Report) -> str:
    problems = in_order(f for result in report.blocked for f in result.findings)
    errors = sum(finding.severity is Severity.ERROR for finding in problems)
    # With --strict a warning alone can block, so there may be no error to count.
    total = count(errors or len(problems), "problem")
    where = _whose(report.blocked)
    pronoun = "it" if len({result.id for result in report.blocked}) == 1 else "them"
    if report.command == "check":
        return f"{total} in {where}; nothing can be built for {pronoun} until this is put right."
    return (
        f"{total} in {where}; nothing was built for {pronoun}. "
        "The files built before are unchanged."
    )


def _set_aside(report: Report) -> list[str]:
    """Say how many findings do not count, and why."""
    sentences = []
    off = sum(len(each.findings) for result in report.booklets for each in result.off)
    if off:
        sentences.append(f"Switched off: {off}, with reason.")
    if report.known:
        sentences.append(f"In the baseline: {len(report.known)}; they do not count.")
    if report.gone:
        total = sum(each.count for each in report.gone)
        sentences.append(
            f"Put right since the baseline was written: {total}. "
            "Write it anew, and it can only shrink."
        )
    return sentences


def count(number: int, noun: str) -> str:
    """Return ``1 page``, ``2 pages``."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def printable(text: str) -> str:
    """Return text in one line without characters that could steer a terminal."""
    return "".join(c if c.isprintable() else " " for c in text)

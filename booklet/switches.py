"""A booklet's switches and all its findings enter; what still counts and what is off leave.

A switched-off finding is set aside with its reason and counted; it is never dropped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import NamedTuple

from booklet.findings import Finding, catalogue, found, in_order
from booklet.model import Switch


@dataclass(frozen=True, slots=True)
class Off:
    """A rule that is switched off in a booklet, why, and what it would have said."""

    rule: str
    reason: str
    findings: tuple[Finding, ...]


class Switched(NamedTuple):
    """The findings that count, sorted by place, and those set aside."""

    findings: tuple[Finding, ...]
    off: tuple[Off, ...] = ()


def switch_off(findings: Iterable[Finding], switches: Iterable[Switch]) -> Switched:
    """Set aside what the switches name; a switch that may not be, or is not needed, is a finding.

    Only a rule that the catalogue lets an author switch off is ever set aside.
    """
    left, off, own = list(findings), [], []
    for switch in switches:
        refused = list(_refused(switch))
        own += refused
        mine = () if refused else in_order(f for f in left if f.rule == switch.rule)
        if mine:
            off.append(Off(switch.rule, switch.reason, mine))
            left = [finding for finding in left if finding.rule != switch.rule]
        elif not refused:
            message = f"{switch.rule} is switched off, but it finds nothing in this booklet."
            own.append(found("SWITCH-003", switch.span, message))
    return Switched(in_order((*left, *own)), tuple(off))


def _refused(switch: Switch) -> Iterator[Finding]:
    rule = catalogue().get(switch.rule)
    if rule is None:
        close = get_close_matches(switch.rule.upper(), catalogue(), n=1, cutoff=0.8)
        hint = f"Did you mean {close[0]}?" if close else None
        yield found("SWITCH-001", switch.span, f'There is no rule "{switch.rule}".', hint)
    elif not rule.switch:
        message = f'{rule.id} ("{rule.title}") cannot be switched off.'
        yield found("SWITCH-002", switch.span, message)

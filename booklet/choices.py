"""Names that a person typed and names that there are: the match, or a helpful refusal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches

from booklet.editions import (
    DEFAULTS,
    EDITIONS,
    PAPERS,
    PRESETS,
    Edition,
    Paper,
    Preset,
    refusal,
)
from booklet.errors import UsageError

# More names than this would bury the message.
MOST_NAMES = 12
ALL = "all"


def refuse(kind: str, name: str, known: Sequence[str]) -> UsageError:
    """Return the fault for a name that does not exist, with the nearest one or all of them."""
    # The shortest of those that are as near: the family before its editions.
    close = sorted(get_close_matches(name.casefold(), known), key=len)
    if close:
        hint = f"Did you mean '{close[0]}'?"
    elif known:
        more = ", ..." if len(known) > MOST_NAMES else ""
        hint = f"There is: {', '.join(known[:MOST_NAMES])}{more}."
    else:
        hint = ""
    return UsageError(f"there is no {kind} '{name}'.", hint=hint)


def require(kind: str, names: Iterable[str], known: Sequence[str]) -> None:
    """Raise UsageError for the first name that is not known."""
    for name in names:
        if name not in known:
            raise refuse(kind, name, known)


def editions(names: Sequence[str], paper: str | None) -> tuple[Edition, ...]:
    """Return the rows that these ids or families name, in table order; ``all`` names every row.

    Without names: the usual ones, or, on a paper that has none of these, large print on it.
    Small pages, to be folded, are made only when they are asked for.
    ``paper`` leaves out printed editions on other paper. Raises UsageError, with the reason when
    a size of print is not offered on a paper.
    """
    for preset in PRESETS:
        for on in PAPERS:
            wanted = f"{preset.id}-{on.id}" in names or (preset.id in names and on.id == paper)
            if wanted and refusal(preset, on):
                raise _not_offered(preset, on)
    known = sorted({ALL, *(row.family for row in EDITIONS), *(row.id for row in EDITIONS)})
    require("edition", names, known)
    chosen = tuple(row for row in _asked(names, paper) if fits(row, paper))
    if not chosen:
        raise UsageError(
            f"no such edition is made on {paper} paper.",
            hint="Leave out --paper or --edition.",
        )
    return chosen


def _asked(names: Sequence[str], paper: str | None) -> Iterator[Edition]:
    """Yield the rows that the names name, whatever the paper."""
    usual = {row.id for row in DEFAULTS}
    if paper and not any(row.paper and row.paper.id == paper for row in DEFAULTS):
        usual |= {row.id for row in EDITIONS if row.family == DEFAULTS[0].family}
    for row in EDITIONS:
        small = row.paper is not None and row.paper.is_small
        family = row.family in names and (paper is not None or not small)
        if row.id in (names or usual) or family or ALL in names:
            yield row


def _not_offered(preset: Preset, paper: Paper) -> UsageError:
    """Return the refusal of a size of print on a paper, with the paper that would do."""
    others = ", ".join(each.name for each in PAPERS if not refusal(preset, each))
    return UsageError(
        f"{preset.name} is not made on {paper.name} paper: {refusal(preset, paper)}.",
        hint=f"{preset.name} is made on {others}.",
    )


def fits(row: Edition, paper: str | None) -> bool:
    """True when the edition is on this paper, or on none at all."""
    return paper is None or row.paper is None or row.paper.id == paper


def speaks(language: str, asked: Sequence[str]) -> bool:
    """True when a BCP 47 tag is one of those asked for, or of one of those languages."""
    tag = language.casefold()
    return not asked or any(
        tag == wish.casefold() or tag.startswith(f"{wish.casefold()}-") for wish in asked
    )

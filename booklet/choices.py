"""Names that a person typed and names that there are: the match, or a helpful refusal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from booklet.editions import EDITIONS, Edition
from booklet.errors import UsageError

# More names than this would bury the message.
MOST_NAMES = 12


def refuse(kind: str, name: str, known: Sequence[str]) -> UsageError:
    """Return the fault for a name that does not exist, with the nearest one or all of them."""
    close = get_close_matches(name.casefold(), known, n=1)
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
    """Return the rows that these ids or families name (none: all), in table order.

    ``paper`` leaves out printed editions on other paper. Raises UsageError.
    """
    known = sorted({*(row.family for row in EDITIONS), *(row.id for row in EDITIONS)})
    require("edition", names, known)
    asked = [row for row in EDITIONS if not names or row.id in names or row.family in names]
    chosen = tuple(row for row in asked if fits(row, paper))
    if not chosen:
        raise UsageError(
            f"no such edition is made on {paper} paper.",
            hint="Leave out --paper or --edition.",
        )
    return chosen


def fits(row: Edition, paper: str | None) -> bool:
    """True when the edition is on this paper, or on none at all."""
    return paper is None or row.paper is None or row.paper.id == paper


def speaks(language: str, asked: Sequence[str]) -> bool:
    """True when a BCP 47 tag is one of those asked for, or of one of those languages."""
    tag = language.casefold()
    return not asked or any(
        tag == wish.casefold() or tag.startswith(f"{wish.casefold()}-") for wish in asked
    )

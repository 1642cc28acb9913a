"""Names that a person typed and names that there are: the match, or a helpful refusal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches

from booklet.editions import (
    DEFAULTS,
    EDITIONS,
    PAPERS,
    PRESETS,
    SHEETS,
    Edition,
    Paper,
    Preset,
    refusal,
    scale_on,
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
    _known(names, paper)
    chosen = tuple(row for row in _asked(names, paper) if fits(row, paper))
    if not chosen:
        raise UsageError(
            f"no such edition is made on {paper} paper.",
            hint="Leave out --paper or --edition.",
        )
    return chosen


def _known(names: Sequence[str], paper: str | None) -> None:
    """Raise UsageError for a name that does not exist, or for print too large for its paper."""
    for preset in PRESETS:
        for on in PAPERS:
            wanted = f"{preset.id}-{on.id}" in names or (preset.id in names and on.id == paper)
            if wanted and refusal(preset, on):
                raise _not_offered(preset, on)
    usual = [row for row in EDITIONS if not row.for_folding]
    known = sorted({ALL, *(row.family for row in usual), *(row.id for row in usual)})
    rest = {row.id for row in EDITIONS if row.for_folding}
    require("edition", (name for name in names if name not in rest), known)


def _asked(names: Sequence[str], paper: str | None) -> Iterator[Edition]:
    """Yield the rows that the names name, whatever the paper."""
    usual = {row.id for row in DEFAULTS}
    if paper and not any(row.paper and row.paper.id == paper for row in DEFAULTS):
        family_rows = (row for row in EDITIONS if row.family == DEFAULTS[0].family)
        usual |= {row.id for row in family_rows if not row.for_folding}
    for row in EDITIONS:
        small = row.paper is not None and row.paper.is_small
        family = row.family in names and (paper is not None or not small)
        if row.id in (names or usual) or ((family or ALL in names) and not row.for_folding):
            yield row


def sheets(names: Sequence[str], paper: str | None, sheet: str | None) -> tuple[Edition, ...]:
    """Return the sheets to fold that these ids or families name, and e-books among them.

    Without names: large print. Without ``paper`` or ``sheet``: small pages, where this print is
    made on them, for they fold from ordinary paper. Raises UsageError when two pages would not lie
    on the sheet at full size, with the paper that would do.
    """
    _known(names, paper)
    rows: list[Edition] = []
    for row in EDITIONS:
        if row.paper is None and (row.id in names or ALL in names):
            rows.append(row)
        elif row.format == "sheets" and _is_meant(row, names or ("large",), paper, sheet):
            _at_full_size(row, sheet)
            rows.append(row)
    if not any(row.format == "sheets" for row in rows):
        raise UsageError(
            f"no such sheets are made of {paper} pages." if paper else "no such sheets are made.",
            hint="Leave out --paper, --sheet or --edition.",
        )
    return tuple(rows)


def press(names: Sequence[str], paper: str | None) -> tuple[Edition, ...]:
    """Return the rows for a print shop that these ids or families name; large print without names.

    Raises UsageError when there is none.
    """
    _known(names, paper)
    rows = tuple(
        row
        for row in EDITIONS
        if row.format == "press"
        and fits(row, paper)
        and (not names or {row.id, row.made_from, row.family, ALL} & {*names})
    )
    if not rows:
        families = sorted({row.family for row in EDITIONS if row.format == "press"})
        raise UsageError(
            "no such edition is made for a print shop.",
            hint=f"There is: {', '.join(families)}. Leave out --paper or --edition.",
        )
    return rows


def _is_meant(row: Edition, names: Sequence[str], paper: str | None, sheet: str | None) -> bool:
    """True when a row of sheets is named itself, by its pages, or by its family and a paper."""
    page = row.paper
    if page is None or not fits(row, paper):
        return False
    if {row.id, row.made_from, f"{row.family}-{page.id}"} & {*names}:
        return True
    if row.family not in names and ALL not in names:
        return False
    if ALL in names:
        return sheet is None or page.sheet == sheet
    if paper:
        return True
    mine = [each for each in EDITIONS if each.format == "sheets" and each.family == row.family]
    if sheet and any(page.sheet == sheet for page in _papers(mine)):
        return page.sheet == sheet
    return page.is_small or not any(each.is_small for each in _papers(mine))


def _papers(rows: Iterable[Edition]) -> tuple[Paper, ...]:
    return tuple(row.paper for row in rows if row.paper)


def _at_full_size(row: Edition, sheet: str | None) -> None:
    """Raise UsageError when the pages of a row do not fill this sheet at full size."""
    page = row.paper
    on = next((each for each in SHEETS if each.id == sheet), None)
    if page is None or row.sheet is None or row.type is None or on is None or on == row.sheet:
        return
    scale = scale_on(page, on)
    smaller = next((p for p in PAPERS if p.sheet == on.id and not _is_refused(row, p)), None)
    hint = f"Use {row.sheet.name} sheets (--sheet {row.sheet.id})"
    hint += f", or {smaller.name} pages (--paper {smaller.id})." if smaller else "."
    preset = next(each for each in PRESETS if each.id == row.family)
    pages = f"{preset.name} on {page.name} pages"
    if scale < 1:
        raise UsageError(
            f"{pages} does not go on {on.name} sheets: two pages side by side would shrink, and"
            f" {row.type.floor:g} points would be printed at {row.type.floor * scale:.1f}.",
            hint=hint,
        )
    raise UsageError(
        f"{pages} does not fill {on.name} sheets, which could not be folded.", hint=hint
    )


def _is_refused(row: Edition, paper: Paper) -> bool:
    return any(preset.id == row.family and refusal(preset, paper) for preset in PRESETS)


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


def spoken(asked: Iterable[str], known: Iterable[str]) -> None:
    """Raise UsageError for the first language asked for that is not known, if any is known."""
    languages = sorted(known)
    for wish in asked:
        if languages and not any(speaks(language, [wish]) for language in languages):
            raise refuse("booklet in the language", wish, languages)


def speaks(language: str, asked: Sequence[str]) -> bool:
    """True when a BCP 47 tag is one of those asked for, or of one of those languages."""
    tag = language.casefold()
    return not asked or any(
        tag == wish.casefold() or tag.startswith(f"{wish.casefold()}-") for wish in asked
    )

"""Custom properties are replaced by their values, and by nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from booklet.editions import EDITIONS, Edition, edition
from booklet.resources import styles_dir
from booklet.writers.pdf.css import edition_css
from booklet.writers.pdf.values import with_values

OURS = sorted(path for path in styles_dir().glob("*.css") if path.name != "epub.css")
POINTS = frozenset(map(ord, "abc"))


def values(*sheets: str) -> list[str]:
    named = tuple((str(number), css) for number, css in enumerate(sheets))
    return [" ".join(css.split()) for _, css in with_values(named)]


def test_the_last_sheet_that_states_a_property_is_right_in_all_sheets() -> None:
    first = ":root { --a: 1pt; --b: calc(2 * var(--a)) } p { margin: var(--b) }"
    assert values(first, ":root { --a: 5pt; }", "q { margin: var( --a ) var(--b) }") == [
        "p { margin: calc(2 * 5pt) }",
        "",
        "q { margin: 5pt calc(2 * 5pt) }",
    ]


def test_what_no_sheet_states_is_left_for_a_later_one() -> None:
    assert values("p { margin: var(--later) }") == ["p { margin: var(--later) }"]


def test_a_comment_states_nothing() -> None:
    css = "/* :root { --a: 1pt } */ p { margin: var(--a) }"
    assert values(css) == ["p { margin: var(--a) }"]


def test_a_circle_is_refused() -> None:
    with pytest.raises(ValueError, match="made of itself"):
        values(":root { --a: var(--b); --b: var(--a) }")


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_only_the_root_states_properties(path: Path) -> None:
    css = re.sub(r"/\*.*?\*/|:root\s*\{[^}]*\}", "", path.read_text("utf-8"), flags=re.DOTALL)
    assert not re.findall(r"[{;\s](--[\w-]+)\s*:", css)


@pytest.mark.parametrize(
    "row", [row for row in EDITIONS if row.format == "pdf"], ids=lambda r: r.id
)
def test_only_what_depends_on_the_fitted_pages_is_left_to_the_engine(row: Edition) -> None:
    names = row.styles
    common = tuple((name, styles_dir().joinpath(name).read_text("utf-8")) for name in names)
    own = edition_css(row, "ltr", POINTS)
    left = {
        name
        for _, css in with_values((("edition.css", own), *common))
        for name in re.findall(r"var\((--[\w-]+)", css)
    }
    assert left == {
        "--cover",
        "--disclaimer-line",
        "--emergency-gap",
        "--emergency-leading",
        "--emergency-next",
        "--emergency-next-gap",
    }


def test_editions_are_not_mixed_up() -> None:
    rows = [edition(name) for name in ("large-a4", "large-a5", "large-a4")]
    found = [values(edition_css(row, "ltr", POINTS), "p { margin: var(--margin) }") for row in rows]
    assert rows[0].margin != rows[1].margin
    assert [css for _, css in found] == [f"p {{ margin: {row.margin:g}mm }}" for row in rows]

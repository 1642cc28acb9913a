"""The docs say what is so: every rule, edition and picture, and links that lead somewhere."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

from booklet.editions import EDITIONS
from booklet.findings import catalogue

PROJECT = Path(__file__).resolve().parents[3]
PAGES = sorted([PROJECT / "README.md", PROJECT / "CHANGELOG.md", *PROJECT.glob("docs/**/*.md")])


def text(name: str) -> str:
    return (PROJECT / name).read_text(encoding="utf-8")


def test_the_rules_page_is_the_catalogue() -> None:
    page = runpy.run_path(str(PROJECT / "scripts" / "rules_page.py"))["page"]()
    assert text("docs/rules.md") == page, "run scripts/rules_page.py"
    for rule in catalogue():
        assert f"### {rule}: " in page


@pytest.mark.parametrize("row", EDITIONS, ids=lambda row: row.id)
def test_every_edition_is_documented(row: object) -> None:
    assert f"`{row.id}`" in text("docs/editions.md")  # type: ignore[attr-defined]  # an Edition


def test_the_editions_page_has_the_numbers_of_the_table() -> None:
    page = text("docs/editions.md")
    for row in EDITIONS:
        if row.type is None or row.limits is None:
            continue
        sizes, limits = row.type, row.limits
        for words in (
            f"{sizes.body:g} points",
            f"{sizes.h1:g}, {sizes.h2:g} and {sizes.h3:g} points",
            f"{sizes.leading:g} lines; never below {sizes.leading_floor:g}",
            f"{limits.characters} letters",
            f"{limits.margin:g} mm or more, and {row.binding:g} mm",
            f"{limits.contrast:g} to 1",
        ):
            assert words in page


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_and_pictures_lead_somewhere(page: Path) -> None:
    for target in re.findall(
        r"\]\((?!https?:|#|mailto:|term:|source:|tel:)([^)#\s]+)", text_outside_code(page)
    ):
        assert (page.parent / target).exists(), f"{page.name}: {target}"


def text_outside_code(page: Path) -> str:
    words = page.read_text(encoding="utf-8")
    words = re.sub(r"^ *```.*?^ *```", "", words, flags=re.DOTALL | re.MULTILINE)
    return re.sub(r"`[^`\n]*`", "", words)


def test_pictures_have_descriptions() -> None:
    for page in PAGES:
        for description in re.findall(r"!\[([^\]]*)\]", text_outside_code(page)):
            assert len(description) > 20, f"{page.name}: {description!r}"

"""``--impose``: which sheets are meant, and the refusal of paper on which letters would shrink."""

from __future__ import annotations

import re

import pytest

from booklet import choices, cli, cli_arguments, cli_build, plan
from booklet.editions import EDITIONS, PRESETS, edition, scale_on
from booklet.errors import UsageError

SMALL = ["large-a5-sheets", "large-half-letter-sheets"]
GIANT = ["giant-a4-sheets", "giant-letter-sheets"]


@pytest.mark.parametrize(
    ("names", "paper", "sheet", "expected"),
    [
        ([], None, None, SMALL),
        (["large"], None, None, SMALL),
        (["giant"], None, None, GIANT),
        ([], "a4", None, ["large-a4-sheets"]),
        ([], None, "a3", ["large-a4-sheets"]),
        ([], "a4", "a3", ["large-a4-sheets"]),
        (["large-a5"], None, None, ["large-a5-sheets"]),
        (["large-a4"], None, None, ["large-a4-sheets"]),
        (["large-a4-fold"], None, None, ["large-a4-sheets"]),
        (["clear-letter-sheets"], None, None, ["clear-letter-sheets"]),
        (["clear", "giant"], None, "tabloid", ["clear-letter-sheets", "giant-letter-sheets"]),
        (["all"], None, "a4", ["epub", "large-a5-sheets", "clear-a5-sheets"]),
        (["large", "epub"], "a5", None, ["epub", "large-a5-sheets"]),
    ],
)
def test_sheets_are_chosen_by_print_page_and_paper_in_the_printer(
    names: list[str], paper: str | None, sheet: str | None, expected: list[str]
) -> None:
    chosen = sorted(row.id for row in choices.sheets(names, paper, sheet))
    assert chosen == sorted(expected)


@pytest.mark.parametrize(
    ("names", "paper", "sheet", "told", "hint"),
    [
        ([], "a4", "a4", "18 points would be printed at 12.7", "Use A3 sheets (--sheet a3), or A5"),
        (["large-a4"], None, "a4", "printed at 12.7", "--sheet a3"),
        ([], "letter", "letter", "18 points would be printed at 11.6", "Use Tabloid sheets"),
        (
            ["giant"],
            None,
            "a4",
            "24 points would be printed at 17.0",
            "Use A3 sheets",
        ),
        ([], "a5", "letter", "18 points would be printed at 17.0", "Use A4 sheets"),
        ([], "half-letter", "a4", "18 points would be printed at 17.5", "Use Letter sheets"),
        ([], "a5", "a3", "does not fill A3 sheets", "Use A4 sheets"),
        (["giant"], "a5", None, "Giant print is not made on A5 paper", "A4, Letter"),
        (["epub"], None, None, "no such sheets", "--edition"),
        (["epub"], "a5", None, "no such sheets", "--paper"),
        (["larch"], None, None, "there is no edition 'larch'", "Did you mean 'large'?"),
    ],
)
def test_paper_on_which_letters_would_shrink_is_refused_with_the_paper_that_would_do(
    names: list[str], paper: str | None, sheet: str | None, told: str, hint: str
) -> None:
    with pytest.raises(UsageError) as fault:
        choices.sheets(names, paper, sheet)
    assert told in fault.value.message
    assert hint in fault.value.hint
    assert fault.value.exit_code == 2


def test_the_command_ends_with_code_2_and_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["build", "--impose", "--paper", "a4", "--sheet", "a4"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert re.search(r"18 points would be printed at 12\.7\. .*Use A3 sheets", err)
    assert err.count("\n") == 1


@pytest.mark.parametrize("option", [["--sheet", "a4"], ["--caliper", "0.1"]])
def test_options_about_sheets_need_sheets(option: list[str]) -> None:
    arguments = cli_arguments.parse(["build", *option], "x")
    with pytest.raises(UsageError, match=f"{option[0]} is for sheets to fold"):
        cli_build._editions(arguments)


def test_sheets_are_never_put_out_alone() -> None:
    for row in EDITIONS:
        if row.format == "sheets":
            readable = edition(row.made_from)
            assert plan.put_out([row]) == tuple(r for r in EDITIONS if r in (readable, row))
            assert readable.format == "pdf"
            assert row.mark == "PRINT-ONLY"


def test_every_print_on_every_paper_has_its_sheets_at_full_size() -> None:
    prints = [
        row
        for row in EDITIONS
        if row.format == "pdf" and row.ink == "colour" and not row.for_folding
    ]
    rows = [row for row in EDITIONS if row.format == "sheets"]
    assert len(rows) == len(prints)
    assert {row.family for row in rows} == {preset.id for preset in PRESETS}
    for row in rows:
        assert row.paper is not None
        assert row.sheet is not None
        assert scale_on(row.paper, row.sheet) >= 1
        assert edition(row.made_from).multiple == 4
        assert edition(row.made_from).paper == row.paper
        assert edition(row.made_from).type == row.type

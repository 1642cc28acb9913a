"""Arguments: every option, what is implied, and how a wrong one is refused."""

from __future__ import annotations

import re
import shlex
from datetime import date
from pathlib import Path

import pytest

from booklet import choices, cli_commands
from booklet.cli_arguments import parse
from booklet.editions import EDITIONS
from booklet.errors import UsageError


def test_without_a_command_it_is_build() -> None:
    plain = parse([], "x")
    assert (plain.command, plain.implied, plain.booklets) == ("build", True, [])
    named = parse(["my-booklet", "--edition", "epub"], "x")
    assert (named.command, named.booklets, named.edition) == ("build", ["my-booklet"], ["epub"])
    spelt = parse(["build", "my-booklet"], "x")
    assert (spelt.implied, spelt.booklets) == (False, ["my-booklet"])


def test_every_option_of_build() -> None:
    line = (
        "build a --edition epub,large-a4 b --edition large --lang en,es --lang fr "
        "--clinic riverside,lakeside --paper a4 --out O --source S --jobs 3 --strict "
        "--today 2027-02-28 --quiet --full --format json c "
        "--baseline b.json --report r.xml --report r.sarif --impose --sheet a3 "
        "--caliper 0.12 --press --no-cache "
        "--executor dask://10.0.0.5:8786"
    )
    found = vars(parse(line.split(), "x"))
    assert found == {
        "command": "build",
        "implied": False,
        "booklets": ["a", "b", "c"],
        "edition": ["epub", "large-a4", "large"],
        "lang": ["en", "es", "fr"],
        "clinic": ["riverside", "lakeside"],
        "paper": "a4",
        "out": Path("O"),
        "source": Path("S"),
        "jobs": 3,
        "strict": True,
        "today": date(2027, 2, 28),
        "quiet": True,
        "full": True,
        "fail_fast": False,
        "keep_going": False,
        "timings": False,
        "format": "json",
        "baseline": Path("b.json"),
        "report": [Path("r.xml"), Path("r.sarif")],
        "impose": True,
        "sheet": "a3",
        "caliper": 0.12,
        "press": True,
        "no_cache": True,
        "executor": "tcp://10.0.0.5:8786",
    }


def test_the_ending_of_a_report_says_its_kind_and_others_are_refused() -> None:
    for word in ("--report r.pdf", "--report r", "--baseline b.yaml"):
        with pytest.raises(UsageError, match="must end in"):
            parse(["build", *word.split()], "x")
    with pytest.raises(UsageError, match="must end in"):
        parse(["check", "--write-baseline", "source/a/booklet.yaml"], "x")


def test_every_option_of_verify_and_of_checklist() -> None:
    line = "verify a.pdf --full --out O b.epub --no-report --quiet --source S --format json"
    found = vars(parse(line.split(), "x"))
    assert found.pop("files") == [Path("a.pdf"), Path("b.epub")]
    assert found == {
        "command": "verify",
        "implied": False,
        "full": True,
        "out": Path("O"),
        "no_report": True,
        "quiet": True,
        "source": Path("S"),
        "format": "json",
    }
    found = vars(parse("checklist a --edition epub --clinic c --paper a4 --write".split(), "x"))
    assert found == {
        "command": "checklist",
        "implied": False,
        "booklet": "a",
        "edition": ["epub"],
        "paper": "a4",
        "clinic": ["c"],
        "write": True,
        "source": None,
        "format": "text",
    }


def test_one_call_leaves_nothing_for_the_next() -> None:
    parse(["--lang", "en"], "x")
    assert parse([], "x").lang == []


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("build --today 2027-02-30", "2027-02-30"),
        ("build --today 20270228", "20270228"),
        ("build --jobs 0", "'0'"),
        ("build --jobs 65", "'65'"),
        ("build --jobs two", "'two'"),
        ("build --paper a6", "a6"),
        ("build --sheet a5", "a5"),
        ("build --caliper 1", "'1'"),
        ("build --caliper thick", "'thick'"),
        ("build --executor dask://host", "'dask://host'"),
        ("build --executor http://host:1", "'http://host:1'"),
        ("build --executor tcp://host:65536", "'tcp://host:65536'"),
        ("build --format xml", "xml"),
        ("build --edition epub,", "empty name"),
        ("build --bogus", "--bogus"),
        ("build --edit epub", "--edit"),
        ("check --out O", "--out"),
        ("check --jobs 2", "--jobs"),
        ("list extra", "extra"),
        ("lock-disclaimer extra", "extra"),
        ("doctor --clinic a", "--clinic"),
        ("build --clinic", "--clinic"),
    ],
)
def test_a_wrong_option_is_a_usage_error_that_points_to_the_help(line: str, told: str) -> None:
    with pytest.raises(UsageError) as fault:
        parse(line.split(), "make_booklet.py")
    assert told in fault.value.message
    assert fault.value.exit_code == 2
    assert fault.value.hint == f"See: make_booklet.py {line.split(maxsplit=1)[0]} --help"


@pytest.mark.parametrize("command", ["", *cli_commands.COMMANDS])
def test_help_teaches_by_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as leaving:
        parse([*command.split(), "--help"], "make_booklet.py")
    assert leaving.value.code == 0
    text = capsys.readouterr().out
    examples = text.partition("examples:\n")[2].splitlines()
    assert examples[0].startswith(f"  make_booklet.py {command}".rstrip())
    choices = (
        r"{a4,letter,a[35],(half-letter|tabloid)}|{text,json[a-z,]*}|{pemat,cci}|{see,prune,verify}"
        r"|{build,[a-z,-]*}"
    )
    assert "{" not in re.sub(choices, "", text)


@pytest.mark.parametrize("command", cli_commands.COMMANDS)
def test_the_examples_in_the_help_can_be_typed(command: str) -> None:
    epilog = cli_commands.COMMANDS[command][1]
    lines = [line.strip() for line in epilog.splitlines() if line.startswith("  {prog}")]
    assert len(lines) >= 2
    for line in lines:
        words = shlex.split(line.partition("     ")[0])
        assert parse(words[1:], "x").command == command


@pytest.mark.parametrize(
    ("names", "paper", "expected"),
    [
        ([], None, ["large-a4", "large-letter", "epub"]),
        (["large"], None, ["large-a4", "large-letter"]),
        (["epub", "large-a4"], None, ["large-a4", "epub"]),
        ([], "letter", ["large-letter", "epub"]),
        (["large"], "a4", ["large-a4"]),
        (["epub"], "a4", ["epub"]),
        ([], "a5", ["large-a5", "epub"]),
        (["giant"], None, ["giant-a4", "giant-letter"]),
        (["all"], None, [row.id for row in EDITIONS if not row.for_folding]),
        (
            ["all"],
            "half-letter",
            ["large-half-letter", "clear-half-letter", "large-half-letter-grey", "epub"],
        ),
    ],
)
def test_editions_are_chosen_by_id_family_and_paper(
    names: list[str], paper: str | None, expected: list[str]
) -> None:
    assert [row.id for row in choices.editions(names, paper)] == expected


def test_an_edition_that_does_not_exist_is_refused_with_the_nearest() -> None:
    with pytest.raises(UsageError) as fault:
        choices.editions(["large-prnt"], None)
    assert fault.value.hint == "Did you mean 'large'?"
    with pytest.raises(UsageError) as fault:
        choices.editions(["qqq"], None)
    assert "acb-a4, acb-letter, all," in fault.value.hint
    with pytest.raises(UsageError, match="letter paper"):
        choices.editions(["large-a4"], "letter")


@pytest.mark.parametrize(("names", "paper"), [(["giant-a5"], None), (["giant"], "a5")])
def test_a_print_that_is_too_large_for_the_paper_is_refused_with_the_reason(
    names: list[str], paper: str | None
) -> None:
    with pytest.raises(
        UsageError, match=r"Giant print is not made on A5 paper: only about \d+"
    ) as fault:
        choices.editions(names, paper)
    assert fault.value.hint == "Giant print is made on A4, Letter."


def test_a_long_list_of_names_is_cut_short() -> None:
    known = [f"booklet-{n:03}" for n in range(40)]
    hint = choices.refuse("booklet", "zzz", known).hint
    assert hint.count("booklet-") == choices.MOST_NAMES
    assert hint.endswith(", ....")


@pytest.mark.parametrize(
    ("tag", "asked", "spoken"),
    [
        ("en-US", [], True),
        ("en-US", ["en"], True),
        ("en-US", ["EN-us"], True),
        ("en-US", ["en-GB"], False),
        ("en", ["en-GB"], False),
        ("eng", ["en"], False),
    ],
)
def test_a_language_is_asked_for_in_full_or_by_its_first_part(
    tag: str, asked: list[str], spoken: bool
) -> None:
    assert choices.speaks(tag, asked) is spoken

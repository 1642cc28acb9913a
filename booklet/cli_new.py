"""``new``: a name and answers go in; a starter booklet and what to do next come out."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from booklet import starting
from booklet.cli_commands import COMMANDS
from booklet.cli_project import SOURCE, is_terminal, show, source_folder
from booklet.decoding import hidden
from booklet.errors import EXIT_CONTENT, EXIT_OK, UsageError
from booklet.findings import blocks_build
from booklet.readers.clinic_rules import is_number
from booklet.report import PLAIN, data_to_json, finding_data, finding_line, printable
from booklet.starting import Answers, ClinicAnswers, Started
from booklet.words import words_for

LANGUAGE = "en-US"
# As long as a title may be.
_LONGEST = 120
Judge = Callable[[str], None]


def run(arguments: argparse.Namespace) -> int:
    """Write the starter, say what to do next and return the exit code. Raises BookletError."""
    ask = _Asking(arguments, is_asked=not arguments.yes and _is_talking(arguments))
    source = _source(arguments.source)
    answers = _answers(ask, source, arguments.today or date.today())
    started = starting.start(source, answers)
    code = EXIT_CONTENT if blocks_build(started.findings) else EXIT_OK
    if arguments.format == "json":
        show(_json(started, code))
    else:
        show(_text(started))
    return code


def _is_talking(arguments: argparse.Namespace) -> bool:
    return arguments.format == "text" and is_terminal(sys.stdin) and is_terminal(sys.stdout)


def _source(asked: Path | None) -> Path:
    """Return the source folder here or above; a new one here, never that of the program."""
    here = Path.cwd()
    found = source_folder(asked, here)
    is_ours = asked is None and not here.is_relative_to(found.parent)
    return here / SOURCE if is_ours else found


# ------------------------------------------------------------------------ the questions


@dataclass(frozen=True, slots=True)
class _Asking:
    """Takes answers from the options, else from the person, else the usual ones."""

    arguments: argparse.Namespace
    is_asked: bool

    def __call__(self, name: str, question: str, usual: str, judge: Judge) -> str:
        """Return an answer that ``judge`` lets pass.

        Raises UsageError for an option that it does not, KeyboardInterrupt when nobody answers.
        """
        given: str | None = getattr(self.arguments, name.replace("-", "_"))
        if given is not None or not self.is_asked:
            answer = _line(usual if given is None else given)
            _judged(answer, judge, name)
            return answer
        while True:
            shown = f" [{usual}]" if usual else ""
            try:
                answer = _line(input(f"{question}{shown}: ")) or usual
                judge(answer)
            except EOFError as error:
                raise KeyboardInterrupt from error
            except UsageError as fault:
                show(f"  {printable(fault.line())}\n")
            else:
                return answer


def _judged(answer: str, judge: Judge, name: str) -> None:
    """Let an answer of the command line pass, or name the option that must change."""
    try:
        judge(answer)
    except UsageError as fault:
        where = fault.where or ("the name" if name == "name" else f"--{name}")
        raise UsageError(fault.message, where=where, hint=fault.hint) from fault


def _answers(ask: _Asking, source: Path, today: date) -> Answers:
    arguments = ask.arguments
    if not arguments.name and arguments.title:
        arguments.name = arguments.title
    if not arguments.name and not ask.is_asked:
        raise UsageError("the booklet has no name.", hint="Write it behind new: new my-booklet")
    typed = ask("name", "What is the booklet about, in a word or two?", "", _judge_name(source))
    name = starting.folder_name(typed)
    title = name.replace("-", " ").capitalize()
    language = ask("lang", "Which language?", LANGUAGE, _judge_language)
    words = words_for(language)
    number = words.emergency_number if words else None
    return Answers(
        name=name,
        title=ask("title", "Its title?", title, _judge_words),
        audience=ask(
            "audience", "Who is it for?", "People who care for someone at home", _judge_words
        ),
        language=language,
        emergency_number=ask(
            "emergency-number", "Which number to call in an emergency?", number or "", _judge_number
        ),
        author=ask("author", "Who writes it?", "The care team", _judge_words),
        reviewer=ask("reviewer", "Who will review it (a role)?", "Doctor", _judge_words),
        today=today,
        clinic=_clinic(ask),
    )


def _clinic(ask: _Asking) -> ClinicAnswers | None:
    """Return the clinic's own words; none is right, too: a profile can be written later."""
    name = ask("clinic-name", "Your clinic's name (Enter for none)?", "", _judge_line)
    if not name:
        for option in ("clinic-phone", "clinic-address"):
            if getattr(ask.arguments, option.replace("-", "_")):
                raise UsageError(f"--{option} needs --clinic-name.", hint="Name the clinic, too.")
        return None
    phone = ask("clinic-phone", "The clinic's phone number?", "", _judge_number)
    address = ask("clinic-address", "Its address (; between the lines)?", "", _judge_words)
    lines = tuple(line.strip() for line in address.split(";") if line.strip())
    return ClinicAnswers(name, phone, lines)


def _judge_name(source: Path) -> Judge:
    def judge(text: str) -> None:
        name = starting.folder_name(text)
        if name in COMMANDS:
            raise UsageError(f'"{name}" is a command.', hint="Choose another name.")
        starting.require_new(source, name)

    return judge


def _judge_language(text: str) -> None:
    starting.require_starter(text)


def _judge_number(text: str) -> None:
    if not is_number(text):
        message = f'"{text}" is no phone number.' if text else "a phone number is missing."
        raise UsageError(message, hint='Write it as it is dialled, such as "(555) 555-0100".')


def _judge_words(text: str) -> None:
    if not text:
        raise UsageError("words are missing.")
    _judge_line(text)


def _judge_line(text: str) -> None:
    if len(text) > _LONGEST:
        message = f"{len(text)} characters are too many."
        raise UsageError(message, hint=f"{_LONGEST} are the most.")
    for _, message in hidden(text):
        raise UsageError(message, hint="Type the words again.")


def _line(text: str) -> str:
    return " ".join(text.split())


# ----------------------------------------------------------------------------- the words


def _text(started: Started) -> str:
    lines = ["Written:", *(f"  {path}" for path in started.files)]
    # That words are left to write, and that nobody has reviewed them, is what a starter is.
    lines += [finding_line(each, PLAIN) for each in started.findings if blocks_build((each,))]
    build = f"make_booklet.py {started.booklet}"
    if started.clinic:
        build += f" --clinic {started.clinic}"
    lines += [
        "Next:",
        '  1. Put your own words in the place of everything that begins with "Write here:".',
        f"  2. See what is still to do: make_booklet.py check {started.booklet}",
        f"  3. Build it: {build}",
    ]
    return "".join(f"{printable(line)}\n" for line in lines)


def _json(started: Started, code: int) -> str:
    return data_to_json(
        "new",
        code,
        booklet=started.booklet,
        clinic=started.clinic,
        made=list(started.files),
        findings=[finding_data(finding) for finding in started.findings],
    )

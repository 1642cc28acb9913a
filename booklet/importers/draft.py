"""A file of another program enters; a whole draft leaves: every file of it, and its report."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from booklet.errors import MachineError
from booklet.importers import marked, plain, web, word
from booklet.importers.collecting import Desk
from booklet.importers.disclaimers import part
from booklet.importers.guessing import guessed
from booklet.importers.intake import Take
from booklet.importers.ledger import Ledger
from booklet.importers.limits import (
    MAX_FILE,
    MAX_FILES,
    MAX_LETTERS,
    MAX_TEXT_FILE,
    MB,
    RefusedError,
)
from booklet.importers.markdown import MARK, Scribe, comment
from booklet.importers.naming import booklet_id, chapter_files, checked_id, link_ids
from booklet.importers.outline import Outline, outlined
from booklet.importers.parts import Block, Run, Title, text_of
from booklet.importers.pictures import Pictures
from booklet.importers.reading import read_tree
from booklet.importers.report import Guess, count_kept, guesses, report
from booklet.importers.settings import Known, language_tag, settings

DISCLAIMER = "_imported-disclaimer.md"
REPORT = "_import-report.md"
UNLED = "Nothing leads to the notes below. Put them where they belong."
KINDS: Mapping[str, Take] = {
    ".docx": word.take,
    ".html": web.take,
    ".htm": web.take,
    ".xhtml": web.take,
    ".md": marked.take,
    ".markdown": marked.take,
    ".txt": plain.take,
}
_OTHERS = {
    ".doc": "an old Word file",
    ".docm": "a Word file with programs (macros)",
    ".dotm": "a Word template with programs (macros)",
    ".dotx": "a Word template",
    ".odt": "a LibreOffice file",
    ".rtf": "a rich text file",
    ".pages": "a Pages file",
    ".pdf": "a PDF",
}
_WORDS_OF_DISCLAIMER = """\
<!-- This is no chapter, and nothing here is printed. The text that was imported from {origin}
     had this disclaimer. Every booklet ends with the one in source/disclaimers/, whose words are
     locked. A person must decide: is anything in here missing there? Then have it added there and
     approved. When that is decided, delete this file. -->

# Imported disclaimer

"""


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft that is not yet on the disk; the keys of ``files`` are POSIX paths in its folder."""

    id: str
    origin: str
    title: str
    files: Mapping[str, bytes]
    ledger: Ledger
    guesses: tuple[Guess, ...]


def files_in(folder: Path) -> tuple[Path, ...]:
    """Return the files of a folder that can be imported, sorted. Raises RefusedError."""
    try:
        names = sorted(os.listdir(folder))
    except OSError as error:
        raise MachineError(f"cannot be read: {error.strerror}", where=str(folder)) from error
    known = {*KINDS, *_OTHERS}
    files = tuple(
        folder / name
        for name in names
        # Word keeps a file that begins with ~$ beside each open one.
        if name[0] != "." and not name.startswith("~$") and Path(name).suffix.lower() in known
    )
    if not files:
        hint = f"Files of these kinds can be imported: {', '.join(KINDS)}."
        raise RefusedError("there is no file to import in this folder", hint=hint)
    if len(files) > MAX_FILES:
        raise RefusedError(f"there are more than {MAX_FILES} files in this folder")
    return files


def draft_of(file: Path, name: str = "") -> Draft:
    """Make a draft of a file. ``name`` is the id of the booklet; else it is made of the file's.

    Raises RefusedError when the file cannot be imported and MachineError when it cannot be read.
    """
    limit = MAX_FILE if _kind(file) is word.take else MAX_TEXT_FILE
    return draft_from(_bytes(file, limit), file, name)


def draft_from(data: bytes, file: Path, name: str = "") -> Draft:
    """Make a draft of the bytes of a file; pictures are looked for beside it. As ``draft_of``."""
    chosen = checked_id(name) if name else booklet_id(file.stem)
    ledger = Ledger()
    taken = _kind(file)(data, file, ledger)
    desk = Desk(ledger, Pictures(ledger, taken.load), tabs=taken.tabs)
    blocks = read_tree(taken.tree, desk)
    letters = sum(len(text_of(block)) for block in blocks)
    if not letters and not desk.pictures.taken:
        raise RefusedError("there are no words in it")
    if letters > MAX_LETTERS:
        raise RefusedError(f"its text has more than {MAX_LETTERS // MB} million letters")
    if taken.is_titled:
        blocks = (Title((Run(taken.title),)), *blocks)
    parted = part(guessed(blocks))
    spare = taken.title or file.stem.replace("-", " ").replace("_", " ").strip() or chosen
    outline = outlined(parted.blocks, spare, ledger)
    if taken.title and " ".join(taken.title.split()) not in f"{outline.title}: {outline.subtitle}":
        ledger.drop("title in the file's own data", taken.title)
    return _written(chosen, file.name, outline, parted.disclaimer, taken.language, desk)


def _kind(file: Path) -> Take:
    ending = file.suffix.lower()
    if ending in KINDS:
        return KINDS[ending]
    what = _OTHERS.get(ending, "of a kind that cannot be imported")
    hint = "Save it as .docx, .html, .md or .txt and import that."
    raise RefusedError(f"this is {what}", hint=hint)


def _bytes(file: Path, limit: int) -> bytes:
    """Read at most one byte more than the limit; never wait for a pipe."""
    try:
        if not stat.S_ISREG(os.stat(file).st_mode):
            raise RefusedError("this is not a file")
        with file.open("rb") as stream:
            data = stream.read(limit + 1)
    except FileNotFoundError as error:
        raise RefusedError("there is no such file or folder") from error
    except OSError as error:
        raise MachineError(f"cannot be read: {error.strerror or error}", where=str(file)) from error
    if len(data) > limit:
        raise RefusedError(f"the file is larger than {limit // MB} MB")
    if not data.strip():
        raise RefusedError("the file is empty")
    return data


def _written(
    name: str,
    origin: str,
    outline: Outline,
    disclaimer: tuple[Block, ...],
    language: str,
    desk: Desk,
) -> Draft:
    """Write all files of the draft, in memory."""
    ledger = desk.ledger
    chapters = outline.chapters
    names = chapter_files(chapters)
    scribe = Scribe(ledger, link_ids(chapters, names), desk.notes)
    texts = [scribe.chapter(chapter) for chapter in chapters]
    files: dict[str, bytes] = {}
    if disclaimer:
        words = _WORDS_OF_DISCLAIMER.format(origin=origin.replace("--", "-"))
        files[DISCLAIMER] = (words + scribe.blocks(disclaimer)).encode()
        ledger.decide(
            f"The text had a disclaimer; it stands in {DISCLAIMER}. Read it, decide what to do "
            "with it, and delete that file."
        )
    texts[-1] += _left_over(scribe)
    for chapter in chapters:
        ledger.kept["chapter"] += 1
        count_kept(chapter.blocks, ledger.kept)
    ledger.kept["note"] += len(desk.notes)
    _decide(ledger, origin)
    found = guesses(list(zip(names, texts, strict=True)), MARK)
    known = Known(
        name, outline.title, outline.subtitle, language_tag(language), origin, names,
        ledger.decisions,
    )  # fmt: skip
    files["booklet.yaml"] = settings(known).encode()
    files |= {file: text.encode() for file, text in zip(names, texts, strict=True)}
    files |= {f"images/{file}": data for file, data in desk.pictures.taken.items()}
    files[REPORT] = report(origin, ledger, found).encode()
    return Draft(name, origin, outline.title, files, ledger, found)


def _left_over(scribe: Scribe) -> str:
    """Return the text of notes that nothing leads to, so that no word is lost."""
    blocks = scribe.left_over()
    if not blocks:
        return ""
    return f"\n{comment(UNLED)}\n{scribe.blocks(blocks)}"


def _decide(ledger: Ledger, origin: str) -> None:
    """Add what must be decided of every draft."""
    if ledger.dropped:
        ledger.decide(f"Some things were left out. {REPORT} lists them: is anything missed?")
    ledger.decide(
        f"Read every chapter beside {origin}. Is each word still right, and is it yours to print?"
    )

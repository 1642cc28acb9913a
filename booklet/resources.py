"""Where the product's own files are: nothing goes in, a folder comes out."""

from __future__ import annotations

from pathlib import Path


def styles_dir() -> Path:
    """Return the folder of the style sheets.

    An installed package carries a copy; a clone of the project has them beside ``source/``,
    where the people who edit them look.
    """
    package = Path(__file__).resolve().parent
    carried = package / "styles"
    return carried if carried.is_dir() else package.parent / "styles"


def package_dir() -> Path:
    """Return the folder of the program itself."""
    return Path(__file__).resolve().parent


def starter_dir() -> Path:
    """Return the folder of the starter booklets: one folder a language."""
    return Path(__file__).resolve().parent / "starter"


def cases_dir() -> Path | None:
    """Return the folder of the rules' samples; None outside the repository, where they are not."""
    folder = Path(__file__).resolve().parents[1] / "tests" / "cases"
    return folder if (folder / "_base").is_dir() else None

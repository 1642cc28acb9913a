"""The fonts that print may use: from pinned packages, never from the machine."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

FAMILIES = ("Atkinson Hyperlegible", "Noto Sans", "Noto Sans Arabic")


@dataclass(frozen=True, slots=True)
class Face:
    """One weight of one family; ``package`` holds ``file`` in its folder ``files``."""

    id: str
    family: str
    weight: int
    package: str
    file: str

    def data(self) -> bytes:
        """Return the font file's bytes."""
        return files(self.package).joinpath("files", self.file).read_bytes()


_ATKINSON = "fontpkg_atkinson_hyperlegible"
FACES = (
    Face("atkinson-400.ttf", FAMILIES[0], 400, _ATKINSON, "AtkinsonHyperlegible-Regular.ttf"),
    Face("atkinson-700.ttf", FAMILIES[0], 700, _ATKINSON, "AtkinsonHyperlegible-Bold.ttf"),
    Face("noto-400.ttf", FAMILIES[1], 400, "fontpkg_noto_sans", "NotoSans[wdth,wght].ttf"),
    Face("noto-700.ttf", FAMILIES[1], 700, "fontpkg_noto_sans", "NotoSans[wdth,wght].ttf"),
    Face(
        "arabic-400.ttf", FAMILIES[2], 400, "fontpkg_noto_sans_arabic", "NotoSansArabic[wdth,wght].ttf"
    ),
    Face(
        "arabic-700.ttf", FAMILIES[2], 700, "fontpkg_noto_sans_arabic", "NotoSansArabic[wdth,wght].ttf"
    ),
)


@cache
def coverage() -> frozenset[int]:
    """Return the code points that some regular face has a glyph for."""
    import io

    from fontTools.ttLib import TTFont

    points: set[int] = set()
    for face in FACES:
        if face.weight == 400:
            with TTFont(io.BytesIO(face.data()), lazy=True) as font:
                points.update(font.getBestCmap())
    return frozenset(points)

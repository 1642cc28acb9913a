"""A booklet's characters in, the fonts that print them out: pinned packages, not the machine's."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

# In the order in which a character is looked for. Atkinson Hyperlegible tells I, l and 1 apart.
_BOLD = 700
FAMILIES = ("Atkinson Hyperlegible", "Noto Sans", "Noto Sans Arabic")


@dataclass(frozen=True, slots=True)
class Face:
    """One weight of one family; ``package`` holds ``file`` in its folder ``files``."""

    id: str
    family: str
    weight: int
    package: str
    file: str

    @property
    def is_variable(self) -> bool:
        """True when the file holds every weight and has to be narrowed to one."""
        return "[" in self.file

    def original(self) -> bytes:
        """Return the font file as the package has it."""
        return files(self.package).joinpath("files", self.file).read_bytes()

    def data(self, points: frozenset[int]) -> bytes:
        """Return a font file that shows at least these code points in this one weight."""
        return _narrowed(self, points) if self.is_variable else self.original()


def _faces(name: str, family: str, package: str, regular: str, bold: str) -> tuple[Face, Face]:
    return (
        Face(f"{name}-400.ttf", family, 400, package, regular),
        Face(f"{name}-700.ttf", family, 700, package, bold),
    )


_NOTO, _ARABIC = "NotoSans[wdth,wght].ttf", "NotoSansArabic[wdth,wght].ttf"
FACES = (
    *_faces(
        "atkinson",
        FAMILIES[0],
        "fontpkg_atkinson_hyperlegible",
        "AtkinsonHyperlegible-Regular.ttf",
        "AtkinsonHyperlegible-Bold.ttf",
    ),
    *_faces("noto", FAMILIES[1], "fontpkg_noto_sans", _NOTO, _NOTO),
    *_faces("arabic", FAMILIES[2], "fontpkg_noto_sans_arabic", _ARABIC, _ARABIC),
)


def faces_for(points: frozenset[int]) -> tuple[Face, ...]:
    """Return the first family's faces, and others' only when a character needs them."""
    chosen: list[Face] = []
    missing = points
    for family in FAMILIES:
        if family == FAMILIES[0] or missing & _coverage(family):
            chosen.extend(face for face in FACES if face.family == family)
            missing -= _coverage(family)
    return tuple(chosen)


@cache
def _coverage(family: str) -> frozenset[int]:
    """Return the code points that a family has glyphs for; fixed by the pinned package."""
    face = next(face for face in FACES if face.family == family)
    with TTFont(io.BytesIO(face.original()), lazy=True) as font:
        return frozenset(font.getBestCmap())


def width(words: str) -> float:
    """Return how wide words are in bold print, in ems: the sum of their letters' advances.

    The fallback families are measured in their usual weight, and letters of no family as 1 em.
    """
    return sum(map(_advance, words))


def _advance(char: str) -> float:
    """Look for a letter in one family after the other: most are in the first, and fonts are big."""
    bold = (_advances(face) for face in FACES if face.weight == _BOLD)
    return next((advances[ord(char)] for advances in bold if ord(char) in advances), 1.0)


@cache
def _advances(face: Face) -> Mapping[int, float]:
    """Return how far each code point moves the pen, in ems; fixed by the pinned package."""
    with TTFont(io.BytesIO(face.original()), lazy=True) as font:
        metrics, em = font["hmtx"], font["head"].unitsPerEm
        return {point: metrics[name][0] / em for point, name in font.getBestCmap().items()}


def without_glyph(points: frozenset[int]) -> frozenset[int]:
    """Return those of the code points that no family has a glyph for."""
    for family in FAMILIES:
        if not points:
            break
        points -= _coverage(family)
    return points


def _narrowed(face: Face, points: frozenset[int]) -> bytes:
    """Cut a variable font down to the characters at hand and to one weight.

    The layout engine could do it, but would write the time of day into the font.
    """
    font = TTFont(io.BytesIO(face.original()), recalcTimestamp=False)
    options = subset.Options(layout_features=["*"], notdef_outline=True, name_IDs=["*"])
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=points)
    cutter.subset(font)
    instantiateVariableFont(font, {"wght": face.weight, "wdth": 100}, inplace=True, static=True)
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()

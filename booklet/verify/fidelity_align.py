"""Two sequences of elements in, which belongs to which out: a diff that knows what has moved."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import SequenceMatcher

from booklet.verify.reading_order import Item, squeezed

Key = tuple[str, str]


@dataclass(slots=True)
class Alignment:
    """Pairs of indexes, expected to found and back; ``moved`` are expected ones out of place."""

    found: dict[int, int] = field(default_factory=dict)
    expected: dict[int, int] = field(default_factory=dict)
    moved: set[int] = field(default_factory=set)

    def pair(self, wanted: int, got: int) -> None:
        """Put an expected and a found element together."""
        self.found[wanted] = got
        self.expected[got] = wanted


def align(wanted: tuple[Item, ...], got: tuple[Item, ...]) -> Alignment:
    """Find for each expected element the found one that stands for it, if there is one."""
    alignment = Alignment()
    keys = [key(item) for item in wanted], [key(item) for item in got]
    matcher = SequenceMatcher(None, *keys, autojunk=False)
    for tag, i1, i2, j1, j2 in _differences(matcher, *keys):
        if tag == "equal":
            for step in range(i2 - i1):
                alignment.pair(i1 + step, j1 + step)
        elif tag == "replace":
            _pair_changed(range(i1, i2), range(j1, j2), keys, alignment)
    _pair_moved(wanted, got, keys, alignment)
    return alignment


def key(item: Item) -> Key:
    """What an element is recognised by: kind and own letters. Figures have their description.

    Numbers are left out, so that a wrong page number is a wrong number and no other element.
    """
    element = item.element
    words = element.description if element.kind == "Figure" else element.own()
    return element.kind, "".join(char for char in squeezed(words) if not char.isdigit())


Opcode = tuple[str, int, int, int, int]


def _differences(matcher: SequenceMatcher[Key], wanted: list[Key], got: list[Key]) -> list[Opcode]:
    """Equal sequences, the usual case, need no search."""
    if wanted == got:
        return [("equal", 0, len(wanted), 0, len(got))]
    return [(tag, i1, i2, j1, j2) for tag, i1, i2, j1, j2 in matcher.get_opcodes()]


def _pair_changed(
    wanted: range, got: range, keys: tuple[list[Key], list[Key]], alignment: Alignment
) -> None:
    """Within a stretch that differs: the same words of another kind, then other words of a kind."""
    by_words = _matches(
        [keys[0][i][1] or f"wanted {i}" for i in wanted],
        [keys[1][j][1] or f"got {j}" for j in got],
    )
    i, j = wanted.start, got.start
    for step_i, step_j in (*by_words, (len(wanted), len(got))):
        to_i, to_j = wanted.start + step_i, got.start + step_j
        kinds = [keys[0][n][0] for n in range(i, to_i)], [keys[1][n][0] for n in range(j, to_j)]
        for more_i, more_j in _matches(*kinds):
            alignment.pair(i + more_i, j + more_j)
        if to_i < wanted.stop:
            alignment.pair(to_i, to_j)
        i, j = to_i + 1, to_j + 1


def _matches(wanted: list[str], got: list[str]) -> list[tuple[int, int]]:
    blocks = SequenceMatcher(None, wanted, got, autojunk=False).get_matching_blocks()
    return [(b.a + step, b.b + step) for b in blocks for step in range(b.size)]


def _pair_moved(
    wanted: tuple[Item, ...],
    got: tuple[Item, ...],
    keys: tuple[list[Key], list[Key]],
    alignment: Alignment,
) -> None:
    """What is missing here and too much there, with the same words, has moved."""
    spare: dict[Key, list[int]] = {}
    for item in got:
        if item.index not in alignment.expected and keys[1][item.index][1]:
            spare.setdefault(keys[1][item.index], []).append(item.index)
    for item in wanted:
        places = spare.get(keys[0][item.index])
        if item.index not in alignment.found and places:
            _move(item.index, places.pop(0), wanted, got, alignment)


def _move(
    i: int, j: int, wanted: tuple[Item, ...], got: tuple[Item, ...], alignment: Alignment
) -> None:
    """Pair two moved elements, and the elements around them that moved along."""
    while i >= 0 and j >= 0 and wanted[i].element.kind == got[j].element.kind:
        if i in alignment.found or j in alignment.expected:
            return
        alignment.pair(i, j)
        alignment.moved.add(i)
        i, j = wanted[i].parent, got[j].parent

"""Nothing in; out comes a colour profile of black ink on paper, written from the ICC specification.

No freely licensed profile of a printing press comes with a package. One ink is described by a
curve alone: how light the paper looks for each share of it that is to be covered.
"""

from __future__ import annotations

import struct

NAME = "Black ink on uncoated paper, generic"
GAIN = 0.2
"""Dots grow on paper: where half is to be covered, 70 % are. A usual figure, of no press in
particular; the print shop puts its own profile in the place of this one."""
_INK = 10**-1.5
"""How much light full black throws back, of what the paper does: density 1.5."""
_STEPS = 256
# The white of the profile connection space, D50 (ICC.1:2010, 7.2.16).
_D50 = (0.9642, 1.0, 0.8249)


def profile() -> bytes:
    """Return a monochrome output profile, version 2.4: description, rights, white and curve."""
    tags = (
        (b"desc", _description(NAME)),
        (b"cprt", b"text" + bytes(4) + b"No rights reserved\0"),
        (b"wtpt", b"XYZ " + bytes(4) + b"".join(map(_fixed, _D50))),
        (b"kTRC", _curve()),
    )
    padded = [(name, data + bytes(-len(data) % 4)) for name, data in tags]
    at = 128 + 4 + 12 * len(tags)
    table = struct.pack(">I", len(tags))
    for (name, data), (_, exact) in zip(padded, tags, strict=True):
        table += struct.pack(">4sII", name, at, len(exact))
        at += len(data)
    return _header(at) + table + b"".join(data for _, data in padded)


def _header(size: int) -> bytes:
    """ICC.1:2001-04, 6.1: of the class of printers, grey, connected by XYZ, perceptual."""
    day = struct.pack(">6H", 2026, 1, 1, 0, 0, 0)
    head = struct.pack(">I4sI4s4s4s", size, bytes(4), 0x02400000, b"prtr", b"GRAY", b"XYZ ")
    head += day + b"acsp" + bytes(4 + 4 + 4 + 4 + 8 + 4) + b"".join(map(_fixed, _D50))
    return head + bytes(128 - len(head))


def _description(words: str) -> bytes:
    """A description in ASCII, with its two empty forms for other scripts (6.5.17)."""
    text = words.encode("ascii") + b"\0"
    return b"desc" + bytes(4) + struct.pack(">I", len(text)) + text + bytes(8 + 3 + 67)


def _fixed(number: float) -> bytes:
    return struct.pack(">i", round(number * 65536))


def _curve() -> bytes:
    """How light the paper is for each shade from black (0) to white (1) (Murray and Davies)."""
    values = []
    for step in range(_STEPS):
        asked = 1 - step / (_STEPS - 1)
        covered = asked + 4 * GAIN * asked * (1 - asked)
        values.append(round(65535 * (1 - min(1.0, covered) * (1 - _INK))))
    return b"curv" + bytes(4) + struct.pack(f">I{_STEPS}H", _STEPS, *values)

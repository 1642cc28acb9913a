"""Every part of every booklet, written with each profile and without: only its own differs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from lxml import etree

from booklet import readers
from booklet.colour import HOUSE
from booklet.editions import edition
from booklet.model import Booklet, Clinic
from booklet.source import SourceTree
from booklet.writers.html import Links, render
from booklet.writers.pdf.css import accent_css
from booklet.writers.pdf.fetcher import Shelf
from tests import samples
from tests.needs import PROJECT

PLACES = ("source", "tests/torture/source")
XHTML = "{http://www.w3.org/1999/xhtml}"


def pairs() -> Iterator[tuple[SourceTree, str, str]]:
    for place in PLACES:
        tree = SourceTree.open(PROJECT / place)
        for booklet in tree.booklets():
            for clinic in readers.clinics(tree):
                yield tree, booklet, clinic


def read(tree: SourceTree, booklet: str, clinic: str | None) -> Booklet:
    whole = readers.read(tree, booklet, clinic=clinic).booklet
    assert whole is not None
    return whole


PAIRS = tuple(pairs())


def without_own(body: str, number: str, own_slip: bool) -> bytes:
    """A part's markup with all that a profile owns cut out."""
    root = etree.fromstring(f'<r xmlns:epub="http://www.idpf.org/2007/ops">{body}</r>'.encode())
    classes = {"cover-logo", "cover-clinic"}
    for node in list(root.iter("figure", "p", "dl", "ul")):
        kind = node.get("class", "")
        inside = {parent.get("class", "") for parent in node.iterancestors()}
        contact = any("contact-box" in name for name in inside)
        slip = own_slip and any("appointment-box" in name for name in inside)
        if kind in classes or ((contact or slip) and node.tag in ("dl", "ul")):
            node.tag = "own"
    etree.strip_elements(root, "own", with_tail=False)
    for node in root.iter("p"):
        if node.get("class") == "emergency-call":
            assert number in (node.text or "")
            node.text = (node.text or "").replace(number, "{number}")
    # Line ends between blocks are no words.
    return re.sub(rb">\n+<", b"><", bytes(etree.tostring(root, method="c14n")))


@pytest.mark.parametrize(
    ("tree", "name", "clinic"), PAIRS, ids=[f"{name}-{clinic}" for _, name, clinic in PAIRS]
)
def test_every_part_is_the_same_but_for_the_clinic_s_own(
    tree: SourceTree, name: str, clinic: str
) -> None:
    bare, dressed = read(tree, name, None), read(tree, name, clinic)
    # The booklet code, which tells one copy from another, is made of the digest of its source.
    one_code = replace(dressed, digest=bare.digest)
    before, after = (render(booklet, Links()).parts for booklet in (bare, one_code))
    assert [part.id for part in before] == [part.id for part in after]
    slip = bool(dressed.clinic and dressed.clinic.appointment)
    for one, other in zip(before, after, strict=True):
        assert without_own(one.body, bare.emergency.number, slip) == without_own(
            other.body, dressed.emergency.number, slip
        ), one.id


# ------------------------------------------------------------------------------ the accent

ACCENT = "#7a1f5c"


def coloured(accent: str | None) -> Clinic:
    return replace(samples.clinic(), accent=accent)


def test_print_takes_the_accent_through_its_properties_alone() -> None:
    row = edition("large-a4")
    css = accent_css(coloured(ACCENT), row)
    assert f"--accent: {ACCENT}" in css
    assert set(re.findall(r"--[a-z]+", css)) == {"--accent", "--band", "--rule"}
    assert accent_css(coloured(None), row) == accent_css(None, row) == ""


def test_icons_take_the_accent_and_danger_stays_red() -> None:
    plain, own = (Shelf.of((), frozenset(), accent).entries for accent in (HOUSE, ACCENT))
    for (name, _, before), (_, _, after) in zip(plain, own, strict=True):
        if name.endswith((".ttf", "warning.svg", "emergency.svg")) or "fonts/" in name:
            assert before == after
        else:
            assert ACCENT.encode() in after, name
            assert HOUSE.encode() not in after.lower(), name


def test_the_ebook_takes_no_colour_from_a_profile() -> None:
    sample = samples.booklet()
    before, after = (
        render(replace(sample, clinic=coloured(accent)), Links()).parts for accent in (None, ACCENT)
    )
    assert before == after
    assert "--accent" not in (PROJECT / "styles" / "epub.css").read_text(encoding="utf-8")

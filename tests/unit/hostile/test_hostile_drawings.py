"""Drawings that ask for endless work, each refused before it is drawn; ordinary ones are taken."""

from __future__ import annotations

import time

import pytest

from booklet.readers.svg import MAX_DRAWING, svg_findings
from booklet.readers.svg_cost import MAX_LETTERS, MAX_SHAPES

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">'
BOX = '<rect width="9" height="9" '
LINE = "M" + " ".join(f"{number % 97} {number % 89}" for number in range(6000))


def _repeated(times: int) -> str:
    """A part that shows ten of a part that shows ten of a part ..."""
    parts = (
        f'<g id="a{number}">' + f'<use href="#a{number - 1}"/>' * 10 + "</g>"
        for number in range(1, times + 1)
    )
    return f'<defs>{BOX}id="a0"/>{"".join(parts)}</defs><use href="#a{times}"/>'


def _chain(length: int) -> str:
    parts = (f'<g id="a{n}"><use href="#a{n + 1}"/></g>' for n in range(length))
    return f'{"".join(parts)}<g id="a{length}"/>'


STOPS = '<linearGradient id="g"><stop {}/><stop offset="1"/></linearGradient>'
FILLED = BOX + 'fill="url(#g)"/>'

ENDLESS = {
    "fills that fade": STOPS.format('stop-opacity="0"') + FILLED * 700,
    "fills that fade by a style": STOPS.format('style="stop-opacity: 0.2"') + FILLED * 700,
    "fills that fade by a style sheet": "<style>stop { stop-opacity: 0 }</style>"
    f"{STOPS.format('')}{FILLED * 400}",
    "masks": f'<mask id="m">{BOX}/></mask>' + f'{BOX}mask="url(#m)"/>' * 700,
    "a part that repeats parts that repeat": _repeated(8),
    "two parts that show each other": '<g id="a"><use href="#b"/></g>'
    '<g id="b"><use href="#a"/></g>',
    "a part that shows itself": '<g id="a"><use href="#a"/></g>',
    "a pattern of itself": f'<pattern id="p">{BOX}fill="url(#p)"/></pattern>',
    "a mask of itself": f'<mask id="m">{BOX}mask="url(#m)"/></mask>',
    "a marker on its own line": '<marker id="m"><path d="M0 0L1 1" marker-mid="url(#m)"/></marker>',
    "a gradient that leads in a round": '<linearGradient id="g" href="#h"/>'
    '<linearGradient id="h" href="#g"/>',
    "a long chain of parts": _chain(3000),
    "a second part of the same name": '<g id="a"/><g id="a"><use href="#a"/></g>',
    "parts repeated by a style": f"<style>rect {{ fill: url(#p) }}</style><pattern id='p'>"
    f"{'<g/>' * 200}</pattern>{(BOX + '/>') * 200}",
    "a marker at each corner": f'<marker id="m">{"<g/>" * 9}</marker>'
    f'<path d="{LINE}" marker-mid="url(#m)"/>',
    "too many shapes": f"{BOX}/>" * (MAX_SHAPES + 1),
    "too many groups in groups": "<g>" * 60 + "</g>" * 60,
    "too many letters": f"<text>{'w ' * MAX_LETTERS}</text>",
    "a gradient that repeats": '<radialGradient id="g" r="0.00001" spreadMethod="repeat"/>',
    "a number beyond reckoning": f'{BOX}x="1e999"/>',
    "a number of a million digits": f'{BOX}x="{"9" * 900_000}"/>',
    "no number": f'{BOX}x="nan"/>',
    "a word for a number": f'{BOX}rotate="x"/>',
    "a size of words": '<symbol viewBox="1 2"/>',
    "a style without end": f"<style>{'g ' * 8000}{{}}</style>",
    "a style that looks inside": "<style>g:has(g:has(*)) { fill: red }</style>",
    "a long selector": f"<style>{'g ' * 150}{{ fill: red }}</style>",
    "a damaged style": "<style>{{{</style>",
}


@pytest.mark.parametrize("name", ENDLESS)
def test_endless_work_is_refused_soon(name: str) -> None:
    start = time.process_time()
    rules = [finding.rule for finding in svg_findings(f"{HEAD}{ENDLESS[name]}</svg>".encode(), "a")]
    assert set(rules) == {"ASSET-010"}
    assert time.process_time() - start < 5


def test_a_drawing_of_many_bytes_is_not_even_read() -> None:
    data = f"{HEAD}{' ' * MAX_DRAWING}</svg>".encode()
    assert [finding.rule for finding in svg_findings(data, "a")] == ["ASSET-010"]


@pytest.mark.parametrize(
    "body",
    [
        _repeated(3),
        f"{BOX}/>" * 5000,
        f'{BOX}opacity="0.5"/>' * 5000,
        STOPS.format('stop-opacity="0"') + FILLED * 500,
        STOPS.format('style="stop-color:#000;stop-opacity:1;"') + FILLED * 2000,
        "<g>" * 30 + "</g>" * 30,
        f'<marker id="m">{BOX}/></marker><path d="{LINE[:9000]}" marker-mid="url(#m)"/>',
        '<linearGradient id="g" spreadMethod="pad"><stop offset="10%"/></linearGradient>',
        f'{BOX}fill="#1e9999" stroke-width=".5" x="-1.5e2" rx="2px"/>',
        "<style>.a, g > rect { fill: #1e9999; stroke-width: 2 }</style>",
        '<text x="1 2 3" y="4, 5" id="nan" class="inf">One two</text>',
    ],
)
def test_ordinary_drawings_are_taken(body: str) -> None:
    assert svg_findings(f"{HEAD}{body}</svg>".encode(), "a") == ()

"""Each rule that a browser holds an e-book to has a page that breaks it, and it alone."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from booklet.findings import catalogue
from booklet.verify.external import Checked, check_in_browser
from tests.needs import need_validator

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CONTAINER = """<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="p.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>"""
PACKAGE = """<package xmlns="http://www.idpf.org/2007/opf" version="3.0">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:language>en</dc:language></metadata>
<manifest><item id="a" href="a b.xhtml" media-type="application/xhtml+xml"/>
<item id="s" href="dot.svg" media-type="image/svg+xml"/></manifest>
<spine><itemref idref="a"/></spine></package>"""
DOT = """<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" viewBox="0 0 9 9">
<circle cx="4" cy="4" r="4"/></svg>"""
HTML = """<html xmlns="http://www.w3.org/1999/xhtml" {}><head><title>Care</title>
<style>a {{ color: inherit }} {}</style></head><body><h1>Care</h1>{}</body></html>"""


class Sample(NamedTuple):
    """A page: what stands in its body, its style and the language of its root."""

    body: str
    style: str = ""
    root: str = 'lang="en"'


TABLE = (
    "<table><thead><tr><th>Kind</th><th>Hope</th></tr></thead>"
    "<tbody><tr><th>Rest</th><td>Sleep</td></tr></tbody></table>"
)
LINKS = '<p><a href="#a">First</a> and <a href="#b"{}>second</a>, <a href="#c">third</a>.</p>'
GOOD = {
    "plain": Sample("<p>Ask us.</p>" + LINKS.format("") + TABLE),
    "pictures": Sample(
        '<p><img src="dot.svg" alt="A dot"/><img src="dot.svg" alt=""/>'
        '<img src="dot.svg" role="presentation" alt=""/></p>'
    ),
    "out of sight on purpose": Sample(
        "<p>Seen</p><p class='aside'>Said only</p>",
        ".aside { position: absolute; width: 1px; height: 1px; overflow: hidden;"
        " clip-path: inset(50%) }",
    ),
    "own colours that stand out": Sample(
        "<p class='a'>Dark <b>on</b> light</p>",
        ".a { color: rgb(0 0 0 / 90%); background: #fff }",
    ),
    "right to left": Sample("<p>Ask us.</p>", root='lang="en" dir="rtl"'),
}
# Heads that are taken away, not just moved out of sight, are words that are gone as well.
HEADLESS = "@media (max-width: 30rem) { thead { display: none } }"
WITH = {"EPUB-212": {"EPUB-202"}}
BAD = {
    "EPUB-200": [Sample("<p>Never closed")],
    "EPUB-201": [
        Sample("<p>Wide</p>", "p { width: 500px }"),
        Sample("<p>Wide words</p>", "p { width: 30em; min-width: 300px }", 'lang="en" dir="rtl"'),
        Sample("<div><p>Wide within</p></div>", "div { overflow-x: auto } p { width: 60em }"),
    ],
    "EPUB-202": [
        Sample("<p>One<br/>Two</p>", "p { height: 24px; overflow: hidden }"),
        Sample("<p>Off the page</p>", "p { position: absolute; left: -30px; top: 60px }"),
        Sample("<p>Under</p><p class='a'>Over</p>", "p { margin: 0 } .a { margin-top: -1.1em }"),
        Sample("<p class='a'>Gone</p>", "@media (max-width: 30rem) { .a { display: none } }"),
        Sample(
            "<p>Hidden words</p><div></div>",
            "div { position: relative; top: -2em; height: 2em; background: #777 }",
        ),
        Sample("<p>Below</p>" * 60, "html { height: 100%; overflow: hidden }"),
    ],
    "EPUB-203": [
        Sample("<p>One<br/>Two</p>", "p { height: 2.5em; line-height: 1.2; overflow: hidden }")
    ],
    "EPUB-204": [
        Sample("<p>Pale</p>", "p { color: #999; background: #fff }"),
        Sample("<p>Forced</p>", "p { color: #000 }"),
        Sample("<p>Forced page</p>", "p { background: #fff }"),
        Sample("<p>Faint</p>", "p { opacity: 0.4 }"),
        Sample("<p>Dark</p>", "@media (prefers-color-scheme: dark) { p { color: #ddd } }"),
        Sample("<p>Ask</p>", "p::before { content: 'Pale label'; color: #777 }"),
    ],
    "EPUB-205": [
        Sample("<p>On a picture</p>", "p { background: linear-gradient(#fff, #fff) }"),
    ],
    "EPUB-206": [Sample('<p><img src="gone.png" alt="A dot"/></p>')],
    "EPUB-207": [Sample('<p><img src="dot.svg"/></p>')],
    "EPUB-208": [Sample('<p><a href="#a"><img src="dot.svg" alt=""/></a></p>')],
    "EPUB-209": [
        Sample(LINKS.format(' tabindex="1"')),
        Sample(LINKS.format(' tabindex="-1"')),
    ],
    "EPUB-210": [Sample(LINKS.format(""), "a { outline: none }")],
    "EPUB-211": [
        Sample("<p>Ask us.</p>", root=""),
        Sample("<p>Ask us.</p>", root='lang="fr"'),
    ],
    "EPUB-212": [Sample(TABLE, HEADLESS)],
}
ROWS = [(rule, number) for rule, samples in BAD.items() for number in range(len(samples))]


def book(place: Path, sample: Sample) -> Path:
    with zipfile.ZipFile(place, "w") as archive:
        archive.writestr("META-INF/container.xml", CONTAINER)
        archive.writestr("p.opf", PACKAGE)
        archive.writestr("dot.svg", DOT)
        archive.writestr("a b.xhtml", HTML.format(sample.root, sample.style, sample.body))
    return place


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Checked]:
    """What one browser finds in every sample, by its name."""
    need_validator("Browser (Chromium)")
    folder = tmp_path_factory.mktemp("samples")
    samples = GOOD | {f"{rule}-{number}": BAD[rule][number] for rule, number in ROWS}
    places = {name: book(folder / f"{name}.epub", sample) for name, sample in samples.items()}
    names = {place: name for name, place in places.items()}
    results = check_in_browser(list(places.values()), names=names)
    return {name: results[place] for name, place in places.items()}


@pytest.mark.parametrize("name", GOOD)
def test_a_good_page_is_left_alone(checked: Mapping[str, Checked], name: str) -> None:
    assert [finding.line() for finding in checked[name].findings] == []
    (result,) = checked[name].tools
    assert result.tool == "Browser (Chromium)"
    assert result.outcome == "passed"
    assert "1 pages, " in result.detail


@pytest.mark.parametrize(("rule", "number"), ROWS)
def test_a_broken_rule_is_found_and_it_alone(
    checked: Mapping[str, Checked], rule: str, number: int
) -> None:
    found = checked[f"{rule}-{number}"]
    assert {finding.rule for finding in found.findings} == {rule} | WITH.get(rule, set()), [
        finding.line() for finding in found.findings
    ]
    assert {finding.span.file for finding in found.findings} == {f"{rule}-{number}/a b.xhtml"}
    assert found.tools[0].outcome == "failed"


def test_every_rule_of_the_browser_has_a_page_that_breaks_it() -> None:
    assert set(BAD) == {rule for rule in catalogue() if rule.startswith("EPUB-2")}

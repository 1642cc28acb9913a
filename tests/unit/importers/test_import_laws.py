"""Whatever stands in a file: no fault, no lost word, and Markdown that our own reader takes."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from lxml import html

from booklet.importers import Draft, RefusedError
from booklet.importers.draft import draft_from
from booklet.model import Abbreviation, Figure, NumberedList, Span, Text
from booklet.readers.booklet_yaml import settings_findings
from booklet.readers.markdown import read_chapter
from booklet.readers.md_walk import walk
from booklet.readers.yaml_positions import read_yaml
from tests.unit.readers_markdown.markdown_dump import File, picture, scope

NOWHERE = Span("booklet.yaml")
QUICK = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
# What the checks may say of a draft: what is to be finished, and what is wrong in the text itself.
ALLOWED = {
    "DRAFT-001",  # a guess
    "DRAFT-002",  # a decision
    "YAML-013",  # a setting or a description that is still empty
    "MD-006",  # the same heading twice
    "MD-011",  # a heading with nothing under it
    "MD-043",  # an address with http:
    "FENCE-013",  # a column without a heading
    "FENCE-014",  # a table too wide
    "FENCE-015",  # a row without a heading
}
SIGNS = r"""
walk rest hip Stroke MRI x2 10 * ** _ __ a_b _c_ # ## #d - -- + 1. 2) a) : ::: :::tip | |-| ~~ ` ```
\ \* {lang=es} {#e} [ ] [f](g) [^1] [^1]: ! ![h](i) &amp; &lt;j&gt; &amp;amp; > === --- *** CHECK:
https://a.example/b_c*d ( ) . ? m. Disclaimer: = ~ $ ^ ^[o] <https://p.example>
"""
UNSEEN = "\xfcben|\u0633\u0644\u0627|\u2022|\xa0|\xad|\u200b|\u202e|\ufffd|\u2028|\u201cl\u201d"
SPOKEN = ("[ ]", "<!-- k -->", "term: what", "\t", "\n", "~ n")
WORDS = st.sampled_from([*SIGNS.split(), *UNSEEN.split("|"), *SPOKEN])
LINES = st.lists(WORDS, max_size=8).map(" ".join) | st.lists(WORDS, max_size=4).map("".join)
INLINE = ("b", "i", "em", "strong", "u", "s", "sup", "sub", "span", "code", "q", "small", "font")
BLOCKS = (
    *("p", "div", "ul", "ol", "li", "blockquote", "table", "tr", "td", "th", "thead", "caption"),
    *("h1", "h2", "h3", "h4", "h6", "dl", "dt", "dd", "pre", "figure", "figcaption", "section"),
    *("details", "summary", "aside", "center", "form", "button", "nav", "address"),
)
LINKS = (
    "https://a.example/x",
    "http://b.example",
    "#top",
    "mailto:c@d.example",
    "javascript:e()",
    "f",
)


def _wrapped(tags: tuple[str, ...], inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(st.sampled_from(tags), st.lists(inside, max_size=4)).map(
        lambda part: f"<{part[0]}>{''.join(part[1])}</{part[0]}>"
    )


def _linked(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(st.sampled_from(LINKS), inside).map(
        lambda part: f'<a href="{part[0]}">{part[1]}</a>'
    )


EMPTY = ("<br>", "<br><br>", "<hr>", '<a id="top"></a>', '<img src="q.png" alt="r">')
PIECES = st.recursive(
    LINES
    | st.sampled_from(
        ["<br>", "<br><br>", "<hr>", '<a id="top"></a>', '<img src="q.png" alt="r">']
    ),
    lambda inside: _wrapped(INLINE, inside) | _wrapped(BLOCKS, inside) | _linked(inside),
    max_leaves=25,
)
PAGES = st.lists(PIECES, max_size=8).map("\n".join)
# Words apart from all tags, so that each stays a word.
SPACED = PAGES.map(lambda page: page.replace("<", " <").replace(">", "> "))


def tokens(text: str) -> Counter[str]:
    """The words of a text, without what nobody can see."""
    seen = re.sub("[\u00ad\u200b\u202e\ufeff]", "", unicodedata.normalize("NFKC", text))
    return Counter(re.findall(r"[^\W_]+", seen))


def written(draft: Draft) -> Counter[str]:
    """The words of a draft as our own reader reads them, and those of its report."""
    words = [draft.files["_import-report.md"].decode()]
    for name, data in draft.files.items():
        if name.endswith(".md") and name != "_import-report.md":
            read = read_chapter(File(data.decode(), name), "x", scope(), picture)
            words += [text for node in walk(read.section) for text in _said(node)]
    words += map(
        str, read_yaml(draft.files["booklet.yaml"].decode(), NOWHERE, "booklet").raw.values()
    )
    return tokens("\n".join(words))


def _said(node: object) -> list[str]:
    match node:
        case Text() | Abbreviation():
            return [node.text]
        case NumberedList():
            return [str(node.start + number) for number in range(len(node.items))]
        case Figure():
            return [node.description]
        case _:
            return []


def rules(draft: Draft) -> dict[str, str]:
    """Each rule that the readers break on, with its first line."""
    found = {}
    for name, data in sorted(draft.files.items()):
        if name.endswith(".md") and name[0] != "_":
            read = read_chapter(File(data.decode(), name), name[3:-3], scope(), picture)
            found.update({finding.rule: finding.line() for finding in read.findings})
            assert read.section is not None
    yaml = read_yaml(draft.files["booklet.yaml"].decode(), NOWHERE, "booklet")
    found.update({finding.rule: finding.line() for finding in yaml.findings})
    for finding in settings_findings(yaml, draft.id, None, None):
        if finding.rule != "META-002":
            found[finding.rule] = finding.line()
    return found


def drafted(data: bytes, name: str) -> Draft | None:
    """A draft, or none where the file is refused."""
    with suppress(RefusedError):
        return draft_from(data, Path("nowhere") / name)
    return None


def letters(words: Counter[str]) -> Counter[str]:
    """The letters of words: where marks stand inside a word, what is a word is no more certain."""
    found: Counter[str] = Counter()
    for word, count in words.items():
        found.update({letter: number * count for letter, number in Counter(word).items()})
    return found


def lawful(draft: Draft | None, words: Counter[str], *, by_letter: bool = False) -> None:
    if draft is None:
        return
    found = written(draft)
    lost = letters(words) - letters(found) if by_letter else words - found
    assert not lost, (lost, {k: v.decode() for k, v in draft.files.items() if k.endswith("md")})
    broken = {rule: line for rule, line in rules(draft).items() if rule not in ALLOWED}
    assert not broken, (broken, {k: v.decode() for k, v in draft.files.items() if k.endswith("md")})


def words_of_page(page: str) -> Counter[str]:
    """The words that a browser would show, and those of what an import tells to have dropped."""
    root = html.document_fromstring(page or "<p>", parser=html.HTMLParser(remove_comments=True))
    return tokens(" ".join(str(text) for text in root.itertext()))


@pytest.mark.slow
@QUICK
@given(SPACED)
@example("<ul><li><ul><li><ul><li><ul><li>deep</li></ul></li></ul></li></ul></li></ul>")
@example("<table><tr><td>a<table><tr><td>b</table></table>")
def test_no_word_of_a_page_is_lost_and_our_reader_takes_the_draft(page: str) -> None:
    draft = drafted(f"<body>{page}</body>".encode(), "page.html")
    lawful(draft, words_of_page(f"<body>{page}</body>"))


@pytest.mark.slow
@QUICK
@given(PAGES)
@example("<p>a<b>b</b>*<b>c</b></p>")
def test_no_letter_of_a_page_is_lost_where_tags_stand_inside_words(page: str) -> None:
    draft = drafted(f"<body>{page}</body>".encode(), "page.html")
    lawful(draft, words_of_page(f"<body>{page}</body>"), by_letter=True)


@pytest.mark.slow
@QUICK
@given(st.lists(LINES | st.just(""), max_size=14).map("\n".join))
def test_no_word_of_a_text_is_lost_and_our_reader_takes_the_draft(text: str) -> None:
    plain = text.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")
    lawful(drafted(plain.encode(), "text.txt"), tokens(plain))


@pytest.mark.slow
@QUICK
@given(st.lists(LINES | PIECES | st.just(""), max_size=14).map("\n".join))
def test_any_markdown_gives_a_draft_that_our_reader_takes(text: str) -> None:
    lawful(drafted(text.encode(), "text.md"), Counter())


@pytest.mark.slow
@QUICK
@given(st.binary(max_size=400), st.sampled_from(["a.html", "a.md", "a.txt", "a.docx"]))
def test_any_bytes_give_a_draft_or_one_line(data: bytes, name: str) -> None:
    lawful(drafted(data, name), Counter())


@pytest.mark.slow
@QUICK
@given(st.text(max_size=300))
def test_any_characters_give_a_draft_that_our_reader_takes(text: str) -> None:
    lawful(drafted(text.encode("utf-8", "replace"), "a.txt"), tokens(text.replace("\x00", "")))

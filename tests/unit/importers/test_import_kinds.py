"""Small pieces of pages, Markdown, texts and Word files, and the Markdown that they become."""

from __future__ import annotations

import base64
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from booklet.importers import Draft, draft_of
from booklet.importers.draft import draft_from
from tests.unit.importers.import_samples import png


def body(draft: Draft) -> str:
    """All chapters, without their first headings."""
    texts = [d.decode() for n, d in draft.files.items() if n.endswith(".md") and n[0] != "_"]
    return "\n".join(text.partition("\n")[2].strip("\n") for text in texts).strip("\n")


def page(text: str) -> Draft:
    return draft_from(text.encode(), Path("nowhere/a.html"))


def marked(text: str) -> Draft:
    return draft_from(text.encode(), Path("nowhere/a.md"))


def plain(text: str) -> Draft:
    return draft_from(text.encode(), Path("nowhere/a.txt"))


def dropped(draft: Draft) -> list[tuple[str, str]]:
    return [(item.what, item.words) for item in draft.ledger.dropped]


MORE = '<!-- CHECK: Is "More" a heading? It was a short line in bold letters. -->\n\nRest.'
PAGES = {
    "bold and stressed": ("<p>a <b>b</b> <i>c</i> <u>d</u></p>", "a **b** *c* d"),
    "line break": ("<p>1 River Street<br>Springfield</p>", "1 River Street\\\nSpringfield"),
    "two breaks": ("<p>One.<br><br>Two.</p>", "One.\n\nTwo."),
    "wrapper": ("<div><div><span>a</span> b</div></div>", "a b"),
    "link": ("<p><a href='https://a.example/b(c)'>d</a></p>", "[d](https://a.example/b%28c%29)"),
    "its own address": (
        "<p><a href='https://a.example'>https://a.example</a></p>",
        "<https://a.example>",
    ),
    "raised": (
        "<p>10<sup>9</sup> cells, H<sub>2</sub>O, 1<sup>st</sup></p>",
        "10⁹ cells, H₂O, 1st",
    ),
    "signs": ("<p>2 * 3 [a] {b} #c 1_2</p>", "2 \\* 3 \\[a\\] \\{b\\} #c 1_2"),
    "number at the start": ("<p>2024. A year</p>", "2024\\. A year"),
    "lists": (
        "<ul><li>a<ol><li>b</li><li>c</li></ol></li><li><p>d</p></li></ul>",
        "- a\n\n  1. b\n  2. c\n\n- d",
    ),
    "list from 4": ("<ol start=4><li>a<li>b</ol>", "4. a\n5. b"),
    "quote": ("<blockquote><p>a</p><ul><li>b</li></ul></blockquote>", "> a\n>\n> - b"),
    "terms": ("<dl><dt>Stroke</dt><dd>A clot.</dd></dl>", "Stroke\n: A clot."),
    "details": ("<details><summary>More</summary>Rest.</details>", MORE),
    "hidden": ("<p>a</p><p hidden>b</p><p style='display:none'>c</p>", "a"),
    "film": (
        "<iframe src='https://www.youtube.com/embed/abcdef12345' title='Steps'></iframe>",
        "<!-- CHECK: A video stood here. Try the address. -->\n:::qr\n"
        "url: https://www.youtube.com/watch?v=abcdef12345\n"
        'label: "Video: Steps"\n:::',
    ),
    "film of one's own": (
        "<video><source src='https://a.example/b.mp4'></video>",
        "<!-- CHECK: A video stood here. Try the address. -->\n"
        "<!-- CHECK: This has no name. Write what the address leads to. -->\n:::qr\n"
        'url: https://a.example/b.mp4\nlabel: "Video"\n:::',
    ),
    "table": (
        "<table><caption>Kinds</caption><tr><th>a<th>b<tr><td>c<td>d|e</table>",
        ":::compare Kinds\n| a | b |\n|---|---|\n| c | d\\|e |\n:::",
    ),
    "table for layout": ("<table><tr><td><p>a</p></td></tr></table><p>b</p>", "a\n\nb"),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_piece_of_a_page(name: str) -> None:
    given, expected = PAGES[name]
    assert body(page(given)) == expected


def test_notes_of_a_page_stand_at_the_end_of_their_chapter() -> None:
    draft = page(
        "<h1>A</h1><h2>One</h2><p>Rare.<sup><a href='#n1' id='r1'>1</a></sup></p>"
        "<h2>Two</h2><p>Safe.<sup><a href='#n2' id='r2'>2</a></sup></p>"
        "<ol><li id='n1'><p>About 1 in 100. <a href='#r1'>\u21a9</a></p></li>"
        "<li id='n2'><p>So far.</p><p>We hope. <a href='#r2'>\u2191</a></p></li></ol>"
    )
    assert body(draft) == (
        "Rare.[^1]\n\n[^1]: About 1 in 100.\nSafe.[^2]\n\n[^2]: So far.\n\n    We hope."
    )


def test_links_within_a_page_lead_to_its_headings() -> None:
    draft = page(
        "<h1>A</h1><h2>B</h2><p><a href='#c'>See C</a>, <a href='#x'>not X</a>.</p>"
        "<h2 id='d'>D</h2><h3 id='c'>C</h3><p>Text <a href='#d'>to D</a>.</p>"
    )
    assert body(draft) == ("[See C](#c), not X.\n## C {#c}\n\nText [to D](#d).")
    assert dropped(draft) == [("link to a place that is no heading", "#x")]


def test_a_picture_in_an_address_is_kept_and_one_of_another_kind_made_png() -> None:
    coded = base64.b64encode(png()).decode()
    gif = base64.b64encode(png(kind="GIF")).decode()
    draft = page(
        f"<figure><img src='data:image/png;base64,{coded}' alt='A frame.'>"
        f"<figcaption>The frame</figcaption></figure>"
        f"<p>Before <img src='data:image/gif;base64,{gif}' alt=''> after</p>"
    )
    assert draft.files["images/picture-1.png"] == png()
    assert draft.files["images/picture-2.png"].startswith(b"\x89PNG")
    assert body(draft).startswith(
        ':::figure\nimage: images/picture-1.png\ndescription: "A frame."\ncaption: "The frame"\n:::'
    )
    assert "Before after\n\n<!-- CHECK: This picture has no description, and the page said" in body(
        draft
    )


def test_what_a_page_drops_is_told_with_its_words() -> None:
    draft = page(
        "<title>Old title</title><nav>Home</nav><script>x()</script><p>Rest</p>"
        "<form><button>Send</button></form><noscript>No program</noscript>"
    )
    assert dropped(draft) == [
        ("site navigation", "Home"),
        ("program in the page", ""),
        ("button", "Send"),
        ("words for browsers without programs", "No program"),
    ]
    assert draft.title == "Old title"


MARKED = {
    "html in it": ('<div align="center">\n\n**Rest** <br> a lot\n\n</div>', "**Rest**\\\na lot"),
    "table": (
        "| a | b |\n|---|---|\n| c | d |\n\nTable 1: Kinds",
        ("<!-- CHECK: x -->\n:::compare Table 1: Kinds\n| a | b |\n|---|---|\n| c | d |\n:::"),
    ),
    "note": ("Rare.[^x]\n\n[^x]: One in 100.", "Rare.[^1]\n\n[^1]: One in 100."),
    "alert": (
        "> [!TIP]\n> Rest.\n\nGo.",
        "<!-- CHECK: This was a box of another program. Is it right? -->\n"
        "::::tip\nRest.\n::::\n\nGo.",
    ),
    "box": (
        ":::warning Careful\nStop.\n:::",
        "<!-- CHECK: This was a box of another program. Is it right? -->\n"
        "::::warning Careful\nStop.\n::::",
    ),
    "short code": (
        "{{< youtube abcdef12345 >}}",
        "<!-- CHECK: A video stood here. Try the address. -->\n"
        "<!-- CHECK: This has no name. Write what the address leads to. -->\n"
        ":::qr\nurl: https://www.youtube.com/watch?v=abcdef12345\n"
        'label: "Video"\n:::',
    ),
    "code": ("Take `one` pill.", "Take one pill."),
    "ruled heading": ("Rest\n====\n\nWell.", "Well."),
}


@pytest.mark.parametrize("name", MARKED)
def test_a_piece_of_markdown(name: str) -> None:
    given, expected = MARKED[name]
    if name == "table":
        expected = body(marked("x")).replace("x", "") + expected.partition("\n")[2]
        assert body(marked(given)).endswith(expected)
    else:
        assert body(marked(given)) == expected


def test_the_head_of_a_markdown_file_gives_title_and_language() -> None:
    draft = marked('---\ntitle: "After a fall"\nlang: en_us\ntags: [a, b]\n---\n\n## One\n\nRest.')
    assert draft.title == "After a fall"
    assert 'language: "en-US"' in draft.files["booklet.yaml"].decode()
    assert ("settings of another tool at the top of the file", "tags: [a, b]") in dropped(draft)


TEXTS = {
    "wrapped by hand": (
        "Rest is what the body needs after an operation like\n"
        "this one, and sleep is the best kind of rest there\nis for it.",
        "Rest is what the body needs after an operation like this one, and sleep is the best kind "
        "of rest\nthere is for it.",
    ),
    "bullets": ("\u2022 a\n\u2022 b", "- a\n- b"),
    "underlined": (
        "Title\n\nRest\n----\nSleep well, and as much as you can.",
        "Sleep well, and as much as you can.",
    ),
    "letters stay": (
        "a) Soup\nb) Bread",
        "<!-- CHECK: These lines were typed with signs in front. Are they a list? -->\n"
        "- a) Soup\n- b) Bread",
    ),
    "no list": ("- 5 degrees is cold.", "\\- 5 degrees is cold."),
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_piece_of_a_text(name: str) -> None:
    given, expected = TEXTS[name]
    assert body(plain(given)) == expected


def test_a_text_in_the_letters_of_old_windows_is_read_and_told() -> None:
    draft = draft_from(
        "Ménière\u2019s disease is a disease of the ear.".encode("cp1252"), Path("n/a.txt")
    )
    assert body(draft) == "Ménière\u2019s disease is a disease of the ear."
    assert any("how its letters are stored" in sentence for sentence in draft.ledger.decisions)
    wide = draft_from("Ménière is a disease of the ear.".encode("utf-16"), Path("n/a.txt"))
    assert body(wide) == "Ménière is a disease of the ear."


def test_what_nobody_sees_is_taken_out_and_numbers_stay_with_their_units() -> None:
    draft = page("<p>re\u00adhab\u200bil\u202eitation, 10\u00a0mg, a\u00a0b</p>")
    assert body(draft) == "rehabilitation, 10\u00a0mg, a b"


# ------------------------------------------------------------------------------ Word


def word(tmp_path: Path, fill: object) -> Draft:
    document = docx.Document()
    fill(document)  # type: ignore[operator]  # a function of the test
    document.save(str(tmp_path / "a.docx"))
    return draft_of(tmp_path / "a.docx")


def raw(document: Document, xml: str) -> None:
    names = nsdecls("w", "wp", "a", "pic", "r", "m")
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    wps = 'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    element = parse_xml(f"<w:body {names} {mc} {wps}>{xml}</w:body>")
    for child in list(element):
        document.element.body.insert(-1, child)


def test_contents_made_by_word_are_dropped_and_told(tmp_path: Path) -> None:
    def fill(document: Document) -> None:
        raw(
            document,
            '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/>'
            "</w:docPartObj></w:sdtPr><w:sdtContent><w:p><w:r><w:t>Rest 3</w:t></w:r></w:p>"
            "</w:sdtContent></w:sdt>",
        )
        document.add_heading("Rest", 1)
        document.add_paragraph("Sleep.")

    draft = word(tmp_path, fill)
    assert body(draft) == "Sleep."
    assert dropped(draft) == [("contents made by Word", "Rest 3")]


def test_a_text_box_is_put_below_its_paragraph(tmp_path: Path) -> None:
    def fill(document: Document) -> None:
        raw(
            document,
            "<w:p><w:r><w:t>Above.</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires='wps'>"
            "<w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp><wps:txbx><w:txbxContent>"
            "<w:p><w:r><w:t>In the box.</w:t></w:r></w:p></w:txbxContent></wps:txbx></wps:wsp>"
            "</a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict/>"
            "</mc:Fallback></mc:AlternateContent></w:r></w:p>",
        )
        document.add_paragraph("Below.")

    draft = word(tmp_path, fill)
    assert body(draft) == (
        "Above.\n\n<!-- CHECK: This text stood in a box of its own. Is it in the right place? -->\n"
        "In the box.\n\nBelow."
    )


def test_formulas_fields_and_hidden_text(tmp_path: Path) -> None:
    def fill(document: Document) -> None:
        raw(
            document,
            "<w:p><w:r><w:t>Dose</w:t></w:r><m:oMath><m:r><m:t>a=b</m:t></m:r></m:oMath>"
            '<w:fldSimple w:instr=" PAGE "><w:r><w:t>7</w:t></w:r></w:fldSimple>'
            "<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r></w:p>",
        )

    draft = word(tmp_path, fill)
    assert body(draft) == "Dose a=b 7"
    assert dropped(draft) == [("hidden text", "secret")]
    assert any("Formulas (1)" in sentence for sentence in draft.ledger.decisions)


def test_a_style_based_on_a_heading_is_one(tmp_path: Path) -> None:
    def fill(document: Document) -> None:
        style = document.styles.add_style("Clinic head", 1)
        style.base_style = document.styles["Heading 1"]
        document.add_paragraph("Rest", "Clinic head")
        document.add_paragraph("Sleep.")
        document.add_paragraph("Food", "Clinic head")
        document.add_paragraph("Eat.")

    draft = word(tmp_path, fill)
    assert [name for name in sorted(draft.files) if name[0].isdigit()] == [
        "01-rest.md",
        "02-food.md",
    ]
    assert draft.guesses == ()


def test_comments_are_dropped_and_told(tmp_path: Path) -> None:
    def fill(document: Document) -> None:
        paragraph = document.add_paragraph("Sleep well.")
        document.add_comment(paragraph.runs, text="Is this so?", author="Editor", initials="E")

    draft = word(tmp_path, fill)
    assert body(draft) == "Sleep well."
    assert dropped(draft) == [("comment", "Is this so?")]


def test_notes_of_word_at_the_foot_and_at_the_end_are_kept(tmp_path: Path) -> None:
    package = "http://schemas.openxmlformats.org"
    main = f"{package}/wordprocessingml/2006/main"
    relation = f"{package}/officeDocument/2006/relationships"

    def fill(document: Document) -> None:
        raw(
            document,
            '<w:p><w:r><w:t>Rare.</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
            '<w:p><w:r><w:t>Safe.</w:t></w:r><w:r><w:endnoteReference w:id="2"/></w:r></w:p>',
        )
        for kind, words in (("footnote", "One in 100."), ("endnote", "So far.")):
            note = f'<w:{kind} w:id="2"><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:{kind}>'
            part = Part(
                PackURI(f"/word/{kind}s.xml"),
                f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}s+xml",
                f'<w:{kind}s xmlns:w="{main}">{note}</w:{kind}s>'.encode(),
                document.part.package,
            )
            document.part.relate_to(part, f"{relation}/{kind}s")

    draft = word(tmp_path, fill)
    assert body(draft) == "Rare.[^1]\n\nSafe.[^2]\n\n[^1]: One in 100.\n\n[^2]: So far."
    assert draft.ledger.kept["note"] == 2

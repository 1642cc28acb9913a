"""Metadata, bookmarks, structure, links and QR codes: passing and failing samples."""

from __future__ import annotations

import io

import pikepdf
import pytest
import segno

from tests.unit.verify_pdf.pdf_samples import (
    BODY,
    Change,
    changed,
    document,
    expected,
    found,
    printed,
    rules,
    sample,
    svg_uri,
)


def test_the_title_must_be_the_booklets_own() -> None:
    assert rules(sample(title="Another booklet")) == ["PDF-040"]
    assert len(found(sample(title="Another booklet"))) == 2


def no_info(pdf: pikepdf.Pdf) -> None:
    del pdf.trailer["/Info"]


def no_xmp(pdf: pikepdf.Pdf) -> None:
    del pdf.Root["/Metadata"]


def no_profile(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.OutputIntents


def basic_archive(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        xmp["pdfaid:conformance"] = "B"


def hide_title(pdf: pikepdf.Pdf) -> None:
    pdf.Root.ViewerPreferences.DisplayDocTitle = False


def no_viewer(pdf: pikepdf.Pdf) -> None:
    del pdf.Root["/ViewerPreferences"]


def no_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root["/Lang"]


def no_bookmarks(pdf: pikepdf.Pdf) -> None:
    del pdf.Root["/Outlines"]


def lost_bookmark(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("Nowhere", pikepdf.String("no-such-place")))


def nameless_bookmark(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(" ", 0))


def no_mark(pdf: pikepdf.Pdf) -> None:
    pdf.Root.MarkInfo.Marked = False


def no_tree(pdf: pikepdf.Pdf) -> None:
    del pdf.Root["/StructTreeRoot"]


def emptied_tree(pdf: pikepdf.Pdf) -> None:
    pdf.Root.StructTreeRoot.K = pikepdf.Array()


def no_tabs(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0].obj["/Tabs"]


def row_tabs(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Tabs = pikepdf.Name.R


def script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def launch(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].Annots[0].A = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="x.exe")


def attachment(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["notes.txt"] = b"notes"


def outside(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].Resources["/Far"] = pdf.make_stream(b"", F="far.bin")


def by_itself(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.AA = pikepdf.Dictionary()


def form(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array())


def sticker(pdf: pikepdf.Pdf) -> None:
    note = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[0, 0, 9, 9], Contents="x"
    )
    pdf.pages[0].Annots.append(pdf.make_indirect(note))


def layers(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OCProperties = pikepdf.Dictionary(OCGs=pikepdf.Array(), D=pikepdf.Dictionary())


def threads(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Threads = pikepdf.Array()


def newer(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Version = pikepdf.Name("/2.0")


BROKEN: dict[str, tuple[Change, list[str]]] = {
    "no document information": (no_info, ["PDF-040"]),
    "no XMP": (no_xmp, ["PDF-040", "PDF-043", "PDF-056"]),
    "no colour profile": (no_profile, ["PDF-056"]),
    "an archive file without structure": (basic_archive, ["PDF-056"]),
    "title not shown": (hide_title, ["PDF-041"]),
    "no viewer preferences": (no_viewer, ["PDF-041"]),
    "no language": (no_language, ["PDF-042"]),
    "no bookmarks": (no_bookmarks, ["PDF-044"]),
    "bookmark to nowhere": (lost_bookmark, ["PDF-044"]),
    "bookmark without words": (nameless_bookmark, ["PDF-044"]),
    "not marked": (no_mark, ["PDF-046"]),
    "no tree": (no_tree, ["PDF-046"]),
    "emptied tree": (emptied_tree, ["PDF-046"]),
    "no tab order": (no_tabs, ["PDF-047"]),
    "tab order by rows": (row_tabs, ["PDF-047"]),
    "script": (script, ["PDF-050"]),
    "launch": (launch, ["PDF-050"]),
    "attachment": (attachment, ["PDF-050"]),
    "part outside": (outside, ["PDF-050"]),
    "starts by itself": (by_itself, ["PDF-050"]),
    "form": (form, ["PDF-050"]),
    "sticker": (sticker, ["PDF-050"]),
    "layers": (layers, ["PDF-050"]),
    "threads of articles": (threads, ["PDF-050"]),
    "PDF 2.0 by the catalog": (newer, ["PDF-051"]),
}


@pytest.mark.parametrize(("change", "wanted"), BROKEN.values(), ids=BROKEN)
def test_a_broken_document_is_found(change: Change, wanted: list[str]) -> None:
    assert rules(sample(BODY, change)) == wanted


def test_the_language_must_be_the_booklets_own() -> None:
    assert rules(sample(language="es")) == ["PDF-042"]
    assert rules(sample(language="EN-us")) == []


def test_a_protected_file_is_found() -> None:
    open_to_all = pikepdf.Encryption(owner="secret", user="")
    assert rules(changed(printed(document()), encryption=open_to_all)) == ["PDF-049"]
    shut = pikepdf.Encryption(owner="secret", user="other")
    assert rules(changed(printed(document()), encryption=shut)) == ["PDF-052"]


def test_the_first_line_must_be_that_of_a_known_pdf() -> None:
    assert rules(sample().replace(b"%PDF-1.7", b"%PDF-2.0", 1)) == ["PDF-051"]
    assert rules(b"junk\n" + sample()) == ["PDF-051"]


# ----------------------------------------------------------------------- links


def named(name: str, target: str | None = None) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        link = pdf.pages[0].Annots[0]
        link.Contents = pikepdf.String(name)
        if target:
            del link["/Dest"]
            link.A = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String(target))

    return change


@pytest.mark.parametrize(
    "name", ["", "  ", "#eating", "chapter-3-eating", "ch3.2", "...", "https://example.org/a"]
)
def test_a_link_without_a_readable_name_is_found(name: str) -> None:
    assert rules(sample(BODY, named(name))) == ["PDF-048"]


@pytest.mark.parametrize("name", ["Eating", "eating", "Page 12", "Comer"])
def test_a_link_named_in_words_passes(name: str) -> None:
    assert rules(sample(BODY, named(name))) == []


def test_a_link_without_any_name_is_found() -> None:
    def unname(pdf: pikepdf.Pdf) -> None:
        del pdf.pages[0].Annots[0]["/Contents"]

    assert rules(sample(BODY, unname)) == ["PDF-048"]


def test_an_address_is_a_readable_name_where_it_is_printed() -> None:
    address = "https://example.org/help-for-carers/at-home/and-a-long-way-off"
    change = named(address, address)
    assert rules(sample(BODY, change)) == ["PDF-048"]
    assert rules(sample(BODY + f'<p style="overflow-wrap:anywhere">{address}</p>', change)) == []


# -------------------------------------------------------------------- QR codes

ADDRESS = "https://example.org/help"


def code(
    address: str = ADDRESS, *, scale: int = 6, alt: str = "", level: str = "m", border: int = 4
) -> str:
    out = io.BytesIO()
    symbol = segno.make(address, error=level, boost_error=False)
    symbol.save(out, kind="svg", scale=scale, border=border)
    alt = alt or f"QR code. It opens {address}"
    return f'<p><img alt="{alt}" src="{svg_uri(out.getvalue().decode())}"></p>'


def test_a_code_with_its_address_passes() -> None:
    assert rules(sample(BODY + code() + f"<p>{ADDRESS}</p>")) == []


def test_the_address_may_break_over_lines() -> None:
    address = "https://example.org/a-long-way/to-go/for-every/reader-of-this/booklet-here"
    body = BODY + code(address) + f'<p style="overflow-wrap:anywhere">{address}</p>'
    assert rules(sample(body)) == []


@pytest.mark.parametrize(
    "words",
    [
        "",
        "Scan it.",
        "https://example.org/",
        "example.org/helper",
        "my.example.org/help",
        "example.org/help/me",
        "http://example.org/help",
    ],
)
def test_a_code_without_its_address_is_found(words: str) -> None:
    assert rules(sample(BODY + code() + f"<p>{words}</p>")) == ["PDF-061"]


@pytest.mark.parametrize(
    "words", ["example.org/help", "See https://example.org/help.", "(example.org/help/)"]
)
def test_an_address_may_be_printed_as_people_type_it(words: str) -> None:
    assert rules(sample(BODY + code() + f"<p>{words}</p>")) == []


def test_the_address_on_another_page_is_not_enough() -> None:
    body = BODY + code() + f'<p class="last">{ADDRESS}</p>'
    assert rules(sample(body)) == ["PDF-061"]


EMPTY = svg_uri('<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90"/>')
UNREADABLE = {
    "tiny": code(scale=1).replace("<img", '<img style="width:12pt"'),
    "pale": code().replace("<img", '<img style="opacity:.02"'),
    "covered": f'<div style="position:relative">{code()}<div style="position:absolute;left:0;'
    'top:0;width:120pt;height:60pt;background:#fff"></div></div>',
    "just a promise": '<p><img alt="QR code. It opens https://example.org/help" '
    f'src="{EMPTY}"></p>',
}


@pytest.mark.parametrize("body", UNREADABLE.values(), ids=UNREADABLE)
def test_a_code_that_cannot_be_read_is_found(body: str) -> None:
    assert rules(sample(BODY + body + f"<p>{ADDRESS}</p>")) == ["PDF-060"]


HARD_TO_READ = {
    "small": code().replace("<img", '<img style="width:30mm"'),
    "weak": code(level="l"),
    "crowded": code(border=1).replace("<img", '<img style="border:6pt solid #000"'),
}


@pytest.mark.parametrize("body", HARD_TO_READ.values(), ids=HARD_TO_READ)
def test_a_code_that_is_hard_to_read_on_paper_is_found(body: str) -> None:
    assert rules(sample(BODY + body + f"<p>{ADDRESS}</p>")) == ["PDF-062"]


def test_a_code_that_leads_elsewhere_is_found() -> None:
    other = "https://example.com/elsewhere"
    body = BODY + code(other, alt=f"QR code. It opens {ADDRESS}") + f"<p>{ADDRESS} {other}</p>"
    (finding,) = found(sample(body), expected())
    assert finding.rule == "PDF-060"
    assert ADDRESS in finding.message

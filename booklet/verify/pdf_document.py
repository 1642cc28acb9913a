"""The objects of a finished PDF in, findings about the document as a whole out."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pikepdf

from booklet.findings import Finding
from booklet.verify.pdf_concern import Held, Measure, Opened, in_file, measured, on_page
from booklet.verify.pdf_page import excerpt

PDFUA_PART = "{http://www.aiim.org/pdfua/ns/id/}part"
PDFA_PART = "{http://www.aiim.org/pdfa/ns/id/}part"
PDFA_LEVEL = "{http://www.aiim.org/pdfa/ns/id/}conformance"
TITLE = "{http://purl.org/dc/elements/1.1/}title"
HEADER = re.compile(rb"%PDF-1\.[4-7][\r\n]")
ACTIVE = frozenset(
    {
        "/JavaScript",
        "/Launch",
        "/ImportData",
        "/SubmitForm",
        "/ResetForm",
        "/GoToR",
        "/GoToE",
        "/Movie",
        "/Sound",
        "/Rendition",
        "/RichMediaExecute",
        "/GoTo3DView",
    }
)
"""Actions that run, fetch or send something (ISO 32000-1, table 198)."""
LINK_ANNOTATIONS = ("/Link",)


def metadata(opened: Opened) -> Measure:
    """Require title, language, the PDF/UA mark and the mark of an archive file."""
    with opened.pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        title, part = str(xmp.get(TITLE, "")), str(xmp.get(PDFUA_PART, ""))
        archive = f"{xmp.get(PDFA_PART, '')}{xmp.get(PDFA_LEVEL, '')}"
    findings = [*_title(opened, title), *_language(opened)]
    if part != "1":
        message = "The file does not carry the mark of PDF/UA-1."
        findings.append(in_file("PDF-043", opened, message))
    if archive != "2A" or "/OutputIntents" not in opened.pdf.Root:
        message = "The file does not carry the mark of PDF/A-2a with its colour profile."
        findings.append(in_file("PDF-056", opened, message))
    language = opened.pdf.Root.get("/Lang", "none")
    return measured("metadata", findings, f"title {excerpt(title)}, language {language}")


def _title(opened: Opened, in_xmp: str) -> Iterator[Finding]:
    expected = opened.expectation.title
    info = opened.pdf.trailer.get("/Info", pikepdf.Dictionary())
    titles = {"document information": str(info.get("/Title", "")), "XMP metadata": in_xmp}
    for place, title in titles.items():
        if title != expected:
            message = f"The title in the {place} is {excerpt(title)}, not {excerpt(expected)}."
            yield in_file("PDF-040", opened, message)
    viewer = opened.pdf.Root.get("/ViewerPreferences", pikepdf.Dictionary())
    if not _is_true(viewer.get("/DisplayDocTitle")):
        yield in_file("PDF-041", opened, "The title is not set to be shown in the window.")


def _is_true(value: object) -> bool:
    return value is True


def _language(opened: Opened) -> Iterator[Finding]:
    language, expected = str(opened.pdf.Root.get("/Lang", "")), opened.expectation.language
    if language.lower() != expected.lower():
        named = f"names the language {language}" if language else "names no language"
        yield in_file("PDF-042", opened, f"The file {named}; the booklet's is {expected}.")


# ----------------------------------------------------- bookmarks and structure


def bookmarks(opened: Opened) -> Measure:
    """Require bookmarks, each with words, each leading to a page."""
    findings: list[Finding] = []
    count = 0
    with opened.pdf.open_outline() as outline:
        waiting = list(outline.root)
        while waiting:
            item = waiting.pop()
            waiting += item.children
            count += 1
            if not item.title.strip() or not _leads_to_page(opened.pdf, item):
                message = f"The bookmark {excerpt(item.title)} leads nowhere."
                findings.append(in_file("PDF-044", opened, message))
    if not count:
        findings.append(in_file("PDF-044", opened, "The file has no bookmarks."))
    return measured("bookmarks", findings, f"{count} bookmarks")


def _leads_to_page(pdf: pikepdf.Pdf, item: pikepdf.OutlineItem) -> bool:
    target: object = item.destination
    if target is None and item.action is not None:
        target = item.action.get("/D")
    if isinstance(target, pikepdf.String | pikepdf.Name):
        target = _named(pdf, str(target))
    if isinstance(target, pikepdf.Array) and len(target):
        first = target[0]
        return isinstance(first, pikepdf.Dictionary) and first.get("/Type") == "/Page"
    return False


def _named(pdf: pikepdf.Pdf, name: str) -> pikepdf.Object | None:
    names = pdf.Root.get("/Names", pikepdf.Dictionary()).get("/Dests")
    target = None if names is None else pikepdf.NameTree(names).get(name)
    return target.get("/D") if isinstance(target, pikepdf.Dictionary) else target


def structure(opened: Opened) -> Measure:
    """Require a tag tree that is switched on, and the tab key in its order."""
    root = opened.pdf.Root
    tree = root.get("/StructTreeRoot", pikepdf.Dictionary())
    findings: list[Finding] = []
    if not _is_true(root.get("/MarkInfo", pikepdf.Dictionary()).get("/Marked")):
        findings.append(in_file("PDF-046", opened, "The file is not marked as tagged."))
    if not tree.get("/K"):
        findings.append(in_file("PDF-046", opened, "The file's structure is empty."))
    findings += [
        on_page("PDF-047", opened, number, "the tab key does not follow the structure.")
        for number, page in enumerate(opened.pdf.pages, start=1)
        if "/Annots" in page.obj and page.obj.get("/Tabs") != "/S"
    ]
    return measured("structure", findings, "tagged" if tree.get("/K") else "not tagged")


# -------------------------------------------------------------- what else it holds


def contents(opened: Opened) -> Measure:
    """Refuse protection, scripts, attachments and parts outside the file."""
    findings = list(_header(opened))
    if opened.pdf.is_encrypted:
        findings.append(in_file("PDF-049", opened, "The file is protected."))
    kinds = sorted({kind for held in opened.held for kind in _foreign(held)})
    findings += [in_file("PDF-050", opened, f"The file holds {kind}.") for kind in kinds]
    version = opened.data[:8].decode("ascii", "replace")
    return measured("contents", findings, f"header {version}, {len(opened.data):,} bytes")


def _header(opened: Opened) -> Iterator[Finding]:
    if not HEADER.match(opened.data):
        line = opened.data[:12].splitlines()[0].decode("ascii", "replace")
        yield in_file("PDF-051", opened, f"The file begins with {excerpt(line)}.")
    elif str(opened.pdf.Root.get("/Version", "/1.7")) > "/1.7":
        yield in_file("PDF-051", opened, "The file asks for a reader newer than PDF 1.7.")


def _foreign(held: Held) -> Iterator[str]:
    """Name what an object holds that is more than pages."""
    item, keys = held.item, held.keys
    if held.is_stream and "/F" in keys:
        yield "a part that is kept outside the file"
    actions = [item, *(item[key] for key in ("/A", "/OpenAction") if key in keys)]
    if any(isinstance(a, pikepdf.Dictionary) and "/S" in a and a["/S"] in ACTIVE for a in actions):
        yield "an action that runs or sends something"
    if "/JS" in keys or "/JavaScript" in keys:
        yield "a script"
    if "/AA" in keys:
        yield "actions that start by themselves"
    if "/EmbeddedFiles" in keys or "/EF" in keys:
        yield "an attached file"
    if "/OCProperties" in keys:
        yield "layers that can be switched on and off"
    if "/Threads" in keys:
        yield "threads that lead from article to article"
    if "/AcroForm" in keys or "/XFA" in keys:
        yield "a form to fill in on the screen"
    if "/Rect" in keys and item.get("/Subtype", "/Link") not in LINK_ANNOTATIONS:
        yield "a note or another object on top of a page"

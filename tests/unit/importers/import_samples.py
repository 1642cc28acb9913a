"""Files as clinics have them, made here: three Word files, a text, a page and Markdown."""

from __future__ import annotations

import io
from pathlib import Path

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Inches, Pt
from docx.text.paragraph import Paragraph
from PIL import Image

# The shape of a magazine article that was copied to a text file: a site's name above and below the
# title, headings on lines of their own, a list without signs, a broken sentence, a last link of the
# site and a disclaimer glued below it.
_LINES = (
    "Health Digest",
    "",
    "Moving Again After a Hip Operation: What Families Can Do in the First Weeks and Months",
    "",
    "Health Digest",
    "",
    "",
    "A new hip joint changes how a person sits, stands and walks for several weeks. This "
    "article gives relatives a first view of what helps at home.",
    "",
    "Why the First Weeks Matter",
    "",
    "The joint is held by muscles that were cut. Until they have healed, some movements can "
    "push the new joint out of place, and the surgeon must then put it back.",
    "",
    "Kinds of Walking Aids",
    "",
    "There are several aids that people use after this operation, including:",
    "",
    "Walking frames: These stand by themselves on four feet. They carry most of the weight in "
    "the first days.",
    "",
    "Crutches (forearm type): They let a person climb stairs with one hand on the rail, once "
    "the therapist has shown how.",
    "",
    "Canes: A cane is enough when the limp has gone. It is held on the side of the good leg.",
    "",
    "Do Stairs Have to Wait?",
    "",
    "No. Most people climb a few steps on the third day, with help and a clear view of the",
    "",
    "order in which the feet move. Later the rail alone is enough for most of them.",
    "",
    "Find out how you can become a certified walking coach \u2192",
    "Disclaimer: Health Digest gives general information only, and it is not a substitute for "
    "the advice of a doctor. Always consult your doctor about your own case. We make no "
    "warranties of any kind about what is written here, and you use it at your own risk.",
)
ARTICLE = "\n".join(_LINES)


def png(colour: str = "#0B4F5E", size: tuple[int, int] = (60, 40), kind: str = "PNG") -> bytes:
    """A small picture of one colour."""
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, kind)
    return out.getvalue()


def styled(path: Path) -> Path:
    """A leaflet written as Word means it: styles for headings, lists, a quote and a title."""
    word = docx.Document()
    word.core_properties.title = "leaflet final v3"
    word.core_properties.language = "en-GB"
    word.add_heading("Eating well after surgery", 0)
    word.add_paragraph("For families who cook at home", "Subtitle")
    word.add_heading("What to eat", 1)
    first = word.add_paragraph("Eat ")
    first.add_run("small meals").bold = True
    first.add_run(" and drink water.\xa0Rest a lot.")
    word.add_heading("In the first week", 2)
    for text in ("Soup", "Soft bread"):
        word.add_paragraph(text, "List Bullet")
    word.add_paragraph("White bread", "List Bullet 2")
    word.add_heading("How to begin", 1)
    for text in ("Sit up.", "Sip some water.", "Wait five minutes."):
        word.add_paragraph(text, "List Number")
    word.add_paragraph("Hunger is a good sign, our ward sister says.", "Quote")
    linked = word.add_paragraph("Read more ")
    _link(linked, "https://example.org/food (new)", "on our page")
    word.save(str(path))
    return path


def drawn(path: Path) -> Path:
    """A leaflet without one style: large and bold letters, typed bullets and tabs."""
    word = docx.Document()
    for style in word.styles:
        if style.name == "Normal":
            style.font.size = Pt(11)
    _large(word.add_paragraph(), "Sleep at home", 22).alignment = WD_ALIGN_PARAGRAPH.CENTER
    _large(word.add_paragraph(), "Why sleep is poor at first", 16)
    word.add_paragraph("Noise, pain and new medicines wake people up for some weeks.")
    bold = word.add_paragraph()
    bold.add_run("What you can try").bold = True
    word.add_paragraph("These help many people:")
    for text in ("Open a window", "Dim the lights", "Stop coffee at noon"):
        word.add_paragraph(f"\u2022\t{text}")
    _large(word.add_paragraph(), "When to call us", 16)
    for text in ("1) Write down the hour.", "2) Count the nights.", "3) Call the ward."):
        word.add_paragraph(text)
    for row in ("Day\tBed time", "Monday\t10 pm", "Tuesday\t11 pm"):
        word.add_paragraph(row)
    word.add_paragraph("Medical disclaimer").runs[0].bold = True
    word.add_paragraph("This sheet is for informational purposes only. Ask your own doctor first.")
    word.save(str(path))
    return path


def pictured(path: Path) -> Path:
    """A leaflet with tables, pictures with and without words, headers, notes of change."""
    word = docx.Document()
    word.sections[0].header.paragraphs[0].text = "Springfield Clinic internal"
    word.add_heading("Your walking plan", 1)
    word.add_paragraph("Walk a little every day.")
    shape = word.add_picture(io.BytesIO(png()), width=Inches(2))
    shape._inline.docPr.set("descr", "A frame with four feet stands beside a bed.")
    word.add_paragraph("Figure 1: A walking frame", "Caption")
    word.add_picture(io.BytesIO(png("#AA3311")), width=Inches(2))
    word.add_heading("How far each week", 2)
    word.add_paragraph("Table 1: Steps in each week", "Caption")
    rows = (
        ("Week", "Steps", "Aid", "Who helps"),
        ("1", "50", "Frame", "Nurse"),
        ("2", "200", "Crutches", "Family"),
    )
    grid = word.add_table(len(rows), 4)
    for line, row in zip(rows, grid.rows, strict=True):
        for text, cell in zip(line, row.cells, strict=True):
            cell.text = text
    box = word.add_table(1, 1)
    box.cell(0, 0).text = "Stop when it hurts."
    changed = word.add_paragraph("Walk ")
    _tracked(changed, "w:ins", "w:t", "slowly")
    _tracked(changed, "w:del", "w:delText", "quickly")
    word.save(str(path))
    return path


def _large(paragraph: Paragraph, text: str, size: int) -> Paragraph:
    run = paragraph.add_run(text)
    run.bold, run.font.size = True, Pt(size)
    return paragraph


def _link(paragraph: Paragraph, address: str, text: str) -> None:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(address, kind, is_external=True))
    run = OxmlElement("w:r")
    words = OxmlElement("w:t")
    words.text = text
    run.append(words)
    link.append(run)
    paragraph._p.append(link)


def _tracked(paragraph: Paragraph, change: str, kind: str, text: str) -> None:
    outer = OxmlElement(change)
    outer.set(qn("w:id"), "1")
    outer.set(qn("w:author"), "Editor")
    run = OxmlElement("w:r")
    words = OxmlElement(kind)
    words.text = text
    run.append(words)
    outer.append(run)
    paragraph._p.append(outer)

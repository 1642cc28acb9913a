"""Files for a print shop: good ones pass, and each fault is found by its own rule."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageCms

from booklet import choices, cli_arguments, cli_build, plan
from booklet.editions import EDITIONS, Artifact, Expectation, edition
from booklet.errors import UsageError
from booklet.findings import Cleared, catalogue
from booklet.verify import verify
from booklet.writers import write
from booklet.writers.press.profile import NAME, profile
from tests import samples

ROW = edition("large-a5-press")
Change = Callable[[pikepdf.Pdf], None]


@cache
def pressed() -> tuple[Artifact, Expectation]:
    """A booklet for a press, and what it must hold."""
    cleared = Cleared(samples.booklet())
    asked = plan.plan(cleared, edition(ROW.made_from), None)
    assert asked is not None
    parent = write(asked).artifact
    job = plan.plan(cleared, ROW, parent)
    assert job is not None
    artifact = write(job).artifact
    assert artifact is not None
    assert artifact == write(job).artifact
    return artifact, plan.expectation(job)


def rules(*changes: Change) -> list[str]:
    artifact, wanted = pressed()
    with pikepdf.open(io.BytesIO(artifact.data)) as pdf:
        for change in changes:
            change(pdf)
        out = io.BytesIO()
        pdf.save(out, force_version="1.6")
    spoilt = replace(artifact, data=out.getvalue())
    return sorted({finding.rule for finding in verify(spoilt, wanted).findings})


def test_a_good_file_passes_every_measure_and_says_press() -> None:
    artifact, wanted = pressed()
    verdict = verify(artifact, wanted)
    assert verdict.findings == ()
    assert {tool.outcome for tool in verdict.tools} == {"passed"}
    assert artifact.name == "sample_en-US_large-print-A5_PRESS.pdf"
    assert rules() == []


def test_letters_are_full_ink_and_nothing_is_left_out_of_the_profile() -> None:
    artifact, _ = pressed()
    with pikepdf.open(io.BytesIO(artifact.data)) as pdf:
        steps = [step for page in pdf.pages for step in pikepdf.parse_content_stream(page)]
        assert pdf.Root.Metadata.get("/Filter") is None
    shades = {float(step.operands[0]) for step in steps if str(step.operator) == "g"}
    assert 0.0 in shades
    assert not any(0 < shade < 0.15 for shade in shades)


def test_the_profile_is_one_that_a_colour_engine_reads() -> None:
    read = ImageCms.ImageCmsProfile(io.BytesIO(profile()))
    about = read.profile
    assert (about.device_class, about.xcolor_space.strip()) == ("prtr", "GRAY")
    assert about.profile_description == NAME
    to_screen = ImageCms.buildTransform(read, ImageCms.createProfile("sRGB"), "L", "RGB")
    shades = Image.new("L", (256, 1))
    shades.putdata(range(256))
    shown = ImageCms.applyTransform(shades, to_screen)
    assert shown is not None
    seen = list(shown.convert("L").tobytes())
    assert seen == sorted(seen)
    assert (seen[0], seen[-1]) == (0, 255)


# --------------------------------------------------------------------------- each rule


def without_trim(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0].obj["/TrimBox"]


def cut_smaller(pdf: pikepdf.Pdf) -> None:
    box = pdf.pages[3].TrimBox
    pdf.pages[3].TrimBox = Array([box[0], box[1], 400, box[3]])


def no_bleed(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        page.BleedBox = page.TrimBox


def no_marks(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[1]
    page.contents_coalesce()
    steps = pikepdf.parse_content_stream(page)
    first = next(i for i, step in enumerate(steps) if str(step.operator) == "Do")
    page.Contents = pdf.make_stream(
        pikepdf.unparse_content_stream([*steps[:first], *steps[first + 1 :]])
    )


def without(key: str) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        del pdf.Root[key]

    return change


def not_trapped(pdf: pikepdf.Pdf) -> None:
    del pdf.docinfo["/Trapped"]


def for_a_screen(pdf: pikepdf.Pdf) -> None:
    data = bytearray(profile())
    data[12:16] = b"mntr"
    pdf.Root.OutputIntents[0].DestOutputProfile = pdf.make_stream(bytes(data), N=1)


def a_link(pdf: pikepdf.Pdf) -> None:
    note = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]))
    pdf.pages[0].Annots = Array([pdf.make_indirect(note)])


def an_action(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS="app.alert(1)")


def red(pdf: pikepdf.Pdf) -> None:
    pdf.pages[2].contents_add(pdf.make_stream(b" 1 0 0 rg"))


def no_font(pdf: pikepdf.Pdf) -> None:
    for item in pdf.objects:
        if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor":
            for name in ("/FontFile2", "/FontFile3"):
                if name in item:
                    del item[name]
            return


def tags(pdf: pikepdf.Pdf) -> None:
    pdf.Root.MarkInfo = Dictionary(Marked=True)


def a_page_less(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[-1]


def pages_in_another_order(pdf: pikepdf.Pdf) -> None:
    pages = list(pdf.pages)
    pages[2].Contents, pages[3].Contents = pages[3].Contents, pages[2].Contents
    pages[2].Resources, pages[3].Resources = pages[3].Resources, pages[2].Resources


SPOILT: dict[str, tuple[Change, list[str]]] = {
    "no box": (without_trim, ["PRESS-001"]),
    "no bleed": (no_bleed, ["PRESS-001"]),
    "no marks": (no_marks, ["PRESS-002"]),
    "no metadata": (without("/Metadata"), ["PRESS-003"]),
    "no ink": (without("/OutputIntents"), ["PRESS-003"]),
    "a screen's profile": (for_a_screen, ["PRESS-003"]),
    "not trapped": (not_trapped, ["PRESS-003"]),
    "a link": (a_link, ["PRESS-004"]),
    "an action": (an_action, ["PRESS-004"]),
    "a colour": (red, ["PRESS-004"]),
    "a font less": (no_font, ["PRESS-004", "PRESS-006"]),
    "tags": (tags, ["PRESS-004"]),
    "a page less": (a_page_less, ["PRESS-006"]),
    "another order": (pages_in_another_order, ["PRESS-006"]),
}


@pytest.mark.parametrize(("change", "broken"), SPOILT.values(), ids=SPOILT)
def test_each_fault_breaks_its_own_rule(change: Change, broken: list[str]) -> None:
    assert rules(change) == broken


def test_a_page_cut_to_another_size_is_found() -> None:
    assert "PRESS-001" in rules(cut_smaller)


def test_a_name_without_its_mark_is_found() -> None:
    artifact, wanted = pressed()
    findings = verify(replace(artifact, name="sample_en-US_large-print-A5.pdf"), wanted).findings
    assert [finding.rule for finding in findings] == ["PRESS-005"]


def test_without_the_print_its_pages_are_not_called_proven() -> None:
    artifact, wanted = pressed()
    verdict = verify(artifact, replace(wanted, parent=b""))
    open_ = [tool.tool for tool in verdict.tools if tool.outcome == "not checked"]
    assert open_ == ["booklet: pages of the print"]


def test_a_file_that_cannot_be_opened_is_found() -> None:
    artifact, wanted = pressed()
    findings = verify(replace(artifact, data=b"%PDF-1.6"), wanted).findings
    assert [finding.rule for finding in findings] == ["PDF-052"]


def test_each_rule_about_the_press_is_proved_here() -> None:
    told = {rule for _, broken in SPOILT.values() for rule in broken} | {"PRESS-005"}
    assert told == {rule for rule in catalogue() if rule.startswith("PRESS-")}


# ---------------------------------------------------------------------------- choosing


def test_press_files_are_chosen_by_print_and_page_and_never_alone() -> None:
    every = [row.id for row in EDITIONS if row.format == "press"]
    assert [row.id for row in choices.press([], None)] == every
    assert [row.id for row in choices.press(["large"], "a5")] == ["large-a5-press"]
    assert [row.id for row in choices.press(["large-a4-press"], None)] == ["large-a4-press"]
    rows = plan.put_out(choices.press([], "a4"))
    assert [row.id for row in rows] == ["large-a4-fold", "large-a4-press"]
    with pytest.raises(UsageError, match="print shop"):
        choices.press(["giant"], None)
    arguments = cli_arguments.parse(["build", "--press", "--impose"], "x")
    with pytest.raises(UsageError, match="do not go together"):
        cli_build._editions(arguments)

"""The plan: parents before children, self-contained jobs, what a finished file must hold."""

from __future__ import annotations

import pickle
from dataclasses import replace

from booklet import plan
from booklet.editions import DEFAULTS, Artifact, Edition, Job, edition
from booklet.findings import Cleared
from booklet.model import Strong, Text
from tests import samples

A4, LETTER, EPUB = (edition(name) for name in ("large-a4", "large-letter", "epub"))
PARENT = Artifact(A4, "parent.pdf", A4.media_type, b"%PDF", "0" * 64, pages=24)


def job(row: Edition, parent: Artifact | None = None) -> Job:
    made = plan.plan(Cleared(samples.booklet()), row, parent)
    assert made is not None
    return made


def test_an_edition_comes_in_a_later_wave_than_the_one_it_is_made_from() -> None:
    assert plan.waves(DEFAULTS) == ((A4, LETTER), (EPUB,))
    assert plan.waves([LETTER]) == ((LETTER,),)


def test_a_parent_that_nobody_asked_for_is_made_all_the_same() -> None:
    assert plan.waves([EPUB]) == ((A4,), (EPUB,))
    assert plan.waves([EPUB, LETTER]) == ((A4, LETTER), (EPUB,))


def test_a_job_carries_its_name_its_styles_and_its_parent() -> None:
    made = job(EPUB, PARENT)
    assert made.name == "sample_en-US_ebook.epub"
    assert [name for name, _ in made.styles] == list(EPUB.styles)
    assert all(css.strip() for _, css in made.styles)
    assert made.parent == PARENT
    assert job(A4).parent is None


def test_the_clinic_is_in_the_name_as_the_booklet_holds_it() -> None:
    booklet = replace(samples.booklet(), clinic=samples.clinic())
    made = plan.plan(Cleared(booklet), A4, None)
    assert made is not None
    assert made.name == "sample_en-US_large-print-A4_example-clinic.pdf"


def test_without_its_parent_an_edition_is_not_planned() -> None:
    assert plan.plan(Cleared(samples.booklet()), EPUB, None) is None


def test_a_job_can_go_to_another_process() -> None:
    made = job(EPUB, PARENT)
    assert pickle.loads(pickle.dumps(made)) == made


def test_what_the_file_must_hold_is_said_in_plain_words() -> None:
    booklet = samples.booklet()
    paragraphs = ((Text("One "), Strong((Text("bold"),)), Text("  word.")), (Text("Two."),))
    changed = replace(booklet, disclaimer=replace(booklet.disclaimer, paragraphs=paragraphs))
    held = plan.expectation(replace(job(A4), cleared=Cleared(changed)))
    assert held.disclaimer_text == "One bold word. Two."
    assert held.disclaimer_title == "Disclaimer"
    assert (held.title, held.language, held.direction) == ("A sample booklet", "en-US", "ltr")
    assert held.file == "sample/sample_en-US_large-print-A4.pdf"
    assert held.edition == A4

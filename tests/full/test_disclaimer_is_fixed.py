"""The disclaimer cannot be removed, shrunk, hidden or moved: tests that try, and fail to."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest
from markupsafe import Markup

from booklet.editions import Artifact, Expectation, Job, Verdict, edition
from booklet.errors import MachineError
from booklet.findings import Cleared, Severity
from booklet.model import Booklet, plain_text
from booklet.resources import styles_dir
from booklet.verify import verify
from booklet.writers import html, pdf, write
from booklet.writers.html import Part, PartKind, Rendered
from tests.samples import DISCLAIMER_WORDS, booklet, clinic, disclaimer

ROW = edition("large-a4")
pytestmark = pytest.mark.slow


def job(source: Booklet, row_id: str = ROW.id, *more: str) -> Job:
    row = edition(row_id)
    styles = tuple((name, styles_dir().joinpath(name).read_text("utf-8")) for name in row.styles)
    extra = tuple((f"hostile-{n}.css", css) for n, css in enumerate(more))
    parent = made(source) if row.made_from else None
    return Job(Cleared(source), row, f"sample.{row.format}", (*styles, *extra), parent)


def made(source: Booklet) -> Artifact:
    result = write(job(source))
    assert result.artifact is not None
    return result.artifact


def judged(source: Booklet, artifact: Artifact) -> Verdict:
    meta, fixed = source.meta, source.disclaimer
    words = " ".join(" ".join(plain_text(p).split()) for p in fixed.paragraphs)
    return verify(
        artifact,
        Expectation(
            edition=artifact.edition,
            file=artifact.name,
            title=meta.title,
            language=meta.language,
            direction=meta.direction,
            disclaimer_title=fixed.title,
            disclaimer_text=words,
            booklet=source,
        ),
    )


def errors(verdict: Verdict) -> set[str]:
    return {f.rule for f in verdict.findings if f.severity is Severity.ERROR}


def test_the_untouched_sample_passes() -> None:
    source = booklet()
    assert errors(judged(source, made(source))) == set()


PRINT_TRICKS = {
    "remove": ".part-disclaimer { display: none }",
    "hide": ".part-disclaimer p { visibility: hidden }",
    "white on white": ".part-disclaimer p { color: #ffffff }",
    "grey": ".part-disclaimer p { color: #999999 }",
    "see-through": ".part-disclaimer p { color: rgba(0, 0, 0, 0.2) }",
    "shrink": ".part-disclaimer p { font-size: 9pt }",
    "shrink by a transform": ".part-disclaimer { transform: scale(0.4) }",
    "off the page": ".part-disclaimer p { position: absolute; left: -500mm }",
    "clipped": ".part-disclaimer { height: 0; overflow: hidden }",
    "onto the page before": ".part-disclaimer { break-before: avoid !important;"
    " break-inside: auto !important; page: auto !important }",
    "a page after it": ".part-disclaimer::after { content: 'More'; break-before: page;"
    " display: block }",
    "other words in it": ".part-disclaimer p::after { content: ' Not really.' }",
    "words before it": ".part-disclaimer h1::after { content: ' (ignore)' }",
}


@pytest.mark.parametrize("trick", PRINT_TRICKS)
def test_no_style_gets_a_tampered_disclaimer_past_verification(trick: str) -> None:
    source = booklet()
    try:
        result = pdf.write(job(source, ROW.id, PRINT_TRICKS[trick]))
    except MachineError:
        return  # refused before there was a file
    if result.artifact is None:
        assert result.findings
        return
    assert errors(judged(source, result.artifact)), f"{trick}: nothing was found"


EPUB_TRICKS = {
    "remove": ".part-disclaimer { display: none }",
    "hide": "section.part-disclaimer p { visibility: hidden }",
    "shrink": "#disclaimer p { font-size: 1px }",
    "hide on small screens": "@media (max-width: 40em) { #disclaimer { display: none } }",
    "see-through": ".part-disclaimer { opacity: 0 }",
}


@pytest.mark.parametrize("trick", EPUB_TRICKS)
def test_no_style_gets_a_tampered_disclaimer_into_an_e_book(trick: str) -> None:
    source = booklet()
    result = write(job(source, "epub", EPUB_TRICKS[trick]))
    assert result.artifact is not None
    assert errors(judged(source, result.artifact)), f"{trick}: nothing was found"


def tampered(change: Callable[[tuple[Part, ...]], tuple[Part, ...]]) -> Callable[..., Rendered]:
    def render(source: Booklet, links: html.Links, cards: frozenset[str]) -> Rendered:
        rendered = html.render(source, links, cards=cards)
        return Rendered(change(rendered.parts), rendered.assets)

    return render


def without(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    return parts[:-1]


def moved(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    return (parts[-1], *parts[:-1])


def not_last(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    return (*parts[:-2], parts[-1], parts[-2])


def reworded(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    body = Markup(str(parts[-1].body).replace("does not replace", "replaces"))
    return (*parts[:-1], dataclasses.replace(parts[-1], body=body))


@pytest.mark.parametrize("change", [without, moved, not_last, reworded])
def test_no_template_gets_a_tampered_disclaimer_past_verification(
    change: Callable[[tuple[Part, ...]], tuple[Part, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    source = booklet()
    monkeypatch.setattr(pdf, "render", tampered(change))
    if change in (without, moved, not_last):
        with pytest.raises(ValueError, match="disclaimer"):
            pdf.write(job(source))
        return
    result = pdf.write(job(source))
    assert result.artifact is not None
    assert errors(judged(source, result.artifact))


def test_no_clinic_profile_can_touch_it() -> None:
    hostile = dataclasses.replace(
        clinic(),
        name="</section><style>.part-disclaimer{display:none}</style>",
        hours=("<!--", "--><script>x</script>"),
    )
    source = dataclasses.replace(booklet(), clinic=hostile)
    rendered = html.render(source, html.Links())
    assert rendered.parts[-1].kind is PartKind.DISCLAIMER
    assert rendered.parts[-1].body == html.render(booklet(), html.Links()).parts[-1].body
    assert errors(judged(source, made(source))) == set()


def test_no_job_can_be_made_with_an_altered_disclaimer() -> None:
    altered = dataclasses.replace(
        disclaimer(), sha256=disclaimer(DISCLAIMER_WORDS + " Trust us.").sha256
    )
    with pytest.raises(ValueError, match="locked"):
        Cleared(dataclasses.replace(booklet(), disclaimer=altered))

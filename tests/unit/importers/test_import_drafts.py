"""What a clinic has at hand becomes a draft: a copied article and three kinds of Word file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from booklet import build
from booklet.findings import Severity
from booklet.importers import Draft, draft_of, place
from tests.processes import project
from tests.unit.importers import import_samples

TODAY = date(2027, 1, 1)
FILLED_IN = {
    "language": "en-US",
    "audience": "Families",
    "issued": "2026-11-22",
    "review_by": "2028-11-22",
    "authors": "[The ward]",
    "reviewers": "[{role: Surgeon, date: 2026-11-01}]",
    "funding": "Nobody",
    "feedback": "Tell the ward.",
    "other_formats": "Ask the ward.",
    "summary": "What helps after a hip operation.",
    "what_it_is": "[A guide.]",
    "what_it_is_not": "[It is not advice.]",
    "key_messages": "[Walk every day., Rest when you can., Ask the ward., Take your time.]",
    "emergency": "fast",
}


def chapters(draft: Draft) -> dict[str, str]:
    return {
        name: data.decode()
        for name, data in sorted(draft.files.items())
        if name.endswith(".md") and name[0] != "_"
    }


def findings(draft: Draft, folder: Path) -> list[tuple[str, str]]:
    """Place the draft in a project and return rule and file of what the checks say of it."""
    source = project(folder / "project") / "source"
    place(source, draft.id, draft.files)
    request = build.Request(source, folder / "output", TODAY, booklets=(draft.id,))
    report = build.check(request)
    assert report.exit_code == 1
    return [(f.rule, f.span.file.rpartition("/")[2]) for f in report.findings]


# ------------------------------------------------------------------- an article, copied


@pytest.fixture(scope="module")
def article(tmp_path_factory: pytest.TempPathFactory) -> Draft:
    file = tmp_path_factory.mktemp("article") / "Hip article (2).txt"
    file.write_text(import_samples.ARTICLE, encoding="utf-8")
    return draft_of(file)


def test_an_article_gets_title_subtitle_and_a_chapter_for_each_heading(article: Draft) -> None:
    assert article.id == "hip-article-2"
    assert article.title == "Moving Again After a Hip Operation"
    settings = article.files["booklet.yaml"].decode()
    assert 'subtitle: "What Families Can Do in the First Weeks and Months"' in settings
    first_lines = [text.partition("\n")[0] for text in chapters(article).values()]
    assert first_lines == [
        "# Introduction",
        "# Why the First Weeks Matter",
        "# Kinds of Walking Aids",
        "# Do Stairs Have to Wait?",
    ]


def test_its_list_of_kinds_is_a_list(article: Draft) -> None:
    text = chapters(article)["03-kinds-of-walking-aids.md"]
    assert text.count("\n- **") == 3
    assert "\n- **Walking frames:** These stand by themselves on four feet." in text
    assert "\n- **Crutches (forearm type):** They let" in text
    assert "\n- **Canes:** A cane is enough" in text


def test_its_broken_sentence_is_whole(article: Draft) -> None:
    text = chapters(article)["04-do-stairs-have-to-wait.md"]
    paragraphs = [" ".join(part.split()) for part in text.split("\n\n")]
    assert any("a clear view of the order in which the feet move." in part for part in paragraphs)


def test_its_disclaimer_is_set_apart_and_stands_in_no_chapter(article: Draft) -> None:
    apart = article.files["_imported-disclaimer.md"].decode()
    assert "you use it at your own risk" in " ".join(apart.split())
    assert "A person must decide" in " ".join(apart.split())
    assert not any("at your own risk" in text for text in chapters(article).values())
    assert not any("own risk" in text for text in article.files["booklet.yaml"].decode().split())


def test_the_name_of_the_site_is_dropped_and_told(article: Draft) -> None:
    assert not any("Health Digest" in text for text in chapters(article).values())
    assert [item.words for item in article.ledger.dropped] == ["Health Digest", "Health Digest"]
    assert "  - Health Digest" in article.files["_import-report.md"].decode()


def test_each_guess_is_marked_where_it_stands(article: Draft) -> None:
    texts = chapters(article)
    for guess in article.guesses:
        line = texts[guess.file].split("\n")[guess.line - 1]
        assert line == f"<!-- CHECK: {guess.question} -->"
    total = sum(text.count("<!-- CHECK:") for text in texts.values())
    assert total == len(article.guesses) == 6


def test_a_fresh_draft_is_blocked_by_what_is_to_be_finished_and_by_nothing_else(
    article: Draft, tmp_path: Path
) -> None:
    found = findings(article, tmp_path)
    rules = [rule for rule, _file in found]
    assert set(rules) == {"DRAFT-001", "DRAFT-002", "YAML-013"}
    assert rules.count("DRAFT-001") == len(article.guesses)
    assert rules.count("DRAFT-002") == len(article.ledger.decisions) == 3
    # Every setting that nobody but a person knows, the review date among them.
    assert rules.count("YAML-013") == 14
    assert "\nreview_by:  #" in article.files["booklet.yaml"].decode()


def test_a_draft_that_a_person_has_finished_is_ready_to_build(
    article: Draft, tmp_path: Path
) -> None:
    source = project(tmp_path / "project") / "source"
    folder = place(source, article.id, article.files)
    for file in folder.glob("0*.md"):
        lines = file.read_text(encoding="utf-8").split("\n")
        kept = [line for line in lines if not line.startswith("<!-- CHECK:")]
        file.write_text("\n".join(kept), encoding="utf-8")
    settings = folder / "booklet.yaml"
    head, _, _decisions = settings.read_text(encoding="utf-8").partition("\ndraft:\n")
    for name, value in FILLED_IN.items():
        assert head.count(f"\n{name}:  #") == 1
        head = head.replace(f"\n{name}:  #", f"\n{name}: {value}  #")
    settings.write_text(head, encoding="utf-8")
    (folder / "_imported-disclaimer.md").unlink()
    request = build.Request(source, tmp_path / "output", TODAY, booklets=(article.id,))
    report = build.check(request)
    errors = [f.line() for f in report.findings if f.severity is Severity.ERROR]
    assert errors == []
    assert report.exit_code == 0


# --------------------------------------------------------------------- three Word files


def test_a_word_file_with_styles_needs_no_guess(tmp_path: Path) -> None:
    draft = draft_of(import_samples.styled(tmp_path / "Eating.docx"))
    assert draft.title == "Eating well after surgery"
    settings = draft.files["booklet.yaml"].decode()
    assert 'subtitle: "For families who cook at home"' in settings
    assert 'language: "en-GB"' in settings
    assert draft.guesses == ()
    assert chapters(draft) == {
        "01-what-to-eat.md": (
            "# What to eat\n\nEat **small meals** and drink water. Rest a lot.\n\n"
            "## In the first week\n\n- Soup\n- Soft bread\n  - White bread\n"
        ),
        "02-how-to-begin.md": (
            "# How to begin\n\n1. Sit up.\n2. Sip some water.\n3. Wait five minutes.\n\n"
            "> Hunger is a good sign, our ward sister says.\n\n"
            "Read more [on our page](https://example.org/food%20%28new%29)\n"
        ),
    }
    rules = {rule for rule, _file in findings(draft, tmp_path)}
    assert rules == {"DRAFT-002", "YAML-013"}


def test_a_word_file_without_styles_is_guessed_and_each_guess_marked(tmp_path: Path) -> None:
    draft = draft_of(import_samples.drawn(tmp_path / "drawn.docx"))
    assert draft.title == "Sleep at home"
    texts = chapters(draft)
    assert list(texts) == ["01-why-sleep-is-poor-at-first.md", "02-when-to-call-us.md"]
    first, second = texts.values()
    assert "\n## What you can try\n" in first
    assert "\n- Open a window\n- Dim the lights\n- Stop coffee at noon\n" in first
    assert "\n1. Write down the hour.\n2. Count the nights.\n3. Call the ward.\n" in second
    assert "\n| Day | Bed time |\n|---|---|\n| Monday | 10 pm |\n| Tuesday | 11 pm |\n" in second
    assert len(draft.guesses) == 7
    apart = draft.files["_imported-disclaimer.md"].decode()
    assert "\n## Medical disclaimer\n\nThis sheet is for informational purposes only." in apart
    rules = {rule for rule, _file in findings(draft, tmp_path)}
    assert rules == {"DRAFT-001", "DRAFT-002", "YAML-013"}


def test_a_word_file_with_tables_and_pictures_keeps_them(tmp_path: Path) -> None:
    draft = draft_of(import_samples.pictured(tmp_path / "pictured.docx"))
    first, second = chapters(draft).values()
    assert (
        ":::figure\nimage: images/picture.png\n"
        'description: "A frame with four feet stands beside a bed."\n'
        'caption: "Figure 1: A walking frame"\n:::'
    ) in first
    # One without words stays open for a person, and is asked for.
    assert "description:\n:::" in first
    assert draft.files["images/picture.png"] == import_samples.png()
    assert draft.files["images/picture-2.png"] == import_samples.png("#AA3311")
    assert ":::compare Table 1: Steps in each week\n| Week | Steps | Aid | Who helps |" in second
    assert "\nStop when it hurts.\n" in second
    assert "\nWalk slowly\n" in second
    dropped = {(item.what, item.words) for item in draft.ledger.dropped}
    assert dropped == {
        ("words deleted by a tracked change", "quickly"),
        ("header of the pages", "Springfield Clinic internal"),
    }
    assert any("tracked changes" in sentence for sentence in draft.ledger.decisions)
    found = findings(draft, tmp_path)
    assert {rule for rule, _file in found} == {"DRAFT-001", "DRAFT-002", "YAML-013"}
    assert ("YAML-013", "01-introduction.md") in found

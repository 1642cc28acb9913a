"""What is said is found; what is denied, asked or only told is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from booklet import checks
from booklet.findings import Finding
from booklet.model import (
    BulletList,
    Callout,
    CalloutKind,
    Evidence,
    Inline,
    ListItem,
    Paragraph,
    Quote,
    Section,
    SourceReference,
    Span,
    Text,
)
from tests import samples

AT = Span("source/sample/01-first.md")
DAY = date(2026, 12, 1)


def findings(*blocks: object) -> list[Finding]:
    chapter = Section("one", 1, (Text("One"),), blocks, AT)  # type: ignore[arg-type]  # blocks
    booklet = replace(samples.booklet(), chapters=(chapter,))
    found = checks.run(booklet, checks.Policy(), DAY)
    return [finding for finding in found if finding.rule.startswith("CLAIM-")]


def rules(*blocks: object) -> list[str]:
    return [finding.rule for finding in findings(*blocks)]


def words(text: str, *more: Inline) -> Paragraph:
    return Paragraph((Text(text), *more), AT)


def items(*texts: str) -> BulletList:
    return BulletList(tuple(ListItem((words(text),), AT) for text in texts), AT)


SAID = [
    ("This is a miracle.", "CLAIM-001"),
    ("We guarantee that you will feel it.", "CLAIM-001"),
    ("The cells have no side effects.", "CLAIM-001"),
    ("It is 100 % safe.", "CLAIM-001"),
    ("It is 100% safe.", "CLAIM-001"),
    ("It is completely safe.", "CLAIM-001"),
    ("It does not hurt. It is a miracle.", "CLAIM-001"),
    ("It is not cheap, but it is risk-free.", "CLAIM-001"),
    ("It is not only new but a breakthrough.", "CLAIM-002"),
    ("There is no doubt that this is proven.", "CLAIM-002"),
    ("It cures stroke and does not hurt.", "CLAIM-002"),
    ("This is a proven help.", "CLAIM-002"),
    ("BREAKTHROUGH at last.", "CLAIM-002"),
    ("Our lab is FDA-registered.", "CLAIM-003"),
    ("It is registered with the FDA.", "CLAIM-003"),
    ("It saved my life.", "CLAIM-004"),
    ("I\N{RIGHT SINGLE QUOTATION MARK}m cured.", "CLAIM-004"),
    ("Order now.", "CLAIM-006"),
    ("Now 20 % off.", "CLAIM-006"),
    ("It costs $5,000.", "CLAIM-007"),
    ("It costs 5,000 dollars.", "CLAIM-007"),
    ("It is a miracle. So they tell you.", "CLAIM-001"),
    ("It costs 30 \N{EURO SIGN} a day.", "CLAIM-007"),
]


@pytest.mark.parametrize(("text", "expected"), SAID)
def test_what_is_said_is_found(text: str, expected: str) -> None:
    assert rules(words(text)) == [expected]


NOT_SAID = [
    "There is no cure for stroke.",
    "There is no known cure.",
    "This has not been proven.",
    "It isn't proven.",
    "It isn\N{RIGHT SINGLE QUOTATION MARK}t proven.",
    "Nobody can say that it is guaranteed.",
    "A cure has not been found.",
    "A cure for this does not exist.",
    "Your own cells are not free of risk.",
    "Is there a cure?",
    "Can it be guaranteed that it works?",
    "An ad may speak of a miracle.",
    "Beware of anybody who speaks of a miracle.",
    "If a clinic says that a result is guaranteed, leave.",
    "It is a myth that this was proven.",
    "She ate cured ham.",
    "Some say that it is a miracle. It is not.",
    "Your right to a second opinion is guaranteed by law.",
    "Secure the rails, and prove that they hold.",
    "Call the doctor now.",
    "Lift no more than 10 pounds.",
    "It takes 30 minutes and 5 visits.",
]


@pytest.mark.parametrize("text", NOT_SAID)
def test_what_is_denied_asked_or_told_is_not(text: str) -> None:
    assert rules(words(text)) == []


def test_a_price_ends_with_its_last_digit() -> None:
    assert [finding.message for finding in findings(words("It costs $9,999. Or 30 dollars."))] == [
        '"$9,999" is a price without a source.',
        '"30 dollars" is a price without a source.',
    ]


def test_a_box_of_warnings_may_name_what_it_warns_of() -> None:
    title = (Text("Walk away if a clinic"),)
    box = Callout(CalloutKind.WARNING, title, (items("says: order now", "sells a miracle"),), AT)
    assert rules(box) == []
    assert rules(replace(box, title=(Text("Our offer"),))) == ["CLAIM-001", "CLAIM-006"]


def test_a_list_may_name_what_the_words_above_it_warn_of() -> None:
    assert rules(words("Be careful with words such as:"), items("miracle", "proven")) == []
    assert rules(words("We sell."), items("a miracle")) == ["CLAIM-001"]


def test_a_source_in_the_paragraph_carries_a_strong_word_and_a_price_but_no_promise() -> None:
    source = SourceReference("trial", 1, AT)
    assert rules(words("A proven help for $5. ", source)) == []
    assert rules(words("A miracle. ", source)) == ["CLAIM-001"]


def evidence(strength: str, claim: str, known: str) -> Evidence:
    source = SourceReference("trial", 1, AT)
    row = (Text(claim),), (Text(known),)
    return Evidence(*row, strength, (source,), "2026-11", AT)  # type: ignore[arg-type]  # a choice


@pytest.mark.parametrize("strength", ["none", "against"])
def test_a_claim_may_be_bold_where_it_is_refuted(strength: str) -> None:
    assert rules(evidence(strength, "Cells are a miracle.", "Trials found nothing.")) == []


def test_a_claim_may_not_be_bold_where_it_is_upheld() -> None:
    assert rules(evidence("strong", "Cells are a miracle.", "Trials agree.")) == ["CLAIM-001"]


@pytest.mark.parametrize(
    ("strength", "expected"),
    [("strong", 0), ("moderate", 0), ("limited", 1), ("none", 1), ("against", 0)],
)
def test_sure_words_need_sure_evidence(strength: str, expected: int) -> None:
    found = rules(evidence(strength, "Tea helps.", "It clearly helps."))
    assert found == ["CLAIM-008"] * expected


def test_only_a_story_or_a_quote_has_an_end() -> None:
    end = words("Then he could walk again.")
    assert rules(end) == []
    assert rules(Quote((end,), AT)) == ["CLAIM-005"]
    assert rules(Callout(CalloutKind.STORY, (), (end,), AT)) == ["CLAIM-005"]
    assert rules(Callout(CalloutKind.TIP, (), (end,), AT)) == []

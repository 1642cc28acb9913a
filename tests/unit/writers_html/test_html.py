"""The XHTML of a booklet that holds every node: well-formed, complete, escaped, in order."""

from __future__ import annotations

import dataclasses

import pytest
from lxml import etree
from markupsafe import Markup

from booklet.model import BackPart, Booklet, Text
from booklet.words import words_for
from booklet.writers.html import Links, PartKind, Rendered, render
from booklet.writers.html.inline import shown_address
from booklet.writers.html.markup import element
from tests.golden import assert_golden
from tests.samples import DISCLAIMER_WORDS, booklet, clinic, disclaimer

XHTML = 'xmlns:epub="http://www.idpf.org/2007/ops"'


def parsed(rendered: Rendered) -> dict[str, etree._Element]:
    return {
        part.id: etree.fromstring(f"<root {XHTML}>{part.body}</root>")[0] for part in rendered.parts
    }


def changed(**meta: object) -> Booklet:
    sample = booklet()
    return dataclasses.replace(sample, meta=dataclasses.replace(sample.meta, **meta))  # type: ignore[arg-type]  # any field


def test_every_part_is_one_well_formed_section_with_its_id() -> None:
    for part_id, section in parsed(render(booklet(), Links())).items():
        assert (section.tag, section.get("id")) == ("section", part_id)


def test_the_html_is_the_golden_one(request: pytest.FixtureRequest) -> None:
    rendered = render(booklet(), Links())
    text = "\n".join(f"<!-- {part.kind} -->\n{part.body}" for part in rendered.parts)
    assert_golden(request.config, "html/every-node.html", text + "\n")


def test_parts_come_in_their_fixed_order() -> None:
    kinds = [part.kind for part in render(booklet(), Links()).parts]
    assert kinds == [kind for kind in PartKind if kind is not PartKind.SPARE_NOTES]


def test_back_matter_is_chosen_and_ordered_but_the_disclaimer_is_always_last() -> None:
    for chosen in ((), (BackPart.ABOUT, BackPart.GLOSSARY)):
        parts = render(changed(back_matter=chosen), Links()).parts
        after = [part.kind.value for part in parts[6:]]
        assert after == [part.value for part in chosen] + ["disclaimer"]


def test_back_matter_with_nothing_to_show_is_left_out() -> None:
    sample = dataclasses.replace(changed(questions=()), glossary=(), sources=())
    kinds = {part.kind for part in render(sample, Links()).parts}
    assert not kinds & {PartKind.QUESTIONS, PartKind.GLOSSARY, PartKind.SOURCES}


def test_the_contents_list_names_every_later_part_in_order() -> None:
    rendered = render(booklet(), Links())
    contents = parsed(rendered)["contents"]
    targets = [link.get("href") for link in contents.iter("a")]
    listed = [part.id for part in rendered.parts if part.kind.value not in UNLISTED]
    assert targets == [f"#{part_id}" for part_id in listed]


UNLISTED = {"cover", "before-you-read", "contents"}


def test_ids_are_unique_and_every_inner_link_leads_to_one() -> None:
    rendered = render(booklet(), Links())
    ids = [name for part in rendered.parts for name in part.ids]
    assert len(ids) == len(set(ids))
    for section in parsed(rendered).values():
        for link in section.iter("a"):
            target = link.get("href", "")
            assert not target.startswith("#") or target[1:] in ids


def test_links_cross_files_when_parts_are_files() -> None:
    files = {
        "first": "ch.xhtml",
        "first-part": "ch.xhtml",
        "disclaimer": "end.xhtml",
        "notes": "n.xhtml",
    }
    sections = parsed(render(booklet(), Links(files=files)))
    assert [a.get("href") for a in sections["before-you-read"].iter("a")] == [
        "end.xhtml#disclaimer"
    ]
    assert "#first-part" in {a.get("href") for a in sections["first"].iter("a")}


def test_every_picture_shown_is_among_the_assets() -> None:
    rendered = render(booklet(), Links(assets="pictures/"))
    names = {f"pictures/{asset.name}" for asset in rendered.assets}
    shown = {img.get("src") for s in parsed(rendered).values() for img in s.iter("img")}
    assert shown
    assert shown <= names
    assert len(names) == len(rendered.assets)


def test_words_are_escaped() -> None:
    sample = changed(title='A < B & "C"', key_messages=((Text("<script>x</script>"),),))
    sections = parsed(render(sample, Links()))
    assert sections["cover"].findtext("h1") == 'A < B & "C"'
    assert not list(sections["key-messages"].iter("script"))


def test_the_emergency_number_stands_in_its_call() -> None:
    call = parsed(render(booklet(), Links()))["emergency"].find(".//p[@class='emergency-call']")
    assert call is not None
    assert call.text == "Call 911 now"


def test_contacts_come_from_the_clinic_or_are_lines_to_write_on() -> None:
    without = parsed(render(booklet(), Links()))["contact"]
    assert len(list(without.iterfind(".//span[@class='line']"))) == 4
    sample = dataclasses.replace(booklet(), clinic=clinic())
    section = parsed(render(sample, Links()))["contact"]
    text = "".join(str(words) for words in section.itertext())
    for words in ("Example Stroke Clinic", "555 0100", "Springfield", "example.org", "911"):
        assert words in text


def test_a_clinic_changes_no_clinical_word() -> None:
    plain, with_clinic = (
        {p.id: p.body for p in render(b, Links()).parts if p.kind in CLINICAL}
        for b in (booklet(), dataclasses.replace(booklet(), clinic=clinic()))
    )
    # The chapter of the sample holds a contact box, which is the clinic's own.
    chapter = Markup("").join(plain["first"].split("contact-box")[:1])
    assert with_clinic["first"].startswith(chapter)
    assert {k: v for k, v in plain.items() if k != "first"} == {
        k: v for k, v in with_clinic.items() if k != "first"
    }


CLINICAL = {PartKind.CHAPTER, PartKind.KEY_MESSAGES, PartKind.GLOSSARY, PartKind.DISCLAIMER}


def test_the_disclaimer_is_printed_word_for_word_in_its_own_language() -> None:
    section = parsed(render(booklet(), Links()))["disclaimer"]
    assert [p.text for p in section.iter("p")] == [DISCLAIMER_WORDS]
    assert section.get("lang") == "en"
    other = dataclasses.replace(booklet(), disclaimer=disclaimer("Other words."))
    assert "Other words." in render(other, Links()).parts[-1].body


def test_a_language_without_words_is_refused() -> None:
    with pytest.raises(ValueError, match="tlh"):
        render(changed(language="tlh"), Links())


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://www.stroke.org/", "www.stroke.org"),
        ("https://example.org/a/", "example.org/a/"),
        ("mailto:help@example.org", "help@example.org"),
        ("tel:555-0100", "555-0100"),
    ],
)
def test_addresses_are_shown_as_people_type_them(url: str, shown: str) -> None:
    assert shown_address(url) == shown


def test_attribute_names_and_values_are_spelled_as_xhtml() -> None:
    made = element("a", Markup("x"), class_="c", epub__type="t", aria_label='"', href=None)
    assert made == '<a class="c" epub:type="t" aria-label="&#34;">x</a>'
    assert element("br") == "<br/>"


def test_dates_and_places_follow_the_region() -> None:
    us, gb = words_for("en-US"), words_for("en-GB")
    assert us is not None
    assert gb is not None
    assert (us.date("2026-11-02"), gb.date("2026-11-02")) == ("November 2, 2026", "2 November 2026")
    assert (us.date("2026-11"), us.date("2026")) == ("November 2026", "2026")
    assert (us.emergency_number, gb.emergency_number) == ("911", "999")
    assert words_for("xx") is None

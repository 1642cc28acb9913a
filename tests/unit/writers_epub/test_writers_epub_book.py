"""The e-book as written: its files, their bytes, the ways in, the same bytes every time."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from PIL import Image

from booklet.model import Section, Text
from booklet.words import words_for
from booklet.writers.epub import bound, cover, write
from booklet.writers.epub.package import identifier
from booklet.writers.epub.pages import file_names, pages
from booklet.writers.html import Links, render
from tests import samples
from tests.epub_samples import book, files, job, made, paged, printed

ROOT = Path(__file__).parents[3]
XHTML = "{http://www.w3.org/1999/xhtml}"
EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"


def tree(name: str, data: bytes | None = None) -> etree._Element:
    return etree.fromstring(files(data or book())[f"EPUB/{name}"])


def spine(data: bytes) -> list[str]:
    package = etree.fromstring(files(data)["EPUB/content.opf"])
    paths = {item.get("id"): item.get("href", "") for item in package.iter("{*}item")}
    return [paths[ref.get("idref")] for ref in package.iter("{*}itemref")]


def links(nav: etree._Element, kind: str) -> list[tuple[str, str, str]]:
    found = [n for n in nav.iter(f"{XHTML}nav") if n.get(EPUB_TYPE) == kind]
    return [
        (a.get("href", ""), "".join(map(str, a.itertext())), a.get(EPUB_TYPE, ""))
        for n in found
        for a in n.iter(f"{XHTML}a")
    ]


def test_one_document_a_part_with_the_disclaimer_last() -> None:
    assert spine(book()) == [
        "cover.xhtml",
        "title-page.xhtml",
        "emergency.xhtml",
        "before-you-read.xhtml",
        "key-messages.xhtml",
        "nav.xhtml",
        "chapter-01-first.xhtml",
        "questions.xhtml",
        "notes.xhtml",
        "glossary.xhtml",
        "sources.xhtml",
        "contact.xhtml",
        "appointment.xhtml",
        "about.xhtml",
        "disclaimer.xhtml",
    ]


def test_the_pages_reach_the_file_byte_for_byte() -> None:
    work, words = job(), words_for("en-US")
    assert words is not None
    names = file_names(render(samples.booklet(), Links()).parts)
    rendered = render(samples.booklet(), Links(names))
    inside = files(book())
    written = pages(work, rendered, names, words)
    assert len(written) == 15
    for page in written:
        assert inside[f"EPUB/{page.file}"] == page.data
    for part in rendered.parts:
        if part.kind != "contents":
            assert str(part.body).encode() in inside[f"EPUB/{names[part.id]}"]
    for asset in rendered.assets:
        assert inside[f"EPUB/images/{asset.name}"] == asset.data


def test_the_zip_says_first_what_it_is_and_bears_the_issue_date() -> None:
    with zipfile.ZipFile(io.BytesIO(book())) as archive:
        entries = archive.infolist()
    assert (entries[0].filename, entries[0].compress_type) == ("mimetype", zipfile.ZIP_STORED)
    names = [entry.filename for entry in entries[1:]]
    assert names == sorted(names)
    assert {entry.date_time for entry in entries} == {(2026, 11, 1, 0, 0, 0)}


def test_a_date_before_zip_was_made_is_moved_to_1980() -> None:
    sample = samples.booklet()
    old = replace(sample, meta=replace(sample.meta, issued="1979-05-06"))
    with zipfile.ZipFile(io.BytesIO(made(job(old)))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 5, 6, 0, 0, 0)}


def test_contents_name_chapters_by_number_with_their_sections() -> None:
    toc = links(tree("nav.xhtml"), "toc")
    assert ("chapter-01-first.xhtml", "1. What is it?", "") in toc
    assert ("chapter-01-first.xhtml#first-part", "A part", "") in toc
    assert [href for href, _, _ in toc[:2]] == ["emergency.xhtml", "before-you-read.xhtml"]
    assert toc[-1] == ("disclaimer.xhtml", "Disclaimer", "")


def test_landmarks_lead_to_the_places_that_reading_apps_offer() -> None:
    kinds = [(kind, href) for href, _, kind in links(tree("nav.xhtml"), "landmarks")]
    assert kinds == [
        ("cover", "cover.xhtml"),
        ("titlepage", "title-page.xhtml#cover"),
        ("notice", "emergency.xhtml#emergency"),
        ("toc", "nav.xhtml#contents"),
        ("bodymatter", "chapter-01-first.xhtml#first"),
        ("glossary", "glossary.xhtml#glossary"),
        ("bibliography", "sources.xhtml#sources"),
        ("notice", "disclaimer.xhtml#disclaimer"),
    ]


def test_the_page_list_comes_only_with_a_page_map() -> None:
    assert links(tree("nav.xhtml"), "page-list") == []
    assert links(tree("nav.xhtml", paged()), "page-list") == [
        ("title-page.xhtml#page-1", "1", ""),
        ("before-you-read.xhtml#page-2", "2", ""),
        ("nav.xhtml#page-3", "3", ""),
        ("chapter-01-first.xhtml#page-4", "4", ""),
        ("notes.xhtml#page-5", "5", ""),
    ]


def test_the_pages_of_the_printed_contents_are_marked_before_the_contents() -> None:
    body = next(tree("nav.xhtml", paged()).iter(f"{XHTML}body"))
    assert [(node.get("id"), node.tag) for node in body][:2] == [
        ("page-3", f"{XHTML}span"),
        ("contents", f"{XHTML}nav"),
    ]


def test_the_cover_is_a_described_picture_of_the_first_page() -> None:
    picture = next(tree("cover.xhtml").iter(f"{XHTML}img"))
    assert picture.get("alt") == "Cover of the booklet: A sample booklet. With everything in it"
    assert picture.get("role") == "doc-cover"
    data = files(book())["EPUB/cover.png"]
    assert data == cover.cover_image(printed())
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(data[20:24], "big") == cover.HEIGHT


def test_the_cover_keeps_the_colours_of_the_paper_and_of_large_areas() -> None:
    with pypdfium2.PdfDocument(printed()) as pdf:
        drawn = pdf[0].render(scale=1).to_pil().convert("RGB")
    kept = Image.open(io.BytesIO(cover.cover_image(printed()))).convert("RGB")
    assert most_seen(drawn)[0] == (255, 255, 255)
    assert most_seen(kept) == most_seen(drawn)


def most_seen(picture: Image.Image) -> list[object]:
    counted = picture.getcolors(picture.width * picture.height) or []
    return [colour for _, colour in sorted(counted, reverse=True)[:2]]


def test_no_page_states_a_picture_or_style_that_is_not_in_the_book() -> None:
    inside = files(book())
    for name, data in inside.items():
        if name.endswith(".xhtml"):
            page = etree.fromstring(data)
            for node in page.iter(f"{XHTML}img", f"{XHTML}link"):
                assert f"EPUB/{node.get('src') or node.get('href')}" in inside


def test_a_right_to_left_booklet_says_so_everywhere() -> None:
    sample = samples.booklet()
    data = made(job(replace(sample, meta=replace(sample.meta, direction="rtl"))))
    package = etree.fromstring(files(data)["EPUB/content.opf"])
    assert package.get("dir") == "rtl"
    assert [s.get("page-progression-direction") for s in package.iter("{*}spine")] == ["rtl"]
    assert tree("nav.xhtml", data).get("dir") == "rtl"


def test_file_names_are_plain_even_when_ids_are_not() -> None:
    sample = samples.booklet()
    chapter = Section("schlag-anfall", 1, (Text("Was?"),), (), samples.SPAN)
    strange = replace(chapter, id="é")
    book_ = replace(sample, chapters=(chapter, strange), glossary=(), sources=())
    names = file_names(render(book_, Links()).parts)
    assert names["schlag-anfall"] == "chapter-01-schlag-anfall.xhtml"
    assert names["é"] == "chapter-02.xhtml"


def test_without_the_printed_edition_there_is_no_cover_to_make() -> None:
    with pytest.raises(ValueError, match="printed edition"):
        write(replace(job(), parent=None))


def test_parts_without_the_disclaimer_at_the_end_are_refused() -> None:
    names = file_names(render(samples.booklet(), Links()).parts)
    rendered = render(samples.booklet(), Links(names))
    with pytest.raises(ValueError, match="not the last part"):
        bound(job(), replace(rendered, parts=rendered.parts[:-1]), names)


def test_the_identifier_follows_content_and_clinic() -> None:
    sample = samples.booklet()
    other = replace(sample, digest="1" * 64)
    clinic = replace(sample, clinic=samples.clinic())
    urns = {identifier(job(b)) for b in (sample, other, clinic)}
    assert len(urns) == 3
    assert all(urn.startswith("urn:uuid:") and urn[14 + 9] == "5" for urn in urns)


@settings(max_examples=5, deadline=None)
@given(title=st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=40))
def test_same_job_same_bytes_and_any_title_is_written(title: str) -> None:
    sample = samples.booklet()
    work = job(replace(sample, meta=replace(sample.meta, title=f"A {title} b")))
    data = made(work)
    assert data == made(work)
    package = etree.fromstring(files(data)["EPUB/content.opf"])
    titles = [node.text for node in package.iter("{http://purl.org/dc/elements/1.1/}title")]
    assert titles[0] == f"A {title} b"


@pytest.mark.slow
def test_time_zone_locale_and_hash_seed_leave_the_bytes_alone(tmp_path: Path) -> None:
    script = (
        "import hashlib, sys; from tests.epub_samples import book, job, made;"
        "from dataclasses import replace;"
        "from booklet.editions import EPUB;"
        "from pathlib import Path; work = job();"
        "pdf = Path(sys.argv[1]).read_bytes();"
        "work = replace(work, parent=replace(work.parent, data=pdf));"
        "print(hashlib.sha256(made(work)).hexdigest())"
    )
    parent = tmp_path / "parent.pdf"
    parent.write_bytes(printed())

    def digest(**machine: str) -> str:
        environment = {**os.environ, "PYTHONPATH": str(ROOT), **machine}
        run = subprocess.run(
            [sys.executable, "-c", script, str(parent)],
            check=True,
            capture_output=True,
            text=True,
            env=environment,
            cwd=tmp_path,
        )
        return run.stdout.strip()

    first = digest(TZ="UTC", LC_ALL="C", PYTHONHASHSEED="1")
    second = digest(TZ="Pacific/Auckland", LC_ALL="C.UTF-8", PYTHONHASHSEED="77")
    assert len(first) == 64
    assert first == second

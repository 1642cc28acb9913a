"""Files that are bad, locked, huge or hostile: one clear line, soon, and nothing is written."""

from __future__ import annotations

import io
import time
import zipfile
from pathlib import Path

import pytest

from booklet.importers import RefusedError, draft_of, limits
from booklet.importers.draft import draft_from
from tests.unit.importers.import_samples import png, styled

SWOLLEN = '<!DOCTYPE a [<!ENTITY b "cccccccccc"><!ENTITY d "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
FETCHING = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]>'
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@pytest.fixture(scope="module")
def word(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return styled(tmp_path_factory.mktemp("word") / "a.docx").read_bytes()


def rebuilt(word: bytes, **changes: str | bytes | None) -> bytes:
    """The Word file with parts exchanged, added or taken out; names have __ for /."""
    parts = {name.replace("__", "/"): data for name, data in changes.items()}
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, data in parts.items():
            if data is not None:
                new.writestr(name, data)
    return out.getvalue()


def refusal(data: bytes, name: str = "a.docx") -> str:
    start = time.perf_counter()
    with pytest.raises(RefusedError) as fault:
        draft_from(data, Path("nowhere") / name)
    assert time.perf_counter() - start < 10
    line = fault.value.line()
    assert "\n" not in line
    return line


def document(body: str, head: str = "") -> str:
    return f"{head}<w:document {W}><w:body>{body}</w:body></w:document>"


def test_a_file_with_a_password_and_an_old_word_file_are_told_apart() -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)
    assert "password" in refusal(ole + "EncryptedPackage".encode("utf-16-le"))
    assert "old Word file" in refusal(ole)


def test_a_zip_with_a_password_is_refused(word: bytes) -> None:
    data = bytearray(word)
    place = data.find(b"PK\x01\x02")
    data[place + 8] |= 1
    assert "password" in refusal(bytes(data))


def test_what_is_no_word_file_is_refused(word: bytes) -> None:
    assert "damaged" in refusal(b"not a zip at all")
    assert "damaged" in refusal(word[: len(word) // 2])
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("hello.txt", "hello")
    assert "damaged" in refusal(out.getvalue())
    changed = {"word__document.xml": None, "_rels__.rels": None}
    assert "no Word text" in refusal(rebuilt(word, **changed))


@pytest.mark.parametrize("part", ["word__document.xml", "word__styles.xml", "_rels__.rels"])
@pytest.mark.parametrize("head", [SWOLLEN, FETCHING])
def test_entities_are_refused_wherever_they_stand(word: bytes, part: str, head: str) -> None:
    body = document("<w:p><w:r><w:t>&b;</w:t></w:r></w:p>", head)
    assert "document type" in refusal(rebuilt(word, **{part: body}))


def test_names_that_lead_out_are_refused(word: bytes) -> None:
    for name in ("../../evil.txt", "/etc/evil", "word\\..\\evil", "C:evil"):
        out = io.BytesIO(word)
        with zipfile.ZipFile(out, "a") as archive:
            info = zipfile.ZipInfo("x")
            info.filename = name
            archive.writestr(info, "x")
        assert "leads out" in refusal(out.getvalue())


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_parts_of_one_name_are_refused(word: bytes) -> None:
    out = io.BytesIO(word)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("word/document.xml", document(""))
    assert "one name" in refusal(out.getvalue())


def test_macros_are_refused_under_any_name(word: bytes) -> None:
    assert "macros" in refusal(
        rebuilt(word, word__vbaProject_bin=b"", **{"word__vbaProject.bin": b"x"})
    )
    assert "macros" in refusal(word, "a.docm")
    kinds = zipfile.ZipFile(io.BytesIO(word)).read("[Content_Types].xml").decode()
    swapped = kinds.replace(
        "vnd.openxmlformats-officedocument.wordprocessingml.document.main",
        "vnd.ms-word.document.macroEnabled.main",
    )
    assert swapped != kinds
    assert "macros" in refusal(rebuilt(word, **{"[Content_Types].xml": swapped}))


def test_a_part_that_swells_is_refused_before_it_is_unpacked(word: bytes) -> None:
    bomb = b" " * (limits.RATIO_FROM * 12)
    assert "swells" in refusal(rebuilt(word, word__media__bomb=bomb))


def test_too_many_parts_and_too_large_files_are_refused(
    word: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = {f"word__x{number}": b"" for number in range(limits.MAX_PARTS)}
    assert "3,000 parts" in refusal(rebuilt(word, **many))
    monkeypatch.setattr("booklet.importers.package.MAX_UNPACKED", 10_000)
    assert "unpacked" in refusal(word)
    large = tmp_path / "large.txt"
    with large.open("wb") as stream:
        stream.truncate(limits.MAX_TEXT_FILE + 1)
    with pytest.raises(RefusedError, match="larger than 5 MB"):
        draft_of(large)


def test_too_deep_and_too_much_are_refused(word: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    deep = "<w:tbl><w:tr><w:tc>" * 60 + "</w:tc></w:tr></w:tbl>" * 60
    assert "inside one another" in refusal(rebuilt(word, **{"word__document.xml": document(deep)}))
    monkeypatch.setattr("booklet.importers.package.MAX_ELEMENTS", 100)
    assert "too much" in refusal(word)


def test_a_damaged_document_is_one_line(word: bytes) -> None:
    odd = document(
        '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="x"/></w:tcPr></w:tc></w:tr></w:tbl>'
    )
    assert "damaged" in refusal(rebuilt(word, **{"word__document.xml": odd}))
    assert "damaged" in refusal(rebuilt(word, **{"word__document.xml": "<w:document"}))


def test_ten_thousand_lists_inside_one_another_are_refused() -> None:
    page = "<ul><li>" * 10_000 + "deep"
    assert "inside one another" in refusal(page.encode(), "a.html")
    assert "inside one another" in refusal(("> " * 400 + "<b>" * 400 + "a").encode(), "a.md")


def test_a_long_list_of_deep_items_in_markdown_takes_no_time() -> None:
    text = "".join(f"{'  ' * min(n, 15)}- item\n" for n in range(3000))
    start = time.perf_counter()
    draft_from(text.encode(), Path("nowhere/a.md"))
    assert time.perf_counter() - start < 20


def test_a_table_that_spans_beyond_reason_is_refused() -> None:
    row = '<tr><td colspan="9999" rowspan="9999">a</td><td>b</td></tr>'
    assert "10,000 cells" in refusal(f"<table>{row * 3}</table>".encode(), "a.html")


def test_what_holds_no_words_is_refused() -> None:
    assert "no words" in refusal(b"<p></p><script>alert(1)</script>", "a.html")
    assert "no words" in refusal(b" \n \n", "a.md")
    assert "not a text file" in refusal(bytes(range(256)) * 10, "a.txt")


def test_other_kinds_are_told_what_to_do(tmp_path: Path) -> None:
    for name, words in (("a.doc", "old Word"), ("a.pdf", "PDF"), ("a.xyz", "cannot be imported")):
        (tmp_path / name).write_bytes(b"x")
        with pytest.raises(RefusedError, match=words) as fault:
            draft_of(tmp_path / name)
        assert ".docx" in fault.value.hint
    with pytest.raises(RefusedError, match="no such file"):
        draft_of(tmp_path / "missing.txt")


def test_programs_and_addresses_that_run_something_never_reach_the_draft() -> None:
    page = (
        "<h1>Rest</h1><p onclick='a()'>Sleep <a href='javascript:steal()'>more</a>.</p>"
        "<script>steal()</script><style>p{}</style><a href='data:text/html,x'>b</a>"
        "<iframe src='javascript:steal()'></iframe><object data='file:///etc/passwd'></object>"
        "<img src='file:///etc/passwd' alt='c'><img src='../../etc/passwd.png' alt='d'>"
        "<img src='https://spy.example/pixel.png' alt='e'>"
        "<img src='data:image/svg+xml,&lt;svg onload=steal()&gt;' alt='f'>"
    )
    draft = draft_from(page.encode(), Path("nowhere/a.html"))
    chapters = b"\n".join(d for n, d in draft.files.items() if n.endswith(".md") and n[0] != "_")
    assert b"steal" not in chapters
    assert b"passwd" not in chapters
    assert b"](" not in chapters
    assert not any(name.startswith("images/") for name in draft.files)
    assert len([item for item in draft.ledger.dropped if item.what.startswith("picture ")]) == 4


def test_a_picture_beside_a_page_is_taken_and_one_that_leads_out_by_a_link_is_not(
    tmp_path: Path,
) -> None:
    (tmp_path / "secret.png").write_bytes(png())
    site = tmp_path / "site"
    site.mkdir()
    (site / "own.png").write_bytes(png("#123456"))
    (site / "link.png").symlink_to(tmp_path / "secret.png")
    page = site / "a.html"
    page.write_text("<p>Walk.</p><img src='own.png' alt='A path.'><img src='link.png' alt='No.'>")
    draft = draft_of(page)
    images = {name: data for name, data in draft.files.items() if name.startswith("images/")}
    assert images == {"images/picture-1.png": png("#123456")}

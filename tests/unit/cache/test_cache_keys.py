"""Each thing that shapes the bytes of a file changes the key that the file is kept under."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from pathlib import Path

import pytest

from booklet import cache, model
from booklet.cache import Setting
from booklet.editions import A4, EDITIONS, EPUB, Artifact, Job, PageStart, Type, edition
from booklet.findings import Cleared
from booklet.kept import Shelf
from booklet.model import Booklet
from tests import samples

SETTING = Setting("0" * 64, ("weasyprint-70.0.dist-info",), "linux x86_64 3.13.1")
WITH = (("pango-1.0", "1.56.3"), ("weasyprint", "70.0"))


def job(booklet: Booklet | None = None) -> Job:
    cleared = Cleared(booklet or samples.booklet())
    return Job(cleared, edition("large-a4"), "a.pdf", (("base.css", "p { margin: 0 }"),))


def parent(data: bytes = b"%PDF") -> Artifact:
    row, digest = edition("large-a4"), hashlib.sha256(data).hexdigest()
    return Artifact(row, "a.pdf", row.media_type, data, digest, "", 2, (PageStart("1", "a", 0),))


def key(job: Job, made_with: tuple[tuple[str, str], ...] = WITH, setting: Setting = SETTING) -> str:
    return cache.job_key(job, made_with, setting)


def test_the_same_job_has_the_same_key() -> None:
    assert key(job(samples.booklet())) == key(job(samples.booklet()))


def with_words(old: Booklet) -> Booklet:
    chapter = replace(old.chapters[0], blocks=(samples.paragraph("Other words."),))
    return replace(old, chapters=(chapter, *old.chapters[1:]))


def with_picture(old: Booklet) -> Booklet:
    return replace(old, assets=(replace(old.assets[0], data=b"<svg/>"), *old.assets[1:]))


BOOKLETS: dict[str, Callable[[Booklet], Booklet]] = {
    "a word": with_words,
    "a picture's bytes": with_picture,
    "no glossary": lambda old: replace(old, glossary=()),
    "the digest of the source": lambda old: replace(old, digest="f" * 64),
    "the version": lambda old: replace(old, meta=replace(old.meta, version="9.9")),
    "the review date": lambda old: replace(old, meta=replace(old.meta, review_by="2039-01-01")),
    "the clinic": lambda old: replace(old, clinic=replace(samples.clinic(), phone="1")),
    "no clinic": lambda old: replace(old, clinic=None),
    "the number to call": lambda old: replace(old, emergency=replace(old.emergency, number="7")),
}


@pytest.mark.parametrize("change", BOOKLETS.values(), ids=BOOKLETS)
def test_every_change_of_the_booklet_changes_the_key(change: Callable[[Booklet], Booklet]) -> None:
    old = replace(samples.booklet(), clinic=samples.clinic())
    assert key(job(change(old))) != key(job(old))


@pytest.mark.parametrize("name", [field.name for field in fields(Booklet)])
def test_every_field_of_a_booklet_is_in_the_key(name: str) -> None:
    """A field left out of the text of a node would be left out of the key."""
    assert f"{name}=" in repr(samples.booklet())


def test_no_node_of_the_model_hides_a_field_from_its_text() -> None:
    nodes = [node for node in vars(model).values() if isinstance(node, type) and is_dataclass(node)]
    assert len(nodes) > 40
    assert [(node, f.name) for node in nodes for f in fields(node) if not f.repr] == []


JOBS: dict[str, Callable[[Job], Job]] = {
    "the edition": lambda old: replace(old, edition=EPUB),
    "a margin": lambda old: replace(old, edition=replace(old.edition, margin=26.0)),
    "a type size": lambda old: replace(
        old, edition=replace(old.edition, type=replace(samples_type(old), body=19))
    ),
    "the paper": lambda old: replace(
        old, edition=replace(old.edition, paper=replace(A4, width=211.0))
    ),
    "the name": lambda old: replace(old, name="b.pdf"),
    "a style sheet": lambda old: replace(old, styles=(("base.css", "p { margin: 1pt }"),)),
    "another style sheet": lambda old: replace(old, styles=(*old.styles, ("x.css", ""))),
    "the parent": lambda old: replace(old, parent=parent(b"%PDF2")),
    "no parent": lambda old: replace(old, parent=None),
    "where the parent's pages begin": lambda old: replace(
        old, parent=replace(parent(), page_map=())
    ),
    "the thickness of the paper": lambda old: replace(old, caliper=0.11),
}


def samples_type(job: Job) -> Type:
    assert job.edition.type
    return job.edition.type


@pytest.mark.parametrize("change", JOBS.values(), ids=JOBS)
def test_every_change_of_the_job_changes_the_key(change: Callable[[Job], Job]) -> None:
    old = replace(job(), parent=parent())
    assert key(change(old)) != key(old)


def test_no_part_of_a_job_is_forgotten() -> None:
    known = {"cleared", "edition", "name", "styles", "parent", "caliper"}
    assert {field.name for field in fields(Job)} == known, "add it to job_key, and to JOBS above"


@pytest.mark.parametrize(
    "setting",
    [
        replace(SETTING, program="1" * 64),
        replace(SETTING, packages=("weasyprint-70.1.dist-info",)),
        replace(SETTING, packages=(*SETTING.packages, "pillow-12.0.0.dist-info")),
        replace(SETTING, machine="linux x86_64 3.14.0"),
    ],
    ids=["program", "package", "one more package", "python"],
)
def test_every_change_of_the_setting_changes_the_key(setting: Setting) -> None:
    assert key(job(), setting=setting) != key(job())


@pytest.mark.parametrize("name", ["pango-1.0", "harfbuzz", "fontconfig", "zlib", "weasyprint"])
def test_every_version_of_a_library_changes_the_key(name: str) -> None:
    old = dict(WITH) | {name: "1.0"}
    new = old | {name: "1.1"}
    assert key(job(), tuple(old.items())) != key(job(), tuple(new.items()))


def test_words_that_run_together_are_told_apart() -> None:
    assert cache.digest("ab", "c") != cache.digest("a", "bc") != cache.digest("a", "b", "c")


# ------------------------------------------------------------------ this very program


@pytest.mark.parametrize(
    "path", ["code.py", "writers/html/page.html.jinja", "words/en.toml", "icons/tip.svg"]
)
def test_every_file_of_the_program_changes_its_digest(tmp_path: Path, path: str) -> None:
    file = tmp_path / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("one")
    old = cache.program_digest([tmp_path])
    file.write_text("two")
    assert cache.program_digest([tmp_path]) != old
    file.rename(file.with_name("other.py"))
    assert cache.program_digest([tmp_path]) != old


def test_what_python_compiles_is_no_part_of_the_program(tmp_path: Path) -> None:
    (tmp_path / "code.py").write_text("one")
    old = cache.program_digest([tmp_path])
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "code.cpython-313.pyc").write_bytes(b"x")
    assert cache.program_digest([tmp_path]) == old


def test_the_style_sheets_are_part_of_the_program(tmp_path: Path) -> None:
    code, styles = tmp_path / "booklet", tmp_path / "styles"
    for folder in (code, styles):
        folder.mkdir()
    old = cache.program_digest([code, styles])
    (styles / "base.css").write_text("p { margin: 0 }")
    assert cache.program_digest([code, styles]) != old


def test_packages_are_read_where_python_looks_for_them(tmp_path: Path) -> None:
    for name in ("pikepdf-10.0.dist-info", "pikepdf", "old-1.egg-info"):
        (tmp_path / name).mkdir()
    found = cache.distributions([str(tmp_path), str(tmp_path / "nowhere")])
    assert found == ("old-1.egg-info", "pikepdf-10.0.dist-info")


@pytest.mark.slow
def test_the_shelf_knows_what_shapes_each_format(tmp_path: Path) -> None:
    shelf = Shelf.open(tmp_path)
    packages = {name.partition("-")[0].casefold() for name in shelf.setting.packages}
    # What writes, and what measures: another verifier gives another verdict.
    needed = {"weasyprint", "pydyf", "fonttools", "pikepdf", "pillow", "ebooklib", "lxml"}
    needed |= {"pypdfium2", "zxing_cpp", "tinycss2", "fontpkg_noto_sans", "sentencex"}
    assert needed <= packages
    known = dict(shelf.made_with(edition("large-a4")))
    assert {"pango-1.0", "harfbuzz", "fontconfig", "zlib", "python", "booklet"} <= set(known)
    assert len({shelf.key(replace(job(), edition=row)) for row in EDITIONS}) == len(EDITIONS)

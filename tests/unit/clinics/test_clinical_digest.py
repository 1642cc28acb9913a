"""The clinical digest: the same with any profile, another with any other reviewed word."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterator
from typing import Any

import pytest

from booklet import readers
from booklet.clinical import _KEPT, clinical_digest
from booklet.model import Asset, Booklet, CalloutKind, Section, Span
from booklet.source import SourceTree
from tests import samples
from tests.needs import PROJECT

CATALOGUES = (PROJECT / "source", PROJECT / "tests" / "torture" / "source")


def every_pair() -> Iterator[tuple[SourceTree, str, str]]:
    """Each booklet of each catalogue with each of its profiles."""
    for root in CATALOGUES:
        tree = SourceTree.open(root)
        for booklet in tree.booklets():
            for clinic in readers.clinics(tree):
                yield tree, booklet, clinic


def read(tree: SourceTree, booklet: str, clinic: str | None) -> Booklet:
    whole = readers.read(tree, booklet, clinic=clinic).booklet
    assert whole is not None
    return whole


def without_profile(booklet: Booklet) -> Booklet:
    """All that is not in the digest taken away, but for the words that are the same too."""
    return dataclasses.replace(
        booklet,
        clinic=None,
        digest="",
        assets=(),
        signatures=(),
        texts=(),
        emergency=dataclasses.replace(booklet.emergency, number=""),
    )


PAIRS = tuple(every_pair())


@pytest.mark.parametrize(
    ("tree", "name", "clinic"), PAIRS, ids=[f"{name}-{clinic}" for _, name, clinic in PAIRS]
)
def test_a_profile_changes_no_reviewed_word(tree: SourceTree, name: str, clinic: str) -> None:
    bare, dressed = read(tree, name, None), read(tree, name, clinic)
    assert dressed.clinic is not None
    assert dressed.digest != bare.digest
    assert clinical_digest(dressed) == clinical_digest(bare)
    # What is not in the digest is either the clinic's or the same too.
    assert without_profile(dressed) == without_profile(bare)


def test_there_are_profiles_to_prove_it_with() -> None:
    assert {clinic for _, _, clinic in PAIRS} >= {"example-clinic", "greenhouse"}


def test_all_that_a_clinic_owns_is_left_out() -> None:
    booklet = samples.booklet()
    emergency = dataclasses.replace(booklet.emergency, number="112")
    dressed = dataclasses.replace(booklet, clinic=samples.clinic(), emergency=emergency, digest="1")
    assert clinical_digest(dressed) == clinical_digest(booklet)


def test_to_record_a_review_changes_nothing() -> None:
    booklet = samples.booklet()
    meta = dataclasses.replace(booklet.meta, reviewers=(), review_by="2031-01-01", version="2.0")
    assert clinical_digest(dataclasses.replace(booklet, meta=meta)) == clinical_digest(booklet)


# ------------------------------------------------------- another word is another digest


def changed(node: Any) -> Iterator[Any]:
    """Yield the node once for each word, number, kind and picture in it, that one changed."""
    match node:
        case bool():
            yield not node
        case CalloutKind():
            yield next(kind for kind in CalloutKind if kind is not node)
        case str():
            yield f"{node}x"
        case int():
            yield node + 1
        case tuple():
            for index, child in enumerate(node):
                for other in changed(child):
                    yield (*node[:index], other, *node[index + 1 :])
        case Asset():
            yield dataclasses.replace(node, sha256=hashlib.sha256(b"another").hexdigest())
        case Span() | None:
            pass
        case _:
            left_out = _KEPT.get(type(node), frozenset())
            for field in dataclasses.fields(node):
                if field.name not in left_out:
                    for other in changed(getattr(node, field.name)):
                        yield dataclasses.replace(node, **{field.name: other})


def test_every_word_of_the_reviewed_text_counts() -> None:
    booklet = samples.booklet()
    seen = [clinical_digest(booklet)]
    seen += [clinical_digest(other) for other in changed(booklet)]
    assert len(seen) > 140
    assert len(set(seen)) == len(seen)


def test_places_and_names_of_files_do_not_count() -> None:
    booklet = samples.booklet()
    elsewhere = Span("source/elsewhere/09-late.md", 7, 3)

    def moved(node: Any) -> Any:
        match node:
            case Span():
                return elsewhere
            case Asset():
                return dataclasses.replace(node, name="another.svg", path="source/another.svg")
            case tuple():
                return tuple(moved(child) for child in node)
            case _ if dataclasses.is_dataclass(node) and not isinstance(node, type):
                fields = {f.name: moved(getattr(node, f.name)) for f in dataclasses.fields(node)}
                return dataclasses.replace(node, **fields)
            case _:
                return node

    assert moved(booklet) != booklet
    assert clinical_digest(moved(booklet)) == clinical_digest(booklet)


def test_what_is_left_out_is_named_as_the_model_names_it() -> None:
    for kind, names in _KEPT.items():
        assert names <= {field.name for field in dataclasses.fields(kind)}


def test_order_and_nesting_count() -> None:
    booklet = samples.booklet()
    (chapter,) = booklet.chapters
    again = dataclasses.replace(chapter, blocks=chapter.blocks[::-1])
    inside = Section("outer", 1, samples.words("What is it?"), (chapter,), samples.SPAN)
    digests = {
        clinical_digest(dataclasses.replace(booklet, chapters=chapters))
        for chapters in ((chapter,), (again,), (inside,), (chapter, chapter), ())
    }
    assert len(digests) == 5

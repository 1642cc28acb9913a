from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from booklet.findings import Finding
from booklet.model import Asset, Span
from booklet.readers.assets import Pictures
from booklet.readers.intake import Intake
from booklet.readers.svg import svg_findings
from booklet.source import SourceTree

ASKED = Span("source/x/01-a.md", 5, 8)
HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"'
XLINK = ' xmlns:xlink="http://www.w3.org/1999/xlink"'


@pytest.fixture
def pictures(tmp_path: Path) -> Pictures:
    (tmp_path / "source" / "x" / "images").mkdir(parents=True)
    return Pictures(Intake(SourceTree.open(tmp_path / "source")), "x")


def _write(pictures: Pictures, path: str, data: bytes) -> None:
    file = pictures.intake.tree.root / pictures.folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)


def _told(loaded: Asset | tuple[Finding, ...]) -> list[str]:
    assert isinstance(loaded, tuple)
    return [f"{finding.span} {finding.rule}" for finding in loaded]


def _raster(kind: str, size: tuple[int, int] = (8, 8), mode: str = "RGB") -> bytes:
    stream = io.BytesIO()
    Image.new(mode, size).save(stream, kind)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "kind", "media_type"),
    [
        ("a.png", "PNG", "image/png"),
        ("a.jpg", "JPEG", "image/jpeg"),
        ("A.JPEG", "JPEG", "image/jpeg"),
    ],
)
def test_a_photo_is_taken_byte_for_byte(
    pictures: Pictures, name: str, kind: str, media_type: str
) -> None:
    data = _raster(kind)
    _write(pictures, f"images/{name}", data)
    asset = pictures.load(f"images/{name}", ASKED)
    assert isinstance(asset, Asset)
    assert (asset.data, asset.media_type) == (data, media_type)
    assert asset.path == f"source/x/images/{name}"
    assert asset.name == name.lower()


def test_a_picture_is_loaded_once_and_counts_for_the_digest(pictures: Pictures) -> None:
    _write(pictures, "images/a.png", _raster("PNG"))
    assert pictures.load("images/a.png", ASKED) is pictures.load("images/a.png", ASKED)
    assert list(pictures.intake.files) == ["x/images/a.png"]


def test_names_are_safe_and_none_is_given_twice(pictures: Pictures) -> None:
    paths = [
        "images/a.png",
        "a.png",
        "b/a.png",
        "images/Mein Bild é.png",
        "b-a.png",
        "images/é.png",
    ]
    names = []
    for path in paths:
        _write(pictures, path, _raster("PNG"))
        asset = pictures.load(path, ASKED)
        assert isinstance(asset, Asset)
        names.append(asset.name)
    assert names == ["a.png", "a-2.png", "b-a.png", "mein-bild.png", "b-a-2.png", "picture.png"]


def test_names_are_not_given_twice_across_folders(pictures: Pictures) -> None:
    clinic = Pictures(pictures.intake, "clinics", taken=pictures.taken)
    for folder in (pictures, clinic):
        _write(folder, "images/logo.png", _raster("PNG"))
    first, second = (folder.load("images/logo.png", ASKED) for folder in (pictures, clinic))
    assert isinstance(first, Asset)
    assert isinstance(second, Asset)
    assert (first.name, second.name) == ("logo.png", "logo-2.png")


@pytest.mark.parametrize(
    "path", ["a.gif", "a.webp", "a", "a.svg.exe", "images.png/", "", ".", "a.pdf"]
)
def test_other_kinds_are_refused_where_they_are_named(pictures: Pictures, path: str) -> None:
    assert _told(pictures.load(path, ASKED)) == [f"{ASKED} ASSET-001"]


@pytest.mark.parametrize(
    ("path", "rule"),
    [("images/a.png", "SRC-001"), ("../a.png", "SRC-003"), ("/etc/a.png", "SRC-003")],
)
def test_a_picture_that_is_not_there_is_told_where_it_is_named(
    pictures: Pictures, path: str, rule: str
) -> None:
    assert _told(pictures.load(path, ASKED)) == [f"{ASKED} {rule}"]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.png", b""),
        ("a.png", b"GIF89a"),
        ("a.png", HEAD.encode() + b"/>"),
        ("a.jpg", b"\x89PNG\r\n\x1a\n"),
        ("a.svg", _raster("PNG")),
        ("a.svg", b"words"),
        ("a.svg", b"<!DOCTYPE html><html></html>"),
        ("a.svg", b""),
    ],
)
def test_the_ending_must_be_true(pictures: Pictures, name: str, data: bytes) -> None:
    _write(pictures, name, data)
    assert _told(pictures.load(name, ASKED)) == [f"source/x/{name}:1:1 ASSET-002"]


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_photo_cut_short_is_damaged(pictures: Pictures, kind: str) -> None:
    data = _raster(kind, (300, 300))
    name = "a.png" if kind == "PNG" else "a.jpg"
    _write(pictures, name, data[: len(data) // 2])
    assert _told(pictures.load(name, ASKED)) == [f"source/x/{name}:1:1 ASSET-009"]


@pytest.mark.parametrize("size", [(8001, 1), (1, 8001), (7000, 7000), (30000, 30000)])
def test_a_photo_with_too_many_pixels_is_refused_before_it_is_unpacked(
    pictures: Pictures, size: tuple[int, int]
) -> None:
    data = bytearray(_raster("PNG", mode="1"))
    data[16:24] = size[0].to_bytes(4, "big") + size[1].to_bytes(4, "big")
    import zlib

    data[29:33] = zlib.crc32(data[12:29]).to_bytes(4, "big")
    _write(pictures, "a.png", bytes(data))
    assert _told(pictures.load("a.png", ASKED)) == ["source/x/a.png:1:1 ASSET-008"]


@settings(max_examples=150, deadline=None)
@given(data=st.binary(max_size=80), kind=st.sampled_from(["PNG", "JPEG"]), at=st.integers(0, 200))
def test_no_damage_raises(data: bytes, kind: str, at: int) -> None:
    from booklet.readers.assets import _raster_findings

    whole = _raster(kind)
    broken = whole[:at] + data + whole[at + len(data) :]
    media_type = "image/png" if kind == "PNG" else "image/jpeg"
    rules = {finding.rule for finding in _raster_findings(broken, Span("a"), media_type)}
    assert rules <= {"ASSET-008", "ASSET-009"}


def _svg(text: str) -> list[str]:
    return [
        f"{finding.span.line} {finding.rule}" for finding in svg_findings(text.encode(), "a.svg")
    ]


@pytest.mark.parametrize(
    "text",
    [
        f"{HEAD}/>",
        f'<?xml version="1.0" encoding="UTF-8"?>\n<!-- mine -->\n{HEAD}><g id="a"/></svg>',
        f"{HEAD}><title>T</title><desc>D</desc></svg>",
        f'{HEAD}><text x="1" style="font-size: 3px">w<tspan>x</tspan></text></svg>',
        f'{HEAD}><defs><linearGradient id="g"><stop offset="0"/></linearGradient></defs>'
        '<rect fill="url(#g)"/><use href="#g"/></svg>',
        f'{HEAD}{XLINK}><use xlink:href="#a.b-c"/></svg>',
        f"{HEAD}><style>rect {{ fill: url( '#g' ); }} /* https: */</style></svg>",
        f'{HEAD} aria-label="one" role="img" xml:lang="en"><path d="M0 0"/></svg>',
    ],
)
def test_a_drawing_is_taken(text: str) -> None:
    assert _svg(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<svg", ["1 ASSET-003"]),
        (f"{HEAD}>\n<g></svg>", ["2 ASSET-003"]),
        (f"{HEAD}>&nbsp;</svg>", ["1 ASSET-003"]),
        ("<html/>", ["1 ASSET-003"]),
        ('<svg viewBox="0 0 1 1"/>', ["1 ASSET-003"]),
        (f"<!DOCTYPE svg>{HEAD}/>", ["1 ASSET-004"]),
        (f'<!DOCTYPE svg [<!ENTITY a "b">]>{HEAD}>&a;</svg>', ["1 ASSET-004"]),
        (f'<?xml-stylesheet href="a.css"?>{HEAD}/>', ["1 ASSET-006"]),
        (f"{HEAD}>\n<?php echo?></svg>", ["2 ASSET-005"]),
        (f"{HEAD}>\n<script/></svg>", ["2 ASSET-005"]),
        (f"{HEAD}>\n\n<image href='#a'/></svg>", ["3 ASSET-005"]),
        (f"{HEAD}><a href='#a'/></svg>", ["1 ASSET-005"]),
        (f"{HEAD}><animate/><set/></svg>", ["1 ASSET-005", "1 ASSET-005"]),
        (f"{HEAD}><x xmlns='urn:x'/></svg>", ["1 ASSET-005"]),
        (
            f"{HEAD}><foreignObject><p xmlns='http://www.w3.org/1999/xhtml'/></foreignObject></svg>",
            ["1 ASSET-005", "1 ASSET-005"],
        ),
        (f"{HEAD} onload='a()'/>", ["1 ASSET-005"]),
        (f"{HEAD} ONLOAD='a()'/>", ["1 ASSET-005"]),
        (f"{HEAD} xmlns:i='urn:i' i:note='x'/>", ["1 ASSET-005"]),
        (f"{HEAD}><use href='other.svg#a'/></svg>", ["1 ASSET-006"]),
        (f"{HEAD}{XLINK}><use xlink:href='data:image/svg+xml,x'/></svg>", ["1 ASSET-006"]),
        (f"{HEAD}{XLINK}><use xlink:href='javascript:a()'/></svg>", ["1 ASSET-006"]),
        (f"{HEAD} xml:base='https://example.org/'/>", ["1 ASSET-006"]),
        (
            f"{HEAD}><rect style='fill: URL(  &quot;https://example.org&quot;)'/></svg>",
            ["1 ASSET-006"],
        ),
        (f"{HEAD}><rect fill='url(a.svg#b)'/></svg>", ["1 ASSET-006"]),
        (f"{HEAD}><rect mask='u\\72l(a)'/></svg>", ["1 ASSET-006"]),
        (f"{HEAD}><style>@import 'a.css';</style></svg>", ["1 ASSET-006"]),
        (f"{HEAD}><style>@im<!-- -->port url(a)</style></svg>", ["1 ASSET-006"]),
        (f"{HEAD}><style>a {{ src: url/**/(a) }}</style></svg>", ["1 ASSET-006"]),
        (f"{HEAD}><style>a {{ b: image-set('a.png' 1x) }}</style></svg>", ["1 ASSET-006"]),
        (HEAD.replace(' viewBox="0 0 10 10"', "") + "/>", ["1 ASSET-007"]),
        (HEAD.replace("0 0 10 10", "0 0 0 10") + "/>", ["1 ASSET-007"]),
        (HEAD.replace("0 0 10 10", "0 0 10") + "/>", ["1 ASSET-007"]),
        (HEAD.replace("0 0 10 10", "0 0 nan 10") + "/>", ["1 ASSET-007"]),
        (HEAD.replace("0 0 10 10", "0 0 1e99 10") + "/>", ["1 ASSET-007"]),
    ],
)
def test_more_than_a_drawing_is_refused(text: str, expected: list[str]) -> None:
    assert _svg(text) == expected


@settings(max_examples=150, deadline=None)
@given(
    st.binary(max_size=200)
    | st.text(max_size=100).map(lambda text: f"{HEAD}>{text}</svg>".encode())
)
def test_no_bytes_raise(data: bytes) -> None:
    for finding in svg_findings(data, "a.svg"):
        assert finding.rule.startswith("ASSET-")
        assert finding.span.line >= 1

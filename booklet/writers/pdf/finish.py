"""The engine's PDF objects in, the same with what readers need and the engine leaves out."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import pydyf
from lxml import etree

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_PACKET = (
    b'<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?>\n',
    b'\n<?xpacket end="r"?>',
)

OWN = "own"
"""An output intent that the engine does not know, and so leaves to us."""


def finish(_document: Any, pdf: pydyf.PDF) -> None:
    """Add page labels and the mark of PDF/UA-1, and mend what archives refuse.

    The engine writes one variant, and it is PDF/A-2a: only that brings the colour profile. The
    mark of the other is one more statement in the metadata, with the schema that PDF/A asks for.
    """
    # Printed numbers are the physical ones, so one decimal range labels every page.
    decimal = pydyf.Dictionary({"S": "/D"})
    pdf.catalog["PageLabels"] = pydyf.Dictionary({"Nums": pydyf.Array([0, decimal])})
    for each in pdf.objects:
        # Smoothing between pixels is the reading program's choice; PDF/A (6.2.8) forbids to ask.
        if isinstance(each, pydyf.Stream):
            each.extra.pop("Interpolate", None)
    _add_profile(pdf)
    stream = _metadata(pdf)
    stream.stream = [_marked(b"".join(stream.stream))]


def _add_profile(pdf: pydyf.PDF) -> None:
    """Say what the colours mean (PDF/A-2, 6.2.4), with the profile that the engine brings along.

    The engine could do it, but would leave the profile's file open.
    """
    name = "sRGB2014.icc"
    data = files("weasyprint.pdf").joinpath(name).read_bytes()
    profile = pydyf.Stream([data], {"N": 3}, compress=True)
    pdf.add_object(profile)
    intent = {
        "Type": "/OutputIntent",
        "S": "/GTS_PDFA1",
        "OutputConditionIdentifier": pydyf.String(name),
        "Info": pydyf.String("sRGB"),
        "DestOutputProfile": profile.reference,
    }
    pdf.catalog["OutputIntents"] = pydyf.Array([pydyf.Dictionary(intent)])


def _metadata(pdf: pydyf.PDF) -> pydyf.Stream:
    number = int(pdf.catalog["Metadata"].split()[0])
    return pdf.objects[number]


def _marked(packet: bytes) -> bytes:
    """Return the XMP packet with the PDF/UA-1 mark and the description of its schema."""
    tree = etree.fromstring(packet)
    rdf = tree.find(f"{{{_RDF}}}RDF")
    if rdf is None:
        raise ValueError("the engine wrote no metadata")
    described = files("booklet.writers.pdf").joinpath("pdfua.xml").read_bytes()
    parser = etree.XMLParser(remove_blank_text=True, remove_comments=True)
    rdf.extend(etree.fromstring(described, parser))
    return etree.tostring(tree, encoding="utf-8").join(_PACKET)

"""The engine's PDF objects in, the same with what readers need and the engine leaves out."""

from __future__ import annotations

from typing import Any

import pydyf


def finish(_document: Any, pdf: pydyf.PDF) -> None:
    """Add page labels just before the file is written.

    Printed numbers are the physical ones, so one decimal range labels every page.
    """
    decimal = pydyf.Dictionary({"S": "/D"})
    pdf.catalog["PageLabels"] = pydyf.Dictionary({"Nums": pydyf.Array([0, decimal])})

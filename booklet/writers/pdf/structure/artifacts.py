"""Page content in, the same content with page numbers and repeated headers marked as artifacts."""

from __future__ import annotations

from typing import Any

import pydyf


def mark_artifacts(
    streams: list[Any], pagination: set[tuple[int, int]], artifacts: set[tuple[int, int]]
) -> None:
    """Turn marked content into artifacts, in place: (page, mcid) pairs (ISO 32000-1, 14.8.2.2).

    Rests on the engine writing a mark as three items: tag, property dictionary, ``BDC``.
    """
    for page, stream in enumerate(streams):
        for index, item in enumerate(stream.stream):
            if not (isinstance(item, pydyf.Dictionary) and "MCID" in item):
                continue
            place = (page, item["MCID"])
            if place in pagination or place in artifacts:
                kind = {"Type": "/Pagination"} if place in pagination else {"Type": "/Layout"}
                stream.stream[index - 1] = "/Artifact"
                stream.stream[index] = pydyf.Dictionary(kind)

"""An open PDF enters; why reading it would take the machine's memory leaves, or nothing."""

from __future__ import annotations

import zlib

import pikepdf

MAX_PAGES = 5_000
"""Five times what a booklet at its limits has in giant print."""
MAX_STREAM = 16_000_000
"""Bytes of one stream, unpacked: a page with the most intricate drawing has about 2 MB."""
MAX_STREAMS = 300_000_000
"""Bytes of all large streams together, as for an e-book."""
# Deflate packs to a 1,032nd at the best: what is smaller cannot swell beyond the limit.
_PACKED = MAX_STREAM // 1032


def too_much(pdf: pikepdf.Pdf) -> str:
    """Return what there is too much of; empty when the file can be read. Raises PdfError."""
    if len(pdf.pages) > MAX_PAGES:
        return f"it has more than {MAX_PAGES:,} pages"
    total = 0
    for held in pdf.objects:
        if isinstance(held, pikepdf.Stream) and held.get("/Subtype") != "/Image":
            size = _unpacked(held)
            total += size
            if size > MAX_STREAM or total > MAX_STREAMS:
                return "unpacked it would be far too large"
    return ""


def _unpacked(stream: pikepdf.Stream) -> int:
    """Count the bytes of a stream, no further than just beyond the limit."""
    filters = stream.get("/Filter")
    if isinstance(filters, pikepdf.Array):
        if len(filters) > 1:  # packed twice, a few bytes could be anything
            return MAX_STREAM + 1
        filters = filters[0] if len(filters) else None
    data = bytes(stream.get_raw_stream_buffer())
    if filters != pikepdf.Name.FlateDecode or len(data) <= _PACKED:
        return len(data)
    unpacker = zlib.decompressobj()
    try:
        size = len(unpacker.decompress(data, 1_000_000))
        while unpacker.unconsumed_tail and size <= MAX_STREAM:
            size += len(unpacker.decompress(unpacker.unconsumed_tail, 1_000_000))
    except zlib.error:
        return len(data)
    return size

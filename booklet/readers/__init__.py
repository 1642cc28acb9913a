"""Read the source: settings, chapters, pictures, glossary and disclaimer, into one Booklet."""

from __future__ import annotations

from booklet.readers.clinic import clinics, read_profile
from booklet.readers.reading import Read, read

__all__ = ["Read", "clinics", "read", "read_profile"]

"""Read the source: settings, chapters, pictures, glossary and disclaimer, into one Booklet."""

"""A note may hold a list: one note stays one note, and its list is a list."""

from __future__ import annotations

from tests.unit.writers_pdf.test_structure import count, only, tree_of


def test_a_list_inside_a_note_is_a_list() -> None:
    tree, _ = tree_of(
        "<section class='chapter-notes'><h2>Notes</h2><ol>"
        "<li id='note-1'><p>See:</p><ul><li>One</li><li>Two</li></ul></li></ol></section>"
    )
    note = only(tree, "Note")
    assert note.id == "note-1"
    assert (count(note, "L"), count(note, "LI"), count(note, "LBody")) == (1, 2, 2)

from dataclasses import replace

from notesai.index.notebook import Notebook
from notesai.model import Note


def note(note_id: str, path: str) -> Note:
    return Note(note_id, path, path, "c", 1, 1)


def test_a_moved_note_is_found_at_its_new_path_only():
    book = Notebook([note("1", "a.md")])
    book.put([replace(note("1", "a.md"), path="b.md")])
    assert book.at("a.md") is None
    assert book.at("b.md") is book.get("1")
    assert len(book) == 1


def test_two_notes_can_swap_their_paths():
    book = Notebook([note("1", "a.md"), note("2", "b.md")])
    book.put([note("1", "b.md"), note("2", "a.md")])
    assert (book.at("a.md").note_id, book.at("b.md").note_id) == ("2", "1")
    assert set(book.by_path()) == {"a.md", "b.md"}


def test_dropping_one_leaves_another_that_took_its_path():
    book = Notebook([note("1", "a.md")])
    book.put([note("2", "a.md")])
    book.drop(["1", "unknown"])
    assert book.at("a.md").note_id == "2"


def test_it_can_change_while_it_is_read():
    book = Notebook([note(str(n), f"{n}.md") for n in range(5)])
    for each in book:
        book.drop([each.note_id])
    assert len(book) == 0

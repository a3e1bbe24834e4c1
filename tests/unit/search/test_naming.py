import pytest

from notesai.index.notebook import Notebook
from notesai.model import Note
from notesai.search.naming import find_note, links_to


def note(path: str, title: str = "", links: tuple[str, ...] = ()) -> Note:
    return Note(path, path, title or path, "c", 1, 1, links=links)


COMPOST = note("garden/Compost.md", "Compost, or patience")


@pytest.mark.parametrize(
    "link",
    [
        "Compost",
        "compost",
        "Compost.md",
        "garden/Compost",
        "garden/Compost.md",
        "Compost, or patience",
        "../garden/Compost.md",
    ],
)
def test_a_link_may_name_a_note_in_many_ways(link: str):
    assert links_to(note("journal/today.md", links=(link,)), COMPOST)


@pytest.mark.parametrize(
    "link", ["Compos", "other/Compost.md", "garden", "", ".", "..", "/", "../..", "a/.", "."]
)
def test_other_links_do_not(link: str):
    assert not links_to(note("journal/today.md", links=(link,)), COMPOST)


def test_a_note_is_found_by_path_title_or_file_name():
    book = Notebook([COMPOST, note("a/same.md"), note("b/same.md"), note("한글 노트.md")])
    for name in ("garden/Compost.md", "./garden/Compost.md", "garden\\Compost.md", "COMPOST"):
        assert find_note(book, name) is COMPOST
    assert find_note(book, "한글 노트").path == "한글 노트.md"


def test_a_name_that_two_notes_have_finds_neither():
    assert find_note(Notebook([note("a/same.md"), note("b/same.md")]), "same") is None
    assert find_note(Notebook(), "anything") is None

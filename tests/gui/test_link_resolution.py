"""What links between notes mean, for any folder of notes and anything that is written."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notesai.engine.protocol import NoteTitle, NoteTitles
from notesai.gui.client import EngineClient
from notesai.gui.reading.links import NoteLink, image_href, image_source, note_href, parse
from notesai.gui.titles import Titles

NAMES = st.text(alphabet="ab가é .-", min_size=1, max_size=4).filter(
    lambda name: name.strip(" .") != ""
)
PATHS = st.lists(NAMES, min_size=1, max_size=3).map(
    lambda parts: unicodedata.normalize("NFC", "/".join(parts) + ".md")
)
VAULTS = st.lists(PATHS, min_size=1, max_size=6, unique_by=str.casefold)


def titles(paths: list[str]) -> Titles:
    found = Titles(EngineClient(["true"]))
    notes = tuple(NoteTitle(path=path, title="", mtime_ns=1) for path in sorted(paths))
    found._arrived(NoteTitles(notes=notes))
    return found


@given(VAULTS, st.data())
def test_a_whole_path_is_that_note_in_any_form_and_case(
    paths: list[str], data: st.DataObject
) -> None:
    known = titles(paths)
    here, there = data.draw(st.sampled_from(paths)), data.draw(st.sampled_from(paths))
    for written in (there, there.removesuffix(".md"), unicodedata.normalize("NFD", there)):
        assert known.resolve(written, here) == there
    assert known.resolve("/" + there, here) == there
    assert known.resolve("", here) == here


@given(VAULTS, st.text(max_size=20))
def test_whatever_is_written_leads_to_a_known_note_or_nowhere(
    paths: list[str], written: str
) -> None:
    assert titles(paths).resolve(written, paths[0]) in (*paths, None)


@given(st.text(max_size=30), st.text(max_size=30))
def test_addresses_carry_any_name(target: str, heading: str) -> None:
    assert parse(note_href(target, heading)) == NoteLink(target, heading)
    assert image_source(image_href(target)) == target


@given(st.text(max_size=30), st.text(max_size=30), st.text(max_size=30))
def test_addresses_carry_the_label_too(target: str, heading: str, label: str) -> None:
    found = parse(note_href(target, heading, label))
    assert found == NoteLink(target, heading)
    assert isinstance(found, NoteLink) and found.label == label


@pytest.mark.parametrize(
    ("label", "meant"),
    [
        ("garden.soil", NoteLink("garden.soil")),
        ("dendron://home/garden.soil#bed", NoteLink("garden.soil", "bed")),
        ("", NoteLink("")),
    ],
)
def test_a_link_may_have_its_label_first(label: str, meant: NoteLink) -> None:
    assert NoteLink("Good soil", "", label).turned_round == meant

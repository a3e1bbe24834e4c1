import datetime
from dataclasses import replace

from notesai.maps.views import time_of
from notesai.model import Note

CHANGED = datetime.datetime(2026, 3, 14, 15, 9)
NOTE = Note("1", "a.md", "A", "hash", int(CHANGED.timestamp() * 1e9), 10)


def test_the_day_that_a_note_names_comes_before_that_of_its_file():
    day = datetime.datetime(2025, 8, 30)
    assert time_of(replace(NOTE, created="2025-08-30")) == day.timestamp()


def test_without_a_day_or_on_the_same_one_the_file_tells_the_time():
    for created in ("", "2026-03-14", "some day", "0000-00-00"):
        assert time_of(replace(NOTE, created=created)) == CHANGED.timestamp()

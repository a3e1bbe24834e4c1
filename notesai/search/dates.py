"""The day that a note is of."""

import datetime

from notesai.model import Note


def day_of(note: Note) -> str:
    """YYYY-MM-DD: the note's own date, else when its file was last changed, in local time.

    Empty, which is before all days, for a time that no calendar has.
    """
    if note.created:
        return note.created
    try:
        return datetime.datetime.fromtimestamp(note.mtime_ns / 1e9).date().isoformat()
    except (OSError, OverflowError, ValueError):
        return ""

"""Names for new files that every system and every synchronising program accepts."""

import re
from collections.abc import Iterable
from datetime import datetime

from notesai.notes.names import normal

LONGEST_BYTES = 180
"""Most systems allow 255; this leaves room for numbers, suffixes and what synchronising adds."""

# What Windows forbids, and what would break a [[wikilink]] to the note.
_FORBIDDEN = re.compile(r'[<>:"/\\|?*#^\[\]\x00-\x1f\x7f\u2028\u2029\ud800-\udfff]+')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?", re.IGNORECASE)


def stem_for(title: str) -> str:
    """A file name, without suffix, for a note of this title; "note" if nothing of it can stay."""
    name = " ".join(_FORBIDDEN.sub(" ", normal(title)).split())
    name = _cut(name.strip(" .~"), LONGEST_BYTES).strip(" .~")
    if _RESERVED.fullmatch(name):
        name = f"_{name}"
    return name or "note"


def conflict_stem(stem: str, when: datetime) -> str:
    """The name of the other version of a note: "name (conflict 2026-03-14 1530)"."""
    return f"{_cut(stem, LONGEST_BYTES)} (conflict {when:%Y-%m-%d %H%M})"


def free_name(stem: str, suffix: str, taken: Iterable[str]) -> str:
    """`stem` and `suffix`, numbered if a name in `taken` differs only in case or Unicode form."""
    used = {normal(name).casefold() for name in taken}
    number = 1
    name = stem + suffix
    while name.casefold() in used:
        number += 1
        name = f"{stem} {number}{suffix}"
    return name


def _cut(name: str, most: int) -> str:
    """As many whole characters of `name` as fit into `most` bytes of UTF-8."""
    return name.encode("utf-8", "ignore")[:most].decode("utf-8", "ignore")

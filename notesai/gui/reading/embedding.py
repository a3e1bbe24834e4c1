"""Notes shown inside other notes: which ones a note embeds, and the part of them that is meant."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from notesai.gui.reading.note_text import body_start
from notesai.gui.reading.read_only import headings_of

MOST_EMBEDS = 20
LONGEST_EMBED = 20_000

_EMBED = re.compile(
    r"^[ \t>]*!\[\[([^\[\]|\n\\#]*)(?:#([^\[\]|\n\\]*))?(?:\\?\|[^\[\]\n]*)?\]\]", re.M
)
_HEADING = re.compile(r"^ {0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*$", re.MULTILINE)
_FENCE = re.compile(r"^ {0,3}(?:```|~~~)", re.MULTILINE)
_BLOCK_END = re.compile(r"\n[ \t]*\n")
_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]")

Key = tuple[str, str]
"""What an embed names: the note as written, and a heading or `^block` in it."""


@dataclass(frozen=True, slots=True)
class Embedded:
    """The part of another note, `title`, that is shown: Markdown, cut where it is too long."""

    title: str
    text: str


EmbeddedTexts = Mapping[Key, Embedded]


def embeds_of(text: str) -> list[Key]:
    """The notes that `text` embeds in lines of their own, in order, each once."""
    if "![[" not in text:
        # Looking for lines in a megabyte without any takes longer than all else.
        return []
    found = ((match[1].strip(), (match[2] or "").strip()) for match in _EMBED.finditer(text))
    return list(dict.fromkeys(key for key in found if any(key)))[:MOST_EMBEDS]


def part(text: str, title: str, heading: str) -> str:
    """The part of a note under `heading` (or of a `^block`); all of its body if that is empty.

    Nothing if there is no such part.
    """
    if heading.startswith("^"):
        found = _block(text, heading)
    elif heading:
        found = _section(text, heading.split("#")[-1])
    else:
        found = text[body_start(text, title) :]
    return found[:LONGEST_EMBED].strip()


def _section(text: str, heading: str) -> str:
    wanted = tuple(map(_bare, headings_of(heading)))
    named = tuple(f"{name} " for name in wanted) if len(wanted) > 1 else ()
    headings = [match for match in _HEADING.finditer(text) if not _in_code(text, match.start())]
    for at, match in enumerate(headings):
        said = _bare(match[2])
        if said in wanted or said.startswith(named):
            level = len(match[1])
            later = (other.start() for other in headings[at + 1 :] if len(other[1]) <= level)
            return text[match.end() : next(later, len(text))]
    return ""


def _block(text: str, name: str) -> str:
    """The paragraph or list item that ends in ` ^name`."""
    found = re.search(rf"[ \t\n]{re.escape(name)}[ \t]*$", text, re.MULTILINE)
    if found is None:
        return ""
    line = text.rfind("\n", 0, found.start()) + 1
    if _ITEM.match(text, line):
        return text[line : found.start()]
    start = max((end.end() for end in _BLOCK_END.finditer(text, 0, found.start())), default=0)
    return text[start : found.start()]


def _in_code(text: str, at: int) -> bool:
    return len(_FENCE.findall(text, 0, at)) % 2 == 1


def _bare(heading: str) -> str:
    return re.sub(r"[\W_]+", " ", heading).strip().casefold()

"""What a list shows of a passage: Markdown marks taken out, around the first found word."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from notesai.model import Passage

LONGEST = 320
APART = " · "
"""Between headings, paragraphs, list items and cells that do not end in a mark of their own."""

ROOM = 56
"""So far from the beginning of a snippet of some lines a found word is surely seen."""

_PART = " › "
_OPEN = ")]%’”°℃"
_MORE = re.compile(r"[^\s|:-]")
_BEFORE = 28
_READ_BEFORE = 200

_MARKUP = re.compile(
    r"""
      (?m:^)[ \t]*(?:```|~~~)[^\n]*\n?
    | \[![\w-]{1,40}\][+-]?
    | !?\[\[(?:[^\]\[|\n]{0,200}\|)?(?P<wiki>[^\]\[\n]{0,200})\]\]
    | !?\[(?P<link>[^\]\[\n]{0,200})\]\([^()\s]{0,500}(?:\s[^()\n]{0,100})?\)
    | (?P<drop>\*\*+|__+|~~|==|`+|\[\[|\]\]|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w))
    | (?m:^)[ \t]*(?:\#{1,6}|[-*+]|>|\d{1,3}[.)])[ \t]+(?:\[[ xX]\][ \t])?
    | (?P<apart>
        [\s|]*\|[\s|:-]*
      | \s*\n[ \t]*(?:(?:\#{1,6}|[-*+]|\d{1,3}[.)])[ \t]+(?:\[[ xX]\][ \t])?|\r?\n\s*)
      )
    | (?P<space>\s{2,}|[^\S\ ])
    """,
    re.VERBOSE,
)
# What composes with the letter before it: combining marks, and the later parts of a syllable.
_LETTER = re.compile(
    "(?s:.)[\u0300-\u036f\u1160-\u11ff\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a]*"
)


@dataclass(frozen=True, slots=True)
class Snippet:
    """A line of plain text; `marks` are the offsets (code points) of the found words in it."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()


def snippet(passage: Passage, room: int = ROOM) -> Snippet:
    """The part of `passage` to show: all from its beginning if its first highlight stands within
    `room` characters, else from a little before that.
    """
    highlights = sorted(mark for mark in passage.highlights if mark[0] < mark[1])
    first = highlights[0][0] if highlights else 0
    start = _word_start(passage.text, first - _READ_BEFORE)
    kept, sources = _composed(*_bare(passage.text[start : first + 2 * LONGEST]))
    sources = [source + start for source in sources]
    marks = [(bisect_left(sources, a), bisect_left(sources, b)) for a, b in highlights]
    return _window(kept, [(a, b) for a, b in marks if a < b], room, cut=start > 0)


def plain(text: str) -> str:
    """All of `text` on one line, without Markdown marks."""
    return unicodedata.normalize("NFC", _bare(text)[0]).strip()


def _bare(text: str) -> tuple[str, list[int]]:
    """`text` without Markdown marks and line breaks, and where each of its characters was."""
    out: list[str] = []
    sources: list[int] = []

    def keep(start: int, end: int) -> None:
        out.append(text[start:end])
        sources.extend(range(start, end))

    last = 0
    for found in _MARKUP.finditer(text):
        keep(last, found.start())
        if found["link"] is not None:
            keep(found.start("link"), found.end("link"))
        if found["wiki"] is not None:
            note, sign, part = found["wiki"].partition("#")
            keep(found.start("wiki"), found.start("wiki") + len(note))
            if sign and note and part:
                out.append(_PART)
                sources.extend([found.start("wiki") + len(note)] * len(_PART))
            keep(found.end("wiki") - len(part), found.end("wiki"))
        if sources and (found["apart"] or found["space"]) is not None:
            apart = (
                found["apart"] is not None and _ends_open(out) and _MORE.search(text, found.end())
            )
            between = APART if apart else " "
            out.append(between)
            sources.extend([found.start()] * len(between))
        last = found.end()
    keep(last, len(text))
    return "".join(out), sources


def _ends_open(out: Sequence[str]) -> bool:
    """Whether what was kept so far ends in a word."""
    end = next((piece.rstrip() for piece in reversed(out) if piece.strip()), "")
    return bool(end) and (end[-1].isalnum() or end[-1] in _OPEN)


def _composed(text: str, sources: list[int]) -> tuple[str, list[int]]:
    """The same in NFC: not every face has the parts that letters are composed of."""
    if unicodedata.is_normalized("NFC", text):
        return text, sources
    out: list[str] = []
    places: list[int] = []
    for letter in _LETTER.finditer(text):
        part = unicodedata.normalize("NFC", letter[0])
        out.append(part)
        places += [sources[letter.start()]] * len(part)
    return "".join(out), places


def _window(text: str, marks: Sequence[tuple[int, int]], room: int, *, cut: bool) -> Snippet:
    """As much of `text` as is shown, from shortly before the first mark."""
    start = 0
    if marks and marks[0][0] > room:
        start = _word_start(text, marks[0][0] - min(_BEFORE, room))
    lead = "…" if cut or start else ""
    start += len(text[start:]) - len(text[start:].lstrip(APART if lead else " "))
    shown = lead + text[start : start + LONGEST].rstrip()
    shift = len(lead) - start
    moved = [(a + shift, min(b + shift, len(shown))) for a, b in marks]
    return Snippet(shown, tuple((a, b) for a, b in moved if a < b))


def _word_start(text: str, position: int) -> int:
    """The nearest beginning of a word at or after `position`, unless that is far."""
    if position <= 0:
        return 0
    space = text.find(" ", position, position + _BEFORE)
    return space + 1 if space >= 0 else position

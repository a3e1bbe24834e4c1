"""Cutting a passage of Markdown into sentences that can be quoted."""

import re
from collections.abc import Iterator
from itertools import pairwise

from notesai.notes.sentences import sentence_starts

_PART = re.compile(r"\r?\n(?:[ \t]*\r?\n|(?=[ \t]*(?:[-*+>|#]|\d+[.)])[ \t#|]?))")
_FENCE = re.compile(r"^([`~]{3,})[^\n]*\n.*?(?:^\1[`~]*[ \t]*$|\Z)", re.DOTALL | re.MULTILINE)
_MARKS = re.compile(
    r"(?:\s|[-*+>](?=\s)|#{1,6}(?=\s)|\d+[.)](?=\s)|\[[ xX]\](?=\s)|\[!\w+\][+-]?)+"
)


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Offsets of the sentences, without list marks, code blocks, tables and headings."""
    at = 0
    for fence in [*_FENCE.finditer(text), None]:
        end = fence.start() if fence else len(text)
        for start, stop in _parts(text, at, end):
            if text[start] not in "|#":
                yield from _sentences(text, start, stop)
        at = fence.end() if fence else end


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Paragraphs, list items, table rows and headings."""
    cuts = [start, *(match.end() for match in _PART.finditer(text, start, end)), end]
    for begin, stop in pairwise(cuts):
        begin += len(text[begin:stop]) - len(text[begin:stop].lstrip())
        if begin < stop:
            yield begin, stop


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    marks = _MARKS.match(text, start, end)
    start = marks.end() if marks else start
    for begin, stop in pairwise([*sentence_starts(text, start, end), end]):
        stop = begin + len(text[begin:stop].rstrip())
        if begin < stop:
            yield begin, stop

"""Carrying passages through the Markdown parser.

A passage is known by its offsets in the file; what is shown has lost the Markdown marks. So two
rare punctuation characters are put around each passage in the source, travel through the parser
as text, and are taken out of the shown document again, where they tell the places.
Being punctuation, they leave emphasis beside them as it was (CommonMark 0.31, 6.2).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

# Supplemental Punctuation of Unicode that no living text uses.
CANDIDATES = "\u2e4f\u2e44\u2e3f\u2e38\u2e36\u2e30\u2e2d\u2e19"

_LEAD = re.compile(
    r"[ \t]*(?:"
    r"(?:>|[-*+][ \t]|\d{1,9}[.)][ \t]|#{1,6}[ \t]|\||\[[ xX]\][ \t]|\[!\w+\][+-]?)"
    r"[ \t]*)*"
)
_FENCE = re.compile(r"[ \t>]*(?:```|~~~)")
_STRUCTURE = re.compile(r"[ \t>]*(?:(?:```|~~~)[^\n]*|[-=*_:|+ \t]*)$")
_STRUCTURE_LONGEST = 400
# A line may be a megabyte of quotation marks: nobody sees what they lead to.
_LEAD_LONGEST = 400


@dataclass(frozen=True, slots=True)
class Span:
    """A passage: offsets in code points, `start` included, `end` not."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Marked:
    """A text with `opening` and `closing` put around each passage; both empty if there is none.

    `spans` are the passages as they were marked, in order, offsets in the text without marks.
    """

    text: str
    opening: str = ""
    closing: str = ""
    spans: tuple[Span, ...] = ()


def place(text: str, spans: Sequence[Span]) -> Marked:
    """Put marks around `spans`, moved inwards to where they disturb no Markdown.

    Spans that overlap become one; those that hold nothing to see are left out.
    """
    free = [mark for mark in CANDIDATES if mark not in text][:2] if spans else []
    if len(free) < 2:
        return Marked(text)
    opening, closing = free
    merged = _merged(text, spans)
    parts: list[str] = []
    last = 0
    for span in merged:
        parts += [text[last : span.start], opening, text[span.start : span.end], closing]
        last = span.end
    return Marked("".join([*parts, text[last:]]), opening, closing, tuple(merged))


def place_each(text: str, spans: Sequence[Span]) -> tuple[Marked, tuple[int, ...]]:
    """As `place`, but spans that touch stay apart, and one that overlaps begins where the one
    before it ends. Also answers which of `spans` each marked one is."""
    free = [mark for mark in CANDIDATES if mark not in text][:2] if spans else []
    if len(free) < 2:
        return Marked(text), ()
    opening, closing = free
    parts: list[str] = []
    placed: list[Span] = []
    which: list[int] = []
    last = 0
    for at in sorted(range(len(spans)), key=lambda at: spans[at].start):
        start, end = max(last, spans[at].start), min(len(text), spans[at].end)
        start, end = _inward(text, start, end) if start < end else (start, end)
        if start < end:
            parts += [text[last:start], opening, text[start:end], closing]
            placed.append(Span(start, end))
            which.append(at)
            last = end
    marked = Marked("".join([*parts, text[last:]]), opening, closing, tuple(placed))
    return marked, tuple(which)


def _merged(text: str, spans: Sequence[Span]) -> list[Span]:
    merged: list[Span] = []
    for span in sorted(spans, key=lambda span: span.start):
        start, end = _inward(text, max(0, span.start), min(len(text), span.end))
        if start >= end:
            continue
        if merged and start <= merged[-1].end:
            start, end = merged[-1].start, max(end, merged.pop().end)
        merged.append(Span(start, end))
    return merged


def _inward(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end:
        line_start, line_end = _line(text, start)
        if not _is_structure(text, line_start, line_end):
            lead = _LEAD.match(text, line_start, min(line_end, line_start + _LEAD_LONGEST))
            start = max(start, lead.end()) if lead else start
            break
        start = line_end + 1
        if _FENCE.match(text, line_start, line_end):
            break
    while start < end:
        end = start + len(text[start:end].rstrip())
        line_start, line_end = _line(text, max(start, end - 1))
        if not _is_structure(text, line_start, line_end):
            end = start + len(text[start:end].rstrip(" \t|"))
            break
        end = line_start
    return start, end


def _is_structure(text: str, start: int, end: int) -> bool:
    """True for a line that shows no text of its own: a fence, a rule, a table's second line."""
    return end - start <= _STRUCTURE_LONGEST and bool(_STRUCTURE.match(text[start:end]))


def _line(text: str, position: int) -> tuple[int, int]:
    start = text.rfind("\n", 0, position) + 1
    end = text.find("\n", position)
    return start, len(text) if end < 0 else end

"""Cutting a long note into pieces that can be parsed and shown one after the other.

A piece is a few kilobytes, so that showing one never holds up the window. Cuts are made where
Markdown starts afresh: at headings, else at blank lines; only blocks that are far too long are
cut inside, and then continued properly: a code block is opened again, a table gets its head.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

SOFT = 2_000
HARD = 4_000
LONGEST = 6_000
TABLE = 4_000
LONG_LINE = 3_000

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r"#{1,6}[ \t]")
_FRESH = re.compile(r"[^\s\-*+>|\d`~:]|\*\*|\d+[^\d.)]")
_DELIMITER = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a note: Markdown, or plain text if `plain`."""

    text: str
    plain: bool = False


class _Cutter:
    """The piece in hand and where in the Markdown it stands."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.size = 0
        self._fence = ""
        self._opener = ""
        self._head: list[str] = []
        self._blank = True

    def ends_before(self, line: str) -> bool:
        """True if a new piece should begin with `line`."""
        if self.size < SOFT:
            return False
        if self._fence:
            return self.size >= HARD
        if _HEADING.match(line):
            return True
        if self.size < HARD:
            return False
        # A table costs several times as much as text does: each cell is laid out by itself.
        longest = TABLE if self._head else LONGEST
        return (self._blank and _FRESH.match(line) is not None) or self.size >= longest

    def take(self) -> str:
        """The piece in hand, closed; the next one continues its open block."""
        closing = [self._fence] if self._fence else []
        piece = "\n".join([*self.lines, *closing])
        self.lines = [self._opener] if self._fence else list(self._head)
        self.size = 0
        return piece

    def add(self, line: str) -> None:
        """Put `line` into the piece in hand."""
        fence = _FENCE.match(line)
        if self._fence:
            if fence and fence[1].startswith(self._fence) and not line[fence.end() :].strip():
                self._fence = ""
        elif fence:
            self._fence, self._opener = fence[1], line
        self._blank = not line.strip()
        if self._blank or self._fence:
            self._head = []
        elif "|" in line and _DELIMITER.match(line) and self.lines and "|" in self.lines[-1]:
            self._head = [self.lines[-1], line]
        self.lines.append(line)
        self.size += len(line) + 1

    @property
    def in_code(self) -> bool:
        """True inside a fenced code block."""
        return bool(self._fence)


def markdown_pieces(text: str) -> Iterator[Piece]:
    """The Markdown `text` in pieces, each Markdown of its own; together they show all of it.

    Lines longer than `LONG_LINE` are no prose: they are shown as plain text, in several
    paragraphs, for parsing or laying out one of a megabyte would take seconds.
    """
    cutter = _Cutter()
    for line in lines(text):
        if len(line) > LONG_LINE and not cutter.in_code:
            yield Piece(cutter.take())
            yield from (Piece(part, plain=True) for part in _parts(line))
            continue
        for part in _parts(line):
            if cutter.ends_before(part):
                yield Piece(cutter.take())
            cutter.add(part)
    yield Piece(cutter.take())


def plain_pieces(text: str) -> Iterator[str]:
    """Plain `text` in pieces of whole lines; overlong lines are cut."""
    held: list[str] = []
    size = 0
    for line in lines(text):
        for part in _parts(line):
            held.append(part)
            size += len(held[-1]) + 1
            if size >= HARD:
                yield "\n".join(held)
                held, size = [], 0
    yield "\n".join(held)


def lines(text: str) -> Iterator[str]:
    """The lines of `text` one by one, without holding all of them."""
    start = 0
    while (end := text.find("\n", start)) >= 0:
        yield text[start:end].removesuffix("\r")
        start = end + 1
    yield text[start:].removesuffix("\r")


def _parts(line: str) -> Iterator[str]:
    """A line, or an overlong one in several."""
    for start in range(0, max(len(line), 1), LONG_LINE):
        yield line[start : start + LONG_LINE]

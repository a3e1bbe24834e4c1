"""Blocks of Org and reStructuredText: paragraphs, and the headings that tell where they are."""

import re
from collections.abc import Iterator

from notesai.notes.blocks import LONGEST_HEADING, Block, Kind, unify_newlines

# A line that begins with other white space than spaces and tabs is a paragraph of its own: so
# Chinese, Japanese and Korean prose marks its paragraphs.
_PARAGRAPH = re.compile(r"\S[^\n]*+(?:\n[ \t]*+[^\s][^\n]*+)*+")
_ORG_HEADING = re.compile(r"^(\*{1,6})[ \t]++([^\n]++)$", re.MULTILINE)
_ORG_TITLE = re.compile(r"^#\+title:([^\n]*+)$", re.MULTILINE | re.IGNORECASE)
_RST_HEADING = re.compile(
    r"^(?:([=\-~^\"'`#*+.:_])\1{2,}+[ \t]*+\n[ \t]*+)?(\S[^\n]*+)\n"
    r"([=\-~^\"'`#*+.:_])\3{2,}+[ \t]*+$",
    re.MULTILINE,
)


def scan_org(text: str) -> tuple[Block, ...]:
    """Blocks of an Org file; stars at the start of a line make headings."""
    lines = unify_newlines(text)
    headings = [
        Block(Kind.HEADING, *_trimmed(lines, m.start(), m.end()), len(m[1]), _title(m[2]))
        for m in _ORG_HEADING.finditer(lines)
        if m[2].strip()
    ]
    return tuple(_with_paragraphs(lines, headings))


def org_title(text: str) -> str:
    """What `#+title:` says; "" if it is not there."""
    found = _ORG_TITLE.search(unify_newlines(text))
    return _title(found[1]) if found else ""


def scan_rst(text: str) -> tuple[Block, ...]:
    """Blocks of a reStructuredText file; underlined lines make headings.

    A heading's level follows from the order in which its adornment first occurs.
    """
    lines = unify_newlines(text)
    levels: dict[tuple[str | None, str], int] = {}
    headings: list[Block] = []
    for match in _RST_HEADING.finditer(lines):
        level = levels.setdefault((match[1], match[3]), len(levels) + 1)
        span = _trimmed(lines, match.start(), match.end())
        headings.append(Block(Kind.HEADING, *span, level, _title(match[2])))
    return tuple(_with_paragraphs(lines, headings))


def _with_paragraphs(lines: str, headings: list[Block]) -> Iterator[Block]:
    at = 0
    for heading in headings:
        yield from _paragraphs(lines, at, heading.start)
        yield heading
        at = heading.end
    yield from _paragraphs(lines, at, len(lines))


def _paragraphs(lines: str, start: int, end: int) -> Iterator[Block]:
    for match in _PARAGRAPH.finditer(lines, start, end):
        yield Block(Kind.PARAGRAPH, *_trimmed(lines, match.start(), match.end()))


def _trimmed(lines: str, start: int, end: int) -> tuple[int, int]:
    while lines[end - 1].isspace():
        end -= 1
    return start, end


def _title(line: str) -> str:
    return " ".join(line.split())[:LONGEST_HEADING]

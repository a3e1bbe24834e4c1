"""The block structure of Markdown, found by one pass over the text.

A parser that builds a tree reads about 1 MB/s; words have to be searchable within seconds. This
scanner looks at the first character of each block and leaves the rest to one regular expression
per kind, so that the lines of a paragraph or of a code fence are never seen one by one.

Blocks are in order, do not overlap, begin and end with a character that is not white space, and
together hold every such character. Where CommonMark needs a tree to decide (lists in quotes in
lists), the nearest simple reading is taken: the blocks are meant for chunking, not for rendering.
All expressions take linear time, whatever the text.
"""

import html
import re
from collections.abc import Callable
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple


class Kind(StrEnum):
    """What a block is. Rules, comments and raw HTML are text like any other."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    CODE = "code"
    TABLE = "table"
    QUOTE = "quote"
    MATHS = "maths"
    COMMENT = "comment"
    RULE = "rule"


class Block(NamedTuple):
    """`text[start:end]` of the note; `level` and `heading` (plain text) only for headings."""

    kind: Kind
    start: int
    end: int
    level: int = 0
    heading: str = ""


# Looking a member up in its class is slow enough in Python 3.11 to show.
_HEADING_KIND, _PARAGRAPH, _ITEM, _CODE = Kind.HEADING, Kind.PARAGRAPH, Kind.ITEM, Kind.CODE

_END = r"(?=\n|\Z)"
_NOT_SPACE = re.compile(r"\S")
# A line that ends the paragraph or list item before it.
_NEXT_BLOCK = re.compile(
    r"\n(?=[ \t]*+(?:\n|\Z|#{1,6}(?:[ \t\n]|\Z)|```|~~~|>|[-*+](?:[ \t\n]|\Z)"
    r"|[0-9]{1,9}[.)](?:[ \t\n]|\Z)|\||\$\$|<!--|(?:=++|-{2,}+|\*{3,}+|_{3,}+)[ \t]*+(?:\n|\Z)))"
)
_HEADING = re.compile(r"(#{1,6})(?:[ \t]+([^\n]*)|" + _END + ")")
# One dash alone is a list item that is being typed.
_UNDERLINE = re.compile(r"\n {0,3}(?:(=++)|-{2,}+)[ \t]*+" + _END)
_FENCE = re.compile(r"(`{3,})[^`\n]*+" + _END + r"|(~{3,})[^\n]*+")
_MARKER = re.compile(r"(?:[-*+]|[0-9]{1,9}[.)])(?:[ \t]++|" + _END + ")")
_RULE = re.compile(r"(?:(?:-[ \t]*+){3,}+|(?:\*[ \t]*+){3,}+|(?:_[ \t]*+){3,}+)" + _END)
_QUOTE = re.compile(r">[^\n]*+(?:\n[ \t]*+>[^\n]*+)*+")
_DELIMITER_ROW = re.compile(
    r"\n[ \t]*+\|?[ \t]*+:?-++:?[ \t]*+(?:\|[ \t]*+:?-++:?[ \t]*+)*+\|?[ \t]*+" + _END
)
_TABLE_END = re.compile(r"\n(?=[ \t]*+(?:\n|\Z|#{1,6}[ \t]|>|```|~~~))")
_MATHS_END = re.compile(r"\$\$|\n[ \t]*+\n")

LONGEST_HEADING = 200
"""Characters of a heading's plain text that are kept."""

_INLINE = re.compile(
    r"!?\[\[(?:[^\[\]|]*\|)?([^\[\]]*)\]\]|!?\[([^\[\]]*)\](?:\([^()]*\)|\[[^\[\]]*\])"
)
_ATTRIBUTES = re.compile(r"\s*(?:\{\s*(?:#|/\*)[^{}]*\}|\^[\w-]+)\s*$")
_TAGS = re.compile(r"</?[A-Za-z][^<>]*>")
_EMPHASIS = re.compile(r"(\*{1,3}|_{1,3}|~~|==|`+)(?=\S)(.+?)(?<=\S)\1(?![^\W_])")
_MARKUP = re.compile(r"[\[*_`~={<&^]")


def scan(text: str, start: int = 0) -> tuple[Block, ...]:
    """The blocks of `text` from the line start `start` on."""
    return _Scanner(unify_newlines(text), start).run()


def unify_newlines(text: str) -> str:
    r"""The same text, of the same length, in which only \n ends a line."""
    if "\r" not in text:
        return text
    return text.replace("\r\n", " \n").replace("\r", "\n")


@lru_cache(maxsize=4096)
def plain(markup: str) -> str:
    """Heading text without inline markup, attributes and doubled spaces, at most 200 characters."""
    text = markup[: 2 * LONGEST_HEADING].strip()
    if _MARKUP.search(text):
        text = _ATTRIBUTES.sub("", text)
        text = _INLINE.sub(lambda match: match[1] or match[2] or "", text)
        text = _EMPHASIS.sub(r"\2", _EMPHASIS.sub(r"\2", text))
        text = html.unescape(_TAGS.sub("", text))
    return " ".join(text.split())[:LONGEST_HEADING]


@lru_cache(maxsize=64)
def _fence_end(character: str, length: int) -> re.Pattern[str]:
    return re.compile(rf"\n[ \t]*+{character}{{{length},}}+[ \t]*+" + _END)


@lru_cache(maxsize=64)
def _indented(column: int) -> re.Pattern[str]:
    indentation = rf"(?: {{{column + 4}}}|\t\t)" if column else r"(?: {4}| {0,3}\t)"
    return re.compile(rf"[^\n]*+(?:\n(?:[ \t]*+\n)*+{indentation}[^\n]*+)*+")


class _Scanner:
    """The state of one pass: where lists are open and what was looked for in vain."""

    def __init__(self, text: str, start: int) -> None:
        self.text = text
        self.start = start
        self.blocks: list[Block] = []
        self.list_column = 0
        self.has_comment_end = True
        openers = {
            "#": self.heading,
            "`": self.fence,
            "~": self.fence,
            ">": self.quote,
            "|": self.table,
            "$": self.maths,
            "<": self.comment,
            "_": self.rule,
        }
        self.openers: dict[str, Callable[[int, int], int]] = openers
        for character in "-*+0123456789":
            self.openers[character] = self.item

    def run(self) -> tuple[Block, ...]:
        """All blocks. An opener gives the end of its block, or -1 if the text is not its kind."""
        text, openers = self.text, self.openers
        at = self.start
        while found := _NOT_SPACE.search(text, at):
            first = found.start()
            line = text.rfind("\n", at, first) + 1 or at
            column = 0 if line == first else _column(text[line:first])
            at = -1
            if column >= 4 + self.list_column:
                at = self.indented(first)
            elif opener := openers.get(text[first]):
                at = opener(first, column)
            if at < 0:
                at = self.paragraph(first, column)
        return tuple(self.blocks)

    def add(self, kind: Kind, start: int, end: int) -> int:
        """Record a block without the white space at its end."""
        text = self.text
        while text[end - 1].isspace():
            end -= 1
        self.blocks.append(Block(kind, start, end))
        return end

    def line_end(self, at: int) -> int:
        """Offset of the end of the line that `at` is in."""
        end = self.text.find("\n", at)
        return len(self.text) if end < 0 else end

    def leave_list(self, column: int) -> None:
        """What is not indented ends a list."""
        if column < 2:
            self.list_column = 0

    def paragraph(self, first: int, column: int) -> int:
        """Text up to a blank line or another block; also tables and underlined headings."""
        if column < 2:
            self.list_column = 0
        text = self.text
        found = _NEXT_BLOCK.search(text, first)
        end = found.start() if found else len(text)
        if text.find("|", first, end) >= 0 and self.table(first, column) >= 0:
            return self.blocks[-1].end
        if found and end + 1 < len(text) and text[end + 1] in "=- ":
            underline = _UNDERLINE.match(text, end)
            if underline and text.find("\n", first, end) < 0:
                level = 1 if underline[1] else 2
                return self.add_heading(first, underline.end(), level, text[first:end])
        return self.add(_PARAGRAPH, first, end)

    def add_heading(self, start: int, end: int, level: int, markup: str) -> int:
        """Record a heading."""
        self.list_column = 0
        while self.text[end - 1].isspace():
            end -= 1
        heading = plain(markup[: 2 * LONGEST_HEADING])
        self.blocks.append(Block(_HEADING_KIND, start, end, level, heading))
        return end

    def heading(self, first: int, column: int) -> int:
        """`## Heading`, with or without closing marks."""
        found = _HEADING.match(self.text, first)
        if not found:
            return -1
        markup = (found[2] or "").rstrip()
        bare = markup.rstrip("#")
        if not bare or bare[-1] in " \t":
            markup = bare
        return self.add_heading(first, found.end(), len(found[1]), markup)

    def fence(self, first: int, column: int) -> int:
        """A code fence, to its end or, if it is never closed, to the end of the text."""
        end = self.fenced(first)
        if end < 0:
            return -1
        self.leave_list(column)
        return self.add(_CODE, first, end)

    def fenced(self, at: int) -> int:
        """End of the fence that opens at `at`; -1 if none does."""
        opening = _FENCE.match(self.text, at)
        if not opening:
            return -1
        marks = opening[1] or opening[2]
        closing = _fence_end(marks[0], min(len(marks), 99)).search(self.text, opening.end())
        return closing.end() if closing else len(self.text)

    def item(self, first: int, column: int) -> int:
        """A list item without what is nested in it, or a rule of dashes or asterisks."""
        if self.text[first] in "-*" and (end := self.rule(first, column)) >= 0:
            return end
        marker = _MARKER.match(self.text, first)
        if not marker:
            return -1
        content = marker.end()
        self.list_column = column + min(content - first, 5)
        fence = self.fenced(content)
        if fence >= 0:
            return self.add(_CODE, first, fence)
        found = _NEXT_BLOCK.search(self.text, content)
        return self.add(_ITEM, first, found.start() if found else len(self.text))

    def rule(self, first: int, column: int) -> int:
        """`---`, `* * *`, `___`."""
        found = _RULE.match(self.text, first)
        if not found:
            return -1
        self.leave_list(column)
        return self.add(Kind.RULE, first, found.end())

    def quote(self, first: int, column: int) -> int:
        """Lines that begin with `>`: quotes and callouts, with all that is in them."""
        found = _QUOTE.match(self.text, first)
        if not found:
            return -1
        self.leave_list(column)
        return self.add(Kind.QUOTE, first, found.end())

    def table(self, first: int, column: int) -> int:
        """A header row, a delimiter row and all lines up to a blank one."""
        header = self.line_end(first)
        found = _DELIMITER_ROW.match(self.text, header)
        if not found or "|" not in self.text[first : found.end()]:
            return -1
        self.leave_list(column)
        end = _TABLE_END.search(self.text, found.end())
        return self.add(Kind.TABLE, first, end.start() if end else len(self.text))

    def maths(self, first: int, column: int) -> int:
        """`$$` to `$$`, without a blank line in between and with nothing behind."""
        text = self.text
        if not text.startswith("$$", first):
            return -1
        found = _MATHS_END.search(text, first + 2)
        if not found or found[0] != "$$":
            return -1
        end = self.line_end(found.end())
        if _NOT_SPACE.search(text, found.end(), end):
            return -1
        self.leave_list(column)
        return self.add(Kind.MATHS, first, end)

    def comment(self, first: int, column: int) -> int:
        """`<!--` to `-->` and the rest of that line."""
        text = self.text
        if not self.has_comment_end or not text.startswith("<!--", first):
            return -1
        end = text.find("-->", first + 4)
        self.has_comment_end = end >= 0
        if end < 0:
            return -1
        self.leave_list(column)
        return self.add(Kind.COMMENT, first, self.line_end(end))

    def indented(self, first: int) -> int:
        """Code indented by four columns more than the text around it."""
        found = _indented(self.list_column).match(self.text, first)
        return self.add(_CODE, first, found.end() if found else len(self.text))


def _column(indentation: str) -> int:
    """Columns of an indentation; none if it is not of spaces and tabs, as in Chinese prose."""
    if indentation.strip(" \t"):
        return 0
    return len(indentation.expandtabs(4))

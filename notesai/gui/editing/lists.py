"""What Markdown's lists and quotes ask of an editor: going on with them, and indenting."""

import re
from dataclasses import dataclass

INDENT = "    "

_ITEM = re.compile(
    r"(?P<lead>[ \t]*(?:>[ \t]?)*[ \t]*)(?:(?P<mark>[-*+])|(?P<number>\d{1,9})(?P<dot>[.)]))"
    r"(?P<gap>[ \t]+)(?P<box>\[[ xX]\][ \t]+)?"
)
_QUOTE = re.compile(r"[ \t]*(?:>[ \t]?)+")
_SPACE = re.compile(r"[ \t]*")


@dataclass(frozen=True, slots=True)
class Continuation:
    """What a new line begins with; `ends` if the list ends here, as nothing was written in it."""

    text: str
    ends: bool = False


def continuation(line: str) -> Continuation:
    """What Enter at the end of `line` begins the next line with.

    A list goes on with its next item, a task with an open box, a quote with its mark, any other
    line with the same indent. On an item without text the list ends.
    """
    item = _ITEM.match(line)
    if item:
        if not line[item.end() :].strip():
            return Continuation("", ends=True)
        mark = item["mark"] or f"{int(item['number']) + 1}{item['dot']}"
        return Continuation(item["lead"] + mark + item["gap"] + ("[ ] " if item["box"] else ""))
    quote = _QUOTE.match(line)
    if quote:
        written = line[quote.end() :].strip()
        return Continuation(quote[0] if written else "", ends=not written)
    space = _SPACE.match(line)
    return Continuation(space[0] if space and line.strip() else "")


def is_item(line: str) -> bool:
    """True for the first line of a list item."""
    return _ITEM.match(line) is not None


def indented(line: str) -> str:
    """`line` one level deeper."""
    return INDENT + line if line.strip() else line


def outdented(line: str) -> str:
    """`line` one level less deep."""
    if line.startswith("\t"):
        return line[1:]
    spaces = len(line) - len(line.lstrip(" "))
    return line[min(spaces, len(INDENT)) :]

"""What a note says, as it reads: without the marks of Markdown."""

import re

_MARKS = re.compile(
    r"""
      !?\[\[(?:[^\]\[|\n]*\|)?(?P<wiki>[^\]\[\n]*)\]\]
    | !?\[(?P<link>[^\]\[\n]*)\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s[^()\n]*)?\)
    | \[(?P<number>[\d\s,;·]+)\]
    | \[\^[^\]\s]+\]
    | \*\*+|__+|~~|==|`+|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)
    """,
    re.VERBOSE,
)


def readable(text: str) -> str:
    """`text` on one line: links by their words, no emphasis, and no number that looks like a
    citation.
    """
    return " ".join(_MARKS.sub(_said, text).split())


def _said(found: re.Match[str]) -> str:
    if found["number"] is not None:
        return f"({found['number']})"
    if found["wiki"] is not None:
        return found["wiki"].strip("#").replace("#", " › ")
    return found["link"] or ""

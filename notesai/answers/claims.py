"""The sentences of an answer, and the passages that each of them cites."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from notesai.notes.sentences import sentence_starts

CITATION = re.compile(r"\[(\d{1,3}(?:\s*[,、;]\s*\d{1,3})*)\]")
"""`[1]`, or `[1, 3]`."""

_LINE = re.compile(r"[^\n]+")
_LEADING = re.compile(rf"(?:\s*{CITATION.pattern})+[.。]?\s*")
_MARKS = re.compile(r"\s*(?:(?:[-*+•>]|\d{1,3}[.)])\s+|#{1,6}\s+)*")
_FENCE = re.compile(r"^\s*(?:```|~~~)")
_EMPHASIS = re.compile(r"\*\*|__|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)|`")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence, `answer[start:end]`; `text` is without citations, list marks and emphasis."""

    start: int
    end: int
    text: str
    cited: tuple[int, ...]


def claims(answer: str) -> Iterator[Claim]:
    """The sentences in their order. Code blocks are left out; so is what holds no word at all.

    A citation belongs to the sentence that it stands in, or right behind.
    """
    fenced = False
    for line in _LINE.finditer(answer):
        if _FENCE.match(line[0]):
            fenced = not fenced
        elif not fenced:
            yield from _of_line(answer, line.start(), line.end())


def cited_in(text: str) -> tuple[int, ...]:
    """The numbers cited in `text`, each once, in their order."""
    found = (int(n) for match in CITATION.finditer(text) for n in re.findall(r"\d+", match[1]))
    return tuple(dict.fromkeys(found))


def _of_line(answer: str, start: int, end: int) -> Iterator[Claim]:
    marks = _MARKS.match(answer, start, end)
    start = marks.end() if marks else start
    spans: list[tuple[int, int]] = []
    for begin, stop in pairwise([*sentence_starts(answer, start, end), end]):
        # `Water it. [1] Then wait.` is cut before the citation, which says where the first is from.
        leading = _LEADING.match(answer, begin, stop) if spans else None
        if leading:
            spans[-1] = (spans[-1][0], leading.end())
            begin = leading.end()
        if begin < stop:
            spans.append((begin, stop))
    for begin, stop in spans:
        stop = begin + len(answer[begin:stop].rstrip())
        text = _plain(answer[begin:stop])
        if _WORD.search(text):
            yield Claim(begin, stop, text, cited_in(answer[begin:stop]))


def _plain(text: str) -> str:
    return " ".join(_EMPHASIS.sub("", CITATION.sub(" ", text)).split()).replace(" .", ".")

"""Links and tags inside the text of a Markdown note."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from urllib.parse import unquote

from notesai.model import Link
from notesai.notes.blocks import Block, Kind

_WIKI = re.compile(r"\[\[([^\[\]\n]+)\]\]")
_TARGET = re.compile(
    r"\]\([ \t]*+(?:<([^<>\n]*+)>|([^\s()<>]*+(?:\([^\s()]*+\)[^\s()<>]*+)*+))"
    r"(?:\s++(?:\"[^\"\n]*+\"|'[^'\n]*+'|\([^()\n]*+\)))?[ \t]*+\)"
)
_DEFINITION = re.compile(r"\]:[ \t]*+(?:<([^<>\n]*+)>|(\S++))")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
# Dendron writes the label first, and names notes by their place: `[[Label|garden.soil]]`.
_DENDRON = re.compile(r"(?:dendron://[^/\s]+/)?([\w-]+(?:\.[\w-]+)+)")
_TICKS = re.compile(r"`+")
_EMOJI = "\u200d\ufe0f\u2600-\u27bf\U0001f000-\U0001faff"
# Combining accents: a tag that macOS wrote has its letters decomposed.
_TAG_CHARACTER = rf"[\w/\-\u0300-\u036f{_EMOJI}]"
_TAG = re.compile(rf"#(?<![^\s(（「『>]#)(?<!\]\(#)(?<!\]: #)({_TAG_CHARACTER}++)")
_LITERAL = (Kind.CODE, Kind.MATHS, Kind.COMMENT)
_BRACKET = re.compile(r"[\[\]]")
_LINE_BREAK = re.compile(r"[\r\n]")
_LONGEST_LABEL = 500


class References:
    """Finds the links and tags of one note; what stands in code, maths or comments is neither."""

    def __init__(self, text: str, blocks: Sequence[Block]) -> None:
        self._text = text
        self._blocks = blocks
        self._starts = [block.start for block in blocks]
        self._spans: dict[int, tuple[list[int], list[int]]] = {}

    def links(self) -> tuple[Link, ...]:
        """Links to other notes and files, in the order of the text, each once.

        Wikilinks, Markdown links and link definitions; neither addresses with a scheme nor links
        within the note. Targets are decoded and NFC. A wikilink whose label could be a note of
        Dendron's is two links: to what stands first, and to what stands behind.
        """
        text = self._text
        found: list[tuple[int, Link]] = []
        if "[[" in text:
            found += self._wikilinks()
        if "](" in text:
            found += self._inline_links()
        if "]:" in text:
            found += self._definitions()
        found.sort(key=lambda pair: pair[0])
        return tuple(dict.fromkeys(link for _, link in found))

    def tags(self) -> Iterator[str]:
        """Tags as `#tag` in the text, without the mark, in order, with repetitions."""
        if not self._blocks:
            return
        for match in _TAG.finditer(self._text, self._blocks[0].start):
            name = tag_name(match[1])
            if name and not self._is_literal(match.start()):
                yield name

    def _wikilinks(self) -> Iterator[tuple[int, Link]]:
        for match in _WIKI.finditer(self._text, self._begin):
            at = match.start()
            target, _, alias = match[1].partition("|")
            # In a table the bar is escaped.
            target, _, heading = target.rstrip("\\").partition("#")
            if target.strip() and not self._is_literal(at):
                embed = self._text[max(0, at - 1) : at] == "!"
                yield at, Link(_nfc(target), _nfc(heading), alias.strip(), embed)
                other, _, part = alias.strip().partition("#")
                named = _DENDRON.fullmatch(other)
                if named is not None:
                    yield at, Link(_nfc(named[1]), _nfc(part), target.strip(), embed)

    def _inline_links(self) -> Iterator[tuple[int, Link]]:
        for match in _TARGET.finditer(self._text, self._begin):
            target, heading = _relative(match[1] or match[2] or "")
            at = match.start()
            if target and not self._is_literal(at):
                start = self._opening(at)
                embed = self._text[max(0, start - 1) : start] == "!"
                alias = " ".join(self._text[max(start, at - _LONGEST_LABEL) + 1 : at].split())
                yield at, Link(target, heading, alias, embed)

    def _definitions(self) -> Iterator[tuple[int, Link]]:
        """`[name]: target` at the start of a line."""
        text = self._text
        for match in _DEFINITION.finditer(text, self._begin):
            at = match.start()
            label = _LINE_BREAK.split(text[max(0, at - _LONGEST_LABEL) : at])[-1].lstrip()
            target, heading = _relative(match[1] or match[2] or "")
            if not label.startswith("[") or label.startswith("[^") or not target:
                continue
            if not self._is_literal(at):
                yield at, Link(target, heading, label[1:])

    @property
    def _begin(self) -> int:
        return self._blocks[0].start if self._blocks else len(self._text)

    def _opening(self, close: int) -> int:
        """Offset of the bracket that the one at `close` closes, or `close` if none does."""
        start = self._text.rfind("[", max(0, close - _LONGEST_LABEL), close)
        if start >= 0 and self._text.find("]", start, close) < 0:
            return start
        return self._brackets.get(close, close)

    @cached_property
    def _brackets(self) -> dict[int, int]:
        """All closing brackets and those that they close, for labels that hold brackets."""
        pairs: dict[int, int] = {}
        opened: list[int] = []
        for match in _BRACKET.finditer(self._text, self._begin):
            if match[0] == "[":
                opened.append(match.start())
            elif opened:
                pairs[match.start()] = opened.pop()
        return pairs

    def _is_literal(self, at: int) -> bool:
        index = bisect_right(self._starts, at) - 1
        if index < 0:
            return True
        if self._blocks[index].kind in _LITERAL:
            return True
        spans = self._spans.get(index)
        if spans is None:
            spans = self._spans[index] = _code_spans(self._text, self._blocks[index])
        starts, ends = spans
        before = bisect_right(starts, at) - 1
        return before >= 0 and at < ends[before]


def tag_name(written: str) -> str:
    """A tag in NFC without `#` and hanging slashes; "" for numbers alone, which are no tags."""
    name = unicodedata.normalize("NFC", written.strip().lstrip("#").strip("/-"))
    return "" if not name or name.replace("/", "").replace("-", "").isdigit() else name


def _code_spans(text: str, block: Block) -> tuple[list[int], list[int]]:
    """Starts and ends of the code spans: a run of backticks up to the next one as long."""
    starts: list[int] = []
    ends: list[int] = []
    if text.find("`", block.start, block.end) < 0:
        return starts, ends
    runs = [match.span() for match in _TICKS.finditer(text, block.start, block.end)]
    waiting: dict[int, list[int]] = {}
    for index in range(len(runs) - 1, -1, -1):
        waiting.setdefault(runs[index][1] - runs[index][0], []).append(index)
    at = 0
    while at < len(runs):
        same = waiting[runs[at][1] - runs[at][0]]
        while same and same[-1] <= at:
            same.pop()
        if same:
            starts.append(runs[at][0])
            at = same[-1]
            ends.append(runs[at][1])
        at += 1
    return starts, ends


def _relative(address: str) -> tuple[str, str]:
    """Path and heading of a link to another file, decoded; ("", "") if it is none."""
    if _SCHEME.match(address):
        return "", ""
    path, _, heading = address.partition("#")
    path = path.partition("?")[0]
    return _nfc(unquote(path)), _nfc(unquote(heading))


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text.strip())

"""From blocks to chunks: passages that follow the note's own structure and fit the embedder.

1. Headings open sections. A run of headings without text between them opens one.
2. A section's blocks are packed into drafts of about equal size, none above the target. A heading
   stays with what follows it. Prose above the target is cut at sentences, with overlap; code and
   tables only above the limit, and at lines.
3. Neighbouring drafts whose sum fits the target are joined where the structure allows: freely
   below headings of level 3 and deeper; across those of level 1 and 2 only to spare a crumb.

Together the chunks hold every character of all blocks that is not white space.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from notesai.model import Chunk
from notesai.notes.blocks import Block, Kind
from notesai.notes.sentences import CHARACTERS_PER_TOKEN, Measure, Span, cut_lines, cut_prose

VERSION = 1
"""Raised whenever the same note would be cut differently; belongs into the index's fingerprint."""

TARGET = 200
"""Tokens that a chunk is filled up to."""

CRUMB = 60
"""A section of level 1 or 2 of no more tokens than these is no passage of its own."""

_WHOLE = (Kind.CODE, Kind.TABLE)

_Path = tuple[str, ...]


class _Part(NamedTuple):
    """A block, or headings with the block below them; `whole` if only lines may part it."""

    start: int
    end: int
    weight: int
    whole: bool


class _Section(NamedTuple):
    """The blocks `first` to `end` under one heading or run of headings, which end at `body`.

    `level` is the highest of its headings', 0 for none.
    """

    level: int
    path: _Path
    first: int
    body: int
    end: int


class _Draft(NamedTuple):
    """A chunk to be.

    `level` is that of the section that it opens, 0 if it continues one; `whole` is the weight of
    all that its section, or those that were joined, hold.
    """

    span: Span
    level: int
    path: _Path
    whole: int


def chunk(
    blocks: Sequence[Block],
    text: str,
    count_tokens: Measure,
    *,
    target: int = TARGET,
    limit: int,
    crumb: int = CRUMB,
) -> list[Chunk]:
    """Cut the blocks of `text` into chunks of about `target` and at most `limit` tokens.

    Only code and tables may be above the target. `limit` is the embedder's window less what is
    embedded along with each chunk. Tokens are added up over blocks (and over words where a
    block has to be cut), so `count_tokens` sees each block once.
    """
    limit = max(1, limit)
    target = max(1, min(target, limit))

    def measure(piece: str) -> int:
        return max(count_tokens(piece), len(piece) // CHARACTERS_PER_TOKEN)

    weights = [measure(text[block.start : block.end]) for block in blocks]
    drafts: list[_Draft] = []
    for section in _sections(blocks):
        level, path, first, _, end = section
        weight = sum(weights[first:end])
        span = Span(blocks[first].start, blocks[end - 1].end, weight)
        if weight <= target and span.end - span.start <= target * CHARACTERS_PER_TOKEN:
            drafts.append(_Draft(span, level, path, weight))
            continue
        spans = _fitted(_parts(section, blocks, weights, limit), text, measure, target, limit)
        for index, run in enumerate(_balanced(spans, target)):
            drafts.append(_Draft(run, 0 if index else level, path, weight))
    return list(_numbered(_joined(drafts, target, crumb), text))


def _sections(blocks: Sequence[Block]) -> Iterator[_Section]:
    """Headings with all that follows up to the next heading."""
    headings = [index for index, block in enumerate(blocks) if block.level]
    headings.append(len(blocks))
    if headings[0]:
        yield _Section(0, (), 0, 0, headings[0])
    path: list[tuple[int, str]] = []
    at = 0
    while (first := headings[at]) < len(blocks):
        body, level, opened = first, blocks[first].level, ()
        while body == headings[at] < len(blocks):
            block = blocks[body]
            while path and path[-1][0] >= block.level:
                path.pop()
            path.append((block.level, block.heading))
            opened = opened or _names(path)
            level = min(level, block.level)
            body, at = body + 1, at + 1
        # Under headings without any text, the first one's path is as far as they agree.
        names = _names(path) if body < headings[at] else _common(opened, _names(path))
        yield _Section(level, names, first, body, headings[at])


def _parts(
    section: _Section, blocks: Sequence[Block], weights: Sequence[int], limit: int
) -> list[_Part]:
    """The blocks of a section, its headings as one with the first block below.

    Only where that would cut code in vain do the headings stand alone.
    """
    _, _, first, body, end = section
    parts = [
        _Part(block.start, block.end, weight, block.kind in _WHOLE)
        for block, weight in zip(blocks[body:end], weights[body:end], strict=True)
    ]
    if first == body:
        return parts
    above = sum(weights[first:body])
    headings = _Part(blocks[first].start, blocks[body - 1].end, above, False)
    if not parts:
        return [headings]
    _, stop, weight, whole = parts[0]
    if whole and weight <= limit < above + weight:
        return [headings, *parts]
    return [_Part(headings.start, stop, above + weight, whole), *parts[1:]]


def _names(path: Iterable[tuple[int, str]]) -> _Path:
    return tuple(name for _, name in path if name)


def _common(one: _Path, other: _Path) -> _Path:
    """The headings that both are under."""
    length = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        length += 1
    return one[:length]


def _fitted(
    parts: Iterable[_Part], text: str, measure: Measure, target: int, limit: int
) -> list[Span]:
    """The parts, with those that are too large cut."""
    spans: list[Span] = []
    for start, end, weight, whole in parts:
        if weight <= (limit if whole else target):
            spans.append(Span(start, end, weight))
        else:
            cut = cut_lines if whole else cut_prose
            spans += cut(text, start, end, measure, target)
    return spans


def _balanced(spans: Sequence[Span], target: int) -> Iterator[Span]:
    """Runs of neighbours up to `target`, as even as they come, so that no crumb is left over."""
    rest = sum(span.weight for span in spans)
    share = _share(rest, target)
    run: Span | None = None
    for span in spans:
        if run is None:
            run = span
            continue
        both = run.with_next(span)
        if both.weight > target or run.weight + span.weight / 2 > share:
            yield run
            rest -= run.weight
            share = _share(rest, target)
            run = span
        else:
            run = both
    if run is not None:
        yield run


def _share(weight: int, target: int) -> float:
    return weight / max(1, -(-weight // target))


def _joined(drafts: Iterable[_Draft], target: int, crumb: int) -> Iterator[_Draft]:
    """Neighbours together where they fit and their headings allow it."""
    last: _Draft | None = None
    for draft in drafts:
        if last is None:
            last = draft
            continue
        one, other = last.span, draft.span
        both = one.with_next(other)
        free = draft.level == 0 or draft.level > 2 or min(last.whole, draft.whole) <= crumb
        if both.weight > target or not free:
            yield last
            last = draft
            continue
        # A chunk that is all but for its last lines from one section goes by that one's name.
        path = last.path if one.weight >= 3 * other.weight else _common(last.path, draft.path)
        last = _Draft(both, last.level, path, last.whole + draft.whole)
    if last is not None:
        yield last


def _numbered(drafts: Iterable[_Draft], text: str) -> Iterator[Chunk]:
    line, at = 1, 0
    only_line_feeds = "\r" not in text
    for ordinal, draft in enumerate(drafts):
        start, end, _ = draft.span
        line += text.count("\n", at, start)
        if not only_line_feeds:
            line += text.count("\r", at, start) - text.count("\r\n", at, start)
        at = start
        yield Chunk(ordinal, draft.path, start, end, line, text[start:end])

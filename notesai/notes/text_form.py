"""How the bytes of a note carry its text: encoding, byte order mark, line ends.

A note that is edited keeps all three, so that other programs find it as they left it.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from notesai.errors import NoteError
from notesai.notes.formats import BOMS, LEGACY, decode

LINE_END = re.compile("\r\n|[\n\r\u2029]")
"""What an editor takes for the end of a line."""

_BARE = ("utf-8", "utf-16-le", "utf-16-be", *LEGACY)
_MOST_COMPARED = 4_000_000


@dataclass(frozen=True, slots=True)
class Form:
    """An encoding and the byte order mark in front, empty if there is none."""

    encoding: str = "utf-8"
    mark: bytes = b""

    def encode(self, text: str) -> bytes | None:
        """The bytes of `text`, or None if it would not be read back from them as it is."""
        try:
            data = self.mark + text.encode(self.encoding)
            return data if decode(data) == text else None
        except (UnicodeEncodeError, NoteError):
            return None


UTF8 = Form()


def form_of(data: bytes, text: str) -> Form | None:
    """The form that gives back exactly `data` for the `text` decoded from it.

    None if there is none: some bytes are no text, and would be lost.
    """
    for form in (*(Form(encoding, mark) for mark, encoding in BOMS), *map(Form, _BARE)):
        try:
            if data.startswith(form.mark) and form.mark + text.encode(form.encoding) == data:
                return form
        except UnicodeEncodeError:
            continue
    return None


def with_line_ends(text: str, original: str) -> str:
    r"""`text`, whose lines end in "\n", with the line ends of the `original` that it was.

    Lines that were there keep their own; new ones get the most frequent.
    """
    ends = LINE_END.findall(original)
    kinds = Counter(ends)
    if not kinds or kinds.keys() == {"\n"}:
        return text
    usual = kinds.most_common(1)[0][0]
    if len(kinds) == 1:
        return text.replace("\n", usual)
    lines = text.split("\n")
    return _joined(lines, _kept(LINE_END.split(original), [*ends, usual], lines, usual))


def _kept(
    before: Sequence[str], ends: Sequence[str], lines: Sequence[str], usual: str
) -> list[str]:
    """The end for each of `lines`: that of the line of `before` which it was."""
    kept = [usual] * len(lines)
    for old, new, size in _same(before, lines):
        kept[new : new + size] = ends[old : old + size]
    return kept


def _same(before: Sequence[str], lines: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """Runs of equal lines: where in `before`, where in `lines`, how many."""
    most = min(len(before), len(lines))
    head = next((at for at in range(most) if before[at] != lines[at]), most)
    tails = range(most - head)
    tail = next((at for at in tails if before[-1 - at] != lines[-1 - at]), most - head)
    yield 0, 0, head
    old, new = before[head : len(before) - tail], lines[head : len(lines) - tail]
    if len(old) * len(new) <= _MOST_COMPARED:
        for block in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks():
            yield head + block.a, head + block.b, block.size
    yield len(before) - tail, len(lines) - tail, tail


def _joined(lines: Sequence[str], ends: Sequence[str]) -> str:
    parts: list[str] = []
    before = ""
    for line, end in zip(lines[:-1], ends, strict=False):
        # An empty line after a lone "\r" would make one line end of two.
        merges = before == "\r" and not line and end.startswith("\n")
        before = "\r" if merges else end
        parts += [line, before]
    return "".join([*parts, lines[-1]])

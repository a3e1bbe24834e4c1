"""Kiwi's language model of Korean without the part that only another mode of it reads.

`cong.mdl` ends with what words further away say about a word, for the mode "cong-global". notesai
uses "cong", the default, which reads no further than what is before that: a header of 64 bytes,
then a row for each context and for each word.
"""

import struct
from dataclasses import dataclass
from pathlib import Path

MODEL = "kiwipiepy_model/cong.mdl"

_HEADER = "<QQHHBBBBQQQQQ"
_HALF = 2
"""Bytes of a number in half precision."""


@dataclass(frozen=True, slots=True)
class _Layout:
    """The sizes that the model's header gives; `row` and `start` are bytes."""

    words: int
    contexts: int
    window: int
    row: int
    start: int

    @property
    def near(self) -> int:
        """Where the part ends that the mode "cong" reads."""
        return self.start + self.contexts * (self.row + 3 * _HALF) + self.words * self.row

    @property
    def whole(self) -> int:
        """Where the file ends."""
        mask = (self.words + 7) // 8
        return self.near + self.words * (self.row + 2 * _HALF) + self.window * _HALF + mask


def cut(folder: Path) -> int:
    """Cut the part off in a build; returns the bytes saved, 0 if the file is not as expected."""
    file = folder / "_internal" / MODEL
    if not file.is_file():
        return 0
    size = file.stat().st_size
    with file.open("rb+") as model:
        layout = _layout(model.read(struct.calcsize(_HEADER)))
        if layout is None or layout.whole != size:
            return 0
        model.truncate(layout.near)
    return size - layout.near


def _layout(header: bytes) -> _Layout | None:
    """What the header says, if the numbers are packed in four bits."""
    if len(header) < struct.calcsize(_HEADER):
        return None
    words, contexts, size, _, _, window, bits, group, *offsets = struct.unpack(_HEADER, header)
    if bits != 4 or not group:
        return None
    # Four bits a number, a byte for the scale of each group of them, and the scale of all.
    row = size // 2 + size // group + _HALF
    return _Layout(words, contexts, window, row, offsets[-1])

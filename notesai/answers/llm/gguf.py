"""What a GGUF file says of itself: read before the model is, and never believed blindly.

The format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md, versions 2 and 3. A file
may be anything that somebody downloaded, so every length is held against the size of the file.
"""

import mmap
import re
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn, cast

from notesai.errors import ModelError

SAFE = "Your notes are safe. Fetch the model again, or choose another one."

_MAGIC = b"GGUF"
_VERSIONS = (2, 3)
_MOST_ENTRIES = 1 << 20
_LONGEST_KEY = 1 << 16
_KEPT_ELEMENTS = 4096
_ALIGNMENT = 32
_SPLIT = re.compile(r"-(\d{5})-of-(\d{5})\.gguf$", re.IGNORECASE)

_STRING, _ARRAY = 8, 9
_SCALARS = {
    0: struct.Struct("<B"),
    1: struct.Struct("<b"),
    2: struct.Struct("<H"),
    3: struct.Struct("<h"),
    4: struct.Struct("<I"),
    5: struct.Struct("<i"),
    6: struct.Struct("<f"),
    7: struct.Struct("<?"),
    10: struct.Struct("<Q"),
    11: struct.Struct("<q"),
    12: struct.Struct("<d"),
}
_LENGTH = _SCALARS[10]

_BLOCKS: Mapping[int, tuple[int, int]] = {
    0: (1, 4),
    1: (1, 2),
    2: (32, 18),
    3: (32, 20),
    6: (32, 22),
    7: (32, 24),
    8: (32, 34),
    9: (32, 40),
    10: (256, 84),
    11: (256, 110),
    12: (256, 144),
    13: (256, 176),
    14: (256, 210),
    15: (256, 292),
    16: (256, 66),
    17: (256, 74),
    18: (256, 98),
    19: (256, 50),
    20: (32, 18),
    21: (256, 110),
    22: (256, 82),
    23: (256, 136),
    24: (1, 1),
    25: (1, 2),
    26: (1, 4),
    27: (1, 8),
    28: (1, 8),
    29: (256, 56),
    30: (1, 2),
    34: (256, 54),
    35: (256, 66),
    39: (32, 17),
    40: (64, 36),
    41: (128, 18),
}
"""Type of a tensor: numbers in a block, and bytes of one."""


@dataclass(frozen=True, slots=True)
class Header:
    """What matters of a model before it is loaded.

    `heads` are the key and value heads of each layer, whose vectors have `key_length` and
    `value_length` numbers. `context` is what the model was trained for, 0 if it does not say;
    `weights` are the bytes of all tensors, those of the other parts of a split model included.
    """

    name: str
    architecture: str
    context: int
    heads: tuple[int, ...]
    key_length: int
    value_length: int
    width: int
    vocabulary: int
    weights: int
    template: str
    licence: str
    size_label: str

    @property
    def bytes_per_token(self) -> int:
        """What one token of context takes in memory, its keys and values being 16-bit numbers."""
        return 2 * sum(self.heads) * (self.key_length + self.value_length)


def read_header(path: Path) -> Header:
    """The header of the model in `path`, of a split one its first file.

    Raises `ModelError`: `llm.not_found`, `llm.not_gguf`, `llm.version`, `llm.truncated`,
    `llm.corrupt`, or `llm.not_chat` for a file that holds no language model.
    """
    try:
        with path.open("rb") as file:
            size = file.seek(0, 2)
            if size < len(_MAGIC):
                raise _not_gguf(path)
            with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
                return _Reader(path, data, size).header()
    except FileNotFoundError as error:
        raise ModelError("llm.not_found", f"There is no model at {path}.", SAFE) from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        message = f"The model {path} cannot be read: {reason}."
        raise ModelError("llm.not_found", message, SAFE) from error


class _Reader:
    """Reads one header from its beginning to its end."""

    def __init__(self, path: Path, data: mmap.mmap, size: int) -> None:
        self._path = path
        self._data = data
        self._size = size
        self._at = 0
        self._lengths: dict[str, int] = {}

    def header(self) -> Header:
        if self._data[:4] != _MAGIC:
            raise _not_gguf(self._path)
        self._at = 4
        version = self._number(4)
        if version not in _VERSIONS:
            raise _too_new(self._path, f"version {version} of the format")
        tensors, entries = self._number(10), self._number(10)
        if max(tensors, entries) > _MOST_ENTRIES:
            self._corrupt(f"it counts {tensors} tensors and {entries} entries")
        values = dict(self._entry() for _ in range(entries))
        weights = self._tensors(tensors, values)
        return _described(self._path, values, self._lengths, weights)

    def _entry(self) -> tuple[str, Any]:
        key = self._text(_LONGEST_KEY)
        return key, self._value(key, self._number(4))

    def _value(self, key: str, kind: int) -> Any:
        if kind == _STRING:
            return self._text(self._size)
        if kind == _ARRAY:
            return self._array(key)
        return self._number(kind)

    def _array(self, key: str) -> list[Any]:
        """The elements of a short array of numbers; of any other, only how many there are."""
        kind, count = self._number(4), self._number(10)
        self._lengths[key] = count
        if kind == _STRING:
            # Each has a length of eight bytes: a count that cannot be is found at once.
            if count > self._size // _LENGTH.size:
                self._cut_short()
            for _ in range(count):
                self._skip(self._number(10))
            return []
        if kind not in _SCALARS:
            self._corrupt(f"{key} is an array of type {kind}")
        if count > _KEPT_ELEMENTS:
            self._skip(count * _SCALARS[kind].size)
            return []
        return [self._number(kind) for _ in range(count)]

    def _tensors(self, count: int, values: Mapping[str, Any]) -> int:
        """Bytes of all tensors. Raises `llm.truncated` if the file ends before they do."""
        ends, total = 0, 0
        for _ in range(count):
            name = self._text(_LONGEST_KEY)
            dimensions = self._number(4)
            if dimensions > 8:
                self._corrupt(f"the tensor {name!r} has {dimensions} dimensions")
            numbers = 1
            for _ in range(dimensions):
                numbers *= self._number(10)
            kind, offset = self._number(4), self._number(10)
            if kind not in _BLOCKS:
                raise _too_new(self._path, f"numbers of type {kind} in it")
            block, size = _BLOCKS[kind]
            length = numbers // block * size
            total += length
            ends = max(ends, offset + length)
        alignment = values.get("general.alignment", _ALIGNMENT)
        if not isinstance(alignment, int) or not 0 < alignment <= 1 << 16:
            self._corrupt(f"its alignment is {alignment!r}")
        if ends and -(-self._at // alignment) * alignment + ends > self._size:
            self._cut_short()
        return total

    def _number(self, kind: int) -> Any:
        layout = _SCALARS.get(kind)
        if layout is None:
            self._corrupt(f"a value is of type {kind}")
        start = self._at
        self._skip(layout.size)
        return layout.unpack_from(self._data, start)[0]

    def _text(self, longest: int) -> str:
        length = self._number(10)
        if length > longest:
            self._corrupt(f"a text has {length} bytes")
        start = self._at
        self._skip(length)
        return self._data[start : self._at].decode("utf-8", "replace")

    def _skip(self, length: int) -> None:
        if self._at + length > self._size:
            self._cut_short()
        self._at += length

    def _cut_short(self) -> NoReturn:
        raise ModelError(
            "llm.truncated", f"{self._path} ends too early: it is not the whole model.", SAFE
        )

    def _corrupt(self, what: str) -> NoReturn:
        raise ModelError("llm.corrupt", f"{self._path} is damaged: {what}.", SAFE)


def _described(
    path: Path, values: Mapping[str, Any], lengths: Mapping[str, int], weights: int
) -> Header:
    architecture = str(values.get("general.architecture", ""))

    def number(key: str, default: int = 0) -> int:
        value = values.get(f"{architecture}.{key}", default)
        return value if isinstance(value, int) and value >= 0 else default

    layers, width = number("block_count"), number("embedding_length")
    vocabulary = lengths.get("tokenizer.ggml.tokens", 0)
    writes = values.get(f"{architecture}.attention.causal", True) and not number("pooling_type")
    if not (writes and 0 < layers <= _KEPT_ELEMENTS and width and vocabulary):
        raise ModelError(
            "llm.not_chat",
            f"{path} holds no language model.",
            "Choose a GGUF file of a chat model. Your notes are safe.",
        )
    heads = _per_layer(values.get(f"{architecture}.attention.head_count"), layers, 1)
    shared = _per_layer(values.get(f"{architecture}.attention.head_count_kv"), layers, 0)
    size = width // max(1, max(heads))
    return Header(
        name=str(values.get("general.name", "")) or path.stem,
        architecture=architecture,
        context=number("context_length"),
        heads=shared if any(shared) else heads,
        key_length=number("attention.key_length", size),
        value_length=number("attention.value_length", size),
        width=width,
        vocabulary=vocabulary,
        weights=weights + _other_parts(path),
        template=str(values.get("tokenizer.chat_template", "")),
        licence=str(values.get("general.license", "")),
        size_label=str(values.get("general.size_label", "")),
    )


def _per_layer(value: Any, layers: int, default: int) -> tuple[int, ...]:
    """One number for each layer, from one for all or a list."""
    listed: list[Any] = cast("list[Any]", value) if isinstance(value, list) else [value]
    numbers = [n if isinstance(n, int) and 0 <= n <= _LONGEST_KEY else default for n in listed]
    numbers = numbers or [default]
    return tuple(numbers[min(layer, len(numbers) - 1)] for layer in range(layers))


def _other_parts(path: Path) -> int:
    """Bytes of the further files of a model that is split. Raises `llm.truncated`."""
    match = _SPLIT.search(path.name)
    if match is None:
        return 0
    stem, total = path.name[: match.start()], int(match[2])
    size = 0
    for part in range(1, total + 1):
        other = path.with_name(f"{stem}-{part:05d}-of-{match[2]}.gguf")
        if other != path:
            try:
                size += other.stat().st_size
            except OSError as error:
                message = f"A part of the model is missing: {other}."
                raise ModelError("llm.truncated", message, SAFE) from error
    return size


def _too_new(path: Path, what: str) -> ModelError:
    return ModelError("llm.version", f"{path} cannot be read: {what} is not known here.", SAFE)


def _not_gguf(path: Path) -> ModelError:
    return ModelError("llm.not_gguf", f"{path} is not a GGUF file.", SAFE)

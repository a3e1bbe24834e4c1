"""A folder of notes and an embedder, as tests need them."""

import os
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from notesai.embedding.base import ModelCard, Vectors


def count_words(text: str) -> int:
    return len(text.split())


class HashingEmbedder:
    """Counts words into 64 buckets: quick, deterministic, and alike texts get alike vectors."""

    def __init__(
        self, languages: tuple[str, ...] = ("en", "ko"), identity: str = "hashing"
    ) -> None:
        self.card = ModelCard(identity, "1", 64, 128, languages, "none")
        self.texts = 0

    def count_tokens(self, text: str) -> int:
        return count_words(text)

    @property
    def counter(self) -> Callable[[str], int]:
        return count_words

    def embed_documents(self, texts: Sequence[str]) -> Vectors:
        self.texts += len(texts)
        return np.stack([self._vector(text) for text in texts])

    def embed_query(self, text: str) -> Vectors:
        return self._vector(text)

    def _vector(self, text: str) -> Vectors:
        vector = np.zeros(64, np.float32)
        for word in text.lower().split():
            vector[zlib.crc32(word.encode("utf-8", "replace")) % 64] += 1.0
        if not vector.any():
            vector[0] = 1.0
        return (vector / np.linalg.norm(vector)).astype(np.float32)


class Folder:
    """A vault made by a test; every write gets a time of its own, well in the past."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._clock = 1_700_000_000

    def write(self, name: str, text: str | bytes) -> Path:
        file = self.path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)
        self.touch(name)
        return file

    def touch(self, name: str) -> None:
        self._clock += 10
        os.utime(self.path / name, (self._clock, self._clock))

    def rename(self, old: str, new: str) -> None:
        target = self.path / new
        target.parent.mkdir(parents=True, exist_ok=True)
        (self.path / old).rename(target)

    def delete(self, name: str) -> None:
        (self.path / name).unlink()

"""A model that knows nothing: the floor under every comparison."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from notesai.embedding.base import Embedder, ModelCard, Vectors

RANDOM = "random"
"""The name by which this model is asked for."""


class RandomEmbedder:
    """An `Embedder` whose vectors are drawn at random, the same ones for the same text.

    Tokens and window are those of another embedder, so that notes are cut into the same passages
    and word search finds the same: what differs is the meaning alone.
    """

    def __init__(self, like: Embedder) -> None:
        self._like = like
        self._card = replace(like.card, id=RANDOM, revision="1", quantisation="none")

    @property
    def card(self) -> ModelCard:
        """The other embedder's facts under another name."""
        return self._card

    @property
    def counter(self) -> Callable[[str], int]:
        """The other embedder's."""
        return self._like.counter

    def count_tokens(self, text: str) -> int:
        """Number of the other embedder's tokens."""
        return self._like.count_tokens(text)

    def embed_documents(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors in random directions, shape (n, dimension)."""
        vectors = [self.embed_query(text) for text in texts]
        return np.stack(vectors) if vectors else np.zeros((0, self.card.dimension), np.float32)

    def embed_query(self, text: str) -> Vectors:
        """A unit vector in a random direction, shape (dimension,)."""
        digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        random = np.random.default_rng(int.from_bytes(digest))
        vector = random.standard_normal(self.card.dimension)
        return (vector / np.linalg.norm(vector)).astype(np.float32)

"""What every embedder offers, whatever runs it."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from notesai.model import TokenSpan

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class ModelCard:
    """What is known of an embedding model; `languages` are those it may speak for in a search."""

    id: str
    revision: str
    dimension: int
    window: int
    languages: tuple[str, ...]
    licence: str
    pooling: str = "mean"
    quantisation: str = "none"
    query_prompt: str = ""
    document_prompt: str = ""

    @property
    def fingerprint(self) -> str:
        """16 hexadecimal digits that change whenever vectors made by this model may differ."""
        parts = (
            self.id,
            self.revision,
            str(self.dimension),
            self.pooling,
            self.query_prompt,
            self.document_prompt,
            self.quantisation,
        )
        return hashlib.blake2b("\x1f".join(parts).encode(), digest_size=8).hexdigest()


class Embedder(Protocol):
    """Turns text into unit vectors. Any string is accepted, the empty one included.

    Text beyond the model's window is cut. Raises `ModelError` when the model cannot be used.
    """

    @property
    def card(self) -> ModelCard:
        """The model's facts."""
        ...

    def count_tokens(self, text: str) -> int:
        """Number of the model's tokens in `text`, without special ones."""
        ...

    @property
    def counter(self) -> Callable[[str], int]:
        """`count_tokens` on its own: it can be pickled and works in another process."""
        ...

    def embed_documents(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages, shape (n, dimension), unit length, in the order given."""
        ...

    def embed_query(self, text: str) -> Vectors:
        """Vector of a query, shape (dimension,), unit length."""
        ...


@runtime_checkable
class Resting(Protocol):
    """What an embedder offers beside, if it can let go of its memory while nobody uses it."""

    def rest(self) -> None:
        """Let go of what can be read anew; the next use does so by itself."""
        ...

    def wake(self) -> None:
        """Have it ready for the next use. Raises `ModelError`."""
        ...


@dataclass(frozen=True, slots=True)
class SeenText:
    """A passage as a model sees it: `text` is what it reads, `tokens` have their places in it.

    `context_tokens` is how many tokens stand for what is put in front, `unread` how many more of
    the passage lie beyond the model's window.
    """

    text: str
    tokens: tuple[TokenSpan, ...]
    context_tokens: int = 0
    unread: int = 0


@runtime_checkable
class Seeing(Protocol):
    """An embedder that can say which tokens it makes of a passage, special ones included."""

    def see(self, context: str, text: str) -> SeenText:
        """The tokens of `text` behind `context`. Raises `ModelError` when it cannot be used."""
        ...


class Reranker(Protocol):
    """Reads a query and a passage together, which is slow, and says how well they fit.

    Any string is accepted; what is too long is cut. Raises `ModelError` when it cannot be used.
    """

    @property
    def card(self) -> ModelCard:
        """The model's facts; `languages` are those of the queries and passages it may rate."""
        ...

    def scores(self, query: str, texts: Sequence[str]) -> Vectors:
        """How well each text answers the query, in 0..1, shape (n,)."""
        ...

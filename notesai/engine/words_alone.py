"""What stands in for an embedding model where none can be used."""

from collections.abc import Callable, Sequence

from notesai.embedding.base import ModelCard, Vectors
from notesai.errors import ModelError

MODEL = "words-alone"


def rough_count(text: str) -> int:
    """About as many tokens as a model would see: one for each word and for every four bytes."""
    return max(len(text.split()), len(text.encode("utf-8", "replace")) // 4)


class WordsAlone:
    """An `Embedder` that speaks no language: searches leave meaning out, nothing is embedded."""

    card = ModelCard(MODEL, "1", 1, 256, (), "Apache-2.0")

    def count_tokens(self, text: str) -> int:
        """About the number of tokens in `text`."""
        return rough_count(text)

    @property
    def counter(self) -> Callable[[str], int]:
        """`count_tokens` on its own."""
        return rough_count

    def embed_documents(self, texts: Sequence[str]) -> Vectors:
        """Raises `model.none`."""
        raise _none()

    def embed_query(self, text: str) -> Vectors:
        """Raises `model.none`."""
        raise _none()


def _none() -> ModelError:
    return ModelError(
        "model.none",
        "There is no embedding model that can be used.",
        "Your notes are safe, and search by word goes on. Install notesai again.",
    )

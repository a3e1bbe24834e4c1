"""Any sentence-transformers model, contextual or static, on a processor or a graphics card."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from notesai.embedding import records
from notesai.embedding.base import ModelCard, SeenText, Vectors
from notesai.embedding.folder import HINT
from notesai.embedding.network import Network, Task
from notesai.embedding.onnx import CHARACTERS_PER_TOKEN, default_threads
from notesai.embedding.tokenizer_file import seen_text
from notesai.embedding.tokens import TokenCounter, prepared
from notesai.errors import ModelError

CPU_TOKENS = 2048
GPU_TOKENS = 32_768
"""Tokens in one run, padding included; halved whenever the memory does not suffice."""

TEXTS_AT_ONCE = 1024
PROBE = "A short sentence. 짧은 문장."


class SentenceTransformerEmbedder:
    """An `Embedder` over the files of a model that the user added.

    Texts of about equal length run together. A query runs in its caller's thread and never waits
    for a batch. May be used by many threads.
    """

    def __init__(self, folder: Path, *, device: str | None = None) -> None:
        """Open the model in `folder`, on the best device there is unless one is given.

        Raises `ModelError` if it is missing or cannot be used.
        """
        self._card = records.read(folder).card
        self._network: Network | None = Network(folder / records.FILES, device=device)
        self._counter = counter_of(self._network)
        self._threads = default_threads()
        self._tokens = CPU_TOKENS if self._network.device == "cpu" else GPU_TOKENS

    @property
    def card(self) -> ModelCard:
        """The model's facts."""
        return self._card

    @property
    def device(self) -> str:
        """Where it runs: "cpu", "cuda" or "mps"."""
        return self._opened().device

    @property
    def network(self) -> Network:
        """The opened model. Raises `model.closed`."""
        return self._opened()

    @property
    def threads(self) -> int:
        """How many threads `embed_documents` uses on a processor."""
        return self._threads

    def set_threads(self, threads: int) -> None:
        """Use so many threads from the next `embed_documents` on; fewer spare a battery."""
        self._threads = max(1, threads)

    def close(self) -> None:
        """Let go of the model. Later calls raise `ModelError`; those under way end well."""
        self._network = None

    def count_tokens(self, text: str) -> int:
        """Number of the model's tokens in `text`, without special ones."""
        return self._counter(text)

    def see(self, context: str, text: str) -> SeenText:
        """The tokens of `text` behind `context`, without marks; none if the model hides them."""
        prompt = self._card.document_prompt
        cut, start = prompt + self._cut(context + text), len(prompt + self._cut(context))
        tokenizer = self._opened().tokenizer()
        if tokenizer is None:
            return SeenText(cut[start:], ())
        split = tokenizer.encode(cut, add_special_tokens=False)
        return seen_text(cut, start, split, (), (), self._card.window)

    @property
    def counter(self) -> Callable[[str], int]:
        """`count_tokens` on its own: it can be pickled and works in another process."""
        return self._counter

    def embed_query(self, text: str) -> Vectors:
        """Vector of a query, shape (dimension,), unit length."""
        return self._run([self._cut(text)], self._card.query_prompt, "query")[0]

    def embed_documents(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages, shape (n, dimension), unit length, in the order given."""
        places: dict[str, int] = {}
        rows = [places.setdefault(text, len(places)) for text in texts]
        distinct = list(places)
        vectors = np.empty((len(distinct), self._card.dimension), np.float32)
        if self._opened().device == "cpu":
            self._opened().set_threads(self._threads)
        for start in range(0, len(distinct), TEXTS_AT_ONCE):
            part = [self._cut(text) for text in distinct[start : start + TEXTS_AT_ONCE]]
            lengths = [min(self._counter(text), self._card.window) for text in part]
            for run in runs_of_like_length(lengths, self._tokens):
                found = self._run([part[i] for i in run], self._card.document_prompt, "document")
                vectors[[start + i for i in run]] = found
        return vectors[rows]

    def _run(self, texts: Sequence[str], prompt: str, task: Task) -> Vectors:
        """Vectors of texts that run together; in halves where memory does not suffice."""
        try:
            vectors = self._opened().run(texts, prompt, task)
        except MemoryError as error:
            if len(texts) == 1:
                message = f"The {self.device} has too little memory for this model: {error}"
                raise ModelError("model.memory", message, HINT) from error
            self._tokens = max(self._card.window, self._tokens // 2)
            half = len(texts) // 2
            parts = (texts[:half], texts[half:])
            return np.concatenate([self._run(part, prompt, task) for part in parts])
        if vectors.shape[1] != self._card.dimension:
            message = f"The model gives {vectors.shape[1]} numbers, not {self._card.dimension}."
            raise ModelError("model.damaged", message, HINT)
        return vectors

    def _cut(self, text: str) -> str:
        """The text as models see it; of long texts only the beginning is read."""
        most = self._card.window * CHARACTERS_PER_TOKEN
        # Composing shortens text, a Hangul syllable from three characters to one.
        return prepared(text.lstrip()[: 4 * most])[:most]

    def _opened(self) -> Network:
        if self._network is None:
            raise ModelError("model.closed", "The model was closed while it was needed.", HINT)
        return self._network


class PlainCounter:
    """Counts the tokens of tokenizers that are written in Python, piece by piece."""

    def __init__(self, tokenizer: Any) -> None:
        self._tokenizer = tokenizer

    def count(self, text: str) -> int:
        """Number of tokens in `text`."""
        return len(self._tokenizer.tokenize(prepared(text)))


def counter_of(network: Network) -> Callable[[str], int]:
    """What counts the model's tokens; it can be pickled."""
    tokenizer = network.tokenizer()
    if tokenizer is not None:
        return TokenCounter(tokenizer).count
    return PlainCounter(network.first.tokenizer).count


def described(network: Network, card: ModelCard) -> ModelCard:
    """`card` with what only the opened model tells: dimension, window, pooling and prompts.

    Prompts that the card has already are kept: well-known models name theirs in words only.
    Raises `model.unusable` if the model does not turn a text into one vector.
    """
    query, document = network.prompts()
    if card.query_prompt or card.document_prompt:
        query, document = card.query_prompt, card.document_prompt
    try:
        vectors = network.run([PROBE, "x"], document, "document")
    except MemoryError as error:
        raise ModelError("model.memory", f"The model needs more memory: {error}", HINT) from error
    if vectors.ndim != 2 or np.allclose(vectors[0], vectors[1]):
        message = "The model gives all texts the same vector."
        raise ModelError("model.unusable", message, "Nothing was installed.")
    return replace(
        card,
        dimension=int(vectors.shape[1]),
        window=network.window,
        pooling=network.pooling,
        query_prompt=query,
        document_prompt=document,
    )


def runs_of_like_length(lengths: Sequence[int], tokens: int) -> Iterable[list[int]]:
    """Indexes into `lengths`, the longest first, in runs of at most `tokens` tokens once padded."""
    order = sorted(range(len(lengths)), key=lambda index: -lengths[index])
    while order:
        most = max(1, tokens // max(1, lengths[order[0]]))
        yield order[:most]
        order = order[most:]

"""The light runtime: sentence encoders in ONNX, run by onnxruntime and tokenizers alone."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import psutil

from notesai.embedding.base import ModelCard, SeenText, Vectors
from notesai.embedding.encoder import Encoder
from notesai.embedding.folder import ModelFolder
from notesai.embedding.pair import PairCounter, in_hangul, open_hangul
from notesai.embedding.tokens import prepared

RUN_TOKENS = 512
"""Tokens in one run. More gain nothing: the activations of 512 still fit a core's cache."""

MOST_THREADS = 8
TEXTS_AT_ONCE = 1024
CHARACTERS_PER_TOKEN = 32
"""Text beyond this many characters for each token of the window is cut unread."""

Work = tuple[Encoder, list[int]]
"""The rows that one run computes, and with what."""


class OnnxEmbedder:
    """An `Embedder` over a model folder, with one encoder or a second one for texts in Hangul.

    Texts run together only with texts of exactly as many tokens: nothing is padded. Parallel work
    is done by several threads that each run the graph on one core; a query runs in its caller's
    thread and so never waits for a batch. May be used by many threads.
    """

    def __init__(self, folder: Path, *, threads: int | None = None) -> None:
        """Open the model in `folder`. Raises `ModelError` if it is missing or damaged."""
        self._folder = ModelFolder.open(folder)
        self._encoder = Encoder(folder, self.card.dimension, self.card.window)
        self._hangul = open_hangul(self._folder)
        self._count = self._encoder.counter.count
        if self._hangul is not None:
            self._count = PairCounter(self._hangul.counter, self._encoder.counter).count
        self._threads = 1
        self.set_threads(threads or default_threads())

    @property
    def card(self) -> ModelCard:
        """The model's facts."""
        return self._folder.card

    @property
    def threads(self) -> int:
        """How many threads `embed_documents` uses."""
        return self._threads

    def set_threads(self, threads: int) -> None:
        """Use so many threads from the next `embed_documents` on; fewer spare a battery."""
        self._threads = max(1, threads)

    def verify(self) -> None:
        """Compare the model's files with their hashes. Raises `ModelError` if one is damaged."""
        self._folder.verify()

    def close(self) -> None:
        """Let go of the model. Later calls raise `ModelError`; those under way end well."""
        for encoder in self._encoders():
            encoder.close()

    def rest(self) -> None:
        """Let go of networks and tokenizers until they are used: 130 MB of the bundled model."""
        for encoder in self._encoders():
            encoder.rest()

    def wake(self) -> None:
        """Have all ready for the next query, in about 0.15 s. Raises `ModelError`."""
        for encoder in self._encoders():
            encoder.wake()

    def _encoders(self) -> Iterator[Encoder]:
        yield self._encoder
        if self._hangul is not None:
            yield self._hangul

    def count_tokens(self, text: str) -> int:
        """Number of the model's tokens in `text`, without special ones."""
        return self._count(text)

    def see(self, context: str, text: str) -> SeenText:
        """The tokens of `text` behind `context`, special ones included. Raises `ModelError`."""
        prompt = self.card.document_prompt
        cut = self._cut(prompt, context + text)
        return self._encoder_of(cut).see(cut, len(self._cut(prompt, context)))

    @property
    def counter(self) -> Callable[[str], int]:
        """`count_tokens` on its own: it can be pickled and works in another process."""
        return self._count

    def embed_query(self, text: str) -> Vectors:
        """Vector of a query, shape (dimension,), unit length."""
        cut = self._cut(self.card.query_prompt, text)
        encoder = self._encoder_of(cut)
        return encoder.run(np.array(encoder.encode([cut]), np.int64))[0]

    def embed_documents(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages, shape (n, dimension), unit length, in the order given."""
        places: dict[str, int] = {}
        rows = [places.setdefault(text, len(places)) for text in texts]
        distinct = list(places)
        vectors = np.empty((len(distinct), self.card.dimension), np.float32)
        for start in range(0, len(distinct), TEXTS_AT_ONCE):
            part = distinct[start : start + TEXTS_AT_ONCE]
            self._embed(part, vectors[start : start + len(part)])
        return vectors[rows]

    def _embed(self, texts: Sequence[str], out: Vectors) -> None:
        """Fill `out`, one row for each text."""
        cut = [self._cut(self.card.document_prompt, text) for text in texts]
        by_encoder: dict[Encoder, list[int]] = {}
        for row, text in enumerate(cut):
            by_encoder.setdefault(self._encoder_of(text), []).append(row)
        encoded: list[list[int]] = [[]] * len(cut)
        runs: deque[Work] = deque()
        for encoder, rows in by_encoder.items():
            for row, ids in zip(rows, encoder.encode([cut[row] for row in rows]), strict=True):
                encoded[row] = ids
            lengths = [len(encoded[row]) for row in rows]
            runs.extend((encoder, [rows[i] for i in run]) for run in runs_of_equal_length(lengths))

        def work() -> None:
            try:
                while run := _next(runs):
                    encoder, rows = run
                    out[rows] = encoder.run(np.array([encoded[row] for row in rows], np.int64))
            except BaseException:
                runs.clear()
                raise

        _together(work, min(self._threads, len(runs)))

    def _cut(self, prompt: str, text: str) -> str:
        """What the tokenizer is to see: of long texts only the beginning is read."""
        most = self.card.window * CHARACTERS_PER_TOKEN
        # Composing shortens text, a Hangul syllable from three characters to one.
        return prompt + prepared(text.lstrip()[: 4 * most])[:most]

    def _encoder_of(self, text: str) -> Encoder:
        if self._hangul is not None and in_hangul(text):
            return self._hangul
        return self._encoder


def runs_of_equal_length(lengths: Sequence[int], tokens: int = RUN_TOKENS) -> Iterable[list[int]]:
    """Indexes into `lengths`, in runs of one length and at most `tokens` tokens, the longest first.

    Equal length means no padding, hence no waste and no mask. The longest go first so that threads
    which share the runs end at about the same time.
    """
    by_length: dict[int, list[int]] = {}
    for index, length in enumerate(lengths):
        by_length.setdefault(length, []).append(index)
    for length in sorted(by_length, reverse=True):
        indexes, size = by_length[length], max(1, tokens // max(1, length))
        for start in range(0, len(indexes), size):
            yield indexes[start : start + size]


def default_threads() -> int:
    """Physical cores that this process may use, at most eight: beyond, memory is the limit."""
    cores = psutil.cpu_count(logical=False) or os.cpu_count() or 1
    if hasattr(os, "sched_getaffinity"):
        cores = min(cores, len(os.sched_getaffinity(0)))
    return max(1, min(cores, MOST_THREADS))


def _next(runs: deque[Work]) -> Work | None:
    """The next run, None when another thread has taken the last one."""
    try:
        return runs.popleft()
    except IndexError:
        return None


def _together(work: Callable[[], None], threads: int) -> None:
    """Do `work` in this thread and `threads - 1` others; the first error is raised."""
    if threads <= 1:
        work()
        return
    with ThreadPoolExecutor(threads - 1, thread_name_prefix="embedding") as pool:
        others = [pool.submit(work) for _ in range(threads - 1)]
        work()
    for other in others:
        other.result()

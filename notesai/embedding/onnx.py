"""The light runtime: a sentence encoder in ONNX, run by onnxruntime and tokenizers alone."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Protocol, cast

import numpy as np
import psutil
from numpy.typing import NDArray

from notesai.embedding.base import ModelCard, Vectors
from notesai.embedding.folder import GRAPH, HINT, TOKENIZER, ModelFolder, damaged
from notesai.embedding.tokens import TokenCounter, Tokenizer, prepared
from notesai.errors import ModelError

RUN_TOKENS = 512
"""Tokens in one run. More gain nothing: the activations of 512 still fit a core's cache."""

MOST_THREADS = 8
TEXTS_AT_ONCE = 1024
CHARACTERS_PER_TOKEN = 32
"""Text beyond this many characters for each token of the window is cut unread."""

Ids = NDArray[np.int64]


class Node(Protocol):
    """An input or output of the graph."""

    @property
    def name(self) -> str:
        """Its name."""
        ...

    @property
    def shape(self) -> list[int | str | None]:
        """Its dimensions; free ones are names."""
        ...


class Session(Protocol):
    """What is used of `onnxruntime.InferenceSession`."""

    def run(self, output_names: Sequence[str] | None, input_feed: dict[str, Any]) -> list[Any]:
        """The outputs for these inputs. May be called by many threads at once."""
        ...

    def get_inputs(self) -> list[Node]:
        """The graph's inputs."""
        ...

    def get_outputs(self) -> list[Node]:
        """The graph's outputs."""
        ...


class OnnxEmbedder:
    """An `Embedder` over a model folder; the first output of the graph is the text's unit vector.

    Texts run together only with texts of exactly as many tokens: nothing is padded. Parallel work
    is done by several threads that each run the graph on one core; a query runs in its caller's
    thread and so never waits for a batch. May be used by many threads.
    """

    def __init__(self, folder: Path, *, threads: int | None = None) -> None:
        """Open the model in `folder`. Raises `ModelError` if it is missing or damaged."""
        self._folder = ModelFolder.open(folder)
        self._tokenizer = _open_tokenizer(folder / TOKENIZER, self.card.window)
        self._counter = TokenCounter(_open_tokenizer(folder / TOKENIZER, None))
        self._session: Session | None = _open_session(folder / GRAPH, self.card.dimension)
        self._inputs = tuple(node.name for node in self._session.get_inputs())
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
        self._session = None

    def count_tokens(self, text: str) -> int:
        """Number of the model's tokens in `text`, without special ones."""
        return self._counter.count(text)

    @property
    def counter(self) -> Callable[[str], int]:
        """`count_tokens` on its own: it can be pickled and works in another process."""
        return self._counter.count

    def embed_query(self, text: str) -> Vectors:
        """Vector of a query, shape (dimension,), unit length."""
        [ids] = self._encode(self.card.query_prompt, [text])
        return self._run(np.array([ids], np.int64))[0]

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
        encoded = self._encode(self.card.document_prompt, texts)
        runs = deque(runs_of_equal_length([len(ids) for ids in encoded]))

        def work() -> None:
            try:
                while rows := _next(runs):
                    out[rows] = self._run(np.array([encoded[row] for row in rows], np.int64))
            except BaseException:
                runs.clear()
                raise

        _together(work, min(self._threads, len(runs)))

    def _encode(self, prompt: str, texts: Sequence[str]) -> list[list[int]]:
        """Token ids, special ones included; of long texts only the beginning is read."""
        most = self.card.window * CHARACTERS_PER_TOKEN
        # Composing shortens text, a Hangul syllable from three characters to one.
        batch = [prompt + prepared(text.lstrip()[: 4 * most])[:most] for text in texts]
        return [encoding.ids for encoding in self._tokenizer.encode_batch_fast(batch)]

    def _run(self, ids: Ids) -> Vectors:
        session = self._session
        if session is None:
            raise ModelError("model.closed", "The model was closed while it was needed.", HINT)
        known = {"input_ids": ids}
        for name in self._inputs:
            if name not in known:
                known[name] = np.zeros_like(ids) if "type" in name else np.ones_like(ids)
        try:
            return cast(Vectors, session.run(None, known)[0])
        except Exception as error:  # onnxruntime's own errors have no common base
            raise ModelError("model.failed", f"The model could not run: {error}", HINT) from error


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


def _next(runs: deque[list[int]]) -> list[int] | None:
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


def _open_tokenizer(path: Path, window: int | None) -> Tokenizer:
    """The tokenizer, cutting at `window` tokens, special ones included, or not at all."""
    import tokenizers

    try:
        tokenizer: Any = tokenizers.Tokenizer.from_file(str(path))
        tokenizer.no_padding()
        if window is None:
            tokenizer.no_truncation()
        else:
            tokenizer.enable_truncation(window)
    except Exception as error:  # tokenizers raises plain Exception
        raise damaged(path, str(error)) from error
    return cast(Tokenizer, tokenizer)


def _open_session(path: Path, dimension: int) -> Session:
    """The graph, ready to run on the calling thread alone."""
    runtime = _runtime()
    options = runtime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # Lengths vary from run to run: memory kept for the largest would only lie idle.
    options.enable_cpu_mem_arena = False
    options.enable_mem_pattern = False
    try:
        session = runtime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime's own errors have no common base
        raise damaged(path, str(error)) from error
    if session.get_outputs()[0].shape[-1] != dimension:
        raise damaged(path, f"its vectors have not {dimension} dimensions")
    return cast(Session, session)


def _runtime() -> Any:
    """onnxruntime, imported on first need and told to report nothing to its maker."""
    try:
        import onnxruntime
    except ImportError as error:
        message = f"The runtime of the embedding model cannot be loaded: {error}"
        raise ModelError("model.runtime", message, HINT) from error
    runtime: Any = onnxruntime
    runtime.disable_telemetry_events()
    return runtime

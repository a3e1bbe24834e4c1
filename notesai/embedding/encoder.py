"""One network with its tokenizer: from text to token ids, from ids to vectors."""

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol, cast

import numpy as np
from numpy.typing import NDArray

from notesai.embedding.base import SeenText, Vectors
from notesai.embedding.folder import GRAPH, HINT, TOKENIZER, damaged
from notesai.embedding.tokenizer_file import TokenizerFile
from notesai.embedding.tokens import TokenCounter
from notesai.errors import ModelError

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


class Encoder:
    """A graph whose first output is the unit vectors of the texts in `input_ids`.

    At rest it holds neither network nor tokenizer, and opens them when it is used. May be used by
    many threads.
    """

    def __init__(self, folder: Path, dimension: int, window: int | None = None) -> None:
        """Open `model.onnx` and `tokenizer.json` of `folder`; texts are cut at `window` tokens.

        Without a window the tokenizer's file says where. Raises `model.damaged`.
        """
        self._graph, self._dimension = folder / GRAPH, dimension
        self._tokenizer = TokenizerFile(folder / TOKENIZER, window)
        self.counter = TokenCounter(self._tokenizer)
        self._opening = threading.Lock()
        self._closed = False
        self._session: Session | None = _open_session(self._graph, dimension)
        self._inputs = tuple(node.name for node in self._session.get_inputs())

    def close(self) -> None:
        """Let go of the network. Later runs raise `ModelError`; those under way end well."""
        self._closed = True
        self._session = None

    def rest(self) -> None:
        """Let go of what the next use can read anew; what is under way ends well."""
        self._session = None
        self._tokenizer.rest()
        self.counter.forget()

    def wake(self) -> Session:
        """Have network and tokenizer ready, a tenth of a second. Raises `ModelError`."""
        self._tokenizer.wake()
        session = self._session
        if session is not None:
            return session
        with self._opening:
            if self._closed:
                raise ModelError("model.closed", "The model was closed while it was needed.", HINT)
            if self._session is None:
                self._session = _open_session(self._graph, self._dimension)
            return self._session

    def encode(self, texts: Sequence[str]) -> list[list[int]]:
        """Token ids of each text, special ones included, cut at the window."""
        return self._tokenizer.encode(texts)

    def see(self, text: str, start: int) -> SeenText:
        """The tokens of `text[start:]`, special ones included, cut at the window."""
        return self._tokenizer.see(text, start)

    def run(self, ids: Ids) -> Vectors:
        """The vectors, shape (n, dimension), of texts of equally many tokens, shape (n, length)."""
        session = self.wake()
        known = {"input_ids": ids}
        for name in self._inputs:
            if name not in known:
                known[name] = np.zeros_like(ids) if "type" in name else np.ones_like(ids)
        try:
            return cast(Vectors, session.run(None, known)[0])
        except Exception as error:  # onnxruntime's own errors have no common base
            raise ModelError("model.failed", f"The model could not run: {error}", HINT) from error


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

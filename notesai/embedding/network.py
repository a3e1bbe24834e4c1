"""A sentence-transformers model, opened from files alone and without any code of its own."""

import json
import logging
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal, cast

from notesai.embedding.base import Vectors
from notesai.embedding.folder import HINT
from notesai.embedding.vectors import unit
from notesai.errors import ModelError

log = logging.getLogger(__name__)

INSTALL = (
    'Install it with: pip install "notesai[models]". Until then search by word goes on, and the '
    "bundled model works without it."
)
MOST_WINDOW = 2048
"""Tokens of a text that are read at most, whatever a model allows: passages have about 200, and
attention over 32,000 tokens takes minutes without a graphics card."""

ASSUMED = "mean (assumed)"
"""Pooling of folders that do not say how a text's vector is made from those of its tokens."""

_QUERY = ("query", "search_query", "retrieval.query", "s2p_query")
_DOCUMENT = ("document", "passage", "search_document", "retrieval.passage", "corpus")
_OWN = "sentence_transformers."
_UNLIMITED = 1_000_000
_CONFIGURATIONS = ("modules.json", "router_config.json")

Task = Literal["query", "document"]


class Network:
    """An opened model. `device` is where it runs: "cpu", "cuda" or "mps".

    May be used by many threads: only tokenising is done by one at a time.
    """

    def __init__(self, files: Path, *, device: str | None = None) -> None:
        """Open the model in `files`. Raises `ModelError` if it cannot be used as it is."""
        check_code(files)
        self.libraries = libraries()
        self._torch, library = self.libraries
        self.assumed_pooling = not (files / "modules.json").is_file()
        self.model: Any = _open(self._torch, library, files, device or best_device(self._torch))
        self.model.eval()
        self._tokenising = threading.Lock()
        self.window = self._window()
        self._limit()
        self._blank = "" if self._reads_blank() else "."

    @property
    def first(self) -> Any:
        """The module that reads the text."""
        return self.model[0]

    @property
    def is_static(self) -> bool:
        """True for models that average the vectors of words: nothing looks at their order."""
        return not hasattr(self.first, "auto_model")

    @property
    def device(self) -> str:
        """Where the model runs."""
        return str(self.model.device.type)

    @property
    def pooling(self) -> str:
        """How vectors of tokens become one."""
        if self.assumed_pooling:
            return ASSUMED
        for module in self.model:
            if mode := getattr(module, "pooling_mode", None):
                return mode if isinstance(mode, str) else "+".join(mode)
        return "mean" if self.is_static else "its own"

    def prompts(self) -> tuple[str, str]:
        """What the model's configuration puts in front of a query and of a passage."""
        known: dict[str, str | None] = dict(self.model.prompts or {})
        otherwise = known.get(self.model.default_prompt_name or "") or ""
        query = next((known[name] for name in _QUERY if known.get(name)), None)
        document = next((known[name] for name in _DOCUMENT if known.get(name)), None)
        if query is None and document is None:
            return otherwise, otherwise
        return query or "", document or ""

    def tokenizer(self) -> Any:
        """A `tokenizers.Tokenizer` of its own, which neither cuts nor pads; None if it has none."""
        import tokenizers

        own: Any = getattr(self.first, "tokenizer", None)
        fast = getattr(own, "backend_tokenizer", own)
        if not isinstance(fast, tokenizers.Tokenizer):
            return None
        copy = tokenizers.Tokenizer.from_str(fast.to_str())
        copy.no_truncation()
        copy.no_padding()
        return copy

    def run(self, texts: Sequence[str], prompt: str, task: Task) -> Vectors:
        """Unit vectors, shape (n, dimension); texts without a direction get the neutral one.

        Raises `MemoryError` when the device has no room for so many texts at once.
        """
        torch = self._torch
        try:
            with torch.inference_mode():
                with self._tokenising:
                    given = [text if text.strip() else self._blank for text in texts]
                    features = self.model.preprocess(given, prompt=prompt or None, task=task)
                features = {name: _moved(value, self.device) for name, value in features.items()}
                output = self.model(features, task=task)["sentence_embedding"]
                return unit(output.float().cpu().numpy())
        except Exception as error:  # torch's own errors have no common base
            if out_of_memory(torch, error):
                if self.device == "cuda":
                    torch.cuda.empty_cache()
                raise MemoryError(str(error)) from error
            message = f"The model could not run: {_first_line(error)}"
            raise ModelError("model.failed", message, HINT) from error

    def set_threads(self, threads: int) -> None:
        """Let torch compute with so many threads, in the whole process."""
        self._torch.set_num_threads(threads)

    def _window(self) -> int:
        config = getattr(getattr(self.first, "auto_model", None), "config", None)
        return window_of(self.model.max_seq_length, config)

    def _limit(self) -> None:
        if not self.is_static:
            self.model.max_seq_length = self.window
        elif hasattr(self.first, "tokenizer") and hasattr(
            self.first.tokenizer, "enable_truncation"
        ):
            self.first.tokenizer.enable_truncation(self.window)

    def _reads_blank(self) -> bool:
        """False for tokenizers that make no token of an empty text: transformers need one."""
        return self.is_static or self.model.preprocess([""])["input_ids"].numel() > 0


def libraries() -> tuple[Any, Any]:
    """torch and sentence-transformers, imported on first need. Raises `model.extra`."""
    try:
        import sentence_transformers
        import torch
        from transformers.utils import logging as transformers_logging
    except ImportError as error:
        message = f"This model needs sentence-transformers, which cannot be loaded: {error}"
        raise ModelError("model.extra", message, INSTALL) from error
    # Progress bars and advice to programmers have no place among a program's messages.
    quiet: Any = transformers_logging
    quiet.disable_progress_bar()
    quiet.set_verbosity_error()
    return torch, sentence_transformers


def best_device(torch: Any) -> str:
    """ "cuda" or "mps" where there is one, else "cpu"."""
    if torch.cuda.is_available():
        return "cuda"
    return "mps" if torch.backends.mps.is_available() else "cpu"


def check_code(files: Path) -> None:
    """Raise `model.code` if a configuration asks for Python code other than the library's own."""
    for path in (path for name in _CONFIGURATIONS for path in files.rglob(name)):
        try:
            kinds = _classes(json.loads(path.read_bytes()))
        except (OSError, ValueError) as error:
            raise _unusable(f"{path.name} cannot be read: {error}") from error
        foreign = sorted(kind for kind in kinds if not kind.startswith(_OWN))
        if foreign:
            raise _needs_code(foreign[0])


def window_of(limit: Any, config: Any) -> int:
    """Tokens that are read at most: of a model's own limit, its network's and ours the least."""
    limits = [MOST_WINDOW, _finite(limit)]
    if config is not None:
        text = config.get_text_config() if hasattr(config, "get_text_config") else config
        limits.append(_positions(text))
    return int(min(limit for limit in limits if limit))


def out_of_memory(torch: Any, error: Exception) -> bool:
    """Whether the device ran out of memory; MPS says so in an ordinary RuntimeError."""
    kind = getattr(torch, "OutOfMemoryError", None) or torch.cuda.OutOfMemoryError
    text = str(error).lower()
    return isinstance(error, kind) or (
        isinstance(error, RuntimeError) and ("out of memory" in text or "can't allocate" in text)
    )


def _open(torch: Any, library: Any, files: Path, device: str) -> Any:
    try:
        model = _load(torch, library, files, device)
    except Exception as error:  # the libraries raise whatever they meet
        if device != "cpu" and out_of_memory(torch, error):
            log.warning(
                "the graphics card has too little memory for %s, using the processor", files
            )
            return _open(torch, library, files, "cpu")
        raise explained(error) from error
    if not hasattr(model[0], "auto_model"):
        # Looking words up is quicker than carrying them to a graphics card and back.
        model.to("cpu")
    return model


def _load(torch: Any, library: Any, files: Path, device: str) -> Any:
    # Half precision is slow on processors; graphics cards take the model's own.
    kind = torch.float32 if device == "cpu" else "auto"
    return library.SentenceTransformer(
        str(files),
        device=device,
        local_files_only=True,
        trust_remote_code=False,
        model_kwargs={"dtype": kind},
    )


def explained(error: Exception) -> ModelError:
    """What it means that the libraries could not open a model, in words for a person."""
    chain = [error, error.__cause__, error.__context__]
    text = " ".join(str(one) for one in chain if one is not None)
    if "trust_remote_code" in text or "custom code" in text:
        return _needs_code("its own")
    if "weights_only" in text or "WeightsUnpickler" in text or "Unpickling" in text:
        return ModelError(
            "model.unsafe",
            "The model's weights are a pickle file that would run code of its own when opened.",
            "Nothing was run. Use a version of this model with safetensors weights.",
        )
    return _unusable(_first_line(error))


def _needs_code(name: str) -> ModelError:
    return ModelError(
        "model.code",
        f"The model needs Python code that comes with it ({name}); notesai runs no such code.",
        "Nothing was run. Choose a model that sentence-transformers knows by itself.",
    )


def _unusable(reason: str) -> ModelError:
    return ModelError(
        "model.unusable",
        f"The folder holds no model that sentence-transformers can open: {reason}",
        "It has to hold config.json, the tokenizer's files and the weights. Nothing was changed.",
    )


def _classes(value: Any) -> set[str]:
    """All Python classes that a modules.json or router_config.json names."""
    if isinstance(value, list):
        return set[str]().union(*map(_classes, cast("list[Any]", value)))
    if not isinstance(value, dict):
        return set()
    table = cast("dict[str, Any]", value)
    types = table.get("types")
    named = cast("dict[str, Any]", types).values() if isinstance(types, dict) else ()
    return {str(kind) for kind in (table.get("type"), *named) if kind is not None}


def _positions(config: Any) -> int:
    """How many positions the network has; 0 if it has no such limit or does not say."""
    positions = _finite(getattr(config, "max_position_embeddings", None))
    # The RoBERTa family counts positions from behind the padding token's number.
    kin = any(name in str(getattr(config, "model_type", "")) for name in ("roberta", "mpnet"))
    offset = (getattr(config, "pad_token_id", None) or 0) + 1 if kin else 0
    return max(0, positions - offset)


def _finite(limit: Any) -> int:
    """The limit as a number; 0 for none, as "no limit" is written in many ways."""
    return int(limit) if limit is not None and 0 < limit < _UNLIMITED else 0


def _moved(value: Any, device: str) -> Any:
    return value.to(device) if hasattr(value, "to") else value


def _first_line(error: BaseException) -> str:
    lines = str(error).strip().splitlines()
    return (lines[0] if lines else type(error).__name__)[:300]

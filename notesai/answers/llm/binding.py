"""llama-cpp-python's C interface, made ready for use."""

import ctypes
import importlib
import importlib.util
import logging
from pathlib import Path
from typing import Any

from notesai.answers.backends import load_backends
from notesai.errors import ModelError

log = logging.getLogger(__name__)

_LEVELS = {3: logging.WARNING, 4: logging.ERROR}
"""Of ggml's log levels, those that are worth keeping."""


def is_installed() -> bool:
    """Whether the library is there. Loads nothing."""
    return importlib.util.find_spec("llama_cpp") is not None


def missing() -> ModelError:
    """The error where it is not."""
    return ModelError(
        "llm.missing",
        "The library that runs language models, llama-cpp-python, is not installed.",
        'Install it: pip install "notesai[llm]". Without it, answers are quoted from your notes.',
    )


def library() -> Any:
    """The interface, loaded on first need. Raises `llm.missing` or `llm.broken`."""
    try:
        binding: Any = importlib.import_module("llama_cpp.llama_cpp")
        said.listen(binding)
        binding.llama_backend_init()
        load_backends(Path(binding.__file__).parent)
    except ModuleNotFoundError as error:
        raise missing() from error
    except (ImportError, OSError, RuntimeError, AttributeError) as error:
        raise ModelError(
            "llm.broken",
            f"The library that runs language models cannot be loaded: {error}.",
            "Install it again. Without it, answers are quoted from your notes.",
        ) from error
    return binding


def on_gpu(binding: Any) -> bool:
    """Whether the library can put layers on a graphics processor."""
    return bool(binding.llama_supports_gpu_offload())


class Log:
    """What llama.cpp says: warnings and errors go to the log, the first error is kept."""

    def __init__(self) -> None:
        self.error = ""
        self._callback: Any = None

    def listen(self, binding: Any) -> None:
        """Take what it says from now on."""
        if self._callback is None:
            # The library keeps only the address.
            self._callback = binding.llama_log_callback(self._take)
            binding.llama_log_set(self._callback, ctypes.c_void_p(0))

    def _take(self, level: int, text: bytes, _: Any) -> None:
        line = text.decode("utf-8", "replace").strip()
        if not line or level not in _LEVELS:
            return
        # A person is told by the error that follows; warnings are about speed and training.
        log.info("llama.cpp: %s: %s", logging.getLevelName(_LEVELS[level]).lower(), line)
        if _LEVELS[level] == logging.ERROR:
            # The first error of a failed load names the reason, later ones that it failed.
            self.error = self.error or line.partition(": ")[2] or line


said = Log()
"""There is one for the whole process, as the library has one."""

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


_GRAPHICS = (1, 2)
"""Of ggml's kinds of devices: a graphics processor, with memory of its own or not."""


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


def graphics_memory(binding: Any) -> int:
    """Free bytes of the graphics processors that the library can use; 0 without any."""
    if not binding.llama_supports_gpu_offload():
        return 0
    lib, total = binding._lib, 0
    lib.ggml_backend_dev_count.restype = ctypes.c_size_t
    lib.ggml_backend_dev_get.argtypes = [ctypes.c_size_t]
    lib.ggml_backend_dev_get.restype = ctypes.c_void_p
    lib.ggml_backend_dev_type.argtypes = [ctypes.c_void_p]
    sizes = ctypes.POINTER(ctypes.c_size_t)
    lib.ggml_backend_dev_memory.argtypes = [ctypes.c_void_p, sizes, sizes]
    for number in range(lib.ggml_backend_dev_count()):
        device = lib.ggml_backend_dev_get(number)
        if lib.ggml_backend_dev_type(device) in _GRAPHICS:
            free, whole = ctypes.c_size_t(), ctypes.c_size_t()
            lib.ggml_backend_dev_memory(device, ctypes.byref(free), ctypes.byref(whole))
            total += free.value
    return total


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

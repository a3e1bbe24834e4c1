"""What llama.cpp computes with: in a portable build, one library for each kind of processor.

Such a build (GGML_BACKEND_DL) comes without any built in and chooses among those in a folder as
it starts. llama-cpp-python does not tell it where that folder is.
"""

import ctypes
import logging
import sys
from pathlib import Path

log = logging.getLogger(__name__)

# As the libraries name each other: loading by path could bring in a second copy.
_LIBRARY = {"win32": "ggml.dll", "darwin": "libggml.0.dylib"}.get(sys.platform, "libggml.so.0")


def load_backends(package: Path) -> None:
    """Let llama.cpp know its processor libraries; `package` is the folder of `llama_cpp`.

    To be called after `import llama_cpp` and before a model is loaded; harmless where the build
    has its only backend inside.
    """
    try:
        ggml = ctypes.CDLL(_LIBRARY)
    except OSError:
        # Built with everything in one library.
        return
    ggml.ggml_backend_dev_count.restype = ctypes.c_size_t
    ggml.ggml_backend_load_all_from_path.argtypes = [ctypes.c_char_p]
    for folder in (package / "lib", package.parent / "bin"):
        if ggml.ggml_backend_dev_count():
            return
        if folder.is_dir():
            ggml.ggml_backend_load_all_from_path(str(folder).encode())
    if not ggml.ggml_backend_dev_count():
        log.error("llama.cpp has no library for this processor below %s", package.parent)

import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("llama_cpp")

LOADED = """
import ctypes, sys
from pathlib import Path
import llama_cpp
from notesai.answers import backends
backends.load_backends(Path(llama_cpp.__file__).parent)
backends.load_backends(Path(llama_cpp.__file__).parent)
try:
    ggml = ctypes.CDLL(backends._LIBRARY)
except OSError:
    print("inside")
else:
    ggml.ggml_backend_dev_count.restype = ctypes.c_size_t
    print("devices", ggml.ggml_backend_dev_count())
"""


def test_there_is_something_to_compute_with() -> None:
    root = Path(__file__).resolve().parents[2]
    command = [sys.executable, "-c", LOADED]
    done = subprocess.run(command, capture_output=True, text=True, cwd=root, timeout=60)
    assert done.stdout.strip() in {"inside", "devices 1"}, done.stderr

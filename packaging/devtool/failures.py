"""What lies behind a failure outside of dev.py, and what to do about it."""

import errno
import re
import shutil
from pathlib import Path

from devtool import steps
from devtool.steps import Problem

_DISK = re.compile(r"No space left on device|not enough space on the disk|quota exceeded", re.I)
_CERTIFICATE = re.compile(r"CERTIFICATE_VERIFY_FAILED|SSLError")
_NETWORK = re.compile(
    r"name resolution|name or service not known|getaddrinfo failed|network is unreachable"
    r"|timed out|connection ?(?:reset|refused|aborted)|cannot connect to proxy|max retries",
    re.I,
)
_TOO_LITTLE = 100 << 20
_COMPILING = re.compile(r"Failed building wheel|Failed to build|CMake Error")


def of_pip(output: str, parts: tuple[str, ...] = ()) -> Problem:
    """The problem behind the output of a pip that failed to install notesai with `parts`."""
    if _DISK.search(output):
        return disk_full()
    if _CERTIFICATE.search(output):
        return Problem(
            f"pip does not trust the package index:\n{steps.tail(output, 4)}",
            "Behind a company proxy, point PIP_CERT at its certificate file, then run this again.",
        )
    if cause := _NETWORK.search(output):
        return Problem(
            f"pip could not reach the package index ({cause[0]}).",
            "Check the connection (behind a proxy: HTTPS_PROXY; own index: PIP_INDEX_URL), then "
            "run this again. What was downloaded is kept.",
        )
    if "extra:llm" in parts and _COMPILING.search(output):
        return Problem(
            f"llama-cpp-python did not compile:\n{steps.tail(output)}",
            "It needs cmake and a C++ compiler. All but generated answers works without it: "
            "leave out --llm.",
        )
    return Problem(
        f"pip could not install notesai:\n{steps.tail(output)}",
        "If this makes no sense to you, delete .venv and run this again.",
    )


def of_venv(output: str, checkout: Path) -> Problem:
    """The problem behind the output of a `python -m venv` that failed in `checkout`."""
    # venv does not pass on what the pip in it said, so the disk itself is asked.
    if _DISK.search(output) or shutil.disk_usage(checkout).free < _TOO_LITTLE:
        return disk_full()
    return Problem(
        f".venv could not be made:\n{steps.tail(output, 6)}",
        "Does the folder of the checkout belong to you?",
    )


def of_system(error: OSError, environment: Path) -> Problem:
    """The problem behind an error of the file system; `environment` is the folder `.venv`."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return disk_full()
    where = f"{error.filename}: " if error.filename else ""
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return Problem(
            f"{where}{error.strerror}.",
            "The checkout must belong to you. If dev.py ran as root before: "
            f"sudo rm -r {environment}",
        )
    return Problem(f"{where}{error.strerror or error}.")


def disk_full() -> Problem:
    """The problem of a full disk."""
    return Problem(
        "The disk is full.",
        "notesai with its tests takes about 1.5 GB in .venv, and pip uses the folder for temporary "
        "files (TMPDIR) meanwhile. Make room, then run this again; nothing needs to be cleaned up.",
    )

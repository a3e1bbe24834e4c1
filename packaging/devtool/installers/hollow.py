"""Empty libraries in the place of those that are named as needed, and of which nothing is called.

pyarrow's modules all name all of Arrow's libraries, also for files and plans that nothing here has.
"""

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

_SETS = (("libarrow_substrait.so.*",), ("libarrow_dataset.so.*", "libparquet.so.*"))
"""Libraries that call each other go together."""


def hollow(folder: Path) -> int:
    """Empty the libraries of which nothing is called, in a build; returns the bytes saved."""
    home = folder / "_internal" / "pyarrow"
    if not home.is_dir() or not all(map(shutil.which, ("cc", "nm"))):
        return 0
    saved = 0
    for patterns in _SETS:
        libraries = [file for pattern in patterns for file in sorted(home.glob(pattern))]
        if not _called(home, libraries):
            saved += sum(map(_empty, libraries))
    return saved


def _called(home: Path, libraries: Sequence[Path]) -> set[str]:
    """The names that others call in `libraries`, and find nowhere else."""
    others = [file for file in home.rglob("*.so*") if file not in libraries]
    offered = {name for file in libraries for name in symbols(file, "--defined-only")}
    wanted = {name for file in others for name in symbols(file, "--undefined-only")}
    elsewhere = {name for file in others for name in symbols(file, "--defined-only")}
    return (offered & wanted) - elsewhere


def _empty(library: Path) -> int:
    fresh = library.with_name(library.name + ".empty")
    command = ["cc", "-shared", "-nostdlib", f"-Wl,-soname,{library.name}", "-o", str(fresh)]
    done = subprocess.run([*command, "-x", "c", "/dev/null"], capture_output=True, check=False)
    if done.returncode:
        return 0
    saved = library.stat().st_size - fresh.stat().st_size
    fresh.chmod(library.stat().st_mode)
    fresh.replace(library)
    return saved


def symbols(library: Path, kind: str) -> set[str]:
    """Names that a library calls (`--undefined-only`) or offers (`--defined-only`)."""
    command = ["nm", "--dynamic", "--format=posix", kind, str(library)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    # What stands behind the @ is the version of the library that was seen when it was linked.
    return {line.split()[0].split("@")[0] for line in done.stdout.splitlines() if line}

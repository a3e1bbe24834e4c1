"""One OpenBLAS for numpy and scipy, which bring one each of 25 MB, on Linux.

What numpy calls becomes a small library that hands the calls on to scipy's (linux/narrow_blas.c).
"""

import shutil
import subprocess
from pathlib import Path

from devtool.installers.hollow import symbols

SOURCE = Path(__file__).resolve().parents[2] / "linux" / "narrow_blas.c"

_WIDE = "libscipy_openblas64_-*.so"
_NARROW = "libscipy_openblas-*.so"


def share(folder: Path) -> int:
    """Let numpy in a build use scipy's OpenBLAS; returns the bytes saved.

    Zero where they do not bring what is expected: then both are kept.
    """
    inside = folder / "_internal"
    wide = sorted((inside / "numpy.libs").glob(_WIDE))
    narrow = sorted((inside / "scipy.libs").glob(_NARROW))
    if len(wide) != 1 or len(narrow) != 1 or not all(map(shutil.which, ("cc", "nm"))):
        return 0
    bridge = wide[0].with_suffix(".fresh")
    if not _compiled(bridge, wide[0].name, narrow[0]) or _called(inside) - _offered(bridge):
        bridge.unlink(missing_ok=True)
        return 0
    before = _size(wide[0].parent)
    bridge.chmod(wide[0].stat().st_mode)
    bridge.replace(wide[0])
    # What only the library that was replaced needed: Fortran's own, of which scipy brings its copy.
    for other in wide[0].parent.iterdir():
        if other != wide[0]:
            other.unlink()
            _lead_elsewhere(inside / other.name, narrow[0].with_name(other.name))
    return before - _size(wide[0].parent)


def _lead_elsewhere(link: Path, target: Path) -> None:
    """The loader looks first into the folder above, where PyInstaller links all libraries."""
    if link.is_symlink() and not link.exists():
        link.unlink()
        if target.exists():
            link.symlink_to(target.relative_to(link.parent))


def _compiled(bridge: Path, name: str, narrow: Path) -> bool:
    command = ["cc", "-O2", "-shared", "-fPIC", "-Wl,-z,defs", f"-Wl,-soname,{name}"]
    # What scipy's library itself needs is beside it, and not for us to look up.
    command += ["-Wl,--disable-new-dtags,-rpath,$ORIGIN/../scipy.libs"]
    command += ["-Wl,--allow-shlib-undefined"]
    command += [str(SOURCE), "-o", str(bridge), f"-L{narrow.parent}", f"-l:{narrow.name}", "-lc"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _called(inside: Path) -> set[str]:
    """The names of OpenBLAS that numpy's modules call."""
    found: set[str] = set()
    for module in (inside / "numpy").rglob("*.so"):
        found |= {name for name in symbols(module, "--undefined-only") if "scipy_" in name}
    return found


def _offered(library: Path) -> set[str]:
    return symbols(library, "--defined-only")


def _size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.iterdir())

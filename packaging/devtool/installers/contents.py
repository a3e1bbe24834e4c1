"""What is in a folder that was built: its largest parts, and what does not belong there."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from devtool.installers.leave_out import HEAVY, NEVER

LARGEST_MB = 600


def faults(folder: Path, *, all_models: bool = False) -> list[str]:
    """What is in the build and must not be: heavy or foreign packages, or simply too much."""
    barred = {*NEVER, *(() if all_models else HEAVY)}
    found = [f"{name} at {place}" for name, place in _packages(folder) if name in barred]
    size = total(folder) / 1e6
    if size > LARGEST_MB and not all_models:
        found.append(f"{size:.0f} MB in all, {LARGEST_MB} at most")
    return sorted(found)


def _packages(folder: Path) -> Iterator[tuple[str, Path]]:
    """The names of what can be imported: folders and compiled modules at the top of the build."""
    inside = folder / "_internal"
    for path in inside.iterdir() if inside.is_dir() else ():
        name = path.name.split(".")[0].split("-")[0]
        yield name, path.relative_to(folder)


def total(folder: Path) -> int:
    """Bytes of all files; what is linked counts once."""
    return sum(size for _, size in _sizes(folder))


def largest(folder: Path, n: int = 10) -> list[tuple[str, int]]:
    """The `n` largest parts and their bytes: packages and libraries at the top of the build."""
    parts = Counter[str]()
    for place, size in _sizes(folder):
        name = place.as_posix().removeprefix("_internal/").split("/")[0]
        parts[name.split(".libs")[0]] += size
    return parts.most_common(n)


def table(folder: Path, title: str) -> str:
    """Size of the build and of its ten largest parts, one a line."""
    lines = [f"  {title}: {total(folder) / 1e6:.0f} MB"]
    lines += [f"    {size / 1e6:7.1f} MB  {name}" for name, size in largest(folder)]
    return "\n".join(lines)


def _sizes(folder: Path) -> Iterator[tuple[Path, int]]:
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            yield path.relative_to(folder), path.stat().st_size

"""What notesai is made of: its version, and the libraries that come along with their licences."""

import importlib.metadata
import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError
from pathlib import Path

import msgspec

from notesai import __version__
from notesai.paths import resources

_NAME = re.compile(r"[A-Za-z0-9][\w.-]*")
# By their own names, or all that is in a folder for licences: pdfium's are named after their parts.
_TEXT = re.compile(
    r"(?i)(^|/)(licen[cs]e|copying|notice|third.?party)[^/]*$|/licen[cs]es/.*[^/]+\.txt$"
)
_LARGEST_TEXT = 400_000


class Part(msgspec.Struct, frozen=True):
    """One part that is shipped; `texts` are its licences in full, as far as it brings them."""

    name: str
    version: str
    licence: str
    address: str = ""
    texts: tuple[str, ...] = ()


OTHERS = (
    Part("Python", "", "PSF-2.0", "https://www.python.org"),
    Part("Qt", "", "LGPL-3.0-only", "https://www.qt.io"),
    Part("llama.cpp", "", "MIT", "https://github.com/ggml-org/llama.cpp"),
    Part("all-MiniLM-L6-v2", "", "Apache-2.0", "https://huggingface.co/sentence-transformers"),
)
"""What no Python package names: it is inside of one, or of the program."""


def version() -> str:
    """The version of notesai."""
    return __version__


def news(language: str) -> tuple[str, ...]:
    """What is new in this version, in "en" or "ko"; nothing where that is not known."""
    try:
        changes = tomllib.loads((resources() / "changes.toml").read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError):
        return ()
    known = changes.get("version", [])
    return next((tuple(v[language]) for v in known if v["number"] == __version__), ())


def parts() -> tuple[Part, ...]:
    """Everything that is shipped with notesai, by name, without the texts of the licences.

    An installed program has a list that was made with it; a checkout looks at what is installed.
    """
    try:
        data = listing().read_bytes()
    except OSError:
        found = gathered(texts=False)
    else:
        found = msgspec.json.decode(data, type=tuple[Part, ...])
    return tuple(sorted((*found, *OTHERS), key=lambda part: part.name.lower()))


def listing() -> Path:
    """The list that is made for installed programs: JSON, an array of `Part`."""
    return resources() / "licences" / "parts.json"


def gathered(*, texts: bool, root: str = "notesai") -> tuple[Part, ...]:
    """The libraries that `root` needs, and those that they need, as installed in this Python."""
    return tuple(_part(found, texts=texts) for _, found in sorted(_needed(root).items()))


def _needed(root: str) -> dict[str, Distribution]:
    found: dict[str, Distribution] = {}
    left = list(_requirements(root, extras=("llm",)))
    while left:
        name = left.pop()
        if name in found or name == root:
            continue
        try:
            found[name] = importlib.metadata.distribution(name)
        except PackageNotFoundError:
            continue
        left.extend(_requirements(name))
    return found


def _requirements(name: str, extras: tuple[str, ...] = ()) -> Iterator[str]:
    """Normalised names of what a package needs; what an extra needs only if it is one of these."""
    try:
        requirements = importlib.metadata.requires(name) or []
    except PackageNotFoundError:
        return
    for requirement in requirements:
        needed, _, marker = requirement.partition(";")
        extra = re.search(r"extra\s*==\s*['\"]([^'\"]+)", marker)
        match = _NAME.match(needed.strip())
        if match and (extra is None or extra[1] in extras):
            yield re.sub(r"[-_.]+", "-", match[0]).lower()


def _part(found: Distribution, *, texts: bool) -> Part:
    licence = _field(found, "License-Expression") or _classified(_fields(found, "Classifier"))
    licence = licence or _field(found, "License").strip().split("\n")[0][:80]
    return Part(
        name=found.metadata["Name"],
        version=found.version,
        licence=licence or "see its texts",
        address=_field(found, "Home-page") or _address(_fields(found, "Project-URL")),
        texts=tuple(_texts(found)) if texts else (),
    )


def _fields(found: Distribution, name: str) -> list[str]:
    return found.metadata.get_all(name) or []


def _field(found: Distribution, name: str) -> str:
    return next(iter(_fields(found, name)), "")


def _classified(classifiers: list[str]) -> str:
    named = [c.rpartition("::")[2].strip() for c in classifiers if c.startswith("License ::")]
    return ", ".join(name for name in named if name != "OSI Approved")


def _address(named: list[str]) -> str:
    addresses = [entry.partition(",")[2].strip() for entry in named]
    return addresses[0] if addresses else ""


def _texts(found: Distribution) -> Iterator[str]:
    for file in found.files or []:
        inside = "dist-info" in file.as_posix()
        if inside and _TEXT.search(file.as_posix()):
            path = Path(str(found.locate_file(file)))
            if path.is_file() and path.stat().st_size <= _LARGEST_TEXT:
                yield path.read_text("utf-8", "replace")

"""ICU's data without what Qt never asks for: names of units, currencies, languages, countries.

Qt takes from ICU how words are ordered and how bytes are read in other encodings, which stay as
they are for all languages, and the names of time zones, which stay for those of the window. Dates
and numbers it writes by its own tables.
"""

import re
import shutil
import struct
import subprocess
from collections.abc import Sequence
from pathlib import Path

_UNUSED = re.compile(
    # Names; rules for numbers in words and for other scripts; where Thai and Khmer words end.
    r"/(?:unit|curr|lang|region|translit|rbnf|brkitr)/|\.spp\Z|/unames\.icu\Z"
    r"|/zone/(?!ko|en|root|pool|res_index)"
    # Of languages: dates and numbers, but for the two of the window.
    r"|\A[^/]+/(?!ko|en|root)[a-z]{2,3}(?:_\w+)*\.res\Z"
)
_ASSEMBLY = """
    .section .rodata
    .balign 16
    .global {name}
    .type {name}, @object
    .size {name}, {size}
{name}:
    .incbin "{file}"
    .section .note.GNU-stack,"",@progbits
"""
_ALIGNMENT = 16


def cut(folder: Path) -> int:
    """Make ICU's data in a build smaller; returns the bytes saved, 0 where it cannot be done."""
    if shutil.which("cc") is None:
        return 0
    libraries = list(folder.glob("_internal/PySide6/Qt/lib/libicudata.so.*"))
    return sum(_cut(library) for library in libraries if not library.is_symlink())


def _cut(library: Path) -> int:
    whole = library.read_bytes()
    version = library.suffix.removeprefix(".")
    fresh = library.with_name("icudata.fresh")
    data, assembly = library.with_name("icudata.dat"), library.with_name("icudata.s")
    try:
        data.write_bytes(reduced(whole))
        text = _ASSEMBLY.format(name=f"icudt{version}_dat", size=data.stat().st_size, file=data)
        assembly.write_text(text, "utf-8")
        command = ["cc", "-shared", "-nostdlib", f"-Wl,-soname,{library.name}", "-o", str(fresh)]
        subprocess.run([*command, str(assembly)], check=True, capture_output=True)
        saved = len(whole) - fresh.stat().st_size
        fresh.chmod(library.stat().st_mode)
        fresh.replace(library)
        return saved
    except (ValueError, subprocess.CalledProcessError):
        return 0
    finally:
        for scratch in (data, assembly, fresh):
            scratch.unlink(missing_ok=True)


def reduced(library: bytes) -> bytes:
    """The package of data in `library`, with what is used alone. Raises `ValueError` without one.

    A package is a header, whose first two bytes are its length, then a count, pairs of offsets of
    name and content (from the count on), the names, and the contents in the order of their names.
    """
    start = library.find(b"CmnD") - 12
    if start < 0 or library[start + 2 : start + 4] != b"\xda\x27":
        raise ValueError("no package of ICU's data")
    header = library[start : start + struct.unpack_from("<H", library, start)[0]]
    table = start + len(header)
    names, places = _contents(library, table)
    # The last content, which is the smallest risk to keep, ends where nothing says.
    ends = [*places[1:], _end(library, table, places[-1])]
    kept = [
        (name, library[table + at : table + end])
        for name, at, end in zip(names, places, ends, strict=True)
        if not _UNUSED.search(name)
    ]
    return header + _packed(kept)


def _contents(library: bytes, table: int) -> tuple[list[str], list[int]]:
    (count,) = struct.unpack_from("<I", library, table)
    pairs = struct.unpack_from(f"<{2 * count}I", library, table + 4)
    named = [table + at for at in pairs[::2]]
    names = [library[at : library.index(b"\0", at)].decode("ascii") for at in named]
    return names, list(pairs[1::2])


def _end(library: bytes, table: int, last: int) -> int:
    """Where a bundle of resources ends: its sixth number counts words of its whole body."""
    at = table + last
    body = at + struct.unpack_from("<H", library, at)[0]
    return body - table + 4 * struct.unpack_from("<6I", library, body)[4]


def _packed(parts: Sequence[tuple[str, bytes]]) -> bytes:
    names = b"".join(name.encode("ascii") + b"\0" for name, _ in parts)
    first = 4 + 8 * len(parts)
    start = -(-(first + len(names)) // _ALIGNMENT) * _ALIGNMENT
    table, body, at = b"", b"", first
    for name, content in parts:
        table += struct.pack("<II", at, start + len(body))
        at += len(name) + 1
        body += content + b"\0" * (-len(content) % _ALIGNMENT)
    count = struct.pack("<I", len(parts))
    return (count + table + names).ljust(start, b"\0") + body

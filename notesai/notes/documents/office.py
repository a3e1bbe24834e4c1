"""The packages of Office files: zips of XML, opened so that none of them unpacks to too much.

Names of elements and attributes are kept without their namespaces: the transitional and the strict
form of the format differ in these alone.
"""

import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from notesai.notes.documents.refusals import (
    damaged,
    empty,
    locked,
    not_its_name,
    old_format,
    too_large,
)

Tick = Callable[[], None]

REFERS = "r:"
"""Stands before the names of attributes that refer to other parts: `r:id` beside `id`."""

LARGEST_PART = 64 << 20
LARGEST_WHOLE = 200 << 20
"""Bytes that one part, and all that is read of a file, may unpack to."""

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_DEEPEST = 256
_FED = 1 << 16
_MOST_PARTS = 20_000


class Package:
    """The parts of one Office file. Raises `NoteError`."""

    def __init__(self, data: bytes, tick: Tick) -> None:
        if not data.startswith(_ZIP):
            raise _no_package(data)
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError) as error:
            raise damaged() from error
        self._names = {name.lstrip("/").lower(): name for name in self._zip.namelist()}
        if len(self._names) > _MOST_PARTS:
            raise too_large()
        self._tick = tick
        self._left = LARGEST_WHOLE

    def main_part(self, suffix: str) -> str:
        """The part that the file is about, whose name ends in `suffix`."""
        for kind, target in self.relations("").values():
            if kind == "officeDocument":
                if target.endswith(suffix) and self.has(target):
                    return target
                raise not_its_name()
        raise not_its_name() if self.has("[Content_Types].xml") or self._names else damaged()

    def has(self, name: str) -> bool:
        """True if there is such a part."""
        return name.lower() in self._names

    def xml(self, name: str) -> Element | None:
        """The root of the part of this name; None if there is none."""
        data = self._read(name)
        return _parsed(data, self._tick) if data is not None else None

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """What a part refers to, by id: the kind of relation and the name of the other part."""
        folder, name = posixpath.split(part)
        root = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        found: dict[str, tuple[str, str]] = {}
        for entry in root if root is not None else ():
            kind = entry.get("Type", "").rpartition("/")[2]
            target = entry.get("Target", "")
            if entry.get("TargetMode") != "External":
                whole = target if target.startswith("/") else posixpath.join(folder, target)
                found[entry.get("Id", "")] = kind, posixpath.normpath(whole).lstrip("/")
        return found

    def about(self) -> tuple[str, str, str]:
        """Title, author and day of making, as far as the file says so."""
        root = self.xml("docProps/core.xml")
        known = {entry.tag: entry.text or "" for entry in root} if root is not None else {}
        day = re.match(r"\d{4}-\d{2}-\d{2}", known.get("created", ""))
        return known.get("title", ""), known.get("creator", ""), day[0] if day else ""

    def _read(self, name: str) -> bytes | None:
        stored = self._names.get(name.lower())
        if stored is None:
            return None
        try:
            with self._zip.open(stored) as part:
                # Not what the directory says of its size: that may be a lie.
                data = part.read(LARGEST_PART + 1)
        except NotImplementedError as error:
            # A way of packing that nobody uses.
            raise damaged() from error
        except RuntimeError as error:
            raise locked() from error
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
            raise damaged() from error
        self._left -= len(data)
        if len(data) > LARGEST_PART or self._left < 0:
            raise too_large()
        return data


def _no_package(data: bytes) -> Exception:
    if not data:
        return empty()
    if data.startswith(_OLE):
        return locked() if _ENCRYPTED in data else old_format()
    return not_its_name()


class _Builder:
    """Makes a tree of what a parser tells; no document type is allowed, which Office never has."""

    def __init__(self) -> None:
        self._tree = TreeBuilder()
        self._depth = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise damaged()
        self._tree.start(_bare(name), {_bare(key): value for key, value in attributes.items()})

    def end(self, name: str) -> None:
        """An element ends."""
        self._depth -= 1
        self._tree.end(_bare(name))

    def data(self, text: str) -> None:
        """Text inside of one."""
        self._tree.data(text)

    def doctype(self, *_: object) -> None:
        """Entities are declared there, which may grow without end or name other files."""
        raise damaged()

    def close(self) -> Element:
        """The root."""
        return self._tree.close()


def _bare(name: str) -> str:
    space, _, bare = name.rpartition("}")
    # The strict form has no year in the name of this namespace.
    refers = "/officeDocument/" in space and space.endswith("/relationships")
    return REFERS + bare if refers else bare


def _parsed(data: bytes, tick: Tick) -> Element:
    builder = _Builder()
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = builder.doctype
    try:
        for at in range(0, len(data), _FED):
            parser.Parse(data[at : at + _FED], False)
            tick()
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise damaged() from error
    return builder.close()


def children(element: Element | None, *names: str) -> Iterator[Element]:
    """The children of these names, in order."""
    for child in element if element is not None else ():
        if child.tag in names:
            yield child


def value(element: Element | None, *path: str) -> str:
    """The `val` of what is found along a path of names; "" if there is nothing."""
    for name in path:
        element = next(children(element, name), None)
    return element.get("val", "") if element is not None else ""


def chosen(element: Element) -> Iterator[Element]:
    """The children, of alternatives for older programs only the first."""
    for child in element:
        if child.tag == "AlternateContent":
            for alternative in list(child)[:1]:
                yield from chosen(alternative)
        else:
            yield child

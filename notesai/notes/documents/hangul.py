"""Hangul word processor files: .hwpx, a zip of XML (KS X 6101), and .hwp, its binary forerunner.

The first is read here: outline styles are headings, notes stand at the end, and what was deleted
while changes were tracked, page headers and hidden comments are left out. The second is read by
unhwp, native code that knows its records. A file is what it is, whichever of the two its name says.
"""

import json
import os
import re
import sys
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any, cast
from xml.etree.ElementTree import Element

from notesai.notes.documents.markdown_text import MarkdownText, inline, one_line
from notesai.notes.documents.office import Package, children
from notesai.notes.documents.refusals import (
    damaged,
    empty,
    locked,
    not_here,
    not_its_name,
    only_pictures,
)
from notesai.notes.documents.word_styles import to_int

Tick = Callable[[], None]

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CONTENTS = "Contents/content.hpf"
_OUTLINE = re.compile(r"(?:outline|개요)\s*(\d{1,2})\Z", re.IGNORECASE)
_REFERENCE = re.compile(r"\\?\[\\?\^(\d+)\\?\]")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_SPACES = frozenset({"lineBreak", "tab", "nbSpace", "fwSpace"})
_NOTES = frozenset({"footNote", "endNote"})
_LEFT_OUT = frozenset({"header", "footer", "hiddenComment", "secPr", "parameters", "script", "pic"})
_LISTED = frozenset({"BULLET", "NUMBER"})

_LOCKED_KINDS = frozenset({12, 403})
"""unhwp's numbers for what is encrypted or may not be copied."""


def hangul(data: bytes, tick: Tick) -> str:
    """A Hangul file as Markdown. Raises `NoteError`; `tick` is called now and then."""
    if not data:
        raise empty()
    if data.startswith(_ZIP):
        return _Sections(Package(data, tick), tick).markdown()
    if data.startswith(_OLE):
        return _binary(data, tick)
    raise not_its_name()


class _Sections:
    """What has been read of a .hwpx file."""

    def __init__(self, package: Package, tick: Tick) -> None:
        self._package, self._tick = package, tick
        self._out = MarkdownText()
        self._levels: dict[str, int] = {}
        self._heads: dict[str, tuple[str, int]] = {}
        self._notes: list[str] = []
        self._pictures = False
        self._title = ""

    def markdown(self) -> str:
        """The whole."""
        contents = self._package.xml(_CONTENTS)
        if contents is None:
            raise not_its_name()
        manifest = self._package.xml("META-INF/manifest.xml")
        if manifest is not None and next(manifest.iter("encryption-data"), None) is not None:
            raise locked()
        self._read_styles()
        for name in _order(contents):
            root = self._package.xml(name)
            if root is not None:
                self._blocks(root)
        for number, note in enumerate(self._notes, start=1):
            self._out.add(f"[^{number}]: {inline(note)}")
        if self._out.empty:
            raise only_pictures() if self._pictures else empty()
        title, author, created = _about(contents)
        return self._out.text(title=title or self._title, author=author, created=created)

    def _read_styles(self) -> None:
        header = self._package.xml("Contents/header.xml")
        if header is None:
            return
        for style in header.iter("style"):
            for name in (style.get("engName", ""), style.get("name", "")):
                if found := _OUTLINE.match(name):
                    self._levels[style.get("id", "")] = int(found[1])
        for properties in header.iter("paraPr"):
            for head in children(properties, "heading"):
                kind, depth = head.get("type", ""), to_int(head.get("level", ""))
                self._heads[properties.get("id", "")] = kind, depth

    def _blocks(self, parent: Element) -> None:
        for paragraph in children(parent, "p"):
            self._paragraph(paragraph)
            self._tick()

    def _paragraph(self, paragraph: Element) -> None:
        """Its text, then the tables and boxes that are anchored in it."""
        boxes: list[Element] = []
        text = inline("".join(self._pieces(paragraph, boxes)))
        # A reference to a note is the one mark that stands in the text.
        text = _REFERENCE.sub(r"[^\1]", text)
        kind, depth = self._heads.get(paragraph.get("paraPrIDRef", ""), ("", 0))
        level = self._levels.get(paragraph.get("styleIDRef", ""), 0)
        level = level or (depth + 1 if kind == "OUTLINE" else 0)
        if text and level:
            self._title = self._title or (one_line(text) if level == 1 else "")
            self._out.add(f"{'#' * min(level, 6)} {text.replace('<', '&lt;')}")
        elif text and kind in _LISTED:
            self._out.listed(text, depth=depth)
        else:
            self._out.escaped(text)
        for box in boxes:
            if box.tag == "tbl":
                rows = children(box, "tr")
                self._out.table([[_said(cell) for cell in children(row, "tc")] for row in rows])
            for words in children(box, "caption", "drawText"):
                for inner in children(words, "subList"):
                    self._blocks(inner)

    def _pieces(self, element: Element, boxes: list[Element]) -> Iterator[str]:
        """The text of a paragraph; what has text of its own is put into `boxes`."""
        for child in element:
            if child.tag == "t":
                yield _written(child)
            elif child.tag in _NOTES:
                self._notes.append(_said(child))
                yield f"[^{len(self._notes)}]"
            elif child.tag == "pic":
                self._pictures = True
                boxes.append(child)
            elif child.tag == "tbl" or next(children(child, "drawText"), None) is not None:
                boxes.append(child)
            elif child.tag not in _LEFT_OUT:
                yield from self._pieces(child, boxes)


def _order(contents: Element) -> Iterator[str]:
    """The parts of the sections in the order in which they are read."""
    named = {item.get("id", ""): item.get("href", "") for item in contents.iter("item")}
    for entry in contents.iter("itemref"):
        name = named.get(entry.get("idref", ""), "")
        if re.search(r"section\d+\.xml\Z", name, re.IGNORECASE):
            yield name if "/" in name else f"Contents/{name}"


def _about(contents: Element) -> tuple[str, str, str]:
    """Title, author and day of making, as far as the file says so."""
    title = next((found.text or "" for found in contents.iter("title")), "")
    known = {meta.get("name", ""): meta.text or "" for meta in contents.iter("meta")}
    day = _DAY.match(known.get("CreatedDate", ""))
    return title, known.get("creator", ""), day[0] if day else ""


def _written(element: Element) -> str:
    """The text of one run, without what was deleted while changes were tracked."""
    parts, deleted = [element.text or ""], False
    for mark in element:
        if mark.tag in _SPACES:
            parts.append("" if deleted else " ")
        elif mark.tag == "hyphen":
            parts.append("" if deleted else "-")
        deleted = mark.tag == "deleteBegin" or (deleted and mark.tag != "deleteEnd")
        parts.append("" if deleted else mark.tail or "")
    return "".join(parts)


def _said(element: Element) -> str:
    """All text inside of an element in one line."""
    parts: list[str] = []
    for child in element:
        if child.tag == "t":
            parts.append(_written(child))
        elif child.tag not in _LEFT_OUT:
            parts.append(f" {_said(child)} " if child.tag in {"p", "tc"} else _said(child))
    return one_line("".join(parts))


def _binary(data: bytes, tick: Tick) -> str:
    """A .hwp file as Markdown."""
    tick()
    try:
        unhwp = _library()
    except (ImportError, OSError) as error:
        raise not_here() from error
    try:
        with unhwp.parse_bytes(data) as result:
            document: Any = json.loads(result.json)
    except unhwp.UnhwpError as error:
        raise (locked() if int(error.kind) in _LOCKED_KINDS else damaged()) from error
    tick()
    out = MarkdownText()
    for section in document["sections"]:
        for block in section["content"]:
            _add(out, block)
            tick()
    if out.empty:
        raise only_pictures() if document.get("resources") else empty()
    about = document["metadata"]
    created = _DAY.match(about.get("created") or "")
    return out.text(
        title=about.get("title") or "",
        author=about.get("author") or "",
        created=created[0] if created else "",
    )


def _library() -> Any:
    """unhwp, told where its library is: it would run another program to find that out."""
    spec = find_spec("unhwp")
    if sys.platform == "linux" and spec is not None and spec.submodule_search_locations:
        folder = Path(next(iter(spec.submodule_search_locations)))
        os.environ.setdefault("UNHWP_LIB_PATH", str(folder / "lib" / "linux-x64" / "libunhwp.so"))
    import unhwp

    return unhwp


def _add(out: MarkdownText, block: dict[str, Any]) -> None:
    if "Paragraph" in block:
        paragraph = block["Paragraph"]
        style, text = paragraph["style"], _words(paragraph["content"])
        head: dict[str, Any] = style.get("head") or {}
        level = head["level"] + 1 if head.get("kind") == "Outline" else style["heading_level"]
        if level:
            out.heading(level, text)
        elif head:
            out.item(re.sub(r"\A[-•*·]\s+", "", text), depth=head.get("level") or 0)
        else:
            out.paragraph(text)
    elif "Table" in block:
        rows = block["Table"]["rows"]
        out.table([[_words(cell["content"]) for cell in row["cells"]] for row in rows])


def _words(content: Any) -> str:
    """All text inside of something, whatever it is made of."""
    if isinstance(content, dict):
        parts = cast("dict[str, Any]", content)
        if isinstance(parts.get("text"), str):
            return parts["text"]
        return "".join(_words(part) for key, part in parts.items() if key != "style")
    if isinstance(content, list):
        return "".join(_words(part) for part in cast("list[Any]", content))
    return " " if content == "LineBreak" else ""

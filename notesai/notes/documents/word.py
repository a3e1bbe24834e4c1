"""Word (.docx): headings, paragraphs, lists, tables and notes of the text as it now stands.

What was deleted while changes were tracked is left out, and so are headers, footers, comments and
the table of contents. The format: ECMA-376, part 1.
"""

from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element

from notesai.notes.documents.markdown_text import MarkdownText, inline, one_line
from notesai.notes.documents.office import Package, children, chosen, value
from notesai.notes.documents.refusals import empty, only_pictures
from notesai.notes.documents.word_styles import (
    CONTENTS,
    TITLE,
    Numbering,
    Style,
    is_marker,
    read_styles,
    to_int,
)

Tick = Callable[[], None]

_LEFT_OUT = frozenset({"del", "moveFrom", "instrText", "delText", "pPr", "rPr", "sdtPr"})
_BOXED = frozenset({"txbxContent"})


def word(data: bytes, tick: Tick) -> str:
    """A Word file as Markdown. Raises `NoteError`; `tick` is called now and then."""
    package = Package(data, tick)
    part = package.main_part("document.xml")
    root = package.xml(part)
    body = next(children(root, "body"), None)
    if body is None:
        raise empty()
    reading = _Reading(package, part, tick)
    reading.blocks(body)
    reading.notes()
    if reading.out.empty:
        pictures = any(target.startswith("word/media/") for _, target in reading.targets)
        raise only_pictures() if pictures else empty()
    title, author, created = package.about()
    return reading.out.text(title=title or reading.title, author=author, created=created)


class _Reading:
    """What has been read of a document."""

    def __init__(self, package: Package, part: str, tick: Tick) -> None:
        self.out = MarkdownText()
        self.title = ""
        self._package, self._tick = package, tick
        related = package.relations(part)
        self.targets = tuple(related.values())
        self._parts = dict(related.values())
        self._styles = read_styles(self._xml("styles"))
        self._numbering = Numbering(self._xml("numbering"))
        self._notes: list[tuple[str, str]] = []
        self._boxes: list[Element] = []

    def blocks(self, parent: Element) -> None:
        """Paragraphs and tables, also those inside of what is filled in or tracked."""
        for child in chosen(parent):
            if child.tag == "p":
                self._paragraph(child)
                self._tick()
            elif child.tag == "tbl":
                self.out.table(list(self._rows(child)))
            elif child.tag in {"sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"}:
                self.blocks(child)

    def notes(self) -> None:
        """Footnotes and endnotes that the text refers to."""
        texts: dict[tuple[str, str], str] = {}
        for kind, name in (("footnotes", "footnote"), ("endnotes", "endnote")):
            for note in children(self._xml(kind), name):
                texts[name, note.get("id", "")] = self._said(note)
        for number, key in enumerate(self._notes, start=1):
            text = inline(texts.get(key, ""))
            if text:
                self.out.add(f"[^{number}]: {text}")

    def _xml(self, kind: str) -> Element | None:
        target = self._parts.get(kind, "")
        return self._package.xml(target) if target else None

    def _paragraph(self, element: Element) -> None:
        properties = next(children(element, "pPr"), None)
        style = self._styles.get(value(properties, "pStyle"), Style())
        own = value(properties, "outlineLvl")
        level = to_int(own) + 1 if own.isdigit() and int(own) < 9 else style.level
        text = self._inline(element)
        boxes, self._boxes = self._boxes, []
        if text and level != CONTENTS:
            self._add(text, level, self._label(properties, style))
        for box in boxes:
            self.blocks(box)

    def _add(self, text: str, level: int, label: tuple[str, int]) -> None:
        mark, depth = label
        if level == TITLE:
            self.title = self.title or one_line(text)
            self.out.add(f"# {text}")
        elif level:
            numbered = f"{mark} {text}" if mark and mark != "-" else text
            self.out.add(f"{'#' * min(level, 6)} {numbered.replace('<', '&lt;')}")
        elif is_marker(mark):
            self.out.listed(text, depth=depth, marker=mark)
        elif mark:
            self.out.listed(f"{inline(mark)} {text}", depth=depth)
        else:
            self.out.escaped(text)

    def _label(self, properties: Element | None, style: Style) -> tuple[str, int]:
        """How the paragraph is numbered, and how deep in its list it is."""
        numbered = next(children(properties, "numPr"), None)
        list_id = value(numbered, "numId") or style.list_id
        own_depth = value(numbered, "ilvl")
        depth = to_int(own_depth) if own_depth else style.depth
        # The list 0 takes a paragraph out of the list of its style.
        return (self._numbering.label(list_id, depth), depth) if list_id != "0" else ("", 0)

    def _inline(self, element: Element) -> str:
        """The text of a paragraph, escaped; references to notes are Markdown's."""
        done: list[str] = []
        plain: list[str] = []
        for part in self._parts_of(element):
            if isinstance(part, tuple):
                self._notes.append(part)
                done += [inline("".join(plain)), f"[^{len(self._notes)}]"]
                plain.clear()
            else:
                plain.append(part)
        text = "".join(plain)
        return "".join([*done, " " if done and text[:1].isspace() else "", inline(text)])

    def _parts_of(self, element: Element) -> Iterator[str | tuple[str, str]]:
        """Pieces of text, and the notes that are referred to among them."""
        for child in chosen(element):
            match child.tag:
                case "t":
                    yield child.text or ""
                case "tab" | "br" | "cr":
                    yield " "
                case "noBreakHyphen":
                    yield "-"
                case "footnoteReference":
                    yield "footnote", child.get("id", "")
                case "endnoteReference":
                    yield "endnote", child.get("id", "")
                case tag if tag in _BOXED:
                    self._boxes.append(child)
                case tag if tag not in _LEFT_OUT:
                    yield from self._parts_of(child)
                case _:
                    pass

    def _rows(self, table: Element) -> Iterator[list[str]]:
        for row in _within(table, "tr"):
            yield [self._said(cell) for cell in _within(row, "tc")]

    def _said(self, element: Element) -> str:
        """All text inside of an element in one line."""
        lines: list[str] = []
        for child in chosen(element):
            if child.tag == "p":
                lines.append("".join(p for p in self._parts_of(child) if isinstance(p, str)))
            elif child.tag not in _LEFT_OUT:
                lines.append(self._said(child))
        return one_line(" ".join(lines))


def _within(parent: Element, name: str) -> Iterator[Element]:
    """Rows or cells, also those inside of what is filled in or tracked."""
    for child in chosen(parent):
        if child.tag == name:
            yield child
        elif child.tag in {"sdt", "sdtContent", "ins", "customXml"}:
            yield from _within(child, name)

"""PowerPoint (.pptx): a heading for each slide, what stands on it, and the speaker's notes.

The format: ECMA-376, part 1.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from notesai.notes.documents.markdown_text import MarkdownText, one_line, words_of
from notesai.notes.documents.office import REFERS, Package, children, chosen
from notesai.notes.documents.refusals import empty, only_pictures
from notesai.notes.documents.word_styles import to_int

Tick = Callable[[], None]

_TITLES = frozenset({"title", "ctrTitle"})
_UNREAD = frozenset({"sldNum", "dt", "ftr", "hdr", "sldImg"})
_LISTS = frozenset({"body", "obj", ""})
_EMPTY_TITLES = frozenset(
    {"powerpoint presentation", "powerpoint 프레젠테이션", "slide 1", "제목 없음"}
)


@dataclass(slots=True)
class _Slide:
    """What stands on a slide. A line is an item of a list if it has a depth of 0 or more."""

    title: str = ""
    blocks: list[list[list[str]] | tuple[str, int]] = field(
        default_factory=list["list[list[str]] | tuple[str, int]"]
    )
    notes: list[str] = field(default_factory=list[str])

    def words(self) -> str:
        """Its text, to tell the language."""
        return " ".join([self.title, *(b[0] for b in self.blocks if isinstance(b, tuple))])


def presentation(data: bytes, tick: Tick) -> str:
    """A presentation as Markdown. Raises `NoteError`; `tick` is called for each slide."""
    package = Package(data, tick)
    part = package.main_part("presentation.xml")
    slides = [_slide(package, name) for name in _order(package, part)]
    if not any(slide.title or slide.blocks or slide.notes for slide in slides):
        raise only_pictures() if slides else empty()
    _, slide_name, notes_name = words_of(" ".join(slide.words() for slide in slides))
    out = MarkdownText()
    for number, slide in enumerate(slides, start=1):
        _add(out, slide, slide_name.replace("%1", str(number)), notes_name)
        tick()
    title, author, created = package.about()
    title = "" if one_line(title).lower() in _EMPTY_TITLES else title
    first = slides[0].title if slides else ""
    return out.text(title=title or first, author=author, created=created)


def _order(package: Package, part: str) -> Iterator[str]:
    """The parts of the slides in the order in which they are shown."""
    related = package.relations(part)
    root = package.xml(part)
    for entry in children(next(children(root, "sldIdLst"), None), "sldId"):
        kind, target = related.get(entry.get(REFERS + "id", ""), ("", ""))
        if kind == "slide" and package.has(target):
            yield target


def _add(out: MarkdownText, slide: _Slide, name: str, notes_name: str) -> None:
    if not (slide.title or slide.blocks or slide.notes):
        return
    out.heading(2, f"{name}: {slide.title}" if slide.title else name)
    for block in slide.blocks:
        if isinstance(block, list):
            out.table(block)
        elif block[1] >= 0:
            out.item(block[0], depth=block[1])
        else:
            out.paragraph(block[0])
    if slide.notes:
        out.heading(3, notes_name)
        for text in slide.notes:
            out.paragraph(text)


def _slide(package: Package, part: str) -> _Slide:
    slide = _Slide()
    related = package.relations(part)
    root = package.xml(part)
    for tree in _trees(root):
        _shapes(package, related, tree, slide)
    for kind, target in related.values():
        if kind == "notesSlide":
            slide.notes = list(_spoken(package.xml(target)))
    return slide


def _trees(root: Element | None) -> Iterator[Element]:
    for shown in children(root, "cSld"):
        yield from children(shown, "spTree")


def _shapes(
    package: Package, related: dict[str, tuple[str, str]], parent: Element, slide: _Slide
) -> None:
    for shape in chosen(parent):
        if shape.tag == "grpSp":
            _shapes(package, related, shape, slide)
        elif shape.tag == "sp":
            _shape(shape, slide)
        elif shape.tag == "graphicFrame":
            _graphic(package, related, shape, slide)


def _shape(shape: Element, slide: _Slide) -> None:
    kind = _placeholder(shape)
    if kind in _UNREAD:
        return
    lines = [line for line in _lines(shape) if line[0]]
    if kind in _TITLES and not slide.title:
        slide.title = one_line(" ".join(text for text, _ in lines))
        return
    listed = kind in _LISTS and len(lines) > 1
    slide.blocks += [(text, depth if listed or depth else -1) for text, depth in lines]


def _graphic(
    package: Package, related: dict[str, tuple[str, str]], frame: Element, slide: _Slide
) -> None:
    """A table, or the words of a diagram, which are in a part of their own."""
    for table in frame.iter("tbl"):
        rows = [[_text(cell) for cell in children(row, "tc")] for row in children(table, "tr")]
        slide.blocks.append(rows)
    for diagram in frame.iter("relIds"):
        kind, target = related.get(diagram.get(REFERS + "dm", ""), ("", ""))
        root = package.xml(target) if kind == "diagramData" else None
        for line in root.iter("p") if root is not None else ():
            if text := _text(line):
                slide.blocks.append((text, 0))


def _placeholder(shape: Element) -> str | None:
    """What kind of place of its layout the shape fills; None if it is free."""
    place = next(shape.iter("ph"), None)
    return place.get("type", "") if place is not None else None


def _lines(shape: Element) -> Iterator[tuple[str, int]]:
    """The paragraphs of a shape and their depth."""
    for body in children(shape, "txBody"):
        for line in children(body, "p"):
            properties = next(children(line, "pPr"), None)
            depth = to_int(properties.get("lvl", "")) if properties is not None else 0
            yield _text(line), depth


def _spoken(root: Element | None) -> Iterator[str]:
    for tree in _trees(root):
        for shape in tree.iter("sp"):
            if _placeholder(shape) == "body":
                yield from (text for text, _ in _lines(shape) if text)


def _text(element: Element) -> str:
    """All text inside of an element in one line."""
    parts: list[str] = []
    for inner in element.iter():
        if inner.tag == "t":
            parts.append(inner.text or "")
        elif inner.tag in {"br", "p"}:
            parts.append(" ")
    return one_line("".join(parts))

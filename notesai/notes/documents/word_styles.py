"""What a Word file says of its paragraphs elsewhere: which are headings, and how items count."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from notesai.notes.documents.office import children, value

TITLE = -1
CONTENTS = -2
"""Stand for the level of a heading: the title, and an entry of a table of contents."""

_DEEPEST = 9
_BASES = 20
_NAMED = re.compile(r"heading (\d)")
_PLACE = re.compile(r"%(\d)")
_GANADA = "가나다라마바사아자차카타파하"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Style:
    """A style of paragraphs: the level of a heading or 0, and the list that it belongs to."""

    level: int = 0
    list_id: str = ""
    depth: int = 0


def read_styles(root: Element | None) -> dict[str, Style]:
    """The styles by their ids; what one does not say itself, the one says that it is based on."""
    raw = {entry.get("styleId", ""): entry for entry in children(root, "style")}
    return {name: _style(name, raw) for name in raw}


def _style(name: str, raw: Mapping[str, Element]) -> Style:
    level, list_id, depth = 0, "", 0
    for _ in range(_BASES):
        entry = raw.get(name)
        if entry is None:
            break
        properties = next(children(entry, "pPr"), None)
        level = level or _level(entry, properties)
        if not list_id:
            numbered = next(children(properties, "numPr"), None)
            list_id = value(numbered, "numId")
            depth = to_int(value(numbered, "ilvl"))
        name = value(entry, "basedOn")
    return Style(level, list_id, depth)


def _level(entry: Element, properties: Element | None) -> int:
    name = value(entry, "name").lower()
    if found := _NAMED.fullmatch(name):
        return int(found[1])
    if name == "title":
        return TITLE
    if name.startswith("toc "):
        return CONTENTS
    outline = value(properties, "outlineLvl")
    return to_int(outline) + 1 if outline.isdigit() and int(outline) < _DEEPEST else 0


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level of a list counts: its first number, the kind of numbers, and the text."""

    start: int
    kind: str
    text: str


class Numbering:
    """The lists of a Word file, which count as the text goes on."""

    def __init__(self, root: Element | None) -> None:
        kinds = {
            entry.get("abstractNumId", ""): dict(_levels(entry))
            for entry in children(root, "abstractNum")
        }
        self._lists = {
            entry.get("numId", ""): kinds.get(value(entry, "abstractNumId"), {})
            for entry in children(root, "num")
        }
        self._counts: dict[str, dict[int, int]] = {}

    def label(self, list_id: str, depth: int) -> str:
        """The next label of a list at this depth: `1.`, `제1조`, `-` for bullets; "" for none."""
        levels = self._lists.get(list_id)
        level = levels.get(depth) if levels else None
        if levels is None or level is None:
            return ""
        counts = self._counts.setdefault(list_id, {})
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [other for other in counts if other > depth]:
            del counts[deeper]
        if level.kind == "bullet":
            return "-"
        if level.kind == "none":
            return ""

        def number(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            of = levels.get(at, level)
            return written(counts.get(at, of.start), of.kind)

        return _PLACE.sub(number, level.text).strip()


def is_marker(label: str) -> bool:
    """True for what Markdown takes for the mark of an item."""
    return label == "-" or re.fullmatch(r"\d{1,9}[.)]", label) is not None


def written(number: int, kind: str) -> str:
    """A number as Word writes it in lists of this kind; in figures where the kind is not known."""
    if kind in {"lowerLetter", "upperLetter"} and number > 0:
        letters = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return (letters if kind == "lowerLetter" else letters.upper())[:20]
    if kind in {"lowerRoman", "upperRoman"} and 0 < number < 4000:
        roman = _roman(number)
        return roman if kind == "lowerRoman" else roman.upper()
    if kind == "ganada" and number > 0:
        return _GANADA[(number - 1) % len(_GANADA)]
    return str(number)


def _roman(number: int) -> str:
    parts: list[str] = []
    for worth, sign in _ROMAN:
        parts.append(sign * (number // worth))
        number %= worth
    return "".join(parts)


def _levels(entry: Element) -> Iterator[tuple[int, _Level]]:
    for level in children(entry, "lvl"):
        start = to_int(value(level, "start")) if value(level, "start") else 1
        found = _Level(start, value(level, "numFmt") or "decimal", value(level, "lvlText"))
        yield to_int(level.get("ilvl", "")), found


def to_int(text: str) -> int:
    """A number of up to six figures; 0 for what is none."""
    return int(text) if re.fullmatch(r"[0-9]{1,6}", text) else 0

"""Markdown as it is written for a document: plain blocks with as few marks as will do.

What stands in a document is text: nothing in it becomes a tag, a link between notes or a heading
by accident. Bold and italic are left out, and so are the addresses of links on the web: passages
are searched and quoted, and marks stand in the way of both.
"""

import json
import re
import unicodedata
from collections.abc import Sequence

from notesai.notes.documents.kinds import LARGEST_TEXT
from notesai.notes.documents.refusals import too_large

_SPACES = re.compile(r"\s+")
# Of all that Markdown would take for marks only what would change the text or add to the note.
_BEGINS_BLOCK = re.compile(r"(?:#{1,6}(?=\s|$)|>|\||```|~~~|(?:=+|-{2,}|\*{3,}|_{3,})\s*$)")
_TAG = re.compile(r"(?<![^\s(（「『>])#(?=\w)")
_LINK = re.compile(r"\](?=\()|\[(?=\[)|!(?=\[)|^\[(?=[^\]]{1,200}\]:)")
_EMPHASIS = re.compile(r"(?<!\w)_+(?=\S)|(?<=\S)_+(?!\w)|\*+(?=\S)|(?<=\S)\*+")
# Controls, the halves of characters, and what fonts keep for themselves are no text.
_NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\ufeff\u00ad]")
_LIGATURES = str.maketrans(
    {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\xa0": " "}
)
_LONGEST_META = 300
_LONGEST_CELL = 300
_DEEPEST_ITEM = 8


def clean(text: str) -> str:
    """`text` in NFC, without controls and ligatures; lines end in line feeds."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_LIGATURES)
    return unicodedata.normalize("NFC", _NO_TEXT.sub("", text))


def one_line(text: str) -> str:
    """`text` cleaned, with single spaces for all white space."""
    return _SPACES.sub(" ", clean(text)).strip()


def inline(text: str) -> str:
    """One line of text that means just itself inside a paragraph or a heading."""
    text = one_line(text)
    if "[" in text:
        text = _LINK.sub(lambda found: found[0] + "\\" if found[0] != "[" else "[\\", text)
    if "#" in text:
        text = _TAG.sub(r"\\#", text)
    if text.count("*") > 1 or text.count("_") > 1:
        text = _EMPHASIS.sub(lambda found: "".join("\\" + mark for mark in found[0]), text)
    return text


def _begun(text: str) -> str:
    """Escaped text at the start of a line: it begins no block there, but may begin an item."""
    return "\\" + text if _BEGINS_BLOCK.match(text) else text


class MarkdownText:
    """Collects the blocks of one document. Raises `NoteError` where they become too much."""

    def __init__(self) -> None:
        self._blocks: list[str] = []
        self._size = 0
        # The mark of the item that was added last, "" after any other block.
        self._mark = ""
        self._depth = 0

    @property
    def empty(self) -> bool:
        """True while nothing was added."""
        return not self._blocks

    def add(self, block: str, *, mark: str = "") -> None:
        """Add one finished block; items of one list follow each other without a blank line."""
        if not block.strip():
            return
        gap = "\n" if mark and mark == self._mark else "\n\n"
        self._blocks += [gap, block] if self._blocks else [block]
        self._mark = mark
        self._size += len(block)
        if self._size > LARGEST_TEXT:
            raise too_large()

    def heading(self, level: int, text: str) -> None:
        """A heading of level 1 to 6."""
        text = inline(text).replace("<", "&lt;")
        if text:
            self.add(f"{'#' * max(1, min(level, 6))} {text}")

    def paragraph(self, text: str) -> None:
        """Running text; white space does not matter."""
        self.escaped(inline(text))

    def item(self, text: str, *, depth: int = 0, marker: str = "-") -> None:
        """An item of a list, `depth` levels inside of others."""
        self.listed(inline(text), depth=depth, marker=marker)

    def escaped(self, text: str) -> None:
        """A paragraph of one line of text that is escaped inside."""
        self.add(_begun(text))

    def listed(self, text: str, *, depth: int = 0, marker: str = "-") -> None:
        """As `item`, of text that is escaped inside."""
        if text:
            # An item deeper by two than the one before would be code.
            self._depth = min(depth, _DEEPEST_ITEM, self._depth + 1 if self._mark else 0)
            kind = self._mark if self._depth else marker[-1:]
            self.add(f"{'    ' * self._depth}{marker} {_begun(text)}", mark=kind)

    def code(self, text: str, language: str = "") -> None:
        """Code as it is, in a fence that nothing in it closes."""
        text = clean(text).strip("\n").rstrip()
        if text.strip():
            longest = max(map(len, re.findall("`{3,}", text)), default=2)
            fence = "`" * (longest + 1)
            self.add(f"{fence}{language}\n{text}\n{fence}")

    def table(self, rows: Sequence[Sequence[str]]) -> None:
        """A table whose first row is its head; of one column, or of prose, paragraphs."""
        kept = [[one_line(cell) for cell in row] for row in rows]
        kept = [row for row in kept if any(row)]
        columns = max(map(len, kept), default=0)
        if columns < 2 or any(len(cell) > _LONGEST_CELL for row in kept for cell in row):
            for row in kept:
                for cell in row:
                    self.paragraph(cell)
            return
        lines = [[inline(cell).replace("|", "\\|") for cell in row] for row in kept]
        for line in lines:
            line += [""] * (columns - len(line))
        lines.insert(1, ["---"] * columns)
        self.add("\n".join(f"| {' | '.join(line)} |" for line in lines))

    def text(self, *, title: str = "", author: str = "", created: str = "") -> str:
        """The whole, with what is known of the document as front matter."""
        known = {"title": title, "author": author, "created": created}
        said = {key: one_line(value)[:_LONGEST_META] for key, value in known.items()}
        lines = [
            # A string of JSON is one of YAML, whatever is in it.
            f"{key}: {value if key == 'created' else json.dumps(value, ensure_ascii=False)}"
            for key, value in said.items()
            if value
        ]
        head = "\n".join(["---", *lines, "---", "", ""]) if lines else ""
        return head + "".join(self._blocks) + "\n"


def words_of(text: str) -> tuple[str, str, str]:
    """What a page, a slide and the notes to one are called in the language of `text`."""
    sample = text[:20_000]
    hangul = sum("가" <= letter <= "힣" for letter in sample)
    letters = sum(letter.isalpha() for letter in sample)
    korean = hangul > letters * 0.3
    return ("%1쪽", "슬라이드 %1", "발표자 노트") if korean else ("Page %1", "Slide %1", "Notes")

"""Light colours for Markdown being edited: what is a mark steps back, what is a link shows."""

import re

from PySide6.QtGui import QFont, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from notesai.gui.appearance import Appearance

_LONGEST = 5_000
_PLAIN, _FENCE, _FRONT = 0, 1, 2

_FENCE_LINE = re.compile(r"[ \t>]*(?:```|~~~)")
_FRONT_LINE = re.compile(r"(?:---|\+\+\+)[ \t]*$")
_HEADING = re.compile(r"(#{1,6})[ \t].*")
_SPANS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"^[ \t]*(?:>[ \t]?)+"), "mark"),
    (re.compile(r"^[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\](?=[ \t]))?"), "mark"),
    (re.compile(r"(\*\*|__)(?=\S).+?(?<=\S)\1"), "bold"),
    (re.compile(r"(?<![\w*])\*(?=[^\s*])[^*]+(?<=[^\s*])\*(?!\*)"), "italic"),
    (re.compile(r"~~(?=\S).+?(?<=\S)~~"), "mark"),
    (re.compile(r"!?\[\[[^\[\]\n]+\]\]|!?\[[^\[\]\n]*\]\([^()\s]*\)|https?://[^\s<>)\]]+"), "link"),
    (re.compile(r"(?<![\w/#&])#[\w/-]*[^\W\d_][\w/-]*"), "link"),
    (re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)"), "code"),
)


class MarkdownColours(QSyntaxHighlighter):
    """Colours the lines of one document; very long lines stay plain."""

    def __init__(self, look: Appearance, document: QTextDocument) -> None:
        super().__init__(document)
        self._look = look
        self._formats = self._made()
        look.changed.connect(self._recolour)

    def highlightBlock(self, text: str) -> None:
        """Colour one line; the state after it says if a fence or the front matter is open."""
        before = max(self.previousBlockState(), _PLAIN)
        first = self.currentBlock().blockNumber() == 0
        state = _state_after(text, before, first=first)
        self.setCurrentBlockState(state)
        if len(text) > _LONGEST:
            return
        if _FRONT in (before, state):
            self.setFormat(0, len(text), self._formats["mark"])
        elif _FENCE in (before, state):
            self.setFormat(0, len(text), self._formats["code"])
        else:
            self._colour(text)

    def _colour(self, text: str) -> None:
        heading = _HEADING.match(text)
        if heading:
            self.setFormat(0, len(text), self._formats["heading"])
            self.setFormat(0, len(heading[1]), self._formats["mark"])
        for pattern, name in _SPANS:
            for found in pattern.finditer(text):
                self.setFormat(found.start(), found.end() - found.start(), self._formats[name])

    def _made(self) -> dict[str, QTextCharFormat]:
        colours = {"mark": "faint", "code": "soft", "link": "link"}
        formats = {name: QTextCharFormat() for name in ("mark", "code", "link", "bold", "heading")}
        for name, token in colours.items():
            formats[name].setForeground(self._look.colour(token))
        for name in ("bold", "heading"):
            formats[name].setFontWeight(QFont.Weight.DemiBold)
        formats["italic"] = QTextCharFormat()
        formats["italic"].setFontItalic(True)
        return formats

    def _recolour(self) -> None:
        self._formats = self._made()
        if self.document() is not None:  # pyright: ignore[reportUnnecessaryComparison]
            self.rehighlight()


def _state_after(text: str, before: int, *, first: bool) -> int:
    if before == _FRONT:
        return _PLAIN if _FRONT_LINE.match(text) else _FRONT
    if first and _FRONT_LINE.match(text):
        return _FRONT
    if _FENCE_LINE.match(text):
        return _PLAIN if before == _FENCE else _FENCE
    return before

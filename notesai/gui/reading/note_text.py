"""A note as the reader takes it: what is shown of its text, in pieces of HTML."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from notesai.gui.reading.html import Renderer, Words, link_html, plain_html
from notesai.gui.reading.links import START
from notesai.gui.reading.marks import Marked, Span, place
from notesai.gui.reading.pieces import markdown_pieces, plain_pieces
from notesai.model import NoteContent

if TYPE_CHECKING:
    from notesai.gui.reading.embedding import EmbeddedTexts

_MARKDOWN = (".md", ".markdown", ".mdown", ".mkd")
_FRONT_MATTER = re.compile(
    r"\ufeff?(---|\+\+\+)[ \t]*\r?\n(.*?\r?\n)?(\1|\.\.\.)[ \t]*(?:\r?\n|$)", re.S
)
_FRONT_MATTER_LONGEST = 64_000
_FIRST_HEADING = re.compile(r"\s*#[ \t]+([^\n]{1,300}?)[ \t]*#*[ \t]*\r?(?:\n|$)")
_DEFINITION = re.compile(r"^ {0,3}\[[^\]\n^]{1,200}\]:[ \t]*\S[^\n]{0,2000}$", re.M)
_DEFINITIONS_SEARCHED = 2_000_000


# A passage this far down is shown without all that comes before it.
_DEEP = 150_000
_BEFORE_DEEP = 20_000
_BREAK = re.compile(r"\n(?=#{1,6} )|\n\s*\n")
_FENCE = re.compile(r"^ {0,3}(?:```|~~~)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class NoteText:
    """The body of a note with the passages marked in it.

    `passage` is the index of the passage to show first; `begun` is False where the beginning of
    the note is left out because that passage is far down.
    """

    marked: Marked
    markdown: bool
    passage: int
    begun: bool

    @classmethod
    def of(cls, note: NoteContent, spans: Sequence[Span] = ()) -> "NoteText":
        """The body of `note`, without front matter and a first heading that is its title.

        The first of `spans` (offsets in the note's text) is the passage to show first.
        """
        markdown = note.document or note.path.lower().endswith(_MARKDOWN)
        start = body_start(note.text, note.title) if markdown else 0
        first = spans[0].start if spans else 0
        begin, reopened = _deep_start(note.text, start, first)
        body = reopened + note.text[begin:]
        shift = len(reopened) - begin
        marked = place(body, [Span(span.start + shift, span.end + shift) for span in spans])
        passage = sum(span.end <= first + shift for span in marked.spans)
        return cls(marked, markdown, passage, begun=begin == start)

    @property
    def marks(self) -> tuple[str, str]:
        """The characters around each passage; empty ones if there is none."""
        return self.marked.opening, self.marked.closing

    def html(self, words: Words, embeds: "EmbeddedTexts | None" = None) -> Iterator[str]:
        """The body as HTML, a piece at a time; `embeds` are the notes shown inside."""
        if not self.begun:
            yield link_html(START, words.start)
        text = self.marked.text
        if not self.markdown:
            yield from map(plain_html, plain_pieces(text))
            return
        renderer = Renderer(words, _definitions(text), embeds)
        for piece in markdown_pieces(text):
            yield plain_html(piece.text) if piece.plain else renderer.html(piece.text)


def _definitions(text: str) -> str:
    """What links by name lead to, wherever it is said."""
    if "]:" not in text:
        return ""
    return "\n".join(_DEFINITION.findall(text[:_DEFINITIONS_SEARCHED]))


def _deep_start(text: str, start: int, passage: int) -> tuple[int, str]:
    """Where to begin to show a passage, and the code fence that is open there, if one is."""
    if passage - start <= _DEEP:
        return start, ""
    found = _BREAK.search(text, passage - _BEFORE_DEEP, passage)
    begin = found.start() + 1 if found else passage
    fences = len(_FENCE.findall(text, start, begin))
    return begin, "```\n" if fences % 2 else ""


def front_matter(text: str) -> str:
    """What stands between the fences at the top of `text`; nothing if there are none."""
    front = _FRONT_MATTER.match(text, 0, _FRONT_MATTER_LONGEST)
    return (front[2] or "") if front else ""


def body_start(text: str, title: str) -> int:
    """Where the text begins after front matter and a first heading that is the `title`."""
    front = _FRONT_MATTER.match(text, 0, _FRONT_MATTER_LONGEST)
    start = front.end() if front else 0
    heading = _FIRST_HEADING.match(text, start)
    if heading and _bare(heading[1]) == _bare(title):
        return heading.end()
    return start


def _bare(text: str) -> str:
    return re.sub(r"[*_`~\s]+", " ", text).strip().casefold()

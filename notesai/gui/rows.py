"""The rows of the lists: what is shown of a hit, a note or a neighbour, and where it leads."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from notesai.engine.protocol import NoteTitle
from notesai.gui.reading.marks import Span
from notesai.gui.reading.snippet import ROOM, snippet
from notesai.gui.reading.utf16 import ranges
from notesai.gui.reasons import reason
from notesai.model import Hit, MapPoint, Neighbour, NoteProblem, Passage

translate = QCoreApplication.translate

_LONGEST_TITLE = 300


@dataclass(frozen=True, slots=True)
class Row:
    """One row. `spans` is what to highlight in the note.

    `marks` are UTF-16 offsets into `snippet`; `badge` is the short word at the right, which
    `warns` gives the colour of warnings; `score` (0..1) is drawn as a bar, negative is none. A
    neighbour stands `beside` the note at that path, where it can be pinned or hidden; `here` is
    what both have in common.
    """

    path: str
    title: str
    badge: str = ""
    warns: bool = False
    snippet: str = ""
    marks: tuple[tuple[int, int], ...] = ()
    detail: str = ""
    score: float = -1.0
    spans: tuple[Span, ...] = field(default=(), compare=False)
    here: tuple[Span, ...] = field(default=(), compare=False)
    beside: str = ""
    pinned: bool = False
    hidden: bool = False

    @property
    def markable(self) -> bool:
        """Whether it can be pinned or hidden."""
        return bool(self.beside)

    @property
    def spoken(self) -> str:
        """The row in one sentence, for screen readers."""
        return ". ".join(
            part for part in (self.title, self.badge, self.snippet, self.detail) if part
        )


def hit_row(hit: Hit, room: int = ROOM) -> Row:
    """A search result: its best passage as snippet, and why it was found; `room` as there."""
    best = snippet(hit.passages[0], room) if hit.passages else None
    return Row(
        path=hit.path,
        title=_title(hit.title or hit.path),
        badge=" · ".join(why(part) for part in hit.why),
        snippet=best.text if best else "",
        marks=ranges(best.text, best.marks) if best else (),
        detail=hit.path,
        spans=_spans(hit.passages),
    )


def note_row(note: NoteTitle) -> Row:
    """A note in a list of notes: its folder and when it was changed."""
    folder = note.path.rpartition("/")[0]
    parts = (folder.replace("/", " / "), moment(note.mtime_ns))
    return Row(
        note.path,
        _title(note.title or note.path),
        detail=" · ".join(part for part in parts if part),
    )


def map_row(note: MapPoint) -> Row:
    """A note of the map: its folder and when it was changed."""
    folder = note.path.rpartition("/")[0]
    parts = (folder.replace("/", " / "), moment(round(note.modified * 1e9)))
    detail = " · ".join(part for part in parts if part)
    return Row(note.path, _title(note.title or note.path), detail=detail)


def neighbour_row(neighbour: Neighbour, beside: str = "") -> Row:
    """A related note: the passage there that is about the same, as a quote; the words in common.

    `beside` is the path of the note that it is related to, if it is one note.
    """
    pair = neighbour.pairs[0] if neighbour.pairs else None
    quote = snippet(pair.there).text if pair else ""
    said = (
        (neighbour.pinned, translate("Rows", "pinned")),
        (neighbour.hidden, translate("Rows", "hidden")),
        (neighbour.linked, translate("Rows", "linked")),
    )
    return Row(
        path=neighbour.path,
        title=_title(neighbour.title or neighbour.path),
        badge=" · ".join(word for holds, word in said if holds),
        snippet=f"“{quote}”" if quote else "",
        detail=" · ".join(neighbour.shared),
        score=min(max(neighbour.score, 0.0), 1.0),
        spans=_spans(pair.there for pair in neighbour.pairs[:1]),
        here=_spans(pair.here for pair in neighbour.pairs[:1]),
        beside=beside,
        pinned=neighbour.pinned,
        hidden=neighbour.hidden,
    )


def problem_row(problem: NoteProblem, *, failed: bool) -> Row:
    """A note that is not in the index, and why."""
    badge = translate("Rows", "failed") if failed else translate("Rows", "skipped")
    why_not = reason(problem.reason)
    return Row(problem.path, problem.path, badge=badge, warns=failed, snippet=why_not)


def why(part: str) -> str:
    """Why a note was found, in the window's language."""
    match part:
        case "words":
            return translate("Rows", "words")
        case "meaning":
            return translate("Rows", "meaning")
        case "title":
            return translate("Rows", "title")
        case "filters":
            return translate("Rows", "filters")
        case _:
            return part


def moment(mtime_ns: int) -> str:
    """When a note was changed: the time for today, else the date; nothing if unknown."""
    if mtime_ns <= 0:
        return ""
    then = QDateTime.fromMSecsSinceEpoch(mtime_ns // 1_000_000)
    if then.date() == QDateTime.currentDateTime().date():
        return QLocale().toString(then.time(), QLocale.FormatType.ShortFormat)
    return QLocale().toString(then.date(), QLocale.FormatType.ShortFormat)


def _title(text: str) -> str:
    """A title as a list shows it: composed, and no longer than any list is wide."""
    return unicodedata.normalize("NFC", text[: 2 * _LONGEST_TITLE])[:_LONGEST_TITLE]


def _spans(passages: Iterable[Passage]) -> tuple[Span, ...]:
    return tuple(Span(passage.start, passage.end) for passage in passages)


def tag_query(tag: str) -> str:
    """The query that finds the notes with a tag."""
    return f'tag:"{tag}"' if " " in tag else f"tag:{tag}"

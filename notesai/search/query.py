"""The query language: what a person types into the search box.

    compost heap            plain words
    "green matter"          a phrase, as it stands
    -word  -"two words"     not in notes that hold this
    tag:garden              notes with the tag, or one below it such as garden/soil
    path:journal/           notes in a folder of that name, or at a path of which a part begins so
    file:plan               notes with this in their file name or title
    after:2026-01-31        notes of that day or later; before: of an earlier day
    lang:ko                 notes in a language
    like:"Note title"       near in meaning to that note; unlike: far from it

Values with spaces are quoted; `-` before a filter turns it round, and OR between two makes one
enough. A day may be `today` or `yesterday`, `오늘` or `어제`. Whatever is none of these is plain
words: quotes that never close, `foo:bar`, `http://x`, a day that no calendar has.
"""

import datetime
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from notesai.notes.terms import query_terms

QUOTES = '"“”＂'
"""What opens and closes a phrase: editors and phones write curly quotes unasked."""

_PIECE = re.compile(
    rf"(?P<minus>-)?(?:(?P<key>[A-Za-z]+)[:：])?"
    rf"(?:[{QUOTES}](?P<quoted>[^{QUOTES}]*)[{QUOTES}]|(?P<bare>[^\s{QUOTES}]\S*))(?!\S)"
)
_DAY = re.compile(r"(\d{4})(?:([-/.])(\d{1,2})(?:\2(\d{1,2}))?)?\Z", re.ASCII)
_DAY_SIGNS = re.compile(r"\s*[년월일]\s*")
_LANGUAGES = {
    "ko": ("ko", "kor", "korean", "한국어"),
    "en": ("en", "eng", "english", "영어"),
    "ja": ("ja", "jpn", "japanese", "일본어", "日本語"),
    "zh": ("zh", "zho", "chinese", "중국어", "中文"),
}
_LANGUAGE_OF = {name: code for code, names in _LANGUAGES.items() for name in names}
_TURNED = {"after": "before", "before": "after", "like": "unlike", "unlike": "like"}
"""A filter and what a minus makes of it: notes are of a day or later, or of an earlier one."""

_DAYS_AGO = {"today": 0, "오늘": 0, "yesterday": 1, "어제": 1}

_FIELDS = {
    "tag": "tags",
    "path": "paths",
    "file": "files",
    "lang": "languages",
    "after": "after",
    "before": "before",
    "like": "like",
    "unlike": "unlike",
    "-tag": "not_tags",
    "-path": "not_paths",
    "-file": "not_files",
    "-lang": "not_languages",
}

_OF_NOTES = frozenset(_FIELDS.values()) - {"like", "unlike"}

FILTERS = tuple(key for key in _FIELDS if not key.startswith("-"))
"""The keys of filters."""


@dataclass(frozen=True, slots=True)
class Query:
    """A query taken apart. `source` is as typed; `words` are the plain words as typed.

    All else is in NFC with single spaces. `tags` have no `#` and, as `paths` and `files`, are
    casefolded; days are YYYY-MM-DD; `languages` are codes. A note has all of the tags, lies in one
    of the paths, is named by all of the files, in one of the languages, of `max(after)` or later
    and earlier than `min(before)`, and passes one of each group of filters in `either`. `within`
    are the ids of the only notes that may be found, None for all: no one types them.
    """

    source: str
    words: str
    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    like: tuple[str, ...] = ()
    unlike: tuple[str, ...] = ()
    not_tags: tuple[str, ...] = ()
    not_paths: tuple[str, ...] = ()
    not_files: tuple[str, ...] = ()
    not_languages: tuple[str, ...] = ()
    either: tuple[tuple["Query", ...], ...] = ()
    within: frozenset[str] | None = None

    @property
    def text(self) -> str:
        """What is looked for by word and by meaning: the words, and those of the phrases."""
        return " ".join((self.words, *self.phrases)) if self.phrases else self.words

    @property
    def filters(self) -> bool:
        """Whether tags, paths, names, languages or days say which notes may be found."""
        told = self.within is not None or bool(self.either)
        return told or any(getattr(self, name) for name in _OF_NOTES)

    @property
    def only_filters(self) -> bool:
        """Whether nothing is looked for, and there is only a say on which notes are wanted."""
        sought = self.text.strip() or self.like or self.unlike
        return not sought and (self.filters or bool(self.excluded))

    def with_words(self, more: tuple[str, ...]) -> "Query":
        """The same query with further plain words."""
        return replace(self, words=" ".join(filter(None, (self.words, *more))))


def plain(text: str) -> Query:
    """A text in which nothing is an operator, such as a question."""
    return Query(text, text)


def parse(text: str) -> Query:
    """What `text` asks for. Any string is a query; one of plain words keeps them to the letter."""
    pieces = [_Piece(piece[0].strip(), *_meaning_of(piece)) for piece in _pieces(text)]
    if not any(piece.field for piece in pieces):
        return plain(text)
    words: list[str] = []
    found: dict[str, list[str]] = {}
    either: list[tuple[Query, ...]] = []
    at = 0
    while at < len(pieces):
        piece, end = pieces[at], _end_of_alternatives(pieces, at)
        if end > at + 1 and piece.filters:
            either.append(tuple(replace(plain(""), **one.fields) for one in pieces[at:end:2]))
        elif end > at + 1:
            words += [phrase.value for phrase in pieces[at:end:2]]
        elif piece.field:
            found.setdefault(piece.field, []).append(piece.value)
        else:
            words.append(piece.typed)
        at = end
    values = {field: tuple(dict.fromkeys(listed)) for field, listed in found.items()}
    return replace(Query(text, " ".join(words), either=tuple(either)), **values)


@dataclass(frozen=True, slots=True)
class _Piece:
    """An operator or a plain word, as typed; the field of `Query` it belongs to, and its value."""

    typed: str
    field: str
    value: str

    @property
    def fields(self) -> dict[str, tuple[str, ...]]:
        return {self.field: (self.value,)}

    @property
    def filters(self) -> bool:
        """Whether it says which notes may be found by what is in memory of them."""
        return self.field in _OF_NOTES


def _end_of_alternatives(pieces: Sequence[_Piece], at: int) -> int:
    """Where filters, or phrases, that have OR between them end; behind the first if they have not.

    One of several phrases is no more than their words: the best hits hold them.
    """
    end, first = at + 1, pieces[at]
    while end + 1 < len(pieces) and pieces[end].typed == "OR":
        alike = pieces[end + 1].filters if first.filters else pieces[end + 1].field == "phrases"
        if not alike or not (first.filters or first.field == "phrases"):
            break
        end += 2
    return end


_SPACE = re.compile(r"\s*")
_WORD = re.compile(r"\S+")


def _pieces(text: str) -> Iterator[re.Match[str]]:
    """The operators and plain words of a query, one after another."""
    at = 0
    while piece := _next_piece(text, at):
        at = piece.end()
        yield piece


def unknown_filters(text: str) -> Iterator[tuple[str, str, str]]:
    """What looks like a filter and is none: as typed, its key, and its value in NFC.

    The key is one of `FILTERS` where only the value is none of its values. An address is no filter.
    """
    for piece in _pieces(text):
        key = piece["key"] if piece.re is _PIECE else None
        if key and not _meaning_of(piece)[0]:
            value = _normal(piece["bare"] if piece["quoted"] is None else piece["quoted"])
            if value and not value.startswith(("/", "\\")):
                yield piece[0], key.lower(), value


def _next_piece(text: str, at: int) -> re.Match[str] | None:
    """An operator or a plain word, whichever stands next."""
    space = _SPACE.match(text, at)
    start = space.end() if space else at
    return _PIECE.match(text, start) or _WORD.match(text, start)


def _meaning_of(piece: re.Match[str]) -> tuple[str, str]:
    """The field of `Query` that a piece belongs to, and its value; empty for plain words."""
    if piece.re is not _PIECE:
        return "", ""
    minus, key, quoted = piece["minus"] or "", (piece["key"] or "").lower(), piece["quoted"]
    value = _normal(piece["bare"] if quoted is None else quoted)
    if minus and key in _TURNED:
        minus, key = "", _TURNED[key]
    if minus + key in _FIELDS:
        value = _value(key, value)
        return (_FIELDS[minus + key], value) if value else ("", "")
    if key and quoted is not None:
        return "", ""
    if key:
        value = _normal(piece[0][len(minus) :])
    if quoted is None and not (minus and value[:1].isalnum()):
        return "", ""
    # What has no terms, such as a lone sign, cannot be looked for.
    return ("excluded" if minus else "phrases", value) if query_terms(value) else ("", "")


def _normal(value: str) -> str:
    return " ".join(unicodedata.normalize("NFC", value).split())


def _value(key: str, value: str) -> str:
    """A filter's value in its normal form; empty if it is none."""
    match key:
        case "tag":
            return value.lstrip("#").strip("/").casefold()
        case "file":
            return value.casefold()
        case "path":
            return value.replace("\\", "/").removeprefix("./").casefold()
        case "lang":
            return _LANGUAGE_OF.get(value.casefold().partition("-")[0], "")
        case "after" | "before":
            return _day(value)
        case _:
            return value


def _day(value: str) -> str:
    """The first day of a day, month or year; empty if there is no such day."""
    ago = _DAYS_AGO.get(value.casefold())
    if ago is not None:
        return (datetime.date.today() - datetime.timedelta(ago)).isoformat()
    match = _DAY.match(_DAY_SIGNS.sub("-", unicodedata.normalize("NFKC", value)).rstrip("-"))
    if not match:
        return ""
    try:
        return datetime.date(int(match[1]), int(match[3] or 1), int(match[4] or 1)).isoformat()
    except ValueError:
        return ""

"""The words of all notes in memory: how a word that is begun goes on, and which words are near.

The lexical index holds stems and pairs of characters; what a person types is the beginning of a
word as it is written, or one written wrongly. The vocabulary is read from the chunks when it is
first asked for, seconds for 100,000 chunks, and then follows the notes that change.
"""

# pyarrow ships no complete type information.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnknownParameterType=false
# pyright: reportAttributeAccessIssue=false

import heapq
import re
import threading
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from notesai.index.notebook import Notebook
from notesai.model import Note

Texts = Callable[[Sequence[str] | None], Iterator[Any]]
"""Gives the chunks of these notes, or of all, as record batches of `text` and `headings`."""

Check = Callable[[], None]

SHORTEST, LONGEST = 3, 32
"""Characters of a word that is kept."""

_BETWEEN = r"[^\p{L}\p{N}]+|[\p{Hangul}\p{Han}\p{Hiragana}\p{Katakana}]+"
_KEPT = r"^\p{L}"
_HANGUL = re.compile("[가-힣]")
_HANGUL_WORD = re.compile("[가-힣]{2,16}")
_FEW = 1000
_END = "\U0010ffff"


def nothing() -> None:
    """The check of what nobody cancels."""


class Vocabulary:
    """Words of alphabetic scripts, lower case, with how often they stand; Korean names.

    Names are the titles, tags and headings with Hangul in them, in NFC and lower case. To be filled
    by one thread at a time; others may read meanwhile.
    """

    def __init__(self, counts: Mapping[str, int] | None = None, names: Iterable[str] = ()) -> None:
        self._counts: dict[str, int] = {}
        self._sorted: list[str] = []
        self._by_length: dict[int, list[str]] = {}
        self._names: dict[str, None] = {}
        self._joined: str | None = None
        self._hangul: list[str] | None = None
        self.add(counts or {}, names)

    def __len__(self) -> int:
        return len(self._counts)

    def add(self, counts: Mapping[str, int], names: Iterable[str] = ()) -> None:
        """Count words in, and take names in."""
        fresh = sorted(word for word in counts if word not in self._counts)
        for word, count in counts.items():
            self._counts[word] = self._counts.get(word, 0) + count
        # Sorting what is nearly sorted takes milliseconds. A new list: others may be reading.
        self._sorted = sorted(self._sorted + fresh) if fresh else self._sorted
        for word in fresh:
            if word.isalpha():
                self._by_length.setdefault(len(word), []).append(word)
        known = len(self._names)
        self._names.update(dict.fromkeys(filter(_HANGUL.search, map(_normal, names))))
        if len(self._names) != known:
            self._joined = self._hangul = None

    def count(self, word: str) -> int:
        """How often a word stands in the notes, about; 0 if in none."""
        return self._counts.get(word, 0)

    def starting(self, prefix: str, k: int) -> list[str]:
        """The `k` most frequent words that begin so and go on, the most frequent first."""
        words = self._sorted
        start, end = bisect_left(words, prefix), bisect_left(words, prefix + _END)
        longer = (word for word in words[start:end] if word != prefix)
        return heapq.nlargest(k, longer, key=self.count)

    def of_length(self, shortest: int, longest: int) -> Iterator[Sequence[str]]:
        """The words of letters alone, length by length."""
        for length in range(shortest, longest + 1):
            yield self._by_length.get(length, ())

    def names(self) -> str:
        """The Korean names, one a line."""
        joined = self._joined
        if joined is None:
            joined = self._joined = "\n".join(list(self._names))
        return joined

    def hangul_words(self) -> Sequence[str]:
        """The distinct words of Hangul in the names, of two syllables or more, in NFD."""
        words = self._hangul
        if words is None:
            found = dict.fromkeys(_HANGUL_WORD.findall(self.names()))
            words = self._hangul = [unicodedata.normalize("NFD", word) for word in found]
        return words


class FollowingVocabulary:
    """A vocabulary that is brought up to date with the notes when it is asked for."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self._words = Vocabulary()
        self._seen: dict[str, tuple[str, str, str]] = {}
        self._version = -1
        self._outdated = 0
        self._lock = threading.Lock()

    @property
    def ready(self) -> bool:
        """Whether it has been read: from then on, asking takes as long as what has changed."""
        return self._version >= 0

    def now(
        self, book: Notebook, version: int, *, wait: bool = True, check: Check = nothing
    ) -> Vocabulary:
        """The words of these notes; `version` differs whenever they do.

        Without `wait`, those of a moment ago, or none yet, while another thread reads them. `check`
        may raise `Cancelled` while they are being read.
        """
        if version == self._version or not self._lock.acquire(blocking=wait):
            return self._words
        try:
            if version != self._version:
                self._follow(book, check)
                self._version = version
            return self._words
        finally:
            self._lock.release()

    def _follow(self, book: Notebook, check: Check) -> None:
        changed = [note for note in book if self._seen.get(note.note_id) != _state(note)]
        gone = [note_id for note_id in self._seen if book.get(note_id) is None]
        if not changed and not gone:
            return
        self._outdated += len(gone) + sum(note.note_id in self._seen for note in changed)
        # Words that are gone do no harm, until there are too many of them.
        anew = not self._seen or self._outdated > max(_FEW, len(book))
        if anew:
            changed, self._outdated = list(book), 0
        words = Vocabulary() if anew else self._words
        words.add(*self._read(None if anew else [note.note_id for note in changed], check))
        words.add(Counter(_named_words(changed)), chain.from_iterable(map(_names, changed)))
        self._words = words
        left = self._seen.keys() - gone
        states = {note_id: self._seen[note_id] for note_id in left} if not anew else {}
        self._seen = states | {note.note_id: _state(note) for note in changed}

    def _read(self, note_ids: Sequence[str] | None, check: Check) -> tuple[Counter[str], set[str]]:
        counts: Counter[str] = Counter()
        headings: set[str] = set()
        for batch in self._texts(note_ids):
            check()
            counts.update(word_counts(batch.column("text")))
            headings.update(pc.unique(pc.list_flatten(batch.column("headings"))).to_pylist())
        return counts, headings


def word_counts(texts: Any) -> dict[str, int]:
    """How often each word of an alphabetic script stands in an Arrow array of texts."""
    pieces = pc.list_flatten(pc.utf8_split_whitespace(texts)).value_counts()
    # Pieces repeat: only the distinct ones are taken apart.
    normal = pc.utf8_lower(pc.utf8_normalize(pieces.field("values"), form="NFKC"))
    lists = pc.split_pattern_regex(normal, _BETWEEN)
    counts = pieces.field("counts").take(pc.list_parent_indices(lists))
    words = pc.list_flatten(lists)
    table = pa.table({"word": words, "count": counts}).filter(_fits(words))
    sums = table.group_by("word", use_threads=False).aggregate([("count", "sum")])
    sums = sums.filter(pc.match_substring_regex(sums.column("word"), _KEPT))
    words, numbers = (sums.column(name).to_pylist() for name in ("word", "count_sum"))
    return dict(zip(words, numbers, strict=True))


def _fits(words: Any) -> Any:
    lengths = pc.utf8_length(words)
    return pc.and_(pc.greater_equal(lengths, SHORTEST), pc.less_equal(lengths, LONGEST))


def _named_words(notes: Iterable[Note]) -> dict[str, int]:
    return word_counts(pa.array([" ".join((n.title, n.path, *n.tags)) for n in notes], pa.string()))


def _names(note: Note) -> tuple[str, ...]:
    """The title, and the tags as words: 색인/벡터 is two."""
    return note.title, *(tag.lstrip("#").replace("/", " ") for tag in note.tags)


def _state(note: Note) -> tuple[str, str, str]:
    return note.content_hash, note.title, note.path


def _normal(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).lower().split())

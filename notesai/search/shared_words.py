"""Words that a note and others hold and few others do, as a person wrote them.

The index keeps stems and pairs of syllables. Here the words of the note itself are looked at: a
word is shared if its stem, or all of its pairs, stand in the other note. Korean words lose their
particle where the note shows that it is one: 사용자 if 사용자를 and 사용자는 stand there as well.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from notesai.index.note_words import NoteWords, number
from notesai.index.number_table import Numbers
from notesai.model import Note
from notesai.notes.stop_words import ENGLISH
from notesai.notes.words import word_terms

MOST = 5
COMMON = 0.2
"""A word in more than this share of all notes tells nothing, where there are more than a few."""

_FEW = 10
_MOST_WORDS = 400
_LEAST_LETTERS = 3

_WORD = re.compile(r"[가-힣]{2,12}|[^\W\d_가-힣][^\W_가-힣]*(?:['’-][^\W_가-힣]+)*")
_HANGUL = re.compile("[가-힣]+")
# What is looked for within a run of characters is looked for from its beginning alone.
_MARKUP = re.compile(
    r"(?<!\S)\S*(?:://|www\.|@)\S*|!?\[\[|\]\]|\]\([^)\s]*\)"
    r"|(?<![\w./-])[\w./-]+\.(?:png|jpe?g|gif|svg|md)\b"
)

SURE = ("에서는", "에서도", "으로는", "으로써", "이라는", "에게서", "까지는", "부터는",
        "에서", "에게", "으로", "까지", "부터", "처럼", "보다", "라는", "이란", "에는", "에도",
        "을", "를", "의", "와", "과", "에")  # fmt: skip
"""Particles that a word hardly ever ends in by itself, longer ones first."""

DOUBTFUL = ("은", "는", "이나", "이", "가", "도", "만", "로", "나")
"""Particles that other words end in, too: 고양이, 도로, 만드는. Taken off if the note shows why."""

WHOLE = ("주의", "회의", "정의", "강의", "문의", "논의", "합의", "협의", "동의", "예의", "의의")
"""Words that end as if in a particle."""

PALE = frozenset(
    """
    able after almost already also although always among another anything away back because became
    become before being below best better between both bring came cannot come done down during each
    either else enough even ever every everything few find first found full gave get gets getting
    give given goes going gone good got half hand here high himself however instead itself just kept
    know last least left less let like likely little look looks made make makes making may maybe
    might mine more moved must never new next none nothing now old once only open part parts people
    perhaps place put quite rather really right said same saw say says second see seem seems seen
    several show since something soon still such sure take taken takes taking tell things think
    three through today together too took toward true try two under until upon very want wanted well
    went whether while whole without work works year years yes yet
    """.split()  # noqa: SIM905 - a list of quoted words would take a page
)
"""English words that two notes may have in common by chance, above all in a small folder."""

_IGNORED = ENGLISH | PALE

_VERBAL = re.compile(
    "(?:습니다|합니다|됩니다|입니다|니다|하세요|세요|어요|아요|해요|에요|예요|하다|되다|한다|된다|있다|없다"
    "|하는|되는|있는|없는|하여|해서|되어|하고|되고|하지|되지|하기|되기|하면|되면|할|될|한|된|했던|적인|적으로)$"
)


@dataclass(frozen=True, slots=True)
class _Words:
    """Some words and the numbers of all of their terms: those of word i begin at `starts[i]`."""

    shown: Sequence[str]
    numbers: Numbers
    starts: NDArray[np.intp]

    def only(self, places: Sequence[int]) -> "_Words":
        """Some of the words, in another order."""
        parts = np.split(self.numbers, self.starts[1:])
        return _Words([self.shown[at] for at in places], *_joined([parts[at] for at in places]))

    def held_by(self, numbers: Numbers) -> Iterator[str]:
        """The words of which all terms are among these numbers, which are sorted."""
        if len(self.shown) and len(numbers):
            places = np.minimum(np.searchsorted(numbers, self.numbers), len(numbers) - 1)
            held = np.logical_and.reduceat(numbers[places] == self.numbers, self.starts)
            yield from (self.shown[at] for at in np.flatnonzero(held).tolist())


@dataclass(frozen=True, slots=True)
class WrittenWords:
    """Words and how often each stands there.

    The `doubtful` are Korean ones that the text shows with no particle: verbs and adverbs are among
    them, and are told apart only where a title has the word.
    """

    counts: Counter[str]
    doubtful: frozenset[str] = frozenset()


def shared_words(
    words: NoteWords, note: Note, text: str, note_ids: Sequence[str]
) -> dict[str, tuple[str, ...]]:
    """For each of these notes up to `MOST` words that it shares with `note`, best first.

    `text` is what the note says, or some of it.
    """
    own = _telling(words, note, text)
    rows = {note_id: words.places.get(note_id) for note_id in note_ids}
    return {
        note_id: _distinct(own.held_by(words.text.row(row)[0]))
        for note_id, row in rows.items()
        if row is not None
    }


def _telling(words: NoteWords, note: Note, text: str) -> _Words:
    """The words of a text that few notes hold, those that it uses most and few hold first."""
    written = written_words(text)
    terms = {word: _terms(word) for word, _ in written.counts.most_common(_MOST_WORDS)}
    numbers = {
        word: np.array([number(term) for term in theirs if len(term) > 1], np.int32)
        for word, theirs in terms.items()
    }
    shown = [word for word, theirs in numbers.items() if len(theirs)]
    if not shown:
        return _Words((), *_joined(()))
    found = _Words(shown, *_joined([numbers[word] for word in shown]))
    holders = np.minimum.reduceat(words.frequencies[found.numbers], found.starts)
    # The note, if it is indexed, is one of them.
    telling = holders > bool(note.note_id)
    if len(words) > _FEW:
        telling &= holders <= COMMON * len(words)
    named = np.minimum.reduceat(words.name_frequencies[found.numbers], found.starts) > 0
    telling &= named | np.array([word not in written.doubtful for word in shown])
    rarity = np.add.reduceat(words.rarity(found.numbers), found.starts)
    rarity /= np.diff(found.starts, append=len(found.numbers))
    weights = rarity * (1.0 + np.log([written.counts[word] for word in shown]))
    order = np.argsort(-weights, kind="stable")
    return found.only(list(map(int, order[telling[order]])))


def _joined(parts: Sequence[Numbers]) -> tuple[Numbers, NDArray[np.intp]]:
    """The numbers of all parts, and where each part begins."""
    starts = np.cumsum([0, *map(len, parts)])[:-1]
    return np.concatenate([np.zeros(0, np.int32), *parts]), starts.astype(np.intp)


def written_words(text: str) -> WrittenWords:
    """The words of a text as they are written there most often, without particles."""
    forms: defaultdict[str, Counter[str]] = defaultdict(Counter)
    runs: Counter[str] = Counter()
    for match in _WORD.finditer(_MARKUP.sub(" ", unicodedata.normalize("NFC", text))):
        word = match[0]
        if _HANGUL.fullmatch(word):
            runs[word] += 1
        elif len(word) >= _LEAST_LETTERS and word.lower() not in _IGNORED:
            forms[word.lower()][word] += 1
    found = _bare(runs)
    counts = {form.most_common(1)[0][0]: form.total() for form in forms.values()}
    return WrittenWords(found.counts + Counter(counts), found.doubtful)


def _bare(runs: Mapping[str, int]) -> WrittenWords:
    """Korean words without the particle that the text shows, or that is one for sure."""
    endings: defaultdict[str, set[str]] = defaultdict(set)
    for run in runs:
        endings[run].add("")
        for particle in (*SURE, *DOUBTFUL):
            if _ends(run, particle):
                endings[run.removesuffix(particle)].add(particle)
    counts: Counter[str] = Counter()
    shown: set[str] = set()
    for run, count in runs.items():
        if not _VERBAL.search(run):
            stem = _stem(run, endings)
            counts[stem] += count
            if len(endings[stem]) > 1 or any(particle in SURE for particle in endings[stem]):
                shown.add(stem)
    return WrittenWords(counts, frozenset(counts.keys() - shown))


def _stem(run: str, endings: Mapping[str, set[str]]) -> str:
    for particle in SURE:
        if _ends(run, particle):
            return run.removesuffix(particle)
    for particle in DOUBTFUL:
        stem = run.removesuffix(particle)
        if _ends(run, particle) and len(endings[stem]) > max(1, len(endings[run])):
            return stem
    return run


def _ends(run: str, particle: str) -> bool:
    """Whether it may be that particle behind a word of two syllables or more."""
    return run.endswith(particle) and len(run) - len(particle) >= 2 and run[-2:] not in WHOLE


def _terms(word: str) -> list[str]:
    if _HANGUL.fullmatch(word):
        return ["".join(pair) for pair in pairwise(word)]
    return word_terms(word)[:1]


def _distinct(shown: Iterable[str]) -> tuple[str, ...]:
    """The first few, leaving out what is part of another one: 데이터 beside 데이터베이스."""
    found: list[str] = []
    for word in shown:
        folded = word.casefold()
        if not any(folded in other.casefold() or other.casefold() in folded for other in found):
            found.append(word)
        if len(found) == MOST:
            break
    return tuple(found)

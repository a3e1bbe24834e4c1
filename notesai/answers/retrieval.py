"""The passages that an answer may be made from: many, none of them twice."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from notesai.answers.questions import telling
from notesai.answers.scoping import names_few, scoped
from notesai.embedding.base import Embedder
from notesai.index.schema import ChunkRow
from notesai.index.store import Store
from notesai.model import Citation, Scope
from notesai.search.passages import best_passages
from notesai.search.selection import Selection

WIDE = 40
"""Passages that are looked at for one question."""

ALIKE = 0.85
"""Share of common terms (of all that either has) from which two passages say the same."""

INSIDE = 0.95
"""Share of a passage's terms that a better one holds, from which it adds nothing."""


@dataclass(frozen=True, slots=True)
class Source:
    """A passage found for a question. `score` is 0..1, 0 for one that is merely in its note.

    `terms` are its words as the index has them; `text` is exactly what stands in the note.
    """

    path: str
    title: str
    heading: str
    line: int
    start: int
    end: int
    text: str
    score: float
    ordinal: int
    terms: frozenset[str]

    def cited(self, n: int) -> Citation:
        """The same as source number `n` of an answer."""
        return Citation(
            n, self.path, self.line, self.start, self.end, self.text, self.title, self.heading
        )


def retrieve(
    store: Store,
    embedder: Embedder,
    question: str,
    scope: Scope,
    *,
    k: int = WIDE,
    check: Callable[[], None] = lambda: None,
) -> list[Source]:
    """At most `k` passages of `scope` for the question, best first, near-duplicates left out.

    Where the scope is a few notes, whatever else they hold follows, in reading order.
    """
    selection = scoped(store, scope)
    if selection is not None and not selection.notes:
        return []
    # 어떻게 or "how" are in any note that asks; what is asked about is in those that answer.
    found = best_passages(
        store, embedder, question, words=telling(question), k=k, selection=selection, check=check
    )
    if selection is not None and names_few(scope):
        found += _rest(store, selection, {row.chunk_id for row, _ in found})
    return distinct(_sources(store, found))[:k]


def distinct(sources: Iterable[Source]) -> list[Source]:
    """The sources without those that an earlier one makes superfluous."""
    kept: list[Source] = []
    for source in sources:
        if not any(_repeats(source.terms, other.terms) for other in kept):
            kept.append(source)
    return kept


def _repeats(terms: frozenset[str], before: frozenset[str]) -> bool:
    common = len(terms & before)
    if not terms:
        return True
    return common / len(terms) >= INSIDE or common / len(terms | before) >= ALIKE


def _rest(store: Store, selection: Selection, known: set[str]) -> list[tuple[ChunkRow, float]]:
    rows = store.chunks_of(sorted(selection.notes))
    rows.sort(key=lambda row: (row.note_id, row.ordinal))
    return [(row, 0.0) for row in rows if row.chunk_id not in known]


def _sources(store: Store, found: Sequence[tuple[ChunkRow, float]]) -> list[Source]:
    book = store.known
    sources: list[Source] = []
    for row, score in found:
        note = book.get(row.note_id)
        if note is not None:
            sources.append(
                Source(
                    path=note.path,
                    title=note.title,
                    heading=" › ".join(row.headings),
                    line=row.line,
                    start=row.start,
                    end=row.end,
                    text=row.text,
                    score=score,
                    ordinal=row.ordinal,
                    terms=frozenset(row.terms.split()),
                )
            )
    return sources

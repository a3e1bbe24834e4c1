"""The best passages for a question, whichever notes they stand in."""

from collections.abc import Callable

from notesai.embedding.base import Embedder
from notesai.index.schema import ChunkRow
from notesai.index.store import Store
from notesai.search.calibration import calibration
from notesai.search.candidates import by_meaning, by_word
from notesai.search.hybrid import fused, share_of_meaning
from notesai.search.lookup import looking_among
from notesai.search.query import plain
from notesai.search.selection import Selection


def best_passages(
    store: Store,
    embedder: Embedder,
    question: str,
    *,
    k: int,
    words: str = "",
    selection: Selection | None = None,
    check: Callable[[], None] = lambda: None,
) -> list[tuple[ChunkRow, float]]:
    """At most `k` chunks and their joined scores in 0..1, best first; `check` may raise.

    Words and meaning are joined as `notesai.search.hybrid` does for notes. `words` are those to be
    found, all of the question if there are none. Nothing in either is an operator.
    """
    query, told = plain(question), plain(words or question)
    # Searches look at the notes as of the last look.
    store.notebook()
    lookup = looking_among(store, selection, told.text)
    worded = by_word(store, told, lookup)
    check()
    meaning = by_meaning(store, embedder, query, lookup)
    check()
    share = share_of_meaning(query.text, calibration(store)) if meaning.keys else 0.0
    scores = fused(worded, meaning, share)
    keys = {**worded.keys, **meaning.keys}
    best = sorted(scores, key=lambda chunk_id: (-scores[chunk_id], chunk_id))[:k]
    rows = store.rows_at([keys[chunk_id] for chunk_id in best])
    # A chunk may be gone by the time that it is read.
    return [(rows[chunk_id], scores[chunk_id]) for chunk_id in best if chunk_id in rows]

"""How long another model would take for an index: a few notes cut and embedded, and the rest
reckoned from their size.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from notesai.embedding.base import Embedder
from notesai.errors import NoteError
from notesai.model import Note, NoteStatus, is_document
from notesai.notes.documents.texts import Texts
from notesai.notes.reader import embedded_text, read_text

SECONDS = 2.0
"""How long is measured."""

SAMPLE_NOTES = 64
SAMPLE_CHUNKS = 512
_BATCH = 16


@dataclass(frozen=True, slots=True)
class Forecast:
    """What is to be done: notes, chunks, tokens, and seconds at the pace that was measured."""

    notes: int
    chunks: int
    tokens: int
    seconds: float


@dataclass(slots=True)
class _Sample:
    """Texts of notes of `size` bytes in all, and what it took to read them.

    `share` is how many times as much there is in all.
    """

    texts: list[str]
    size: int = 0
    seconds: float = 0.0
    share: float = 1.0


def forecast(
    vault: Path,
    notes: Sequence[Note],
    embedder: Embedder,
    *,
    check: Callable[[], None] = lambda: None,
) -> Forecast:
    """What it would take to index `notes` for this model. `check` may raise `Cancelled`."""
    wanted = [note for note in notes if note.status is NoteStatus.INDEXED and note.n_chunks]
    texts = [note for note in wanted if not is_document(note.path)]
    documents = [note for note in wanted if is_document(note.path)]
    # Apart: of the bytes of a document few are text.
    samples = [_read(vault, kind, embedder, check) for kind in (texts, documents) if kind]
    samples = [sample for sample in samples if sample.texts]
    if not samples:
        return Forecast(len(wanted), 0, 0, 0.0)
    counts = [[embedder.count_tokens(text) for text in sample.texts] for sample in samples]
    longest = max(range(len(samples)), key=lambda at: len(samples[at].texts))
    pace = _tokens_per_second(embedder, samples[longest].texts, counts[longest], check)
    tokens = sum(one.share * sum(known) for one, known in zip(samples, counts, strict=True))
    chunks = sum(sample.share * len(sample.texts) for sample in samples)
    seconds = tokens / pace + sum(sample.share * sample.seconds for sample in samples)
    return Forecast(len(wanted), round(chunks), round(tokens), round(seconds, 1))


def spread(notes: Sequence[Note], count: int) -> list[Note]:
    """At most `count` notes of all sizes, small and large in the proportion that they have."""
    by_size = sorted(notes, key=lambda note: (note.size, note.path))
    if len(by_size) <= count:
        return by_size
    return [by_size[(2 * at + 1) * len(by_size) // (2 * count)] for at in range(count)]


def _read(
    vault: Path, notes: Sequence[Note], embedder: Embedder, check: Callable[[], None]
) -> _Sample:
    sample = _Sample([])
    started = time.perf_counter()
    chosen = spread(notes, SAMPLE_NOTES)
    with Texts(keep=False) as texts:
        # In an order that has nothing to do with their size: not all of them may be needed.
        for note in sorted(chosen, key=lambda note: note.content_hash):
            check()
            sample.size += note.size
            sample.texts += _texts(vault, note, embedder, texts, check)
            late = time.perf_counter() - started > SECONDS and is_document(note.path)
            if len(sample.texts) >= SAMPLE_CHUNKS or late:
                break
    sample.seconds = time.perf_counter() - started
    sample.share = sum(note.size for note in notes) / max(1, sample.size)
    return sample


def _texts(
    vault: Path, note: Note, embedder: Embedder, texts: Texts, check: Callable[[], None]
) -> list[str]:
    """The texts of a note's chunks; none of what cannot be read."""
    try:
        text = texts.of((vault / note.path).read_bytes(), note.path, check)
        read = read_text(text, note.path, embedder.counter, window=embedder.card.window)
    except (OSError, NoteError):
        return []
    return [embedded_text(read.title, chunk) for chunk in read.chunks]


def _tokens_per_second(
    embedder: Embedder, texts: Sequence[str], counts: Sequence[int], check: Callable[[], None]
) -> float:
    # The first run of a model makes room for itself; it says nothing of the pace.
    embedder.embed_documents(texts[:1])
    started = time.perf_counter()
    done = 0
    for at in range(0, len(texts), _BATCH):
        check()
        embedder.embed_documents(texts[at : at + _BATCH])
        done += sum(counts[at : at + _BATCH])
        if time.perf_counter() - started >= SECONDS:
            break
    return max(1, done) / max(1e-6, time.perf_counter() - started)

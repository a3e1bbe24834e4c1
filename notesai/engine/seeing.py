"""A note as the embedding model sees it: its passages with what is put in front, in tokens."""

from notesai.embedding.base import Embedder, Seeing, SeenText
from notesai.index.schema import ChunkRow
from notesai.index.store import Store
from notesai.model import Note, NoteTokens, TokenPiece
from notesai.notes.reader import embedded_text


def seen_note(store: Store, embedder: Embedder, note: Note) -> NoteTokens:
    """The passages of `note` as the index has them, and their tokens.

    A model that keeps its tokens for itself leaves them empty. Raises `ModelError`.
    """
    pieces: list[TokenPiece] = []
    end = 0
    for row in store.chunks_of([note.note_id]):
        pieces.append(_piece(embedder, row, max(0, end - row.start)))
        end = row.end
    return NoteTokens(note.path, embedder.card.id, embedder.card.window, tuple(pieces))


def _piece(embedder: Embedder, row: ChunkRow, overlap: int) -> TokenPiece:
    whole = embedded_text(row.title, row.chunk)
    context = whole[: len(whole) - len(row.text)]
    sees = isinstance(embedder, Seeing)
    seen = embedder.see(context, row.text) if sees else SeenText(row.text, ())
    return TokenPiece(
        start=row.start,
        end=row.end,
        context=context.rstrip("\n"),
        text=seen.text,
        tokens=seen.tokens,
        overlap=overlap,
        context_tokens=seen.context_tokens,
        unread=seen.unread,
    )

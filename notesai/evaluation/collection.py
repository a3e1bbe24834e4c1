"""Documents as notes in a temporary index, made and asked by the very code that serves people."""

import json
import tempfile
import time
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path

from notesai.embedding.base import Embedder
from notesai.errors import StoreError
from notesai.evaluation.datasets import Document
from notesai.index.embedding import embed_pending
from notesai.index.indexer import Indexer
from notesai.index.store import Store
from notesai.model import SearchMode
from notesai.notes.ignore import IgnoreRules
from notesai.progress import Progress
from notesai.search.hybrid import search
from notesai.search.query import plain
from notesai.search.similar import similar

DEPTH = 100
"""Notes that are asked for: as deep as the measures look."""

_FOLDER = "notes"
_LARGEST = 1 << 30


class Collection:
    """A searchable set of documents; each is a note. Rankings are lists of document ids."""

    def __init__(self, store: Store, embedder: Embedder, documents: Sequence[Document]) -> None:
        self._store = store
        self._embedder = embedder
        self._ids = {_path(number): found.id for number, found in enumerate(documents)}
        self._paths = {document: path for path, document in self._ids.items()}

    def ranking(self, query: str, mode: SearchMode) -> list[str]:
        """The documents that a search for `query` brings, best first."""
        hits = search(self._store, self._embedder, plain(query), k=DEPTH, mode=mode).hits
        return [self._ids[hit.path] for hit in hits]

    def alike(self, document: str) -> list[str]:
        """The documents similar to one of them, best first."""
        note = self._store.notebook().at(self._paths[document])
        if note is None:
            return []
        neighbours = similar(self._store, self._embedder, note, k=DEPTH).neighbours
        return [self._ids[neighbour.path] for neighbour in neighbours]

    def milliseconds(self, query: str, mode: SearchMode) -> float:
        """How long a person would wait for ten notes."""
        started = time.perf_counter()
        search(self._store, self._embedder, plain(query), k=10, mode=mode)
        return 1000.0 * (time.perf_counter() - started)


@contextmanager
def collection(
    documents: Sequence[Document], embedder: Embedder, progress: Progress
) -> Generator[Collection, None, None]:
    """The documents, indexed in a temporary folder, which is removed afterwards.

    The index is tidied as it is for people once all is embedded. Raises `StoreError`.
    """
    with tempfile.TemporaryDirectory(prefix="notesai-eval-", ignore_cleanup_errors=True) as place:
        root = Path(place)
        _write(documents, root / _FOLDER)
        store = Store.open(str(root / "index"), embedder.card, create=True)
        rules = IgnoreRules(())
        indexer = Indexer(root / _FOLDER, store, embedder, rules, max_bytes=_LARGEST)
        indexer.reconcile(progress)
        embed_pending(store, embedder, progress)
        store.optimise()
        # As in an engine that has had a quiet moment.
        store.read_lexicon()
        yield Collection(store, embedder, documents)


def _write(documents: Sequence[Document], folder: Path) -> None:
    try:
        for number, document in enumerate(documents):
            file = folder / _path(number)
            file.parent.mkdir(parents=True)
            file.write_bytes(_note(document).encode("utf-8", "replace"))
    except OSError as error:
        raise StoreError(
            "eval.cannot_write",
            f"The documents cannot be written to {folder}: {error.strerror or error}.",
            "Your notes are safe. Free some disk space, or set TMPDIR to another folder.",
        ) from error


def _note(document: Document) -> str:
    """A note with the document's title; without one, a text that no front matter opens."""
    if document.title:
        title = json.dumps(document.title, ensure_ascii=False)
        return f"---\ntitle: {title}\n---\n{document.text}"
    return f"\n{document.text}"


def _path(number: int) -> str:
    """A name that says nothing: a number for the folder, and no word for the note itself.

    A note without a title takes its file's name for one, and would be embedded with it.
    """
    return f"{number:06d}/-.md"

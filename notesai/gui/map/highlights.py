"""What a query finds, for the map to light up."""

from PySide6.QtCore import QObject, Signal

from notesai.engine import protocol
from notesai.engine.protocol import Failure
from notesai.gui.client import EngineClient
from notesai.gui.requests import Replies
from notesai.model import SearchResult

MOST = 200
"""So many hits are lit at most; more would say nothing."""

_SHARE = 0.3
"""Of the best score. Meaning finds a little of everything everywhere: below that it lights up all
notes of a small folder."""


class Highlights(QObject):
    """Asks for the notes that a query finds. `found` brings their paths, None for no query."""

    found = Signal(object)

    def __init__(self, client: EngineClient, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self._query = ""
        self._call = 0

    @property
    def query(self) -> str:
        """What is looked for; empty for nothing."""
        return self._query

    def search(self, query: str) -> None:
        """Look for `query`, or for nothing any more."""
        self._query = query
        self._client.cancel(self._call)
        self._call = 0
        if not query.strip():
            self.found.emit(None)
            return
        replies = Replies[SearchResult](ok=self._answer, partial=self._answer, failed=self._fail)
        self._call = self._client.request(
            lambda number: protocol.Search(id=number, query=query, k=MOST, typing=True), replies
        )

    def search_again(self) -> None:
        """Look for the same, for the engine or the notes have changed."""
        if self._query:
            self.search(self._query)

    def close(self) -> None:
        """Look for nothing more."""
        self._client.cancel(self._call)
        self._query, self._call = "", 0

    def _answer(self, result: SearchResult) -> None:
        least = _SHARE * max((hit.score for hit in result.hits), default=0.0)
        self.found.emit(frozenset(hit.path for hit in result.hits if hit.score >= least))

    def _fail(self, error: Failure) -> None:
        """Whatever it is: the map shows all notes, and the search view says what is wrong."""
        self.found.emit(None)

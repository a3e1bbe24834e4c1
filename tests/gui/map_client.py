"""A client without an engine: it answers from the scripted notes and maps, in the next turn."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal
from scripted_maps import Maps
from scripted_notes import Notes

from notesai.engine import protocol
from notesai.engine.protocol import EngineState, NoteTitles, Request
from notesai.gui.requests import Replies
from notesai.model import NoteContent, SearchMode, SimilarResult


class MapClient(QObject):
    """Answers what the view of the map asks for; `asked` counts requests for a map."""

    state_changed = Signal(object)
    index_changed = Signal(object)
    index_progress = Signal(object)

    def __init__(self, notes: Notes, *acts: str) -> None:
        super().__init__()
        self.notes, self.maps = notes, Maps(notes, set(acts))
        self.state = EngineState(state="ready")
        self.ready = self.looked_through = True
        self.asked = 0
        self._last = 0
        self._calls: set[int] = set()

    def request(self, make: Callable[[int], Request], replies: Replies) -> int:  # type: ignore[type-arg]
        request = make(0)
        match request:
            case protocol.FetchMap():
                self.asked += 1
                self.maps.anew += request.anew
                return self._answer(replies, lambda: self.maps.map(request.projection))
            case protocol.RenameCluster():
                return self._answer(
                    replies, lambda: self.maps.rename(request.cluster, request.name)
                )
            case protocol.SuggestName():
                return self._answer(replies, lambda: self.maps.suggested(request.cluster))
            case protocol.Search():
                return self._answer(
                    replies,
                    lambda: self.notes.found(
                        request.query, SearchMode.LEXICAL, 0, request.scope.paths
                    ),
                )
            case protocol.SeeTokens():
                return self._answer(replies, lambda: self.maps.tokens(request.path))
            case protocol.ForYou():
                return self._answer(replies, lambda: SimilarResult("", ()))
            case _:
                raise AssertionError(request)

    def read(self, path: str, replies: Replies[NoteContent]) -> int:
        return self._answer(replies, lambda: self.notes.read(path))

    def similar(
        self,
        path: str,
        replies: Replies[SimilarResult],
        *,
        text: str | None = None,
        with_hidden: bool = False,
    ) -> int:
        return self._answer(replies, lambda: self.notes.similar(path, 10))

    def list_notes(self, replies: Replies[NoteTitles]) -> int:
        return self._answer(replies, self.notes.titles)

    def cancel(self, call: int) -> None:
        self._calls.discard(call)

    def _answer(self, replies: Replies, work: Callable[[], object]) -> int:  # type: ignore[type-arg]
        self._last += 1
        call = self._last
        self._calls.add(call)

        def answer() -> None:
            if call in self._calls:
                self._calls.discard(call)
                replies.ok(work())

        QTimer.singleShot(0, self, answer)
        return call

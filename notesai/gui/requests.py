"""What the window may ask the engine for, a method each. Every one returns the id of its call."""

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from notesai.engine import protocol
from notesai.engine.protocol import (
    Done,
    Failure,
    ModelChoices,
    NoteStates,
    NoteTitles,
    ProgressMessage,
    Request,
)
from notesai.model import (
    Answer,
    NoteContent,
    SavedNote,
    Scope,
    SearchMode,
    SearchResult,
    SimilarResult,
    SwitchEstimate,
    Turn,
    VaultStatus,
)

T = TypeVar("T")


def _ignore(_: object) -> None:
    """Take a reply that nobody waits for."""


@dataclass(frozen=True)
class Replies(Generic[T]):
    """Who is called with what comes back for one request; at most one of `ok` and `failed`."""

    ok: Callable[[T], None] = _ignore
    partial: Callable[[T], None] = _ignore
    failed: Callable[[Failure], None] = _ignore
    progress: Callable[[ProgressMessage], None] = _ignore


class Requests:
    """The part of a client that makes requests; whoever sends them derives from it."""

    _ids: "itertools.count[int]"

    def _send(self, request: Request, replies: Replies[Any]) -> int:
        raise NotImplementedError

    def request(self, make: Callable[[int], Request], replies: Replies[Any]) -> int:
        """Ask for what `make` makes of the call's id, which is returned."""
        return self._send(make(next(self._ids)), replies)

    def search(self, query: str, mode: SearchMode, replies: Replies[SearchResult]) -> int:
        """Find notes; `partial` brings the hits by word. Returns the call's id."""
        request = protocol.Search(id=next(self._ids), query=query, mode=mode, typing=True)
        return self._send(request, replies)

    def similar(
        self,
        path: str,
        replies: Replies[SimilarResult],
        *,
        text: str | None = None,
        with_hidden: bool = False,
    ) -> int:
        """Find the notes most similar to `path`, or to `text` written there. Returns the id."""
        return self.request(
            lambda number: protocol.Similar(
                id=number, path=path, text=text, with_hidden=with_hidden
            ),
            replies,
        )

    def ask(
        self, question: str, scope: Scope, history: Sequence[Turn], replies: Replies[Answer]
    ) -> int:
        """Ask the notes; `partial` brings the answer as far as it goes. Returns the call's id."""
        request = protocol.Ask(
            id=next(self._ids), question=question, scope=scope, history=tuple(history)
        )
        return self._send(request, replies)

    def read(self, path: str, replies: Replies[NoteContent]) -> int:
        """Fetch one note. Returns the call's id."""
        return self._send(protocol.Read(id=next(self._ids), path=path), replies)

    def save(
        self, path: str, text: str, seen: str, replies: Replies[SavedNote], *, beside: bool = False
    ) -> int:
        """Write a note over what was `seen`, or `beside` it. Returns the call's id."""
        number = next(self._ids)
        request = protocol.Save(id=number, path=path, text=text, seen=seen, beside=beside)
        return self._send(request, replies)

    def create(self, folder: str, title: str, replies: Replies[SavedNote]) -> int:
        """Make a note. Returns the call's id."""
        request = protocol.Create(id=next(self._ids), folder=folder, title=title)
        return self._send(request, replies)

    def list_notes(self, replies: Replies[NoteTitles]) -> int:
        """Fetch path and title of all notes. Returns the call's id."""
        return self._send(protocol.ListNotes(id=next(self._ids)), replies)

    def status(self, replies: Replies[VaultStatus]) -> int:
        """Fetch the state of the index. Returns the call's id."""
        return self._send(protocol.Status(id=next(self._ids)), replies)

    def pause(self, replies: Replies[Done]) -> int:
        """Hold indexing. Returns the call's id."""
        return self._send(protocol.Pause(id=next(self._ids)), replies)

    def resume(self, replies: Replies[Done]) -> int:
        """Let indexing go on. Returns the call's id."""
        return self._send(protocol.Resume(id=next(self._ids)), replies)

    def reindex(self, replies: Replies[Done], *, rebuild: bool = False) -> int:
        """Compare the folder with the index now. Returns the call's id."""
        return self._send(protocol.Reindex(id=next(self._ids), rebuild=rebuild), replies)

    def estimate_switch(self, model: str, replies: Replies[SwitchEstimate]) -> int:
        """Try a model for two seconds. Returns the call's id."""
        return self._send(protocol.EstimateSwitch(id=next(self._ids), model=model), replies)

    def use_model(self, model: str, replies: Replies[VaultStatus]) -> int:
        """Switch to a model; an empty name means the bundled one. Returns the call's id."""
        return self._send(protocol.UseModel(id=next(self._ids), model=model), replies)

    def cancel_switch(self, replies: Replies[VaultStatus]) -> int:
        """Give up the switch under way. Returns the call's id."""
        return self._send(protocol.CancelSwitch(id=next(self._ids)), replies)

    def go_back(self, replies: Replies[VaultStatus]) -> int:
        """Use the model before again. Returns the call's id."""
        return self._send(protocol.GoBack(id=next(self._ids)), replies)

    def drop_previous(self, replies: Replies[VaultStatus]) -> int:
        """Free the space of the index of the model before. Returns the call's id."""
        return self._send(protocol.DropPrevious(id=next(self._ids)), replies)

    def retry(self, paths: Sequence[str], replies: Replies[Done]) -> int:
        """Have these notes looked at again. Returns the call's id."""
        return self._send(protocol.Retry(id=next(self._ids), paths=tuple(paths)), replies)

    def list_states(self, replies: Replies[NoteStates]) -> int:
        """Fetch where each note stands in the index. Returns the call's id."""
        return self._send(protocol.ListStates(id=next(self._ids)), replies)

    def list_models(self, replies: Replies[ModelChoices]) -> int:
        """Fetch the embedding models that there are. Returns the call's id."""
        return self._send(protocol.ListModels(id=next(self._ids)), replies)

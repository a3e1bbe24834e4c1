"""What any reader asks an index: searches, answers, notes. The active generation answers."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NoReturn, TypeVar

from notesai.answers.answerer import Findings, look_up
from notesai.answers.attribution import Bearer, Passages
from notesai.answers.scoping import scoped
from notesai.answers.verify import verified
from notesai.engine import note_text
from notesai.engine.models import Models
from notesai.engine.reranking import First, Reranking
from notesai.engine.seeing import seen_note
from notesai.engine.sides import Side, Sides
from notesai.engine.words_alone import WordsAlone
from notesai.errors import ModelError, NotesaiError, RequestError, StoreError
from notesai.index.store import Store
from notesai.model import (
    Answer,
    AnswerKind,
    Citation,
    Note,
    NoteContent,
    NoteTokens,
    Scope,
    SearchMode,
    SearchResult,
    Turn,
)
from notesai.notes.ignore import IgnoreRules
from notesai.search.hybrid import search
from notesai.search.naming import find_note
from notesai.search.query import Query, parse

log = logging.getLogger(__name__)

T = TypeVar("T")


class Asking:
    """Asks one index. May be used by many threads, and while the index is written."""

    def __init__(
        self, vault: Path, rules: IgnoreRules, sides: Sides, models: Models, reranking: Reranking
    ) -> None:
        self._vault = vault
        self._rules = rules
        self._sides = sides
        self._models = models
        self._reranking = reranking

    def search(
        self,
        query: str,
        *,
        k: int,
        mode: SearchMode,
        typing: bool,
        scope: Scope,
        first: First | None,
        check: Callable[[], None],
    ) -> SearchResult:
        """The `k` best notes of `scope`; see `Workspace.search`."""

        def find(wanted: int, partly: First | None = None) -> SearchResult:
            def ask_side(side: Side) -> SearchResult:
                store, embedder = side.store, side.embedder
                return search(
                    store,
                    embedder,
                    _within(store, query, scope),
                    k=wanted,
                    mode=mode,
                    typing=typing,
                    first=partly,
                    check=check,
                )

            if mode is not SearchMode.SEMANTIC:
                return self.answered(self._by_word_if_need_be(ask_side))
            return self.answered(ask_side)

        if mode is not SearchMode.HYBRID:
            return find(k, first)
        return self._reranking.answered(find, query, k=k, first=first, check=check)

    def reranker_trouble(self) -> NotesaiError | None:
        """Why the chosen reranker cannot be used, told once; None if there is no news."""
        return self._reranking.trouble()

    def look_up(
        self, question: str, scope: Scope, history: Sequence[Turn], check: Callable[[], None]
    ) -> Findings:
        """What the notes of `scope` hold on a question."""

        def ask_side(side: Side) -> Findings:
            return look_up(side.store, side.embedder, question, scope, history, check)

        return self.answered(self._by_word_if_need_be(ask_side))

    def bearing(self, passages: Sequence[Citation]) -> Bearer:
        """Finds which of the passages bears a sentence; by word alone once the model fails."""
        held = Passages(passages, self._sides.active().embedder)

        def bearer(sentence: str) -> int:
            nonlocal held
            try:
                return held.bearer(sentence)
            except ModelError as error:
                log.warning("attributing by word alone: %s", error.message)
                held = Passages(passages, WordsAlone())
                return held.bearer(sentence)

        return bearer

    def verified(self, answer: Answer) -> Answer:
        """A generated answer, each sentence held against what it cites; any other as it is."""
        if answer.kind is not AnswerKind.GENERATED:
            # Nothing is asked of the model, so nothing would show that it works.
            return answer
        return self.answered(self._by_word_if_need_be(lambda side: verified(answer, side.embedder)))

    def see_tokens(self, name: str) -> NoteTokens:
        """The note named, as the embedding model sees it."""
        return self.answered(
            lambda side: seen_note(side.store, side.embedder, named_note(side, name))
        )

    def read(self, name: str, check: Callable[[], None]) -> NoteContent:
        """A note's text as it is on disk now, whether the index knows of it yet or not."""
        note = self.answered(lambda side: find_note(side.store.notebook(), name))
        note = note or note_text.awaited(self._vault, self._rules, name) or _unknown(name)
        return note_text.content(self._vault, self._rules, note, check)

    def answered(self, ask_side: Callable[[Side], T]) -> T:
        """What the active side answers; the next one, if it was replaced in between."""
        side = self._sides.active()
        try:
            return ask_side(side)
        except StoreError:
            now = self._sides.active()
            if now is side:
                raise
            return ask_side(now)

    def _by_word_if_need_be(self, ask_side: Callable[[Side], T]) -> Callable[[Side], T]:
        """The same, with a model that fails left out of it; the status says so from then on."""

        def answer(side: Side) -> T:
            try:
                answered = ask_side(side)
            except ModelError as error:
                log.warning("answering by word alone: %s", error.message)
                self._models.failed(side.generation.model, error)
                return ask_side(replace(side, embedder=WordsAlone()))
            if not side.mute:
                self._models.works(side.generation.model)
            return answered

        return answer


def _within(store: Store, query: str, scope: Scope) -> str | Query:
    """The query as it is asked of the notes of a scope."""
    inside = scoped(store, scope)
    return query if inside is None else replace(parse(query), within=inside.notes)


def named_note(side: Side, name: str) -> Note:
    """The note of this path, title or file name. Raises `RequestError` (`note.unknown`)."""
    return find_note(side.store.notebook(), name) or _unknown(name)


def _unknown(name: str) -> NoReturn:
    raise RequestError(
        "note.unknown",
        f"There is no note called {name!r} in the index.",
        "Give its path in the vault, its title or its file name.",
    )

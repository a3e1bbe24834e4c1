"""Answering a question in its own language."""

from notesai.answers import extractive
from notesai.embedding.base import Embedder
from notesai.errors import RequestError
from notesai.index.store import Store
from notesai.model import Answer
from notesai.notes.language import language_of

_LEAD = {"ko": "노트에 이렇게 적혀 있어요:", "en": "From your notes:"}
_NOT_COVERED = {
    "ko": "노트에는 이 내용이 없는 것 같아요. 가장 가까운 노트를 함께 보여 드려요.",
    "en": "Your notes do not seem to cover this. The nearest notes are listed as sources.",
}


def ask(store: Store, embedder: Embedder, question: str) -> Answer:
    """Answer from the notes, by quoting them. Raises `RequestError` for an empty question."""
    question = question.strip()
    if not question:
        raise RequestError("ask.empty", "The question is empty.", "Ask something.")
    language = "ko" if language_of(question) == "ko" else "en"
    return extractive.answer(
        store, embedder, question, not_covered=_NOT_COVERED[language], lead=_LEAD[language]
    )

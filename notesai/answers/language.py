"""The language that a question is answered in."""

from typing import Literal

from notesai.notes.language import language_of

Language = Literal["ko", "en"]


def answered_in(question: str) -> Language:
    """Korean for a question with Hangul in it, however many English names it holds; else English.

    A particle or an ending is enough: nobody who writes in English adds one.
    """
    hangul = any("가" <= character <= "힣" for character in question)
    return "ko" if hangul or language_of(question) == "ko" else "en"

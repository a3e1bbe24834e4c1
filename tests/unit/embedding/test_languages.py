from collections.abc import Sequence

import numpy as np

from notesai.embedding.base import Vectors
from notesai.embedding.catalog import open_embedder
from notesai.embedding.languages import SENTENCES, understood

MEANINGS = {text: number // 2 for number, text in enumerate(SENTENCES)}


def knowing(text: str) -> int:
    return MEANINGS[text]


def embed(texts: Sequence[str]) -> Vectors:
    return np.eye(len(SENTENCES), dtype=np.float32)[[MEANINGS[text] for text in texts]]


def korean_only(texts: Sequence[str]) -> Vectors:
    return np.stack([embed([t])[0] if not t.isascii() else embed([SENTENCES[0]])[0] for t in texts])


def test_who_knows_all_sentences_speaks_both() -> None:
    assert understood(embed) == ("en", "ko")


def test_one_language() -> None:
    assert understood(korean_only) == ("ko",)


def test_the_bundled_english_model_does_not_speak_korean() -> None:
    assert understood(open_embedder("minilm-ko-en").embed_documents) == ("en", "ko")


def test_who_knows_nothing_is_taken_for_english() -> None:
    assert understood(lambda texts: np.ones((len(texts), 2), np.float32)) == ("en",)

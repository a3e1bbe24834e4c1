import dataclasses

import pytest

from notesai.embedding.base import ModelCard

CARD = ModelCard("tiny", "1", 3, 8, ("en",), "MIT")


@pytest.mark.parametrize(
    "change",
    [
        {"id": "other"},
        {"revision": "2"},
        {"dimension": 4},
        {"pooling": "cls"},
        {"quantisation": "int8"},
        {"query_prompt": "q"},
        {"document_prompt": "d"},
    ],
)
def test_what_moves_vectors_moves_the_fingerprint(change: dict[str, object]) -> None:
    assert dataclasses.replace(CARD, **change).fingerprint != CARD.fingerprint


@pytest.mark.parametrize("change", [{"licence": "BSD"}, {"languages": ("ko",)}])
def test_what_does_not_leaves_it(change: dict[str, object]) -> None:
    assert dataclasses.replace(CARD, **change).fingerprint == CARD.fingerprint

"""Cosines of any model, on one scale: 0 is what unrelated sentences get, 1 what paraphrases get.

Models differ by as much as their whole range: some give unrelated text 0.7. A few sentences whose
likeness is known, in both languages, are the ruler that each model is held against, once.
"""

import threading
from collections.abc import Sequence

import numpy as np

from notesai.embedding.base import Embedder, Vectors

_SAME = (
    ("The meeting was moved to Friday.", "They rescheduled the meeting for Friday."),
    ("Water the plants early in the morning.", "Plants get their water in the morning."),
    ("The battery lasts about ten hours.", "You get roughly ten hours out of one charge."),
    ("She gave up smoking last year.", "Last year she stopped smoking."),
    ("회의가 금요일 오후로 미뤄졌다.", "회의 날짜를 금요일 오후로 연기했습니다."),
    ("화분에는 아침 일찍 물을 준다.", "이른 아침에 화분에 물을 주는 것이 좋습니다."),
    ("배터리는 열 시간쯤 간다.", "한 번 충전하면 약 열 시간을 씁니다."),
    ("그는 작년에 담배를 끊었다.", "지난해에 그는 금연했습니다."),
)  # fmt: skip
"""Sentences that say the same; those of two different rows are unrelated."""

_open: dict[str, tuple[float, float]] = {}
_measuring = threading.Lock()


class Likeness:
    """Compares texts by a model's vectors, on a scale that is the same for all models."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._languages = embedder.card.languages

    def reads(self, *languages: str) -> bool:
        """Whether the model knows all of these languages."""
        return all(language in self._languages for language in languages)

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, shape (n, dimension)."""
        return self._embedder.embed_documents(texts)

    def query(self, text: str) -> Vectors:
        """The unit vector of a question, shape (dimension,)."""
        return self._embedder.embed_query(text)

    def scaled(self, cosine: float) -> float:
        """A cosine on the scale from unrelated (0) to the same (1); it may lie outside of both."""
        unrelated, same = self._ruler()
        return (cosine - unrelated) / max(1e-3, same - unrelated)

    def _ruler(self) -> tuple[float, float]:
        key = self._embedder.card.fingerprint
        with _measuring:
            if key not in _open:
                _open[key] = _measured(self)
            return _open[key]


def _measured(likeness: Likeness) -> tuple[float, float]:
    """The mean cosines of what is unrelated and of what is the same, in the model's languages."""
    pairs = [pair for pair in _SAME if likeness.reads("en" if pair[0].isascii() else "ko")]
    if not pairs:
        return 0.0, 1.0
    vectors = likeness.vectors([text for pair in pairs for text in pair])
    cosines = vectors @ vectors.T
    row = np.arange(len(vectors)) // 2
    same = cosines[np.arange(0, len(vectors), 2), np.arange(1, len(vectors), 2)]
    return float(cosines[row[:, None] != row].mean()), float(same.mean())

"""Sentences: how similar, which is the translation, which group."""

import numpy as np
import pytest
from fakes import HashingEmbedder

from notesai.embedding.base import Vectors
from notesai.errors import RequestError
from notesai.evaluation.datasets import Labelled, LabelledSet, PairSet, ScoredPair
from notesai.evaluation.sentences import clustering, similarity, translation
from notesai.progress import Silent


class Placed(HashingEmbedder):
    """Puts each text at an angle of its own, in degrees."""

    def __init__(self, angles: dict[str, float]) -> None:
        super().__init__()
        self._angles = angles

    def _vector(self, text: str) -> Vectors:
        angle = np.radians(self._angles[text])
        return np.array([np.cos(angle), np.sin(angle)], np.float32)


def pairs(name: str, *rows: tuple[float, str, str]) -> PairSet:
    return PairSet(name, tuple(ScoredPair(*row) for row in rows))


def test_similarity_is_the_correlation_of_cosines_and_scores():
    embedder = Placed({"a": 0, "b": 10, "c": 40, "d": 90})
    # Cosines fall with the angle: 10, 40, 30 and 90 degrees; two neighbours change places.
    found = similarity(
        embedder, pairs("s", (5, "a", "b"), (4, "a", "c"), (3, "b", "c"), (0, "a", "d")), Silent()
    )
    assert (found.set, found.pairs) == ("s", 4)
    assert found.spearman == pytest.approx(0.8)
    assert similarity(embedder, pairs("s", (1, "a", "b"), (1, "c", "d")), Silent()).spearman is None


def test_translations_are_found_both_ways_and_repeated_sentences_ask_once():
    ko = pairs("ko", (1, "하나", "둘"), (1, "셋", "하나"))
    en = pairs("en", (1, "one", "two"), (1, "three", "a one"))
    # 하나 has two translations; the nearest to 셋 is the wrong one.
    angles = {"하나": 0, "one": 20, "a one": 5, "둘": 60, "two": 62, "셋": 90, "three": 150}
    there = translation(Placed(angles), ko, en, Silent())
    assert (there.source, there.target) == ("ko", "en")
    assert (there.sentences, there.candidates) == (3, 4)
    assert there.recall_1 == pytest.approx(2 / 3)
    back = translation(Placed(angles), en, ko, Silent())
    assert (back.sentences, back.candidates) == (4, 3)
    assert back.recall_1 == pytest.approx(1.0)


def test_sets_of_unequal_length_are_no_translations():
    with pytest.raises(RequestError) as caught:
        translation(
            Placed({}), pairs("a", (1, "x", "y")), pairs("b", *[(1, "x", "y")] * 2), Silent()
        )
    assert caught.value.code == "eval.not_parallel"


def test_clusters_follow_the_vectors():
    angles = {f"{name}{n}": start + n for name, start in (("p", 0), ("q", 90)) for n in range(9)}
    texts = tuple(Labelled(name[0], name) for name in angles)
    found = clustering(Placed(angles), LabelledSet("s", texts), Silent(), seed=0)
    assert (found.texts, found.labels) == (18, 2)
    assert found.v_measure == pytest.approx(1.0)
    crossed = tuple(Labelled(int(name[1]) % 2, name) for name in angles if name[1] != "8")
    found = clustering(Placed(angles), LabelledSet("s", crossed), Silent(), seed=0)
    assert found.v_measure == pytest.approx(0.0, abs=1e-6)

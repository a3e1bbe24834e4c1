"""k-means."""

import numpy as np
import pytest

from notesai.evaluation.agreement import v_measure
from notesai.evaluation.kmeans import kmeans


def blobs(k: int, each: int, spread: float) -> tuple[np.ndarray, list[int]]:
    random = np.random.default_rng(1)
    centres = np.eye(k, 16) * 10
    vectors = np.repeat(centres, each, axis=0) + random.normal(0, spread, (k * each, 16))
    return vectors.astype(np.float32), [n for n in range(k) for _ in range(each)]


@pytest.mark.parametrize("seed", range(5))
def test_groups_that_lie_apart_are_found(seed: int):
    vectors, labels = blobs(6, 30, 0.5)
    assert v_measure(labels, kmeans(vectors, 6, seed=seed).tolist()) == pytest.approx(1.0)


def test_the_same_seed_gives_the_same_groups():
    vectors, _ = blobs(4, 25, 6.0)
    first, second = kmeans(vectors, 5, seed=3), kmeans(vectors, 5, seed=3)
    assert np.array_equal(first, second)
    assert set(first.tolist()) <= set(range(5))


def test_equal_vectors_and_as_many_groups_as_vectors():
    same = np.ones((4, 3), np.float32)
    assert len(kmeans(same, 2, seed=0)) == 4
    apart = np.eye(3, dtype=np.float32)
    assert sorted(kmeans(apart, 3, seed=0).tolist()) == [0, 1, 2]
    assert kmeans(apart[:1], 1, seed=0).tolist() == [0]

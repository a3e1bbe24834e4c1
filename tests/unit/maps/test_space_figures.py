"""Figures of spaces, against the plainest way of computing them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_index import blobs

from notesai.maps.figures import NOTHING, closeness, figures, near_duplicates


def all_cosines(vectors: np.ndarray) -> np.ndarray:
    cosines = vectors @ vectors.T
    return cosines[~np.eye(len(vectors), dtype=bool)]


def test_figures_are_those_of_all_pairs():
    vectors = blobs([30, 20], 48).astype(np.float32)
    rows = np.arange(50)
    found = figures(vectors, rows, 2, 3)
    assert found.mean_similarity == pytest.approx(all_cosines(vectors).mean(), abs=1e-4)
    middle = vectors.mean(axis=0) / np.linalg.norm(vectors.mean(axis=0))
    assert found.spread == pytest.approx(1 - (vectors @ middle).mean(), abs=1e-4)
    assert (found.notes, found.orphans, found.near_duplicates) == (50, 2, 3)
    part = figures(vectors, rows[:30], 0, 0)
    assert part.mean_similarity == pytest.approx(all_cosines(vectors[:30]).mean(), abs=1e-4)


@pytest.mark.parametrize("count", [0, 1])
def test_spaces_of_hardly_anything_have_figures(count: int):
    vectors = blobs([1], 8)[:count].astype(np.float32)
    found = figures(vectors, np.arange(count), 0, 0)
    assert (found.notes, found.spread) == (count, 0.0)
    assert not closeness(vectors).orphans.any()


def test_near_duplicates_are_counted_for_each_group():
    vectors = blobs([6, 6], 32).astype(np.float32)
    vectors[1], vectors[2], vectors[7] = vectors[0], vectors[0], vectors[0]
    close = closeness(vectors)
    assert near_duplicates(vectors, close, np.zeros(12, np.intp)).tolist() == [6]
    assert near_duplicates(vectors, close, np.repeat([0, 1], 6)).tolist() == [3, 0]
    assert near_duplicates(vectors, close, np.repeat([-1, 0], 6)).tolist() == [0]


def test_orphans_are_far_from_all_others():
    vectors = np.concatenate((blobs([25, 25], 64, spread=0.4), blobs([1], 64, seed=9)))
    found = closeness(vectors.astype(np.float32)).orphans
    assert found.nonzero()[0].tolist() == [50]


def test_notes_that_are_all_alike_are_no_orphans():
    assert not closeness(np.repeat(blobs([1], 16), 9, axis=0).astype(np.float32)).orphans.any()


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from("adu"), min_size=1, max_size=8), st.integers(0, 99))
def test_closeness_that_follows_is_that_of_a_fresh_look(steps: list[str], seed: int):
    random = np.random.default_rng(seed)
    vectors = blobs([1] * 6, 8, seed=seed).astype(np.float32)
    close = closeness(vectors)
    for step in steps:
        at = int(random.integers(len(vectors)))
        new = blobs([1], 8, seed=int(random.integers(1 << 30))).astype(np.float32)
        if step == "a":
            vectors, fresh = np.concatenate((vectors, new)), [len(vectors)]
        elif step == "u":
            vectors, fresh = vectors.copy(), [at]
            vectors[at] = new
        elif len(vectors) > 2:
            rows = np.delete(np.arange(len(vectors)), at)
            vectors, close, fresh = vectors[rows], close.kept(rows), []
        else:
            continue
        close = close.grown(vectors, np.ones(len(vectors), bool), np.array(fresh, np.intp))
    assert np.allclose(close.nearest, closeness(vectors).nearest, atol=1e-6)
    cosines = vectors @ vectors.T
    assert np.allclose(cosines[np.arange(len(vectors)), close.rows], close.nearest, atol=1e-6)


def test_nothing_is_close_to_nothing():
    assert len(NOTHING.nearest) == 0 and len(NOTHING.orphans) == 0

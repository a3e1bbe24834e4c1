"""Layouts of made-up vectors: what is found, that it stays the same, and odd vaults."""

import numpy as np
import pytest
from made_index import blobs

from notesai.maps.describing import Sources
from notesai.maps.embedded import EmbeddedNotes
from notesai.maps.labels import Said
from notesai.maps.layout import Layout
from notesai.maps.making import Earlier, lay_out
from notesai.model import Note
from notesai.progress import Silent

NOTHING = Earlier(None, {})
WORDS = ("compost", "camera", "railway", "poetry")


def notes_of(vectors: np.ndarray, prefix: str = "") -> EmbeddedNotes:
    """Notes whose paths begin with the number of the vector."""
    notes = [
        Note(f"{prefix}id-{at}", f"{at:05}.md", f"Note {at}", f"hash-{at}", 1, 1, n_chunks=1)
        for at in range(len(vectors))
    ]
    return EmbeddedNotes(tuple(notes), vectors.astype(np.float16))


def says(notes) -> list[Said]:
    return [Said("", f"{WORDS[int(note.path[:5]) // 20 % 4]} and other words") for note in notes]


def laid(found: EmbeddedNotes, earlier: Earlier = NOTHING) -> Layout:
    return lay_out(found, "chunks", Sources(says), earlier, Silent())


def topics_of(layout: Layout) -> list[str]:
    return [place.topic for place in layout.places]


def checked(layout: Layout, count: int) -> Layout:
    """A layout as anybody expects it of `count` notes."""
    assert len(layout.places) == layout.made_of == count
    for places in (layout.tsne, layout.pca):
        assert places.shape == (count, 2)
        assert np.isfinite(places).all()
        assert np.abs(places).max(initial=0.0) <= 1.0 + 1e-6
    known = {cluster.id: cluster for cluster in layout.clusters}
    assert len(known) == len(layout.clusters)
    for place in layout.places:
        assert not place.topic or known[known[place.topic].parent].parent == ""
    return layout


@pytest.fixture(scope="module")
def four() -> EmbeddedNotes:
    return notes_of(blobs([20, 20, 20, 20], 64, spread=0.5))


@pytest.fixture(scope="module")
def layout(four: EmbeddedNotes) -> Layout:
    return checked(laid(four), 80)


def test_dense_groups_are_topics_with_words_of_their_own(layout: Layout):
    topics = topics_of(layout)
    parts = [topics[start : start + 20] for start in range(0, 80, 20)]
    assert all(len(set(part)) == 1 for part in parts)
    assert len(set(topics)) == 4
    words = {cluster.id: cluster.terms for cluster in layout.clusters}
    assert [words[part[0]][0] for part in parts] == list(WORDS)
    groups = [layout.tsne[start : start + 20] for start in range(0, 80, 20)]
    middles = [group.mean(axis=0) for group in groups]
    width = max(np.linalg.norm(g - m, axis=1).mean() for g, m in zip(groups, middles, strict=True))
    apart = min(np.linalg.norm(a - b) for a in middles for b in middles if a is not b)
    assert apart > 2 * width


def test_the_same_notes_have_the_same_layout(four: EmbeddedNotes, layout: Layout):
    again = laid(four)
    assert (again.tsne == layout.tsne).all() and (again.pca == layout.pca).all()
    assert (again.places, again.clusters) == (layout.places, layout.clusters)


def test_a_new_layout_lies_and_is_named_like_the_one_before(layout: Layout):
    grown = notes_of(blobs([20, 20, 20, 20, 20], 64, spread=0.5))
    after = checked(laid(grown, Earlier(layout, {})), 100)
    assert topics_of(after)[:80] == topics_of(layout)
    assert len(set(topics_of(after)[80:])) == 1
    assert topics_of(after)[80] not in topics_of(layout)
    moved = np.linalg.norm(after.tsne[:80] - layout.tsne, axis=1)
    apart = np.linalg.norm(layout.tsne[:, None] - layout.tsne[None], axis=2)
    assert np.median(moved) < 0.5 * np.median(apart)
    turned = np.linalg.norm(after.pca[:80] * (-1, 1) - layout.pca, axis=1)
    assert np.linalg.norm(after.pca[:80] - layout.pca, axis=1).mean() < turned.mean()


def test_an_index_built_anew_keeps_the_map_by_its_paths(four: EmbeddedNotes, layout: Layout):
    again = laid(notes_of(four.vectors, prefix="new-"), Earlier(layout, {}))
    assert topics_of(again) == topics_of(layout)
    moved = np.linalg.norm(again.tsne - layout.tsne, axis=1)
    assert np.median(moved) < 0.3


def test_a_named_cluster_is_found_again_without_its_layout(four: EmbeddedNotes, layout: Layout):
    mine = [place.path for place in layout.places if place.topic == topics_of(layout)[0]]
    after = laid(four, Earlier(None, {"tmine": mine}))
    assert set(topics_of(after)[:20]) == {"tmine"}


def test_what_belongs_nowhere_is_noise():
    vectors = np.concatenate((blobs([30, 30, 30], 64, spread=0.3), blobs([1] * 6, 64, seed=3)))
    topics = topics_of(checked(laid(notes_of(vectors)), 96))
    assert "" not in topics[:90]
    assert topics[90:] == [""] * 6


@pytest.mark.parametrize("count", [0, 1, 2, 3, 5, 7, 11])
def test_few_notes_have_a_place_each(count: int):
    vectors = blobs([1] * count, 64) if count else np.zeros((0, 64))
    layout = checked(laid(notes_of(vectors)), count)
    assert len({tuple(place) for place in layout.tsne.tolist()}) == count


@pytest.mark.parametrize("count", [2, 40, 5000])
def test_equal_notes_stand_apart_and_are_one_cluster(count: int):
    vector = blobs([1], 64)
    layout = checked(laid(notes_of(np.repeat(vector, count, axis=0))), count)
    assert len({tuple(place) for place in layout.tsne.tolist()}) == count
    assert len(set(topics_of(layout))) == 1
    assert (topics_of(layout)[0] != "") is (count > 2)


def test_copies_among_others_are_of_one_place_and_topic():
    vectors = blobs([20, 20, 20], 64, spread=0.5)
    vectors[3:9] = vectors[2]
    layout = checked(laid(notes_of(vectors)), 60)
    assert len(set(topics_of(layout)[2:9])) == 1
    around = np.linalg.norm(layout.tsne[2:9] - layout.tsne[2:9].mean(axis=0), axis=1)
    assert 0 < around.max() < 0.1

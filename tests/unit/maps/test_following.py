"""Notes that come, go and change between two layouts."""

from dataclasses import replace

import numpy as np
import pytest
from made_index import blobs

from notesai.maps.embedded import EmbeddedNotes
from notesai.maps.figures import closeness
from notesai.maps.following import followed
from notesai.maps.layout import Flat, KeptCluster, Layout, Place
from notesai.model import Note

VECTORS = blobs([15, 15], 32, spread=0.4)
MORE = blobs([20, 20], 32, spread=0.4)


def notes_of(vectors: np.ndarray) -> EmbeddedNotes:
    notes = [
        Note(f"id-{at}", f"{at:02}.md", f"Note {at}", f"hash-{at}", 1, 1, n_chunks=1)
        for at in range(len(vectors))
    ]
    return EmbeddedNotes(tuple(notes), vectors.astype(np.float16))


@pytest.fixture
def found() -> EmbeddedNotes:
    return notes_of(VECTORS)


@pytest.fixture
def layout(found: EmbeddedNotes) -> Layout:
    places = tuple(
        Place(note.note_id, note.path, note.content_hash, "tleft" if at < 15 else "tright")
        for at, note in enumerate(found.notes)
    )
    middles = np.repeat([[-0.5, 0.0], [0.5, 0.0]], 15, axis=0)
    at = (middles + np.random.default_rng(0).normal(0, 0.05, (30, 2))).astype(np.float32)
    axes = np.linalg.qr(np.random.default_rng(1).normal(size=(32, 2)))[0]
    return Layout(
        generation="chunks",
        places=places,
        tsne=at,
        pca=Flat(axes, np.zeros(2)).places(found.vectors),
        flat=Flat(axes, np.zeros(2)),
        close=closeness(found.vectors),
        clusters=(
            KeptCluster("sone", "", ()),
            KeptCluster("tleft", "sone", ()),
            KeptCluster("tright", "sone", ()),
        ),
        made_of=30,
    )


def with_more(found: EmbeddedNotes, vectors: np.ndarray) -> EmbeddedNotes:
    start = len(found.notes)
    notes = [
        Note(f"id-{at}", f"{at:02}.md", "New", f"hash-{at}", 1, 1, n_chunks=1)
        for at in range(start, start + len(vectors))
    ]
    halves = np.concatenate((found.halves, vectors.astype(np.float16)))
    return EmbeddedNotes((*found.notes, *notes), halves)


def test_nothing_new_is_the_very_same_layout(layout: Layout, found: EmbeddedNotes):
    assert followed(layout, found) is layout


def test_new_notes_join_their_neighbours_and_move_nobody(layout: Layout, found: EmbeddedNotes):
    random = np.random.default_rng(5)
    left = VECTORS[:5] + random.normal(0, 0.02, (5, 32))
    right = VECTORS[15:20] + random.normal(0, 0.02, (5, 32))
    after = followed(layout, with_more(found, np.concatenate((left, right))))
    assert (after.tsne[:30] == layout.tsne).all() and (after.pca[:30] == layout.pca).all()
    assert after.places[:30] == layout.places
    assert [place.topic for place in after.places[30:]] == ["tleft"] * 5 + ["tright"] * 5
    assert (after.tsne[30:35, 0] < -0.2).all() and (after.tsne[35:, 0] > 0.2).all()
    assert len({tuple(place) for place in after.tsne.tolist()}) == 40
    assert after.changed == pytest.approx(10 / 30)
    whole = closeness(with_more(found, np.concatenate((left, right))).vectors)
    assert np.allclose(after.close.nearest, whole.nearest, atol=1e-5)


def test_a_note_like_none_is_placed_and_in_no_topic(layout: Layout, found: EmbeddedNotes):
    between = VECTORS[0] + VECTORS[15]
    after = followed(layout, with_more(found, (between / np.linalg.norm(between))[None]))
    assert np.isfinite(after.tsne).all() and np.abs(after.tsne).max() <= 1.0


def test_notes_that_are_gone_leave_their_place(layout: Layout, found: EmbeddedNotes):
    rest = EmbeddedNotes(found.notes[3:], found.halves[3:])
    after = followed(layout, rest)
    assert after.places == layout.places[3:]
    assert (after.tsne == layout.tsne[3:]).all()
    assert after.changes == 3
    assert np.allclose(after.close.nearest, closeness(rest.vectors).nearest, atol=1e-5)


def test_a_renamed_note_stays(layout: Layout, found: EmbeddedNotes):
    notes = (replace(found.notes[0], path="zz.md", title="Other"), *found.notes[1:])
    after = followed(layout, EmbeddedNotes(notes, found.halves))
    assert after.places[0].path == "zz.md"
    assert after.places[0].topic == "tleft"
    assert (after.tsne == layout.tsne).all()
    assert after.changes == 0


def test_an_index_built_anew_is_known_by_its_paths(layout: Layout, found: EmbeddedNotes):
    notes = tuple(replace(note, note_id=f"new-{note.note_id}") for note in found.notes)
    after = followed(layout, EmbeddedNotes(notes, found.halves))
    assert (after.tsne == layout.tsne).all()
    assert after.changes == 0


def test_an_edited_note_moves_only_to_another_topic(layout: Layout, found: EmbeddedNotes):
    halves = found.halves.copy()
    halves[0] = found.halves[1]
    halves[2] = found.halves[20]
    notes = list(found.notes)
    for at in (0, 2):
        notes[at] = replace(notes[at], content_hash="edited")
    after = followed(layout, EmbeddedNotes(tuple(notes), halves))
    assert (after.tsne[0] == layout.tsne[0]).all()
    assert after.places[0].topic == "tleft"
    assert after.places[2].topic == "tright"
    assert after.tsne[2, 0] > 0.2
    assert after.changes == 1
    assert followed(after, EmbeddedNotes(tuple(notes), halves)) is after
    assert np.allclose(after.close.nearest, closeness(halves.astype(np.float32)).nearest, atol=1e-5)


def test_a_note_that_waits_for_its_vectors_keeps_its_place(layout: Layout, found: EmbeddedNotes):
    waits = replace(found.notes[4], content_hash="edited")
    rest = EmbeddedNotes(
        (*found.notes[:4], *found.notes[5:]),
        np.delete(found.halves, 4, axis=0),
        waiting=(waits, Note("other", "other.md", "Other", "x", 1, 1, n_chunks=1)),
    )
    after = followed(layout, rest)
    assert [place.path for place in after.places] == [note.path for note in found.notes]
    assert (after.tsne == layout.tsne).all()

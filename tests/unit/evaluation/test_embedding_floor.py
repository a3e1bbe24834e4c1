"""The model that knows nothing, and vectors that are kept."""

import logging
import sqlite3
from pathlib import Path

import numpy as np
import pytest
from fakes import HashingEmbedder

from notesai.evaluation import vector_cache
from notesai.evaluation.floor import RandomEmbedder
from notesai.evaluation.vector_cache import CachedEmbedder

TEXTS = ["tomatoes", "물주기", "", "tomatoes"]


def test_random_vectors_are_unit_repeatable_and_unrelated(embedder: HashingEmbedder):
    random = RandomEmbedder(embedder)
    vectors = random.embed_documents(TEXTS)
    assert (vectors.shape, vectors.dtype) == ((4, 64), np.float32)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1.0, abs=1e-5)
    assert np.array_equal(vectors[0], vectors[3])
    assert np.array_equal(vectors[1], RandomEmbedder(embedder).embed_query("물주기"))
    many = random.embed_documents([str(number) for number in range(100)])
    assert abs((many @ many.T)[~np.eye(100, dtype=bool)].mean()) < 0.02
    assert random.embed_documents([]).shape == (0, 64)


def test_random_cuts_as_the_other_does_and_is_not_taken_for_it(embedder: HashingEmbedder):
    random = RandomEmbedder(embedder)
    assert random.count_tokens("one two") == random.counter("one two") == 2
    assert random.card.window == embedder.card.window
    assert random.card.fingerprint != embedder.card.fingerprint
    assert random.embed_query("lone \ud800 surrogate").shape == (64,)


def test_a_text_is_embedded_once(embedder: HashingEmbedder, tmp_path: Path):
    with CachedEmbedder(embedder, tmp_path) as first:
        vectors = first.embed_documents(TEXTS)
        assert embedder.texts == 3
        assert np.array_equal(first.embed_documents(TEXTS), vectors)
    with CachedEmbedder(embedder, tmp_path) as second:
        assert np.array_equal(second.embed_documents(TEXTS), vectors)
        assert second.embed_documents([]).shape == (0, 64)
        assert embedder.texts == 3
        second.embed_documents(["one more"])
        assert embedder.texts == 4
        assert np.array_equal(second.embed_query("x"), embedder.embed_query("x"))
        assert second.count_tokens("one two") == second.counter("one two") == 2
    assert np.array_equal(vectors, embedder.embed_documents(TEXTS))


def test_models_do_not_share_vectors(tmp_path: Path):
    one, other = HashingEmbedder(identity="one"), HashingEmbedder(identity="other")
    for embedder in (one, other):
        with CachedEmbedder(embedder, tmp_path) as cached:
            cached.embed_documents(TEXTS)
    assert (one.texts, other.texts) == (3, 3)


def test_a_damaged_or_overgrown_cache_is_begun_anew(
    embedder: HashingEmbedder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    with CachedEmbedder(embedder, tmp_path) as cached:
        cached.embed_documents(TEXTS)
    (file,) = tmp_path.glob("*.sqlite")
    file.write_bytes(b"no database at all" * 100)
    with CachedEmbedder(embedder, tmp_path) as cached:
        cached.embed_documents(TEXTS)
    monkeypatch.setattr(vector_cache, "LARGEST", 10)
    with CachedEmbedder(embedder, tmp_path) as cached:
        cached.embed_documents(TEXTS)
    assert embedder.texts == 9


def test_a_vector_of_another_size_is_computed_again(embedder: HashingEmbedder, tmp_path: Path):
    with CachedEmbedder(embedder, tmp_path) as cached:
        vectors = cached.embed_documents(TEXTS)
    (file,) = tmp_path.glob("*.sqlite")
    with sqlite3.connect(file) as database:
        database.execute("UPDATE vectors SET vector = x'00'")
    database.close()
    with CachedEmbedder(embedder, tmp_path) as cached:
        assert np.array_equal(cached.embed_documents(TEXTS), vectors)


def test_without_a_cache_all_is_computed(
    embedder: HashingEmbedder, tmp_path: Path, caplog: pytest.LogCaptureFixture
):
    place = tmp_path / "file"
    place.write_text("where a folder should be")
    with caplog.at_level(logging.WARNING), CachedEmbedder(embedder, place) as cached:
        assert len(cached.embed_documents(TEXTS)) == 4
    assert "not kept" in caplog.text

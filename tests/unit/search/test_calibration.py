import random

import numpy as np
import pytest
from fakes import HashingEmbedder
from hypothesis import given
from hypothesis import strategies as st

from notesai.search.calibration import (
    LEAST_PASSAGES,
    Background,
    Calibration,
    agreement,
    tf_idf,
)

TOPICS = ("bread flour oven yeast crust", "kernel thread lock memory page", "seed soil water sun")


def passages(n: int) -> list[str]:
    pick = random.Random(3)
    return [" ".join(pick.choices(TOPICS[i % 3].split(), k=6)) + f" only{i}" for i in range(n)]


def owners(n: int) -> np.ndarray:
    return np.array([f"n{i}" for i in range(n)])


def test_a_model_that_reads_agrees_with_the_words_and_noise_does_not() -> None:
    texts = passages(90)
    documents = [text.split() for text in texts]
    reading = agreement(documents, owners(90), HashingEmbedder().embed_documents(texts))
    noise = np.random.default_rng(0).standard_normal((90, 64)).astype(np.float32)
    noise /= np.linalg.norm(noise, axis=1, keepdims=True)
    guessing = agreement(documents, owners(90), noise)
    assert reading is not None and guessing is not None
    assert reading > 0.8
    assert 0.4 < guessing < 0.6


def test_passages_of_one_note_are_not_compared() -> None:
    documents = [["same", "words"], ["same", "words"], ["other", "things"]]
    vectors = np.eye(3, dtype=np.float32)
    assert agreement(documents, np.array(["a", "a", "b"]), vectors) is None


@given(st.lists(st.lists(st.sampled_from("abcde")), min_size=1, max_size=12))
def test_any_documents_give_an_agreement_within_bounds(documents: list[list[str]]) -> None:
    vectors = np.ones((len(documents), 4), np.float32) / 2
    found = agreement(documents, owners(len(documents)), vectors)
    assert found is None or 0.0 <= found <= 1.0


def test_tf_idf_leaves_out_what_only_one_document_has() -> None:
    table = tf_idf([["a", "b", "b"], ["a", "b"], ["c"], []])
    assert table.shape == (4, 2)
    assert np.linalg.norm(table, axis=1) == pytest.approx([1.0, 1.0, 0.0, 0.0])


def test_trust_rises_from_blind_to_sure() -> None:
    vectors = np.zeros((0, 0), np.float32)
    assert Calibration(vectors, {}).trust("ko") == 1.0
    calibrated = Calibration(vectors, {"ko": 0.5, "en": 0.9})
    assert calibrated.trust("ko") == 0.0
    assert calibrated.trust("en") == 1.0
    assert calibrated.trust("de") == pytest.approx(0.5), "an unmeasured one takes the mean"


def test_the_background_of_a_query_is_what_an_average_passage_has() -> None:
    assert Calibration(np.eye(3, dtype=np.float32), {}).background(np.ones(3)) == Background()
    vectors = np.tile(np.array([[0.8, 0.6], [0.6, 0.8]], np.float32), (LEAST_PASSAGES, 1))
    found = Calibration(vectors, {}).background(np.array([1.0, 0.0], np.float32))
    assert found.floor == pytest.approx(0.7)
    assert found.clear == pytest.approx(0.9)


def test_copies_of_one_template_count_as_chance_not_as_blindness() -> None:
    documents = [["same", "form", f"name{n % 30}"] for n in range(60)]
    found = agreement(documents, owners(60), np.ones((60, 4), np.float32) / 2)
    assert found == pytest.approx(0.5)

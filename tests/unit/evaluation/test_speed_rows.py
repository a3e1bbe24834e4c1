"""Speed and memory, measured in a process of their own."""

import os

import pytest
from fakes import HashingEmbedder

from notesai.errors import Cancelled, ModelError
from notesai.evaluation import speed
from notesai.evaluation.speed import measure, row
from notesai.progress import Silent

TEXTS = {"en": ["Water tomatoes in the morning."] * 3, "ko": ["토마토는 아침에 물을 준다."]}


class Cancelling:
    def report(self, phase: str, done: int, total: int) -> None:
        raise Cancelled()


def test_tokens_are_counted_up_to_the_window():
    class Clocked(HashingEmbedder):
        counted = 0

        def count_tokens(self, text: str) -> int:
            self.counted += 1
            return 1000

    embedder = Clocked()
    found = row(embedder, "en", ["a", "b"])
    assert (found.language, found.texts, embedder.counted) == ("en", 2, 2)
    assert found.tokens_per_second > 0
    assert 0 < found.query_median_ms <= found.query_p95_ms


def test_a_slow_model_is_stopped_after_its_time(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(speed, "SECONDS", 0.0)
    assert row(HashingEmbedder(), "en", ["text"] * speed.PASSAGES).texts == 0


def test_the_bundled_model_in_its_own_process():
    found = measure(None, TEXTS, Silent())
    assert [(one.language, one.texts) for one in found.rows] == [("en", 3), ("ko", 1)]
    assert found.load_seconds > 0
    assert 30 < found.resident_mb < 1000


def test_a_model_that_cannot_be_opened_says_so():
    with pytest.raises(ModelError) as caught:
        measure("no-such-model", TEXTS, Silent())
    assert caught.value.code == "model.unknown"


def test_a_cancel_ends_the_process():
    # That nothing is left of it is checked for every test.
    with pytest.raises(Cancelled):
        measure(None, TEXTS, Cancelling())


def _die(answers: object, model: str | None, texts: object) -> None:
    os._exit(1)


def test_a_process_that_dies_is_an_error_of_the_model(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(speed, "_work", _die)
    with pytest.raises(ModelError) as caught:
        measure(None, TEXTS, Silent())
    assert caught.value.code == "model.crashed"

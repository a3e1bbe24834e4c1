import pytest

from notesai.engine.estimate import Estimate
from notesai.progress import Step


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [100.0]
    monkeypatch.setattr("notesai.engine.estimate.time.monotonic", lambda: now[0])
    return now


def test_begin_and_end_of_a_phase_are_always_told(clock: list[float]):
    estimate = Estimate()
    assert estimate.is_news(Step("words", 0, 10))
    assert not estimate.is_news(Step("words", 1, 10))
    assert estimate.is_news(Step("words", 10, 10))
    assert estimate.is_news(Step("meaning", 0, 5))


def test_in_between_ten_a_second(clock: list[float]):
    estimate = Estimate()
    estimate.is_news(Step("words", 0, 1000))
    told = 0
    for done in range(1, 1000):
        clock[0] += 0.01
        told += estimate.is_news(Step("words", done, 1000))
    assert 90 <= told <= 110


def test_the_rest_follows_the_pace_so_far(clock: list[float]):
    estimate = Estimate()
    estimate.is_news(Step("meaning", 0, 100))
    assert estimate.seconds_left(Step("meaning", 0, 100)) == -1.0
    clock[0] += 10
    assert estimate.seconds_left(Step("meaning", 20, 100)) == pytest.approx(40.0)

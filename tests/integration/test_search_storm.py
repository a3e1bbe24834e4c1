"""Many searches at once, as typing makes them: only the last one is worth an answer."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from engine_process import Engine
from fakes import Folder

STORM = 100
QUERIES = ("watering", "tomatoes", "물주기", '"green matter"', "-compost garden", "tag:x", "note")


@pytest.fixture
def engine(folder: Folder) -> Iterator[Engine]:
    for number in range(60):
        folder.write(f"{number}.md", f"# Note {number}\n\nWatering tomatoes, 물주기 {number}. #x")
    engine = Engine(folder)
    engine.until(type="index_progress", phase="done")
    yield engine
    if engine.process.poll() is None:
        engine.process.kill()
        engine.end()


def answers(engine: Engine, requests: set[int]) -> dict[int, str]:
    """What became of each request: "ok", or the code of its error."""
    ends: dict[int, str] = {}
    for message in engine.seen:
        if message.get("id") in requests and message["type"] in {"ok", "error"}:
            assert message["id"] not in ends, "answered twice"
            ends[message["id"]] = message.get("code", "ok")
    return ends


def test_in_a_storm_of_searches_only_the_last_one_answers(engine: Engine) -> None:
    words = [f"{QUERIES[number % len(QUERIES)]} {number}" for number in range(STORM)]
    sent = [engine.send("search", query=word) for word in words]
    other = engine.send("read", path="7.md")
    last = engine.until(id=sent[-1], type="ok")
    assert last["value"]["query"] == words[-1] and last["value"]["hits"]
    engine.until(id=other, type="ok")
    for request in sent[:-1]:
        ends = engine.until(id=request, type="error") if not _ended(engine, request) else None
        assert ends is None or ends["code"] == "cancelled"
    found = answers(engine, set(sent))
    assert len(found) == STORM and found[sent[-1]] == "ok"
    # Those that were under way when the next one came may have been done already; few are.
    assert sum(code == "cancelled" for code in found.values()) > STORM / 2
    assert set(found.values()) == {"ok", "cancelled"}


def _ended(engine: Engine, request: int) -> bool:
    return any(m.get("id") == request and m["type"] == "ok" for m in engine.seen)


def test_what_was_cancelled_says_nothing_more(engine: Engine) -> None:
    sent = [engine.send("search", query=f"{QUERIES[n % 3]} {n}") for n in range(STORM)]
    engine.until(id=sent[-1], type="ok")
    for request in sent:
        if not _ended(engine, request):
            engine.until(id=request, type="error")
    done: set[int] = set()
    for message in engine.seen:
        number: Any = message.get("id")
        assert number not in done, "spoke after its end"
        if number in sent and message["type"] in {"ok", "error"}:
            done.add(number)


def test_a_storm_holds_up_no_other_request(engine: Engine) -> None:
    stop = threading.Event()

    def storm() -> None:
        number = 1_000_000
        while not stop.is_set():
            number += 1
            line = f'{{"id": {number}, "method": "search", "query": "watering {number}"}}\n'
            engine.write(line.encode())
            stop.wait(0.005)

    thread = threading.Thread(target=storm)
    thread.start()
    try:
        for number in range(10):
            assert engine.ask("read", path=f"{number}.md")["path"] == f"{number}.md"
    finally:
        stop.set()
        thread.join()
    assert engine.ask("search", query="tomatoes")["hits"]

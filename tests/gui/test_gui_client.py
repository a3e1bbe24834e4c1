import os
import signal
import sys
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from notesai.engine.protocol import Failure, NoteTitles
from notesai.gui import engine_process
from notesai.gui.client import EngineClient
from notesai.gui.engine_process import EngineExit, ExitKind, LineSplitter, engine_command
from notesai.gui.requests import Replies
from notesai.gui.stalls import StallMeter
from notesai.model import SearchMode, SearchResult

Start = Callable[..., EngineClient]

FREEZE = 1.0
"""Seconds without an event that nobody would take for noise of the machine. How short the gaps
really are is measured by tests/bench/bench_window.py."""


class Heard:
    """What came back for one request."""

    def __init__(self) -> None:
        self.ok: list[SearchResult] = []
        self.partial: list[SearchResult] = []
        self.failed: list[Failure] = []

    def replies(self) -> Replies[SearchResult]:
        return Replies(ok=self.ok.append, partial=self.partial.append, failed=self.failed.append)


def search(client: EngineClient, query: str) -> tuple[int, Heard]:
    heard = Heard()
    return client.search(query, SearchMode.HYBRID, heard.replies()), heard


def test_a_search_brings_a_part_and_then_all(start: Start, qtbot: QtBot) -> None:
    client = start()
    _, heard = search(client, "캐시")
    qtbot.waitUntil(lambda: bool(heard.ok))
    assert heard.partial[0].query == heard.ok[0].query == "캐시"
    assert len(heard.ok[0].hits) >= len(heard.partial[0].hits) > 0
    assert not heard.failed


def test_requests_wait_for_the_engine_to_be_ready(start: Start, qtbot: QtBot) -> None:
    client = start("slow-start", ready=False)
    _, heard = search(client, "cache")
    assert client.state.state == "starting"
    qtbot.waitUntil(lambda: bool(heard.ok), timeout=15_000)


def test_a_waiting_request_can_be_cancelled(start: Start, qtbot: QtBot) -> None:
    client = start("slow-start", ready=False)
    call, dropped = search(client, "cache")
    _, kept = search(client, "cache")
    client.cancel(call)
    qtbot.waitUntil(lambda: bool(kept.ok), timeout=15_000)
    assert not dropped.ok and not dropped.partial and not dropped.failed


def test_an_error_brings_code_message_and_hint(start: Start, qtbot: QtBot) -> None:
    _, heard = search(start(), "!error")
    qtbot.waitUntil(lambda: bool(heard.failed))
    failure = heard.failed[0]
    assert (failure.code, failure.hint) == ("index.broken", "Rebuild it.")
    assert not heard.ok


def test_a_cancelled_search_calls_nobody_and_frees_the_engine(start: Start, qtbot: QtBot) -> None:
    client = start()
    call, slow = search(client, "!partial")
    qtbot.waitUntil(lambda: bool(slow.partial))
    client.cancel(call)
    _, next_one = search(client, "cache")
    qtbot.waitUntil(lambda: bool(next_one.ok))
    qtbot.wait(50)
    assert not slow.ok and not slow.failed
    client.cancel(call)
    client.cancel(987_654)


def test_lines_that_are_no_messages_are_ignored(
    start: Start, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    _, heard = search(start(), "!garbage")
    qtbot.waitUntil(lambda: bool(heard.ok))
    assert "not a message from the engine" in caplog.text


def test_a_result_of_the_wrong_kind_fails_the_request(start: Start, qtbot: QtBot) -> None:
    _, heard = search(start(), "!garbled")
    qtbot.waitUntil(lambda: bool(heard.failed))
    assert heard.failed[0].code == "engine.garbled"


def test_a_crash_fails_what_was_under_way_and_the_engine_comes_back(
    start: Start, qtbot: QtBot
) -> None:
    client = start()
    ends: list[EngineExit] = []
    client.exited.connect(ends.append)
    _, heard = search(client, "!crash")
    qtbot.waitUntil(lambda: bool(heard.failed))
    assert heard.failed[0].code == "engine.gone"
    assert ends[0].kind is ExitKind.CRASHED
    qtbot.waitUntil(lambda: client.ready, timeout=15_000)
    _, again = search(client, "cache")
    qtbot.waitUntil(lambda: bool(again.ok))


@pytest.mark.skipif(sys.platform == "win32", reason="signals are of Unix")
def test_an_engine_that_is_killed_is_told_from_one_that_crashed(start: Start, qtbot: QtBot) -> None:
    client = start()
    ends: list[EngineExit] = []
    client.exited.connect(ends.append)
    os.kill(client.pid, signal.SIGKILL)
    qtbot.waitUntil(lambda: bool(ends))
    assert (ends[0].kind, ends[0].code) == (ExitKind.KILLED, signal.SIGKILL)
    qtbot.waitUntil(lambda: client.ready, timeout=15_000)


def test_after_three_restarts_it_gives_up_until_asked(start: Start, qtbot: QtBot) -> None:
    client = start("crash-at-start", ready=False)
    ends: list[EngineExit] = []
    given_up: list[EngineExit] = []
    client.exited.connect(ends.append)
    client.given_up.connect(given_up.append)
    qtbot.waitUntil(lambda: bool(given_up), timeout=30_000)
    assert len(ends) == 4
    assert client.state.state == "stopped" and client.pid == 0
    client.restart()
    assert client.pid > 0
    qtbot.waitUntil(lambda: len(given_up) == 2, timeout=30_000)
    assert len(ends) == 8


def test_a_program_that_is_not_there_is_not_tried_again(qapp: QApplication, qtbot: QtBot) -> None:
    client = EngineClient(["/nowhere/notesai-engine"])
    given_up: list[EngineExit] = []
    client.given_up.connect(given_up.append)
    _, heard = search(client, "x")
    client.start()
    qtbot.waitUntil(lambda: bool(given_up))
    assert given_up[0].kind is ExitKind.MISSING
    assert heard.failed[0].code == "engine.gone"
    client.stop()


def test_an_engine_that_says_why_it_failed_is_left_alone(start: Start, qtbot: QtBot) -> None:
    client = start("fail-at-start", ready=False)
    ends: list[EngineExit] = []
    client.exited.connect(ends.append)
    qtbot.waitUntil(lambda: bool(ends), timeout=15_000)
    qtbot.wait(100)
    assert client.state.state == "failed"
    assert client.state.code == "vault.missing"
    assert client.pid == 0


def test_stopping_ends_the_process_and_calls_nobody(start: Start, qtbot: QtBot) -> None:
    client = start()
    ends: list[EngineExit] = []
    client.exited.connect(ends.append)
    _, heard = search(client, "!slow")
    client.stop()
    qtbot.wait(50)
    assert client.pid == 0
    assert not heard.failed and not ends


def test_a_long_line_does_not_hold_up_the_event_loop(start: Start, qtbot: QtBot) -> None:
    client = start("many")
    best = 1.0
    for _ in range(3):
        lists: list[NoteTitles] = []
        meter = StallMeter()
        meter.start()
        client.list_notes(Replies(ok=lists.append))
        qtbot.waitUntil(lambda lists=lists: bool(lists), timeout=15_000)
        meter.stop()
        best = min(best, meter.longest)
        assert len(lists[0].notes) == 10_000
    assert best < FREEZE


@given(
    lines=st.lists(st.binary(max_size=40).map(lambda line: line.replace(b"\n", b" "))),
    sizes=st.lists(st.integers(1, 17), min_size=1),
)
def test_lines_are_the_same_however_they_arrive(lines: list[bytes], sizes: list[int]) -> None:
    stream = b"".join(line + b"\n" for line in lines)
    splitter = LineSplitter()
    found: list[bytes] = []
    at = step = 0
    while at < len(stream):
        size = sizes[step % len(sizes)]
        found += splitter.feed(stream[at : at + size])
        at, step = at + size, step + 1
    assert found == [line for line in lines if line.strip()]


def test_an_overlong_line_is_dropped_and_the_next_one_read() -> None:
    splitter = LineSplitter(longest=10)
    assert splitter.feed(b"x" * 8) == []
    assert splitter.feed(b"x" * 8 + b"\nnext\n") == [b"next"]


def test_a_frozen_build_runs_itself(monkeypatch: pytest.MonkeyPatch, tmp_path: str) -> None:
    from pathlib import Path

    vault = Path(tmp_path)
    assert engine_command(vault)[1:] == ["-m", "notesai", "engine", "--vault", str(vault)]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert engine_command(vault) == [sys.executable, "engine", "--vault", str(vault)]


@pytest.mark.skipif(sys.platform != "linux", reason="only glibc can be asked")
def test_an_engine_gets_memory_pools_that_give_back(monkeypatch: pytest.MonkeyPatch) -> None:
    names = ("MALLOC_ARENA_MAX", "ARROW_DEFAULT_MEMORY_POOL", "MALLOC_MMAP_THRESHOLD_")
    for name in names:
        monkeypatch.delenv(name, raising=False)
    values = [engine_process._environment().value(name) for name in names]
    assert values == ["2", "system", "1048576"]
    monkeypatch.setenv(names[1], "mimalloc")
    assert engine_process._environment().value(names[1]) == "mimalloc"

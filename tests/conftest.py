"""What all tests share: a home of their own, a fake embedder, and no leaks."""

import logging
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import hypothesis
import psutil
import pytest
from fakes import Folder, HashingEmbedder

# How long one example takes says how busy the machine is.
hypothesis.settings.register_profile("notesai", deadline=None)
hypothesis.settings.load_profile("notesai")

LASTING_THREADS = ("LanceDB", "pytest_timeout", "QThread", "Dummy", "asyncio", "pydevd")
"""Threads that libraries keep for the life of the process."""


@pytest.fixture
def embedder() -> HashingEmbedder:
    return HashingEmbedder()


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    path = tmp_path / "vault"
    path.mkdir()
    return Folder(path)


@pytest.fixture
def real_data() -> Path:
    """The folder of real vaults and evaluation sets; the test is skipped where there is none."""
    root = Path(__file__).resolve().parents[1]
    path = Path(os.environ.get("NOTESAI_TEST_DATA", root.parent / "shared" / "data"))
    if not path.is_dir():
        pytest.skip("no evaluation data here")
    return path


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test reads or writes the real data, settings or logs."""
    path = tmp_path / "home"
    monkeypatch.setenv("NOTESAI_HOME", str(path))
    monkeypatch.delenv("NOTESAI_VAULT", raising=False)
    return path


@pytest.fixture(autouse=True)
def no_unexpected_errors_logged(
    request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture
) -> Iterator[None]:
    """An ERROR in the log fails the test, unless it is marked as expected."""
    yield
    if request.node.get_closest_marker("logs_errors"):
        return
    records = [r for when in ("setup", "call") for r in caplog.get_records(when)]
    errors = [r.getMessage() for r in records if r.levelno >= logging.ERROR]
    assert not errors, f"logged errors: {errors}"


@pytest.fixture(autouse=True)
def no_leaks() -> Iterator[None]:
    """Threads and processes that outlive their test fail it."""
    threads, processes = set(threading.enumerate()), set(psutil.Process().children())
    yield
    deadline = time.monotonic() + 3.0
    while time.monotonic() < deadline and (_new_threads(threads) or _new_processes(processes)):
        time.sleep(0.02)
    assert not _new_threads(threads), f"leaked threads: {_new_threads(threads)}"
    assert not _new_processes(processes), f"leaked processes: {_new_processes(processes)}"


def _new_threads(before: set[threading.Thread]) -> list[threading.Thread]:
    return [
        thread
        for thread in threading.enumerate()
        if thread not in before and not thread.name.startswith(LASTING_THREADS)
    ]


def _new_processes(before: set[psutil.Process]) -> list[psutil.Process]:
    return [
        child
        for child in psutil.Process().children()
        if child not in before and not _is_resource_tracker(child)
    ]


def _is_resource_tracker(process: psutil.Process) -> bool:
    """Python's own helper for `multiprocessing`: one a process, and it ends with it."""
    try:
        return any("resource_tracker" in part for part in process.cmdline())
    except psutil.Error:
        return False

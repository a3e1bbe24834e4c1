"""Processors that can run the storage library, and those that cannot."""

import io
import platform
import subprocess
import sys
from pathlib import Path

import pytest

from notesai.engine import protocol, refusing
from notesai.errors import MachineError
from notesai.index import processor

NEHALEM = {"SSE42": True, "AVX": False, "AVX2": False, "FMA3": False}
HASWELL = {**NEHALEM, "AVX": True, "AVX2": True, "FMA3": True}

OLD = (
    "import importlib, sys\n"
    "found = importlib.import_module('numpy._core._multiarray_umath')\n"
    "found.__cpu_features__['AVX2'] = False\n"
    "from notesai.__main__ import main\n"
    "main()\n"
)
"""The program on a processor of which numpy says that it lacks AVX2."""

on_x86_64 = pytest.mark.skipif(
    platform.machine().lower() not in processor._X86_64, reason="other processors need nothing"
)


def test_a_processor_with_all_that_is_needed_passes() -> None:
    processor.insist_on(HASWELL)
    processor.insist()


@pytest.mark.parametrize(
    ("lacking", "said"), [(("AVX2",), "no AVX2."), (("AVX2", "FMA3"), "no AVX2 and no FMA.")]
)
def test_an_older_one_is_told_what_it_lacks(lacking: tuple[str, ...], said: str) -> None:
    with pytest.raises(MachineError, match="too old") as caught:
        processor.insist_on({**HASWELL, **dict.fromkeys(lacking, False)})
    assert caught.value.code == "machine.processor" and said in caught.value.message
    assert "notes are safe" in caught.value.hint


def test_what_nobody_tells_of_is_no_reason_to_refuse() -> None:
    processor.insist_on({})


def test_other_kinds_of_processors_are_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processor, "_features", lambda: NEHALEM)
    monkeypatch.setattr(platform, "machine", lambda: "arm64")
    processor.insist()
    monkeypatch.setattr(platform, "machine", lambda: "AMD64")
    with pytest.raises(MachineError):
        processor.insist()


@on_x86_64
def test_a_command_says_it_and_fails(own_home: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-c", OLD, "index", "--vault", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 1
    assert "too old" in done.stderr and "notes are safe" in done.stderr
    assert "Traceback" not in done.stderr and "bug" not in done.stderr


@on_x86_64
def test_the_engine_tells_the_window_instead_of_ending(own_home: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-c", OLD, "engine", "--vault", str(tmp_path)]
    asked = protocol.encode(protocol.Search(id=7, query="heap"))
    done = subprocess.run(command, input=asked, capture_output=True)
    state, failure = (protocol.decode_message(line) for line in done.stdout.splitlines())
    assert isinstance(state, protocol.EngineState) and isinstance(failure, protocol.Failure)
    assert (state.state, state.code) == ("failed", "machine.processor")
    assert (failure.id, failure.code) == (7, "machine.processor")
    assert done.returncode == 0


def test_what_nobody_can_read_is_passed_over() -> None:
    sink = io.BytesIO()
    refusing.refuse(MachineError("machine.processor", "Too old."), io.BytesIO(b"{\n"), sink)
    assert [type(protocol.decode_message(line)) for line in sink.getvalue().splitlines()] == [
        protocol.EngineState
    ]

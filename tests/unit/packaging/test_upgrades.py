"""A program that is replaced while it runs, and the trial that shows that it goes on."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

PACKAGING = Path(__file__).resolve().parents[3] / "packaging"


def _loaded(file: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"tried_{file.stem}", file)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.skipif(sys.platform != "linux", reason="by a file of Linux's own")
def test_modules_come_from_the_file_that_was_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = _loaded(PACKAGING / "pyinstaller" / "command.py")
    other = tmp_path / "another program"
    other.touch()
    for name, found in ((sys.executable, "/proc/self/exe"), (str(other), str(other))):
        reader = SimpleNamespace(_filename=name)
        importers = SimpleNamespace(pyz_archive=reader)
        monkeypatch.setitem(sys.modules, "pyimod02_importers", importers)
        command.stay_with_the_program_that_runs()
        assert reader._filename == found


def test_what_pyinstaller_no_longer_has_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    command = _loaded(PACKAGING / "pyinstaller" / "command.py")
    for importers in (None, SimpleNamespace(), SimpleNamespace(pyz_archive=SimpleNamespace())):
        monkeypatch.setitem(sys.modules, "pyimod02_importers", importers)
        command.stay_with_the_program_that_runs()


def test_the_older_version_of_the_trial_has_its_modules_elsewhere(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.syspath_prepend(str(PACKAGING / "linux"))
    versions = _loaded(PACKAGING / "linux" / "versions.py")
    archive = b"modules" + versions._COOKIE + (7 + 88).to_bytes(4, "big") + bytes(88 - 12)
    moved = versions.shifted(b"\x7fELF code" + archive + b"names of sections")
    assert moved == b"\x7fELF code" + bytes(4096) + archive + b"names of sections"

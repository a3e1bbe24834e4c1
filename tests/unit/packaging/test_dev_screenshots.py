"""The command that pictures the window: what it runs, and with which desktop around it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from devtool import commands, screenshots, system
from devtool.environment import Environment
from devtool.steps import Problem

PACKAGING = Path(__file__).resolve().parents[3] / "packaging"


def test_without_hangul_nothing_is_pictured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "provide", lambda needs, purpose: list(system.HANGUL))
    with pytest.raises(Problem):
        screenshots.take(Path("/nowhere"), ())


def test_the_scenes_can_be_named() -> None:
    options, _ = commands.parse(["screenshots", "search", "quick"])
    assert options.names == ["search", "quick"]
    assert commands.parse(["screenshots"])[0].names == []


def test_nothing_of_this_desktop_gets_into_the_pictures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", "/somewhere")
    monkeypatch.setenv("NOTESAI_VAULT", "/my/notes")
    monkeypatch.setenv("QT_SCALE_FACTOR", "1.5")
    found = screenshots.variables(Environment(tmp_path), tmp_path, 2)
    assert found["HOME"] == str(tmp_path)
    assert found["QT_SCALE_FACTOR"] == "2"
    assert not {"XDG_DATA_HOME", "NOTESAI_VAULT"} & found.keys()
    assert found["PYTHONPATH"] == str(PACKAGING)
    platform, _, screens = found["QT_QPA_PLATFORM"].partition(":configfile=")
    assert platform == "offscreen"
    assert json.loads(Path(screens).read_text("utf-8"))["screens"][0]["width"] == 2 * 1920


def test_each_size_is_taken_and_a_failure_ends_it(
    checkout: Path,
    calls: Callable[[], list[str]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(system, "provide", lambda needs, purpose: [])
    assert screenshots.take(checkout, ["search"]) == 0
    taken = [line for line in calls() if "devtool.pictures" in line]
    folder = checkout / "resources" / "screenshots"
    assert taken == [
        f"-m devtool.pictures --ratio {ratio} {folder} search" for ratio in screenshots.RATIOS
    ]
    failing = ["sh", "-c", "echo no window; exit 3"]
    monkeypatch.setattr(screenshots, "command", lambda *_: failing)
    assert screenshots.take(checkout, ()) == 3
    assert "no window" in capsys.readouterr().out

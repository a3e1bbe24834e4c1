import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

import notesai.__main__ as program
from notesai.cli.commands import run
from notesai.gui import app, garbage
from notesai.gui.desktop import single_instance
from notesai.gui.desktop.single_instance import Summons
from notesai.settings import Settings, save


@pytest.fixture
def starts(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What a start does: a `Summons` that nobody answers, then the vault and what is shown."""
    done: list[Any] = []

    def summon(summons: Summons) -> bool:
        done.append(summons)
        return False

    def run_app(vault: Path | None, argv: list[str], *, show: str) -> int:
        done.append((vault, show))
        return 0

    monkeypatch.setattr(single_instance, "summon", summon)
    monkeypatch.setattr(app, "run", run_app)
    monkeypatch.setattr(garbage, "wait", lambda: None)
    monkeypatch.delenv("XDG_ACTIVATION_TOKEN", raising=False)
    return done


def start(*arguments: str, monkeypatch: pytest.MonkeyPatch) -> object:
    monkeypatch.setattr(sys, "argv", ["notesai", *arguments])
    with pytest.raises(SystemExit) as end:
        program.main()
    return end.value.code


@pytest.mark.parametrize(
    ("arguments", "show"),
    [
        ((), "main"),
        (("--vault", "/notes"), "main"),
        (("--vault=/notes",), "main"),
        (("--hidden",), "nothing"),
        (("quick",), "quick"),
        (("quick", "--vault", "/notes"), "quick"),
        (("--vault", "/notes", "quick"), "quick"),
    ],
)
def test_the_app_is_asked_first_and_then_started(
    starts: list[Any],
    arguments: tuple[str, ...],
    show: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert start(*arguments, monkeypatch=monkeypatch) == 0
    asked = any("vault" in argument for argument in arguments)
    vault = str(Path("/notes").absolute())
    assert starts[0] == Summons(show=show, vault=vault if asked else "")  # type: ignore[arg-type]
    assert starts[1] == (Path(vault) if asked else None, show)


def test_a_running_app_that_answers_is_enough(
    starts: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(single_instance, "summon", lambda _: True)
    assert start("quick", monkeypatch=monkeypatch) == 0
    assert starts == []


def test_the_vault_opened_last_is_started_with_but_not_forced_on_a_running_app(
    starts: list[Any], own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(Settings(last_vault="/before"), own_home / "config" / "settings.toml")
    start(monkeypatch=monkeypatch)
    assert starts == [Summons(), (Path("/before").absolute(), "main")]


def test_the_token_of_the_desktop_is_handed_over(
    starts: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_ACTIVATION_TOKEN", "tok")
    start("quick", monkeypatch=monkeypatch)
    assert starts[0].token == "tok"


def test_the_commands_know_quick(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["quick", "--help"]) == 0
    assert "quick search" in capsys.readouterr().out
    asked: list[str] = []
    assert run(["--vault", "/notes", "quick"], lambda vault: asked.append(vault) or 7) == 7
    assert run(["quick"], lambda vault: asked.append(vault) or 0) == 0
    assert asked == ["/notes", ""]


def test_without_a_window_the_command_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["quick"]) == 1
    assert "Start notesai" in capsys.readouterr().err


def test_options_that_make_no_sense_are_wrong_usage(
    starts: list[Any], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert start("quick", "quick", monkeypatch=monkeypatch) == 2
    assert start("--vault", monkeypatch=monkeypatch) == 2
    assert starts == []


def test_where_another_is_first_and_answers_nothing_is_started(
    monkeypatch: pytest.MonkeyPatch, qapp: object
) -> None:
    monkeypatch.setattr(app, "Application", lambda _: qapp)
    claims = SimpleNamespace(claim=lambda: False, close=lambda: None)
    monkeypatch.setattr(app, "SingleInstance", lambda _: claims)
    heard: list[Summons] = []
    monkeypatch.setattr(app, "summon", lambda summons: heard.append(summons) or True)
    assert app.run(Path("/notes"), [], show="quick") == 0
    assert heard == [Summons(show="quick", vault=str(Path("/notes")))]


class Started(QObject):
    """Stands for the window, which is drawn at some time, and for the client of the engine."""

    painted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.starts = 0

    def start(self) -> None:
        self.starts += 1


def test_the_engine_starts_when_the_window_is_drawn(qtbot: QtBot) -> None:
    one: Any = Started()
    app.start_engine(one, one, awaited=True)
    qtbot.wait(50)
    assert one.starts == 0
    one.painted.emit()
    assert one.starts == 1


@pytest.mark.parametrize("awaited", [True, False])
def test_the_engine_starts_without_a_window_that_is_drawn(qtbot: QtBot, *, awaited: bool) -> None:
    one: Any = Started()
    app.start_engine(one, one, awaited=awaited)
    qtbot.waitUntil(lambda: one.starts == 1, timeout=3000)

"""The app on a desktop with a tray: hotkey, quick search, tray, second starts."""

import shutil
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from fakes import Folder
from x_desktop import Program, other_window, settings_file, tools_there, wait_until, x_display

pytestmark = [
    pytest.mark.skipif(not tools_there(), reason="needs Xvfb, openbox and xdotool"),
    pytest.mark.timeout(240),
]
needs_tray = pytest.mark.skipif(shutil.which("trayer") is None, reason="needs trayer")


@pytest.fixture
def vault(folder: Folder) -> Path:
    folder.write("tomatoes.md", "# Tomatoes\n\nWater tomatoes in the morning. See [[compost]].")
    folder.write("compost.md", "# Compost\n\nLayer green and brown matter for tomatoes.")
    folder.write("서울 산책.md", "# 서울 산책\n\n북촌에서 삼청동까지 걸었다.")
    return folder.path


Start = Callable[..., Program]


@pytest.fixture
def desktop() -> Iterator[dict[str, str]]:
    with x_display(tray=shutil.which("trayer") is not None) as environment:
        yield {**environment, "LANG": "en_US.UTF-8"}


@pytest.fixture
def bare_desktop() -> Iterator[dict[str, str]]:
    with x_display(tray=False) as environment:
        yield environment


@pytest.fixture
def start() -> Iterator[Start]:
    programs: list[Program] = []

    def begin(environment: dict[str, str], *arguments: str) -> Program:
        programs.append(Program(environment, *arguments))
        return programs[-1]

    yield begin
    for program in programs:
        program.end()


def opened(program: Program) -> None:
    wait_until(lambda: bool(program.main_title()), "no window appeared")
    wait_until(lambda: program.engine() is not None, "no engine was started")
    wait_until(lambda: program.focused() == program.main_title(), "the window has no keyboard")


def call_quick(program: Program) -> None:
    def called() -> bool:
        if not program.quick_shown():
            program.key("ctrl+shift+space")
            time.sleep(0.3)
        return program.quick_shown()

    wait_until(called, "the hotkey did nothing")
    wait_until(lambda: program.focused().startswith("Quick search"), "no keyboard for quick search")


def told_of_tray() -> bool:
    file = settings_file()
    return file.exists() and "told_of_tray" in file.read_text("utf-8")


def find_in_quick(program: Program, words: str, title: str) -> None:
    """Search until what is opened has this title: the index may still be on its way."""

    def found() -> bool:
        call_quick(program)
        program.write(words)
        time.sleep(0.4)
        program.key("Return")
        time.sleep(0.3)
        shown = program.main_title().startswith(title) and not program.quick_shown()
        if not shown:
            program.key("Escape")
        return shown

    wait_until(found, f"{title!r} was never opened; titles {program.titles()}")


def test_the_hotkey_finds_a_note_from_another_program(
    desktop: dict[str, str], vault: Path, start: Start
) -> None:
    program = start(desktop, "--vault", str(vault))
    opened(program)
    with other_window(desktop):
        find_in_quick(program, "brown matter", "Compost")
        assert program.focused() == program.main_title()
        program.key("Num_Lock")
        find_in_quick(program, "water morning", "Tomatoes")
        program.key("Num_Lock", "Caps_Lock")
        call_quick(program)
        program.key("Caps_Lock", "Escape")
        wait_until(lambda: not program.quick_shown(), "Escape did not hide quick search")


def test_quick_search_hides_when_another_window_is_used(
    desktop: dict[str, str], vault: Path, start: Start
) -> None:
    program = start(desktop, "--vault", str(vault))
    opened(program)
    call_quick(program)
    with other_window(desktop):
        wait_until(lambda: not program.quick_shown(), "quick search stayed")


@needs_tray
def test_closing_goes_to_the_tray_and_a_second_start_comes_back(
    desktop: dict[str, str], vault: Path, start: Start
) -> None:
    program = start(desktop, "--vault", str(vault))
    opened(program)
    wait_until(lambda: program.focused() == program.main_title(), "it has no keyboard")
    # The tray takes the icon a moment later.
    time.sleep(1)
    program.key("alt+F4")
    wait_until(lambda: not program.titles(), "the window stayed")
    wait_until(told_of_tray, "it was not said")
    assert program.process.poll() is None
    engine = program.engine()
    assert engine is not None
    find_in_quick(program, "brown matter", "Compost")
    program.key("alt+F4")
    wait_until(lambda: not program.titles(), "the window stayed")

    assert program.run_also() == 0
    wait_until(lambda: bool(program.main_title()), "the window did not come back")
    wait_until(lambda: program.focused() == program.main_title(), "it has no keyboard")
    program.process.send_signal(signal.SIGTERM)
    _, errors = program.process.communicate(timeout=30)
    assert program.process.returncode == 0, errors.decode()
    assert "Traceback" not in errors.decode()
    psutil.wait_procs([engine], timeout=10)
    assert not engine.is_running()


def test_the_command_shows_quick_search_of_the_running_app(
    desktop: dict[str, str], vault: Path, start: Start
) -> None:
    program = start(desktop, "--vault", str(vault))
    opened(program)
    assert program.run_also("quick") == 0
    wait_until(program.quick_shown, "no quick search")
    wait_until(lambda: program.focused().startswith("Quick search"), "it has no keyboard")
    program.process.kill()
    program.process.wait()

    again = start(desktop, "quick", "--vault", str(vault))
    wait_until(again.quick_shown, "an app that was killed keeps others from starting")


@needs_tray
def test_a_hidden_start_shows_nothing_but_the_tray(
    desktop: dict[str, str], vault: Path, start: Start
) -> None:
    program = start(desktop, "--hidden", "--vault", str(vault))
    wait_until(lambda: program.engine() is not None, "no engine was started")
    time.sleep(1)
    assert program.titles() == []
    find_in_quick(program, "brown matter", "Compost")


def test_a_hotkey_that_is_taken_stops_nothing(
    desktop: dict[str, str],
    vault: Path,
    start: Start,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = start({**desktop, "NOTESAI_HOME": str(tmp_path / "other")}, "--vault", str(vault))
    opened(first)
    time.sleep(1)
    second = start(desktop, "--vault", str(vault))
    wait_until(lambda: second.engine() is not None, "the app did not go on")
    assert second.run_also("quick") == 0
    wait_until(second.quick_shown, "no quick search")


def test_without_a_tray_closing_ends_the_app(
    bare_desktop: dict[str, str], vault: Path, start: Start
) -> None:
    program = start(bare_desktop, "--vault", str(vault))
    opened(program)
    call_quick(program)
    program.key("Escape")
    wait_until(lambda: program.focused() == program.main_title(), "the window has no keyboard")
    program.key("alt+F4")
    assert program.process.wait(30) == 0

"""The real app and engine under a window manager, through what a person does with them."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from fakes import Folder
from x_app import Starter, starter
from x_desktop import settings_file, tools_there, wait_until, x_display

from notesai.gui.theme import Size, Space
from notesai.paths import home

pytestmark = [
    pytest.mark.skipif(not tools_there(), reason="needs Xvfb, openbox and xdotool"),
    pytest.mark.timeout(240),
]

NEVER_SECONDS = 2.0
"""How long is waited for what must not happen."""


@pytest.fixture
def start() -> Iterator[Starter]:
    with x_display(tray=False) as environment, starter(environment) as start:
        yield start


@pytest.fixture
def vault(folder: Folder) -> Path:
    folder.write("tomatoes.md", "# Tomatoes\n\nWater tomatoes in the morning. See [[compost]].")
    folder.write("compost.md", "# Compost\n\nLayer green and brown matter for tomatoes.")
    folder.write("서울 산책.md", "# 서울 산책\n\n북촌에서 삼청동까지 걸었다.")
    return folder.path


def test_first_start_with_the_sample_notes(start: Starter) -> None:
    app = start()
    assert app.main_title() == "notesai"

    # The first button chooses a folder, the next one takes the sample notes.
    app.key("Tab", "space")

    def opened() -> bool:
        # With a folder chosen, the keyboard is on the button that opens it.
        app.key("space")
        time.sleep(0.2)
        return "sample-notes" in app.main_title()

    wait_until(opened, "the sample notes were never opened")
    app.opens("sourdough loaf", "Sourdough")
    assert str(home().sample) in settings_file().read_text("utf-8")
    assert "Traceback" not in app.quits()


def test_what_is_edited_is_in_the_file_and_is_found(start: Starter, vault: Path) -> None:
    app = start("--vault", str(vault))
    app.opens("brown matter", "Compost")
    app.edits(" Turned it with a pitchfork.")
    app.key("ctrl+s")
    file = vault / "compost.md"
    wait_until(lambda: "pitchfork" in file.read_text("utf-8"), "it was not saved")
    app.key("ctrl+e")
    app.opens("water morning", "Tomatoes")
    app.opens("pitchfork", "Compost")


def test_the_map_is_walked_with_the_keyboard(start: Starter, vault: Path) -> None:
    app = start("--vault", str(vault))
    app.opens("brown matter", "Compost")
    app.key("ctrl+3")
    wait_until(lambda: app.main_title().startswith(("Map", "지도")), "the map was not shown")
    titles = ("Tomatoes", "Compost", "서울 산책")

    def reads() -> bool:
        # Nothing can be chosen before the map is laid out.
        app.key("Right")
        time.sleep(0.2)
        return app.main_title().startswith(titles)

    wait_until(reads, "no note was chosen on the map")
    app.key("Escape")
    wait_until(
        lambda: app.main_title().startswith(("Map", "지도")), "the choice was not taken back"
    )
    assert "Traceback" not in app.quits()


def test_of_two_versions_none_is_lost(start: Starter, vault: Path) -> None:
    app = start("--vault", str(vault))
    app.opens("brown matter", "Compost")
    app.edits(" This is mine.")
    file = vault / "compost.md"
    theirs = "# Compost\n\nWritten by another program.\n"
    file.write_text(theirs, "utf-8")

    def asked() -> bool:
        app.key("ctrl+s")
        time.sleep(0.3)
        return "changed by another program" in app.focused()

    wait_until(asked, "the conflict was not shown")
    # Both are kept unless something else is chosen.
    app.key("Return")
    wait_until(lambda: len(list(vault.glob("compost*.md"))) == 2, "no second file")
    assert file.read_text("utf-8") == theirs
    (beside,) = set(vault.glob("compost*.md")) - {file}
    wait_until(lambda: "This is mine." in beside.read_text("utf-8"), "mine is lost")
    wait_until(lambda: app.focused() == app.main_title(), "the window has no keyboard")
    app.opens("another program", "Compost")


def test_nothing_is_indexed_during_a_pause(start: Starter, vault: Path, folder: Folder) -> None:
    app = start("--vault", str(vault))
    app.opens("brown matter", "Compost")
    pause = (-(Space.EDGE + Size.BUTTON // 2), -Size.STATUS // 2)
    app.click(*pause)
    folder.write("plums.md", "# Plums\n\nPlums ripen in August, zanzibar.")
    until = time.monotonic() + NEVER_SECONDS
    while time.monotonic() < until:
        assert not app.tries_to_open("zanzibar", "Plums")
    app.click(*pause)
    app.opens("zanzibar", "Plums")


def test_the_language_is_switched_at_once(start: Starter, vault: Path) -> None:
    app = start("--vault", str(vault))
    app.opens("brown matter", "Compost")
    app.key("ctrl+comma")
    # The list of pages, below the search field: its fourth page has the languages.
    below = Space.L + Size.FIELD + Space.GAP + Space.M
    app.click(Size.RAIL + Space.EDGE + Size.SECTIONS // 2, below + Size.ROW // 2)
    app.key("Home", "Down", "Down", "Down", "Tab", "Right", "Right")
    file = settings_file()
    wait_until(lambda: 'language = "ko"' in file.read_text("utf-8"), "Korean was not chosen")
    assert app.run_also("quick") == 0
    wait_until(lambda: "빠른 검색 – notesai" in app.titles(), f"titles {app.titles()}")


def test_the_next_start_goes_on_where_the_last_one_ended(start: Starter, vault: Path) -> None:
    app = start("--vault", str(vault))
    app.opens("brown matter", "Compost")
    app.edits(" Half a thought")
    assert "Traceback" not in app.quits()
    assert "Half a thought" not in (vault / "compost.md").read_text("utf-8")
    assert any("Half a thought" in draft for draft in _drafts()), "it was not kept"

    again = start()
    assert vault.name in again.main_title()
    again.opens("brown matter", "Compost")
    # Editing goes on from what was kept.
    again.key("ctrl+e", "ctrl+s")
    file = vault / "compost.md"
    wait_until(lambda: "Half a thought" in file.read_text("utf-8"), "the thought is lost")


def test_an_engine_killed_at_work_goes_on(start: Starter, folder: Folder) -> None:
    for number in range(300):
        folder.write(f"{number}.md", f"# Note {number}\n\nAbout thing{number} and its parts. " * 9)
    app = start("--vault", str(folder.path))
    killed: list[int] = []

    def struck() -> bool:
        engine = app.engine()
        if engine is not None and engine.pid not in killed and _has_begun():
            engine.send_signal(signal.SIGKILL)
            killed.append(engine.pid)
        return len(killed) == 2

    wait_until(struck, "the engine was not there to be killed")
    app.opens("thing299", "Note 299")
    app.opens("thing0", "Note 0")
    engine = app.engine()
    assert engine is not None
    assert engine.pid not in killed


def test_closing_ends_the_engine(start: Starter, vault: Path) -> None:
    app = start("--vault", str(vault))
    wait_until(lambda: app.engine() is not None, "no engine was started")
    engine = app.engine()
    assert engine is not None
    assert "Traceback" not in app.quits()
    psutil.wait_procs([engine], timeout=10)
    assert not engine.is_running()


def _has_begun() -> bool:
    """Whether there is something of an index on disk."""
    indexes = home().data / "indexes"
    return indexes.is_dir() and any(name for _, _, name in os.walk(indexes))


def _drafts() -> list[str]:
    """The texts that are kept until they are saved."""
    return [file.read_text("utf-8") for file in home().data.glob("drafts/**/*") if file.is_file()]

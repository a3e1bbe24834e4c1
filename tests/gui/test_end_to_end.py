"""A day with the real app and engine under a window manager: keys and eyes."""

import json
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes import Folder
from x_app import Starter, starter
from x_desktop import tools_there, wait_until, x_display

pytestmark = [
    pytest.mark.skipif(not tools_there(), reason="needs Xvfb, openbox and xdotool"),
    pytest.mark.timeout(240),
]


@pytest.fixture
def start() -> Iterator[Starter]:
    with x_display(tray=False) as environment, starter(environment) as start:
        yield start


def test_a_day_with_the_window(start: Starter, folder: Folder, tmp_path: Path) -> None:
    folder.write("tomatoes.md", "# Tomatoes\n\nWater tomatoes in the morning. See [[compost]].")
    folder.write("compost.md", "# Compost\n\nLayer green and brown matter for tomatoes.")
    figures = tmp_path / "figures.json"
    app = start("--vault", str(folder.path), NOTESAI_MEASURE=str(figures))
    app.opens("watering tomatoes", "Tomatoes")
    app.opens("layer brown matter", "Compost")

    folder.write("plums.md", "# Plums\n\nPlums ripen in August, zanzibar.")
    app.opens("zanzibar", "Plums")

    engine = app.engine()
    assert engine is not None
    engine.send_signal(signal.SIGKILL)
    wait_until(lambda: app.engine() not in (None, engine), "the engine was not started again")
    app.opens("watering tomatoes", "Tomatoes")

    app.process.send_signal(signal.SIGTERM)
    _, errors = app.process.communicate(timeout=20)
    assert app.process.returncode == 0, errors.decode()
    assert "Traceback" not in errors.decode()
    assert json.loads(figures.read_text())["start_to_usable_seconds"] > 0

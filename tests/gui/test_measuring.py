"""What measures the window: stalls, and where they come from; and what keeps some away."""

import gc
import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from notesai.gui import garbage
from notesai.gui.appearance import Appearance
from notesai.gui.stalls import Measurement, StallMeter, seconds_since_start
from notesai.gui.titles import _key
from notesai.gui.whereabouts import Whereabouts
from notesai.gui.widgets.icon_button import IconButton


def compute(seconds: float) -> None:
    """Use the processor so long, in a function of the package."""
    until = time.thread_time() + seconds
    while time.thread_time() < until:
        _key("Straße")


def test_a_stall_is_told_with_its_place(qtbot: QtBot) -> None:
    watcher = Whereabouts()
    meter = StallMeter(watcher=watcher)
    meter.start()
    qtbot.wait(50)
    for _ in range(5):
        compute(0.1)
        qtbot.wait(50)
        # On a busy machine the watcher may not get to look in so short a time.
        if any(stall.where for stall in meter.worst):
            break
    meter.stop()
    watcher.close()
    worst = meter.worst[0]
    assert worst.computed >= 0.1
    assert meter.busiest == worst.computed
    assert any("gui.titles._key" in stall.where for stall in meter.worst)


def test_only_the_worst_stalls_are_told_and_none_that_is_short(qtbot: QtBot) -> None:
    meter = StallMeter()
    meter.start()
    for milliseconds in (30, 1, 22, 26, 24, 28, 23, 25, 27, 29):
        compute(milliseconds / 1000)
        qtbot.wait(10)
    meter.stop()
    told = [stall.computed for stall in meter.worst]
    assert len(told) == 8
    assert told == sorted(told, reverse=True)
    assert min(told) >= 0.022


def test_the_figures_are_written_with_the_stalls(qtbot: QtBot, tmp_path: Path) -> None:
    measured = Measurement(tmp_path / "figures.json")
    measured.mark("shown")
    measured.mark("usable")
    qtbot.wait(20)
    compute(0.06)
    qtbot.wait(20)
    measured.write()
    figures = json.loads((tmp_path / "figures.json").read_text())
    assert figures["start_to_usable_seconds"] >= figures["start_to_shown_seconds"]
    assert figures["stalls"][0]["computed"] == figures["busiest_stall_seconds"] >= 0.06


def test_the_time_since_the_start_is_that_of_the_clock() -> None:
    code = "from notesai.gui.stalls import seconds_since_start as s; print(s())"
    begun = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert 0.05 < float(done.stdout) < time.perf_counter() - begun + 0.02
    before = seconds_since_start()
    time.sleep(0.05)
    assert 0.04 < seconds_since_start() - before < 5


def test_garbage_waits_and_what_there_was_is_looked_at_no_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    frozen: list[bool] = []
    monkeypatch.setattr(gc, "freeze", lambda: frozen.append(gc.isenabled()))
    garbage.go_on()
    assert not frozen
    garbage.wait()
    try:
        assert not gc.isenabled()
    finally:
        garbage.go_on()
    assert gc.isenabled()
    assert frozen == [False]


def test_an_icon_is_drawn_when_it_is_first_shown(look: Appearance, qtbot: QtBot) -> None:
    button = IconButton(look, "search")
    qtbot.addWidget(button)
    assert button.icon().isNull()
    button.show_icon("close")
    assert button.icon().isNull()
    button.show()
    shown = button.icon().cacheKey()
    assert not button.icon().isNull()
    button.show_icon("search")
    assert button.icon().cacheKey() != shown

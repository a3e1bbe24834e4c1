"""Embedding that waits for the mains, and goes on when they are there."""

import pytest
from fakes import Folder
from waiting import wait_until

from notesai.engine import power
from notesai.engine import upkeep as lane
from notesai.engine.power import Power
from notesai.engine.upkeep import Upkeep
from notesai.engine.workspace import Workspace
from notesai.model import SearchMode
from notesai.progress import Step


def test_words_come_at_once_and_meaning_when_plugged_in(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(lane, "POWER_SECONDS", 0.05)
    monkeypatch.setattr(power, "LOOK_SECONDS", 0.0)
    battery = [True]
    monkeypatch.setattr(power, "on_battery", lambda: battery[0])
    folder.write("a.md", "Apples grow on trees.")
    steps: list[Step] = []
    with Workspace.open(folder.path, write=True) as workspace:
        upkeep = Upkeep(
            workspace,
            workspace.rules,
            step=steps.append,
            changed=lambda paths: None,
            failed=lambda error: None,
            power=Power("wait"),
        )
        upkeep.start()
        try:
            wait_until(lambda: Step("waiting", 0, 1) in steps)
            found = workspace.search("apples", mode=SearchMode.LEXICAL)
            assert [hit.path for hit in found.hits] == ["a.md"]
            assert workspace.status().pending == 1
            folder.write("b.md", "Bread rises.")
            wait_until(lambda: Step("waiting", 0, 2) in steps)
            assert "done" not in [step.phase for step in steps]
            battery[0] = False
            wait_until(lambda: bool(steps) and steps[-1].phase == "done")
            assert workspace.status().pending == 0
        finally:
            upkeep.stop()


def test_another_setting_lets_it_go_on(folder: Folder, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(lane, "POWER_SECONDS", 0.05)
    monkeypatch.setattr(power, "on_battery", lambda: True)
    folder.write("a.md", "Apples grow on trees.")
    steps: list[Step] = []
    with Workspace.open(folder.path, write=True) as workspace:
        upkeep = Upkeep(
            workspace,
            workspace.rules,
            step=steps.append,
            changed=lambda paths: None,
            failed=lambda error: None,
            power=Power("wait"),
        )
        upkeep.start()
        try:
            wait_until(lambda: Step("waiting", 0, 1) in steps)
            upkeep.use_power("half")
            wait_until(lambda: workspace.status().pending == 0)
        finally:
            upkeep.stop()

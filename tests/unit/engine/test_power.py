from types import SimpleNamespace

import psutil
import pytest

from notesai.engine import power
from notesai.engine.power import Power


class Model:
    def __init__(self) -> None:
        self.threads = 0

    def set_threads(self, threads: int) -> None:
        self.threads = threads


def plug(monkeypatch: pytest.MonkeyPatch, plugged: bool | None) -> None:
    monkeypatch.setattr(
        psutil, "sensors_battery", lambda: SimpleNamespace(power_plugged=plugged), raising=False
    )


@pytest.mark.parametrize(
    ("choice", "plugged", "share"),
    [
        ("full", False, 1.0),
        ("half", False, 0.5),
        ("wait", False, 0.0),
        ("wait", True, 1.0),
        ("wait", None, 1.0),
        ("nonsense", False, 1.0),
    ],
)
def test_the_share_follows_the_setting_on_battery_alone(
    monkeypatch: pytest.MonkeyPatch, choice: str, plugged: bool | None, share: float
):
    plug(monkeypatch, plugged)
    assert Power(choice).share() == share


def test_another_setting_counts_at_once(monkeypatch: pytest.MonkeyPatch):
    plug(monkeypatch, False)
    now = Power("full")
    assert now.share() == 1.0
    now.choose("wait")
    assert now.share() == 0.0


def test_a_machine_without_battery_or_with_a_broken_driver_has_all_power(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(psutil, "sensors_battery", lambda: None, raising=False)
    assert Power("wait").share() == 1.0

    def broken() -> None:
        raise OSError("no such device")

    monkeypatch.setattr(psutil, "sensors_battery", broken, raising=False)
    assert Power("wait").share() == 1.0
    monkeypatch.delattr(psutil, "sensors_battery")
    assert Power("wait").share() == 1.0


@pytest.mark.parametrize(("share", "threads"), [(1.0, 8), (0.5, 4), (0.0, 1)])
def test_a_share_is_so_many_threads(monkeypatch: pytest.MonkeyPatch, share: float, threads: int):
    monkeypatch.setattr(power, "default_threads", lambda: 8)
    model = Model()
    power.use_share(model, share)
    assert model.threads == threads
    power.use_share(object(), share)

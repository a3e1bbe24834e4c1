from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from notesai.cli import show
from notesai.embedding.optimise import Optimised
from notesai.model import KnownModel, SwitchEstimate

SMALL = KnownModel(
    name="tiny",
    title="한국어 작은 모델 [multilingual]",
    task="multilingual",
    languages=("ko", "en", "ja", "zh", "de", "fr"),
    size=1470,
    memory=2900,
    dimension=384,
    licence="MIT",
    source="org/tiny",
    installed=True,
    in_use=True,
    fits=False,
)


@pytest.fixture(params=[20, 200])
def width(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    console = Console(width=request.param, highlight=False, soft_wrap=True)
    monkeypatch.setattr(show, "out", console)
    yield request.param


def test_models_are_told_with_what_matters(width: int, capsys: pytest.CaptureFixture[str]):
    gated = replace(SMALL, name="large", installed=False, in_use=False, gated=True, fits=None)
    service = replace(SMALL, name="service", in_use=False, size=0, memory=0, sends_to="api.example")
    show.models([SMALL, gated, service])
    installed, _, rest = capsys.readouterr().out.partition("To be added by `notesai models add`")
    assert "한국어 작은 모델 [multilingual]  in use" in installed
    assert "ko, en, ja, zh and 2 more · 1,470 MB · 2,900 MB of memory" in installed
    assert "needs a larger machine · MIT" in installed
    assert "sends your notes to api.example" in installed
    assert "accepted on the hub" in rest
    assert "in use" not in rest


def test_no_models_are_no_error(width: int, capsys: pytest.CaptureFixture[str]):
    show.models([])
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("seconds", "told"), [(0.2, "1 s"), (75, "75 s"), (600, "10 min"), (9000, "2.5 h")]
)
def test_a_switch_is_told_with_its_time(
    seconds: float, told: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setattr(show, "err", Console(width=200, soft_wrap=True))
    show.switch(SwitchEstimate("tiny", 10, 2400, 90_000, seconds))
    assert f"2,400 passages of 10 notes for tiny: about {told}" in capsys.readouterr().out
    show.switch(SwitchEstimate("tiny", 10, 0, 0, 0.0, ready=True))
    assert "there already" in capsys.readouterr().out


def test_an_optimised_model_is_compared(width: int, capsys: pytest.CaptureFixture[str]):
    result = Optimised("tiny-int8", Path("x"), 0.9987, 0.981, 9000, 3000, 120_000_000, 470_000_000)
    show.optimised("tiny", result)
    told = capsys.readouterr().out
    assert "tiny-int8 from tiny: 3.0 times as quick (9,000 tokens/s)" in told
    assert "120 MB instead of 470 MB, cosine to the original 0.999 (the least 0.981)" in told
    assert "notesai models use tiny-int8" in told

"""What a command tells the window that runs it."""

import json

import pytest

from notesai.cli import commands
from notesai.errors import ModelError


def test_an_error_is_a_line_of_json(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("NOTESAI_PROGRESS", "json")
    assert commands._failed(ModelError("hub.busy", "It is\nbeing fetched.", "Wait.")) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert json.loads(line) == {
        "code": "hub.busy",
        "message": "It is\nbeing fetched.",
        "hint": "Wait.",
    }

import json
from pathlib import Path

import pytest

from notesai import connections, paths, settings
from notesai.errors import RequestError
from notesai.settings import Settings


def lines() -> list[dict[str, object]]:
    return [json.loads(line) for line in connections.log_file().read_text("utf-8").splitlines()]


def test_a_visit_is_seen_before_it_ends_and_counted_afterwards():
    with connections.visit("hub.example:443", "모델 내려받기") as visit:
        assert [line["bytes"] for line in lines()] == [0]
        visit.count(30)
        visit.count(12)
    first, last = lines()
    assert first["host"] == last["host"] == "hub.example:443"
    assert first["purpose"] == "모델 내려받기"
    assert (last["bytes"], set(last)) == (42, {"time", "host", "purpose", "bytes"})
    assert "모델" in connections.log_file().read_text("utf-8")


def test_a_visit_that_fails_is_counted_too():
    with pytest.raises(OSError), connections.visit("a", "b") as visit:
        visit.count(7)
        raise OSError
    assert [line["bytes"] for line in lines()] == [0, 7]


def test_every_line_is_kept():
    for number in range(5):
        connections.record(f"host-{number}", "x\ny\udce9", number)
    assert [line["host"] for line in lines()] == [f"host-{number}" for number in range(5)]


def test_a_log_that_cannot_be_written_stops_nothing(
    own_home: Path, caplog: pytest.LogCaptureFixture
):
    own_home.mkdir()
    (own_home / "data").write_text("a file where a folder should be")
    with connections.visit("host", "purpose") as visit:
        visit.count(1)
    assert "host" in caplog.text


def test_the_network_is_on_until_switched_off():
    connections.require_network("downloading")
    settings.save(Settings(network=False), paths.home().settings_file)
    with pytest.raises(RequestError) as caught:
        connections.require_network("downloading org/model")
    assert caught.value.code == "network.off"
    assert "downloading org/model" in caught.value.message
    assert "network = false" in caught.value.hint

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import ClassVar

import pytest

from notesai import about, connections, paths, release, settings
from notesai.cli.commands import run
from notesai.errors import RequestError
from notesai.settings import Settings


class Listing(BaseHTTPRequestHandler):
    answers: ClassVar[dict[str, tuple[int, bytes]]] = {}

    def do_GET(self) -> None:
        code, body = self.answers.get(self.path, (404, b""))
        self.send_response(code)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def address() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Listing)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/json"
    server.shutdown()
    server.server_close()
    thread.join()


def listed(version: object) -> tuple[int, bytes]:
    return 200, json.dumps({"info": {"version": version, "project_url": "https://n.test"}}).encode()


@pytest.mark.parametrize(
    ("version", "newer"),
    [
        (about.version(), False),
        ("0.0.9", False),
        ("0.1.0.0", False),
        ("0.1.1", True),
        ("0.10", True),
        ("1.0rc1", True),
        ("0.1.0rc1", False),
    ],
)
def test_a_newer_version_is_one_with_higher_numbers(
    address: str, monkeypatch: pytest.MonkeyPatch, version: str, newer: bool
) -> None:
    monkeypatch.setattr(Listing, "answers", {"/json": listed(version)})
    monkeypatch.setattr("notesai.release.__version__", "0.1.0")
    assert release.latest(address) == release.Release(version, newer, "https://n.test")


def test_the_visit_is_in_the_log(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Listing, "answers", {"/json": listed("9.9")})
    release.latest(address)
    lines = [json.loads(line) for line in connections.log_file().read_text("utf-8").splitlines()]
    assert [line["purpose"] for line in lines] == [release.PURPOSE] * 2


@pytest.mark.parametrize(
    "answer", [(404, b""), (500, b"x"), (200, b"<html>"), (200, b"[]"), listed(None), listed(7)]
)
def test_an_answer_that_is_no_list_is_said(
    address: str, monkeypatch: pytest.MonkeyPatch, answer: tuple[int, bytes]
) -> None:
    monkeypatch.setattr(Listing, "answers", {"/json": answer})
    with pytest.raises(RequestError) as caught:
        release.latest(address)
    assert caught.value.code == "release.unreadable"


def test_no_network_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(RequestError) as caught:
        release.latest("http://127.0.0.1:9/json")
    assert caught.value.code == "release.unreachable"


def test_nothing_is_asked_with_the_network_switched_off() -> None:
    settings.save(Settings(network=False), paths.home().settings_file)
    with pytest.raises(RequestError) as caught:
        release.latest("http://127.0.0.1:9/json")
    assert caught.value.code == "network.off"
    assert not connections.log_file().exists()


def test_about_lists_what_is_shipped(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["about", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    names = {part["name"] for part in told["parts"]}
    assert told["version"] == about.version() and "latest" not in told
    assert {"numpy", "lancedb", "Qt", "Python"} <= names
    assert not {"torch", "pytest"} & names
    assert all(part["licence"] for part in told["parts"])


def test_an_installed_program_has_its_list_with_it(
    tmp_path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "parts.json"
    file.write_text('[{"name": "Zebra", "version": "1", "licence": "MIT", "texts": ["All."]}]')
    monkeypatch.setattr(about, "listing", lambda: file)
    assert [part.texts for part in about.parts() if part.name == "Zebra"] == [("All.",)]

"""An index in a bucket: written by one process, searched by another, and all that can go wrong."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fakes import Folder

from notesai import connections, paths, settings
from notesai.engine.workspace import Workspace
from notesai.errors import NotesaiError, StoreError
from notesai.index.lock import WriterLock
from notesai.index.place import VARIABLE, Place

pytest.importorskip("moto.server", reason="moto's server stands in for S3")

PLACE = "s3://notes/team/index"


class Service:
    """moto's server in a process of its own, with one bucket."""

    def __init__(self, *, checks_keys: bool = False) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        # The first call makes the bucket; all others have to show keys that moto knows.
        known = {"INITIAL_NO_AUTH_ACTION_COUNT": "1"} if checks_keys else {}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(self.port)],
            env={**os.environ, **known},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def ready(self) -> "Service":
        import boto3
        from botocore.config import Config

        patient = Config(retries={"max_attempts": 12}, connect_timeout=2, read_timeout=10)
        client = boto3.client("s3", endpoint_url=self.url, config=patient)
        client.create_bucket(Bucket="notes")
        client.close()
        return self

    def close(self) -> None:
        self._process.kill()
        self._process.wait()


@pytest.fixture
def keys(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "somebody")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    monkeypatch.setenv("AWS_REGION", "us-east-1")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv(VARIABLE, PLACE)


@pytest.fixture
def service(keys: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    service = Service()
    try:
        yield _at(service.ready(), monkeypatch)
    finally:
        service.close()


@pytest.fixture
def strict_service(keys: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    service = Service(checks_keys=True)
    try:
        yield _at(service.ready(), monkeypatch)
    finally:
        service.close()


def _at(service: Service, monkeypatch: pytest.MonkeyPatch) -> Service:
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", service.url)
    return service


def notesai(*arguments: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "notesai", *arguments, "--json"], stdout=subprocess.PIPE, check=True
    )
    return json.loads(done.stdout)


def refused(vault: Path, *, write: bool = False) -> NotesaiError:
    with pytest.raises(NotesaiError) as caught:
        Workspace.open(vault, write=write).close()
    return caught.value


def test_one_process_writes_and_another_searches(
    service: Service, folder: Folder, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    folder.write("garden.md", "# Garden\n\nTomatoes need water in the morning.")
    folder.write("정원.md", "# 정원\n\n토마토는 아침에 물을 준다.")
    assert notesai("index", "--vault", str(folder.path))["notes"] == 2
    # Another machine: nothing of notesai is there but the variable, and the folder lies elsewhere.
    monkeypatch.setenv("NOTESAI_HOME", str(tmp_path / "elsewhere"))
    copy = tmp_path / "another" / folder.path.name
    copy.mkdir(parents=True)
    for query, path in {"tomatoes": "garden.md", "토마토": "정원.md"}.items():
        found = notesai("search", query, "--vault", str(copy))
        assert found["hits"][0]["path"] == path
    status = notesai("status", "--vault", str(copy))
    assert status["index_path"] == PLACE
    assert status["index_bytes"] > 1000
    assert not list((tmp_path / "elsewhere").rglob("*.lance"))


def test_edits_and_a_rebuild_reach_the_bucket(service: Service, folder: Folder):
    folder.write("a.md", "Apples and pears")
    with Workspace.open(folder.path, write=True) as workspace:
        assert workspace.sends_to.startswith("s3://")
        workspace.index()
        reader = Workspace.open(folder.path, write=False)
        folder.write("b.md", "Bananas")
        folder.delete("a.md")
        workspace.index()
        assert [hit.path for hit in reader.search("bananas").hits] == ["b.md"]
        assert [note.path for note in reader.notes()] == ["b.md"]
    with Workspace.open(folder.path, write=True, rebuild=True) as workspace:
        assert workspace.notes() == []
        assert workspace.index().chunks == 1


def test_one_writer_on_a_machine_whatever_the_folder(
    service: Service, folder: Folder, tmp_path: Path
):
    other = tmp_path / "other" / folder.path.name
    other.mkdir(parents=True)
    with Workspace.open(folder.path, write=True):
        assert refused(other, write=True).code == "index.locked"
    WriterLock(Place.of(other).folder).acquire()


def test_another_folder_does_not_take_the_index_over(
    service: Service, folder: Folder, tmp_path: Path
):
    folder.write("a.md", "Apples")
    with Workspace.open(folder.path, write=True) as workspace:
        workspace.index()
    other = tmp_path / "recipes"
    other.mkdir()
    error = refused(other, write=True)
    assert error.code == "index.other_vault"
    assert folder.path.name in error.message
    with Workspace.open(folder.path, write=False) as workspace:
        assert len(workspace.notes()) == 1


def test_wrong_keys(strict_service: Service, folder: Folder):
    error = refused(folder.path, write=True)
    assert error.code == "index.denied"
    assert "AWS_ACCESS_KEY_ID" in error.hint


def test_no_keys_at_all(service: Service, folder: Folder, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    assert refused(folder.path).code == "index.denied"


def test_a_bucket_that_is_not_there(
    service: Service, folder: Folder, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv(VARIABLE, "s3://nobody/index")
    error = refused(folder.path, write=True)
    assert error.code == "index.no_bucket"
    assert "nobody" in error.message


def test_an_empty_bucket_has_no_index(service: Service, folder: Folder):
    assert refused(folder.path).code == "index.missing"


def test_a_lost_connection_while_searching(service: Service, folder: Folder):
    folder.write("a.md", "Apples")
    with Workspace.open(folder.path, write=True) as workspace:
        workspace.index()
        service.close()
        for ask in (lambda: workspace.search("apples"), workspace.index):
            with pytest.raises(StoreError) as caught:
                ask()
            assert caught.value.code == "index.unreachable"


def test_nobody_answers_at_the_endpoint(
    keys: None, folder: Folder, monkeypatch: pytest.MonkeyPatch
):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}"
        monkeypatch.setenv("AWS_ENDPOINT_URL_S3", url)
        error = refused(folder.path)
    assert error.code == "index.unreachable"
    assert url.removeprefix("http://") in error.message


def test_a_switched_off_network_is_not_used(
    keys: None, folder: Folder, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", "https://storage.invalid")
    settings.save(settings.Settings(network=False), paths.home().settings_file)
    assert refused(folder.path).code == "network.off"
    assert not connections.log_file().exists()


def test_nothing_travels_unencrypted_unasked(
    keys: None, folder: Folder, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", "http://storage.invalid")
    assert refused(folder.path).code == "index.insecure"
    assert not connections.log_file().exists()
    monkeypatch.setenv("AWS_ALLOW_HTTP", "true")
    assert refused(folder.path).code == "index.unreachable"
    (line,) = connections.log_file().read_text("utf-8").splitlines()
    assert json.loads(line)["host"] == "storage.invalid"


@pytest.mark.parametrize("name", ["s3://", "db://team", "s3:///prefix", "s3://a?b", "ftp://x/y"])
def test_what_is_no_place(folder: Folder, monkeypatch: pytest.MonkeyPatch, name: str):
    monkeypatch.setenv(VARIABLE, name)
    assert refused(folder.path).code == "index.bad_place"


def test_another_folder_on_this_machine(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    monkeypatch.setenv(VARIABLE, str(tmp_path / "large disk"))
    folder.write("a.md", "Apples")
    with Workspace.open(folder.path, write=True) as workspace:
        workspace.index()
    assert (tmp_path / "large disk" / "lance" / "meta.lance").is_dir()
    with Workspace.open(folder.path, write=False) as workspace:
        assert [hit.path for hit in workspace.search("apples").hits] == ["a.md"]

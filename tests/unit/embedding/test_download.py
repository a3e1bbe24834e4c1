"""Downloading, from a hub that is only spoken to: what lands where, and what is kept for later."""

import errno
import hashlib
import shutil
import sys
from pathlib import Path
from typing import ClassVar, Self

import filelock
import pytest

from notesai import paths, settings
from notesai.embedding import download
from notesai.embedding.download import Fetched, discard, fetch
from notesai.embedding.hub.client import Tick
from notesai.embedding.hub.messages import Found
from notesai.embedding.hub.selection import HubFile
from notesai.errors import Cancelled, ModelError, NotesaiError
from notesai.progress import Silent, Step, Task
from notesai.settings import Settings

COMMIT = "1234567890abcdef" * 2 + "12345678"
FILES = {
    "config.json": b"{}",
    "1_Pooling/config.json": b'{"word_embedding_dimension": 3}',
    "model.safetensors": bytes(range(256)) * 40,
    "empty.txt": b"",
}
SIZE = sum(len(data) for data in FILES.values())


class ScriptedHub:
    """Offers `files`; what it sends may be damaged, or stop after some bytes."""

    files: ClassVar[dict[str, bytes]] = dict(FILES)
    sends: dict[str, bytes]
    stops_after: dict[str, int]
    asked: list[tuple[str, int]]

    def __init__(self, purpose: str) -> None:
        assert "org/tiny" in purpose

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        pass

    def find(self, hub_id: str, revision: str, tick: Tick) -> Found:
        tick(0)
        return Found(COMMIT, tuple(described(n, data) for n, data in self.files.items()))

    def get(self, hub_id: str, commit: str, file: HubFile, part: Path, tick: Tick) -> None:
        assert (hub_id, commit) == ("org/tiny", COMMIT)
        part.parent.mkdir(parents=True, exist_ok=True)
        with part.open("ab") as sink:
            held = sink.tell()
            self.asked.append((file.path, held))
            data = self.sends.get(file.path, self.files[file.path])
            stop = self.stops_after.pop(file.path, len(data))
            sink.write(data[held:stop])
        tick(stop)
        if stop < len(data):
            raise ModelError("hub.unreachable", "gone", "")


def described(name: str, data: bytes) -> HubFile:
    if name.endswith(".safetensors"):
        return HubFile(name, len(data), sha256=hashlib.sha256(data).hexdigest())
    return HubFile(name, len(data), blob=hashlib.sha1(b"blob %d\0" % len(data) + data).hexdigest())


@pytest.fixture(autouse=True)
def hub(monkeypatch: pytest.MonkeyPatch) -> type[ScriptedHub]:
    ScriptedHub.sends, ScriptedHub.stops_after, ScriptedHub.asked = {}, {}, []
    monkeypatch.setattr(download, "Hub", ScriptedHub)
    return ScriptedHub


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "models" / "tiny"


def code(target: Path, hub_id: str = "org/tiny") -> str:
    with pytest.raises(NotesaiError) as caught:
        fetch(hub_id, "", target, Silent())
    assert caught.value.message
    assert not target.exists()
    return caught.value.code


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def left() -> dict[str, bytes]:
    """What an unfinished download has left, without the commit's folder."""
    found = contents(paths.home().cache / "downloads" / "org--tiny")
    return {name.partition("/")[2]: data for name, data in found.items()}


def test_a_whole_download(target: Path):
    steps: list[Step] = []
    assert fetch("org/tiny", "", target, Task(steps.append)) == Fetched(COMMIT, SIZE)
    assert contents(target) == FILES
    assert left() == {}
    downloaded = [step for step in steps if step.total]
    assert {step.phase for step in downloaded} == {"download"}
    assert [step.done for step in downloaded] == sorted(step.done for step in downloaded)
    assert (downloaded[-1].done, downloaded[-1].total) == (SIZE, SIZE)


def test_the_next_download_goes_on_where_one_broke_off(target: Path, hub: type[ScriptedHub]):
    hub.stops_after = {"model.safetensors": 1000}
    assert code(target) == "hub.unreachable"
    assert left()["model.safetensors.part"] == FILES["model.safetensors"][:1000]
    assert "model.safetensors" not in left()
    hub.asked.clear()
    steps: list[Step] = []
    fetch("org/tiny", "", target, Task(steps.append))
    assert hub.asked == [("model.safetensors", 1000)]
    assert contents(target) == FILES
    # Progress begins with what was there.
    begun = next(step for step in steps if step.total)
    assert begun.done == SIZE - len(FILES["model.safetensors"]) + 1000


def test_a_damaged_file_is_named_and_thrown_away(target: Path, hub: type[ScriptedHub]):
    for name in ("model.safetensors", "config.json"):
        hub.sends = {name: bytes(len(FILES[name]))}
        with pytest.raises(ModelError) as caught:
            fetch("org/tiny", "", target, Silent())
        assert caught.value.code == "hub.damaged"
        assert name in caught.value.message
        assert not target.exists()
        assert not {name, f"{name}.part"} & left().keys()
        discard("org/tiny")
    hub.sends = {}
    fetch("org/tiny", "", target, Silent())
    assert contents(target) == FILES


def test_what_an_earlier_run_has_damaged_is_fetched_again(target: Path, hub: type[ScriptedHub]):
    hub.stops_after = {"model.safetensors": 1000}
    code(target)
    (part,) = paths.home().cache.rglob("*.part")
    part.write_bytes(b"?" * 1000)
    hub.asked.clear()
    fetch("org/tiny", "", target, Silent())
    assert hub.asked == [("model.safetensors", 1000), ("model.safetensors", 0)]
    assert contents(target) == FILES


def test_files_that_are_too_long_are_refused(target: Path, hub: type[ScriptedHub]):
    hub.sends = {"model.safetensors": FILES["model.safetensors"] + b"more"}
    assert code(target) == "hub.damaged"


def test_another_commit_begins_anew(
    target: Path, hub: type[ScriptedHub], monkeypatch: pytest.MonkeyPatch
):
    hub.stops_after = {"model.safetensors": 1000}
    code(target)
    monkeypatch.setitem(globals(), "COMMIT", "f" * 40)
    hub.asked.clear()
    fetch("org/tiny", "", target, Silent())
    assert ("model.safetensors", 0) in hub.asked
    assert contents(target) == FILES


def test_a_cancelled_download_is_kept_for_later(target: Path, hub: type[ScriptedHub]):
    task = Task(lambda step: task.cancel() if step.done > 1000 else None)
    with pytest.raises(Cancelled):
        fetch("org/tiny", "", target, task)
    assert not target.exists()
    assert left()
    hub.asked.clear()
    fetch("org/tiny", "", target, Silent())
    assert len(hub.asked) < len(FILES)


def test_the_disk_is_looked_at_first(
    target: Path, hub: type[ScriptedHub], monkeypatch: pytest.MonkeyPatch
):
    usage = shutil.disk_usage(".")._replace(free=download.RESERVE + SIZE - 1)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage)
    assert code(target) == "hub.disk_full"
    assert hub.asked == []
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage._replace(free=usage.free + 1))
    fetch("org/tiny", "", target, Silent())


def test_a_disk_that_fills_up_meanwhile(
    target: Path, hub: type[ScriptedHub], monkeypatch: pytest.MonkeyPatch
):
    def full(*arguments: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    assert code(target) == "hub.disk_full"


def test_a_cache_that_cannot_be_written(target: Path, own_home: Path):
    own_home.mkdir()
    (own_home / "cache").write_text("a file where a folder should be")
    assert code(target) == "hub.not_writable"


def test_the_switched_off_network_is_not_used(target: Path, hub: type[ScriptedHub]):
    settings.save(Settings(network=False), paths.home().settings_file)
    assert code(target) == "network.off"
    assert not paths.home().cache.exists()


@pytest.mark.parametrize(
    "name", ["", "a/b/c", "../evil", "org/..", "org/na me", "https://x/y", "한글/모델"]
)
def test_names_that_are_none(target: Path, name: str):
    assert code(target, name) == "hub.bad_name"


def test_without_the_library_it_says_what_to_install(target: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "huggingface_hub", None)
    with pytest.raises(ModelError) as caught:
        fetch("org/tiny", "", target, Silent())
    assert caught.value.code == "hub.library_missing"
    assert "notesai[models]" in caught.value.hint


def test_one_process_at_a_time(target: Path):
    folder = paths.home().cache / "downloads"
    folder.mkdir(parents=True)
    with filelock.FileLock(folder / "org--tiny.lock"):
        assert code(target) == "hub.busy"
    fetch("org/tiny", "", target, Silent())


def test_a_target_on_another_disk(target: Path, monkeypatch: pytest.MonkeyPatch):
    rename = Path.rename

    def across(self: Path, other: Path) -> Path:
        if self.name == COMMIT[:16]:
            raise OSError(errno.EXDEV, "Invalid cross-device link")
        return rename(self, other)

    monkeypatch.setattr(Path, "rename", across)
    fetch("org/tiny", "", target, Silent())
    assert contents(target) == FILES
    assert [path.name for path in target.parent.iterdir()] == ["tiny"]
    assert left() == {}


def test_what_is_left_can_be_thrown_away(target: Path, hub: type[ScriptedHub]):
    assert not discard("org/tiny")
    hub.stops_after = {"model.safetensors": 1000}
    code(target)
    assert discard("org/tiny")
    assert left() == {}


@pytest.mark.parametrize("name", ["..", ".", "", "../downloads", "a/../b"])
def test_nothing_else_is_thrown_away(name: str):
    kept = paths.home().cache / "downloads" / "kept"
    kept.parent.mkdir(parents=True)
    kept.write_text("kept")
    assert not discard(name)
    assert kept.exists()

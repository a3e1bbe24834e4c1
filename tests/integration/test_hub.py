"""Downloading from a hub on loopback, by the real library, in processes of its own."""

import json
import random
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from hub import LoopbackHub

from notesai import connections, paths
from notesai.embedding.download import Fetched, fetch
from notesai.embedding.hub import client
from notesai.errors import Cancelled, NotesaiError
from notesai.progress import Silent, Step, Task

pytest.importorskip("huggingface_hub")

WEIGHTS = "model.safetensors"
FILES = {
    "modules.json": b"[]",
    "config.json": b'{"model_type": "none"}',
    "1_Pooling/config.json": b"{}",
    WEIGHTS: random.Random(5).randbytes(1_000_000),
}
FOREIGN = {"onnx/model.onnx": b"x" * 5000, "pytorch_model.bin": b"x" * 5000, "a.py": b"exit()"}


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[LoopbackHub]:
    hub = LoopbackHub()
    hub.add("org/tiny", {**FILES, **FOREIGN})
    monkeypatch.setenv("HF_ENDPOINT", hub.url)
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hf-home"))
    for name in (
        "HF_TOKEN",
        "HF_HUB_OFFLINE",
        "http_proxy",
        "HTTP_PROXY",
        "all_proxy",
        "ALL_PROXY",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(client, "WAITS", (0.0,) * 5)
    yield hub
    hub.close()


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "models" / "tiny"


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def refused(target: Path, hub_id: str = "org/tiny", revision: str = "") -> NotesaiError:
    with pytest.raises(NotesaiError) as caught:
        fetch(hub_id, revision, target, Silent())
    assert "Traceback" not in caught.value.message
    assert not target.exists()
    return caught.value


def test_a_whole_download(hub: LoopbackHub, target: Path, tmp_path: Path):
    steps: list[Step] = []
    fetched = fetch("org/tiny", "", target, Task(steps.append))
    size = sum(len(data) for data in FILES.values())
    assert fetched == Fetched(hub.repositories["org/tiny"].commit, size)
    assert contents(target) == FILES
    assert hub.served == {name: len(data) for name, data in FILES.items()}
    assert (steps[-1].done, steps[-1].total) == (size, size)
    assert len({step.done for step in steps}) > 10
    assert not (tmp_path / "hf-home").exists()
    visits = [json.loads(line) for line in connections.log_file().read_text().splitlines()]
    assert {visit["purpose"] for visit in visits} == {"downloading the model org/tiny"}
    moved = {v["host"].partition(":")[0]: v["bytes"] for v in visits if v["bytes"]}
    assert moved["localhost"] == len(FILES[WEIGHTS])
    assert moved["127.0.0.1"] > size - len(FILES[WEIGHTS])


def test_the_revision_asked_for(hub: LoopbackHub, target: Path):
    repository = hub.repositories["org/tiny"]
    repository.branches["v1.0"] = repository.commit
    assert fetch("org/tiny", "v1.0", target, Silent()).revision == repository.commit
    assert refused(target.with_name("other"), revision="v2.0").code == "hub.no_revision"


def test_a_connection_that_breaks_off_is_taken_up_again(hub: LoopbackHub, target: Path):
    hub.break_off[WEIGHTS] = [300_000, 1, 200_000]
    fetch("org/tiny", "", target, Silent())
    assert contents(target) == FILES
    assert hub.served[WEIGHTS] == len(FILES[WEIGHTS])
    ranges = [request.range for request in hub.requests if request.path.startswith("/cdn/")]
    assert ranges == ["", "bytes=300000-", "bytes=300001-", "bytes=500001-"]


def test_the_next_command_fetches_only_the_rest(hub: LoopbackHub, target: Path):
    hub.break_off[WEIGHTS] = [400_000, *[0] * 20]
    assert refused(target).code == "hub.unreachable"
    hub.break_off.clear()
    fetch("org/tiny", "", target, Silent())
    assert contents(target) == FILES
    assert hub.served == {name: len(data) for name, data in FILES.items()}


def test_a_server_without_ranges_sends_all_again(hub: LoopbackHub, target: Path):
    hub.ranges = False
    hub.break_off[WEIGHTS] = [300_000]
    fetch("org/tiny", "", target, Silent())
    assert contents(target) == FILES
    assert hub.served[WEIGHTS] == 300_000 + len(FILES[WEIGHTS])


def test_a_damaged_file_is_not_installed(hub: LoopbackHub, target: Path):
    hub.damaged = {WEIGHTS}
    error = refused(target)
    assert error.code == "hub.damaged"
    assert WEIGHTS in error.message
    assert "Nothing was installed" in error.hint


def test_what_passes_is_tried_again(hub: LoopbackHub, target: Path):
    hub.statuses = [(500, {}), (503, {}), *[(429, {"Retry-After": "0"})] * 4]
    assert refused(target).code == "hub.refused"
    hub.statuses = [(429, {"Retry-After": "0"}), (502, {})]
    fetch("org/tiny", "", target, Silent())
    assert contents(target) == FILES


def test_a_hub_that_wants_to_be_left_alone_for_long_is(hub: LoopbackHub, target: Path):
    hub.statuses = [(429, {"Retry-After": "86400"})]
    assert "429" in refused(target).message
    assert len(hub.requests) == 1


def test_models_that_are_not_there_or_not_for_everybody(
    hub: LoopbackHub, target: Path, monkeypatch: pytest.MonkeyPatch
):
    assert refused(target, "org/nothing").code == "hub.unknown_model"
    hub.add("org/gated", FILES, gated=True)
    error = refused(target, "org/gated")
    assert error.code == "hub.gated"
    assert f"{hub.url}/org/gated" in error.hint
    assert "HF_TOKEN" in error.hint
    monkeypatch.setenv("HF_TOKEN", "hf_of_a_stranger")
    assert refused(target, "org/gated").code == "hub.gated"
    monkeypatch.setenv("HF_TOKEN", "hf_of_a_friend")
    hub.tokens = {"hf_of_a_friend"}
    fetch("org/gated", "", target, Silent())
    assert contents(target) == FILES
    # The token is the hub's alone, never its content network's.
    assert {r.token for r in hub.requests if r.host == "localhost"} == {""}


def test_tokens_that_are_wrong_and_pages_that_are_no_hub(hub: LoopbackHub, target: Path):
    invalid = {"X-Error-Message": "Invalid credentials in Authorization header"}
    hub.statuses = [(401, invalid)]
    assert refused(target).code == "hub.bad_token"
    hub.statuses = [(200, {"Content-Type": "text/html"})]
    assert refused(target).code == "hub.not_a_hub"
    hub.statuses = [(403, {})]
    assert refused(target).code == "hub.refused"


def test_no_network(hub: LoopbackHub, target: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:1")
    error = refused(target)
    assert error.code == "hub.unreachable"
    assert "127.0.0.1:1" in error.message
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    assert refused(target).code == "network.off"


def test_a_library_that_is_too_old(
    hub: LoopbackHub, target: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    old = tmp_path / "old" / "huggingface_hub"
    old.mkdir(parents=True)
    (old / "__init__.py").write_text("")
    (old / "utils.py").write_text("def get_session(): ...")
    monkeypatch.syspath_prepend(old.parent)
    error = refused(target)
    assert error.code == "hub.library_too_old"
    assert "pip install -U" in error.hint
    assert hub.requests == []


def test_a_stalled_download_can_be_cancelled(hub: LoopbackHub, target: Path):
    hub.stall[WEIGHTS] = 300_000
    task = Task()

    def cancel() -> None:
        hub.stalled.wait()
        task.cancel()

    canceller = threading.Thread(target=cancel)
    canceller.start()
    with pytest.raises(Cancelled):
        fetch("org/tiny", "", target, task)
    canceller.join()
    assert not target.exists()
    hub.stall.clear()
    fetch("org/tiny", "", target, Silent())
    assert contents(target) == FILES


def test_a_paused_download_fetches_nothing(hub: LoopbackHub, target: Path):
    big = random.Random(6).randbytes(24_000_000)
    hub.add("org/big", {"config.json": b"{}", WEIGHTS: big})
    paused = threading.Event()

    def watch(step: Step) -> None:
        if step.done > 1_000_000 and not paused.is_set():
            task.pause()
            paused.set()

    task = Task(watch)
    served: list[int] = []

    def resume() -> None:
        paused.wait()
        # What has been sent fills the buffers of both ends, then nothing moves any more.
        last = -1
        while last != hub.served[WEIGHTS]:
            last = hub.served[WEIGHTS]
            threading.Event().wait(0.3)
        served.append(last)
        task.resume()

    resumer = threading.Thread(target=resume)
    resumer.start()
    fetch("org/big", "", target, task)
    resumer.join()
    assert served[0] < len(big)
    assert (target / WEIGHTS).read_bytes() == big


KILLED = """
import sys
from pathlib import Path
from notesai.embedding.download import fetch
from notesai.progress import Silent
if __name__ == "__main__":
    fetch("org/tiny", "", Path(sys.argv[1]), Silent())
"""


def test_a_killed_download_goes_on(hub: LoopbackHub, target: Path, tmp_path: Path):
    hub.stall[WEIGHTS] = 500_000
    script = tmp_path / "killed.py"
    script.write_text(KILLED)
    with subprocess.Popen([sys.executable, str(script), str(target)]) as process:
        assert hub.stalled.wait(60)
        _wait_for_part(500_000)
        children = psutil.Process(process.pid).children(recursive=True)
        process.kill()
    # The process that speaks to the hub ends with the one that it works for.
    assert psutil.wait_procs(children, timeout=10)[1] == []
    assert not target.exists()
    hub.stall.clear()
    before = hub.served[WEIGHTS]
    fetch("org/tiny", "", target, Silent())
    assert contents(target) == FILES
    assert hub.served[WEIGHTS] - before == len(FILES[WEIGHTS]) - 500_000


def _wait_for_part(size: int) -> None:
    folder = paths.home().cache / "downloads"
    while sum(part.stat().st_size for part in folder.rglob(f"{WEIGHTS}.part")) < size:
        threading.Event().wait(0.01)

"""An engine that nobody asks lets go of its model, and answers as before when it is asked."""

import io
import os
import threading
from collections.abc import Callable

import pytest
from fakes import Folder
from waiting import wait_until

from notesai.embedding.onnx import OnnxEmbedder
from notesai.engine import idleness, protocol, server
from notesai.engine.workspace import Workspace


def model_of(workspace: Workspace) -> OnnxEmbedder:
    embedder = workspace.embedder()
    assert isinstance(embedder, OnnxEmbedder)
    return embedder


def asleep(workspace: Workspace) -> bool:
    return all(encoder._session is None for encoder in model_of(workspace)._encoders())


def test_after_a_rest_the_same_is_found(folder: Folder) -> None:
    folder.write("tomatoes.md", "# Tomatoes\n\nWater tomatoes in the morning.")
    folder.write("일기.md", "오늘은 텃밭에 물을 주었다.")
    with Workspace.open(folder.path, write=True) as workspace:
        workspace.index()
        before = [workspace.search(query).hits for query in ("when to water", "텃밭 물")]
        like = workspace.similar("tomatoes.md").neighbours
        workspace.rest()
        assert asleep(workspace)
        assert not workspace._sides.active().store._note_vectors.ready
        first: list[int] = []
        found = workspace.search("when to water", first=lambda _: first.append(asleep(workspace)))
        assert first == [True], "what words find has come before the model was opened"
        assert found.hits == before[0]
        assert workspace.search("텃밭 물").hits == before[1]
        workspace.rest()
        workspace.wake()
        assert not asleep(workspace)
        assert workspace.similar("tomatoes.md").neighbours == like
        folder.write("plums.md", "Plums ripen in August.")
        workspace.rest()
        assert workspace.index().embedded == 1


def test_the_engine_goes_to_rest_and_is_woken(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.write("plums.md", "Plums ripen in August.")
    monkeypatch.setattr(idleness.Idleness.__init__, "__defaults__", (0.3,))
    # On a busy machine a short moment awake is easily missed: what happened is written down.
    happened: list[str] = []
    for name in ("rest", "wake"):
        monkeypatch.setattr(Workspace, name, noting(getattr(Workspace, name), happened))
    source, feed = os.pipe()
    with os.fdopen(source, "rb") as requests:
        served = server.Server(folder.path, requests, io.BytesIO())
        running = threading.Thread(target=served.run)
        running.start()
        try:
            wait_until(lambda: served._workspace is not None)
            workspace = served._workspace
            assert workspace is not None
            wait_until(lambda: workspace.status().pending == 0 and asleep(workspace))
            os.write(feed, protocol.encode(protocol.Wake(id=1)))
            wait_until(lambda: "wake rest" in " ".join(happened))
        finally:
            # The server reads until this end is closed; to close the other one would wait for it.
            os.close(feed)
            running.join(30)
    assert not running.is_alive()


def noting(method: Callable[[Workspace], None], happened: list[str]) -> Callable[[Workspace], None]:
    def noted(workspace: Workspace) -> None:
        method(workspace)
        happened.append(method.__name__)

    return noted

"""The map of one index: odd vaults, a writer at work, other processes, and files of it."""

import csv
import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from fakes import Folder
from made_index import MadeIndex, blobs, bundled_card

from notesai.engine.workspace import Workspace
from notesai.errors import RequestError
from notesai.model import MapMethod

PNG = b"\x89PNG\r\n\x1a\n"


def command(*words: str | Path) -> str:
    """What a command prints, in a process of its own that has no display."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    }
    arguments = [sys.executable, "-m", "notesai", *map(str, words)]
    ended = subprocess.run(arguments, capture_output=True, env=environment, check=False)
    assert ended.returncode == 0, ended.stderr.decode()
    return ended.stdout.decode()


@pytest.mark.timeout(300)
def test_half_without_vectors_while_the_writer_writes(folder: Folder, tmp_path: Path):
    index = MadeIndex(folder.path, bundled_card())
    vectors = blobs([15, 15, 20], index.dimension, spread=0.4)
    paths = [f"{at:02}.md" for at in range(50)]
    words = ["soil and compost", "camera and lens"]
    index.add(paths[:30], vectors[:30], [words[at // 15] for at in range(30)])
    index.add(paths[30:], None)
    index.add_empty(["nothing.md"])
    stop = threading.Event()

    def write() -> None:
        for at in range(20):
            if stop.wait(0.1):
                return
            row = at % 30
            index.add([f"late-{at}.md"], vectors[row : row + 1], [words[row // 15]])

    writer = threading.Thread(target=write)
    with Workspace.open(folder.path, write=False) as workspace:
        writer.start()
        try:
            first = workspace.mapping.map(MapMethod.TSNE)
        finally:
            stop.set()
            writer.join()
        found = workspace.mapping.map(MapMethod.TSNE)
        with pytest.raises(RequestError):
            workspace.mapping.rename("none such", "x")
    placed = {point.path for point in first.points}
    assert set(paths[:30]) <= placed
    assert not placed & {*paths[30:], "nothing.md"}
    assert set(first.clusters.without_vector) >= {*paths[30:], "nothing.md"}
    known = {"soil", "compost", "camera", "lens"}
    # What the writer had added by then may give a cluster its name, too.
    named = {topic.terms[0] for topic in first.clusters.clusters}
    assert {name for name in named if not name.startswith("late")} <= known
    assert named & known
    assert {point.path for point in found.points} >= placed

    # The rest gets its vectors: more than a fifth is new, so all is laid out again, and alike.
    index.add(paths[30:], vectors[30:], version="2")
    png, svg, table = (tmp_path / f"map.{kind}" for kind in ("png", "svg", "csv"))
    files = ("--png", png, "--svg", svg, "--csv", table)
    after = json.loads(command("map", "--vault", folder.path, *files, "--json"))
    names = {point["path"] for point in after["points"]}
    assert {*paths} <= names
    assert set(after["figures"]) >= {"spread", "mean_similarity", "near_duplicates", "orphans"}
    assert png.read_bytes().startswith(PNG) and len(png.read_bytes()) > 5000
    drawing = svg.read_text("utf-8")
    assert drawing.startswith("<svg") and all(f"<title>{name[:-3]}<" in drawing for name in paths)
    rows = list(csv.DictReader(table.read_text("utf-8-sig").splitlines()))
    assert {row["path"] for row in rows} == names
    before = {topic.id for topic in found.clusters.clusters}
    assert before <= {cluster["id"] for cluster in after["clusters"]["clusters"]}

    mine = after["clusters"]["clusters"][0]["id"]
    rename = ("--rename", mine, "내 묶음")
    told = json.loads(command("clusters", "--vault", folder.path, *rename, "--json"))
    first_of_all = told["clusters"][0]
    assert (first_of_all["id"], first_of_all["label"]) == (mine, "내 묶음")
    assert told["clusters"][1:] == after["clusters"]["clusters"][1:]
    keys = {"id", "label", "terms", "size", "parent", "notes"}
    assert all(keys <= set(cluster) for cluster in told["clusters"])


def test_an_empty_vault_has_an_empty_map(folder: Folder):
    index = MadeIndex(folder.path, bundled_card())
    with Workspace.open(folder.path, write=False) as workspace:
        assert workspace.mapping.map(MapMethod.PCA).points == ()
        index.add_empty(["a.md"])
        index.add(["b.md"], None)
        found = workspace.mapping.map(MapMethod.TSNE)
        assert (found.points, found.clusters.without_vector) == ((), ("a.md", "b.md"))
        assert workspace.mapping.clusters().clusters == ()

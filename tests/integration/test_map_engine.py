"""Clusters and the map, asked of the engine process over its pipes."""

from collections.abc import Iterator

import pytest
from engine_process import Engine
from fakes import Folder

GARDEN = "Water the {} in the morning, mulch the beds and prune the branches after harvest."
CODE = "The {} of the database server runs a query, locks the table and writes its log to disk."


@pytest.fixture
def engine(folder: Folder) -> Iterator[Engine]:
    for plant in ("tomatoes", "cucumbers", "beans", "pumpkins", "carrots", "lettuce"):
        folder.write(f"garden/{plant}.md", f"# {plant.title()}\n\n{GARDEN.format(plant)}")
    for part in ("planner", "optimiser", "journal", "replica", "cache", "index"):
        folder.write(f"code/{part}.md", f"# The {part}\n\n{CODE.format(part)}")
    folder.write("empty.md", "")
    engine = Engine(folder)
    yield engine
    if engine.process.poll() is None:
        engine.process.kill()
        engine.end()


def test_the_map_is_made_reported_renamed_and_kept(engine: Engine, folder: Folder):
    engine.until(type="index_progress", phase="done")
    asked = engine.send("fetch_map")
    assert engine.until(id=asked, type="progress")["phase"]
    found = engine.until(id=asked, type="ok")["value"]
    assert {point["path"] for point in found["points"]} | {"empty.md"} == {
        path.relative_to(folder.path).as_posix() for path in folder.path.rglob("*.md")
    }
    assert all(-1.0 <= point[axis] <= 1.0 for point in found["points"] for axis in "xy")
    assert found["clusters"]["without_vector"] == ["empty.md"]
    topics = [one for one in found["clusters"]["clusters"] if one["parent"]]
    assert {frozenset(path.split("/")[0] for path in one["notes"]) for one in topics} == {
        frozenset({"garden"}),
        frozenset({"code"}),
    }
    assert engine.ask("find_clusters") == found["clusters"]

    renamed = engine.ask("rename_cluster", cluster=topics[0]["id"], name="  My  own ")
    mine = next(one for one in renamed["clusters"] if one["id"] == topics[0]["id"])
    assert (mine["label"], mine["renamed"]) == ("My own", True)

    among = ["code/cache.md", "garden/beans.md"]
    hits = engine.ask("search", query="water", scope={"paths": among})["hits"]
    assert hits[0]["path"] == "garden/beans.md"
    assert {hit["path"] for hit in hits} <= set(among)

    plane = engine.ask("fetch_map", projection="pca")
    assert plane["method"] == "pca"
    assert mine in plane["clusters"]["clusters"]

    before = {point["path"]: (point["x"], point["y"]) for point in found["points"]}
    folder.write("garden/peas.md", f"# Peas\n\n{GARDEN.format('peas')}")
    engine.until(type="index_changed", paths=["garden/peas.md"])
    engine.seen.clear()
    engine.until(type="index_progress", phase="done")
    points = {point["path"]: point for point in engine.ask("fetch_map")["points"]}
    own = points.pop("garden/peas.md")
    assert own["cluster"] == points["garden/beans.md"]["cluster"]
    assert {path: (point["x"], point["y"]) for path, point in points.items()} == before
    assert engine.end() == 0


def test_a_map_that_nobody_waits_for_is_given_up(engine: Engine):
    engine.until(type="index_progress", phase="done")
    asked = engine.send("fetch_map", anew=True)
    engine.until(id=asked, type="progress")
    engine.ask("cancel", target=asked)
    assert engine.until(id=asked, type="error")["code"] == "cancelled"
    failed = engine.send("rename_cluster", cluster="nothing", name="x")
    assert engine.until(id=failed, type="error")["code"] == "cluster.unknown"
    assert engine.end() == 0

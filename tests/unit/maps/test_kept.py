"""What is kept on disk of a map: the layout, which may be lost, and names, which may not."""

from pathlib import Path

import numpy as np
import pytest

from notesai.errors import StoreError
from notesai.maps import layout as layouts
from notesai.maps.figures import Closeness
from notesai.maps.layout import Flat, KeptCluster, Layout, Place, read_layout, write_layout
from notesai.maps.names import FILE, Names, read_names, write_names


@pytest.fixture
def layout() -> Layout:
    return Layout(
        generation="chunks",
        places=(Place("a", "a.md", "1", "t1"), Place("b", "글.md", "2", "")),
        tsne=np.array([[0.25, -1.0], [0.5, 1.0]], np.float32),
        pca=np.zeros((2, 2), np.float32),
        flat=Flat(np.ones((5, 2)), np.zeros(2)),
        close=Closeness(np.array([0.5, 0.5], np.float32), np.array([1, 0], np.int32)),
        clusters=(KeptCluster("s1", "", ("물",)), KeptCluster("t1", "s1", ("water",))),
        made_of=2,
        changes=1,
    )


def test_a_layout_is_read_as_it_was_written(layout: Layout, tmp_path: Path):
    assert read_layout(tmp_path) is None
    write_layout(tmp_path / "new", layout)
    found = read_layout(tmp_path / "new")
    assert found is not None
    assert (found.places, found.clusters) == (layout.places, layout.clusters)
    assert (found.tsne == layout.tsne).all() and (found.flat.turn == layout.flat.turn).all()
    assert (found.close.rows == layout.close.rows).all()
    assert found.changed == 0.5
    assert [file.name for file in (tmp_path / "new").iterdir()] == [layouts.FILE]


def test_a_damaged_layout_is_none(layout: Layout, tmp_path: Path):
    write_layout(tmp_path, layout)
    file = tmp_path / layouts.FILE
    whole = file.read_bytes()
    for damaged in (b"", b"\x00" * 99, whole[: len(whole) // 2], whole.replace(b"t1", b"tx", 1)):
        file.write_bytes(damaged)
        assert read_layout(tmp_path) is None


def test_a_layout_whose_parts_do_not_fit_is_none(layout: Layout, tmp_path: Path):
    from dataclasses import replace

    wrong = (
        replace(layout, tsne=layout.tsne[:1]),
        replace(layout, tsne=layout.tsne * np.nan),
        replace(layout, close=Closeness(layout.close.nearest, np.array([7, 0], np.int32))),
    )
    for one in wrong:
        write_layout(tmp_path, one)
        assert read_layout(tmp_path) is None


def test_names_are_kept_and_taken_back(tmp_path: Path):
    names = Names({}).given("t1", "텃밭", ["b.md", "a.md"], by_hand=True)
    names = names.given("t2", "Cooking", ["c.md"], by_hand=False)
    write_names(tmp_path, names)
    found = read_names(tmp_path)
    assert found == names
    assert found.members() == {"t1": ("a.md", "b.md"), "t2": ("c.md",)}
    write_names(tmp_path, found.given("t1", "", [], by_hand=True))
    assert read_names(tmp_path).get("t1") is None
    assert read_names(tmp_path).get("t2") is not None


def test_names_that_cannot_be_read_are_put_aside(tmp_path: Path):
    (tmp_path / FILE).write_text("[{broken")
    assert read_names(tmp_path) == Names({})
    assert [file.read_text() for file in tmp_path.iterdir()] == ["[{broken"]
    write_names(tmp_path, Names({}).given("t1", "x", [], by_hand=True))
    assert len(list(tmp_path.iterdir())) == 2


def test_a_name_that_cannot_be_kept_is_said(tmp_path: Path):
    (tmp_path / "taken").write_text("")
    with pytest.raises(StoreError) as failure:
        write_names(tmp_path / "taken", Names({}))
    assert failure.value.code == "map.cannot_write"

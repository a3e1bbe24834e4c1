"""The map as a file."""

import csv
import io
import xml.etree.ElementTree as ElementTree

from PySide6.QtGui import QImage

from notesai.gui.map import files
from notesai.gui.map.cloud import DIM, HIDDEN, NORMAL, Styles
from notesai.gui.map.labels import Label
from notesai.gui.map.marks import Mark
from notesai.gui.map.points import Points
from notesai.gui.theme import LIGHT
from notesai.model import Cluster, Clusters, MapMethod, MapPoint, NoteMap, SpaceFigures

POINTS = (
    MapPoint("밭/물, 주기.md", '물 "주기" <b>', -0.5, 0.25, "t1", ("garden", "물"), 86_400.0),
    MapPoint("a.md", "\x07bell", 0.5, 0.5, "", (), 0.0),
    MapPoint("b.md", "gone", 0.1, 0.1, "", (), 0.0),
)
CLUSTERS = Clusters(
    (
        Cluster("th", "정원 & 밭", (), 1, "", ("밭/물, 주기.md",)),
        Cluster("t1", "물", (), 1, "th", ("밭/물, 주기.md",)),
    ),
    ("a.md",),
)


def test_the_table_can_be_read_back() -> None:
    found = NoteMap(MapMethod.TSNE, POINTS, CLUSTERS, SpaceFigures(3, 0, 0, 0, 0))
    data = files.table(found)
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert rows[0] == {
        "path": "밭/물, 주기.md",
        "title": '물 "주기" <b>',
        "x": "-0.500000",
        "y": "0.250000",
        "cluster": "t1",
        "topic": "물",
        "theme": "정원 & 밭",
        "tags": "garden 물",
        "modified": "1970-01-02T00:00:00+00:00",
    }
    assert (rows[1]["topic"], rows[1]["theme"]) == ("", "")


def test_the_drawing_is_whole_and_safe() -> None:
    styles = Styles([0, 1, 1], [NORMAL, DIM, HIDDEN])
    marks = [Mark("#ff0000", 0), Mark("#00ff00", 2)]
    labels = [Label("th", "정원 & 밭", 0, 0.3, 1, topic=False)]
    svg = files.drawing(Points(POINTS), styles, marks, labels, lambda _: (60.0, 18.0), LIGHT)
    root = ElementTree.fromstring(svg)
    space = {"s": "http://www.w3.org/2000/svg"}
    titles = [title.text for title in root.iterfind(".//s:title", space)]
    assert titles == ['물 "주기" <b>', "bell"]
    assert len(root.findall(".//s:circle", space)) == 1
    assert len(root.findall(".//s:polygon", space)) == 1
    halo, name = root.iterfind(".//s:text", space)
    assert halo.text == name.text == "정원 & 밭"
    assert (halo.get("aria-hidden"), halo.get("stroke")) == ("true", LIGHT.surface)
    assert name.get("stroke") is None


def test_a_picture_is_a_png(qapp: object) -> None:
    image = QImage(20, 10, QImage.Format.Format_RGB32)
    assert files.png(image).startswith(b"\x89PNG")

"""The map drawn for a command: no window, and no display needed."""

import os
import sys

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from notesai.gui.appearance import Appearance, Choice
from notesai.gui.map import files
from notesai.gui.map.cloud import NORMAL, Styles
from notesai.gui.map.colouring import ColourBy, colour
from notesai.gui.map.labels import Lettering, labels_of
from notesai.gui.map.marks import mark_of
from notesai.gui.map.plane import Plane
from notesai.gui.map.points import Points
from notesai.model import NoteMap

SIZE = QSize(1200, 900)
RATIO = 2.0
"""Size of a picture in points, and pixels a point."""


def drawn(found: NoteMap, kind: str) -> bytes:
    """The map as a file of a kind of `files.KINDS`, in the light look, coloured by theme."""
    if kind == "csv":
        return files.table(found)
    app = _application()
    look = Appearance(app, Choice.LIGHT)
    points = Points(found.points)
    colouring = colour(ColourBy.THEME, points.notes, found.clusters)
    quiet = len(colouring.groups) - 1 if colouring.groups and colouring.groups[-1].mark < 0 else -1
    styles = Styles(colouring.group_of, [NORMAL] * len(points), quiet)
    marks = [mark_of(group, look.tokens) for group in colouring.groups]
    labels = labels_of(found.clusters, points)
    if kind == "svg":
        letters = Lettering()
        fitted = [letters.fitted(label) for label in labels]
        return files.drawing(points, styles, marks, fitted, letters.size_of, look.tokens)
    plane = Plane(look)
    plane.resize(SIZE)
    plane.show_points(points, labels)
    plane.show_styles(styles, marks)
    picture = files.png(plane.picture(SIZE, RATIO))
    plane.deleteLater()
    return picture


def _application() -> QApplication:
    """The application of this process, made for no display if there is none yet."""
    app = QApplication.instance()
    if isinstance(app, QApplication):
        return app
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    return QApplication(sys.argv[:1])

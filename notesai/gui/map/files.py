"""The map as a file: a picture, a drawing, or a table."""

import csv
import io
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from html import escape
from pathlib import Path

from PySide6.QtCore import QBuffer, QCoreApplication, QIODevice, QRectF
from PySide6.QtGui import QImage, QImageWriter
from PySide6.QtWidgets import QFileDialog, QWidget

from notesai.gui.map.cloud import HIDDEN, Styles
from notesai.gui.map.labels import Label, around, crowd_of, lone_points, placed, wanted
from notesai.gui.map.lens import Lens
from notesai.gui.map.marks import Mark, radius_for
from notesai.gui.map.points import Place, Points
from notesai.gui.theme import Size, Tokens, faces
from notesai.model import NoteMap

translate = QCoreApplication.translate

KINDS = ("png", "svg", "csv")
_WIDTH, _HEIGHT = 1200.0, 900.0
_DIM = 0.16
_BASELINE = 0.36
"""From the middle of letters down to their baseline, as a share of their size."""


def choose_file(parent: QWidget, kind: str) -> Path | None:
    """The file that the person chooses for a map of one of `KINDS`; None for none."""
    titles = {
        "png": translate("MapFiles", "Save the map as a picture"),
        "svg": translate("MapFiles", "Save the map as a drawing"),
        "csv": translate("MapFiles", "Save the map as a table"),
    }
    proposed = str(Path.home() / f"notesai-map.{kind}")
    pattern = f"{kind.upper()} (*.{kind})"
    name, _ = QFileDialog.getSaveFileName(parent, titles[kind], proposed, pattern)
    if not name:
        return None
    file = Path(name).absolute()
    return file if file.suffix else file.with_suffix(f".{kind}")


def png(image: QImage) -> bytes:
    """A picture of what is seen."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, b"png").write(image)
    return bytes(buffer.data().data())


def table(found: NoteMap) -> bytes:
    """One line a note: where it is, and the names of its topic and theme.

    It begins with the mark that lets spreadsheets know it for UTF-8.
    """
    names = {cluster.id: cluster for cluster in found.clusters.clusters}
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(("path", "title", "x", "y", "cluster", "topic", "theme", "tags", "modified"))
    for note in found.points:
        cluster = names.get(note.cluster)
        above = names.get(cluster.parent) if cluster is not None else None
        topic = cluster.label if cluster is not None and above is not None else ""
        theme = (above or cluster).label if cluster is not None else ""
        changed = datetime.fromtimestamp(note.modified, UTC).isoformat(timespec="seconds")
        place = (f"{note.x:.6f}", f"{note.y:.6f}")
        tags = " ".join(note.tags)
        writer.writerow((note.path, note.title, *place, note.cluster, topic, theme, tags, changed))
    return text.getvalue().encode("utf-8-sig")


def drawing(
    points: Points,
    styles: Styles,
    marks: Sequence[Mark],
    labels: Sequence[Label],
    size_of: Callable[[Label], Place],
    tokens: Tokens,
) -> bytes:
    """The whole map as SVG; each point tells its note's title where the pointer rests on it."""
    lens = Lens(width=_WIDTH, height=_HEIGHT).fitted(points.bounds, Size.MAP_MARGIN)
    families = ", ".join([*(f"'{face}'" for face in faces()), "sans-serif"])
    radius = radius_for(len(points))
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH:g} {_HEIGHT:g}" '
        f'font-family="{escape(families)}" font-weight="600">',
        f'<rect width="100%" height="100%" fill="{tokens.surface}"/>',
    ]
    for at, note in enumerate(points.notes):
        if styles.state_of[at] != HIDDEN:
            x, y = lens.to_pixels(note.x, note.y)
            opacity = f' opacity="{_DIM}"' if styles.state_of[at] == 1 else ""
            shape = _shape(marks[styles.mark_of[at]], x, y, radius)
            lines.append(f"<g{opacity}>{shape}<title>{_words(note.title)}</title></g>")
    lone = around(points, lone_points(points), lens, radius)
    crowd = crowd_of(points)
    for label, room in placed(wanted(labels, 1.0), lens, size_of, lone, crowd=crowd):
        lines += _name(label, room, tokens)
    return "\n".join([*lines, "</svg>", ""]).encode()


def _name(label: Label, room: QRectF, tokens: Tokens) -> tuple[str, str]:
    """The halo, then the letters: many programs do not know `paint-order`, nor where a line of text
    is centred.
    """
    size = Size.SMALL if label.topic else Size.BASE
    middle = room.center()
    place = (
        f'x="{middle.x():.1f}" y="{middle.y() + _BASELINE * size:.1f}" font-size="{size}" '
        f'text-anchor="middle"'
    )
    halo = f'stroke="{tokens.surface}" stroke-width="4" stroke-linejoin="round"'
    words = _words(label.text)
    return (
        f'<text {place} fill="{tokens.surface}" {halo} aria-hidden="true">{words}</text>',
        f'<text {place} fill="{tokens.text}">{words}</text>',
    )


def _shape(mark: Mark, x: float, y: float, radius: float) -> str:
    radius *= mark.size
    if mark.shape == 0:
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{mark.colour}"/>'
    side = radius * (1.0 if mark.shape == 1 else 1.3)
    corners = {
        1: ((-1, -1), (1, -1), (1, 1), (-1, 1)),
        2: ((0, -1), (0.9, 0.7), (-0.9, 0.7)),
        3: ((0, -1), (1, 0), (0, 1), (-1, 0)),
    }[mark.shape]
    path = " ".join(f"{x + side * dx:.1f},{y + side * dy:.1f}" for dx, dy in corners)
    return f'<polygon points="{path}" fill="{mark.colour}"/>'


def _words(text: str) -> str:
    """Text as XML holds it: without the control characters that it cannot."""
    return escape("".join(char for char in text if char >= " " or char in "\t\n"), quote=False)

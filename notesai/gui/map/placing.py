"""What a map is made of before it is shown: it takes as long as to show it."""

from dataclasses import dataclass

from notesai.gui.map.labels import Label, labels_of
from notesai.gui.map.points import Points
from notesai.model import NoteMap


@dataclass(frozen=True, slots=True)
class Placed:
    """A map with its points and names at their places."""

    found: NoteMap
    points: Points
    labels: tuple[Label, ...]


def place(found: NoteMap) -> Placed:
    """Make a map ready to be shown."""
    points = Points(found.points)
    return Placed(found, points, labels_of(found.clusters, points))

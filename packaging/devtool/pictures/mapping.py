"""Scenes of the map, and of a note as the model sees it."""

from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from devtool.pictures.camera import Camera, wait_until, work
from devtool.pictures.stage import Stage
from notesai.gui.map.colouring import ColourBy
from notesai.gui.tokens.dialog import TokensDialog
from notesai.gui.views.map_view import MapView

_STEP_MS = 300


def _map(stage: Stage) -> MapView:
    """The map, shown and laid out."""
    view = cast(MapView, stage.window.show_view("map"))
    wait_until(lambda: view.card.shows_map and not view.source.busy, "the map")
    return view


def _read(stage: Stage, view: MapView) -> None:
    """Pick a note that has neighbours."""
    path = stage.choose("garden/물주기.md", "garden/Compost.md")
    point = view.display.points.find(path)
    view.canvas.picked.emit(point)
    wait_until(lambda: view.reading.path == path, path)
    wait_until(lambda: bool(view.canvas.chosen.nearest), "the nearest notes")


def map_whole(stage: Stage, camera: Camera) -> None:
    """All notes by their themes."""
    _map(stage)
    camera.take("map", stage.window, exact=True)


def map_note(stage: Stage, camera: Camera) -> None:
    """A note is picked: it is read, and the nearest ones are numbered."""
    view = _map(stage)
    _read(stage, view)
    camera.take("map-note", stage.window, exact=True)
    view.canvas.emptied.emit()


def map_clusters(stage: Stage, camera: Camera) -> None:
    """A theme is chosen in the list: its notes stand out, its figures are told."""
    view = _map(stage)
    view.browse.clusters.setFocus(Qt.FocusReason.TabFocusReason)
    tree = view.browse.clusters
    tree.setCurrentIndex(tree.model().index(0, 0))
    work(_STEP_MS)
    tree.expand(tree.currentIndex())
    camera.take("map-clusters", stage.window, exact=True)
    view.canvas.emptied.emit()
    tree.collapseAll()


def map_lasso(stage: Stage, camera: Camera) -> None:
    """Some notes are drawn around and listed; colours tell folders."""
    view = _map(stage)
    view.card.head.colour_by.choose(ColourBy.FOLDER)
    points = view.display.points
    middle = points.find(stage.choose("garden/물주기.md", "garden/Compost.md"))
    x, y = points.xs[middle], points.ys[middle]
    reach = 0.3
    corners = [(x + reach * dx, y + reach * dy) for dx, dy in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
    view.canvas.lassoed.emit(points.within(corners))
    wait_until(lambda: bool(view.reading.path) and bool(view.some.notes), "the list")
    camera.take("map-lasso", stage.window, exact=True)
    view.canvas.emptied.emit()
    view.card.head.colour_by.choose(ColourBy.THEME)


def map_found(stage: Stage, camera: Camera) -> None:
    """What a query finds lights up, at an earlier time, by age."""
    view = _map(stage)
    view.card.head.colour_by.choose(ColourBy.AGE)
    view.card.head.time.setChecked(True)
    view.card.time.slider.setValue(view.card.time.slider.maximum() * 3 // 4)
    stage.window.field.set_query(stage.choose("토마토 물", "tomatoes"))
    wait_until(lambda: bool(view.display.emphasis.found) and stage.client.idle, "what is found")
    camera.take("map-found", stage.window, exact=True)
    stage.window.field.clear()
    view.card.head.time.setChecked(False)
    view.card.head.colour_by.choose(ColourBy.THEME)


def tokens(stage: Stage, camera: Camera) -> None:
    """A note as the model sees it."""
    path = stage.choose("garden/물주기.md", "garden/Compost.md")
    pane = stage.read(path)
    pane.actions.see_tokens(path)
    dialog = next(one for one in QApplication.topLevelWidgets() if isinstance(one, TokensDialog))
    wait_until(lambda: dialog.note is not None, "the tokens")
    camera.take("map-tokens", stage.window, dialog)
    dialog.close()


def empty_map(stage: Stage, camera: Camera) -> None:
    """The folder has no notes."""
    view = cast(MapView, stage.window.show_view("map"))
    wait_until(lambda: not view.source.busy, "the answer")
    camera.take("empty-map", stage.window)


SCENES = (map_whole, map_note, map_clusters, map_lasso, map_found, tokens)
"""Scenes of a window on the sample notes."""

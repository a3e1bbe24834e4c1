"""The view of the map on the scripted engine."""

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import VAULT
from map_client import MapClient
from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QFileDialog,
    QLabel,
    QLineEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot
from scripted_notes import Notes, many, of_vault

from notesai.engine.protocol import IndexChanged
from notesai.gui.appearance import Appearance
from notesai.gui.asking.exchange import Reach
from notesai.gui.i18n import Language
from notesai.gui.main_window import MainWindow
from notesai.gui.map import map_card, source
from notesai.gui.map.cloud import DIM, HIDDEN, LIT, NORMAL
from notesai.gui.map.cluster_tree import Kind
from notesai.gui.map.colouring import ColourBy
from notesai.gui.map.marks import mark_of
from notesai.gui.preferences import Preferences
from notesai.gui.reading.links import NoteLink
from notesai.gui.reading_pane import ReadingPane
from notesai.gui.states import no_notes
from notesai.gui.titles import Titles
from notesai.gui.views.map_view import MapView
from notesai.gui.views.page import Parts
from notesai.model import MapMethod
from notesai.paths import home

Open = Callable[..., MainWindow]
InWindow = Callable[..., tuple[MainWindow, MapView]]
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "REFRESH_MS", 20)
    monkeypatch.setattr(source, "_PATIENCE", 0)
    monkeypatch.setattr(map_card, "_SOON_MS", 1)


@pytest.fixture
def open_map(
    look: Appearance, qtbot: QtBot, qapp: QApplication
) -> Iterator[Callable[..., MapView]]:
    """Opens the view alone, on notes and maps of this process, and waits for the map."""
    views: list[MapView] = []

    def show(*acts: str) -> MapView:
        notes = many(5000) if "pile" in acts else Notes({}) if "empty" in acts else of_vault()
        if "loose" in acts:
            notes = Notes({**notes.texts, "loose.md": "# Loose"})
        client = MapClient(notes, *acts)
        titles = Titles(client)
        preferences = Preferences(home().settings_file, qapp)
        parts = Parts(look, client, titles, None, preferences, None, VAULT, None)  # type: ignore[arg-type]
        view = MapView(parts, ReadingPane(look, client, titles, VAULT))  # type: ignore[arg-type]
        for child in (client, titles):
            child.setParent(view)
        views.append(view)
        view.resize(1180, 690)
        view.show()
        titles.refresh()
        qtbot.waitUntil(lambda: titles.loaded and not view.source.busy, timeout=15_000)
        # The turn in which it is painted for the first time.
        qtbot.wait(1)
        return view

    yield show
    for view in views:
        view.leave()
        view.close()
        view.deleteLater()


@pytest.fixture
def in_window(open_window: Open) -> Callable[..., tuple[MainWindow, MapView]]:
    """Opens a whole window on the scripted engine, at its map."""

    def show(*acts: str) -> tuple[MainWindow, MapView]:
        window = open_window(*acts)
        page = window.show_view("map")
        assert isinstance(page, MapView)
        return window, page

    return show


def point(view: MapView, path: str) -> int:
    return view.display.points.find(path)


def at(view: MapView, path: str) -> QPoint:
    return view.canvas.pixel_of(point(view, path)).toPoint()


def states(view: MapView) -> dict[str, int]:
    paths = [note.path for note in view.display.points.notes]
    return dict(zip(paths, view.display.styles.state_of, strict=True))


def texts(widget: QWidget) -> str:
    labels = [label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)]
    return "\n".join(labels)


def hover(view: MapView, place: QPoint) -> None:
    where = QPointF(place)
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        where,
        view.canvas.mapToGlobal(where),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(view.canvas, event)


NOTE = "프로젝트/notesai/인덱스.md"


def test_the_map_is_asked_for_when_it_is_first_looked_at(open_window: Open, qtbot: QtBot) -> None:
    window = open_window()
    assert "map" not in window.pages._pages
    qtbot.keyClick(window, Qt.Key.Key_3, CONTROL)
    assert window.view == "map"
    view = window.pages.page("map")
    qtbot.waitUntil(lambda: view.card.shows_map, timeout=15_000)
    assert view.canvas.hasFocus()
    assert len(view.display.points) == 12
    assert window.windowTitle() == "Map – vault – notesai"


def test_keys_pressed_before_the_map_is_there_do_not_walk_away_from_it(
    open_window: Open, qtbot: QtBot
) -> None:
    window = open_window()
    window.show_view("notes")
    qtbot.keyClick(window, Qt.Key.Key_3, CONTROL)
    view = window.pages.page("map")
    assert not view.card.shows_map
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: view.card.shows_map, timeout=15_000)
    assert view.canvas.hasFocus()
    view.card.show_state(no_notes)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    view.source.fetch()
    qtbot.waitUntil(lambda: view.card.shows_map, timeout=15_000)
    assert view.canvas.hasFocus()


def test_pointing_shows_the_title_and_its_cluster(
    open_map: Callable[..., MapView], qtbot: QtBot
) -> None:
    view = open_map()
    hover(view, at(view, NOTE))
    assert view.canvas.hovered == point(view, NOTE)
    bubble = view.canvas.say(view.canvas.hovered)
    assert bubble.title == "LanceDB 인덱스 설계"
    assert "프로젝트 · 1" in bubble.detail and "프로젝트 / notesai" in bubble.detail
    hover(view, QPoint(3, 3))
    assert view.canvas.hovered == -1


def test_a_click_reads_the_note_and_lists_the_nearest_in_order(
    open_map: Callable[..., MapView], qtbot: QtBot
) -> None:
    view = open_map()
    assert not view.side.isVisibleTo(view)
    qtbot.mouseClick(view.canvas, LEFT, pos=at(view, NOTE))
    qtbot.waitUntil(lambda: view.reading.path == NOTE, timeout=15_000)
    qtbot.waitUntil(lambda: bool(view.canvas.chosen.nearest), timeout=15_000)
    listed = [row.path for row in view.reading.related.list.rows]
    assert [view.display.points.notes[n].path for n in view.canvas.chosen.nearest] == listed
    assert [row.score for row in view.reading.related.list.rows] == sorted(
        (row.score for row in view.reading.related.list.rows), reverse=True
    )
    assert view.canvas.chosen.point == point(view, NOTE)
    assert view.heading == "LanceDB 인덱스 설계"
    assert "LanceDB" in view.canvas.accessibleDescription()
    view.canvas.grab()
    qtbot.keyClick(view.canvas, Qt.Key.Key_Escape)
    assert not view.side.isVisibleTo(view)
    assert view.canvas.chosen.point == -1


def test_a_link_with_its_label_first_is_followed(
    open_map: Callable[..., MapView], qtbot: QtBot
) -> None:
    view = open_map()
    reader = view.reading.reader
    reader.link_clicked.emit(NoteLink("Nothing is called so", "", NOTE.removesuffix(".md")))
    qtbot.waitUntil(lambda: reader.path == NOTE, timeout=15_000)


def test_dragging_pans_and_is_no_click(open_map: Callable[..., MapView], qtbot: QtBot) -> None:
    view = open_map()
    canvas, start = view.canvas, at(view, NOTE)
    qtbot.mousePress(canvas, LEFT, pos=start)
    qtbot.mouseMove(canvas, start + QPoint(30, 20))
    qtbot.mouseMove(canvas, start + QPoint(60, 40))
    qtbot.mouseRelease(canvas, LEFT, pos=start + QPoint(60, 40))
    assert (at(view, NOTE) - start).toTuple() == (60, 40)
    assert not view.side.isVisibleTo(view)


def test_the_wheel_zooms_to_the_pointer_and_a_double_click_shows_all(
    open_map: Callable[..., MapView], qtbot: QtBot
) -> None:
    view = open_map()
    whole, place = view.canvas.lens, at(view, NOTE)
    turn(view, place, 240)
    assert view.canvas.lens.scale > 1.3 * whole.scale
    assert (at(view, NOTE) - place).manhattanLength() <= 1
    qtbot.mouseDClick(view.canvas, LEFT, pos=QPoint(5, 5))
    assert view.canvas.lens == whole


def turn(view: MapView, place: QPoint, angle: int) -> None:
    event = QWheelEvent(
        QPointF(place),
        QPointF(view.canvas.mapToGlobal(place)),
        QPoint(),
        QPoint(0, angle),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view.canvas, event)


def draw_around(view: MapView, paths: list[str], qtbot: QtBot, *, shift: bool = True) -> None:
    places = [at(view, path) for path in paths]
    left, right = min(p.x() for p in places) - 12, max(p.x() for p in places) + 12
    top, low = min(p.y() for p in places) - 12, max(p.y() for p in places) + 12
    corners = [QPoint(left, top), QPoint(right, top), QPoint(right, low), QPoint(left, low)]
    modifier = SHIFT if shift else Qt.KeyboardModifier.NoModifier
    qtbot.mousePress(view.canvas, LEFT, modifier, corners[0])
    for corner in corners[1:]:
        qtbot.mouseMove(view.canvas, corner)
    view.canvas.grab()
    qtbot.mouseRelease(view.canvas, LEFT, modifier, corners[-1])


@pytest.mark.parametrize("by_button", [False, True])
def test_drawing_around_notes_lists_them(
    open_map: Callable[..., MapView], qtbot: QtBot, by_button: bool
) -> None:
    view = open_map()
    if by_button:
        view.card.head.lasso.click()
    inside = ["journal/2026-09-14.md", "journal/2026-10-02.md"]
    inside = [n.path for n in view.display.points.notes if n.path.startswith("journal/")]
    draw_around(view, inside, qtbot, shift=not by_button)
    assert {row.path for row in view.some.list.rows} == set(inside)
    assert {path for path, state in states(view).items() if state == NORMAL} == set(inside)
    assert texts(view.some).startswith("2 notes")
    view.some.copy_button.click()
    links = QGuiApplication.clipboard().text().splitlines()
    assert links and all(link.startswith("- [[") for link in links)
    qtbot.waitUntil(lambda: view.reading.path in inside, timeout=15_000)
    asked: list[Reach] = []
    view.ask_wanted.connect(lambda _, reach: asked.append(reach))
    view.some.ask_button.click()
    assert set(asked[0].scope.paths) == set(inside)
    view.some.close_button.click()
    assert set(states(view).values()) == {NORMAL}
    assert not view.side.isVisibleTo(view)


def test_searching_among_the_notes_drawn_around_finds_no_others(
    open_map: Callable[..., MapView], qtbot: QtBot
) -> None:
    view = open_map()
    view.canvas.lassoed.emit([point(view, NOTE), point(view, "ml/sbert.md")])
    view.some.field.setText("캐시")
    qtbot.waitUntil(lambda: [row.path for row in view.some.list.rows] == [NOTE], timeout=15_000)
    view.some.field.setText("qqqqwwww")
    qtbot.waitUntil(lambda: "None of these" in texts(view.some), timeout=15_000)
    view.some.field.clear()
    qtbot.waitUntil(lambda: len(view.some.list.rows) == 2, timeout=15_000)


def test_an_outline_around_nothing_picks_nothing(
    open_map: Callable[..., MapView], qtbot: QtBot
) -> None:
    view = open_map()
    view.canvas.lassoed.emit([])
    assert not view.side.isVisibleTo(view)


# What is typed in the search field


def test_a_query_lights_up_the_map_and_enter_goes_to_the_search(
    in_window: InWindow, qtbot: QtBot
) -> None:
    window, view = in_window()
    qtbot.waitUntil(lambda: view.card.shows_map, timeout=15_000)
    qtbot.keyClicks(window.field.edit, "tag:lancedb")
    qtbot.waitUntil(lambda: LIT in states(view).values(), timeout=15_000)
    assert window.view == "map"
    assert states(view)[NOTE] == LIT and DIM in states(view).values()
    view.canvas.grab()
    qtbot.keyClick(window.field.edit, Qt.Key.Key_Return)
    assert window.view == "search" and window.search.query == "tag:lancedb"
    window.show_view("map")
    window.field.clear()
    assert set(states(view).values()) == {NORMAL}
    window.show_view("search")
    assert window.search.query == ""


# Colours and time


def test_colours_can_mean_other_things(open_map: Callable[..., MapView], qtbot: QtBot) -> None:
    view = open_map()
    for by in ColourBy:
        view.card.head.colour_by.choose(by)
        groups = view.display.colouring.groups
        assert sum(group.count for group in groups) == 12
        assert [b.text().split("  ")[0] for b in view.card.legend.buttons] == [
            group.label for group in groups
        ]
        view.canvas.grab()
    assert groups[0].key.startswith("age-")


def test_a_click_in_the_legend_lets_the_others_step_back(
    open_map: Callable[..., MapView], qtbot: QtBot
) -> None:
    view = open_map()
    view.card.head.colour_by.choose(ColourBy.FOLDER)
    button = next(b for b in view.card.legend.buttons if b.text().startswith("ml "))
    button.click()
    assert {path for path, state in states(view).items() if state == NORMAL} == {
        path for path in states(view) if path.startswith("ml/")
    }
    view.source.fetch()
    qtbot.waitUntil(lambda: not view.source.busy, timeout=15_000)
    assert button.isChecked() and DIM in states(view).values()
    view.card.head.colour_by.choose(ColourBy.TAG)
    assert DIM not in states(view).values()


def test_earlier_notes_alone(open_map: Callable[..., MapView], qtbot: QtBot) -> None:
    view = open_map()
    view.card.head.time.click()
    bar = view.card.time
    assert bar.isVisibleTo(view)
    bar.slider.setValue(bar.slider.maximum() // 2)
    hidden = {path for path, state in states(view).items() if state == HIDDEN}
    assert len(hidden) == 5
    newest = max(view.display.points.notes, key=lambda note: note.modified)
    assert newest.path in hidden
    hover(view, at(view, newest.path))
    assert view.canvas.hovered != point(view, newest.path)
    bar.play.click()
    assert bar.playing
    bar.slider.setValue(bar.slider.maximum() - 1)
    qtbot.waitUntil(lambda: not bar.playing, timeout=15_000)
    assert HIDDEN not in states(view).values()
    bar.slider.setValue(0)
    view.card.head.time.click()
    assert HIDDEN not in states(view).values()


def test_another_method_makes_another_map(open_map: Callable[..., MapView], qtbot: QtBot) -> None:
    view = open_map()
    before = (view.display.points.xs[0], view.display.points.ys[0])
    view.card.head.method.choose(MapMethod.PCA)
    qtbot.waitUntil(
        lambda: view.map is not None and view.map.method is MapMethod.PCA, timeout=15_000
    )
    assert (view.display.points.ys[0], view.display.points.xs[0]) == before


def test_a_map_that_has_changed_much_can_be_laid_out_again(
    open_map: Callable[..., MapView], qtbot: QtBot
) -> None:
    view = open_map()
    assert "18% of the notes" in texts(view.card)
    view.card.again.click()
    qtbot.waitUntil(lambda: view.map is not None and view.map.changed == 0)
    assert "18% of the notes" not in texts(view.card)


# Clusters


def test_clusters_are_gone_through_with_the_keyboard(
    open_map: Callable[..., MapView], qtbot: QtBot
) -> None:
    view = open_map()
    clusters = view.browse.clusters
    clusters.setFocus()
    qtbot.keyClick(clusters, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: DIM in states(view).values(), timeout=15_000)
    node = clusters.node
    assert node is not None and node.kind is Kind.CLUSTER
    assert {path for path, state in states(view).items() if state == NORMAL} == set(node.paths)
    assert texts(view.browse.figures).startswith(node.name)
    assert (
        node.cluster.id in view.canvas.named
        or view.canvas.grab() is None
        or (node.cluster.id in view.canvas.named)
    )
    whole = view.canvas.lens.scale
    qtbot.keyClick(clusters, Qt.Key.Key_Return)
    assert view.canvas.lens.scale > whole
    qtbot.keyClick(clusters, Qt.Key.Key_Right)
    qtbot.keyClick(clusters, Qt.Key.Key_Down)
    assert clusters.node is not None and clusters.node.parent is node
    topic = clusters.node
    qtbot.keyClick(clusters, Qt.Key.Key_Right)
    qtbot.keyClick(clusters, Qt.Key.Key_Down)
    assert clusters.node.kind is Kind.NOTE and clusters.node.chief
    path = clusters.node.paths[0]
    assert path in topic.paths
    qtbot.keyClick(clusters, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: view.reading.path == path, timeout=15_000)
    qtbot.keyClick(clusters, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: DIM not in states(view).values(), timeout=15_000)
    assert texts(view.browse.figures).startswith("All notes together")


def test_enter_that_ends_a_name_goes_nowhere(
    open_map: Callable[..., MapView], qtbot: QtBot
) -> None:
    view = open_map()
    clusters = view.browse.clusters
    clusters.setFocus()
    qtbot.keyClick(clusters, Qt.Key.Key_Down)
    entered: list[object] = []
    clusters.entered.connect(entered.append)
    clusters.rename()
    editor = clusters.findChild(QLineEdit)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: clusters.state() is not QAbstractItemView.State.EditingState)
    assert entered == []
    qtbot.keyClick(clusters, Qt.Key.Key_Return)
    assert entered == [clusters.node]


def test_clusters_have_in_the_list_the_mark_that_they_have_on_the_map(
    open_map: Callable[..., MapView], look: Appearance
) -> None:
    view = open_map("loose")
    groups = {group.key: group for group in view.display.colouring.groups}
    assert "" in groups
    marks = view.browse.clusters.marks
    for cluster in view.map.clusters.clusters:
        assert marks[cluster.id] == mark_of(groups[cluster.parent or cluster.id], look.tokens)


def test_a_cluster_is_renamed_with_f2(open_map: Callable[..., MapView], qtbot: QtBot) -> None:
    view = open_map()
    clusters = view.browse.clusters
    clusters.setFocus()
    qtbot.keyClick(clusters, Qt.Key.Key_Down)
    number = clusters.node.cluster.id
    qtbot.keyClick(clusters, Qt.Key.Key_F2)
    edit = clusters.findChild(QLineEdit)
    assert edit is not None and edit.accessibleName()
    edit.setText("  내 이름 ")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    qtbot.waitUntil(
        lambda: clusters.node is not None and clusters.node.name == "내 이름", timeout=15_000
    )
    assert clusters.node.cluster.id == number
    assert "내 이름" in [group.label for group in view.display.colouring.groups]
    view.browse.renamed.emit(number, "")
    qtbot.waitUntil(lambda: clusters.node.name != "내 이름", timeout=15_000)


def test_a_name_is_suggested_and_accepted_by_a_person(
    open_map: Callable[..., MapView], qtbot: QtBot
) -> None:
    view = open_map()
    card, clusters = view.browse, view.browse.clusters
    clusters.setFocus()
    qtbot.keyClick(clusters, Qt.Key.Key_Down)
    before = clusters.node.name
    assert not card.suggest_button.isEnabled(), "there is no chat model yet"
    assert "settings" in card.suggest_button.toolTip()
    view.names._preferences.change("chat_model", "tiny")
    assert card.suggest_button.isEnabled()

    def suggested() -> QLineEdit:
        qtbot.mouseClick(card.suggest_button, LEFT)
        assert not card.suggest_button.isEnabled()
        qtbot.waitUntil(lambda: clusters.findChild(QLineEdit) is not None, timeout=15_000)
        edit = clusters.findChild(QLineEdit)
        assert edit is not None and edit.text() == f"About {clusters.node.cluster.id}"
        return edit

    qtbot.keyClick(suggested(), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: clusters.findChild(QLineEdit) is None, timeout=15_000)
    assert clusters.node.name == before and card.suggest_button.isEnabled()
    qtbot.keyClick(suggested(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: clusters.node.name.startswith("About "), timeout=15_000)


def test_a_model_that_finds_no_name_leaves_the_cluster_as_it_is(
    open_map: Callable[..., MapView], qtbot: QtBot
) -> None:
    view = open_map("speechless")
    clusters = view.browse.clusters
    view.names._preferences.change("chat_model", "tiny")
    clusters.setFocus()
    qtbot.keyClick(clusters, Qt.Key.Key_Down)
    told: list[str] = []
    view.names.said.connect(told.append)
    qtbot.waitUntil(view.browse.suggest_button.isEnabled, timeout=15_000)
    qtbot.mouseClick(view.browse.suggest_button, LEFT)
    qtbot.waitUntil(lambda: bool(told), timeout=15_000)
    assert view.browse.suggest_button.isEnabled()
    assert clusters.findChild(QLineEdit) is None


def test_the_notes_of_a_cluster_can_be_listed(
    open_map: Callable[..., MapView], qtbot: QtBot
) -> None:
    view = open_map()
    view.canvas.cluster_picked.emit("theme-ml")
    assert view.browse.clusters.node.name == "ml"
    view.browse.list_button.click()
    assert {row.path for row in view.some.list.rows} == {
        note.path for note in view.display.points.notes if note.path.startswith("ml/")
    }


def test_notes_without_a_cluster_are_shown_as_such(
    open_map: Callable[..., MapView], qtbot: QtBot
) -> None:
    view = open_map("noise")
    assert "There are no clusters yet" in texts(view.browse)
    clusters = view.browse.clusters
    clusters.setFocus()
    qtbot.keyClick(clusters, Qt.Key.Key_Down)
    assert clusters.node.kind is Kind.NOISE and len(clusters.node.paths) == 12
    assert [group.mark for group in view.display.colouring.groups] == [-1]
    assert "groups" not in view.canvas.named


# Keys of the map


def test_arrows_go_from_note_to_note_and_enter_reads(
    open_map: Callable[..., MapView], qtbot: QtBot
) -> None:
    view = open_map()
    qtbot.keyClick(view.canvas, Qt.Key.Key_Right)
    first = view.canvas.chosen.point
    qtbot.waitUntil(
        lambda: view.reading.path == view.display.points.notes[first].path, timeout=15_000
    )
    seen = {first}
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Left, Qt.Key.Key_Down) * 2:
        qtbot.keyClick(view.canvas, key)
        seen.add(view.canvas.chosen.point)
    assert len(seen) > 2
    qtbot.keyClick(view.canvas, Qt.Key.Key_Return)
    assert view.reading.reader.page.hasFocus()
    qtbot.keyClick(view.reading.reader.page, Qt.Key.Key_Escape)
    assert view.canvas.hasFocus() and view.side.isVisible()
    qtbot.keyClick(view.canvas, Qt.Key.Key_Escape)
    assert not view.side.isVisible()


def test_keys_zoom_and_move_the_map(open_map: Callable[..., MapView], qtbot: QtBot) -> None:
    view = open_map()
    whole = view.canvas.lens
    qtbot.keyClick(view.canvas, Qt.Key.Key_Plus)
    assert view.canvas.lens.scale == pytest.approx(1.25 * whole.scale)
    qtbot.keyClick(view.canvas, Qt.Key.Key_Right, CONTROL)
    assert view.canvas.lens.x > whole.x
    qtbot.keyClick(view.canvas, Qt.Key.Key_Minus)
    qtbot.keyClick(view.canvas, Qt.Key.Key_0)
    assert view.canvas.lens == whole


def test_every_control_has_a_name(open_map: Callable[..., MapView]) -> None:
    view = open_map()
    controls = [
        *view.card.findChildren(QAbstractButton),
        *view.browse.findChildren(QAbstractButton),
        *view.some.findChildren(QLineEdit),
        view.canvas,
        view.browse.clusters,
        view.card.time.slider,
        view.card.bar,
    ]
    controls.remove(view.card.state.button)
    nameless = [
        one
        for one in controls
        if not (one.accessibleName() or (isinstance(one, QAbstractButton) and one.text()))
        and not isinstance(one.parent(), QLineEdit)
    ]
    assert nameless == []


# Changes while it is open


def test_new_notes_move_no_old_point_and_what_is_seen_stays(
    open_map: Callable[..., MapView], qtbot: QtBot
) -> None:
    view = open_map()
    turn(view, at(view, NOTE), 480)
    qtbot.mouseClick(view.canvas, LEFT, pos=at(view, NOTE))
    qtbot.waitUntil(lambda: bool(view.canvas.chosen.nearest), timeout=15_000)
    # The legend may take another line beside a narrower map, a few turns later.
    sizes = [view.canvas.size()]
    while len(sizes) < 5 or set(map(QSize.toTuple, sizes[-5:])) != {sizes[-1].toTuple()}:
        qtbot.wait(30)
        sizes.append(view.canvas.size())
    lens, place = view.canvas.lens, at(view, NOTE)
    near = [view.display.points.notes[one].path for one in view.canvas.chosen.nearest]
    view._client.notes.texts = {"ml/aaa.md": "# New\n\ntext", **view._client.notes.texts}
    view._client.index_changed.emit(IndexChanged(paths=("ml/aaa.md",)))
    qtbot.waitUntil(lambda: len(view.display.points) == 13, timeout=15_000)
    assert view.canvas.lens == lens and at(view, NOTE) == place
    assert view.canvas.chosen.point == point(view, NOTE)
    assert [view.display.points.notes[one].path for one in view.canvas.chosen.nearest] == near


def test_nothing_is_asked_for_while_nobody_looks(
    open_map: Callable[..., MapView], qtbot: QtBot
) -> None:
    view = open_map()
    view.hide()
    view._client.index_changed.emit(IndexChanged(paths=()))
    qtbot.wait(80)
    assert view._client.asked == 1
    view.show()
    assert view._client.asked == 2


def test_language_and_theme_follow_at_once(
    open_map: Callable[..., MapView], qtbot: QtBot, language: Language, look: Appearance
) -> None:
    view = open_map("noise")
    before = view.canvas.grab().toImage()
    look.choose("dark")
    assert view.canvas.grab().toImage() != before
    assert view.display.marks[0].colour == look.tokens.faint
    language.choose("ko")
    qtbot.waitUntil(lambda: "노트 12개" in texts(view.card), timeout=15_000)
    assert view.display.colouring.groups[0].label == "묶이지 않음"
    assert view.browse.figures.heading.text() == "노트 전체"
    assert "주제" in texts(view.browse)
    look.choose("light")


# What can be wrong


def test_a_vault_without_notes_says_what_to_do(
    open_map: Callable[..., MapView], qtbot: QtBot
) -> None:
    view = open_map("empty")
    assert "There are no notes in this folder yet." in texts(view.card)
    assert view.card.state.button.text() == "Open the folder"
    assert not view.browse.isVisibleTo(view)


def test_notes_that_wait_for_their_vectors(open_map: Callable[..., MapView], qtbot: QtBot) -> None:
    view = open_map("unplaced")
    assert "No note can be placed yet." in texts(view.card)
    assert not view.card.head.fit.isEnabled()


@pytest.mark.parametrize(("act", "count"), [("one", 1), ("two", 2)])
def test_few_notes_have_a_map_as_well(
    open_map: Callable[..., MapView], qtbot: QtBot, act: str, count: int
) -> None:
    view = open_map(act)
    assert len(view.display.points) == count
    place = at(view, view.display.points.notes[0].path)
    assert view.canvas.rect().contains(place)
    view.canvas.grab()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Plus, Qt.Key.Key_0):
        qtbot.keyClick(view.canvas, key)
    draw_around(view, [view.display.points.notes[0].path], qtbot)
    assert len(view.some.notes) >= 1


def test_five_thousand_notes_at_one_place_are_listed(
    open_map: Callable[..., MapView], qtbot: QtBot
) -> None:
    view = open_map("pile")
    view.canvas.grab()
    first = view.display.points.notes[0].path
    qtbot.mouseClick(view.canvas, LEFT, pos=at(view, first))
    assert len(view.some.notes) == 5000
    assert texts(view.some).startswith("5,000 notes")


def test_laying_out_shows_how_far_it_is_and_can_be_cancelled(
    in_window: InWindow, qtbot: QtBot
) -> None:
    _, view = in_window("slow-map")
    qtbot.waitUntil(lambda: "42%" in texts(view.card), timeout=15_000)
    qtbot.waitUntil(view.card.cancel.isVisible, timeout=15_000)
    assert view.card.bar.value() == 420
    view.card.cancel.click()
    assert "The map has not been laid out." in texts(view.card)
    assert not view.card.cancel.isVisible()
    view.card.state.button.click()
    qtbot.waitUntil(lambda: view.card.shows_map, timeout=15_000)


def test_the_map_stays_while_it_is_laid_out_again(in_window: InWindow, qtbot: QtBot) -> None:
    _, view = in_window("slow-anew")
    qtbot.waitUntil(lambda: view.card.shows_map, timeout=15_000)
    view.card.head.again.trigger()
    qtbot.waitUntil(lambda: view.card.bar.value() == 600)
    qtbot.waitUntil(view.card.cancel.isVisible, timeout=15_000)
    assert view.card.shows_map and view.source.busy
    view.card.cancel.click()
    assert view.card.shows_map and not view.card.bar.isVisible()


def test_a_failure_says_so_and_can_be_tried_again(in_window: InWindow, qtbot: QtBot) -> None:
    _, view = in_window("broken-map")
    qtbot.waitUntil(lambda: view.card.state.button.text() == "Try again", timeout=15_000)
    assert not view.source.busy
    view.card.state.button.click()
    assert view.source.busy
    qtbot.waitUntil(lambda: not view.source.busy, timeout=15_000)


@pytest.mark.logs_errors
def test_an_engine_that_dies_of_it_is_not_asked_for_ever(in_window: InWindow, qtbot: QtBot) -> None:
    window, view = in_window("crash-map")
    qtbot.waitUntil(lambda: window.banner.isVisible(), timeout=30_000)
    assert view.card.state.button.text() == "Try again"


def test_another_folder_while_the_map_is_laid_out(
    in_window: InWindow, qtbot: QtBot, tmp_path: Path, engine: Callable[..., list[str]]
) -> None:
    window, view = in_window("slow-map")
    qtbot.waitUntil(lambda: "42%" in texts(view.card), timeout=15_000)
    window._engine = lambda vault: engine("--vault", str(vault))[:2]
    window.open_vault(tmp_path)
    qtbot.waitUntil(lambda: window.titles.loaded, timeout=15_000)
    page = window.show_view("map")
    assert page is not view
    assert isinstance(page, MapView)
    qtbot.waitUntil(lambda: page.card.shows_map, timeout=15_000)
    assert not view.source.busy


# Files


@pytest.mark.parametrize("kind", ["png", "svg", "csv"])
def test_the_map_is_saved(
    open_map: Callable[..., MapView],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    kind: str,
) -> None:
    view = open_map()
    target = tmp_path / "map"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", staticmethod(lambda *_: (str(target), "")))
    view.card.head.files[kind].trigger()
    data = target.with_suffix(f".{kind}").read_bytes()
    assert "Saved as" in texts(view.card)
    if kind == "csv":
        assert len(list(csv.reader(data.decode("utf-8-sig").splitlines()))) == 13
    else:
        assert data.startswith({"png": b"\x89PNG", "svg": b"<svg"}[kind])
    monkeypatch.setattr(
        QFileDialog,
        "getSaveFileName",
        staticmethod(lambda *_: (str(tmp_path / "none" / f"map.{kind}"), "")),
    )
    view.card.head.files[kind].trigger()
    assert "could not be written" in texts(view.card)

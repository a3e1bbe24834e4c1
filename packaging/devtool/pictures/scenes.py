"""What each picture shows. A scene puts the window into a state and takes it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from devtool.pictures import asking, mapping, relating
from devtool.pictures.camera import Camera, wait_until
from devtool.pictures.stage import Stage
from notesai.gui.desktop.tray import Tray
from notesai.gui.editing.conflict import ConflictDialog
from notesai.gui.editing.new_note import NewNoteDialog
from notesai.gui.quick.window import QuickWindow
from notesai.gui.widgets.shortcut_sheet import ShortcutSheet

Scene = Callable[[Stage, Camera], None]

# The first page, which needs no notes


def welcome(stage: Stage, camera: Camera) -> None:
    """Nothing is chosen yet."""
    camera.take("welcome", stage.window)


def welcome_chosen(stage: Stage, camera: Camera) -> None:
    """A folder is chosen, and what is in it is known."""
    page = stage.window.welcome
    page.look_at(stage.vault)
    before = page.found.text()
    wait_until(lambda: page.found.text() != before, "the look at the folder")
    camera.take("welcome-chosen", stage.window)


# Search


def recent(stage: Stage, camera: Camera) -> None:
    """Nothing is searched for: the notes changed last."""
    stage.window.show_view("search")
    camera.take("search-recent", stage.window)


def search(stage: Stage, camera: Camera) -> None:
    """Results, the best one opened at its passage, and what is related to it."""
    stage.search(stage.choose("토마토 물은 언제 주나", "when to water tomatoes"))
    camera.take("search", stage.window)
    stage.window.field.clear()


def search_tag(stage: Stage, camera: Camera) -> None:
    """A query with a filter."""
    stage.search("tag:ml " + stage.choose("유사도", "similarity"))
    camera.take("search-tag", stage.window)
    stage.window.field.clear()


def search_nothing(stage: Stage, camera: Camera) -> None:
    """Nothing is found."""
    window = stage.window
    window.show_view("search")
    window.field.set_query("tag:" + stage.choose("화성 이주 비용", "mars moving costs"))
    wait_until(window.search.results.state.isVisible, "the lack of results")
    camera.take("search-nothing", window)
    window.field.clear()


# Notes


def notes(stage: Stage, camera: Camera) -> None:
    """The tree of folders."""
    path = stage.choose("여행/제주 4박 5일.md", "garden/Self-watering planters.md")
    stage.read(path)
    camera.take("notes", stage.window)


def notes_recent(stage: Stage, camera: Camera) -> None:
    """The notes changed last, with the links of the one that is read."""
    stage.window.show_view("notes")
    stage.window.notes.by_time.click()
    stage.read(stage.choose("요리/사워도우 실패 기록.md", "요리/Sourdough.md"))
    camera.take("notes-recent", stage.window)
    stage.window.notes.by_folder.click()


def notes_tags(stage: Stage, camera: Camera) -> None:
    """All tags, and a note with a table."""
    stage.window.show_view("notes")
    stage.window.notes.by_tag.click()
    stage.read(stage.choose("garden/물주기.md", "garden/Compost.md"))
    camera.take("notes-tags", stage.window)
    stage.window.notes.by_folder.click()


def reader(stage: Stage, camera: Camera) -> None:
    """A note with headings and code."""
    stage.read(stage.choose("projects/weather-station/센서 보정.md", "ml/Embeddings.md"))
    camera.take("reader", stage.window)


def find(stage: Stage, camera: Camera) -> None:
    """Words found in the note."""
    pane = stage.read(stage.choose("garden/물주기.md", "garden/Compost.md"))
    pane.reader.open_find()
    pane.reader.find_bar.edit.setText(stage.choose("물", "brown"))
    camera.take("find", stage.window)
    pane.reader.find_bar.close_bar()


def editor(stage: Stage, camera: Camera) -> None:
    """A note that is edited."""
    pane = stage.read(stage.choose("요리/김치찌개.md", "요리/Miso soup.md"))
    pane.toggle_editor()
    camera.take("editor", stage.window)
    pane.toggle_editor()


def new_note(stage: Stage, camera: Camera) -> None:
    """The question for the title of a new note."""
    dialog = NewNoteDialog("garden", stage.window)
    dialog.open()
    dialog.title.setText(stage.choose("고추 모종 심는 날", "Planting out the peppers"))
    _take_over(camera, "new-note", stage.window, dialog)


def conflict(stage: Stage, camera: Camera) -> None:
    """Another program has changed the note meanwhile: both versions."""
    path = stage.choose("garden/토마토 곁순.md", "garden/Compost.md")
    text = (stage.vault / path).read_text("utf-8")
    lines = text.splitlines()
    at = next(at for at, line in enumerate(lines) if line.startswith("#"))
    mine = [*lines[: at + 1], "", stage.choose("6월 첫 주: 두 번 땄다.", "Turned it on Sunday.")]
    theirs = [*lines[: at + 2], stage.choose("도윤: 새순은 물꽂이.", "Doyun: lid is broken.")]
    rest = lines[at + 2 :]
    title = Path(path).stem
    versions = ("\n".join([*mine, *rest]), "\n".join([*theirs, *rest]))
    dialog = ConflictDialog(stage.look, title, *versions, stage.window)
    dialog.open()
    _take_over(camera, "conflict", stage.window, dialog)


# Status, settings, keys


def status(stage: Stage, camera: Camera) -> None:
    """The index, and where each note stands."""
    stage.window.show_view("status")
    camera.take("status", stage.window)


def settings(stage: Stage, camera: Camera) -> None:
    """Each page of the settings."""
    view = stage.window.settings
    stage.window.show_view("settings")
    pages = ("notes", "models", "chat", "look", "keys", "start", "network", "about")
    for name, section in zip(pages, view.sections, strict=True):
        view.show_section(section)
        camera.take(f"settings-{name}", stage.window)


def keys(stage: Stage, camera: Camera) -> None:
    """The sheet of all keys."""
    stage.window.show_view("search")
    sheet = ShortcutSheet(stage.window)
    sheet.open()
    _take_over(camera, "keys", stage.window, sheet)


def vaults(stage: Stage, camera: Camera) -> None:
    """The menu of the folders of notes."""
    stage.window.show_view("search")
    button = stage.window.rail.vaults
    menu = button.make_menu()
    at = QPoint(button.width(), button.height() - menu.sizeHint().height())
    menu.popup(button.mapToGlobal(at))
    camera.take("vaults", stage.window, menu)
    menu.close()
    menu.deleteLater()


def tray(stage: Stage, camera: Camera) -> None:
    """The menu of the icon in the tray."""
    icon = Tray(stage.window.activity, stage.hotkey, stage.window)
    icon.menu.ensurePolished()
    icon.menu.resize(icon.menu.sizeHint())
    camera.take_alone("tray", icon.menu, stage.look.colour("line"))
    icon.close()
    icon.deleteLater()


# Quick search


def quick(stage: Stage, camera: Camera) -> None:
    """Results and a preview above other programs."""
    window = _quick(stage)
    window.field.set_query(stage.choose("김치찌개 육수", "sourdough starter"))
    wait_until(lambda: bool(window.list.rows) and not window.finder.waiting, "quick results")
    first = window.list.rows[0].path
    wait_until(lambda: window.preview.path == first, "the preview")
    camera.take_alone("quick", window, stage.look.colour("line"))
    _drop(window)


def quick_recent(stage: Stage, camera: Camera) -> None:
    """Before anything is typed."""
    window = _quick(stage)
    wait_until(lambda: bool(window.list.rows), "recent notes")
    camera.take_alone("quick-recent", window, stage.look.colour("line"))
    _drop(window)


def quick_nothing(stage: Stage, camera: Camera) -> None:
    """Nothing is found."""
    window = _quick(stage)
    window.field.set_query("tag:" + stage.choose("화성 이주 비용", "mars moving costs"))
    wait_until(lambda: window.state.isVisible() and not window.finder.waiting, "no results")
    camera.take_alone("quick-nothing", window, stage.look.colour("line"))
    _drop(window)


# What can be wrong


def paused(stage: Stage, camera: Camera) -> None:
    """Indexing is held."""
    activity = stage.window.activity
    stage.window.show_view("status")
    activity.toggle_pause()
    wait_until(lambda: activity.paused, "the pause")
    camera.take("paused", stage.window)
    activity.toggle_pause()
    wait_until(lambda: not activity.paused, "the end of the pause")


def empty_search(stage: Stage, camera: Camera) -> None:
    """The folder has no notes."""
    wait_until(lambda: stage.client.ready and stage.window.titles.loaded, "the engine")
    camera.take("empty", stage.window)


def empty_notes(stage: Stage, camera: Camera) -> None:
    """The same among all notes."""
    stage.window.show_view("notes")
    camera.take("empty-notes", stage.window)


def empty_status(stage: Stage, camera: Camera) -> None:
    """The same in the status."""
    stage.window.show_view("status")
    camera.take("empty-status", stage.window)


def away(stage: Stage, camera: Camera) -> None:
    """The folder is not there, as when its disk is not connected."""
    wait_until(lambda: stage.client.state.state == "failed", "the engine's refusal")
    camera.take("error", stage.window)


def away_status(stage: Stage, camera: Camera) -> None:
    """The same in the status."""
    stage.window.show_view("status")
    camera.take("error-status", stage.window)


def _quick(stage: Stage) -> QuickWindow:
    window = QuickWindow(stage.look, stage.client, stage.window.titles, stage.vault)
    window.build_ahead()
    window.summon()
    return window


def _drop(window: QuickWindow) -> None:
    window.close_quick()
    window.deleteLater()


def _take_over(camera: Camera, name: str, window: QWidget, dialog: QWidget) -> None:
    camera.take(name, window, dialog)
    dialog.close()


FIRST: tuple[Scene, ...] = (welcome, welcome_chosen)
"""Scenes of a window without a folder of notes."""

MAIN: tuple[Scene, ...] = (
    recent,
    search,
    search_tag,
    search_nothing,
    notes,
    notes_recent,
    notes_tags,
    reader,
    find,
    editor,
    new_note,
    conflict,
    status,
    settings,
    keys,
    vaults,
    tray,
    quick,
    quick_recent,
    quick_nothing,
    *mapping.SCENES,
    *asking.SCENES,
    *relating.SCENES,
    paused,
)
"""Scenes of a window on the sample notes."""

EMPTY: tuple[Scene, ...] = (
    empty_search,
    empty_notes,
    mapping.empty_map,
    empty_status,
)
"""Scenes of a window on a folder without notes."""

AWAY: tuple[Scene, ...] = (away, away_status)
"""Scenes of a window on a folder that is gone."""

ESSENTIAL: tuple[Scene, ...] = (
    welcome_chosen,
    search,
    reader,
    editor,
    mapping.map_whole,
    status,
    quick,
)
"""Scenes that are also wanted in twice the pixels."""

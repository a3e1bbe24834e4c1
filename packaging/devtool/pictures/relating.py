"""Scenes of related notes: marks and the menu, "For you", two notes side by side, duplicates."""

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from devtool.pictures.camera import Camera, wait_until
from devtool.pictures.stage import Stage
from notesai.gui.reading_pane import ReadingPane
from notesai.gui.relating.compare_dialog import CompareDialog
from notesai.gui.relating.duplicates_dialog import DuplicatesDialog
from notesai.model import Mark


def related(stage: Stage, camera: Camera) -> None:
    """One note is pinned, one is hidden, and the pointer is over a third."""
    pane = _read(stage)
    marked = [pane.related.list.rows[at].path for at in (2, 1)]
    for path, mark in zip(marked, (Mark.PIN, Mark.HIDE), strict=True):
        pane.related.marked.emit(pane.path, path, mark)
    wait_until(lambda: pane.related.list.rows[0].pinned, "the pinned note")
    wait_until(lambda: pane.related.hidden_button.isVisible(), "the hidden note")
    _point_at_row(pane, 1)
    camera.take("related", stage.window)
    pane.related.actions_.hide()
    for path in marked:
        pane.related.marked.emit(pane.path, path, Mark.NONE)
    wait_until(lambda: not pane.related.list.rows[0].pinned, "the end of the pin")


def for_you(stage: Stage, camera: Camera) -> None:
    """What is near to the notes that were read lately."""
    pane = _read(stage)
    for path in (
        stage.choose("여행/제주 4박 5일.md", "ml/Embeddings.md"),
        stage.choose("garden/물주기.md", "garden/Compost.md"),
    ):
        pane.neighbours.read_notes.add(path)
    pane.related.by_reading.click()
    rows = pane.related.list
    wait_until(lambda: bool(rows.rows) and not rows.rows[0].markable, "what may be of interest")
    camera.take("for-you", stage.window)
    pane.related.by_note.click()
    wait_until(lambda: bool(rows.rows) and rows.rows[0].markable, "the related notes")


def compare(stage: Stage, camera: Camera) -> None:
    """A note and a related one side by side."""
    pane = _read(stage)
    pane.related.compare_wanted.emit(pane.related.list.rows[0])
    (dialog,) = pane.reader.findChildren(CompareDialog)
    wait_until(lambda: bool(dialog.texts.sides[1].toPlainText()), "the other note")
    camera.take("compare", stage.window, dialog)
    dialog.reject()


def duplicates(stage: Stage, camera: Camera) -> None:
    """A note and a copy of it that was changed a little."""
    path = stage.choose("요리/김치찌개.md", "garden/Compost.md")
    text = (stage.vault / path).read_text("utf-8")
    copy = stage.vault / path.replace(".md", stage.choose(" (사본).md", " (copy).md"))
    equal = stage.vault / "journal" / copy.name
    lines = text.rstrip().splitlines()
    copy.write_text("\n".join([*lines, stage.choose("두부는 마지막에.", "Turn it weekly."), ""]))
    equal.write_text(text, "utf-8")
    try:
        _wait_for_notes(stage, copy.name)
        stage.window.show_view("status")
        stage.window.status.notes.duplicates.click()
        (dialog,) = stage.window.findChildren(DuplicatesDialog)
        wait_until(lambda: len(dialog.list.rows) > 1, "the duplicates")
        dialog.list.step(1)
        wait_until(lambda: bool(dialog.compared.sides[1].toPlainText()), "the texts")
        camera.take("duplicates", stage.window, dialog)
        dialog.reject()
    finally:
        copy.unlink()
        equal.unlink()


def _read(stage: Stage) -> ReadingPane:
    return stage.read(stage.choose("garden/토마토 곁순.md", "garden/Compost.md"))


def _point_at_row(pane: ReadingPane, at: int) -> None:
    rows = pane.related.list
    place = QPointF(rows.visualRect(rows.model().index(at, 0)).topLeft() + QPoint(20, 12))
    none = Qt.MouseButton.NoButton
    keys = Qt.KeyboardModifier.NoModifier
    move = QMouseEvent(QEvent.Type.MouseMove, place, place, none, none, keys)
    QApplication.sendEvent(rows.viewport(), move)


def _wait_for_notes(stage: Stage, name: str) -> None:
    """Wait until the index has the notes of this name, embedded."""
    titles = stage.window.titles

    def known() -> bool:
        return sum(note.path.endswith(name) for note in titles.notes) == 2

    wait_until(known, name)
    wait_until(lambda: stage.window.activity.progress is None, "the vectors")


SCENES = (related, for_you, compare, duplicates)

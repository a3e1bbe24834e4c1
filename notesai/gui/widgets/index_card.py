"""The card that says what the index is made of, and what can be done about it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QHideEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from notesai.gui.activity import Activity, sentence, size_words
from notesai.gui.appearance import Appearance
from notesai.gui.folders import shown_path
from notesai.gui.theme import Size, Space
from notesai.gui.widgets.card import Card
from notesai.gui.widgets.elided_label import ElidedLabel
from notesai.gui.widgets.icon_button import IconButton
from notesai.gui.widgets.switch_pane import SwitchPane
from notesai.model import VaultStatus

_LINES = ("folder", "model", "size", "place", "doing", "speed")


class IndexCard(Card):
    """Folder, model, size and place of the index; pause, compare, rebuild."""

    def __init__(self, look: Appearance, activity: Activity, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._activity = activity
        self._status: VaultStatus | None = None
        self._heading = QLabel(self)
        self._heading.setObjectName("caps")
        self._names = {line: QLabel(self) for line in _LINES}
        self._values = {
            line: ElidedLabel("value", self, Qt.TextElideMode.ElideMiddle) for line in _LINES
        }
        self._open_folder = IconButton(look, "folder", self)
        self._open_place = IconButton(look, "folder", self)
        self.pause = QPushButton(self)
        self.compare = QPushButton(self)
        self.rebuild = QPushButton(self)
        self.confirm = _Confirm(self)
        self.switch = SwitchPane(activity, self)
        self._promise = QLabel(self)
        self._promise.setObjectName("faint")
        self._promise.setWordWrap(True)
        self._lay_out()
        self._connect()
        self._retranslate()

    def _lay_out(self) -> None:
        self.add_head(self._heading)
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.M)
        grid.setVerticalSpacing(0)
        grid.setColumnMinimumWidth(0, Size.LABELS)
        grid.setColumnStretch(1, 1)
        for row, line in enumerate(_LINES):
            self._names[line].setObjectName("soft")
            grid.setRowMinimumHeight(row, Size.ROW)
            grid.addWidget(self._names[line], row, 0)
            grid.addWidget(self._values[line], row, 1)
        grid.addWidget(self._open_folder, _LINES.index("folder"), 2)
        grid.addWidget(self._open_place, _LINES.index("place"), 2)
        buttons = QHBoxLayout()
        buttons.setSpacing(Space.S)
        for button in (self.pause, self.compare, self.rebuild):
            buttons.addWidget(button)
        buttons.addStretch(1)
        inner = QVBoxLayout()
        inner.setContentsMargins(Space.EDGE, Space.XS, Space.M, Space.EDGE)
        inner.setSpacing(Space.L)
        inner.addLayout(grid)
        inner.addWidget(self.switch)
        inner.addLayout(buttons)
        inner.addWidget(self.confirm)
        inner.addStretch(1)
        inner.addWidget(self._promise)
        self.column.addLayout(inner, 1)

    def _connect(self) -> None:
        self._open_folder.clicked.connect(self._show_folder)
        self._open_place.clicked.connect(self._show_place)
        self.pause.clicked.connect(self._activity.toggle_pause)
        self.compare.clicked.connect(lambda: self._activity.reindex(rebuild=False))
        self.rebuild.clicked.connect(self._ask)
        self.confirm.asking.connect(self._promise.setHidden)
        self._activity.changed.connect(self._show_activity)

    def show_status(self, status: VaultStatus) -> None:
        """Show the figures in `status`."""
        self._status = status
        self._values["folder"].setText(shown_path(status.vault))
        self._values["model"].setText(status.model)
        self._values["size"].setText(size_words(status.index_bytes))
        self._values["place"].setText(shown_path(status.index_path))
        self._open_folder.setVisible(bool(status.vault))
        self._open_place.setVisible(Path(status.index_path).is_absolute())
        self.switch.show_status(status)
        self._show_activity()

    def _show_activity(self) -> None:
        self._values["doing"].setText(sentence(self._activity.words()))
        self._values["speed"].setText(self._activity.speed() or "–")
        writes = self._activity.can_pause
        for button in (self.pause, self.compare, self.rebuild):
            button.setEnabled(writes)
        self.pause.setText(self.tr("Resume") if self._activity.paused else self.tr("Pause"))

    def _ask(self) -> None:
        self.confirm.ask(
            self.tr("Build the index anew? Your notes stay as they are; it takes a while."),
            self.tr("Build anew"),
            lambda: self._activity.reindex(rebuild=True),
        )

    def _show_folder(self) -> None:
        if self._status is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(self._status.vault))

    def _show_place(self) -> None:
        if self._status is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(self._status.index_path))

    def _retranslate(self) -> None:
        self._heading.setText(self.tr("Index"))
        names = (
            self.tr("Notes folder"),
            self.tr("Model"),
            self.tr("Size on disk"),
            self.tr("Kept in"),
            self.tr("Now"),
            self.tr("Speed"),
        )
        for line, name in zip(_LINES, names, strict=True):
            self._names[line].setText(name)
            self._values[line].setAccessibleName(name)
        self._open_folder.name_it(self.tr("Show the folder of notes"))
        self._open_place.name_it(self.tr("Show where the index is kept"))
        self._promise.setText(
            self.tr(
                "The index is made from your notes and can be made again at any time. "
                "Nothing is written into your folder for it."
            )
        )
        self.compare.setText(self.tr("Check the folder"))
        self.compare.setToolTip(self.tr("Compare the folder with the index now"))
        self.rebuild.setText(self.tr("Rebuild…"))
        self.rebuild.setToolTip(self.tr("Throw the index away and build it anew"))
        self.pause.setToolTip(self.tr("Hold indexing, or let it go on"))
        self._show_activity()

    def changeEvent(self, event: QEvent) -> None:
        """Speak the window's language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)


class _Confirm(QWidget):
    """A question with a button to do it and one to leave it; hidden until it is asked.

    `asking` is emitted with True when the question comes up and with False when it goes.
    """

    asking = Signal(bool)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._action: Callable[[], None] | None = None
        self._question = QLabel(self)
        self._question.setWordWrap(True)
        self.yes = QPushButton(self)
        self.yes.setObjectName("primary")
        self.no = QPushButton(self)
        self.yes.clicked.connect(self._do)
        self.no.clicked.connect(self.hide)
        buttons = QHBoxLayout()
        buttons.setSpacing(Space.S)
        buttons.addWidget(self.yes)
        buttons.addWidget(self.no)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addWidget(self._question)
        column.addLayout(buttons)
        self.hide()

    def ask(self, question: str, yes: str, action: Callable[[], None]) -> None:
        """Ask; `action` is done if the answer is yes."""
        self._action = action
        self._question.setText(question)
        self.yes.setText(yes)
        self.no.setText(self.tr("Cancel"))
        self.show()
        self.no.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """The question comes up."""
        super().showEvent(event)
        self.asking.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """The question goes."""
        super().hideEvent(event)
        self.asking.emit(False)

    def _do(self) -> None:
        self.hide()
        if self._action is not None:
            self._action()

    def changeEvent(self, event: QEvent) -> None:
        """A question in another language is asked again."""
        if event.type() is QEvent.Type.LanguageChange:
            self.hide()
        super().changeEvent(event)

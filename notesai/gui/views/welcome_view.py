"""The first page: which folder the notes are in, what is in it, and go."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from notesai.engine.protocol import Failure
from notesai.gui import explain
from notesai.gui.activity import size_words
from notesai.gui.appearance import Appearance
from notesai.gui.folders import choose_folder, shown_path
from notesai.gui.icons import own_picture
from notesai.gui.sample import sample_notes
from notesai.gui.survey import FolderSurvey, Found
from notesai.gui.theme import Size, Space
from notesai.gui.widgets.card import Card
from notesai.gui.widgets.elided_label import ElidedLabel


class WelcomeView(QWidget):
    """Shown while no folder of notes is known. `chosen` brings the one to open."""

    chosen = Signal(object)

    def __init__(
        self, look: Appearance, survey: FolderSurvey | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._survey = survey or FolderSurvey(parent=self)
        self._folder: Path | None = None
        self._says: Callable[[], str] = str
        self._icon = QLabel(self)
        self._title = _label("title", self)
        self._text = _label("what", self)
        self._promise = _label("faint", self)
        self.folder = ElidedLabel("value", self, Qt.TextElideMode.ElideMiddle)
        self.found = _label("soft", self)
        self.choose = QPushButton(self)
        self.sample = QPushButton(self)
        self.start = QPushButton(self)
        self.start.setObjectName("primary")
        self._lay_out()
        self._connect()
        self._tint()
        self._show()

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(Space.S)
        for button in (self.start, self.choose, self.sample):
            buttons.addWidget(button)
        buttons.addStretch(1)
        card = Card(self)
        card.setFixedWidth(Size.WELCOME)
        card.column.setContentsMargins(*[2 * Space.L] * 4)
        card.column.setSpacing(Space.M)
        for widget in (self._icon, self._title, self._text):
            card.column.addWidget(widget)
        card.column.addSpacing(Space.S)
        card.column.addWidget(self.folder)
        card.column.addWidget(self.found)
        card.column.addSpacing(Space.S)
        card.column.addLayout(buttons)
        card.column.addWidget(self._promise)
        # Not aligned: a layout asks an aligned card for no height that fits its width.
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(card)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.addStretch(2)
        column.addLayout(row)
        column.addStretch(3)

    def _connect(self) -> None:
        self.choose.clicked.connect(self._choose)
        self.sample.clicked.connect(self._try_sample)
        self.start.clicked.connect(self._go)
        self._survey.found.connect(self._found)
        self._survey.failed.connect(self._failed)
        self._look.changed.connect(self._tint)

    def look_at(self, folder: Path) -> None:
        """Say what is in `folder` and offer to open it."""
        self._folder = folder
        self._says = lambda: self.tr("Looking at the folder…")
        self._survey.start(folder)
        self._show()
        self.start.setFocus()

    def stop(self) -> None:
        """Look at nothing any more."""
        self._survey.stop()

    def _choose(self) -> None:
        folder = choose_folder(self)
        if folder is not None:
            self.look_at(folder)

    def _try_sample(self) -> None:
        try:
            self.look_at(sample_notes())
        except OSError as error:
            why = error.strerror or str(error)
            self._says = lambda: self.tr("The sample notes cannot be copied: %1").replace("%1", why)
            self._show()

    def _go(self) -> None:
        if self._folder is not None:
            self._survey.stop()
            self.chosen.emit(self._folder)

    def _found(self, found: Found) -> None:
        self._says = lambda: self._what_is_there(found)
        self._show()

    def _failed(self, failure: Failure) -> None:
        def says() -> str:
            meaning = explain.failure(failure)
            return f"{meaning.what} {meaning.hint}"

        self._says = says
        if failure.code.startswith("vault."):
            self._folder = None
        self._show()

    def _what_is_there(self, found: Found) -> str:
        if not found.notes:
            return self.tr("There are no notes in it yet. Those that come are found by themselves.")
        notes = self.tr("%Ln note(s)", None, found.notes)
        time = self.tr("Words are found within seconds; meaning follows %1, while you work.")
        return f"{notes}, {size_words(found.size)}. {time.replace('%1', self._time(found.seconds))}"

    def _time(self, seconds: float) -> str:
        if seconds < 50:
            return self.tr("within a minute")
        if seconds < 5400:
            return self.tr("in about %Ln minute(s)", None, max(1, round(seconds / 60)))
        return self.tr("in about %Ln hour(s)", None, round(seconds / 3600))

    def _show(self) -> None:
        self.folder.setVisible(self._folder is not None)
        self.folder.setText(shown_path(self._folder or ""))
        self.found.setText(self._says())
        self.found.setVisible(bool(self.found.text()))
        self.start.setVisible(self._folder is not None)
        primary = "" if self._folder is not None else "primary"
        if self.choose.objectName() != primary:
            self.choose.setObjectName(primary)
            self.choose.style().polish(self.choose)
        self._retranslate()

    def _tint(self) -> None:
        ratio = self.devicePixelRatioF()
        self._icon.setPixmap(own_picture(Size.BUTTON_RAIL, ratio))

    def _retranslate(self) -> None:
        self._title.setText(self.tr("Find what you wrote, by what it means"))
        self._text.setText(
            self.tr(
                "Choose the folder that your notes are in: Markdown, Org and plain text, "
                "with all its subfolders."
            )
        )
        self._promise.setText(
            self.tr("Your notes stay where they are and as they are. Nothing leaves this device.")
        )
        self.folder.setAccessibleName(self.tr("The chosen folder"))
        self.start.setText(self.tr("Open these notes"))
        other = self._folder is not None
        self.choose.setText(self.tr("Another folder…") if other else self.tr("Choose a folder…"))
        self.sample.setText(self.tr("Try the sample notes"))

    def changeEvent(self, event: QEvent) -> None:
        """Speak the window's language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.found.setText(self._says())
            self._retranslate()
        super().changeEvent(event)


def _label(name: str, parent: QWidget) -> QLabel:
    label = QLabel(parent)
    label.setObjectName(name)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label

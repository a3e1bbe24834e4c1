"""A line that says what was just done, with a button for what may come next. It goes by itself."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from notesai.gui.theme import Space

_SHOWN_MS = 8000

Say = Callable[[], str]


class NoticeLine(QWidget):
    """Hidden until there is something to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._says: Say = str
        self._offers: Say = str
        self._action: Callable[[], object] | None = None
        self.label = QLabel(self)
        self.label.setObjectName("soft")
        self.label.setWordWrap(True)
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.button = QPushButton(self)
        self.button.setObjectName("quiet")
        self.button.clicked.connect(self._act)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.M, 0, Space.XS, 0)
        row.addWidget(self.label, 1)
        row.addWidget(self.button)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SHOWN_MS)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def say(
        self,
        says: Say,
        offers: Say = str,
        action: Callable[[], object] | None = None,
        *,
        stays: bool = False,
    ) -> None:
        """Say it now and in each language to come; `offers` names the button of `action`.

        A line that `stays` is only replaced by the next one.
        """
        self._says, self._offers, self._action = says, offers, action
        self._show()
        self.show()
        if stays:
            self._timer.stop()
        else:
            self._timer.start()

    def _show(self) -> None:
        self.label.setText(self._says())
        self.setAccessibleName(self.label.text())
        self.button.setText(self._offers())
        self.button.setVisible(self._action is not None)

    def _act(self) -> None:
        self.hide()
        if self._action is not None:
            self._action()

    def changeEvent(self, event: QEvent) -> None:
        """Speak the window's language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._show()
        super().changeEvent(event)

"""A banner for trouble with the engine: what happened, what is safe, what to do."""

from collections.abc import Callable

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from notesai.gui.appearance import Appearance
from notesai.gui.explain import Explanation
from notesai.gui.icons import pixmap
from notesai.gui.theme import Size, Space
from notesai.gui.widgets.icon_button import IconButton


class ErrorBanner(QFrame):
    """Hidden until there is something to say."""

    def __init__(self, look: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._explain: Callable[[], Explanation] | None = None
        self._action: Callable[[], None] | None = None
        self.setObjectName("banner")
        self._icon = QLabel(self)
        self._what = QLabel(self)
        self._hint = QLabel(self)
        self._hint.setObjectName("soft")
        for label in (self._what, self._hint):
            label.setWordWrap(True)
        self.restart = QPushButton(self)
        self.restart.setObjectName("primary")
        self.restart.clicked.connect(self._act)
        self._close = IconButton(look, "close", self)
        self._close.clicked.connect(self.clear)
        self._lay_out()
        look.changed.connect(self._tint)
        self._tint()
        self._retranslate()
        self.hide()

    def _lay_out(self) -> None:
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self._what)
        texts.addWidget(self._hint)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.L, Space.M, Space.S, Space.M)
        row.setSpacing(Space.M)
        row.addWidget(self._icon)
        row.addLayout(texts, 1)
        row.addWidget(self.restart)
        row.addWidget(self._close)

    @property
    def what(self) -> str:
        """The first line."""
        return self._what.text()

    def say(
        self, explain: Callable[[], Explanation], action: Callable[[], None] | None = None
    ) -> None:
        """Say what `explain` answers, in whatever language; offer "Restart" if `action` does it."""
        self._explain, self._action = explain, action
        self._retranslate()
        self.restart.setVisible(action is not None)
        self._close.setVisible(action is None)
        self.show()

    def clear(self) -> None:
        """Say nothing."""
        self._explain = self._action = None
        self.hide()

    def _act(self) -> None:
        action = self._action
        self.clear()
        if action is not None:
            action()

    def _tint(self) -> None:
        ratio = self.devicePixelRatioF()
        self._icon.setPixmap(pixmap("warning", self._look.tokens.warn, Size.ICON_RAIL, ratio))

    def _retranslate(self) -> None:
        self.restart.setText(self.tr("Restart"))
        self._close.name_it(self.tr("Close"))
        if self._explain is not None:
            meaning = self._explain()
            self._what.setText(meaning.what)
            self._hint.setText(meaning.hint)
            self._hint.setVisible(bool(meaning.hint))

    def changeEvent(self, event: QEvent) -> None:
        """Speak the window's language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

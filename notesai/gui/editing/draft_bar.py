"""The line that offers unsaved text again."""

from PySide6.QtCore import QDateTime, QEvent, QLocale, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from notesai.gui.editing.drafts import Draft
from notesai.gui.theme import Space
from notesai.gui.widgets.elided_label import ElidedLabel


class DraftBar(QFrame):
    """Shown where there is a draft: go on with it, or throw it away. Both bring its path."""

    continue_wanted = Signal(str)
    discard_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft: Draft | None = None
        self._elsewhere = False
        self.setObjectName("banner")
        self._what = ElidedLabel("soft", self)
        self.go_on = QPushButton(self)
        self.discard = QPushButton(self)
        self.discard.setObjectName("quiet")
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.M, Space.XS, Space.S, Space.XS)
        row.addWidget(self._what, 1)
        row.addWidget(self.discard)
        row.addWidget(self.go_on)
        self.go_on.clicked.connect(lambda: self.continue_wanted.emit(self._path))
        self.discard.clicked.connect(lambda: self.discard_wanted.emit(self._path))
        self._retranslate()
        self.hide()

    @property
    def _path(self) -> str:
        return self._draft.path if self._draft is not None else ""

    def offer(self, draft: Draft | None, *, elsewhere: bool = False) -> None:
        """Offer `draft`, or nothing; `elsewhere` if it is that of another note than is shown."""
        self._draft, self._elsewhere = draft, elsewhere
        self.setVisible(draft is not None)
        self._retranslate()

    def _retranslate(self) -> None:
        self.go_on.setText(self.tr("Go on writing"))
        self.discard.setText(self.tr("Discard"))
        if self._draft is not None:
            then = QDateTime.fromSecsSinceEpoch(int(self._draft.kept_at))
            when = QLocale().toString(then, QLocale.FormatType.ShortFormat)
            text = self.tr("Unsaved text from %1 is kept.")
            if self._elsewhere:
                text = self.tr("Unsaved text of “%2” from %1 is kept.").replace("%2", self._path)
            self._what.setText(text.replace("%1", when))

    def changeEvent(self, event: QEvent) -> None:
        """Speak the window's language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

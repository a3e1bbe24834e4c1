"""The last line of quick search: what was found, and the keys."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from notesai.gui.theme import Size, Space
from notesai.gui.widgets.elided_label import ElidedLabel


class Footer(QWidget):
    """Words at the left; at the right each key in a box of its own, with what it does."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(Size.QUICK_FOOT)
        self.words = ElidedLabel("faint", self)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(Space.CARD, 0, Space.L, 0)
        self._row.setSpacing(Space.S)
        self._row.addWidget(self.words, 1)
        self._hints = {
            name: self._hint(keys)
            for name, keys in (
                ("open", "Return"),
                ("edit", "Ctrl+Return"),
                ("ask", "Tab"),
                ("hide", "Esc"),
            )
        }
        self._retranslate()

    def _hint(self, keys: str) -> QLabel:
        native = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
        key = QLabel(native.replace("Return", "Enter"), self)
        key.setObjectName("key")
        key.setFixedHeight(Size.KEY)
        does = QLabel(self)
        does.setObjectName("faint")
        self._row.addSpacing(Space.S)
        self._row.addWidget(key, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.addWidget(does, 0, Qt.AlignmentFlag.AlignVCenter)
        return does

    def _retranslate(self) -> None:
        self._hints["open"].setText(self.tr("Open"))
        self._hints["edit"].setText(self.tr("Your editor"))
        self._hints["ask"].setText(self.tr("Ask"))
        self._hints["hide"].setText(self.tr("Close"))

    def changeEvent(self, event: QEvent) -> None:
        """Speak the window's language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

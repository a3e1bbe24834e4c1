"""The text of a licence, to be read."""

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget

from notesai.gui.theme import Size, Space


class LicenceDialog(QDialog):
    """Shows the licences of one part, one after the other."""

    def __init__(self, name: str, texts: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(name)
        self.resize(Size.WINDOW[0] // 2, Size.WINDOW[1] * 2 // 3)
        self.text = QPlainTextEdit(self)
        self.text.setReadOnly(True)
        self.text.setAccessibleName(self.tr("Licence of %1").replace("%1", name))
        self.text.setPlainText("\n\n\n".join(texts))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.XL, Space.XL, Space.L)
        column.setSpacing(Space.L)
        column.addWidget(self.text)
        column.addWidget(buttons)

"""The page of the folders of notes: which are known, and what in them is left out."""

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from notesai.gui.folders import shown_path
from notesai.gui.preferences import Preferences
from notesai.gui.settings.reasons import why_not
from notesai.gui.settings.section import Field, Section, row_of
from notesai.gui.theme import Size, Space
from notesai.settings import problem

_ROWS = 4
_PAUSE_MS = 800
_VAULT = Qt.ItemDataRole.UserRole


class VaultsSection(Section):
    """Known folders, ignored patterns, the size limit.

    `vault_wanted` brings a folder to open, `folder_wanted` asks for another one. `rules_changed` is
    emitted when something else is a note now.
    """

    vault_wanted = Signal(object)
    folder_wanted = Signal()
    rules_changed = Signal()

    def __init__(self, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self.vaults = QListWidget(self)
        self.vaults.setObjectName("entry")
        self.vaults.setFrameShape(QFrame.Shape.NoFrame)
        self.vaults.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.vaults.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.vaults.setFixedHeight(_ROWS * Size.ROW + Space.S)
        self.open = QPushButton(self)
        self.forget = QPushButton(self)
        self.add_vault = QPushButton(self)
        self.ignore = QPlainTextEdit(self)
        self.ignore.setObjectName("entry")
        self.ignore.setTabChangesFocus(True)
        self.ignore.setFixedHeight(_ROWS * Size.READING_LINE + 2 * Space.S)
        self.largest = QLineEdit(self)
        self.largest.setObjectName("entry")
        self.largest.setFixedWidth(Size.LABELS)
        self._vaults = Field(self.vaults, self)
        self._ignore, self._largest = Field(self.ignore, self), Field(self.largest, self)
        self.add(self._vaults)
        self.body.addSpacing(-Space.M)
        self.add(row_of(self.add_vault, self.open, self.forget), self._ignore, self._largest)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_PAUSE_MS)
        self._connect()
        self.refresh()
        self.retranslate()

    def _connect(self) -> None:
        self.add_vault.clicked.connect(self.folder_wanted)
        self.open.clicked.connect(self._open)
        self.forget.clicked.connect(self._forget)
        self.vaults.itemActivated.connect(self._open)
        self.vaults.currentRowChanged.connect(self._enable)
        self.ignore.textChanged.connect(self._soon.start)
        self._soon.timeout.connect(self._save_ignored)
        self.largest.editingFinished.connect(self._save_largest)
        self._preferences.changed.connect(self._changed)

    def refresh(self) -> None:
        """Show what is set."""
        now = self._preferences.now
        current = self.vaults.currentRow()
        self.vaults.clear()
        for name in now.vaults:
            item = QListWidgetItem(shown_path(name))
            item.setData(_VAULT, name)
            item.setToolTip(shown_path(name))
            font = item.font()
            font.setBold(name == now.last_vault)
            item.setFont(font)
            self.vaults.addItem(item)
        self.vaults.setCurrentRow(min(max(0, current), self.vaults.count() - 1))
        if not self._soon.isActive() and self._patterns() != now.ignore:
            self.ignore.blockSignals(True)
            self.ignore.setPlainText("\n".join(now.ignore))
            self.ignore.blockSignals(False)
        if not self.largest.isModified():
            self.largest.setText(str(now.max_note_mib))
        self._enable()

    def _changed(self, name: str) -> None:
        self.refresh()
        if name in {"ignore", "max_note_mib"}:
            self.rules_changed.emit()

    def _chosen(self) -> Path | None:
        item = self.vaults.currentItem()
        return Path(item.data(_VAULT)) if self.vaults.currentRow() >= 0 else None

    def _enable(self) -> None:
        chosen = self._chosen()
        is_open = chosen is not None and str(chosen) == self._preferences.now.last_vault
        # The one that is open stays known: it will be opened next time.
        for button in (self.open, self.forget):
            button.setEnabled(chosen is not None and not is_open)

    def _open(self) -> None:
        vault = self._chosen()
        if vault is not None:
            self.vault_wanted.emit(vault)

    def _forget(self) -> None:
        vault = self._chosen()
        if vault is not None:
            self._preferences.forget(vault)

    def _patterns(self) -> list[str]:
        return [line for line in self.ignore.toPlainText().splitlines() if line.strip()]

    def _save_ignored(self) -> None:
        patterns = self._patterns()
        why = self._preferences.change("ignore", patterns)
        self._ignore.say(lambda: why_not(why))

    def _save_largest(self) -> None:
        text = self.largest.text().strip()
        value: object = int(text) if text.isascii() and text.isdigit() and len(text) < 9 else text
        why = problem("max_note_mib", value)
        self._largest.say(lambda: why_not(why))
        self.largest.setModified(bool(why))
        if not why:
            self._preferences.change("max_note_mib", value)

    def retranslate(self) -> None:
        """Say all texts in the window's language."""
        self.heading.setText(self.tr("Notes"))
        self._vaults.name_it(self.tr("Folders of notes"))
        self.open.setText(self.tr("Open"))
        self.forget.setText(self.tr("Forget"))
        self.forget.setToolTip(self.tr("Take it off this list; nothing is deleted"))
        self.add_vault.setText(self.tr("Add a folder…"))
        self._ignore.name_it(
            self.tr("Left out"),
            self.tr("One pattern a line, as in .gitignore: drafts/, *.pdf."),
        )
        self._largest.name_it(
            self.tr("Largest note, in MiB"), self.tr("Larger files are skipped, and listed so.")
        )

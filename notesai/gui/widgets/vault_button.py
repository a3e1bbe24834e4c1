"""The button at the foot of the rail that opens another folder of notes."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from notesai.gui import shortcuts
from notesai.gui.appearance import Appearance
from notesai.gui.folders import shown_name, shown_path
from notesai.gui.widgets.icon_button import IconButton

Known = Callable[[], tuple[Path, list[Path]]]
"""Answers which folder is open, and all that are known."""


class VaultButton(IconButton):
    """Shows the known folders. `picked` brings one of them, `folder_wanted` asks for another."""

    picked = Signal(object)
    folder_wanted = Signal()

    def __init__(self, look: Appearance, known: Known, parent: QWidget | None = None) -> None:
        super().__init__(look, "vaults", parent, kind="rail")
        self._known = known
        self.clicked.connect(self._show_menu)
        self._retranslate()

    def _show_menu(self) -> None:
        menu = self.make_menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.mapToGlobal(QPoint(self.width(), self.height() - menu.sizeHint().height())))

    def make_menu(self) -> QMenu:
        """The menu as it is now."""
        menu = QMenu(self)
        group = QActionGroup(menu)
        current, known = self._known()
        for vault in known:
            action = QAction(shown_name(vault).replace("&", "&&"), menu)
            action.setToolTip(shown_path(vault))
            action.setCheckable(True)
            action.setChecked(vault == current)
            action.triggered.connect(lambda _=False, vault=vault: self.picked.emit(vault))
            group.addAction(action)
            menu.addAction(action)
        if known:
            menu.addSeparator()
        other = menu.addAction(self.tr("Open a folder…"))
        other.triggered.connect(self.folder_wanted)
        menu.setToolTipsVisible(True)
        return menu

    def _retranslate(self) -> None:
        self.name_it(self.tr("Folders of notes"), shortcuts.keys_of("vault"))

    def changeEvent(self, event: QEvent) -> None:
        """Speak the window's language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

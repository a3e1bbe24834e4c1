"""The icon in the tray: what notesai is doing, and the ways in and out."""

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenu, QSystemTrayIcon

from notesai.gui import icons
from notesai.gui.activity import Activity, sentence
from notesai.gui.desktop.hotkey.hotkey import Hotkey


class Tray(QObject):
    """Icon, tooltip and menu. Signals tell what the person asked for."""

    open_wanted = Signal()
    quick_wanted = Signal()
    quit_wanted = Signal()

    def __init__(self, activity: Activity, hotkey: Hotkey, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._activity, self._hotkey = activity, hotkey
        self.menu = QMenu()
        self.icon = QSystemTrayIcon(icons.application_icon(), self)
        self.state = self._entry(None)
        self.state.setEnabled(False)
        self.menu.addSeparator()
        self.open = self._entry(self.open_wanted.emit)
        self.quick = self._entry(self.quick_wanted.emit)
        self.pause = self._entry(activity.toggle_pause)
        self.menu.addSeparator()
        self.quit = self._entry(self.quit_wanted.emit)
        self.menu.setDefaultAction(self.open)
        self.icon.setContextMenu(self.menu)
        self.icon.activated.connect(self._activated)
        self.icon.messageClicked.connect(self.open_wanted)
        activity.changed.connect(self._show_activity)
        hotkey.changed.connect(self._retranslate)
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(self)
        self._retranslate()

    @staticmethod
    def available() -> bool:
        """True if this desktop has a tray."""
        return QSystemTrayIcon.isSystemTrayAvailable()

    def show(self) -> None:
        """Put the icon into the tray."""
        self.icon.show()

    def close(self) -> None:
        """Take the icon out of the tray."""
        self.icon.hide()
        self.menu.deleteLater()

    def say(self, title: str, text: str) -> None:
        """Show a passing message at the tray."""
        self.icon.showMessage(title, text, icons.application_icon())

    def _entry(self, action: object) -> QAction:
        entry = QAction(self.menu)
        if callable(action):
            entry.triggered.connect(lambda: action())
        self.menu.addAction(entry)
        return entry

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason in {
            QSystemTrayIcon.ActivationReason.Trigger,
            QSystemTrayIcon.ActivationReason.DoubleClick,
        }:
            self.open_wanted.emit()

    def _show_activity(self) -> None:
        words = self._activity.words()
        progress = self._activity.progress
        if progress is not None and progress.total > 0:
            share = 100 * progress.done // progress.total
            words = f"{words} · {share} %"
        self.state.setText(sentence(words))
        self.icon.setToolTip(f"notesai – {words}")
        paused = self._activity.paused
        self.pause.setText(self.tr("Resume indexing") if paused else self.tr("Pause indexing"))
        self.pause.setEnabled(self._activity.can_pause)

    def _retranslate(self) -> None:
        self.open.setText(self.tr("Open notesai"))
        quick = self.tr("Quick search")
        keys = self._hotkey.description
        self.quick.setText(f"{quick}\t{keys}" if keys else quick)
        self.quit.setText(self.tr("Quit"))
        self._show_activity()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Speak the window's language: an object that is no widget is not told of it."""
        if event.type() is QEvent.Type.LanguageChange and watched is QApplication.instance():
            self._retranslate()
        return False

"""Which appearance is shown: light or dark, following the system or the person's choice."""

from enum import StrEnum

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from notesai.gui import stylesheet
from notesai.gui.theme import DARK, LIGHT, Size, Tokens, font


class Choice(StrEnum):
    """Which appearance the person wants."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Appearance(QObject):
    """Keeps the application in one appearance; `changed` is emitted when it becomes another."""

    changed = Signal()

    def __init__(self, app: QApplication, choice: str = Choice.SYSTEM) -> None:
        super().__init__(app)
        self._app = app
        self._choice = _choice(choice)
        self._dark = self._wants_dark()
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow)
        app.setStyle("Fusion")
        app.setFont(font(Size.BASE))
        self._apply()

    @property
    def dark(self) -> bool:
        """True while the dark appearance is shown."""
        return self._dark

    @property
    def tokens(self) -> Tokens:
        """The colours in use."""
        return DARK if self._dark else LIGHT

    def choose(self, choice: str) -> None:
        """Show `choice` ("system", "light" or "dark") from now on."""
        self._choice = _choice(choice)
        self._follow()

    def colour(self, name: str) -> QColor:
        """The token `name` as a colour. Raises `AttributeError` if there is none."""
        return QColor(getattr(self.tokens, name))

    def _wants_dark(self) -> bool:
        if self._choice is not Choice.SYSTEM:
            return self._choice is Choice.DARK
        return QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark

    def _follow(self) -> None:
        if self._wants_dark() != self._dark:
            self._dark = not self._dark
            self._apply()
            self.changed.emit()

    def _apply(self) -> None:
        self._app.setPalette(_palette(self.tokens))
        self._app.setStyleSheet(stylesheet.window(self.tokens))


def _choice(name: str) -> Choice:
    try:
        return Choice(name)
    except ValueError:
        return Choice.SYSTEM


def _palette(tokens: Tokens) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for name, colour in (
        (role.Window, tokens.background),
        (role.WindowText, tokens.text),
        (role.Base, tokens.surface),
        (role.AlternateBase, tokens.background),
        (role.Text, tokens.text),
        (role.Button, tokens.surface),
        (role.ButtonText, tokens.text),
        (role.PlaceholderText, tokens.faint),
        (role.Highlight, tokens.link),
        (role.HighlightedText, tokens.on_accent),
        (role.Link, tokens.link),
        (role.LinkVisited, tokens.link),
        (role.ToolTipBase, tokens.raised),
        (role.ToolTipText, tokens.text),
        (role.Mid, tokens.line),
    ):
        palette.setColor(name, QColor(colour))
    for name in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, QColor(tokens.faint))
    return palette

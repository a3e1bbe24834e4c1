"""The page of appearance and language; both change at once."""

import functools

from PySide6.QtWidgets import QWidget

from notesai.gui.preferences import Preferences
from notesai.gui.settings.section import Choice, Field, Section
from notesai.settings import LANGUAGES, THEMES


class LookSection(Section):
    """Language and theme."""

    def __init__(self, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self.language = Choice(LANGUAGES, self)
        self.theme = Choice(THEMES, self)
        self._language, self._theme = Field(self.language, self), Field(self.theme, self)
        self.add(self._language, self._theme)
        self.language.chosen.connect(functools.partial(preferences.change, "language"))
        self.theme.chosen.connect(functools.partial(preferences.change, "theme"))
        preferences.changed.connect(self.refresh)
        self.refresh()
        self.retranslate()

    def refresh(self) -> None:
        """Show what is set."""
        self.language.show_value(self._preferences.now.language)
        self.theme.show_value(self._preferences.now.theme)

    def retranslate(self) -> None:
        """Say all texts in the window's language. A language is called by its own name."""
        self.heading.setText(self.tr("Appearance and language"))
        system = self.tr("As the system")
        self._language.name_it(self.tr("Language"))
        self.language.name_values((system, "English", "한국어"))
        self._theme.name_it(self.tr("Appearance"))
        self.theme.name_values((system, self.tr("Light"), self.tr("Dark")))

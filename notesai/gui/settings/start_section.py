"""The page of starting with the session, and of what is done on battery."""

import functools

from PySide6.QtWidgets import QWidget

from notesai.gui.preferences import Preferences
from notesai.gui.settings.desktop import LoginEntry
from notesai.gui.settings.section import ON, SWITCH, Choice, Field, Section
from notesai.settings import POWER


class StartSection(Section):
    """Start at login, and power."""

    def __init__(
        self,
        preferences: Preferences,
        login: LoginEntry | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._preferences, self._entry = preferences, login
        self.login = Choice(SWITCH, self)
        self.login_field = Field(self.login, self)
        self.login_field.setVisible(login is not None)
        self.power = Choice(POWER, self)
        self._power = Field(self.power, self)
        self.add(self.login_field, self._power)
        self.login.chosen.connect(self._set_login)
        self.power.chosen.connect(functools.partial(preferences.change, "power"))
        preferences.changed.connect(self.refresh)
        self.refresh()
        self.retranslate()

    def refresh(self) -> None:
        """Show what is set; whether we are started at login is the system's word."""
        self.power.show_value(self._preferences.now.power)
        if self._entry is not None:
            self.login.show_value(_word(self._entry.enabled()))

    def _set_login(self, value: str) -> None:
        if self._entry is None:
            return
        try:
            if value == ON:
                self._entry.enable()
            else:
                self._entry.disable()
        except OSError as error:
            why = error.strerror or str(error)
            self.login_field.say(
                lambda: self.tr("This could not be changed: %1").replace("%1", why)
            )
        else:
            self._preferences.change("start_at_login", value == ON)
            self.login_field.say(str)
        self.login.show_value(_word(self._entry.enabled()))

    def retranslate(self) -> None:
        """Say all texts in the window's language."""
        self.heading.setText(self.tr("Start and power"))
        self.login.name_values((self.tr("On"), self.tr("Off")))
        self.login_field.name_it(
            self.tr("Start notesai when I log in"),
            self.tr("It waits in the background, ready for the quick search."),
        )
        self._power.name_it(
            self.tr("On battery"),
            self.tr(
                "How much of the processor finding by meaning may use for new notes. Words are "
                "always kept up to date."
            ),
        )
        self.power.name_values(
            (self.tr("All of it"), self.tr("Half"), self.tr("Wait until plugged in"))
        )


def _word(on: bool) -> str:
    return SWITCH[0 if on else 1]

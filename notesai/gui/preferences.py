"""The settings as the window has them: every change is saved at once and told to all."""

import logging
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, Signal

from notesai import settings
from notesai.gui.appearance import Appearance
from notesai.gui.i18n import Language
from notesai.settings import Loaded, Settings

log = logging.getLogger(__name__)


class Preferences(QObject):
    """One file of settings. `changed` brings the name of each field that has another value now.

    `failed` brings the reason when a change could not be written; then it counts until the end of
    this session.
    """

    changed = Signal(str)
    failed = Signal(str)

    def __init__(self, file: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._file = file
        self._loaded = settings.read(file)
        self._now = self._loaded.settings
        if self._loaded.broken:
            settings.set_aside(file)

    @property
    def now(self) -> Settings:
        """The settings as they are; to be changed by `change` alone."""
        return self._now

    @property
    def loaded(self) -> Loaded:
        """What was in the file at the start, and what was wrong with it."""
        return self._loaded

    @property
    def file(self) -> Path:
        """Where the settings are kept."""
        return self._file

    def change(self, name: str, value: object) -> str:
        """Set one field and save; or why it cannot be that, in the words of `settings.problem`."""
        why = settings.problem(name, value)
        if not why and getattr(self._now, name) != value:
            fresh = self._fresh()
            setattr(fresh, name, value)
            self._take(fresh)
        return why

    def remember(self, vault: Path) -> None:
        """Open `vault` next time."""
        if self._now.last_vault != str(vault) or self._now.vaults[:1] != [str(vault)]:
            fresh = self._fresh()
            fresh.remember(vault)
            self._take(fresh)

    def forget(self, vault: Path) -> None:
        """Know `vault` no more. Its notes and its index stay where they are."""
        fresh = self._fresh()
        fresh.forget(vault)
        self._take(fresh)

    def _fresh(self) -> Settings:
        """What is in the file now, for the command line writes there too."""
        loaded = settings.read(self._file)
        return self._now_copy() if loaded.unreadable else loaded.settings

    def _now_copy(self) -> Settings:
        return msgspec.convert(msgspec.to_builtins(self._now), Settings)

    def _take(self, fresh: Settings) -> None:
        before, self._now = self._now, fresh
        try:
            settings.save(fresh, self._file)
        except OSError as error:
            log.warning("the settings could not be saved: %s", error)
            self.failed.emit(error.strerror or str(error))
        for field in msgspec.structs.fields(Settings):
            if getattr(before, field.name) != getattr(fresh, field.name):
                self.changed.emit(field.name)


def follow(preferences: Preferences, look: Appearance, language: Language) -> None:
    """Have the window look and speak as the settings say, from now on."""

    def changed(name: str) -> None:
        if name == "theme":
            look.choose(preferences.now.theme)
        elif name == "language":
            language.choose(preferences.now.language)

    preferences.changed.connect(changed)

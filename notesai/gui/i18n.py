"""The language of the window: Korean or English, following the system or the person's choice.

Texts are written in English in the code and translated by Qt Linguist files (`.ts`, compiled to
`.qm`) in `resources/translations`. English has one too, for its plurals. Widgets put their texts
anew in `changeEvent` when Qt sends `LanguageChange`, so switching needs no restart.
"""

import logging
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator

from notesai.paths import resources

log = logging.getLogger(__name__)

LANGUAGES = ("en", "ko")


class Language(QObject):
    """Keeps the application in one language."""

    def __init__(self, app: QCoreApplication, choice: str = "system") -> None:
        super().__init__(app)
        self._app = app
        self._installed: list[QTranslator] = []
        self._code = ""
        self.choose(choice)

    @property
    def code(self) -> str:
        """The language in use: "en" or "ko"."""
        return self._code

    def choose(self, choice: str) -> None:
        """Speak `choice` ("system", "en" or "ko") from now on; anything else means the system's."""
        code = choice if choice in LANGUAGES else system_language()
        if code == self._code:
            return
        QLocale.setDefault(locale(code))
        self.forget()
        self._code = code
        self._installed = [
            translator
            for file in (_qt_file(code), translations() / f"notesai_{code}.qm")
            if (translator := self._load(file)) is not None
        ]

    def forget(self) -> None:
        """Speak the language that the texts are written in."""
        for translator in self._installed:
            self._app.removeTranslator(translator)
        self._installed, self._code = [], ""

    def _load(self, file: Path) -> QTranslator | None:
        translator = QTranslator(self)
        if not translator.load(str(file)):
            log.warning("no translation at %s", file)
            return None
        self._app.installTranslator(translator)
        return translator


def translations() -> Path:
    """The folder of the translation files."""
    return resources() / "translations"


def locale(code: str) -> QLocale:
    """How numbers and dates are written in the language `code`."""
    if code == "ko":
        return QLocale(QLocale.Language.Korean, QLocale.Country.SouthKorea)
    return QLocale(QLocale.Language.English)


def system_language() -> str:
    """The first of the system's display languages that the window speaks, else English."""
    for name in QLocale.system().uiLanguages():
        code = name.replace("_", "-").split("-")[0].lower()
        if code in LANGUAGES:
            return code
    return "en"


def spoken() -> str:
    """The language that is spoken now: "en" or "ko"."""
    return "ko" if QLocale().language() is QLocale.Language.Korean else "en"


def number(value: int) -> str:
    """A count with the language's group separators: "12,480"."""
    return QLocale().toString(value)


def _qt_file(code: str) -> Path:
    """Qt's own texts: the menu of a text field and the like."""
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    return Path(folder) / f"qtbase_{code}.qm"

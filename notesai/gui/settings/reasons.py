"""Why a value cannot be a setting, in the window's language."""

from PySide6.QtCore import QCoreApplication

from notesai.gui.i18n import number
from notesai.settings import LARGEST_NOTE_MIB

translate = QCoreApplication.translate


def why_not(code: str) -> str:
    """The words for a code of `settings.problem`; nothing for none."""
    match code:
        case "":
            return ""
        case "small" | "large" | "type":
            return translate("SettingReasons", "Not a number from 1 to %1.").replace(
                "%1", number(LARGEST_NOTE_MIB)
            )
        case "characters":
            return translate("SettingReasons", "It has a character that cannot be kept.")
        case _:
            return translate("SettingReasons", "This cannot be used.")

"""What a person is told of a query that does other than it seems to ask for."""

from PySide6.QtCore import QCoreApplication

from notesai.model import Misread, Trap

translate = QCoreApplication.translate


def told(part: Misread) -> str:
    """One or two sentences on a part of a query, in the language of the window."""
    what = _what(part.trap).replace("%1", part.part)
    if not part.meant:
        return what
    asked = translate("Misread", "Did you mean %1?")
    return f"{what} {asked.replace('%1', part.meant)}"


def _what(trap: Trap) -> str:
    match trap:
        case Trap.NO_FILTER:
            return translate(
                "Misread", "%1: there is no such filter; it was searched for as words."
            )
        case Trap.NO_DAY:
            return translate(
                "Misread",
                "%1: no day; it was searched for as words. Write 2026-01-31, 2026-01 or today.",
            )
        case Trap.NO_LANGUAGE:
            return translate(
                "Misread",
                "%1: no language; it was searched for as words. There are ko, en, ja and zh.",
            )
        case Trap.NO_TAG:
            return translate("Misread", "%1: no note has this tag.")
        case Trap.NO_PATH:
            return translate("Misread", "%1: no note lies there.")
        case Trap.CONTRADICTION:
            return translate("Misread", "%1: no note can be both.")

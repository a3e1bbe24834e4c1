"""What the window finds out by itself: an engine that is gone, settings that cannot be kept."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from notesai.gui.engine_process import EngineExit, ExitKind
from notesai.gui.explain.explanation import Explanation

translate = QCoreApplication.translate


def engine_gone(end: EngineExit) -> Explanation:
    """What it means that the engine does not come back by itself."""
    safe = translate(
        "Explain", "Your notes are safe, and so is the index. Restart it to search again."
    )
    match end.kind:
        case ExitKind.MISSING:
            what = translate("Explain", "The part of notesai that searches could not be started.")
            safe = translate(
                "Explain", "Your notes are safe. Install notesai again if a restart does not help."
            )
        case ExitKind.KILLED:
            what = translate("Explain", "The part of notesai that searches was ended from outside.")
        case _:
            what = translate(
                "Explain", "The part of notesai that searches has crashed several times."
            )
    return Explanation(what, safe)


def broken_settings(unusable: Sequence[str]) -> Explanation:
    """Some settings, or all where none is named, could not be read."""
    if unusable:
        what = translate("Explain", "Some settings could not be used: %1.")
        what = what.replace("%1", ", ".join(unusable))
    else:
        what = translate("Explain", "The file of your settings could not be read.")
    hint = translate(
        "Explain",
        "The usual values are used instead. What was there is kept in settings.broken.toml.",
    )
    return Explanation(what, hint)


def unsaved_settings(why: str) -> Explanation:
    """A change of the settings could not be written."""
    what = translate("Explain", "The settings could not be saved: %1.").replace("%1", why)
    return Explanation(what, translate("Explain", "They count until notesai is closed."))

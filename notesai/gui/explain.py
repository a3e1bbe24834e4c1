"""What a failure means, in the window's language: what happened, what is safe, what to do.

Errors travel as a stable code with English texts. Codes known here are translated; of any other
the engine's own words are shown, which say as much.
"""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from notesai.engine.protocol import EngineState, Failure
from notesai.gui.engine_process import EngineExit, ExitKind

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Explanation:
    """`what` happened, and a `hint`: what is safe and what to do."""

    what: str
    hint: str


def failure(error: Failure | EngineState) -> Explanation:
    """What a failed request or a failed start of the engine means."""
    return _known(error.code) or Explanation(error.message or error.code, error.hint)


def reason(text: str) -> str:
    """Why a note is not in the index: translated if it is a code known here, else as it came."""
    known = _known(text)
    return known.what if known is not None else text


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


def _known(code: str) -> Explanation | None:
    match code:
        case "engine.gone" | "engine.garbled":
            return Explanation(
                translate("Explain", "The part of notesai that searches did not answer."),
                translate("Explain", "Your notes are safe. Try again in a moment."),
            )
        case "vault.missing":
            return Explanation(
                translate("Explain", "The folder of notes is not there."),
                translate(
                    "Explain",
                    "The index is kept. Connect the drive or put the folder back, then try again.",
                ),
            )
        case _:
            return None

"""What a failure means, in the window's language: what happened, what is safe, what to do.

Errors travel as a stable code with English texts that suit a terminal. Codes known here are put
in words that suit a window; of any other the engine's own words are shown, which say as much.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from notesai.engine.protocol import EngineState, Failure
from notesai.gui.engine_process import EngineExit, ExitKind

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Explanation:
    """`what` happened, and a `hint`: what is safe and what to do."""

    what: str
    hint: str = ""


def failure(error: Failure | EngineState) -> Explanation:
    """What a failed request, a failed start or trouble of the engine means."""
    explain = _AREAS.get(error.code.partition(".")[0])
    known = explain(error.code) if explain is not None else None
    return known or Explanation(error.message or error.code, error.hint)


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


def _engine(code: str) -> Explanation:
    return Explanation(
        translate("Explain", "The part of notesai that searches did not answer."),
        translate("Explain", "Your notes are safe. Try again in a moment."),
    )


def _vault(code: str) -> Explanation | None:
    match code:
        case "vault.missing" | "vault.not_a_folder":
            return Explanation(
                translate("Explain", "The folder of notes is not there."),
                translate(
                    "Explain", "The index is kept. Connect the drive or put the folder back."
                ),
            )
        case "vault.no_permission":
            return Explanation(
                translate("Explain", "The folder of notes may not be read."),
                translate(
                    "Explain", "Nothing is lost. Allow notesai to read it in the system's settings."
                ),
            )
        case "vault.emptied":
            return Explanation(
                translate("Explain", "The folder of notes is suddenly empty."),
                translate(
                    "Explain",
                    "The index is kept. Connect the drive; or rebuild if you emptied the folder.",
                ),
            )
        case _:
            return None


def _index(code: str) -> Explanation | None:
    match code:
        case "index.disk_full":
            return Explanation(
                translate("Explain", "The disk that holds the index is full."),
                translate("Explain", "Your notes are safe. Free some space and try again."),
            )
        case "index.corrupt":
            return Explanation(
                translate("Explain", "The index is damaged."),
                translate("Explain", "Your notes are safe. Rebuild the index in the status view."),
            )
        case "index.newer":
            return Explanation(
                translate("Explain", "This index was made by a newer notesai."),
                translate("Explain", "Your notes are safe. Update notesai, or rebuild the index."),
            )
        case "index.no_permission":
            return Explanation(
                translate("Explain", "The index may not be written."),
                translate("Explain", "Your notes are safe. Check the rights of its folder."),
            )
        case "index.closed":
            return Explanation(
                translate("Explain", "The index is not open."),
                translate("Explain", "Your notes are safe. Try again in a moment."),
            )
        case _:
            return None


def _note(code: str) -> Explanation | None:
    match code:
        case "note.gone" | "note.unknown":
            return Explanation(
                translate("Explain", "This note is not there any more."),
                translate("Explain", "It may have been moved or deleted."),
            )
        case "note.undecodable":
            return Explanation(
                translate("Explain", "This file cannot be read as text."),
                translate("Explain", "The file is unchanged. Save it as UTF-8 to have it indexed."),
            )
        case _:
            return None


def _save(code: str) -> Explanation | None:
    """A note that could not be saved. The text is in the editor, and kept as a draft."""
    kept = translate("Explain", "Your text stays here.")
    match code.removeprefix("save."):
        case "disk_full":
            what = translate("Explain", "Not saved: the disk is full.")
            more = translate("Explain", "Free some space and save again.")
            return Explanation(what, f"{kept} {more}")
        case "read_only":
            what = translate("Explain", "Not saved: the file is read-only.")
        case "no_permission":
            what = translate("Explain", "Not saved: the folder may not be written.")
        case "folder_gone":
            what = translate("Explain", "Not saved: the folder is not there.")
            more = translate("Explain", "Connect the drive or put the folder back.")
            return Explanation(what, f"{kept} {more}")
        case "gone":
            what = translate("Explain", "Not saved: the file was moved or deleted.")
            more = translate("Explain", "Save again to write it anew.")
            return Explanation(what, f"{kept} {more}")
        case "exists":
            what = translate("Explain", "Not saved: there is another file of this name.")
        case "outside":
            what = translate("Explain", "Not saved: it leads out of the folder of notes.")
        case "not_text":
            what = translate("Explain", "Not saved: some characters are no text.")
        case _:
            return None
    return Explanation(what, kept)


def _model(code: str) -> Explanation:
    return Explanation(
        translate("Explain", "The model that finds by meaning cannot be used."),
        translate(
            "Explain", "Your notes are safe. Install notesai again if a restart does not help."
        ),
    )


def _reranker(code: str) -> Explanation:
    return Explanation(
        translate("Explain", "The model that puts results in order cannot be used."),
        translate(
            "Explain",
            "Search goes on without it. “notesai models” adds it again or switches it off.",
        ),
    )


_AREAS: dict[str, Callable[[str], Explanation | None]] = {
    "engine": _engine,
    "vault": _vault,
    "index": _index,
    "note": _note,
    "save": _save,
    "model": _model,
    "reranker": _reranker,
}

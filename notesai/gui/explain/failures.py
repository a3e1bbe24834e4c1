"""What the engine reports, by the code of the error."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from notesai.engine.protocol import EngineState, Failure
from notesai.gui.explain.answers import explain_chat_model, explain_question
from notesai.gui.explain.documents import explain_document
from notesai.gui.explain.explanation import Explanation
from notesai.gui.explain.hub import explain_hub
from notesai.gui.explain.index import explain_index
from notesai.gui.explain.maps import explain_cluster, explain_map
from notesai.gui.explain.models import explain_model, explain_reranker, explain_switch
from notesai.gui.explain.saving import explain_saving

translate = QCoreApplication.translate


def failure(error: Failure | EngineState) -> Explanation:
    """What a failed request, a failed start or trouble of the engine means."""
    explain = _AREAS.get(error.code.partition(".")[0])
    known = explain(error.code) if explain is not None else None
    return known or Explanation(error.message or error.code, error.hint)


def _engine(code: str) -> Explanation:
    return Explanation(
        translate("Explain", "The part of notesai that searches did not answer."),
        translate("Explain", "Your notes are safe. Try again in a moment."),
    )


def _machine(code: str) -> Explanation:
    return Explanation(
        translate("Explain", "The processor of this computer is too old for notesai."),
        translate("Explain", "Your notes are safe. Most computers made since 2013 can run it."),
    )


def _bug(code: str) -> Explanation:
    return Explanation(
        translate("Explain", "Something went wrong in notesai itself."),
        translate("Explain", "Your notes are safe. The log has the details."),
    )


def _marks(code: str) -> Explanation:
    return Explanation(
        translate("Explain", "What you pinned or hid could not be kept."),
        translate("Explain", "Your notes are safe. Free some disk space and try again."),
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


def _network(code: str) -> Explanation:
    return Explanation(
        translate("Explain", "This needs the network, which is switched off in the settings."),
        translate("Explain", "Nothing was sent. The settings can allow it."),
    )


_AREAS: dict[str, Callable[[str], Explanation | None]] = {
    "engine": _engine,
    "machine": _machine,
    "bug": _bug,
    "vault": _vault,
    "marks": _marks,
    "index": explain_index,
    "note": _note,
    "document": explain_document,
    "save": explain_saving,
    "ask": explain_question,
    "llm": explain_chat_model,
    "network": _network,
    "hub": explain_hub,
    "model": explain_model,
    "reranker": explain_reranker,
    "switch": explain_switch,
    "map": explain_map,
    "cluster": explain_cluster,
}

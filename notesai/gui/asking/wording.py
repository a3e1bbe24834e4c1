"""The words for scopes, kinds of answers, and what a sentence lacks."""

from collections.abc import Mapping
from pathlib import PurePath

from PySide6.QtCore import QCoreApplication

from notesai.engine.protocol import ProgressMessage
from notesai.gui.asking.exchange import Exchange, Reach, Stage
from notesai.gui.i18n import number
from notesai.model import Answer, AnswerKind, KnownModel

translate = QCoreApplication.translate

_LONGEST = 40


def reach_words(reach: Reach, titles: Mapping[str, str]) -> str:
    """Which notes are asked; `titles` gives the title for a path."""
    scope = reach.scope
    if scope.folder:
        return translate("Asking", "Folder %1").replace("%1", scope.folder.rstrip("/"))
    if scope.tag:
        return f"#{scope.tag}"
    if len(scope.paths) == 1 and not reach.query:
        path = scope.paths[0]
        return translate("Asking", "Note “%1”").replace("%1", short(titles.get(path) or path))
    if scope.paths:
        count = translate("ResultsCard", "%Ln result(s)", None, len(scope.paths))
        return f"{count}: {short(reach.query)}" if reach.query else count
    return translate("Asking", "All notes")


def writing_words(answer: Answer) -> str:
    """Who is writing."""
    who = answer.model or translate("Asking", "the chat model")
    return translate("Asking", "%1 is writing…").replace("%1", who)


def kind_words(answer: Answer) -> str:
    """How an answer came about, which every answer says of itself."""
    match answer.kind:
        case AnswerKind.GENERATED:
            written = translate("Asking", "Written by %1 from your notes")
            return written.replace("%1", answer.model or translate("Asking", "the chat model"))
        case AnswerKind.EXTRACTIVE:
            return translate("Asking", "Quoted from your notes, word for word")
        case AnswerKind.NOT_COVERED:
            return translate("Asking", "Not in your notes")


def reason_words(reason: str) -> str:
    """What is wrong with a sentence, for a tooltip and for screen readers."""
    match reason:
        case "number":
            return translate("Asking", "A number in it is not in the source.")
        case "name":
            return translate("Asking", "A name in it is not in the source.")
        case "meaning":
            return translate("Asking", "The source does not say this.")
        case "source":
            return translate("Asking", "The source it names does not exist.")
        case "uncited":
            return translate("Asking", "It names no source.")
        case _:
            return translate("Asking", "Its words are not in the source.")


def stage_words(exchange: Exchange, progress: ProgressMessage | None) -> str:
    """What is being done while nothing can be read yet, or why there is no more; else nothing."""
    if exchange.stage is Stage.STOPPED:
        return translate("Asking", "Stopped.")
    if exchange.stage is not Stage.WAITING:
        return ""
    phase = progress.phase if progress is not None else ""
    if phase == "load":
        return translate("Asking", "Loading the chat model…")
    if phase == "read":
        return translate("Asking", "The model reads the passages…")
    return translate("Asking", "Looking through your notes…")


def seconds_words(milliseconds: float) -> str:
    """How long an answer took."""
    if milliseconds < 1000:
        return f"{number(max(1, round(milliseconds)))} ms"
    return translate("Asking", "%1 s").replace("%1", f"{milliseconds / 1000:.1f}")


def model_words(model: KnownModel) -> str:
    """What a chat model is called; of one that came from a file, the file's name."""
    title = model.title or model.name
    return PurePath(title).name if title.lower().endswith(".gguf") else title


def short(text: str, longest: int = _LONGEST) -> str:
    """The beginning of a text, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= longest else line[:longest].rstrip() + "…"


def short_text(text: str, longest: int) -> str:
    """The beginning of a text, its lines kept."""
    return text if len(text) <= longest else text[:longest].rstrip() + "…"

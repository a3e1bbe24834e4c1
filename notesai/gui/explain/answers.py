"""An answer that could not be written: of the question, the chat model, its file or its process."""

from PySide6.QtCore import QCoreApplication

from notesai.gui.explain.explanation import Explanation

translate = QCoreApplication.translate


def explain_question(code: str) -> Explanation | None:
    """What an `ask` code means."""
    match code:
        case "ask.empty":
            return Explanation(translate("Explain", "The question is empty."))
        case "ask.too_long":
            return Explanation(
                translate("Explain", "The question is longer than the chat model can read."),
                translate("Explain", "Ask a shorter one."),
            )
        case _:
            return None


def explain_chat_model(code: str) -> Explanation:
    """What an `llm` code means."""
    return (
        _file(code)
        or _machine(code)
        or _process(code)
        or Explanation(
            translate("Explain", "The chat model could not write an answer."),
            translate("Explain", "Your notes are safe. Ask again, or choose another chat model."),
        )
    )


def _file(code: str) -> Explanation | None:
    """The model's file is not what it should be."""
    match code:
        case "llm.unknown" | "llm.not_found":
            what = translate("Explain", "The chat model is not on this computer.")
        case "llm.not_gguf":
            what = translate("Explain", "The file of the chat model is no GGUF file.")
        case "llm.truncated":
            what = translate("Explain", "The file of the chat model is not whole.")
        case "llm.corrupt":
            what = translate("Explain", "The file of the chat model is damaged.")
        case "llm.not_chat":
            what = translate("Explain", "This file holds no chat model.")
        case _:
            return None
    return Explanation(
        what, translate("Explain", "Your notes are safe. Fetch it again, or choose another one.")
    )


def _machine(code: str) -> Explanation | None:
    """The model and this machine, or this notesai, do not fit each other."""
    match code:
        case "llm.memory":
            return Explanation(
                translate("Explain", "There is too little memory for the chat model."),
                translate(
                    "Explain",
                    "Your notes are safe. Close other programs, or choose a smaller model.",
                ),
            )
        case "llm.missing" | "llm.broken":
            return Explanation(
                translate("Explain", "Chat models need a part of notesai that is not installed."),
                translate(
                    "Explain",
                    "Until then, answers are quoted. Install it with: pip install 'notesai[llm]'",
                ),
            )
        case "llm.version" | "llm.architecture":
            what = translate("Explain", "This notesai cannot run chat models of this kind.")
        case "llm.small_context" | "llm.context":
            what = translate("Explain", "The chat model reads too little at once.")
        case "llm.unfounded":
            return Explanation(
                translate("Explain", "The chat model named none of your notes for its answer."),
                translate(
                    "Explain", "Your notes are quoted instead. A larger model answers better."
                ),
            )
        case _:
            return None
    return Explanation(what, translate("Explain", "Your notes are safe. Choose another model."))


def _process(code: str) -> Explanation | None:
    """The process of the model is gone."""
    match code:
        case "llm.crashed":
            return Explanation(
                translate("Explain", "The chat model has crashed."),
                translate("Explain", "Your notes are safe. It is started anew when you ask again."),
            )
        case "llm.keeps_crashing":
            return Explanation(
                translate("Explain", "The chat model has crashed several times."),
                translate("Explain", "Your notes are safe. Choose another model."),
            )
        case _:
            return None

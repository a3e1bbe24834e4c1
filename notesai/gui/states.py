"""What views say when they have nothing to show: a line of what, and what to do next."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from notesai.engine.protocol import Failure
from notesai.gui import explain

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class State:
    """An icon, one line of what, perhaps a second one, and the words on the button."""

    icon: str
    what: str
    more: str = ""
    button: str = ""


Describe = Callable[[], State]
"""Answers a state in the language of the moment."""


def failed(error: Failure) -> Describe:
    """Something could not be had; the button tries again."""

    def describe() -> State:
        meaning = explain.failure(error)
        return State("warning", meaning.what, meaning.hint, translate("States", "Try again"))

    return describe


def no_notes() -> State:
    """The folder is empty."""
    return State(
        "folder",
        translate("States", "There are no notes in this folder yet."),
        translate("States", "Put Markdown files into it; they show up here by themselves."),
        translate("States", "Open the folder"),
    )


def opening() -> State:
    """The list of notes is on its way."""
    return State("notes", translate("States", "Opening your notes…"))

"""The keys of the window, in one table: from it they are bound, and from it the sheet is made."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from notesai.gui.views.registry import KEYS, VIEWS

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Keys:
    """One thing that keys do. `name` is what code calls it, `keys` are any of which do it.

    `describe` says what they do; `own` keys belong to a part of the window, which binds them.
    """

    name: str
    keys: tuple[str, ...]
    describe: Callable[[], str]
    own: bool = False

    @property
    def shown(self) -> str:
        """The keys as the system writes them."""
        form = QKeySequence.SequenceFormat.NativeText
        return "  ".join(QKeySequence(keys).toString(form) for keys in self.keys)


@dataclass(frozen=True, slots=True)
class Group:
    """Keys that belong together, under a heading."""

    describe: Callable[[], str]
    keys: tuple[Keys, ...]


def _going() -> tuple[Keys, ...]:
    return (
        *(Keys(view.name, (KEYS[view.name],), view.describe) for view in VIEWS.values()),
        Keys("vault", ("Ctrl+O",), lambda: translate("Keys", "Open another folder of notes")),
        Keys("sheet", ("F1", "Ctrl+/"), lambda: translate("Keys", "These keys")),
        Keys("quit", ("Ctrl+Q",), lambda: translate("Keys", "Quit")),
    )


def _searching() -> tuple[Keys, ...]:
    return (
        Keys("field", ("Ctrl+K",), lambda: translate("Keys", "To the search field")),
        Keys("step", ("Up", "Down"), lambda: translate("Keys", "Choose a result"), own=True),
        Keys("open", ("Enter",), lambda: translate("Keys", "Open what is chosen"), own=True),
        Keys("clear", ("Esc",), lambda: translate("Keys", "Empty the search field"), own=True),
    )


def _reading() -> tuple[Keys, ...]:
    """Keys of the note that is shown; the reader binds them."""
    return (
        Keys("find", ("Ctrl+F",), lambda: translate("Keys", "Find in the note"), own=True),
        Keys("back", ("Alt+Left",), lambda: translate("Keys", "Back"), own=True),
        Keys("forward", ("Alt+Right",), lambda: translate("Keys", "Forward"), own=True),
        Keys("passage", ("F3",), lambda: translate("Keys", "Next passage found"), own=True),
        Keys("before", ("Shift+F3",), lambda: translate("Keys", "Passage before it"), own=True),
        Keys("edit", ("Ctrl+E",), lambda: translate("Keys", "Edit, or read again"), own=True),
        Keys("save", ("Ctrl+S",), lambda: translate("Keys", "Save"), own=True),
        Keys("new", ("Ctrl+N",), lambda: translate("Keys", "New note"), own=True),
    )


def _relating() -> tuple[Keys, ...]:
    """Keys of the list of related notes, which binds them."""
    return (
        Keys("pin", ("Ctrl+D",), lambda: translate("Keys", "Pin, or let go"), own=True),
        Keys("hide", ("Delete",), lambda: translate("Keys", "Hide, or bring back"), own=True),
        Keys("link", ("Ctrl+C",), lambda: translate("Keys", "Copy as [[link]]"), own=True),
    )


def _asking() -> tuple[Keys, ...]:
    """Keys of the Ask view, which binds them."""
    return (
        Keys("send", ("Enter",), lambda: translate("Keys", "Ask"), own=True),
        Keys("line", ("Shift+Enter",), lambda: translate("Keys", "New line"), own=True),
        Keys("stop", ("Esc",), lambda: translate("Keys", "Stop the answer"), own=True),
        Keys("recall", ("Up",), lambda: translate("Keys", "Last question again"), own=True),
        Keys("again", ("Ctrl+R",), lambda: translate("Keys", "Ask the same again"), own=True),
        Keys("keep", ("Ctrl+S",), lambda: translate("Keys", "Save as a note"), own=True),
        Keys("copy", ("Ctrl+Shift+C",), lambda: translate("Keys", "Copy the answer"), own=True),
        Keys("begin", ("Ctrl+Shift+N",), lambda: translate("Keys", "New conversation"), own=True),
    )


def _mapping() -> tuple[Keys, ...]:
    """Keys of the map and of the clusters beside it, which bind them."""
    arrows = ("Left", "Right", "Up", "Down")
    return (
        Keys("walk", arrows, lambda: translate("Keys", "To the next note"), own=True),
        Keys("move", ("Ctrl+Left", "Ctrl+Up"), lambda: translate("Keys", "Move the map"), own=True),
        Keys("zoom", ("+", "-"), lambda: translate("Keys", "Nearer, farther"), own=True),
        Keys("fit", ("0",), lambda: translate("Keys", "Show all"), own=True),
        Keys("enter", ("Enter",), lambda: translate("Keys", "Read, go to the cluster"), own=True),
        Keys("rename", ("F2",), lambda: translate("Keys", "Rename the cluster"), own=True),
        Keys("leave", ("Esc",), lambda: translate("Keys", "Choose nothing"), own=True),
    )


def groups() -> tuple[Group, ...]:
    """All keys of the window."""
    return (
        Group(lambda: translate("Keys", "Anywhere"), _going()),
        Group(lambda: translate("Keys", "Searching"), _searching()),
        Group(lambda: translate("Keys", "The note"), _reading()),
        Group(lambda: translate("Keys", "Related notes"), _relating()),
        Group(lambda: translate("Keys", "The map"), _mapping()),
        Group(lambda: translate("Keys", "Asking"), _asking()),
    )


def bind(window: QWidget, actions: Mapping[str, Callable[[], object]]) -> None:
    """Bind the keys of the table in `window`; each of the window's keys needs its action."""
    for group in groups():
        for entry in group.keys:
            for keys in () if entry.own else entry.keys:
                QShortcut(QKeySequence(keys), window).activated.connect(actions[entry.name])


def keys_of(name: str) -> str:
    """The first keys for the thing called `name`, as the system writes them."""
    found = next(entry for group in groups() for entry in group.keys if entry.name == name)
    return QKeySequence(found.keys[0]).toString(QKeySequence.SequenceFormat.NativeText)

"""All views of the window, in one table: the rail, the keys, the sheet and the pages follow it.

To add a view, write a `Page` and one entry here. Its module is imported when it is first shown.
"""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from notesai.gui.views.page import Page, Parts

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class View:
    """One view. `icon` names a file of `resources/icons`.

    `title` is its name on the rail, `describe` what the sheet of keys says. `make` makes the page
    when it is first shown. A page `of_notes` is made anew for each folder of notes.
    """

    name: str
    icon: str
    title: Callable[[], str]
    describe: Callable[[], str]
    make: Callable[[Parts], Page]
    of_notes: bool = True


def _search(parts: Parts) -> Page:
    from notesai.gui.views.search_view import SearchView

    return SearchView(parts.look, parts.client, parts.titles, parts.reading(), parts.into)


def _notes(parts: Parts) -> Page:
    from notesai.gui.views.notes_view import NotesView

    return NotesView(parts.look, parts.titles, parts.reading(), parts.into)


def _map(parts: Parts) -> Page:
    from notesai.gui.views.map_view import MapView

    return MapView(parts, parts.reading())


def _ask(parts: Parts) -> Page:
    from notesai.gui.views.ask_view import AskView

    return AskView(parts)


def _status(parts: Parts) -> Page:
    from notesai.gui.views.status_view import StatusView

    return StatusView(parts.look, parts.client, parts.activity, parts.into)


def _settings(parts: Parts) -> Page:
    from notesai.gui.views.settings_view import SettingsView

    return SettingsView(
        parts.look, parts.client, parts.activity, parts.preferences, parts.desktop, parts.into
    )


RAIL = (
    View(
        "search",
        "search",
        lambda: translate("Views", "Search"),
        lambda: translate("Keys", "Search"),
        _search,
    ),
    View(
        "notes",
        "notes",
        lambda: translate("Views", "Notes"),
        lambda: translate("Keys", "All notes"),
        _notes,
    ),
    View(
        "map",
        "map",
        lambda: translate("Views", "Map"),
        lambda: translate("Keys", "Map of all notes"),
        _map,
    ),
    View(
        "ask",
        "ask",
        lambda: translate("Views", "Ask"),
        lambda: translate("Keys", "Ask your notes"),
        _ask,
    ),
    View(
        "status",
        "status",
        lambda: translate("Views", "Status"),
        lambda: translate("Keys", "Status of the index"),
        _status,
    ),
)
"""The views at the top of the rail, from above; the first one has Ctrl+1, and so on."""

SETTINGS = View(
    "settings",
    "settings",
    lambda: translate("Views", "Settings"),
    lambda: translate("Keys", "Settings"),
    _settings,
    of_notes=False,
)
"""At the foot of the rail."""

VIEWS = {view.name: view for view in (*RAIL, SETTINGS)}
"""All views by name, in the order of the rail."""

MODULES = (
    "notesai.gui.reading_pane",
    "notesai.gui.map.cloud",
    "notesai.gui.map.files",
    "notesai.gui.map.map_card",
    "importlib.metadata",
    *(f"notesai.gui.views.{name}_view" for name in VIEWS),
)
"""Where the views are, and before them what takes longest of it.

To be imported one by one in a quiet moment: then showing a view takes less.
"""

KEYS = {
    **{view.name: f"Ctrl+{number}" for number, view in enumerate(RAIL, start=1)},
    SETTINGS.name: "Ctrl+,",
}
"""The keys that go to each view."""

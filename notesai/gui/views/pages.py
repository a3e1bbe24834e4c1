"""The pages of the window, each made when it is first wanted."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from notesai.gui.views.page import Page, Parts
from notesai.gui.views.registry import VIEWS


class Pages(QStackedWidget):
    """Holds one page for each view that was shown. `made` brings each page that is made.

    `parts` gives what a page is made of now.
    """

    made = Signal(object)

    def __init__(self, parts: Callable[[], Parts], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self._pages: dict[str, Page] = {}

    @property
    def name(self) -> str:
        """The name of the view that is shown; empty while there is none."""
        current = self.currentWidget()
        return next((name for name, page in self._pages.items() if page is current), "")

    @property
    def current(self) -> Page | None:
        """The page that is shown."""
        return self._pages.get(self.name)

    @property
    def all(self) -> tuple[Page, ...]:
        """The pages that there are."""
        return tuple(self._pages.values())

    def page(self, name: str) -> Page:
        """The page of the view `name`. Raises `KeyError` if there is no such view."""
        page = self._pages.get(name)
        if page is None:
            page = self._pages[name] = VIEWS[name].make(self._parts())
            self.made.emit(page)
            self.addWidget(page)
        return page

    def show_page(self, name: str) -> Page:
        """Show the page of the view `name`."""
        page = self.page(name)
        self.setCurrentWidget(page)
        return page

    def drop_notes(self) -> None:
        """Close the pages that show notes: another folder is being opened."""
        for name in [name for name in self._pages if VIEWS[name].of_notes]:
            page = self._pages.pop(name)
            page.leave()
            self.removeWidget(page)
            page.deleteLater()

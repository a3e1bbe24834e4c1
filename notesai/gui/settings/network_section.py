"""The page of the network: off or on, and every connection that was ever made."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QStackedWidget, QWidget

from notesai.gui.preferences import Preferences
from notesai.gui.settings.section import OFF, ON, SWITCH, Choice, Field, Section, row_of
from notesai.gui.settings.visits import VisitTable, read_visits
from notesai.gui.theme import Size
from notesai.gui.widgets.table import Table

_ROWS = 8


class NetworkSection(Section):
    """The switch and the log."""

    def __init__(self, preferences: Preferences, log: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._preferences, self._log = preferences, log
        self.allow = Choice(SWITCH, self)
        self.visits = VisitTable(self)
        self.table = Table(self)
        self.table.setModel(self.visits)
        self.table.share_width(2, (Size.LABELS + Size.LABELS // 2, Size.LIST // 2, 0, Size.LABELS))
        self._none = QLabel(self)
        self._none.setObjectName("soft")
        self.lists = QStackedWidget(self)
        self.lists.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.lists.addWidget(self._none)
        self.lists.addWidget(self.table)
        self.lists.setFixedHeight(_ROWS * Size.TABLE_ROW)
        self.file = QPushButton(self)
        self._allow = Field(self.allow, self)
        self._visits = Field(self.lists, self)
        self.add(self._allow, self._visits, row_of(self.file))
        self.allow.chosen.connect(self._switch)
        self.file.clicked.connect(self._show_file)
        preferences.changed.connect(self.refresh)
        self.refresh()
        self.retranslate()

    def refresh(self) -> None:
        """Show what is set, and the log as it is now."""
        self.allow.show_value(ON if self._preferences.now.network else OFF)
        visits = read_visits(self._log)
        self.visits.show_visits(visits)
        self.lists.setCurrentIndex(1 if visits else 0)
        self.lists.setFixedHeight((_ROWS if visits else 1) * Size.TABLE_ROW)
        self.file.setVisible(bool(visits))

    def _switch(self, value: str) -> None:
        self._preferences.change("network", value == ON)

    def _show_file(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._log)))

    def retranslate(self) -> None:
        """Say all texts in the window's language."""
        self.heading.setText(self.tr("Network"))
        self.allow.name_values((self.tr("On"), self.tr("Off")))
        self._allow.name_it(
            self.tr("notesai may use the network"),
            self.tr(
                "It does so only for what you ask for: to fetch a model, or to use a service that "
                "you have added. Off, nothing is ever sent or fetched."
            ),
        )
        self._visits.name_it(self.tr("Every connection so far"))
        self.table.name_it(self.tr("Every connection so far"))
        self._none.setText(self.tr("There has been none."))
        self.file.setText(self.tr("Show the whole log"))
        self.visits.retranslate()

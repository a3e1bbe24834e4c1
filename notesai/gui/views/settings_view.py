"""The settings: a list of pages and the page that is chosen. Every change counts at once."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QScrollArea,
    QStackedWidget,
)

from notesai.gui.activity import Activity
from notesai.gui.appearance import Appearance
from notesai.gui.client import EngineClient
from notesai.gui.preferences import Preferences
from notesai.gui.settings.about_section import AboutSection
from notesai.gui.settings.chat_section import ChatSection
from notesai.gui.settings.desktop import Desktop
from notesai.gui.settings.keys_section import KeysSection
from notesai.gui.settings.look_section import LookSection
from notesai.gui.settings.model_section import ModelSection
from notesai.gui.settings.network_section import NetworkSection
from notesai.gui.settings.section import Section
from notesai.gui.settings.start_section import StartSection
from notesai.gui.settings.vaults_section import VaultsSection
from notesai.gui.theme import Size, Space
from notesai.gui.views.page import Page
from notesai.gui.widgets.card import Card
from notesai.paths import home

_ENGINE = {"ignore", "max_note_mib", "power", "chat_model"}


class SettingsView(Page):
    """What a person may choose; each change is saved at once."""

    def __init__(
        self,
        look: Appearance,
        client: EngineClient,
        activity: Activity,
        preferences: Preferences,
        desktop: Desktop | None = None,
    ) -> None:
        super().__init__()
        desktop = desktop or Desktop()
        self._client, self._preferences = client, preferences
        self.vaults = VaultsSection(preferences)
        self.model = ModelSection(client, activity, preferences)
        self.chat = ChatSection(client, preferences)
        self.look = LookSection(preferences)
        self.keys = KeysSection(preferences, desktop.hotkey)
        self.start = StartSection(preferences, desktop.login)
        self.network = NetworkSection(preferences, home().connections)
        self.about = AboutSection()
        self.names = QListWidget(self)
        self._pages = QStackedWidget(self)
        self._lay_out()
        self.vaults.vault_wanted.connect(self.vault_wanted)
        self.vaults.folder_wanted.connect(self.folder_wanted)
        preferences.changed.connect(self._changed)
        self._retranslate()
        self.names.setCurrentRow(0)

    @property
    def sections(self) -> tuple[Section, ...]:
        """All pages, in the order of the list."""
        return (
            self.vaults,
            self.model,
            self.chat,
            self.look,
            self.keys,
            self.start,
            self.network,
            self.about,
        )

    def _lay_out(self) -> None:
        self.names.setObjectName("sections")
        self.names.setFrameShape(QFrame.Shape.NoFrame)
        self.names.currentRowChanged.connect(self._pages.setCurrentIndex)
        side = Card(self)
        side.setFixedWidth(Size.SECTIONS)
        side.column.setContentsMargins(Space.S, Space.M, Space.S, Space.S)
        side.column.addWidget(self.names)
        for section in self.sections:
            self.names.addItem("")
            area = QScrollArea(self)
            area.setWidgetResizable(True)
            area.setFrameShape(QFrame.Shape.NoFrame)
            area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            area.setWidget(section)
            self._pages.addWidget(area)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.GAP)
        row.addWidget(side)
        row.addWidget(self._pages, 1)

    def leave(self) -> None:
        """End a download that is under way."""
        self.model.fetching.stop()
        self.chat.command.stop()
        self.about.command.stop()

    def go_to(self, part: str) -> None:
        """Show the page of the chat models, "chat"."""
        if part == "chat":
            self.show_section(self.chat)
            self.chat.table.setFocus()

    def show_section(self, section: Section) -> None:
        """Show one of `sections`."""
        self.names.setCurrentRow(self.sections.index(section))

    def showEvent(self, event: QShowEvent) -> None:
        """Lay the list out as it is styled now; before it was shown it had no style."""
        super().showEvent(event)
        self.names.scheduleDelayedItemsLayout()

    def _changed(self, name: str) -> None:
        if name in _ENGINE:
            self._client.read_settings()

    def _retranslate(self) -> None:
        self.names.setAccessibleName(self.tr("Pages of the settings"))
        for at, section in enumerate(self.sections):
            section.retranslate()
            self.names.item(at).setText(section.heading.text())

    def changeEvent(self, event: QEvent) -> None:
        """Speak the window's language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

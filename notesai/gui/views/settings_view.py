"""The settings: a list of pages and the page that is chosen. Every change counts at once."""

from functools import cached_property
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QScrollArea,
    QStackedWidget,
    QWidget,
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

translate = QCoreApplication.translate

Made = TypeVar("Made", bound=Section)

_TITLES = {
    "vaults": lambda: translate("VaultsSection", "Notes"),
    "model": lambda: translate("ModelSection", "Model"),
    "chat": lambda: translate("ChatSection", "Chat model"),
    "look": lambda: translate("LookSection", "Appearance and language"),
    "keys": lambda: translate("KeysSection", "Keys and editor"),
    "start": lambda: translate("StartSection", "Start and power"),
    "network": lambda: translate("NetworkSection", "Network"),
    "about": lambda: translate("AboutSection", "About notesai"),
}
"""The pages in their order; what each is called is also its heading."""

_ENGINE = {"ignore", "max_note_mib", "power", "chat_model"}


class SettingsView(Page):
    """What a person may choose; each change is saved at once.

    A page is made when it is first shown or asked for: all at once would hold the window up.
    """

    def __init__(
        self,
        look: Appearance,
        client: EngineClient,
        activity: Activity,
        preferences: Preferences,
        desktop: Desktop | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._client, self._activity, self._preferences = client, activity, preferences
        self._desktop = desktop or Desktop()
        self._side = Card(self)
        self.names = QListWidget(self._side)
        self._pages = QStackedWidget(self)
        self._lay_out()
        preferences.changed.connect(self._changed)
        self._retranslate()
        self.names.setCurrentRow(0)

    @cached_property
    def vaults(self) -> VaultsSection:
        """Which folders there are, and what in them is a note."""
        section = VaultsSection(self._preferences)
        section.vault_wanted.connect(self.vault_wanted)
        section.folder_wanted.connect(self.folder_wanted)
        return self._placed("vaults", section)

    @cached_property
    def model(self) -> ModelSection:
        """The models that find by meaning."""
        section = ModelSection(self._client, self._activity, self._preferences)
        return self._placed("model", section)

    @cached_property
    def chat(self) -> ChatSection:
        """The models that write answers."""
        return self._placed("chat", ChatSection(self._client, self._preferences))

    @cached_property
    def look(self) -> LookSection:
        """Theme and language."""
        return self._placed("look", LookSection(self._preferences))

    @cached_property
    def keys(self) -> KeysSection:
        """The hotkey and the editor."""
        return self._placed("keys", KeysSection(self._preferences, self._desktop.hotkey))

    @cached_property
    def start(self) -> StartSection:
        """How the app starts, and what it does on battery."""
        return self._placed("start", StartSection(self._preferences, self._desktop.login))

    @cached_property
    def network(self) -> NetworkSection:
        """The switch for the network, and its log."""
        return self._placed("network", NetworkSection(self._preferences, home().connections))

    @cached_property
    def about(self) -> AboutSection:
        """What this is and what it is made of."""
        return self._placed("about", AboutSection())

    @property
    def sections(self) -> tuple[Section, ...]:
        """All pages, in the order of the list."""
        return tuple(self._section(at) for at in range(len(_TITLES)))

    def _section(self, at: int) -> Section:
        section: Section = getattr(self, list(_TITLES)[at])
        return section

    def _placed(self, name: str, section: Made) -> Made:
        area = self._pages.widget(list(_TITLES).index(name))
        if isinstance(area, QScrollArea):
            area.setWidget(section)
        section.retranslate()
        return section

    def _lay_out(self) -> None:
        self.names.setObjectName("sections")
        self.names.setFrameShape(QFrame.Shape.NoFrame)
        self.names.currentRowChanged.connect(self._show_page)
        side = self._side
        side.setFixedWidth(Size.SECTIONS)
        side.column.setContentsMargins(Space.S, Space.M, Space.S, Space.S)
        side.column.addWidget(self.names)
        for _ in _TITLES:
            self.names.addItem("")
            area = QScrollArea(self._pages)
            area.setWidgetResizable(True)
            area.setFrameShape(QFrame.Shape.NoFrame)
            area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._pages.addWidget(area)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.GAP)
        row.addWidget(side)
        row.addWidget(self._pages, 1)

    def _show_page(self, at: int) -> None:
        self._section(at)
        self._pages.setCurrentIndex(at)

    def leave(self) -> None:
        """End a download that is under way."""
        made = vars(self)
        if "model" in made:
            self.model.fetching.stop()
        if "chat" in made:
            self.chat.command.stop()
        if "about" in made:
            self.about.command.stop()

    def arrive(self) -> None:
        """Give the list of pages the keyboard."""
        self.names.setFocus()

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
        for at, title in enumerate(_TITLES.values()):
            self.names.item(at).setText(title())

    def changeEvent(self, event: QEvent) -> None:
        """Speak the window's language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

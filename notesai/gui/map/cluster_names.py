"""Names of clusters: those that a person gives, and those that the chat model suggests."""

from PySide6.QtCore import QObject, Signal

from notesai.engine import protocol
from notesai.engine.protocol import Failure, SuggestedName
from notesai.gui import explain
from notesai.gui.client import CANCELLED, EngineClient
from notesai.gui.map.browse_card import BrowseCard
from notesai.gui.preferences import Preferences
from notesai.gui.requests import Replies
from notesai.model import Clusters


class ClusterNames(QObject):
    """Has clusters renamed as the card asks for it, and names suggested, which a person accepts.

    `renamed` brings the clusters with a new name, `said` what is to be told.
    """

    renamed = Signal(object)
    said = Signal(str)

    def __init__(
        self, card: BrowseCard, client: EngineClient, preferences: Preferences, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._card, self._client, self._preferences = card, client, preferences
        card.renamed.connect(self._rename)
        card.name_wanted.connect(self._suggest)
        preferences.changed.connect(self._changed)
        self._changed("chat_model")

    def _changed(self, name: str) -> None:
        if name == "chat_model":
            self._card.let_suggest(bool(self._preferences.now.chat_model))

    def _rename(self, cluster: str, name: str) -> None:
        replies = Replies[Clusters](ok=self.renamed.emit, failed=self._failed)
        self._client.request(
            lambda number: protocol.RenameCluster(id=number, cluster=cluster, name=name), replies
        )

    def _suggest(self, cluster: str) -> None:
        replies = Replies[SuggestedName](ok=self._suggested, failed=self._not_suggested)
        self._client.request(
            lambda number: protocol.SuggestName(id=number, cluster=cluster), replies
        )

    def _suggested(self, found: SuggestedName) -> None:
        self._card.show_suggestion(found.name)
        if not found.name:
            self.said.emit(self.tr("The chat model found no name."))

    def _not_suggested(self, error: Failure) -> None:
        self._card.show_suggestion()
        self._failed(error)

    def _failed(self, error: Failure) -> None:
        if error.code != CANCELLED:
            self.said.emit(explain.failure(error).what)

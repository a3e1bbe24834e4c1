"""The page of the embedding model: which there are, what a switch would take, and the switch."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from notesai.engine.protocol import Failure, ModelChoices
from notesai.gui import explain
from notesai.gui.activity import Activity
from notesai.gui.client import EngineClient
from notesai.gui.preferences import Preferences
from notesai.gui.requests import Replies
from notesai.gui.settings.download_bar import DownloadBar
from notesai.gui.settings.model_fetch import ModelFetch
from notesai.gui.settings.model_table import ModelTable
from notesai.gui.settings.reranker_field import RERANK, RerankerField
from notesai.gui.settings.section import Section, row_of
from notesai.gui.theme import Size, Space
from notesai.gui.widgets.switch_pane import SwitchPane
from notesai.gui.widgets.table import Table
from notesai.model import KnownModel, SwitchEstimate, VaultStatus

CHAT = "chat"
"""The task of the models that write answers; they have a page of their own."""

_ROWS = 13
_REFRESH_MS = 2000


class ModelSection(Section):
    """Choosing a model: it is tried first, and what a switch takes is said before it begins."""

    def __init__(
        self,
        client: EngineClient,
        activity: Activity,
        preferences: Preferences,
        fetch: ModelFetch | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.fetching = fetch or ModelFetch(parent=self)
        self._client, self._activity = client, activity
        self._calls: list[int] = []
        self._fetching: list[int] = []
        self._estimate: SwitchEstimate | None = None
        self._says: Callable[[], str] = str
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_REFRESH_MS)
        self._intro = _text("soft", self)
        self.models = ModelTable(self)
        self.table = Table(self)
        self.table.setModel(self.models)
        self.table.share_width(0, (0, 110, 90, 170, 130))
        self.text = _text("value", self)
        self.use = QPushButton(self)
        self.go = QPushButton(self)
        self.go.setObjectName("primary")
        self.fetch = QPushButton(self)
        self.cancel = QPushButton(self)
        self.bar = DownloadBar(self)
        self.switch = SwitchPane(activity, self)
        self.reranker = RerankerField(preferences, self)
        buttons = row_of(self.use, self.go, self.fetch, self.cancel)
        self.body.setSpacing(Space.L)
        self.add(self._intro, self.switch, self.table, self.text, self.bar, buttons)
        self.add(self.reranker)
        self._connect()
        self.retranslate()

    def _connect(self) -> None:
        self.table.selectionModel().currentRowChanged.connect(self._choose)
        self.models.modelReset.connect(self._fit)
        self.use.clicked.connect(self._try)
        self.go.clicked.connect(self._switch)
        self.fetch.clicked.connect(self._fetch_chosen)
        self.reranker.fetch_wanted.connect(self._fetch)
        self.cancel.clicked.connect(self._cancel_fetch)
        self.fetching.ended.connect(self._fetched)
        self.fetching.command.progressed.connect(self.bar.advance)
        self._activity.changed.connect(self._activity_changed)
        self._soon.timeout.connect(self.refresh)

    def refresh(self) -> None:
        """Fetch the models and what the switch, if any, is at."""
        self._forget(self._fetching)
        self._fetching = [
            self._client.list_models(Replies(ok=self._arrived, failed=self._failed)),
            self._client.status(Replies(ok=self._status)),
        ]

    def _arrived(self, choices: ModelChoices) -> None:
        chosen = self._chosen()
        shown = tuple(one for one in choices.models if one.task not in {CHAT, RERANK})
        self.reranker.show_models([one for one in choices.models if one.task == RERANK])
        self.models.show_models(shown)
        names = [model.name for model in shown]
        if chosen is not None and chosen.name in names:
            self.table.selectRow(names.index(chosen.name))

    def _fit(self) -> None:
        """Give the table the height of its rows, up to a limit."""
        rows = min(self.models.rowCount() + 1, _ROWS)
        self.table.setFixedHeight(rows * Size.TABLE_ROW + Space.S)
        self._choose()

    def _status(self, status: VaultStatus) -> None:
        self.switch.show_status(status)

    def _failed(self, failure: Failure) -> None:
        self._estimate = None
        self._say(lambda: " ".join(_words(explain.failure(failure))))

    def _chosen(self) -> KnownModel | None:
        at = self.table.currentIndex().row()
        return self.models.models[at] if 0 <= at < len(self.models.models) else None

    def _choose(self) -> None:
        self._estimate = None
        model = self._chosen()
        self._say(str if model is None else lambda: self._about(model))

    def _about(self, model: KnownModel) -> str:
        if model.in_use:
            return self.tr("%1 is in use.").replace("%1", model.title)
        if model.sends_to:
            return self.tr("It sends your notes to %1.").replace("%1", model.sends_to)
        if not model.installed:
            text = self.tr(
                "It is not on this computer yet. It comes from %1, under the licence %2."
            )
            return text.replace("%1", model.source).replace("%2", model.licence)
        if model.fits is False:
            return self.tr("This machine has too little memory for it; it would be slow.")
        return ""

    def _try(self) -> None:
        model = self._chosen()
        if model is not None:
            self._say(lambda: self.tr("Trying it on some of your notes…"))
            replies = Replies(ok=self._estimated, failed=self._failed)
            self._calls.append(self._client.estimate_switch(_id(model), replies))

    def _estimated(self, estimate: SwitchEstimate) -> None:
        self._estimate = estimate
        self._say(lambda: self._takes(estimate))

    def _takes(self, estimate: SwitchEstimate) -> str:
        if estimate.ready:
            return self.tr("Its index is still there; the switch takes a moment.")
        notes = self.tr("%Ln note(s) are embedded anew.", None, estimate.notes)
        time = self._time(estimate.seconds)
        rest = self.tr("Search goes on with the present model until then.")
        return " ".join(part for part in (notes, time, rest) if part)

    def _time(self, seconds: float) -> str:
        if seconds < 5400:
            minutes = max(1, round(seconds / 60))
            return self.tr("It takes about %Ln minute(s).", None, minutes)
        return self.tr("It takes about %Ln hour(s).", None, round(seconds / 3600))

    def _switch(self) -> None:
        model = self._chosen()
        if model is not None:
            self._say(str)
            replies = Replies(ok=self._switched, failed=self._failed)
            self._calls.append(self._client.use_model(_id(model), replies))

    def _switched(self, status: VaultStatus) -> None:
        self._estimate = None
        self._status(status)
        self.refresh()

    def _fetch_chosen(self) -> None:
        model = self._chosen()
        if model is not None:
            self._fetch(model)

    def _fetch(self, model: KnownModel) -> None:
        if not self.fetching.running:
            self.fetching.start(model.name)
            self.bar.begin()
            self._say(lambda: self.tr("Fetching %1…").replace("%1", self.fetching.name))

    def _cancel_fetch(self) -> None:
        self.fetching.stop()
        self.bar.hide()
        self._choose()

    def _fetched(self, failure: str) -> None:
        name = self.fetching.name
        self.bar.hide()
        if failure:
            text = self.tr("%1 could not be fetched: %2")
            self._say(lambda: text.replace("%1", name).replace("%2", failure))
        else:
            self._say(lambda: self.tr("%1 is on this computer now.").replace("%1", name))
            self.refresh()

    def _say(self, says: Callable[[], str]) -> None:
        self._says = says
        self._show()

    def _show(self) -> None:
        model = self._chosen()
        self.text.setText(self._says())
        self.text.setVisible(bool(self.text.text()))
        usable = model is not None and model.installed and not model.in_use
        ready = self._estimate is not None
        self.use.setVisible(usable and not ready)
        self.use.setEnabled(self._activity.can_pause)
        self.go.setVisible(usable and ready)
        self.go.setEnabled(self._activity.can_pause)
        missing = model is not None and not model.installed
        self.fetch.setVisible(missing and not self.fetching.running)
        self.cancel.setVisible(self.fetching.running)

    def _activity_changed(self) -> None:
        if self.isVisible():
            self._show()
            if not self._soon.isActive():
                self._soon.start()

    def _forget(self, calls: list[int]) -> None:
        for call in calls:
            self._client.cancel(call)
        calls.clear()

    def retranslate(self) -> None:
        """Say all texts in the window's language."""
        self.heading.setText(self.tr("Model"))
        self._intro.setText(
            self.tr(
                "The model turns text into what it means. Another one may know other languages or "
                "subjects better, and need more memory and time."
            )
        )
        self.table.name_it(self.tr("Models"))
        self.use.setText(self.tr("Use this model…"))
        self.go.setText(self.tr("Switch"))
        self.fetch.setText(self.tr("Fetch it"))
        self.cancel.setText(self.tr("Stop fetching"))
        self.models.retranslate()
        self.bar.retranslate()
        self.reranker.retranslate()
        self._show()

    def showEvent(self, event: QShowEvent) -> None:
        """Be up to date when looked at."""
        super().showEvent(event)
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        """Ask for nothing while not looked at."""
        super().hideEvent(event)
        self._soon.stop()
        self._forget(self._calls)
        self._forget(self._fetching)


def _id(model: KnownModel) -> str:
    """How the engine is told of it: the bundled model has no name there."""
    return "" if model.bundled else model.name


def _words(meaning: explain.Explanation) -> tuple[str, str]:
    return meaning.what, meaning.hint


def _text(name: str, parent: QWidget) -> QLabel:
    label = QLabel(parent)
    label.setObjectName(name)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label

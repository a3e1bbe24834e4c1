"""The page of the chat models: which there are, fetching, trying and choosing one."""

from collections.abc import Callable
from pathlib import PurePath

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QLabel, QMessageBox, QPushButton, QWidget

from notesai.engine.protocol import Failure, ModelChoices
from notesai.gui import explain
from notesai.gui.asking.wording import model_words
from notesai.gui.client import EngineClient
from notesai.gui.preferences import Preferences
from notesai.gui.requests import Replies
from notesai.gui.settings import chat_commands
from notesai.gui.settings.chat_commands import Added, Trial
from notesai.gui.settings.chat_table import ChatTable, megabytes
from notesai.gui.settings.download_bar import DownloadBar
from notesai.gui.settings.model_command import ModelCommand, Outcome
from notesai.gui.settings.section import OFF, ON, SWITCH, Choice, Field, Section, row_of
from notesai.gui.settings.service_form import ServiceForm
from notesai.gui.theme import Size, Space
from notesai.gui.widgets.table import Table
from notesai.model import KnownModel

CHAT = "chat"
"""The task of the models that write answers."""

_ROWS = 9
_LARGE = 3000


class ChatSection(Section):
    """Nothing is fetched, and no note is sent anywhere, but by one of the buttons here."""

    def __init__(
        self, client: EngineClient, preferences: Preferences, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._client, self._preferences = client, preferences
        self._call = 0
        self._wanted = ""
        self._arranging = False
        self._says: Callable[[], str] = str
        self.command = ModelCommand(self)
        self._intro = _text("soft", self)
        self.models = ChatTable(self)
        self.table = Table(self)
        self.table.setModel(self.models)
        self.table.share_width(0, (0, 72, 92, 92, 150, 110))
        self.text = _text("value", self)
        self.bar = DownloadBar(self)
        self.buttons = {
            name: QPushButton(self)
            for name in ("use", "quote", "fetch", "stop", "try", "remove", "file", "service")
        }
        self.buttons["use"].setObjectName("primary")
        self.form = ServiceForm(self)
        self.form.hide()
        self.keep = Choice(SWITCH, self)
        self._keep = Field(self.keep, self)
        self.body.setSpacing(Space.L)
        buttons = row_of(*self.buttons.values())
        self.add(self._intro, self.table, self.text, self.bar, buttons, self.form, self._keep)
        self._connect()
        self.retranslate()
        self._fit()
        self._show_kept()

    def _connect(self) -> None:
        actions: dict[str, Callable[[], object]] = {
            "use": self._use,
            "quote": lambda: self._choose_model(""),
            "fetch": self._fetch,
            "stop": self._stop,
            "try": lambda: self._run_for(chat_commands.attempt),
            "remove": self._ask_remove,
            "file": self._ask_file,
            "service": self._open_form,
        }
        for name, action in actions.items():
            self.buttons[name].clicked.connect(action)
        self.table.selectionModel().currentRowChanged.connect(self._select)
        self.models.modelReset.connect(self._fit)
        self.command.progressed.connect(self.bar.advance)
        self.command.ended.connect(self._ended)
        self.form.wanted.connect(self._add_service)
        self.form.closed.connect(self._close_form)
        self.keep.chosen.connect(self._switch_keeping)
        self._preferences.changed.connect(self._preference_changed)

    def refresh(self) -> None:
        """Fetch which models there are."""
        self._client.cancel(self._call)
        self._call = self._client.list_models(Replies(ok=self._arrived, failed=self._failed))

    def _arrived(self, choices: ModelChoices) -> None:
        chosen = self._chosen()
        # What was just done is still to be read, whatever rows come and go.
        self._arranging = bool(self._says())
        self.models.show_models(tuple(one for one in choices.models if one.task == CHAT))
        names = [model.name for model in self.models.models]
        wanted = self._wanted or (chosen.name if chosen is not None else self._proposed())
        self._wanted = ""
        if wanted in names:
            self.table.selectRow(names.index(wanted))
            self.table.scrollTo(self.table.currentIndex())
        self._arranging = False
        self._show()

    def _proposed(self) -> str:
        """The model in use, else the first that is here, else the first that fits."""
        models = self.models.models
        best = [one for one in models if one.in_use] or [one for one in models if one.installed]
        if best:
            return best[0].name
        # A large one answers better; but who looks at one first does not wait for many gigabytes.
        good = [one for one in models if one.fits and "ko" in one.languages and one.size <= _LARGE]
        return max(good, key=lambda one: one.size).name if good else ""

    def _fit(self) -> None:
        """Give the table the height of its rows, up to a limit."""
        rows = min(self.models.rowCount() + 1, _ROWS)
        self._show_table()
        self.table.setFixedHeight(rows * Size.TABLE_ROW + Space.S)
        self._select()

    def _show_table(self) -> None:
        """Show the table, unless it is empty or gives its place to the form."""
        self.table.setVisible(self.models.rowCount() > 0 and not self.form.isVisibleTo(self))

    def _failed(self, failure: Failure) -> None:
        meaning = explain.failure(failure)
        self._say(lambda: f"{meaning.what} {meaning.hint}".strip())

    def _chosen(self) -> KnownModel | None:
        at = self.table.currentIndex().row()
        return self.models.models[at] if 0 <= at < len(self.models.models) else None

    def _select(self) -> None:
        model = self._chosen()
        if not self.command.running and not self._arranging:
            self._say(str if model is None else lambda: self._about(model))
        self._show()

    def _about(self, model: KnownModel) -> str:
        if model.sends_to:
            return self.tr(
                "Each question, and the passages that may answer it, are sent to %1."
            ).replace("%1", model.sends_to)
        parts = [self.tr("Licence: %1.").replace("%1", model.licence)] if model.licence else []
        if not model.installed:
            come = self.tr("It comes from %1: %2.").replace("%1", model.source)
            parts.append(come.replace("%2", megabytes(model.size)))
        if model.fits is False:
            parts.append(self.tr("This machine has too little memory for it."))
        return " ".join(parts)

    # What the buttons do

    def _use(self) -> None:
        model = self._chosen()
        if model is not None:
            self._choose_model(model.name)

    def _choose_model(self, name: str) -> None:
        self._preferences.change("chat_model", name)
        self.refresh()

    def _fetch(self) -> None:
        if not self._preferences.now.network:
            self._say(
                lambda: self.tr("The network is switched off. The page “Network” can allow it.")
            )
        else:
            self._run_for(chat_commands.fetch)

    def _run_for(self, arguments: Callable[[str], tuple[str, ...]]) -> None:
        model = self._chosen()
        if model is not None:
            self._run(arguments(model.name))

    def _run(self, arguments: tuple[str, ...]) -> None:
        if self.command.start(arguments):
            self.bar.begin()
            self._say(lambda: self._doing(arguments))

    def _doing(self, arguments: tuple[str, ...]) -> str:
        match arguments[0]:
            case "add":
                words = self.tr("Fetching %1…")
            case "try":
                words = self.tr("%1 is being loaded and writes a few words…")
            case _:
                words = self.tr("Deleting %1…")
        return words.replace("%1", _name(arguments))

    def _stop(self) -> None:
        fetched = self.command.running[:1] == ("add",)
        self.command.stop()
        self.bar.hide()
        self._say(lambda: self.tr("Stopped. What has come is kept.") if fetched else "")

    def _ended(self, outcome: Outcome) -> None:
        self.bar.hide()
        name = _name(outcome.arguments)
        if outcome.failure:
            self._say(lambda: f"{name}: {outcome.failure}")
        elif outcome.arguments[0] == "try":
            self._say_trial(name, outcome.value(Trial))
        elif outcome.arguments[0] == "add":
            self._close_form()
            self._say_added(name, outcome.value(Added))
        else:
            if name == self._preferences.now.chat_model:
                self._preferences.change("chat_model", "")
            self._say(lambda: self.tr("%1 is deleted.").replace("%1", name))
        self.refresh()

    def _say_added(self, name: str, added: object) -> None:
        here = added.name if isinstance(added, Added) else name
        self._wanted = here
        self._say(lambda: self.tr("%1 is on this computer now.").replace("%1", here))

    def _say_trial(self, name: str, trial: object) -> None:
        if not isinstance(trial, Trial) or trial.tokens_per_second <= 0:
            self._say(lambda: self.tr("%1 works.").replace("%1", name))
            return
        speed, ready = f"{trial.tokens_per_second:.1f}", f"{trial.ready_seconds:.1f}"
        text = " ".join(trial.text.split())

        def words() -> str:
            said = self.tr("%1 was ready after %2 s and writes %3 tokens a second.")
            for mark, value in (("%1", name), ("%2", ready), ("%3", speed)):
                said = said.replace(mark, value)
            return f"{said} “{text}”" if text else said

        self._say(words)

    def _ask_remove(self) -> None:
        model = self._chosen()
        if model is None:
            return
        box = QMessageBox(self.window())
        box.setWindowTitle("notesai")
        box.setText(self.tr("Delete %1 from this computer?").replace("%1", model_words(model)))
        box.setInformativeText(megabytes(model.size))
        delete = box.addButton(self.tr("Delete"), QMessageBox.ButtonRole.DestructiveRole)
        keep = box.addButton(self.tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(keep)
        box.setEscapeButton(keep)
        delete.clicked.connect(lambda: self._run(chat_commands.remove(model.name)))
        box.finished.connect(box.deleteLater)
        box.open()

    def _ask_file(self) -> None:
        title = self.tr("A chat model in a GGUF file")
        file, _ = QFileDialog.getOpenFileName(self.window(), title, "", "GGUF (*.gguf)")
        if file:
            self._run(chat_commands.take(file))

    def _open_form(self) -> None:
        self.form.clear()
        self.form.show()
        self._show_table()
        self._say(str)
        self.form.address.setFocus()
        self._show()

    def _close_form(self) -> None:
        self.form.hide()
        self._show_table()
        self._show()

    def _add_service(self, address: str, model: str, key: str) -> None:
        self._run(chat_commands.serve(address, model, key))

    def _switch_keeping(self, value: str) -> None:
        self._preferences.change("keep_conversations", value == ON)

    def _preference_changed(self, name: str) -> None:
        if name == "keep_conversations":
            self._show_kept()
        elif name == "chat_model" and self.isVisible():
            self.refresh()

    # What is shown

    def _show_kept(self) -> None:
        self.keep.show_value(ON if self._preferences.now.keep_conversations else OFF)

    def _say(self, says: Callable[[], str]) -> None:
        self._says = says
        self._show()

    def _show(self) -> None:
        self.text.setText(self._says())
        self.text.setVisible(bool(self.text.text()))
        model, runs = self._chosen(), bool(self.command.running)
        forms = self.form.isVisibleTo(self)
        runs_or_forms = runs or forms
        here = model is not None and model.installed and not runs_or_forms
        used = model is not None and model.in_use
        shown = {
            "use": here and not used,
            "quote": here and used,
            "fetch": model is not None and not model.installed and not runs_or_forms,
            "stop": runs,
            "try": here,
            "remove": here,
            "file": not runs_or_forms,
            "service": not runs_or_forms,
        }
        for name, visible in shown.items():
            self.buttons[name].setVisible(visible)

    def retranslate(self) -> None:
        """Say all texts in the window's language."""
        self.heading.setText(self.tr("Chat model"))
        self._intro.setText(
            self.tr(
                "A chat model writes answers out of your notes. It runs on this computer. Without "
                "one, answers are quoted from the notes, word for word."
            )
        )
        self.table.name_it(self.tr("Chat models"))
        names = {
            "use": self.tr("Use it"),
            "quote": self.tr("Quote only"),
            "fetch": self.tr("Fetch it"),
            "stop": self.tr("Stop"),
            "try": self.tr("Try it"),
            "remove": self.tr("Delete…"),
            "file": self.tr("Add a file…"),
            "service": self.tr("Add a service…"),
        }
        for name, words in names.items():
            self.buttons[name].setText(words)
        self.keep.name_values((self.tr("On"), self.tr("Off")))
        self._keep.name_it(
            self.tr("Keep conversations"),
            self.tr("On this computer only, in the data folder, until you delete them."),
        )
        self.models.retranslate()
        self.form.retranslate()
        self.bar.retranslate()
        self._show()

    def showEvent(self, event: QShowEvent) -> None:
        """Be up to date when looked at."""
        super().showEvent(event)
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        """Ask for nothing while not looked at."""
        super().hideEvent(event)
        self._client.cancel(self._call)


def _name(arguments: tuple[str, ...]) -> str:
    """What a command is about: a model, or the name of a file."""
    return PurePath(arguments[1]).name


def _text(name: str, parent: QWidget) -> QLabel:
    label = QLabel(parent)
    label.setObjectName(name)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label

"""The Ask view: conversations that are kept, the one going on, and the sources of its answers."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout

from notesai.engine.protocol import Failure
from notesai.gui import explain
from notesai.gui.asking.answer_markdown import as_markdown
from notesai.gui.asking.archive import Archive
from notesai.gui.asking.conversation import Conversation
from notesai.gui.asking.conversation_card import ConversationCard
from notesai.gui.asking.exchange import Exchange, Reach
from notesai.gui.asking.history_card import HistoryCard
from notesai.gui.asking.note_saver import NoteSaver, title_for
from notesai.gui.asking.sources_card import SourcesCard
from notesai.gui.asking.why_dialog import WhyDialog
from notesai.gui.editing.new_note import NewNoteDialog
from notesai.gui.reading.history import Place
from notesai.gui.reading.marks import Span
from notesai.gui.theme import Size
from notesai.gui.views.page import Page, Parts
from notesai.gui.views.three_columns import ThreeColumns
from notesai.model import Citation


class AskView(Page):
    """Asks the notes of one vault. `ask` is what other views and quick search come with."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts.into)
        self._parts = parts
        self._editing = -1
        self._titles: dict[str, str] = {}
        self.archive = Archive(parts.vault)
        self.conversation = Conversation(parts.client, self.archive, self)
        self.conversation.keeps = parts.preferences.now.keep_conversations
        self.saver = NoteSaver(parts.client, self)
        columns = ThreeColumns(self, "ask", Size.CONVERSATIONS, Size.SOURCES)
        self.history = HistoryCard(parts.look, columns)
        self.sources = SourcesCard(parts.look, columns)
        self.card = ConversationCard(
            parts.look,
            parts.client,
            self.conversation,
            parts.titles,
            self._title_table,
            lambda: parts.preferences.now.chat_model,
            columns,
        )
        self.pane, self.box, self.notice = self.card.pane, self.card.box, self.card.notice
        columns.fill(self.history, self.card, self.sources)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(columns)
        self._connect()
        self._connect_history()
        self._add_keys()
        self._know_titles()
        self._show_history()
        self._say_damage()

    def _connect(self) -> None:
        self.box.asked.connect(self._ask)
        self.box.stop_wanted.connect(self.conversation.stop)
        self.box.edit_ended.connect(self._editing_ended)
        self.card.models_wanted.connect(self._want_models)
        self.pane.attended.connect(self._show_sources)
        self.pane.pointed.connect(self._point)
        self.pane.cited.connect(self._open_cited)
        self.pane.action.connect(self._act)
        self.sources.opened.connect(self._open)
        self.sources.pointed.connect(self._point_from_source)
        self.conversation.changed.connect(self._changed)
        self.conversation.reset.connect(self._reset)
        self.conversation.settled.connect(self._show_history)
        self.conversation.unsaved.connect(self._say_unsaved)
        self.saver.saved.connect(self._say_saved)
        self.saver.failed.connect(self._say_failure)
        self._parts.titles.changed.connect(self._know_titles)
        self._parts.preferences.changed.connect(self._preference_changed)

    def _connect_history(self) -> None:
        self.history.new_wanted.connect(self.begin)
        self.history.open_wanted.connect(self.open_conversation)
        self.history.renamed.connect(self._rename)
        self.history.deleted.connect(self._delete)
        self.history.all_deleted.connect(self._delete_all)
        self.history.kept_wanted.connect(self._keep)

    def _add_keys(self) -> None:
        for keys, action in (
            ("Ctrl+Shift+N", self.begin),
            ("Ctrl+R", self.conversation.again),
            ("Ctrl+S", lambda: self._act(self.pane.attends, "save")),
            ("Ctrl+Shift+C", lambda: self._act(self.pane.attends, "copy")),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(action)

    # What the window and other views want

    def arrive(self) -> None:
        """Give the question the keyboard."""
        self.card.chip.refresh()
        self.box.edit.setFocus()

    def engine_ready(self) -> None:
        """Which model answers may be another one."""
        self.card.chip.refresh()

    def leave(self) -> None:
        """Stop what is being answered; as far as it came it is kept."""
        self.card.chip.forget()
        self.conversation.stop()

    def ask(self, question: str, reach: Reach | None = None) -> None:
        """Ask `question` of `reach` in a conversation of its own; an empty one waits to be typed.

        While another question is being answered, this one waits in its box.
        """
        if self.conversation.busy:
            self.box.edit.put(question)
        else:
            self.begin()
            if reach is not None:
                self.box.reach.choose(reach)
            if question.strip():
                self._ask(question)
        self.box.edit.setFocus()

    def begin(self) -> None:
        """Begin a conversation."""
        self.box.clear()
        self.conversation.begin()
        self.box.reach.choose(Reach())
        self.box.edit.setFocus()

    def open_conversation(self, name: str) -> None:
        """Go on with a conversation that was kept."""
        opened = self.archive.open(name)
        if opened is None:
            self.notice.say(lambda: self.tr("This conversation cannot be read any more."))
        else:
            self.box.clear()
            self.conversation.show(name, opened.exchanges)
            self.box.reach.choose(opened.exchanges[-1].reach if opened.exchanges else Reach())
        self._show_history()
        self._say_damage()

    # Asking

    def _ask(self, question: str) -> None:
        at, self._editing = self._editing, -1
        reach = self.box.reach.reach
        if at >= 0 and self.box.editing:
            asked = self.conversation.edit(at, question, reach)
        else:
            asked = self.conversation.ask(question, reach)
        if asked:
            self.box.clear()

    def _changed(self, at: int) -> None:
        if at == self.pane.attends:
            self._show_sources(at)
        self.box.edit.remember(tuple(one.question for one in self.conversation.exchanges))

    def _reset(self) -> None:
        self._editing = -1
        self._show_sources(self.pane.attends)
        self.box.edit.remember(tuple(one.question for one in self.conversation.exchanges))
        self.history.list.select_path(self.conversation.name)

    def _editing_ended(self) -> None:
        self._editing = -1

    def _exchange(self, at: int) -> Exchange | None:
        exchanges = self.conversation.exchanges
        return exchanges[at] if 0 <= at < len(exchanges) else None

    def _act(self, at: int, name: str) -> None:
        """Do what a button of an exchange says."""
        one = self._exchange(at)
        if one is None:
            return
        match name:
            case "edit":
                self._editing = at
                self.box.reach.choose(one.reach)
                self.box.begin_editing(one.question)
            case "again":
                self.conversation.again()
            case "copy" if one.answer is not None:
                QGuiApplication.clipboard().setText(as_markdown(one, self._titles))
                self.notice.say(lambda: self.tr("Copied, with its sources."))
            case "save" if one.answer is not None and not one.busy:
                self._save(one)
            case "why" if one.answer is not None:
                WhyDialog(one, one.answer, self.window()).open()
            case "models":
                self._want_models()
            case "search":
                self.query_wanted.emit(" ".join(one.question.split()))
            case "widen":
                self.box.reach.choose(Reach())
                self.conversation.edit(at, one.question, Reach())
            case _:
                pass

    def _save(self, one: Exchange) -> None:
        folder = one.reach.scope.folder.rstrip("/")
        shown = folder or self._parts.vault.name

        def wanted(title: str) -> None:
            self.saver.save(folder, title, body)

        dialog = NewNoteDialog(shown, self.window())
        dialog.title.setText(title_for(one.question))
        dialog.title.selectAll()
        body = as_markdown(one, self._titles, heading=False)
        dialog.wanted.connect(wanted)
        dialog.open()

    # Sources

    def _show_sources(self, at: int) -> None:
        one = self._exchange(at)
        kind = one.answer.kind if one is not None and one.answer is not None else None
        named, given = (one.citations, one.given) if one is not None else ((), ())
        loaded = self._parts.titles.loaded
        self.sources.show_sources(
            named or given, kind, self._titles, loaded=loaded, given=bool(given)
        )

    def _point(self, at: int, numbers: tuple[int, ...]) -> None:
        self.sources.point_at(numbers)
        self.pane.point_at(at, numbers)

    def _point_from_source(self, numbers: tuple[int, ...]) -> None:
        self._point(self.pane.attends, numbers)

    def _open_cited(self, at: int, number: int) -> None:
        one = self._exchange(at)
        for citation in one.citations if one is not None else ():
            if citation.n == number:
                self._open(citation)
                return

    def _open(self, citation: Citation) -> None:
        self.place_wanted.emit(Place(citation.path, (Span(citation.start, citation.end),)))

    def _know_titles(self) -> None:
        self._titles = {note.path: note.title for note in self._parts.titles.notes}
        self._show_sources(self.pane.attends)

    def _title_table(self) -> Mapping[str, str]:
        return self._titles

    def _want_models(self) -> None:
        self.part_wanted.emit("settings", "chat")

    # Conversations that are kept

    def _show_history(self) -> None:
        keeps = self._parts.preferences.now.keep_conversations
        self.history.show_kept(self.archive.all(), self.conversation.name, keeps=keeps)

    def _rename(self, name: str, title: str) -> None:
        self._try(lambda: self.archive.rename(name, title))

    def _delete(self, name: str) -> None:
        if name == self.conversation.name:
            self.begin()
        self._try(lambda: self.archive.delete(name))

    def _delete_all(self) -> None:
        self.begin()
        self._try(self.archive.delete_all)

    def _keep(self, wanted: bool) -> None:
        self._parts.preferences.change("keep_conversations", wanted)

    def _preference_changed(self, name: str) -> None:
        if name == "keep_conversations":
            self.conversation.keeps = self._parts.preferences.now.keep_conversations
            self._show_history()
        elif name == "chat_model":
            self.card.chip.refresh()

    def _try(self, change: Callable[[], None]) -> None:
        try:
            change()
        except OSError as error:
            why = error.strerror or str(error)
            self.notice.say(
                lambda: self.tr("That was not possible: %1").replace("%1", why), stays=True
            )
        self._show_history()

    # What is said

    def _say_saved(self, path: str) -> None:
        name = path.rpartition("/")[2]
        self.notice.say(
            lambda: self.tr("Saved as “%1”.").replace("%1", name),
            lambda: self.tr("Open the note"),
            lambda: self.place_wanted.emit(Place(path)),
        )

    def _say_failure(self, error: Failure) -> None:
        def words() -> str:
            meaning = explain.failure(error)
            return f"{meaning.what} {meaning.hint}".strip()

        self.notice.say(words, stays=True)

    def _say_unsaved(self, why: str) -> None:
        self.notice.say(
            lambda: self.tr("This conversation could not be kept: %1").replace("%1", why),
            stays=True,
        )

    def _say_damage(self) -> None:
        count, self.archive.damaged = self.archive.damaged, 0
        if count:
            self.notice.say(
                lambda: self.tr(
                    "%Ln conversation(s) were damaged and set aside in the data folder. What could "
                    "be read is kept.",
                    None,
                    count,
                ),
                stays=True,
            )

"""The search view: results as one types, the note found, and what is related to it."""

import re
from collections.abc import Callable

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from notesai.engine.protocol import Failure, IndexChanged, IndexProgress
from notesai.gui import states
from notesai.gui.appearance import Appearance
from notesai.gui.asking.exchange import Reach, of_note
from notesai.gui.client import CANCELLED, EngineClient
from notesai.gui.misread import told
from notesai.gui.reading_pane import Place, ReadingPane
from notesai.gui.requests import Replies
from notesai.gui.rows import Row, hit_row, note_row, tag_query
from notesai.gui.states import State
from notesai.gui.titles import Titles
from notesai.gui.views.page import Page
from notesai.gui.views.three_columns import ThreeColumns
from notesai.gui.widgets.results_card import ResultsCard
from notesai.model import Scope, SearchMode, SearchResult

PREVIEW_MS = 120
_AGAIN_MS = 1500
_LOADING_MS = 250
_RECENT = 30
_QUOTED = 80
_NARROWING = re.compile(r'["“”＂]|(?<!\S)-\S|(?<!\S)-?[A-Za-z]+[:：]\S')
"""What looks like a phrase, an exclusion or a filter."""


class SearchView(Page):
    """Answers one query at a time; without a query it shows the notes changed last."""

    def __init__(
        self,
        look: Appearance,
        client: EngineClient,
        titles: Titles,
        reading: ReadingPane,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._client, self._titles, self.reading = client, titles, reading
        reading.setParent(self)
        self._query = ""
        self._mode = SearchMode.HYBRID
        self._call = 0
        self._result: SearchResult | None = None
        self._fresh = False
        self._begun = False
        self.columns = ThreeColumns(self, "search")
        self.results = ResultsCard(look, self.columns)
        self._preview = self._timer(PREVIEW_MS, self._open_selected)
        self._again = self._timer(_AGAIN_MS, self._search_again)
        self._loading = self._timer(_LOADING_MS, self._show_loading)
        self.columns.fill(self.results, reading.reader, reading.related)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.columns)
        self._connect()
        self._retranslate()
        self._show_recent(same_subject=False)

    def _timer(self, milliseconds: int, slot: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(slot)
        return timer

    def _connect(self) -> None:
        rows = self.results.list
        rows.chosen.connect(self._chosen)
        rows.picked.connect(self._open_row)
        rows.opened.connect(self.open_result)
        self.results.mode_chosen.connect(self._choose_mode)
        self.results.ask_wanted.connect(self._ask_results)
        self.reading.actions.ask_wanted.connect(self._ask_note)
        self.reading.tag_clicked.connect(self._find_tag)
        self.reading.note_shown.connect(self.heading_changed)
        self._titles.changed.connect(self._titles_changed)
        self._titles.failed.connect(self._titles_failed)
        self._client.index_changed.connect(self._index_changed)
        self._client.index_progress.connect(self._index_progress)

    @property
    def query(self) -> str:
        """What is being searched for; empty while recent notes are shown."""
        return self._query

    def take_query(self, query: str) -> bool:
        """Search for what stands in the field, unless that is done already."""
        if query != self._query:
            self.search(query)
        return True

    def search(self, query: str) -> None:
        """Show what is found for `query`; an older search is given up."""
        self._query, self._begun = query, True
        self._preview.stop()
        self._again.stop()
        self._fresh = True
        self._client.cancel(self._call)
        if not query:
            self._loading.stop()
            self._result = None
            self._show_recent(same_subject=False)
            return
        self._loading.start()
        self._ask()

    @property
    def heading(self) -> str:
        """The note being read: it is what tells windows apart in a task list."""
        return self.reading.title

    def leave(self) -> None:
        """Keep the draft of what is being written."""
        self.reading.close_pane()

    def engine_ready(self) -> None:
        """Ask again what could not be answered while the engine was away."""
        self.reading.engine_ready()
        if self._query:
            self._search_again()

    def step(self, by: int) -> None:
        """Move the selection, as the arrow keys in the list do."""
        self.results.list.step(by)

    def open_result(self) -> None:
        """Open the selected result and give the reader the keyboard."""
        self.results.list.hold()
        self._open_selected()
        if self.results.list.current is not None:
            self.reading.reader.focus_page()

    def _ask(self) -> None:
        replies = Replies(ok=self._answered, partial=self._answered_in_part, failed=self._failed)
        self._call = self._client.search(self._query, self._mode, replies)

    def _search_again(self) -> None:
        """Ask the same once more, because notes have changed."""
        if self._query:
            self._fresh = False
            self._client.cancel(self._call)
            self._ask()

    def _answered_in_part(self, result: SearchResult) -> None:
        if result.hits:
            self._show(result)

    def _answered(self, result: SearchResult) -> None:
        self._show(result)
        if not result.hits:
            self._show_none(result)

    def _show(self, result: SearchResult) -> None:
        self._loading.stop()
        self._result = result
        rows = [hit_row(hit) for hit in result.hits]
        self.results.show_results(rows, result, same_subject=not self._fresh)
        self._fresh = False
        self.results.list.select_first()

    def _show_none(self, result: SearchResult) -> None:
        def describe() -> State:
            what = self.tr("Nothing found for “%1”.").replace("%1", _short(result.query))
            more = self.tr("Try other or fewer words.")
            if result.misread:
                more = "\n".join(map(told, result.misread))
            elif result.pending:
                more = self.tr("More may turn up while notes are still being embedded.")
            elif _NARROWING.search(result.query):
                more = self.tr("Try it without quotation marks, a minus or a filter such as tag:.")
            out = self.tr("Search by word and meaning") if narrow else self.tr("Clear the search")
            return State("search", what, more, out)

        narrow = self._mode is not SearchMode.HYBRID
        self.results.show_state(describe, self._use_hybrid if narrow else self._clear)

    def _ask_note(self, path: str) -> None:
        self.ask_wanted.emit("", of_note(path))

    def _ask_results(self) -> None:
        """Have a question asked of the notes found."""
        paths = tuple(row.path for row in self.results.list.rows)
        if paths:
            self.ask_wanted.emit("", Reach(scope=Scope(paths=paths), query=self._query.strip()))

    def _clear(self) -> None:
        self.query_wanted.emit("")

    def _find_tag(self, tag: str) -> None:
        self.query_wanted.emit(tag_query(tag))

    def _use_hybrid(self) -> None:
        self.results.set_mode(SearchMode.HYBRID)
        self._choose_mode(SearchMode.HYBRID)

    def _failed(self, error: Failure) -> None:
        self._loading.stop()
        if error.code == CANCELLED:
            # Another window has searched meanwhile, or the engine has started afresh.
            self._again.start()
        elif self._result is None or self._fresh:
            self.results.show_state(states.failed(error), self._retry)

    def _retry(self) -> None:
        self.search(self._query)

    def _show_loading(self) -> None:
        if not self.results.list.rows or not self.results.shows_list:
            self.results.show_state(lambda: State("search", self.tr("Searching…")))

    def _show_recent(self, *, same_subject: bool) -> None:
        rows = [note_row(note) for note in self._titles.recent(_RECENT)]
        if rows:
            self.results.show_recent(rows, same_subject=same_subject)
        elif self._titles.empty:
            self.results.show_state(states.no_notes, self.reading.show_vault)
        else:
            self.results.show_state(states.opening)

    def _titles_changed(self) -> None:
        if not self._query:
            self._show_recent(same_subject=True)
            self._open_latest()

    def _open_latest(self) -> None:
        """Begin with the note that was changed last, unless something is open already."""
        rows = self.results.list.rows
        if self._begun or not rows:
            return
        self._begun = True
        if not self.reading.path:
            self.results.list.select_path(rows[0].path)
            self.results.list.hold()
            self.reading.open(Place(rows[0].path))

    def _titles_failed(self, error: Failure) -> None:
        if not self._query:
            self.results.show_state(states.failed(error), self._titles.refresh)

    def _index_changed(self, _: IndexChanged) -> None:
        if self._query and not self._again.isActive():
            self._again.start()

    def _index_progress(self, progress: IndexProgress) -> None:
        if progress.phase == "done":
            self.results.nothing_pends()

    def _choose_mode(self, mode: SearchMode) -> None:
        if mode is not self._mode:
            self._mode = mode
            self.search(self._query)

    def _chosen(self, row: Row) -> None:
        if self._query or self.results.list.touched:
            self._preview.start()

    def _open_selected(self) -> None:
        """Preview: a fuller answer may still bring a better first result, so nothing is held."""
        row = self.results.list.current
        if row is not None:
            self._preview.stop()
            self.reading.open(Place(row.path, row.spans))

    def _open_row(self, row: Row) -> None:
        self._preview.stop()
        self.results.list.hold()
        self.reading.open(Place(row.path, row.spans))

    def _retranslate(self) -> None:
        self.results.retranslate()
        if self._query and self._result is not None and self.results.shows_list:
            self._fresh = False
            self._show(self._result)
        elif not self._query and self.results.shows_list:
            self._show_recent(same_subject=True)

    def changeEvent(self, event: QEvent) -> None:
        """Speak the window's language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)


def _short(query: str) -> str:
    return query if len(query) <= _QUOTED else query[:_QUOTED].rstrip() + "…"

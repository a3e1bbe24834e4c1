"""The window of quick search: built ahead, hidden, and shown within a few milliseconds."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QCursor, QGuiApplication, QHideEvent, QPainterPath, QRegion, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from notesai.engine.protocol import Failure
from notesai.gui import states
from notesai.gui.appearance import Appearance
from notesai.gui.client import EngineClient
from notesai.gui.desktop.attention import call_up
from notesai.gui.i18n import number
from notesai.gui.quick.field import QuickField
from notesai.gui.quick.finder import Finder
from notesai.gui.quick.footer import Footer
from notesai.gui.quick.preview import Preview
from notesai.gui.reading.links import Link
from notesai.gui.rows import Row, tag_query
from notesai.gui.states import Describe, State
from notesai.gui.theme import Size, Space
from notesai.gui.titles import Titles
from notesai.gui.widgets.row_list import RowList
from notesai.gui.widgets.state_pane import StatePane
from notesai.model import SearchResult

_ROOM_LEAST = Size.QUICK + 2 * Space.XL


class QuickWindow(QWidget):
    """Search above all other windows. Signals tell what was chosen; the window then hides.

    `open_wanted` and `edit_wanted` bring the chosen `Row`, `ask_wanted` the query, `link_wanted`
    a link of the preview and the path of the note that it is in.
    """

    open_wanted = Signal(object)
    edit_wanted = Signal(object)
    ask_wanted = Signal(str)
    link_wanted = Signal(object, str)

    def __init__(self, look: Appearance, client: EngineClient, titles: Titles, vault: Path) -> None:
        super().__init__(
            None,
            Qt.WindowType.Tool
            | Qt.WindowType.FramelessWindowHint
            | Qt.WindowType.WindowStaysOnTopHint,
        )
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground, _can_be_seen_through())
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self._client, self._titles = client, titles
        self._was_active = False
        self._open_when_found = False
        self._words: Callable[[], str] = str
        self.finder = Finder(client, titles, self)
        self.field = QuickField(look)
        self.list = RowList(look, 1)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.state = StatePane(look)
        self.preview = Preview(look, vault)
        self.footer = Footer()
        self._upright = _rule("upright")
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect()
        self._retranslate()
        self._show_state(states.opening)

    def _lay_out(self) -> None:
        lists = QWidget()
        column = QVBoxLayout(lists)
        column.setContentsMargins(Space.S, Space.S, Space.S, Space.S)
        column.addWidget(self.list)
        self._stack.addWidget(lists)
        self._stack.addWidget(self.state)
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self._stack, 1)
        body.addWidget(self._upright)
        body.addWidget(self.preview, 1)
        card = QFrame()
        card.setObjectName("quick")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.setSpacing(0)
        inside.addWidget(self.field)
        inside.addWidget(_rule("rule"))
        inside.addLayout(body, 1)
        inside.addWidget(_rule("rule"))
        inside.addWidget(self.footer)
        outside = QVBoxLayout(self)
        outside.setContentsMargins(0, 0, 0, 0)
        outside.addWidget(card)

    def _connect(self) -> None:
        self.field.query_changed.connect(self._search)
        self.field.stepped.connect(self.list.step)
        self.field.open_wanted.connect(self._open)
        self.field.edit_wanted.connect(self._edit)
        self.field.ask_wanted.connect(self._ask)
        self.field.escaped.connect(self.hide)
        self.list.chosen.connect(self._chosen)
        self.list.picked.connect(self._open)
        self.finder.found.connect(self._found)
        self.finder.answered.connect(self._answered)
        self.finder.failed.connect(self._failed)
        self.finder.note_read.connect(self.preview.show_note)
        self.finder.note_missing.connect(self.preview.clear)
        self.preview.tag_clicked.connect(self._find_tag)
        self.preview.link_clicked.connect(self._follow)

    def build_ahead(self) -> None:
        """Make all that showing needs, without showing: the first time is as quick as the rest."""
        self._place()
        self.winId()
        self.ensurePolished()
        self.grab()

    def summon(self, token: str = "") -> None:
        """Show the window on the screen with the cursor, ready for typing.

        `token` is that of `attention.call_up`.
        """
        self._was_active = False
        self._open_when_found = False
        self._place()
        self.field.focus_all()
        call_up(self, token)
        self._client.wake()
        # First the window, then what may have changed since it was last looked at.
        QTimer.singleShot(0, self, self.finder.wake)

    def toggle(self, token: str = "") -> None:
        """Hide the window if it is in front, else show it."""
        if self.isVisible() and self.isActiveWindow():
            self.hide()
        else:
            self.summon(token)

    def close_quick(self) -> None:
        """Stop all work; the app is ending."""
        self.hide()
        self.finder.rest()
        self.preview.close_preview()

    def _place(self) -> None:
        free = room()
        wide = free.width() >= _ROOM_LEAST
        self.preview.setVisible(wide)
        self._upright.setVisible(wide)
        self._stack.setMinimumWidth(Size.QUICK_LIST if wide else 0)
        self._stack.setMaximumWidth(Size.QUICK_LIST if wide else Size.QUICK_LEAST)
        self.setGeometry(placed(free))

    def _search(self, query: str) -> None:
        self._open_when_found = False
        self.finder.search(query)

    def _found(self, rows: list[Row], fresh: bool) -> None:
        if not rows and self.finder.query:
            return
        self._stack.setCurrentIndex(0)
        self.list.show_rows(rows, same_subject=not fresh)
        self.list.select_first()
        self._chosen(self.list.current)
        if self._open_when_found and rows:
            self._open()

    def _answered(self, result: SearchResult | None) -> None:
        if result is None:
            self._say(lambda: self.tr("Changed last"))
            if not self.list.rows:
                self._show_state(states.no_notes if self._titles.empty else states.opening)
            return
        self._say(lambda: self._figures(result))
        if not result.hits:
            self._open_when_found = False
            self._show_state(lambda: self._nothing(result.query))

    def _say(self, words: Callable[[], str]) -> None:
        """Show `words` in the last line, now and in each language to come."""
        self._words = words
        self.footer.words.setText(words())

    def _figures(self, result: SearchResult) -> str:
        count = self.tr("%Ln result(s)", None, len(result.hits))
        return f"{count} · {number(round(result.milliseconds))} ms"

    def _nothing(self, query: str) -> State:
        what = self.tr("Nothing found for “%1”.").replace("%1", query)
        return State("search", what)

    def _failed(self, error: Failure) -> None:
        self._open_when_found = False

        def describe() -> State:
            state = states.failed(error)()
            return State(state.icon, state.what, state.more)

        self._show_state(describe)

    def _show_state(self, describe: Describe) -> None:
        self.list.show_rows([], same_subject=False)
        self._chosen(None)
        self.state.say(describe)
        self.state.button.hide()
        self._stack.setCurrentWidget(self.state)

    def _chosen(self, row: Row | None) -> None:
        self.preview.expect(row)
        self.finder.preview(row.path if row is not None and self.preview.isVisibleTo(self) else "")

    def _open(self) -> None:
        """Open what is chosen; what is still being searched for, as soon as it is found."""
        row = self.list.current if self._up_to_date() else None
        if row is None:
            self._open_when_found = bool(self.field.query)
            return
        self.hide()
        self.open_wanted.emit(row)

    def _edit(self) -> None:
        row = self.list.current if self._up_to_date() else None
        if row is not None:
            self.hide()
            self.edit_wanted.emit(row)

    def _up_to_date(self) -> bool:
        """True if the rows answer what stands in the field."""
        return not self.finder.waiting and self._stack.currentIndex() == 0

    def _ask(self) -> None:
        self.hide()
        self.ask_wanted.emit(self.field.query)

    def _find_tag(self, tag: str) -> None:
        self.field.set_query(tag_query(tag))

    def _follow(self, link: Link) -> None:
        path = self.preview.path
        self.hide()
        self.link_wanted.emit(link, path)

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Quick search – notesai"))
        self.setAccessibleName(self.tr("Quick search"))
        self.list.setAccessibleName(self.tr("Results"))
        self.footer.words.setText(self._words())

    def changeEvent(self, event: QEvent) -> None:
        """Hide when another window is used; speak the window's language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() is QEvent.Type.ActivationChange:
            if self.isActiveWindow():
                self._was_active = True
            elif self._was_active and self.isVisible():
                self.hide()
        super().changeEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Ask for nothing while hidden."""
        self.finder.rest()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the corners round where the desktop cannot show what is behind them."""
        super().resizeEvent(event)
        if not self.testAttribute(Qt.WidgetAttribute.WA_TranslucentBackground):
            shape = QPainterPath()
            shape.addRoundedRect(self.rect(), Size.RADIUS, Size.RADIUS)
            self.setMask(QRegion(shape.toFillPolygon().toPolygon()))


def room() -> QRect:
    """What is free of the screen with the cursor."""
    screen = QGuiApplication.screenAt(QCursor.pos()) or QGuiApplication.primaryScreen()
    return screen.availableGeometry()


def placed(free: QRect) -> QRect:
    """Where the window goes on a screen with this room: a third from the top if it fits there."""
    edge = Space.XL
    width = Size.QUICK if free.width() >= _ROOM_LEAST else min(Size.QUICK_LEAST, free.width())
    rows = Size.QUICK_ROWS * Size.QUICK_ROW + 2 * Space.S
    whole = Size.QUICK_FIELD + Size.QUICK_FOOT + rows + 4
    height = min(whole, free.height() - 2 * edge)
    top = min(free.height() // 3, free.height() - edge - height)
    left = (free.width() - width) // 2
    return QRect(free.left() + left, free.top() + max(top, 0), width, height)


def _can_be_seen_through() -> bool:
    """True if corners can be left out. On X11 that takes a compositor."""
    if QGuiApplication.platformName() != "xcb":
        return True
    try:
        from notesai.gui.desktop.hotkey.x11 import composited

        return composited()
    except (ImportError, OSError):
        return False


def _rule(name: str) -> QFrame:
    rule = QFrame()
    rule.setObjectName(name)
    if name == "upright":
        rule.setFixedWidth(1)
    else:
        rule.setFixedHeight(1)
    return rule

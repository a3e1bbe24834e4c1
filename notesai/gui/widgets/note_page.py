"""The page that shows one note: rendered a slice at a time, with its passages highlighted.

Nothing is ever fetched from anywhere: images come from inside the vault through `PageImages`,
every other resource is refused.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from string import ascii_lowercase

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QFontMetrics,
    QImage,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
)
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from notesai.gui import stylesheet
from notesai.gui.appearance import Appearance
from notesai.gui.reading import links
from notesai.gui.reading.html import link_html
from notesai.gui.reading.read_only import headings_of
from notesai.gui.theme import Size, Space, font
from notesai.gui.widgets import note_blocks
from notesai.gui.widgets.missing_image import missing_image
from notesai.gui.widgets.note_writer import NoteWriter
from notesai.gui.widgets.page_images import PageImages
from notesai.gui.widgets.page_marks import found_marks, passage_marks, selection

_SLICE_SECONDS = 0.008
_SHOWN_AT_FIRST = 300_000
# Scrolling down has more of the document laid out, which lets the page scroll further.
_SCROLL_TRIES = 8
_FOUND_IN_AT_MOST = 4_000_000
_FIRST_SCREEN = 0.6


@dataclass(frozen=True, slots=True)
class Page:
    """What to show: a note's path and its HTML in order.

    `marks` are the characters around passages, empty if there are none, `passage` the one to go
    to, `more` the text of the link that ends a page that is too long to be shown at once.
    """

    path: str
    pieces: Iterator[str]
    marks: tuple[str, str] = ("", "")
    passage: int = 0
    more: str = ""


class NotePage(QTextBrowser):
    """A read-only page. `link_clicked` brings a parsed link; `finished` follows the last slice."""

    link_clicked = Signal(object)
    finished = Signal()

    def __init__(self, look: Appearance, vault: Path, head: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._page = Page("", iter(()))
        self._writer = NoteWriter(self.document(), "", "")
        self._parsed: str | None = None
        self._budget = 0
        self._cut = False
        self._jump: int | None = None
        self._scroll: int | None = None
        self._held: QTextCursor | None = None
        self._held_at = -1
        self._found: list[tuple[int, int]] = []
        self._found_at = -1
        self._head = head
        head.setParent(self.viewport())
        self._images = PageImages(vault, self)
        self._images.loaded.connect(self._image_loaded)
        self._images.missing.connect(self._image_missing)
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._slice)
        self._set_up()

    def _set_up(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setUndoRedoEnabled(False)
        self.setFont(font(Size.READING))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)
        self.anchorClicked.connect(self._anchor_clicked)
        self.verticalScrollBar().valueChanged.connect(self._place_head)
        self.verticalScrollBar().rangeChanged.connect(self._hold_place)
        self._head.installEventFilter(self)

    @property
    def passages(self) -> int:
        """How many highlighted passages are on the page so far."""
        return len(self._writer.passages)

    @property
    def busy(self) -> bool:
        """True while more of the note is being written."""
        return self._timer.isActive()

    def show_note(self, page: Page) -> None:
        """Show a note from its beginning, or from its passage if it has one."""
        self._start(page)
        self._jump = page.passage if page.marks[0] else None
        self._scroll = None
        self.verticalScrollBar().setValue(0)
        self._slice()

    def refresh_note(self, page: Page) -> None:
        """Show the same note anew, staying where the reader is."""
        scroll = self.verticalScrollBar().value()
        self._start(page)
        self._jump, self._scroll = None, scroll
        self._slice()

    def clear_note(self) -> None:
        """Show nothing."""
        self._start(Page("", iter(())))

    def go_to_passage(self, index: int) -> bool:
        """Bring passage `index` into sight. False if it is not on the page."""
        if not 0 <= index < self.passages:
            return False
        self._bring_to_sight(self._writer.passages[index])
        return True

    def go_to_heading(self, heading: str) -> bool:
        """Bring the heading with this text into sight. False if there is none on the page."""
        wanted = tuple(name.strip().casefold() for name in headings_of(heading))
        named = tuple(f"{name}:" for name in wanted) if len(wanted) > 1 else ()
        block = self.document().begin()
        while block.isValid():
            said = block.text().strip().casefold() if block.blockFormat().headingLevel() else ""
            if said and (said in wanted or said.startswith(named)):
                self._bring_to_sight(QTextCursor(block))
                return True
            block = block.next()
        return False

    def show_all(self) -> None:
        """Write what is left of a long note too, so that words are found in all of it."""
        if self._budget > 0 or self._page.path == "":
            self._budget = max(self._budget, _FOUND_IN_AT_MOST)
        elif self._cut:
            self._show_more(_FOUND_IN_AT_MOST)

    def find_text(self) -> str:
        """All that is on the page so far; its positions are those of the document."""
        return self.document().toRawText()

    def show_found(self, found: list[tuple[int, int]], at: int) -> None:
        """Mark the places found (in UTF-16 units) and bring the one at index `at` into sight."""
        self._found, self._found_at = found, max(at, min(self._found_at, len(found) - 1))
        self._show_passages()
        if 0 <= at < len(found):
            self._bring_to_sight(selection(self.document(), *found[at]))

    def close_page(self) -> None:
        """Stop writing and loading; the page is about to go."""
        self._timer.stop()
        self._images.wait()

    def _start(self, page: Page) -> None:
        self._timer.stop()
        self._images.forget()
        self._page, self._parsed = page, None
        self._budget, self._cut = _SHOWN_AT_FIRST, False
        self._found, self._found_at = [], -1
        self._held, self._held_at = None, -1
        document = self.document()
        document.clear()
        document.setDefaultStyleSheet(stylesheet.note(self._look.tokens))
        self._writer = NoteWriter(document, *page.marks)
        self._fit_column()
        self._show_passages()

    def _slice(self) -> None:
        """Write for a few milliseconds; go on later unless the note or the budget is at its end."""
        until = time.perf_counter() + _SLICE_SECONDS
        found = self.passages
        more = True
        while more and self._budget > 0:
            more = self._write_piece()
            # The first piece is there at once: between two notes no empty page is to be seen.
            begun = self._parsed is None or not self.document().isEmpty()
            if begun and time.perf_counter() > until:
                break
        if self.passages != found:
            self._show_passages()
        if more and self._budget > 0:
            self._keep_place()
            self._timer.start()
            return
        self._timer.stop()
        self._cut = more
        if more:
            self._writer.append(link_html(links.MORE, self._page.more))
        self._keep_place(last=True)
        self.finished.emit()

    def _write_piece(self) -> bool:
        """Do half of a piece: parse it, or lay it out; False when there is none left.

        Each half of a table may take what a slice has.
        """
        piece, self._parsed = self._parsed, None
        if piece is None:
            self._parsed = next(self._page.pieces, None)
            return self._parsed is not None
        self._budget -= len(piece)
        self._writer.append(piece)
        if self._held is None and self.textCursor().position():
            # The page's own cursor is carried along by what is written; it belongs at the top.
            self.setTextCursor(QTextCursor(self.document()))
        return True

    def _show_more(self, budget: int = _SHOWN_AT_FIRST) -> None:
        self._writer.drop_last_block()
        self._budget, self._cut = budget, False
        self._slice()

    def _keep_place(self, *, last: bool = False) -> None:
        """Go where the page should stand, as soon as that part of it is written."""
        bar = self.verticalScrollBar()
        if self._jump is not None and self.passages:
            wanted = min(self._jump, self.passages - 1) if last else self._jump
            if self.go_to_passage(wanted):
                self._jump = None
        if self._scroll is not None and (last or bar.maximum() >= self._scroll):
            bar.setValue(self._scroll)
            self._scroll = None
        self._place_head()

    def _bring_to_sight(self, place: QTextCursor) -> None:
        """Scroll so that `place` stands a quarter down the page, and keep it there.

        A place on the first screen is in sight already: the page stays at its top. What is laid
        out later (the rest of the note, a picture above) may move the place; it is brought back
        for as long as nobody has scrolled.
        """
        self._held = QTextCursor(place)
        self._held.setPosition(place.selectionStart())
        # Qt keeps the page's own cursor in sight when it lays the page out: it has to be here.
        self.setTextCursor(self._held)
        self._scroll_to_held()

    def _scroll_to_held(self) -> None:
        if self._held is None:
            return
        bar = self.verticalScrollBar()
        self._held_at = -1
        for _ in range(_SCROLL_TRIES):
            range_before = bar.maximum()
            height = self.viewport().height()
            top = bar.value() + self.cursorRect(self._held).top()
            bar.setValue(top - height // 4 if top > height * _FIRST_SCREEN else 0)
            if bar.maximum() == range_before:
                break
        self._held_at = bar.value()

    def _hold_place(self) -> None:
        if self._held_at == self.verticalScrollBar().value():
            self._scroll_to_held()

    def _show_passages(self) -> None:
        """Lay the marks behind the passages, and behind the words that were looked for."""
        found = found_marks(self.document(), self._found, self._found_at, self._look)
        self.setExtraSelections([*passage_marks(self._writer.passages, self._look), *found])

    def _anchor_clicked(self, url: QUrl) -> None:
        link = links.parse(bytes(url.toEncoded().data()).decode("ascii", "replace"))
        if isinstance(link, links.MoreLink):
            self._show_more()
        elif isinstance(link, links.FootnoteLink):
            self._go_to_anchor(f"footnote-{link.name}")
        elif link is not None:
            self.link_clicked.emit(link)

    def _go_to_anchor(self, name: str) -> None:
        block = self.document().begin()
        while block.isValid():
            fragments = block.begin()
            while not fragments.atEnd():
                if name in fragments.fragment().charFormat().anchorNames():
                    self._bring_to_sight(QTextCursor(block))
                    return
                fragments += 1
            block = block.next()

    def loadResource(self, type: int, name: QUrl | str) -> object:
        """Nothing but the vault's own images, which arrive later; at first an empty place."""
        address = name if isinstance(name, str) else bytes(name.toEncoded().data()).decode("ascii")
        source = links.image_source(address)
        if source and type == QTextDocument.ResourceType.ImageResource.value:
            self._images.ask(address, source, self._page.path)
        return _nothing()

    def _image_loaded(self, address: str, image: QImage) -> None:
        """Put a picture into its place, fitted to the column, and stay where the reader is."""
        widest = max(1, self._column()[1])
        if image.deviceIndependentSize().width() > widest:
            image = image.scaledToWidth(widest, Qt.TransformationMode.SmoothTransformation)
        document = self.document()
        kind = QTextDocument.ResourceType.ImageResource.value
        document.addResource(kind, QUrl(address), image)
        held = self._held_at == self.verticalScrollBar().value()
        for place in self._writer.images(address):
            document.markContentsDirty(place.position(), 1)
        if held:
            self._scroll_to_held()

    def _image_missing(self, address: str, source: str) -> None:
        """Say in the place of a picture that it cannot be shown."""
        text = self.tr("Image not found: %1").replace("%1", source.partition("#")[0])
        widest, ratio = self._column()[1], self.devicePixelRatioF()
        self._image_loaded(address, missing_image(text, widest, self._look, ratio))

    def _column(self) -> tuple[int, int]:
        """Left edge and width of the text: centred, 75 characters at most."""
        # Not `averageCharWidth`: where a face has Hangul and Han, that is twice a letter's width.
        letters = QFontMetrics(self.font()).horizontalAdvance(ascii_lowercase)
        widest = letters * Size.READING_COLUMNS // len(ascii_lowercase)
        free = self.viewport().width()
        width = min(widest, free - 2 * Space.XL)
        return (free - width) // 2, width

    def _fit_column(self) -> None:
        left, width = self._column()
        width_of_head = max(1, width)
        self._head.setFixedSize(width_of_head, max(0, self._head.heightForWidth(width_of_head)))
        frame = self.document().rootFrame()
        shape = QTextFrameFormat(frame.frameFormat())
        shape.setLeftMargin(left)
        shape.setRightMargin(max(0, self.viewport().width() - left - width))
        shape.setTopMargin(self._head.height())
        shape.setBottomMargin(Space.XL)
        if shape != frame.frameFormat():
            frame.setFrameFormat(shape)
        self._place_head()

    def _place_head(self) -> None:
        place = QPoint(self._column()[0], -self.verticalScrollBar().value())
        if self._head.pos() != place:
            self._head.move(place)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Make room for the head when its tags or title need another line."""
        if watched is self._head and event.type() is QEvent.Type.LayoutRequest:
            QTimer.singleShot(0, self, self._fit_column)
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the column to the new width."""
        super().resizeEvent(event)
        self._fit_column()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the surfaces of code and quotes, then the text."""
        scroll = self.verticalScrollBar().value()
        painter = QPainter(self.viewport())
        painter.setClipRect(event.rect())
        painter.translate(0, -scroll)
        shown = QRectF(event.rect()).translated(0, scroll)
        note_blocks.paint(painter, self.document(), shown, self._look.tokens)
        painter.end()
        super().paintEvent(event)


def _nothing() -> QPixmap:
    """A picture of nothing: with none at all, Qt would look for a file of that name."""
    picture = QPixmap(1, 1)
    picture.fill(Qt.GlobalColor.transparent)
    return picture

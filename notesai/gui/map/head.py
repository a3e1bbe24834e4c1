"""The line above the map: how many notes, what colours mean, and what can be done with it."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from notesai.gui.appearance import Appearance
from notesai.gui.i18n import number
from notesai.gui.map.colouring import ColourBy
from notesai.gui.map.files import KINDS
from notesai.gui.theme import Size, Space
from notesai.gui.widgets.choice_button import ChoiceButton
from notesai.gui.widgets.elided_label import ElidedLabel
from notesai.gui.widgets.icon_button import IconButton
from notesai.model import MapMethod


class MapHead(QWidget):
    """Names and buttons; `again_wanted` asks for a new layout, `file_wanted` brings a kind."""

    again_wanted = Signal()
    file_wanted = Signal(str)

    def __init__(self, look: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count = 0
        self._changed = 0.0
        self._heading = ElidedLabel("caps", self)
        self.colour_by = ChoiceButton[ColourBy](look, tuple(ColourBy), self)
        self.method = ChoiceButton[MapMethod](look, tuple(MapMethod), self)
        self.browse = self._toggle(look, "clusters")
        self.time = self._toggle(look, "clock")
        self.lasso = self._toggle(look, "lasso")
        self.fit = IconButton(look, "fit", self)
        self.more = IconButton(look, "more", self)
        self.menu = QMenu(self)
        self.again = self.menu.addAction("")
        self.again.triggered.connect(self.again_wanted)
        self.menu.addSeparator()
        self.files = {kind: self.menu.addAction("") for kind in KINDS}
        for kind, action in self.files.items():
            action.triggered.connect(lambda _=False, kind=kind: self.file_wanted.emit(kind))
        self.more.setMenu(self.menu)
        self.more.setPopupMode(IconButton.ToolButtonPopupMode.InstantPopup)
        self.browse.setChecked(True)
        self._lay_out()
        self._retranslate()

    def _toggle(self, look: Appearance, name: str) -> IconButton:
        button = IconButton(look, name, self)
        button.setCheckable(True)
        return button

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.S, Space.S, Space.M, Space.XS)
        row.setSpacing(Space.XS)
        row.addStrut(Size.BUTTON)
        row.addWidget(self.browse)
        row.addWidget(self._heading, 1)
        for widget in (
            self.colour_by,
            self.method,
            self.time,
            self.lasso,
            self.fit,
            self.more,
        ):
            row.addWidget(widget)

    def show_count(self, count: int, changed: float) -> None:
        """Say how many notes are on the map, and which share of them came or went since."""
        self._count, self._changed = count, changed
        self._retranslate()

    def enable(self, on: bool) -> None:
        """Whether there is a map to do anything with."""
        for widget in (self.colour_by, self.time, self.lasso, self.fit, self.more):
            widget.setEnabled(on)

    @staticmethod
    def _percent(share: float) -> str:
        return f"{number(round(100 * share))}%"

    def _retranslate(self) -> None:
        self._heading.setText(self.tr("%Ln note(s)", None, self._count) if self._count else "")
        self.colour_by.name_values(
            {
                ColourBy.THEME: self.tr("Theme"),
                ColourBy.TOPIC: self.tr("Topic"),
                ColourBy.TAG: self.tr("Tag"),
                ColourBy.FOLDER: self.tr("Folder"),
                ColourBy.AGE: self.tr("Age"),
            },
            self.tr("What colours mean"),
        )
        self.method.name_values(
            {MapMethod.TSNE: self.tr("Neighbourhoods"), MapMethod.PCA: self.tr("Main axes")},
            self.tr("How the map is made: t-SNE keeps neighbours together, PCA keeps the whole"),
        )
        self.browse.name_it(self.tr("Themes and topics"))
        self.time.name_it(self.tr("Time"))
        self.lasso.name_it(self.tr("Draw around notes"), self.tr("Shift and drag"))
        self.fit.name_it(self.tr("Show all"), "0")
        self.more.name_it(self.tr("More"))
        share = self._percent(self._changed)
        again = self.tr("Lay out again (%1 new or gone)").replace("%1", share)
        self.again.setText(again if round(100 * self._changed) else self.tr("Lay out again"))
        self.files["png"].setText(self.tr("Save as a picture (PNG)…"))
        self.files["svg"].setText(self.tr("Save as a drawing (SVG)…"))
        self.files["csv"].setText(self.tr("Save as a table (CSV)…"))

    def changeEvent(self, event: QEvent) -> None:
        """Speak the window's language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

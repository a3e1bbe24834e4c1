"""What the marks on the map mean; a click on one lets the others step back."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QResizeEvent
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QWidget

from notesai.gui.appearance import Appearance
from notesai.gui.i18n import number
from notesai.gui.map.colouring import Colouring
from notesai.gui.map.marks import mark_of, picture
from notesai.gui.theme import Size, Space
from notesai.gui.widgets.flow_layout import FlowLayout

_LONGEST = 32


class Legend(QScrollArea):
    """A button for each group, with its mark, name and size. `changed` brings those pressed."""

    changed = Signal(object)

    def __init__(self, look: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._colouring: Colouring | None = None
        self._buttons: list[QPushButton] = []
        self._body = QWidget(self)
        self._flow = FlowLayout(self._body, Space.XS)
        self.setWidget(self._body)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for widget in (self._body, self.viewport()):
            widget.setAutoFillBackground(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        look.changed.connect(self._tint)
        self._retranslate()

    @property
    def buttons(self) -> Sequence[QPushButton]:
        """The buttons, in the order of the groups."""
        return self._buttons

    @property
    def pressed(self) -> set[int]:
        """The numbers of the groups whose buttons are pressed."""
        return {at for at, button in enumerate(self._buttons) if button.isChecked()}

    def show_groups(self, colouring: Colouring) -> None:
        """Show the groups of a colouring; those of the same kind stay pressed."""
        before = self._colouring
        kept: set[str] = set()
        if before is not None and before.by is colouring.by:
            kept = {before.groups[at].key for at in self.pressed}
        self._colouring = colouring
        while len(self._buttons) > len(colouring.groups):
            button = self._buttons.pop()
            self._flow.removeWidget(button)
            button.deleteLater()
        while len(self._buttons) < len(colouring.groups):
            self._buttons.append(self._button())
        for button, group in zip(self._buttons, colouring.groups, strict=True):
            button.setChecked(group.key in kept)
            label = group.label if len(group.label) <= _LONGEST else group.label[:_LONGEST] + "…"
            button.setText(f"{label}  {number(group.count)}".replace("&", "&&"))
            button.setAccessibleName(f"{group.label}, {number(group.count)}")
        self._tint()
        self._retranslate()
        self._fit()

    def release(self) -> None:
        """Press none."""
        for button in self._buttons:
            button.setChecked(False)
        self.changed.emit(set[int]())

    def _button(self) -> QPushButton:
        button = QPushButton(self._body)
        button.setObjectName("quiet")
        button.setCheckable(True)
        button.setIconSize(QSize(Size.CAPS, Size.CAPS))
        button.clicked.connect(lambda: self.changed.emit(self.pressed))
        self._flow.addWidget(button)
        button.show()
        return button

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take as many lines as the groups need, and two at most; the rest is scrolled to."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        wanted = self._flow.heightForWidth(max(self.viewport().width(), 1))
        self.setFixedHeight(min(max(wanted, 1), Size.LEGEND))

    def _tint(self) -> None:
        if self._colouring is None:
            return
        ratio = self.devicePixelRatioF()
        for button, group in zip(self._buttons, self._colouring.groups, strict=True):
            mark = mark_of(group, self._look.tokens)
            button.setIcon(QIcon(picture(mark, Size.CAPS, ratio)))

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Legend"))
        for button in self._buttons:
            button.setToolTip(self.tr("Show these notes, let the others step back"))

    def changeEvent(self, event: QEvent) -> None:
        """Speak the window's language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

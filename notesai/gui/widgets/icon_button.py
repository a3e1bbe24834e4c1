"""A button that is one line icon, tinted with the look.

Its icon is drawn when it is first shown: most buttons of a window that starts are hidden yet.
"""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QToolButton, QWidget

from notesai.gui.appearance import Appearance
from notesai.gui.icons import icon
from notesai.gui.theme import Size


class IconButton(QToolButton):
    """One icon. `kind` is the style sheet's name for it: "icon", or "rail" for the large ones."""

    def __init__(
        self, look: Appearance, name: str, parent: QWidget | None = None, *, kind: str = "icon"
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._name = name
        self._pixels = Size.ICON_RAIL if kind == "rail" else Size.ICON
        side = Size.BUTTON_RAIL if kind == "rail" else Size.BUTTON
        self.setObjectName(kind)
        self.setFixedSize(side, side)
        self.setIconSize(QSize(self._pixels, self._pixels))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAutoRaise(True)
        self._tinted = False
        look.changed.connect(self._tint_anew)

    def show_icon(self, name: str) -> None:
        """Show another icon."""
        if name != self._name:
            self._name = name
            self._tint_anew()

    def name_it(self, name: str, keys: str = "") -> None:
        """Say what the button does, to the eye and to screen readers; `keys` is its shortcut."""
        self.setAccessibleName(name)
        self.setToolTip(f"{name} ({keys})" if keys else name)

    def event(self, event: QEvent) -> bool:
        """Draw the icon before it is first shown, and anew on a screen with other pixels."""
        match event.type():
            case QEvent.Type.Polish:
                self._tint()
            case QEvent.Type.DevicePixelRatioChange:
                self._tint_anew()
            case _:
                pass
        return super().event(event)

    def _tint_anew(self) -> None:
        if self._tinted:
            self._tint()

    def _tint(self) -> None:
        self._tinted = True
        self.setIcon(icon(self._name, self._look.tokens, self._pixels))

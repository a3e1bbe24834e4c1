"""Bringing a window to the front at the person's wish, past what desktops do against intruders."""

import logging
import os

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

log = logging.getLogger(__name__)


def call_up(window: QWidget, token: str = "") -> None:
    """Show `window` in front of all others and give it the keyboard.

    `token` proves to the desktop that a person asked for it: an activation token on Wayland
    (xdg-activation), the time of the key on X11.
    """
    platform = QGuiApplication.platformName()
    if token and platform.startswith("wayland"):
        # Qt reads it once, when the window is next activated.
        os.environ["XDG_ACTIVATION_TOKEN"] = token
    if window.isMinimized():
        window.showNormal()
    else:
        window.show()
    window.raise_()
    window.activateWindow()
    if platform == "xcb":
        _activate_x11(window, token)


def _activate_x11(window: QWidget, token: str) -> None:
    try:
        from notesai.gui.desktop.hotkey.x11 import activate

        activate(int(window.winId()), int(token) if token.isdecimal() else 0)
    except (ImportError, OSError) as error:
        log.info("the window may have stayed behind others: %s", error)


def own_token() -> str:
    """The token that this process was started with, for handing over to another."""
    return os.environ.get("XDG_ACTIVATION_TOKEN", "")

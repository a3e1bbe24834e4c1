"""Whether there is a screen for the window. Qt, which is asked later, aborts without one."""

import ctypes
import os
import socket
import sys
from pathlib import Path

_CONNECTION = "libxcb.so.1"
"""What Qt itself speaks to an X server with: it knows all forms of DISPLAY, and the keys to it."""

_SECONDS = 2.0

HINT = "The commands need none: `notesai --help` lists them.\n"


def trouble() -> str:
    """Why no window can be opened here, in two lines for a terminal; empty if one can.

    Linux alone has machines without a screen, and where `QT_QPA_PLATFORM` names one, Qt is asked.
    """
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM") or _has_wayland():
        return ""
    name = os.environ.get("DISPLAY")
    told = name or os.environ.get("WAYLAND_DISPLAY")
    if not told:
        missing = "neither DISPLAY nor WAYLAND_DISPLAY is set"
        return f"notesai opens a window, and there is no display here ({missing}).\n{HINT}"
    if name and _has_x():
        return ""
    return f"notesai opens a window, and the display {told} cannot be reached.\n{HINT}"


def _has_wayland() -> bool:
    """Whether a compositor answers: at the socket that is named, or at the one Qt tries then."""
    if os.environ.get("WAYLAND_SOCKET"):
        return True
    folder = Path(os.environ.get("XDG_RUNTIME_DIR") or "/nowhere")
    place = folder / (os.environ.get("WAYLAND_DISPLAY") or "wayland-0")
    with socket.socket(socket.AF_UNIX) as compositor:
        compositor.settimeout(_SECONDS)
        try:
            compositor.connect(str(place))
        except OSError:
            return False
    return True


def _has_x() -> bool:
    """Whether the X server of DISPLAY lets us in; taken for granted where it cannot be asked."""
    try:
        library = ctypes.CDLL(_CONNECTION)
    except OSError:
        return True
    library.xcb_connect.restype = ctypes.c_void_p
    library.xcb_connection_has_error.argtypes = library.xcb_disconnect.argtypes = (ctypes.c_void_p,)
    connection = library.xcb_connect(None, None)
    failed = library.xcb_connection_has_error(connection)
    library.xcb_disconnect(connection)
    return not failed

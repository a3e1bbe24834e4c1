"""A key on Wayland: the desktop's GlobalShortcuts portal, which asks the person and then tells us.

See https://flatpak.github.io/xdg-desktop-portal, org.freedesktop.portal.GlobalShortcuts. A session
holds the shortcuts of one binding; other keys take another session.
"""

import itertools
import logging
import secrets
from collections.abc import Callable
from typing import Any

import jeepney
from jeepney import DBusAddress, HeaderFields, MessageType
from jeepney.bus_messages import MatchRule, message_bus
from jeepney.io.blocking import open_dbus_connection
from PySide6.QtCore import QObject, QSocketNotifier, QTimer

from notesai.gui.desktop.hotkey.binding import Binding
from notesai.gui.desktop.hotkey.keys import Keys, Refusal

log = logging.getLogger(__name__)

APP_ID = "notesai"
SHORTCUT = "quick-search"
NAME, PATH = "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop"
SHORTCUTS = "org.freedesktop.portal.GlobalShortcuts"
_REQUEST = "org.freedesktop.portal.Request"
_SESSION = "org.freedesktop.portal.Session"
_REGISTRY = "org.freedesktop.host.portal.Registry"
# jeepney has types for the least part.
_dbus: Any = jeepney
_bus: Any = message_bus
_PORTAL = DBusAddress(PATH, NAME, SHORTCUTS)

Answer = Callable[[int, dict[str, Any]], None]
"""What is done with a portal's response: its number (0 is yes, 1 no) and its results."""


class PortalBinding(Binding):
    """Talks with the portal on a connection of its own; `bus` is its address, else the session's.

    `words` answers what the desktop shows beside the keys when it asks.
    """

    def __init__(
        self, words: Callable[[], str], parent: QObject | None = None, bus: str = "SESSION"
    ) -> None:
        """Raises `OSError` if there is no session bus."""
        super().__init__(parent)
        self._words = words
        self._connection = _connected(bus)
        self._tokens = (f"notesai{secrets.token_hex(4)}_{at}" for at in itertools.count(1))
        self._calls: dict[int, Callable[[Any], None]] = {}
        self._requests: dict[str, Answer] = {}
        self._session = ""
        self._keys: Keys | None = None
        self._description = ""
        self._notifier = QSocketNotifier(
            self._connection.sock.fileno(), QSocketNotifier.Type.Read, self
        )
        self._notifier.activated.connect(self._read)
        for interface in (SHORTCUTS, _REQUEST, _SESSION):
            rule = MatchRule(type="signal", sender=NAME, interface=interface)
            self._send(_bus.AddMatch(rule))
        registry = DBusAddress(PATH, NAME, _REGISTRY)
        # Older portals have no registry and know the app by how it was started.
        self._send(_dbus.new_method_call(registry, "Register", "sa{sv}", (APP_ID, {})))

    @property
    def description(self) -> str:
        """The keys as the desktop names them: the person may have chosen others."""
        return self._description

    def bind(self, keys: Keys) -> Refusal | None:
        """Ask for `keys`; `settled` tells what the person said."""
        self.release()
        if not self._notifier.isEnabled():
            return Refusal.UNSUPPORTED
        self._keys = keys
        options = {
            "handle_token": ("s", token := next(self._tokens)),
            "session_handle_token": ("s", next(self._tokens)),
        }
        call = _dbus.new_method_call(_PORTAL, "CreateSession", "a{sv}", (options,))
        self._request(call, token, lambda code, results: self._created(keys, code, results))
        return None

    def release(self) -> None:
        """End the session, and with it its shortcut."""
        session, self._session = self._session, ""
        self._keys, self._description = None, ""
        self._requests.clear()
        if session:
            address = DBusAddress(session, NAME, _SESSION)
            self._send(_dbus.new_method_call(address, "Close"))

    def close(self) -> None:
        """Give the keys back and leave the bus."""
        self.release()
        self._notifier.setEnabled(False)
        self._connection.close()

    def _created(self, keys: Keys, code: int, results: dict[str, Any]) -> None:
        session = results.get("session_handle", ("s", ""))[1]
        if code != 0 or not session:
            self._settle(Refusal.UNSUPPORTED)
            return
        self._session = session
        shortcut = {
            "description": ("s", self._words()),
            "preferred_trigger": ("s", trigger(keys)),
        }
        options = {"handle_token": ("s", token := next(self._tokens))}
        body = (session, [(SHORTCUT, shortcut)], "", options)
        call = _dbus.new_method_call(_PORTAL, "BindShortcuts", "oa(sa{sv})sa{sv}", body)
        self._request(call, token, self._bound)

    def _bound(self, code: int, results: dict[str, Any]) -> None:
        shortcuts = results.get("shortcuts", ("", []))[1]
        if code != 0 or not any(name == SHORTCUT for name, _ in shortcuts):
            self._settle(Refusal.DECLINED)
            return
        self._note(shortcuts)
        self._settle(None)

    def _note(self, shortcuts: list[tuple[str, dict[str, Any]]]) -> None:
        for name, values in shortcuts:
            if name == SHORTCUT:
                self._description = str(values.get("trigger_description", ("s", ""))[1])

    def _settle(self, refusal: Refusal | None) -> None:
        if refusal is not None:
            self.release()
        # Not from inside the reading of messages: whoever is told may bind again.
        QTimer.singleShot(0, self, lambda: self.settled.emit(refusal))

    def _request(self, call: Any, token: str, answer: Answer) -> None:
        """Send a call that a Response on the request's own path answers, perhaps much later."""
        sender = self._connection.unique_name[1:].replace(".", "_")
        path = f"{PATH}/request/{sender}/{token}"
        self._requests[path] = answer

        def replied(reply: Any) -> None:
            if reply.header.message_type is MessageType.error:
                log.info("no global shortcuts from the desktop: %s", reply.body)
                if self._requests.pop(path, None) is not None:
                    self._settle(Refusal.UNSUPPORTED)

        self._send(call, replied)

    def _send(self, call: Any, replied: Callable[[Any], None] | None = None) -> None:
        serial = next(self._connection.outgoing_serial)
        if replied is not None:
            self._calls[serial] = replied
        try:
            self._connection.send(call, serial=serial)
        except OSError as error:
            self._gone(error)

    def _read(self) -> None:
        try:
            while self._notifier.isEnabled():
                self._take(self._connection.receive(timeout=0))
        except TimeoutError:
            return
        except (OSError, ValueError, UnicodeDecodeError) as error:
            self._gone(error)

    def _gone(self, error: Exception) -> None:
        log.warning("the session bus is gone: %s", error)
        self._notifier.setEnabled(False)
        self._calls.clear()
        self._requests.clear()
        self._settle(Refusal.UNSUPPORTED)

    def _take(self, message: Any) -> None:
        fields = message.header.fields
        if message.header.message_type is not MessageType.signal:
            replied = self._calls.pop(fields.get(HeaderFields.reply_serial, 0), None)
            if replied is not None:
                replied(message)
            return
        path = fields.get(HeaderFields.path, "")
        match fields.get(HeaderFields.interface, ""), fields.get(HeaderFields.member, ""):
            case ("org.freedesktop.portal.Request", "Response"):
                if (answer := self._requests.pop(path, None)) is not None:
                    answer(*message.body)
            case ("org.freedesktop.portal.Session", "Closed"):
                if path == self._session:
                    self._session = ""
                    self._settle(Refusal.DECLINED)
            case ("org.freedesktop.portal.GlobalShortcuts", member):
                self._shortcut_signal(member, message.body)
            case _:
                pass

    def _shortcut_signal(self, member: str, body: tuple[Any, ...]) -> None:
        if not self._session or body[0] != self._session:
            return
        if member == "Activated" and body[1] == SHORTCUT:
            options: dict[str, Any] = body[3]
            self.pressed.emit(str(options.get("activation_token", ("s", ""))[1]))
        elif member == "ShortcutsChanged":
            self._note(body[1])
            self._settle(None)


def trigger(keys: Keys) -> str:
    """`keys` as the XDG shortcuts specification writes them: "CTRL+SHIFT+space"."""
    held = ((keys.control, "CTRL"), (keys.alt, "ALT"), (keys.shift, "SHIFT"), (keys.meta, "LOGO"))
    return "+".join([*(name for on, name in held if on), keys.key.xkb])


def _connected(bus: str) -> Any:
    try:
        return open_dbus_connection(bus=bus)
    except (KeyError, ValueError, RuntimeError) as error:
        raise OSError(f"no session bus: {error!r}") from error

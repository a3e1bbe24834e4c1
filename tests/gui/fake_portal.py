"""A desktop with a GlobalShortcuts portal, on the session bus there is; driven by lines on stdin.

    python fake_portal.py [--answer yes|no|broken]

Prints "ready" when it can be asked, and each call it gets. The lines: `press` activates the
shortcut, `change KEYS` gives it other keys, `close` ends its session, `end` ends the portal.
"""

import argparse
import os
import select
import sys
from typing import Any

from jeepney import (
    DBusAddress,
    HeaderFields,
    Message,
    MessageType,
    new_error,
    new_method_return,
    new_signal,
)
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import open_dbus_connection

NAME, PATH = "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop"
SHORTCUTS = "org.freedesktop.portal.GlobalShortcuts"


class Portal:
    def __init__(self, answer: str) -> None:
        self.answer = answer
        self.connection = open_dbus_connection(bus="SESSION")
        self.connection.send_and_get_reply(message_bus.RequestName(NAME))
        self.session, self.client, self.shortcut = "", "", ""

    def run(self) -> None:
        print("ready", flush=True)
        commands = sys.stdin.fileno()
        while True:
            found, _, _ = select.select([self.connection.sock.fileno(), commands], [], [])
            if commands in found:
                line = os.read(commands, 1000).decode()
                for command in line.splitlines():
                    self.obey(command)
                if not line or "end" in line.split():
                    return
            else:
                self.take_all()

    def take_all(self) -> None:
        try:
            while True:
                self.take(self.connection.receive(timeout=0))
        except TimeoutError:
            return

    def obey(self, command: str) -> None:
        word, _, rest = command.partition(" ")
        if word == "press":
            body: tuple[Any, ...] = (
                self.session,
                self.shortcut,
                77,
                {"activation_token": ("s", "tok")},
            )
            self.signal(PATH, SHORTCUTS, "Activated", "osta{sv}", body)
        elif word == "change":
            shortcuts = [(self.shortcut, {"trigger_description": ("s", rest)})]
            self.signal(
                PATH, SHORTCUTS, "ShortcutsChanged", "oa(sa{sv})", (self.session, shortcuts)
            )
        elif word == "close":
            self.signal(self.session, "org.freedesktop.portal.Session", "Closed", "a{sv}", ({},))

    def take(self, message: Message) -> None:
        fields = message.header.fields
        if message.header.message_type is not MessageType.method_call:
            return
        member = fields[HeaderFields.member]
        self.client = fields[HeaderFields.sender]
        print(member, flush=True)
        match member:
            case "Register" | "Close":
                self.connection.send(new_method_return(message))
            case "CreateSession":
                self.create(message)
            case "BindShortcuts":
                self.bind(message)

    def create(self, message: Message) -> None:
        if self.answer == "broken":
            error = "org.freedesktop.DBus.Error.UnknownMethod"
            self.connection.send(new_error(message, error, "s", ("none",)))
            return
        options = message.body[0]
        self.session = self.path("session", options["session_handle_token"][1])
        self.reply(message, options, 0, {"session_handle": ("s", self.session)})

    def bind(self, message: Message) -> None:
        _, shortcuts, _, options = message.body
        self.shortcut, values = shortcuts[0]
        print(values["preferred_trigger"][1], flush=True)
        given = [(self.shortcut, {"trigger_description": ("s", "Press <Control><Shift>space")})]
        declined = self.answer == "no"
        results = {} if declined else {"shortcuts": ("a(sa{sv})", given)}
        self.reply(message, options, int(declined), results)

    def reply(
        self, message: Message, options: dict[str, Any], code: int, results: dict[str, Any]
    ) -> None:
        path = self.path("request", options["handle_token"][1])
        self.connection.send(new_method_return(message, "o", (path,)))
        self.signal(path, "org.freedesktop.portal.Request", "Response", "ua{sv}", (code, results))

    def path(self, kind: str, token: str) -> str:
        return f"{PATH}/{kind}/{self.client[1:].replace('.', '_')}/{token}"

    def signal(self, path: str, interface: str, name: str, signature: str, body: Any) -> None:
        message = new_signal(DBusAddress(path, interface=interface), name, signature, body)
        message.header.fields[HeaderFields.destination] = self.client
        self.connection.send(message)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--answer", default="yes")
    Portal(parser.parse_args().answer).run()

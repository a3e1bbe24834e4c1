"""Events of a vault on macOS and Windows, where the system itself watches whole trees."""

import os
from pathlib import Path

from watchdog.events import (
    EVENT_TYPE_CLOSED_NO_WRITE,
    EVENT_TYPE_MODIFIED,
    EVENT_TYPE_OPENED,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver

from notesai.notes.ignore import IGNORE_FILES
from notesai.notes.inbox import Inbox
from notesai.notes.names import hidden, is_note, is_utf8, normal, placeholder_for

_READING = (EVENT_TYPE_OPENED, EVENT_TYPE_CLOSED_NO_WRITE)


class ObserverSource(FileSystemEventHandler):
    """Watches the vault with watchdog's observer for this system."""

    def __init__(self, vault: Path, inbox: Inbox) -> None:
        self._vault = vault
        self._prefix = normal(str(vault)).rstrip(os.sep)
        self._inbox = inbox
        self._observer: BaseObserver | None = None

    def start(self) -> None:
        """Watch. Raises `OSError` if the system cannot."""
        observer = Observer()
        try:
            observer.schedule(self, str(self._vault), recursive=True)
            observer.start()
        except BaseException:
            observer.stop()  # it may have begun threads of its own already
            raise
        self._observer = observer

    def stop(self) -> None:
        """Watch no more; all threads have ended when this returns."""
        observer, self._observer = self._observer, None
        if observer is not None:
            observer.stop()
            observer.join()

    def refresh(self) -> None:
        """Nothing to do: the system watches new folders by itself."""

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Take one event; called by the observer's thread."""
        if event.event_type in _READING:
            return
        if event.is_directory and event.event_type == EVENT_TYPE_MODIFIED:
            return  # of what changed in a folder its entries tell
        for raw in (event.src_path, event.dest_path):
            if raw:
                self._take(os.fsdecode(raw), is_folder=event.is_directory)

    def _take(self, raw: str, *, is_folder: bool) -> None:
        path = normal(raw)
        if path == self._prefix:
            self._inbox.lost()
        elif not path.startswith(self._prefix + os.sep):
            self._inbox.everything()  # the vault under another name, such as in other case
        else:
            relative = path[len(self._prefix) + 1 :].replace(os.sep, "/")
            self._take_relative(relative, is_folder=is_folder)

    def _take_relative(self, path: str, *, is_folder: bool) -> None:
        *parents, name = path.split("/")
        if any(map(hidden, parents)):
            return
        note = placeholder_for(name) or name
        if name in IGNORE_FILES:
            self._inbox.everything()
        elif hidden(note) or not is_utf8(path):
            return
        elif is_note(note) and not is_folder:
            self._inbox.touched(("/".join((*parents, note)),))
        elif is_folder or "." not in name:  # Windows does not tell what a deleted thing was
            self._inbox.everything()

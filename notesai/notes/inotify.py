"""Events of a vault on Linux.

Built on watchdog's inotify reader, but not on its recursive observer. That one (7.1) also watches
every ignored folder, `.git` and `node_modules` with them; drops silently the folders that go over
the limit of watches; tells nobody when the kernel's queue overflowed; and holds a rename back for
up to half a second to pair its two halves, which a set of touched paths does not need.
"""

import errno
import itertools
import logging
import os
import threading
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from watchdog.observers.inotify_c import (
    CallbackId,
    InotifyConstants,
    InotifyEvent,
    InotifyFD,
    Mask,
    WatchDescriptor,
)

from notesai.notes.ignore import IGNORE_FILES, FolderRules, IgnoreRules
from notesai.notes.inbox import Inbox
from notesai.notes.names import hidden, is_note, is_utf8, join, normal, placeholder_for
from notesai.notes.walk import Folder, Listing, Walk

log = logging.getLogger(__name__)

# No event is asked for that reading makes: our own reading must never wake us.
_MASK = Mask(
    InotifyConstants.IN_MODIFY
    | InotifyConstants.IN_CLOSE_WRITE
    | InotifyConstants.IN_ATTRIB
    | InotifyConstants.IN_CREATE
    | InotifyConstants.IN_DELETE
    | InotifyConstants.IN_MOVED_FROM
    | InotifyConstants.IN_MOVED_TO
    | InotifyConstants.IN_DELETE_SELF
    | InotifyConstants.IN_MOVE_SELF
    | InotifyConstants.IN_ONLYDIR
)
_REFUSED = WatchDescriptor(-1)


class _Reader(InotifyFD):
    """The reading thread, which tells when it ends before it was asked to."""

    def __init__(self, inbox: Inbox) -> None:
        super().__init__()
        self.name = "notesai-inotify"
        self._inbox = inbox

    def run(self) -> None:
        try:
            super().run()
        except Exception as error:
            log.exception("reading inotify events failed")
            self._inbox.failed(error)


@dataclass(frozen=True, slots=True)
class _Watch:
    """One watched folder; `rules` are those inside of it."""

    folder: Folder
    rules: FolderRules
    callback: CallbackId


class InotifySource:
    """Watches every folder of the vault that can hold notes."""

    def __init__(self, vault: Path, rules: IgnoreRules, inbox: Inbox) -> None:
        self._vault = vault
        self._rules = rules
        self._inbox = inbox
        self._lock = threading.Lock()
        self._ids = itertools.count(1)
        self._watches: dict[WatchDescriptor, _Watch] = {}
        self._on_disk: dict[str, WatchDescriptor] = {}
        self._stale = False
        self._reader: _Reader | None = None

    def start(self) -> None:
        """Watch. Raises `OSError`, `ENOSPC` or `EMFILE` if a limit of the system is reached."""
        reader = _Reader(self._inbox)
        reader.start()
        self._reader = reader
        try:
            with self._lock:
                self._plant_all()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Watch no more; the thread has ended when this returns."""
        reader, self._reader = self._reader, None
        if reader is not None:
            reader.stop()
            reader.join()

    def refresh(self) -> None:
        """Watch anew if events were lost or rules changed. Raises `OSError` as `start` does."""
        with self._lock:
            if self._stale:
                self._stale = False
                self._uproot("")
                self._plant_all()

    def on_event(self, event: InotifyEvent) -> None:
        """Take one event; called by the reading thread."""
        with self._lock:
            watch = self._watches.get(event.wd)
            if watch is None:
                return
            try:
                self._take(watch, event)
            except OSError as error:
                self._inbox.failed(error)

    def on_watch_deleted(self, wd: WatchDescriptor) -> None:
        """Forget a watch that the kernel ended; called by the reading and the stopping thread."""
        with self._lock:
            self._forget(wd)

    def on_queue_overflow(self) -> None:
        """Events were lost; called by the reading thread."""
        with self._lock:
            self._look_everywhere()

    def _take(self, watch: _Watch, event: InotifyEvent) -> None:
        name = os.fsdecode(event.name)
        if not name:
            self._take_itself(watch.folder, event)
        elif event.is_directory:
            if not hidden(name):
                self._take_folder(watch, name, event)
        else:
            self._take_file(watch, name, event)

    def _take_itself(self, folder: Folder, event: InotifyEvent) -> None:
        unmounted = event.mask & InotifyConstants.IN_UNMOUNT
        if not (unmounted or event.is_delete_self or event.is_move_self):
            return
        if not folder.path:
            self._inbox.lost()
        elif unmounted or folder.linked:  # of other folders the one above tells
            self._look_everywhere()

    def _take_folder(self, watch: _Watch, name: str, event: InotifyEvent) -> None:
        disk_path = join(watch.folder.disk_path, name)
        if event.is_delete or event.is_move:  # one that is moved here may replace an empty one
            self._uproot(disk_path)
        if event.is_delete or event.is_moved_from:
            if not watch.rules.ignores(join(watch.folder.path, normal(name)), folder=True):
                # Another folder may have taken the name by now, and have been uprooted instead.
                self._look_everywhere()
        elif disk_path not in self._on_disk:  # new, moved here, or allowed to be read only now
            walk = Walk(self._vault, self._rules)
            for folder in _read(walk, watch.folder, {normal(name)}).folders:
                if folder.disk_path == disk_path:
                    self._inbox.touched(self._plant(folder))

    def _take_file(self, watch: _Watch, name: str, event: InotifyEvent) -> None:
        if name in IGNORE_FILES:
            self._look_everywhere()
            return
        note = placeholder_for(name) or name
        if is_note(note) and not hidden(note):
            path = join(watch.folder.path, normal(note))
            if is_utf8(note) and not watch.rules.ignores(path, folder=False):
                self._inbox.touched((path,))
            return
        disk_path = join(watch.folder.disk_path, name)
        if event.is_create or event.is_moved_to:
            if Path(self._vault, disk_path).is_symlink():
                self._look_everywhere()
        elif disk_path in self._on_disk and (event.is_delete or event.is_moved_from):
            self._look_everywhere()

    def _look_everywhere(self) -> None:
        self._stale = True
        self._inbox.everything()

    def _plant_all(self) -> None:
        self._plant(Walk(self._vault, self._rules).root())
        if "" not in self._on_disk:
            raise FileNotFoundError(errno.ENOENT, "the vault cannot be watched", str(self._vault))

    def _plant(self, top: Folder) -> list[str]:
        """Watch a folder and all below; the notes in them, which may be older than the watch."""
        walk = Walk(self._vault, self._rules)
        notes: list[str] = []
        pending = [top]
        while pending:
            folder = pending.pop()
            self._watch(walk, folder)
            # Listed after it is watched, so that nothing that comes meanwhile is missed.
            listing = _read(walk, folder)
            self._set_rules(folder, listing.rules)
            notes += [note.path for note in listing.notes]
            pending += listing.folders
        return notes

    def _watch(self, walk: Walk, folder: Folder) -> None:
        reader = self._reader
        if reader is None:
            return
        # An own id for each: of two watches of one folder (it was moved, the event is still to
        # come) the library then keeps both, and ours of the old path can be told apart.
        callback = CallbackId(next(self._ids))
        try:
            wd = reader.add_callback(os.fsencode(walk.on_disk(folder)), _MASK, self, callback)
        except (FileNotFoundError, NotADirectoryError):
            return
        known = self._watches.get(wd)
        if known is not None:
            reader.remove_callbacks([(wd, callback)])
            self._on_disk.pop(known.folder.disk_path, None)
            callback = known.callback
        if wd == _REFUSED:  # how the library tells that the folder may not be read
            reader.remove_callbacks([(wd, callback)])
            return
        self._watches[wd] = _Watch(folder, folder.rules, callback)
        self._on_disk[folder.disk_path] = wd

    def _set_rules(self, folder: Folder, rules: FolderRules) -> None:
        wd = self._on_disk.get(folder.disk_path)
        if wd is not None:
            self._watches[wd] = _Watch(folder, rules, self._watches[wd].callback)

    def _uproot(self, disk_path: str) -> None:
        """Watch a folder and all below no more."""
        below = f"{disk_path}/" if disk_path else ""
        gone = [
            (wd, watch.callback)
            for wd, watch in self._watches.items()
            if watch.folder.disk_path == disk_path or watch.folder.disk_path.startswith(below)
        ]
        for wd, _ in gone:
            self._forget(wd)
        if self._reader is not None:
            self._reader.remove_callbacks(gone)

    def _forget(self, wd: WatchDescriptor) -> None:
        watch = self._watches.pop(wd, None)
        if watch is not None and self._on_disk.get(watch.folder.disk_path) == wd:
            del self._on_disk[watch.folder.disk_path]


def _read(walk: Walk, folder: Folder, only: Collection[str] | None = None) -> Listing:
    """What lies in `folder`; nothing if it is gone or may not be read."""
    try:
        return walk.read(folder, only)
    except OSError:
        return Listing(folder.rules)

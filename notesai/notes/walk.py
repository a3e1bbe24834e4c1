"""Walking a vault folder by folder: which files are notes, which folders lead on, what is left out.

A symbolic link is followed only to what lies inside the vault and cannot be reached without it, so
that no note is found twice and no walk goes round in circles. File contents are never read.
"""

import os
import stat
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

from notesai.notes.ignore import IGNORE_FILES, FolderRules, IgnoreRules
from notesai.notes.names import (
    PLACEHOLDER_SUFFIXES,
    hidden,
    is_note,
    is_utf8,
    join,
    normal,
    placeholder_for,
    printable,
)

OFFLINE = "only a placeholder is on this computer; the content is in the cloud"
LEAVES_VAULT = "a link that leads out of the vault"
NOT_UTF8 = "the name is not valid UTF-8; rename it"


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of the vault. `path` is relative and NFC, `disk_path` relative as on disk.

    `real_path` is where it lies once links are resolved; `rules` are those of the folders above.
    """

    path: str
    disk_path: str
    real_path: str
    rules: FolderRules

    @property
    def linked(self) -> bool:
        """True if a link leads here."""
        return self.disk_path != self.real_path


@dataclass(frozen=True, slots=True)
class Entry:
    """A file that is a note by name and by rules."""

    path: str
    disk_path: str
    file: os.DirEntry[str]


@dataclass(slots=True)
class Listing:
    """What lies in one folder. `unreadable` and `skipped` are by path; `skipped` tells why."""

    rules: FolderRules
    folders: list[Folder] = field(default_factory=list["Folder"])
    notes: list[Entry] = field(default_factory=list["Entry"])
    skipped: dict[str, str] = field(default_factory=dict[str, str])
    offline: list[str] = field(default_factory=list[str])
    unreadable: list[str] = field(default_factory=list[str])


class Walk:
    """One walk through a vault; it remembers which folders links have led to."""

    def __init__(self, vault: Path, rules: IgnoreRules) -> None:
        self._vault = str(vault).rstrip(os.sep)
        self._rules = rules
        self._reached_by_link: set[str] = set()

    def root(self) -> Folder:
        """The vault itself."""
        return Folder("", "", "", self._rules.top())

    def find(self, path: str) -> list[Folder]:
        """The folders at `path` (NFC), none if it is gone or ignored. Raises `OSError`.

        On disk there may be two, with the same name in two Unicode forms.
        """
        folders = [self.root()]
        for name in path.split("/") if path else ():
            found = [self.read(folder, only={name}) for folder in folders]
            below = join(folders[0].path, name) if folders else path
            if any(below in listing.unreadable for listing in found):
                raise PermissionError(f"cannot look at {below}")
            folders = [folder for listing in found for folder in listing.folders]
        return folders

    def on_disk(self, folder: Folder) -> str:
        """The absolute path of `folder`."""
        return self._absolute(folder.disk_path)

    def read(self, folder: Folder, only: Collection[str] | None = None) -> Listing:
        """What lies in `folder`; with `only`, as far as it has one of these names (NFC).

        Raises `OSError` if the folder is gone or cannot be read.
        """
        where = self.on_disk(folder)
        with os.scandir(where) as entries:
            found = list(entries)
        present = [entry.name for entry in found if entry.name in IGNORE_FILES]
        listing = Listing(folder.rules.enter(where, folder.path, present))
        links: list[os.DirEntry[str]] = []
        for entry in found:
            if only is None or normal(placeholder_for(entry.name) or entry.name) in only:
                try:
                    if not self._sort(folder, listing, entry):
                        links.append(entry)
                except FileNotFoundError:
                    pass
                except OSError:
                    listing.unreadable.append(join(folder.path, normal(entry.name)))
        # After everything else and in a fixed order: of two links to one folder the same one wins.
        for entry in sorted(links, key=lambda link: link.name):
            self._follow(folder, listing, entry)
        return listing

    def _sort(self, folder: Folder, listing: Listing, entry: os.DirEntry[str]) -> bool:
        """Put `entry` where it belongs; False if it is a link, which is not decided here."""
        if hidden(entry.name) or entry.name.endswith(PLACEHOLDER_SUFFIXES):
            _note_placeholder(folder, listing, entry)
        elif _is_link(entry):
            return False
        elif entry.is_dir(follow_symlinks=False):
            self._add_folder(folder, listing, entry.name)
        elif is_note(entry.name) and entry.is_file(follow_symlinks=False):
            _add_note(folder, listing, entry)
        return True

    def _add_folder(self, folder: Folder, listing: Listing, name: str) -> None:
        path = join(folder.path, normal(name))
        if listing.rules.ignores(path, folder=True):
            return
        if not is_utf8(name):
            listing.skipped[printable(path)] = NOT_UTF8
            return
        real_path = join(folder.real_path, name)
        below = Folder(path, join(folder.disk_path, name), real_path, listing.rules)
        if not below.linked or self._first_visit(below):
            listing.folders.append(below)

    def _follow(self, folder: Folder, listing: Listing, entry: os.DirEntry[str]) -> None:
        path = join(folder.path, normal(entry.name))
        disk_path = join(folder.disk_path, entry.name)
        try:
            target = os.path.realpath(self._absolute(disk_path), strict=True)
            is_folder = stat.S_ISDIR(Path(target).stat().st_mode)
        except PermissionError:
            listing.unreadable.append(path)
            return
        except OSError:  # broken, or a link to itself
            return
        if not (is_folder or is_note(entry.name)) or listing.rules.ignores(path, folder=is_folder):
            return
        real_path = self._inside(target)
        reason = self._why_not(entry.name, real_path, folder=is_folder)
        if reason or real_path is None:
            listing.skipped[printable(path)] = reason
        elif not is_folder:
            listing.notes.append(Entry(path, disk_path, entry))
        elif self._first_visit(below := Folder(path, disk_path, real_path, listing.rules)):
            listing.folders.append(below)

    def _why_not(self, name: str, real_path: str | None, *, folder: bool) -> str:
        if not is_utf8(name):
            return NOT_UTF8
        if real_path is None:
            return LEAVES_VAULT
        if self._reachable(real_path, folder=folder):
            return f"a link to {printable(real_path) or 'the vault'}, which is read where it lies"
        return ""

    def _first_visit(self, folder: Folder) -> bool:
        first = folder.real_path not in self._reached_by_link
        self._reached_by_link.add(folder.real_path)
        return first

    def _inside(self, target: str) -> str | None:
        if target == self._vault:
            return ""
        prefix = self._vault + os.sep
        return target[len(prefix) :].replace(os.sep, "/") if target.startswith(prefix) else None

    def _reachable(self, real_path: str, *, folder: bool) -> bool:
        """True if the walk comes to `real_path` without any link."""
        rules, parent = self._rules.top(), ""
        parts = real_path.split("/") if real_path else []
        for depth, part in enumerate(parts, 1):
            if hidden(part) or not is_utf8(part):
                return False
            rules = rules.enter(self._absolute(parent), normal(parent), IGNORE_FILES)
            parent = join(parent, part)
            if rules.ignores(normal(parent), folder=folder or depth < len(parts)):
                return False
        return folder or is_note(real_path)

    def _absolute(self, disk_path: str) -> str:
        return f"{self._vault}/{disk_path}"


def _add_note(folder: Folder, listing: Listing, entry: os.DirEntry[str]) -> None:
    path = join(folder.path, normal(entry.name))
    if listing.rules.ignores(path, folder=False):
        return
    if is_utf8(entry.name):
        listing.notes.append(Entry(path, join(folder.disk_path, entry.name), entry))
    else:
        listing.skipped[printable(path)] = NOT_UTF8


def _note_placeholder(folder: Folder, listing: Listing, entry: os.DirEntry[str]) -> None:
    note = placeholder_for(entry.name)
    if note is None or not entry.is_file(follow_symlinks=False):
        return
    path = join(folder.path, normal(note))
    if not listing.rules.ignores(path, folder=False):
        listing.skipped[path] = OFFLINE
        listing.offline.append(path)


def _is_link(entry: os.DirEntry[str]) -> bool:
    if entry.is_symlink():
        return True
    if os.name != "nt":
        return False
    # A junction is a link too, though Python 3.11 tells so only by its reparse tag.
    tag = getattr(entry.stat(follow_symlinks=False), "st_reparse_tag", 0)
    return tag == getattr(stat, "IO_REPARSE_TAG_MOUNT_POINT", -1)

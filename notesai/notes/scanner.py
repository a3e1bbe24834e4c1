"""What notes a vault holds now: their paths, times and sizes, without reading any of them.

A scan tells apart what is gone from what could not be seen (`Scan.covers`): notes in a folder that
cannot be read, on a drive that was pulled out or whose content is in the cloud are not deleted.
"""

import os
import stat
import time
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from notesai.errors import VaultError
from notesai.notes.ignore import IgnoreRules
from notesai.notes.names import printable
from notesai.notes.walk import OFFLINE, Entry, Folder, Listing, Walk
from notesai.progress import Progress, Silent

SAME_NAME = "another file has the same name, written in another Unicode form: "

_MIB = 1 << 20
_REPORT_EVERY_SECONDS = 0.05
_KEPT = "Your notes and the index are untouched."

# FILE_ATTRIBUTE_OFFLINE, _RECALL_ON_OPEN and _RECALL_ON_DATA_ACCESS (Windows: OneDrive, Dropbox):
# https://learn.microsoft.com/windows/win32/fileio/file-attribute-constants
_WINDOWS_OFFLINE = 0x1000 | 0x40000 | 0x400000
# SF_DATALESS (macOS file providers): https://developer.apple.com/documentation/technotes/tn3150
# A file without blocks is no sign: several file systems keep small files inside the inode.
_MACOS_DATALESS = 0x40000000


@dataclass(frozen=True, slots=True)
class FileState:
    """A note's file. `path` is relative, POSIX, NFC; `disk_path` is as on disk, maybe NFD.

    `mtime_ns` counts nanoseconds since 1970, `size` bytes.
    """

    path: str
    disk_path: str
    mtime_ns: int
    size: int


@dataclass(frozen=True, slots=True)
class Scan:
    """What was found.

    `files`: the notes, by path. `skipped`: why a file, or a folder with all that is in it, was left
    out, by path. `unreadable`: files and folders (with all that is in them) of which nothing can
    be said now; cloud placeholders are in both.
    """

    files: dict[str, FileState] = field(default_factory=dict[str, FileState])
    skipped: dict[str, str] = field(default_factory=dict[str, str])
    unreadable: frozenset[str] = frozenset()

    def covers(self, path: str) -> bool:
        """True if `path` missing in `files` means that there is no such note any more."""
        if not self.unreadable:
            return True
        parts = path.split("/")
        return not any("/".join(parts[: n + 1]) in self.unreadable for n in range(len(parts)))


def check_vault(path: Path) -> Path:
    """The vault at `path`, absolute, links resolved. Raises `VaultError` if it cannot be used.

    Codes: `vault.missing`, `vault.not_a_folder`, `vault.no_permission`.
    """
    try:
        vault = path.expanduser().resolve(strict=True)
        with os.scandir(vault) as entries:
            next(entries, None)
    except (OSError, RuntimeError, ValueError) as error:
        raise vault_error(path, error) from error
    return vault


def vault_error(path: Path, error: Exception) -> VaultError:
    """What to tell the user when the vault at `path` cannot be used because of `error`."""
    name = printable(str(path))
    if isinstance(error, NotADirectoryError):
        return VaultError(
            "vault.not_a_folder",
            f"{name} is not a folder.",
            f"{_KEPT} Choose the folder that holds your notes.",
        )
    if isinstance(error, PermissionError):
        return VaultError(
            "vault.no_permission",
            f"The folder {name} may not be read.",
            f"{_KEPT} Allow notesai to read it in the system's settings, or choose another.",
        )
    if isinstance(error, FileNotFoundError):
        message = f"The folder {name} does not exist."
    else:
        message = (
            f"The folder {name} cannot be reached: {getattr(error, 'strerror', None) or error}."
        )
    return VaultError(
        "vault.missing",
        message,
        f"{_KEPT} Connect the drive or network folder again, or choose where your notes are.",
    )


def scan(vault: Path, rules: IgnoreRules, *, max_bytes: int, progress: Progress) -> Scan:
    """All notes of `vault` (as `check_vault` gives it); files over `max_bytes` are skipped.

    Reports phase "scan" with the number of notes seen and a total of 0, for unknown. Raises
    `VaultError` if the vault is gone or goes away meanwhile: nothing may be taken as deleted then.
    """
    before = identity(vault)
    walk = Walk(vault, rules)
    found = _Found(vault, max_bytes, progress)
    pending = [walk.root()]
    while pending:
        folder = pending.pop()
        listing = found.read(walk, folder)
        if listing is not None:
            pending.extend(listing.folders)
            found.add(listing.notes)
    return found.finish(before)


def scan_notes(vault: Path, rules: IgnoreRules, paths: Iterable[str], *, max_bytes: int) -> Scan:
    """As `scan`, for the notes at `paths` (NFC) alone; what else lies in the vault is left out."""
    before = identity(vault)
    walk = Walk(vault, rules)
    found = _Found(vault, max_bytes, Silent())
    for parent, names in _by_folder(paths).items():
        for folder in found.find(walk, parent):
            listing = found.read(walk, folder, names)
            if listing is not None:
                found.add(listing.notes)
    return found.finish(before)


def stat_note(vault: Path, path: str, rules: IgnoreRules, *, max_bytes: int) -> FileState | None:
    """The note at `path`; None if it is gone, ignored, skipped or cannot be seen.

    `scan_notes` tells these apart. Raises `VaultError` if the vault is gone.
    """
    return scan_notes(vault, rules, (path,), max_bytes=max_bytes).files.get(path)


def identity(vault: Path) -> tuple[int, int]:
    """What changes when another file system comes to lie at `vault`. Raises `VaultError`."""
    try:
        info = vault.stat()
    except OSError as error:
        raise vault_error(vault, error) from error
    if not stat.S_ISDIR(info.st_mode):
        raise vault_error(vault, NotADirectoryError())
    return info.st_dev, info.st_ino


class _Found:
    """What a scan has found so far."""

    def __init__(self, vault: Path, max_bytes: int, progress: Progress) -> None:
        self._vault = vault
        self._max_bytes = max_bytes
        self._progress = progress
        self._report_at = 0.0
        self.files: dict[str, FileState] = {}
        self.skipped: dict[str, str] = {}
        self.unreadable: list[str] = []

    def find(self, walk: Walk, path: str) -> list[Folder]:
        """The folders at `path`."""
        try:
            return walk.find(path)
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError:
            self.unreadable.append(path)
            return []

    def read(
        self, walk: Walk, folder: Folder, only: Collection[str] | None = None
    ) -> Listing | None:
        """What lies in `folder`; None if it is gone or cannot be read."""
        try:
            listing = walk.read(folder, only)
        except OSError as error:
            if not folder.path:
                raise vault_error(self._vault, error) from error
            if not isinstance(error, FileNotFoundError | NotADirectoryError):
                self.unreadable.append(folder.path)
            return None
        self.skipped.update(listing.skipped)
        self.unreadable += listing.offline + listing.unreadable
        self._report()
        return listing

    def add(self, notes: Iterable[Entry]) -> None:
        """Take in notes, as far as they are what their name says."""
        for note in notes:
            try:
                info = note.file.stat()
            except FileNotFoundError:
                continue
            except OSError:
                self.unreadable.append(note.path)
                continue
            self._add(note, info)
            self._report()

    def finish(self, before: tuple[int, int]) -> Scan:
        """The result, if the vault is still the one it was `before`."""
        if identity(self._vault) != before:
            raise vault_error(self._vault, OSError("it was replaced by another while being read"))
        self._progress.report("scan", len(self.files), len(self.files))
        return Scan(self.files, self.skipped, frozenset(self.unreadable))

    def _add(self, note: Entry, info: os.stat_result) -> None:
        if not stat.S_ISREG(info.st_mode):
            return
        if _is_offline(info):
            self.skipped[note.path] = OFFLINE
            self.unreadable.append(note.path)
        elif info.st_size > self._max_bytes:
            self.skipped[note.path] = _too_large(info.st_size, self._max_bytes)
        else:
            state = FileState(note.path, note.disk_path, info.st_mtime_ns, info.st_size)
            self._keep(state)

    def _keep(self, state: FileState) -> None:
        other = self.files.get(state.path)
        if other is None:
            self.files[state.path] = state
            return
        # The one that is NFC on disk, as a path typed by hand will name it.
        kept, left = sorted(
            (state, other), key=lambda one: (one.disk_path != one.path, one.disk_path)
        )
        self.files[state.path] = kept
        self.skipped[left.disk_path] = SAME_NAME + kept.path

    def _report(self) -> None:
        now = time.monotonic()
        if now >= self._report_at:
            self._progress.report("scan", len(self.files), 0)
            self._report_at = now + _REPORT_EVERY_SECONDS


def _is_offline(info: os.stat_result) -> bool:
    attributes: int = getattr(info, "st_file_attributes", 0)
    flags: int = getattr(info, "st_flags", 0)
    return bool(attributes & _WINDOWS_OFFLINE or flags & _MACOS_DATALESS)


def _too_large(size: int, limit: int) -> str:
    return f"{size / _MIB:.1f} MiB, larger than the limit of {limit / _MIB:g} MiB"


def _by_folder(paths: Iterable[str]) -> dict[str, set[str]]:
    folders: dict[str, set[str]] = {}
    for path in paths:
        pure = PurePosixPath(path)
        parent = "" if str(pure.parent) == "." else str(pure.parent)
        folders.setdefault(parent, set()).add(pure.name)
    return folders

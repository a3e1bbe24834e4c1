"""Writing a file so that a crash at any moment leaves the old or the new content, never less.

The content goes to a hidden file beside the target, is flushed to the disk, and takes the
target's name in one step.
"""

import contextlib
import errno
import os
import secrets
import shutil
import time
from collections.abc import Callable, Generator
from pathlib import Path

from notesai.errors import SaveError

PREFIX = ".notesai-"
"""How the names of unfinished files begin; hidden, so that they are never taken for notes."""

_STALE_SECONDS = 3600.0
_SAFE = "The file is as it was, and your text stays in the editor."


def replace(target: Path, data: bytes, check: Callable[[], None]) -> None:
    """Put `data` in the place of the file `target`; its rights and attributes are kept.

    `check` is called last before that; what it raises leaves all as it was. Raises `OSError`.
    """
    with _prepared(target.parent, data, like=target) as made:
        check()
        made.replace(target)
        _flush(target.parent)


def write_new(target: Path, data: bytes) -> None:
    """Write a new file. Raises `FileExistsError` if there is one of its name, or `OSError`."""
    with _prepared(target.parent, data, like=None) as made:
        if os.name == "nt":
            made.rename(target)
        else:
            _link(made, target)
        _flush(target.parent)


@contextlib.contextmanager
def failures_said(name: str) -> Generator[None]:
    """Turn an `OSError` into a `SaveError` about the note `name`."""
    try:
        yield
    except OSError as error:
        raise _explained(name, error) from error


@contextlib.contextmanager
def _prepared(folder: Path, data: bytes, like: Path | None) -> Generator[Path]:
    """A hidden file with `data`, on the disk for certain; gone afterwards unless it was renamed."""
    _sweep(folder)
    made = folder / f"{PREFIX}{secrets.token_hex(8)}"
    try:
        with made.open("xb") as file:
            if like is not None:
                # Before writing: the time of change is to be that of the new content.
                _copy_attributes(like, made)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        yield made
    finally:
        with contextlib.suppress(OSError):
            made.unlink(missing_ok=True)


def _copy_attributes(source: Path, target: Path) -> None:
    """Mode, extended attributes and, where that is allowed, owner and group."""
    with contextlib.suppress(OSError):
        shutil.copystat(source, target)
    if hasattr(os, "chown"):
        before, now = source.stat(), target.stat()
        if (before.st_uid, before.st_gid) != (now.st_uid, now.st_gid):
            with contextlib.suppress(OSError):
                os.chown(target, before.st_uid, before.st_gid)
                # Changing the owner takes some bits of the mode away.
                target.chmod(before.st_mode & 0o7777)


def _link(made: Path, target: Path) -> None:
    """Give `made` the name `target`, unless that is taken."""
    try:
        os.link(made, target)
    except FileExistsError:
        raise
    except OSError:
        # File systems without hard links (FAT, some network folders).
        if target.exists() or target.is_symlink():
            raise FileExistsError(errno.EEXIST, "the name is taken", str(target)) from None
        made.rename(target)


def _sweep(folder: Path) -> None:
    """Remove what a crash has left here: unfinished files that nobody has touched for an hour."""
    with contextlib.suppress(OSError):
        for left in folder.glob(f"{PREFIX}{'[0-9a-f]' * 16}"):
            if time.time() - left.lstat().st_mtime > _STALE_SECONDS:
                left.unlink()


def _flush(folder: Path) -> None:
    """Have the new name on the disk too. Only POSIX can open a folder, and not all of it."""
    if os.name == "nt":
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _explained(name: str, error: OSError) -> SaveError:
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT | errno.EFBIG:
            code, why, do = "save.disk_full", "the disk is full", "Free some space and save again."
        case errno.EACCES | errno.EPERM | errno.EROFS:
            code, why = "save.no_permission", "its folder may not be written"
            do = "Check the rights of the folder and save again."
        case errno.ENOENT | errno.ENOTDIR | errno.ENODEV | errno.ESTALE:
            code, why = "save.folder_gone", "its folder is not there"
            do = "Connect the drive or put the folder back, and save again."
        case _:
            code, why, do = "save.failed", error.strerror or str(error), "Save again."
    return SaveError(code, f"{name} was not saved: {why}.", f"{_SAFE} {do}")

"""From what the storage library raises to what a person can act on."""

import errno
import re
from collections.abc import Generator
from contextlib import contextmanager

from notesai.errors import NotesaiError, StoreError
from notesai.index import bucket

_SAFE = "Your notes are safe: the index is only a cache of them."
_WHERE_IN_CODE = re.compile(r",? \S+\.rs:\d+(:\d+)?")
"""Where in its own code the storage library failed, which tells a person nothing."""
_FORBIDDEN = ("permission denied", "os error 13", "read-only file system", "os error 30")


def disk_full(detail: str) -> StoreError:
    """No space is left where the index lives."""
    return StoreError(
        "index.disk_full",
        f"The disk that holds the index is full ({detail}).",
        f"{_SAFE} Free some space and try again; indexing goes on where it stopped.",
    )


def corrupt(detail: str) -> StoreError:
    """The index cannot be read."""
    return StoreError(
        "index.corrupt",
        f"The index is damaged and cannot be read ({detail}).",
        f"{_SAFE} Build it anew with `notesai index --rebuild`.",
    )


def newer(found: int, known: int) -> StoreError:
    """The index was written by a later program."""
    return StoreError(
        "index.newer",
        f"This index was made by a newer notesai (format {found}; this one reads {known}).",
        f"{_SAFE} Update notesai, or build the index anew with `notesai index --rebuild`.",
    )


def missing(location: str) -> StoreError:
    """There is no index yet."""
    return StoreError(
        "index.missing",
        f"There is no index yet at {location}.",
        "Make one with `notesai index`, or open the app.",
    )


def locked(owner: str) -> StoreError:
    """Another process writes this index."""
    return StoreError(
        "index.locked",
        f"Another notesai keeps this index up to date already{owner}.",
        "Nothing needs to be done; searching works meanwhile.",
    )


def other_vault(location: str, name: str) -> StoreError:
    """The index is of another folder; following this one would remove all that is in it."""
    return StoreError(
        "index.other_vault",
        f"The index at {location} is of a folder called {name}.",
        "Nothing was changed. Give each folder of notes an index of its own: change NOTESAI_INDEX, "
        "or put this folder into its place with `notesai index --rebuild`.",
    )


def _no_permission(detail: str) -> StoreError:
    return StoreError(
        "index.no_permission",
        f"The index cannot be written or read ({detail}).",
        f"{_SAFE} Check the rights of the folder, or set NOTESAI_HOME to another one.",
    )


def _first_line(error: BaseException) -> str:
    lines = str(error).strip().splitlines()
    first = _WHERE_IN_CODE.sub("", lines[0]) if lines else ""
    return (first or type(error).__name__)[:200]


def _translate(error: BaseException) -> StoreError:
    detail = _first_line(error)
    remote = bucket.explained(str(error))
    if remote is not None:
        return remote
    text = str(error).lower()
    number = error.errno if isinstance(error, OSError) else None
    if number in (errno.ENOSPC, errno.EDQUOT) or "no space left" in text or "os error 28" in text:
        return disk_full(detail)
    if (
        isinstance(error, PermissionError)
        or number == errno.EROFS
        or any(words in text for words in _FORBIDDEN)
    ):
        return _no_permission(detail)
    return corrupt(detail)


@contextmanager
def translated() -> Generator[None, None, None]:
    """Turn any failure of the storage library into a `StoreError`."""
    try:
        yield
    except NotesaiError:
        raise
    except Exception as error:
        raise _translate(error) from error
    except BaseException as error:
        # A panic in the library's native code; pyo3 derives it from BaseException.
        if type(error).__name__ != "PanicException":
            raise
        raise corrupt(_first_line(error)) from error

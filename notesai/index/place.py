"""Where the index of a vault lies: a folder on this machine, or a bucket that many can read."""

import hashlib
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from notesai import paths
from notesai.errors import RequestError

VARIABLE = "NOTESAI_INDEX"
"""Names another place than the usual one: `s3://bucket/prefix`, or a folder."""

_S3 = re.compile(r"s3://[^/?#\s]+(/[^?#]*)?")


@dataclass(frozen=True, slots=True)
class Place:
    """`uri` is what LanceDB opens; `folder`, on this machine, holds the lock of the one writer.

    Unless `remote`, the tables lie in `folder` too.
    """

    folder: Path
    uri: str
    remote: bool = False

    @classmethod
    def of(cls, vault: Path) -> Self:
        """The place of the index of `vault`, a full path. Raises `index.bad_place`."""
        named = os.environ.get(VARIABLE, "").strip()
        if "://" in named:
            return cls._in_bucket(named)
        folder = paths.expanded(named).absolute() if named else paths.home().index(vault)
        return cls(folder, str(folder / "lance"))

    def stamp(self) -> tuple[int, int] | None:
        """What changes when tables are made or removed by any process; None for a bucket.

        Of tables that were made anew the versions count from 1 again: they may be those that a
        reader has seen of the tables before.
        """
        try:
            found = None if self.remote else Path(self.uri).stat()
        except OSError:
            return 0, 0
        return (found.st_ino, found.st_mtime_ns) if found is not None else None

    @classmethod
    def _in_bucket(cls, named: str) -> Self:
        uri = named.rstrip("/")
        if _S3.fullmatch(uri) is None:
            raise RequestError(
                "index.bad_place",
                f"{VARIABLE} is {named!r}, which is no place for an index.",
                "It is s3://bucket/prefix or a folder; without it the index is on this machine.",
            )
        # One writer on this machine, whichever vault it writes there.
        digest = hashlib.blake2b(uri.encode("utf-8", "surrogateescape"), digest_size=6).hexdigest()
        name = re.sub(r"[^\w-]+", "-", uri.removeprefix("s3://")).strip("-")
        return cls(paths.home().data / "indexes" / f"s3-{name[:40]}-{digest}", uri, remote=True)

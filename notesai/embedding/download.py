"""Downloading a model from a hub, so that it is there whole or not at all.

Files arrive in a folder of their own below the cache, each under another name until its hash is the
one that the hub gives. Only when all are there does the folder become the target. What is there
when a download breaks off, is cancelled or killed is kept, and the next one goes on from it.
"""

import errno
import hashlib
import importlib.util
import re
import shutil
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import filelock

from notesai import connections, paths
from notesai.embedding.hub import errors
from notesai.embedding.hub.client import Hub
from notesai.embedding.hub.selection import HubFile, wanted
from notesai.progress import Progress

RESERVE = 200_000_000
"""Bytes that stay free on the disk after a download."""

_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Fetched:
    """What is in the target now: the commit, and the size of all its files in bytes."""

    revision: str
    bytes: int


Selection = Callable[[Iterable[HubFile]], tuple[HubFile, ...]]
"""Which files of a repository to bring. Raises `ModelError` if what is needed is not there."""


def fetch(
    hub_id: str, revision: str, target: Path, progress: Progress, select: Selection = wanted
) -> Fetched:
    """Download what is selected of `hub_id` into the folder `target`.

    That is what sentence-transformers needs, if nothing else is said.

    `revision` is a branch, tag or commit; "" is the default branch. Progress is in bytes, of all
    files; whoever cancels is obeyed within a second. Raises `RequestError` (`network.off`,
    `hub.bad_name`) or `ModelError` with a code that begins with `hub.`; the target is then as it
    was. A target that exists is replaced.
    """
    connections.require_network(f"downloading {hub_id} from {errors.host()}")
    if not _is_name(hub_id):
        raise errors.bad_name(hub_id)
    if importlib.util.find_spec("huggingface_hub") is None:
        raise errors.library_missing()
    staging = _staging(hub_id)
    try:
        staging.mkdir(parents=True, exist_ok=True)
        with _alone(staging, hub_id), Hub(f"downloading the model {hub_id}") as hub:
            fetched = _Download(hub, hub_id, progress, select).into(staging, revision, target)
            shutil.rmtree(staging, ignore_errors=True)
        return fetched
    except OSError as error:
        raise errors.of_disk(error, staging, 0) from error


def discard(hub_id: str) -> bool:
    """Throw away what an unfinished download has left; False if there was nothing."""
    staging = _staging(hub_id)
    if not _is_name(hub_id) or not staging.is_dir():
        return False
    with _alone(staging, hub_id):
        shutil.rmtree(staging, ignore_errors=True)
    return True


class _Download:
    """One download; `_held` says how much of each file is there, in bytes."""

    def __init__(self, hub: Hub, hub_id: str, progress: Progress, select: Selection) -> None:
        self._select = select
        self._hub = hub
        self._hub_id = hub_id
        self._progress = progress
        self._held: dict[str, int] = {}
        self._total = 0

    def into(self, staging: Path, revision: str, target: Path) -> Fetched:
        found = self._hub.find(self._hub_id, revision, lambda _: self._report())
        files = self._select(found.files)
        place = staging / found.commit[:16]
        _keep_only(staging, place)
        self._held = {file.path: _held(place, file) for file in files}
        self._total = sum(file.size for file in files)
        _check_room(place, self._total - sum(self._held.values()))
        self._report()
        for file in files:
            self._bring(found.commit, file, place)
        _deliver(place, target)
        return Fetched(found.commit, self._total)

    def _bring(self, commit: str, file: HubFile, place: Path) -> None:
        path = _within(place, file)
        if path.is_file() and path.stat().st_size == file.size:
            return
        part = _part(path)
        # An earlier run may have left the damage; what comes in one piece is what the hub has.
        attempts = 2 if part.exists() else 1
        if not any(self._arrives_whole(commit, file, part) for _ in range(attempts)):
            raise errors.not_whole(file.path)
        part.replace(path)

    def _arrives_whole(self, commit: str, file: HubFile, part: Path) -> bool:
        def tick(held: int) -> None:
            self._held[file.path] = held
            self._report()

        self._hub.get(self._hub_id, commit, file, part, tick)
        whole = _is_whole(part, file, self._report)
        if not whole:
            part.unlink()
        return whole

    def _report(self) -> None:
        self._progress.report("download", sum(self._held.values()), self._total)


def _is_name(hub_id: str) -> bool:
    return re.fullmatch(r"\w[\w.-]*(/\w[\w.-]*)?", hub_id, re.ASCII) is not None


def _staging(hub_id: str) -> Path:
    return paths.home().cache / "downloads" / hub_id.replace("/", "--")


@contextmanager
def _alone(staging: Path, hub_id: str) -> Generator[None, None, None]:
    """One process at a time downloads a model."""
    try:
        with filelock.FileLock(staging.with_name(f"{staging.name}.lock"), timeout=0):
            yield
    except filelock.Timeout:
        raise errors.busy(hub_id) from None


def _keep_only(staging: Path, place: Path) -> None:
    """What was begun of another commit will never be finished."""
    for other in staging.iterdir():
        if other != place:
            shutil.rmtree(other, ignore_errors=True)
    place.mkdir(exist_ok=True)


def _within(place: Path, file: HubFile) -> Path:
    return place.joinpath(*PurePosixPath(file.path).parts)


def _part(path: Path) -> Path:
    return path.with_name(f"{path.name}.part")


def _held(place: Path, file: HubFile) -> int:
    path = _within(place, file)
    for candidate in (path, _part(path)):
        if candidate.is_file():
            return min(candidate.stat().st_size, file.size)
    return 0


def _check_room(place: Path, needed: int) -> None:
    free = shutil.disk_usage(place).free
    if needed and free < needed + RESERVE:
        raise errors.disk_full(needed + RESERVE, free)


def _is_whole(path: Path, file: HubFile, tick: Callable[[], None]) -> bool:
    """Compare the hash that the hub gives: of the content, or the one that git gives a blob."""
    if path.stat().st_size != file.size:
        return False
    digest = hashlib.sha256() if file.sha256 else hashlib.sha1(b"blob %d\0" % file.size)
    with path.open("rb") as content:
        while block := content.read(_BLOCK):
            digest.update(block)
            tick()
    return digest.hexdigest() == (file.sha256 or file.blob).lower()


def _deliver(place: Path, target: Path) -> None:
    """Make it the target in one step, also from one disk to another."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(target, ignore_errors=True)
    try:
        place.rename(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        aside = target.with_name(f".{target.name}.incoming")
        shutil.rmtree(aside, ignore_errors=True)
        shutil.copytree(place, aside)
        aside.rename(target)

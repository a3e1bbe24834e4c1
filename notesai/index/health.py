"""`doctor`: looking at everything that can be wrong, and mending what may be mended."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from notesai.embedding.base import Embedder
from notesai.errors import NotesaiError
from notesai.index import failures
from notesai.index.generations import Generation
from notesai.index.lock import WriterLock
from notesai.index.opening import empty_index, open_index
from notesai.index.place import Place
from notesai.index.store import Store
from notesai.model import Finding, HealthReport
from notesai.notes.scanner import check_vault

_LOW_SPACE = 500 << 20

OpenEmbedder = Callable[[str | None], Embedder]
"""Opens the model of an id; the one that comes with notesai for None."""


def examine(
    vault: Path, place: Place, open_embedder: OpenEmbedder, *, repair: bool = False
) -> HealthReport:
    """Check vault, disk, model and index; with `repair`, mend what can be mended without loss.

    The index may be thrown away for a repair, the notes are never touched.
    """
    findings = list(_findings(vault, place, open_embedder))
    if not repair:
        return HealthReport(tuple(findings))
    wanted = [finding for finding in findings if not finding.ok and finding.repair]
    repaired = tuple(_repair(finding, place) for finding in wanted)
    return HealthReport(tuple(_findings(vault, place, open_embedder)), repaired)


def _findings(vault: Path, place: Place, open_embedder: OpenEmbedder) -> Iterator[Finding]:
    yield _check_vault(vault)
    yield _check_place(place.folder)
    yield _check_watching()
    active = _active(place)
    yield _check_model(active, open_embedder)
    yield from _check_index(place, active)


def _active(place: Place) -> Generation | None:
    """What answers; None where the index says nothing of it, as will be found soon."""
    try:
        return open_index(place.uri, create=False).generations().active
    except NotesaiError:
        return None


def _check_model(active: Generation | None, open_embedder: OpenEmbedder) -> Finding:
    try:
        card = open_embedder(active.model or None if active is not None else None).card
    except NotesaiError as error:
        return Finding("model", False, f"{error.message} {error.hint}")
    if active is not None and not active.fits(card):
        detail = f"{card.id} is another one than when the index was made; it is being built anew"
        return Finding("model", False, detail)
    return Finding("model", True, f"{card.id}, {card.dimension} dimensions")


def _check_vault(vault: Path) -> Finding:
    try:
        return Finding("vault", True, str(check_vault(vault)))
    except NotesaiError as error:
        return Finding("vault", False, f"{error.message} {error.hint}")


def _check_place(folder: Path) -> Finding:
    existing = next(parent for parent in (folder, *folder.parents) if parent.exists())
    if not os.access(existing, os.W_OK):
        return Finding("place", False, f"{existing} cannot be written. Set NOTESAI_HOME elsewhere.")
    free = shutil.disk_usage(existing).free
    detail = f"{free >> 20:,} MiB free at {existing}"
    return Finding("place", free >= _LOW_SPACE, detail)


def _check_watching() -> Finding:
    limit = Path("/proc/sys/fs/inotify/max_user_watches")
    try:
        watches = int(limit.read_text())
    except (OSError, ValueError):
        return Finding("watching", True, "by the system's own events")
    detail = f"at most {watches:,} watched folders"
    if watches >= 8192:
        return Finding("watching", True, detail)
    hint = "Raise it: sudo sysctl fs.inotify.max_user_watches=524288"
    return Finding("watching", False, f"{detail}. {hint}")


def _check_index(place: Place, active: Generation | None) -> Iterator[Finding]:
    try:
        store = _store(place, active)
        chunks, pending = store.count_chunks(), store.count_chunks(pending=True)
        book = store.notebook()
        indexed = store.has_lexical_index()
    except NotesaiError as error:
        mend = "build the index anew" if error.code in ("index.corrupt", "index.newer") else ""
        yield Finding("index", False, f"{error.message} {error.hint}", mend)
        return
    yield Finding("index", True, f"{len(book):,} notes, {chunks:,} chunks, {pending:,} pending")
    expected = sum(note.n_chunks for note in book)
    detail = f"{chunks:,} chunks stored, {expected:,} named by the notes"
    yield Finding("journal", chunks == expected, detail, "remove what no note owns")
    detail = "present" if indexed else "missing; searching by word is slower without"
    yield Finding("lexical index", indexed, detail, "build the lexical index")


def _store(place: Place, generation: Generation | None) -> Store:
    """What is stored of `generation`. Raises `index.missing` for None, or what is wrong."""
    tables = open_index(place.uri, create=False)
    if generation is None:
        raise failures.missing(place.uri)
    return Store.of(*tables.pair(generation))


def _repair(finding: Finding, place: Place) -> str:
    lock = WriterLock(place.folder)
    lock.acquire()
    try:
        if finding.check == "index":
            with failures.translated():
                empty_index(place.uri) if place.remote else shutil.rmtree(place.uri)
            return "The damaged index was removed; `notesai index` builds it anew."
        store = _store(place, _active(place))
        if finding.check == "journal":
            store.drop_stale()
            return "Chunks that no note owns were removed; `notesai index` reads what is missing."
        store.optimise()
        return "The lexical index was built."
    finally:
        lock.release()

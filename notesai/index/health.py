"""`doctor`: looking at everything that can be wrong, and mending what may be mended."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from notesai.embedding.base import Embedder
from notesai.errors import NotesaiError
from notesai.index import failures
from notesai.index.lock import WriterLock
from notesai.index.store import Store
from notesai.model import Finding, HealthReport
from notesai.notes.scanner import check_vault

_LOW_SPACE = 500 << 20

OpenEmbedder = Callable[[], Embedder]


def examine(
    vault: Path, folder: Path, open_embedder: OpenEmbedder, *, repair: bool = False
) -> HealthReport:
    """Check vault, disk, model and index; with `repair`, mend what can be mended without loss.

    The index may be thrown away for a repair, the notes are never touched.
    """
    findings = list(_findings(vault, folder, open_embedder))
    if not repair:
        return HealthReport(tuple(findings))
    wanted = [finding for finding in findings if not finding.ok and finding.repair]
    repaired = tuple(_repair(finding, folder, open_embedder) for finding in wanted)
    return HealthReport(tuple(_findings(vault, folder, open_embedder)), repaired)


def _findings(vault: Path, folder: Path, open_embedder: OpenEmbedder) -> Iterator[Finding]:
    yield _check_vault(vault)
    yield _check_place(folder)
    yield _check_watching()
    try:
        embedder = open_embedder()
    except NotesaiError as error:
        yield Finding("model", False, f"{error.message} {error.hint}")
        return
    card = embedder.card
    yield Finding("model", True, f"{card.id}, {card.dimension} dimensions")
    yield from _check_index(folder, embedder)


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


def _check_index(folder: Path, embedder: Embedder) -> Iterator[Finding]:
    try:
        store = Store.open(str(folder / "lance"), embedder.card, create=False)
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


def _repair(finding: Finding, folder: Path, open_embedder: OpenEmbedder) -> str:
    lock = WriterLock(folder)
    lock.acquire()
    try:
        if finding.check == "index":
            with failures.translated():
                shutil.rmtree(folder / "lance")
            return "The damaged index was removed; `notesai index` builds it anew."
        store = Store.open(str(folder / "lance"), open_embedder().card, create=False)
        if finding.check == "journal":
            store.drop_stale()
            return "Chunks that no note owns were removed; `notesai index` reads what is missing."
        store.optimise()
        return "The lexical index was built."
    finally:
        lock.release()

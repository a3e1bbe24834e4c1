"""What there is to say of an index: counts, problems, places, and its models."""

from collections.abc import Iterable
from pathlib import Path

from notesai.engine.models import Models, full_id
from notesai.engine.sides import Side, Sides
from notesai.errors import StoreError
from notesai.index.embedding import Embedded
from notesai.index.generations import Generation, Generations
from notesai.index.indexer import Tally
from notesai.index.place import Place
from notesai.model import IndexReport, Note, NoteProblem, NoteStatus, Switching, VaultStatus

UNNAMED = "an earlier model"
"""What an older notesai, which did not write down its name, has used."""


def vault_status(
    vault: Path, place: Place, side: Side, known: Generations, sides: Sides, models: Models
) -> VaultStatus:
    """The state of the index at `place`, of which `side` answers; without the seconds left."""
    notes = by_path(side)
    return VaultStatus(
        vault=str(vault),
        notes=sum(note.status is NoteStatus.INDEXED for note in notes),
        chunks=side.store.count_chunks(),
        pending=side.pending(),
        failed=_problems(notes, NoteStatus.FAILED),
        skipped=_problems(notes, NoteStatus.SKIPPED),
        model=name_of(side.generation),
        index_bytes=side.store.stored_bytes() if place.remote else _size(place.folder),
        index_path=place.uri if place.remote else str(place.folder),
        switching=_switching(side, known.shadow, sides) if known.shadow is not None else None,
        previous_model=name_of(known.previous) if known.previous is not None else "",
        model_trouble=_trouble(side, known, models),
    )


def by_path(side: Side) -> list[Note]:
    """All notes, by path."""
    return sorted(side.store.notebook(), key=lambda note: note.path)


def name_of(generation: Generation) -> str:
    """What its model is called."""
    return generation.model or UNNAMED


def _switching(side: Side, shadow: Generation, sides: Sides) -> Switching:
    chunks = side.store.count_chunks()
    try:
        store = sides.store(shadow)
    except StoreError:
        # It has no tables yet.
        return Switching(shadow.model, 0, chunks)
    total, pending = store.count_chunks(), store.count_chunks(pending=True)
    cut = len(store.notebook()) >= len(side.store.notebook())
    return Switching(shadow.model, total - pending, total if cut else max(total, chunks))


def _trouble(side: Side, known: Generations, models: Models) -> str:
    """Which model cannot be used, why, and what is done instead; empty if all is well."""
    used, by_word = name_of(side.generation), "search works by word alone"
    instead = by_word if side.mute or side.lexical else f"{used} is used instead"
    wanted = full_id(known.wanted)
    error = models.trouble(side.generation.model)
    if error is not None:
        return f"{error.message} Meanwhile {by_word}."
    error = models.trouble(wanted)
    if error is not None:
        return f"{error.message} Meanwhile {instead}."
    if side.mute:
        return f"The index was made by {used}, which is another one now. Meanwhile {instead}."
    if known.shadow is None and wanted != side.generation.model:
        return f"The model {wanted} could not be used. Meanwhile {instead}."
    return ""


def _problems(notes: Iterable[Note], status: NoteStatus) -> tuple[NoteProblem, ...]:
    return tuple(NoteProblem(note.path, note.reason) for note in notes if note.status is status)


def _size(folder: Path) -> int:
    total = 0
    for file in folder.rglob("*"):
        try:
            total += file.stat().st_size
        except OSError:
            # Files of old versions vanish while the writer tidies up.
            continue
    return total


def index_report(
    status: VaultStatus, tally: Tally, done: Embedded, seconds: float, lexical_ready: float
) -> IndexReport:
    """What one run did, which ended with this status; `lexical_ready` is in seconds as well."""
    return IndexReport(
        notes=status.notes,
        chunks=status.chunks,
        embedded=done.embedded,
        reused=done.reused + tally.reused,
        skipped=len(status.skipped),
        failed=len(status.failed),
        removed=tally.removed,
        seconds=round(seconds, 3),
        lexical_ready_seconds=round(lexical_ready, 3),
    )

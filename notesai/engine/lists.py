"""The lists that the window asks for: notes, where they stand, models."""

from notesai import paths, settings
from notesai.engine import protocol
from notesai.engine.workspace import Workspace
from notesai.model import Note, NoteStatus


def titles(workspace: Workspace) -> protocol.NoteTitles:
    """Path, title and time of every note."""
    notes = (
        protocol.NoteTitle(path=note.path, title=note.title, mtime_ns=note.mtime_ns, tags=note.tags)
        for note in workspace.notes()
    )
    return protocol.NoteTitles(notes=tuple(notes))


def states(workspace: Workspace) -> protocol.NoteStates:
    """Where every note stands; one of which a chunk waits for its vector is pending."""
    waiting = workspace.unembedded()

    def status(note: Note) -> NoteStatus:
        indexed = note.status is NoteStatus.INDEXED
        return NoteStatus.PENDING if indexed and note.note_id in waiting else note.status

    found = (
        protocol.NoteState(
            path=note.path,
            title=note.title,
            status=status(note),
            reason=note.reason,
            passages=note.n_chunks,
        )
        for note in workspace.notes()
    )
    return protocol.NoteStates(notes=tuple(found))


def models(workspace: Workspace) -> protocol.ModelChoices:
    """The models that embed, rerank or chat, and which are in use. Raises `ModelError`."""
    # Not at the top: only the settings ask for it.
    from notesai.embedding.inventory import known_chat_models, known_models, known_rerankers

    chosen = settings.load(paths.home().settings_file)
    known = (
        *known_models(workspace.model),
        *known_rerankers(chosen.reranker),
        *known_chat_models(chosen.chat_model),
    )
    return protocol.ModelChoices(models=known)

"""The errors a person can meet, each with what happened, what is safe and what to do.

    NotesaiError
    ├── VaultError        the folder of notes: missing, not a folder, not readable
    ├── StoreError        the index: locked, from a newer version, corrupt, disk full
    ├── ModelError        the embedding or language model: missing, damaged
    ├── NoteError         one note: it is skipped or failed, all others go on
    ├── SaveError         a note could not be saved: changed meanwhile, disk full, read-only
    ├── RequestError      what was asked for cannot be answered: no such note, bad option
    ├── EngineError       the engine process: gone, not answering
    ├── MachineError      this computer: its processor
    └── Cancelled         somebody asked for the work to stop; nothing is wrong

`NotesaiError` is about the environment or the request; any other exception is a bug and is shown
as one.
"""


class NotesaiError(Exception):
    """An expected failure.

    `code` is stable and meant for programs (`vault.missing`), `message` says what happened,
    `hint` says what is safe and what to do. Both are English; the window translates by code.
    """

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint

    # Exceptions with several arguments pickle only if told how; errors cross process borders.
    def __reduce__(self) -> tuple[type["NotesaiError"], tuple[str, str, str], dict[str, object]]:
        return type(self), (self.code, self.message, self.hint), self.__dict__


class VaultError(NotesaiError):
    """The folder of notes cannot be used."""


class StoreError(NotesaiError):
    """The index cannot be used. The notes themselves are never affected."""


class ModelError(NotesaiError):
    """A model cannot be used."""


class NoteError(NotesaiError):
    """One note cannot be indexed.

    `skipped` tells a note that is left out by rule (too large, not text) from one that failed.
    """

    def __init__(self, code: str, message: str, hint: str = "", *, skipped: bool = False) -> None:
        super().__init__(code, message, hint)
        self.skipped = skipped


class SaveError(NotesaiError):
    """A note could not be saved. The file is as it was."""


class RequestError(NotesaiError):
    """A request that cannot be answered as it stands."""


class EngineError(NotesaiError):
    """The engine process is gone or does not answer."""


class MachineError(NotesaiError):
    """This computer cannot do what is needed, whatever is asked."""


class Cancelled(NotesaiError):
    """The work was asked to stop and did."""

    def __init__(
        self, code: str = "cancelled", message: str = "Cancelled.", hint: str = ""
    ) -> None:
        super().__init__(code, message, hint)

"""What the settings need of the desktop: the hotkey, and starting at login."""

from dataclasses import dataclass
from typing import Protocol


class Outcome(Protocol):
    """Whether keys were taken; if not, `reason` says why, in the window's language."""

    @property
    def ok(self) -> bool:
        """True if they were."""
        ...

    @property
    def reason(self) -> str:
        """Why not; empty if they were."""
        ...


class HotkeyTaker(Protocol):
    """Takes the keys that call notesai from anywhere."""

    @property
    def supported(self) -> bool:
        """False where this desktop gives no program a key."""
        ...

    @property
    def trouble(self) -> str:
        """What is wrong with the keys asked for last, in the window's language; else empty."""
        ...

    def try_set(self, keys: str) -> Outcome:
        """Use `keys` from now on; empty for none. If they cannot be had, the old ones stay."""
        ...


class LoginEntry(Protocol):
    """What has notesai started with the session."""

    def enabled(self) -> bool:
        """True if it is."""
        ...

    def enable(self) -> None:
        """Have it started. Raises `OSError`."""
        ...

    def disable(self) -> None:
        """Have it started no more. Raises `OSError`."""
        ...


@dataclass(frozen=True, slots=True)
class Desktop:
    """What this desktop offers; None for what it does not."""

    hotkey: HotkeyTaker | None = None
    login: LoginEntry | None = None

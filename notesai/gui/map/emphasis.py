"""Which points stand out and which step back, of all that a person has asked for at once."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from notesai.gui.map.cloud import DIM, HIDDEN, LIT, NORMAL
from notesai.model import MapPoint


@dataclass(slots=True)
class Emphasis:
    """What is wished to stand out; an empty wish is none. Wishes add up: all have to hold.

    `groups` are numbers of groups, `cluster` the paths of a cluster's notes, `chosen` those of
    notes that were drawn around, `found` those of a search, which are lit among them. Notes changed
    after `until` (seconds) are not shown.
    """

    groups: set[int] = field(default_factory=set[int])
    cluster: frozenset[str] | None = None
    chosen: frozenset[str] | None = None
    found: frozenset[str] | None = None
    until: float | None = None

    def states(self, notes: Sequence[MapPoint], group_of: Sequence[int]) -> list[int]:
        """How each of `notes` is shown: a state of `notesai.gui.map.cloud`."""
        return [self._state(note, group_of[at]) for at, note in enumerate(notes)]

    def _state(self, note: MapPoint, group: int) -> int:
        if self.until is not None and note.modified > self.until:
            return HIDDEN
        if self.groups and group not in self.groups:
            return DIM
        for wish in (self.cluster, self.chosen):
            if wish is not None and note.path not in wish:
                return DIM
        if self.found is None:
            return NORMAL
        if note.path in self.found:
            return LIT
        # Of what was picked, the rest is still to be seen.
        return NORMAL if self.groups or self.cluster or self.chosen else DIM

"""Which tables of an index belong together, and which of them answer. Pure values.

A generation is what one model makes of the folder: a table of notes and one of chunks, each other's
journal. At most three exist at a time: the one that answers, the one that is to follow it and
grows meanwhile, and the one from before, kept for going back.
"""

from collections.abc import Set
from dataclasses import dataclass, replace
from typing import Self

from notesai.embedding.base import ModelCard
from notesai.index.schema import chunks_table, notes_table


@dataclass(frozen=True, slots=True)
class Generation:
    """One pair of tables; `chunks` is its identity.

    `model` is the id that opens the model. It and `fingerprint` are empty where an older notesai,
    which did not write them down, made the tables.
    """

    model: str
    fingerprint: str
    notes: str
    chunks: str

    @classmethod
    def of(cls, card: ModelCard, model: str) -> Self:
        """The generation that the model of this card makes with the chunker of today."""
        return cls(model, card.fingerprint, notes_table(card), chunks_table(card))

    def fits(self, card: ModelCard) -> bool:
        """Whether vectors of this model may be compared with those stored."""
        if not self.fingerprint:
            return self.chunks == chunks_table(card)
        return self.fingerprint == card.fingerprint


@dataclass(frozen=True, slots=True)
class Generations:
    """All that an index holds; written as one row, so that every change is one commit.

    `wanted` is the id of the model that a person chose; empty for the one that comes with notesai.
    `active` is None only in an index that is being made.
    """

    active: Generation | None = None
    shadow: Generation | None = None
    previous: Generation | None = None
    wanted: str = ""

    @property
    def all(self) -> tuple[Generation, ...]:
        """Those that there are, the one that answers first."""
        return tuple(g for g in (self.active, self.shadow, self.previous) if g is not None)

    @property
    def tables(self) -> frozenset[str]:
        """The names of their tables."""
        return frozenset(name for g in self.all for name in (g.notes, g.chunks))

    def made_by(self, card: ModelCard, model: str) -> Generation:
        """The generation of this model, with the tables that it has already if it has some."""
        fresh = Generation.of(card, model)
        for known in self.all:
            if known.chunks == fresh.chunks:
                return replace(fresh, notes=known.notes)
        return fresh

    def only(self, names: Set[str]) -> Self:
        """Without those that lost a table; what a shadow lacks is made anyway."""
        active, previous = (
            g if g is not None and {g.notes, g.chunks} <= names else None
            for g in (self.active, self.previous)
        )
        return replace(self, active=active, previous=previous)

    def settled(self, target: Generation, *, stalled: bool = False) -> Self:
        """What to go on with when `target` is what can and shall be used.

        `stalled` keeps a shadow whose model cannot be opened now for a better day.
        """
        kept = self.shadow if stalled else None
        if self.active is None or _same(self.active, target):
            previous = None if _same(self.previous, target) else self.previous
            return replace(self, active=target, shadow=kept, previous=previous)
        if _same(self.previous, target):
            return replace(self, active=target, shadow=kept, previous=self.active)
        return replace(self, shadow=target)

    def chosen(self, target: Generation, wanted: str) -> Self:
        """A person wants `target`: it grows, or is gone back to, or is what answers already.

        A switch to another one that was under way is given up.
        """
        if _same(self.active, target):
            return self.cancelled(wanted)
        if _same(self.previous, target):
            return self.gone_back(wanted)
        return replace(self, shadow=target, wanted=wanted)

    def swapped(self, *, keep: bool) -> Self:
        """The shadow answers from now on; what answered before can be gone back to if kept."""
        if self.shadow is None:
            return self
        previous = self.active if keep else None
        return replace(self, active=self.shadow, shadow=None, previous=previous)

    def gone_back(self, wanted: str) -> Self:
        """What answered before the last swap answers again, and the other way round."""
        if self.previous is None:
            return self
        return replace(self, active=self.previous, previous=self.active, shadow=None, wanted=wanted)

    def cancelled(self, wanted: str) -> Self:
        """The switch under way is given up."""
        return replace(self, shadow=None, wanted=wanted)

    def without_previous(self) -> Self:
        """There is nothing to go back to any more."""
        return replace(self, previous=None)


def _same(one: Generation | None, other: Generation) -> bool:
    return one is not None and one.chunks == other.chunks

"""Related notes of the scripted engine: its own likeness, with marks, reading and duplicates.

The act `duplicates` has some; `none-alike` says that no note is like another one.
"""

from dataclasses import replace

from scripted_notes import Notes, likeness, pieces, title_of

from notesai.engine import protocol
from notesai.model import DuplicatePair, Duplicates, Mark, Neighbour, NoteRef, SimilarResult


class RelatedNotes:
    def __init__(self, notes: Notes, acts: set[str]) -> None:
        self.notes = notes
        self.acts = acts
        self.marks: dict[frozenset[str], Mark] = {}

    def similar(self, request: protocol.Similar) -> SimilarResult:
        if request.text is not None:
            found = self._like_text(request.path, request.text)
        else:
            found = self.notes.similar(request.path, 20)
        return self._marked(found, request.k, with_hidden=request.with_hidden)

    def mark(self, request: protocol.MarkNeighbour) -> SimilarResult:
        self.marks[frozenset((request.path, request.other))] = request.mark
        return self.similar(protocol.Similar(id=0, path=request.path))

    def for_you(self, request: protocol.ForYou) -> SimilarResult:
        found = self.notes.similar(request.recent[0], 20)
        kept = [one for one in found.neighbours if one.path not in request.recent]
        # As the engine has it: linked to one of the notes read.
        return SimilarResult("", tuple(replace(one, linked=True) for one in kept[: request.k]))

    def duplicates(self) -> Duplicates:
        if "duplicates" not in self.acts:
            return Duplicates(())
        a, b, c, d = (NoteRef(path, title_of(path, self.notes.texts[path]))
                      for path in sorted(self.notes.texts)[:4])  # fmt: skip
        near = DuplicatePair(c.path, d.path, c.title, d.title, 0.98, overlap=0.83)
        return Duplicates((near,), ((a, b),))

    def _like_text(self, path: str, text: str) -> SimilarResult:
        own = pieces(text)
        found = [
            Neighbour(other, title_of(other, there), likeness(own, pieces(there)), (), False)
            for other, there in self.notes.texts.items()
            if other != path
        ]
        found.sort(key=lambda one: -one.score)
        return SimilarResult(path, tuple(found))

    def _marked(self, found: SimilarResult, k: int, *, with_hidden: bool) -> SimilarResult:
        if "none-alike" in self.acts:
            return SimilarResult(found.note, ())
        shown: list[Neighbour] = []
        hidden = 0
        for one in found.neighbours:
            mark = self.marks.get(frozenset((found.note, one.path)), Mark.NONE)
            hidden += mark is Mark.HIDE
            if mark is not Mark.HIDE or with_hidden:
                marked = replace(one, pinned=mark is Mark.PIN, hidden=mark is Mark.HIDE)
                shown.append(replace(marked, shared=("물", "water")))
        shown.sort(key=lambda one: not one.pinned)
        return SimilarResult(found.note, tuple(shown[:k]), hidden)

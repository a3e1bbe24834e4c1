"""Citations that a model forgot: behind each sentence that a passage bears, the passage's number.

Small models answer from the passages and name them now and then. A sentence is held against each
passage as if it cited that one; what the check would not find fault with is its source.
"""

import re
from collections.abc import Callable, Generator, Iterable, Sequence

from notesai.answers.claims import Claim, claims
from notesai.answers.evidence import Sentence, Source
from notesai.answers.likeness import Likeness
from notesai.answers.verify import free, lacking, score
from notesai.answers.wording import words
from notesai.embedding.base import Embedder
from notesai.model import Citation

Bearer = Callable[[str], int]
"""The number of the passage that bears a sentence; 0 where none does."""

_OPEN = re.compile(r"\s*(?:\[[\d\s,、;]*)?\Z")
"""White space, and a citation that is not whole yet."""

_LONGEST_OPEN = 40

LEAST_WORDS = 3
"""A sentence of fewer words is a heading or a name, and would be found anywhere."""


class Passages:
    """The passages of one answer, ready to be compared with its sentences."""

    def __init__(self, passages: Sequence[Citation], embedder: Embedder) -> None:
        self._likeness = Likeness(embedder)
        self._sources = [Source(passage, self._likeness) for passage in passages]

    def bearer(self, sentence: str) -> int:
        """The number of the passage that bears a sentence best; 0 where none does.

        Raises `ModelError` if the embedding model fails.
        """
        if len(words(sentence)) < LEAST_WORDS:
            return 0
        asked, found, best = Sentence(sentence, self._likeness), 0, 0.0
        for source in self._sources:
            support = asked.support([source], ())
            if not lacking(support) and (not found or score(support) > best):
                found, best = source.passage.n, score(support)
        return found


def attributed(pieces: Iterable[str], bearer: Bearer) -> Generator[str]:
    """The text as it comes, with a citation behind each whole sentence that lacks one.

    What may turn out to be the end of a sentence is held back: nothing that was told is taken back.
    Tables, headings and code are left as they are.
    """
    text, told, settled = "", 0, 0
    for piece in pieces:
        text, settled = _cited(text + piece, settled, bearer, over=False)
        shown = _shown(text)
        if shown > told:
            yield text[told:shown]
            told = shown
    text, _ = _cited(text, settled, bearer, over=True)
    if len(text) > told:
        yield text[told:]


def _cited(text: str, settled: int, bearer: Bearer, *, over: bool) -> tuple[str, int]:
    """The text with citations behind what is whole after `settled`, and how far that reaches."""
    added = 0
    for claim in claims(text):
        if claim.start < settled - added:
            continue
        end = claim.end + added
        if not over and not _has_ended(text[end:]):
            break
        n = bearer(claim.text) if _wants_source(text, claim, claim.start + added) else 0
        mark = f" [{n}]" if n else ""
        text = text[:end] + mark + text[end:]
        added += len(mark)
        settled = end + len(mark)
    return text, settled


def _has_ended(rest: str) -> bool:
    """Whether what follows a sentence shows that it is over, and that no citation follows."""
    return _OPEN.fullmatch(rest) is None


def _shown(text: str) -> int:
    """Up to where the text can be told."""
    tail = max(0, len(text) - _LONGEST_OPEN)
    held = _OPEN.search(text, tail)
    return held.start() if held else len(text)


def _wants_source(text: str, claim: Claim, start: int) -> bool:
    line = text[text.rfind("\n", 0, start) + 1 : start + 1].lstrip()
    return not claim.cited and not line.startswith(("#", "|")) and not free(claim)

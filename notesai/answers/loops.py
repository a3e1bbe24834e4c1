"""Ending an answer that goes round in circles, as small models do."""

from collections.abc import Iterable, Iterator, Sequence

from notesai.answers.claims import Claim, claims

TAIL = 60
"""Characters that repeat within one sentence; shorter ones are the lines of tables and lists."""

TIMES = 4
"""So often they stand there, or the same sentences in a row, before the answer is taken to loop."""

LEAST = 100
"""Characters that sentences in a loop take together: a table may say "none" in each row."""

_LOOK = 20


def until_loop(pieces: Iterable[str]) -> Iterator[str]:
    """The text as it comes, up to where it says the same for the fourth time."""
    text, looked = "", 0
    for piece in pieces:
        text += piece
        yield piece
        if len(text) - looked >= _LOOK:
            looked = len(text)
            repeated = len(text) > TAIL and text.count(text[-TAIL:]) >= TIMES
            if repeated or _again(list(claims(text))):
                return


def unlooped(text: str) -> str:
    """The text without the sentences that it repeats at its end: the first time is left."""
    found = list(claims(text))
    again = _again(found)
    return text[: found[again - 1].end] if again else text


def _again(found: Sequence[Claim]) -> int:
    """How many sentences there are before the repetition of the last ones; 0 where there is none.

    The very last one may not be whole yet.
    """
    said = [claim.text for claim in found]
    for length in (len(said), len(said) - 1):
        for period in range(1, length // TIMES + 1):
            begun = length
            while begun > period and said[begun - 1] == said[begun - 1 - period]:
                begun -= 1
            loop = found[begun - period : length]
            if len(loop) >= TIMES * period and loop[-1].end - loop[0].start >= LEAST:
                return begun
    return 0

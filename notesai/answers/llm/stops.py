"""Ending an answer at a text: models without a chat template go on with the other's part."""

from collections.abc import Iterable, Iterator, Sequence


def until_stop(pieces: Iterable[str], stops: Sequence[str]) -> Iterator[str]:
    """The text up to the first of `stops`, as it comes. What may begin one is held back."""
    held = ""
    for piece in pieces:
        held += piece
        cut = min((at for stop in stops if (at := held.find(stop)) >= 0), default=-1)
        if cut >= 0:
            if cut:
                yield held[:cut]
            return
        keep = max((_begun(held, stop) for stop in stops), default=0)
        if len(held) > keep:
            yield held[: len(held) - keep]
            held = held[len(held) - keep :]
    if held:
        yield held


def _begun(text: str, stop: str) -> int:
    """How many of the last characters of `text` are the first ones of `stop`."""
    for length in range(min(len(text), len(stop) - 1), 0, -1):
        if stop.startswith(text[-length:]):
            return length
    return 0

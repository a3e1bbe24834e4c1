"""Offsets: the engine counts code points, Qt counts UTF-16 units. An emoji is one, and two."""

from collections.abc import Iterable


def length(text: str) -> int:
    """How many UTF-16 units `text` has."""
    return len(text) + sum(char > "\uffff" for char in text)


def ranges(text: str, marks: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """`marks`, start and end in code points of `text`, in UTF-16 units."""
    if not text or max(text) <= "\uffff":
        return tuple(marks)
    return tuple((length(text[:start]), length(text[:end])) for start, end in marks)


def from_unit(text: str, unit: int) -> str:
    """What follows the first `unit` UTF-16 units of `text`."""
    return text.encode("utf-16-le")[2 * unit :].decode("utf-16-le", "ignore")


def to_unit(text: str, unit: int) -> str:
    """The first `unit` UTF-16 units of `text`."""
    return text.encode("utf-16-le")[: 2 * unit].decode("utf-16-le", "ignore")

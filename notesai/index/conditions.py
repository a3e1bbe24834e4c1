"""Conditions on columns, in SQL, with all values quoted."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

_IN_LIST = 2000
"""Values in one SQL IN list; far larger ones cost the planner more than a second query."""

T = TypeVar("T")


def parts(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """The values in parts that are short enough for one condition each."""
    for start in range(0, len(values), _IN_LIST):
        yield values[start : start + _IN_LIST]


def within(column: str, values: Iterable[str]) -> str:
    """The condition that a column has one of these values; one that nothing meets if none."""
    return f"{column} IN ({quoted(values) or 'NULL'})"


def outside(column: str, values: Iterable[str]) -> str:
    """The condition that a column has none of these values; empty if there are none."""
    listed = quoted(values)
    return f"{column} NOT IN ({listed})" if listed else ""


def quoted(values: Iterable[str]) -> str:
    """The values as SQL has them in a list."""
    return ",".join("'" + value.replace("'", "''") + "'" for value in values)

"""Numbers, dates, times and weekdays of a text, in one form whatever language wrote them.

`1,000`, `1000`, `1천` and `one thousand` are one number; `3월 2일`, `March 2nd` and `2026-03-02`
name one day. Number words count only before a unit: "the two of them" measures nothing.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from notesai.answers import units

_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september"),
    *("october", "november", "december"),
)
_MONTH = "|".join(f"{name}|{name[:3]}" for name in _MONTHS) + "|sept"
_WEEKDAYS_EN: Sequence[str] = (
    *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
)
_WEEKDAYS_KO: Sequence[str] = tuple("월화수목금토일")

_ISO = re.compile(r"(?<![\w.])(\d{4})\s?[-./]\s?(\d{1,2})\s?[-./]\s?(\d{1,2})(?![\w-])")
_DAY_KO = re.compile(r"(?:(\d{4})년\s*)?(?<!\d)(\d{1,2})월(?:\s*(\d{1,2})일)?")
_DAY_FIRST = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? ({_MONTH})\b\.?", re.IGNORECASE)
_MONTH_FIRST = re.compile(
    rf"\b({_MONTH})\b\.? (\d{{1,2}})(?:st|nd|rd|th)?\b(?![\d,.]*\d|%)", re.IGNORECASE
)
_MONTH_ALONE = re.compile(
    rf"\b(?:({'|'.join(n.title() for n in _MONTHS if n != 'may')})"
    r"|(?<=[Ii]n )(May)|(?<=of |by )(May))\b"
)
_CLOCK = re.compile(r"(?<![\d:])(\d{1,2}):(\d{2})(?![\d:])(?:\s*(?:[ap]\.?m\b\.?))?", re.IGNORECASE)
_CLOCK_KO = re.compile(r"(?<![\d.])(\d{1,2})시(?!간)(?:\s*(\d{1,2})분|\s*(반))?")
_CLOCK_EN = re.compile(r"(?<![\d.:])(\d{1,2})\s*(?:[ap]\.?m\b\.?|o[’']clock)", re.IGNORECASE)
_WEEKDAY = re.compile(rf"\b({'|'.join(_WEEKDAYS_EN)})s?\b|([{_WEEKDAYS_KO}])요일", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Figure:
    """Something a text states exactly: `kind` is "number", "day", "month", "time" or "weekday".

    `value` is what is compared; `unit` is that of a number in one spelling, "" where none is named.
    """

    kind: str
    value: tuple[float, ...]
    unit: str = ""


_Reader = Callable[[re.Match[str]], Iterable[Figure]]


def figures(text: str) -> list[Figure]:
    """All figures of `text`, in no order."""
    found: list[Figure] = []
    for pattern, read in _DATED:
        # What was read is blanked, so that no number of it is read twice.
        text = pattern.sub(_taking(read, found), text)
    found += (Figure("number", (value,), unit) for value, unit in units.numbers(text))
    return found


def borne_out(text: str) -> list[Figure]:
    """What a passage bears out: its figures, and the numbers that it spells, whatever follows."""
    spelt = (Figure("number", (value,)) for value in units.spelt(text))
    return [*figures(text), *spelt]


def missing(claimed: Iterable[Figure], given: Iterable[Figure]) -> list[Figure]:
    """Those of `claimed` that nothing in `given` bears out.

    One of something is never missed: "an hour" and "a month" say it without a number.
    """
    known = list(given)
    wanted = [f for f in claimed if f.kind != "number" or f.value != (1.0,)]
    return [figure for figure in wanted if not any(_same(figure, other) for other in known)]


def _same(claimed: Figure, given: Figure) -> bool:
    if claimed.kind == "month":
        return given.kind in ("month", "day") and given.value[0] == claimed.value[0]
    if claimed.kind != given.kind or claimed.value != given.value:
        return False
    return not (claimed.unit and given.unit) or claimed.unit == given.unit


def _taking(read: _Reader, found: list[Figure]) -> Callable[[re.Match[str]], str]:
    def take(match: re.Match[str]) -> str:
        found.extend(read(match))
        return " " * len(match[0])

    return take


def _iso(match: re.Match[str]) -> Iterator[Figure]:
    yield Figure("number", (float(match[1]),))
    yield Figure("day", (float(match[2]), float(match[3])))


def _korean_day(match: re.Match[str]) -> Iterator[Figure]:
    if match[1]:
        yield Figure("number", (float(match[1]),))
    if match[3]:
        yield Figure("day", (float(match[2]), float(match[3])))
    else:
        yield Figure("month", (float(match[2]),))


def _english_day(month: str, day: str) -> Iterator[Figure]:
    yield Figure("day", (_number_of(month), float(day)))


def _number_of(month: str) -> float:
    return 1.0 + next(i for i, name in enumerate(_MONTHS) if name[:3] == month[:3].lower())


def _clock(match: re.Match[str]) -> Iterator[Figure]:
    minutes = 30.0 if match.re.groups > 2 and match[3] else 0.0
    if match.re.groups > 1 and match[2]:
        minutes = float(match[2])
    # Nobody means the other half of the day; some write 14:30, some 2:30.
    yield Figure("time", (float(match[1]) % 12, minutes))


def _weekday(match: re.Match[str]) -> Iterator[Figure]:
    number = _WEEKDAYS_EN.index(match[1].lower()) if match[1] else _WEEKDAYS_KO.index(match[2])
    yield Figure("weekday", (float(number),))


_DATED: tuple[tuple[re.Pattern[str], _Reader], ...] = (
    (_ISO, _iso),
    (_DAY_KO, _korean_day),
    (_DAY_FIRST, lambda match: _english_day(match[2], match[1])),
    (_MONTH_FIRST, lambda match: _english_day(match[1], match[2])),
    (_MONTH_ALONE, lambda match: (Figure("month", (_number_of(match[1] or "may"),)),)),
    (_CLOCK, _clock),
    (_CLOCK_KO, _clock),
    (_CLOCK_EN, _clock),
    (_WEEKDAY, _weekday),
)

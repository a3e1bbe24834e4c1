"""What points are coloured by: their theme, topic, tag, folder or age, as named groups."""

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from notesai.model import Clusters, MapPoint

translate = QCoreApplication.translate

MOST_GROUPS = 32
"""As many groups have a mark of their own: eight colours in four shapes."""

_DAY = 86_400.0
AGES = (1.0, 7.0, 30.0, 91.0, 365.0)
"""Ends of the groups by age, in days; the last group is older than all of them."""


class ColourBy(StrEnum):
    """What points are coloured by."""

    THEME = "theme"
    TOPIC = "topic"
    TAG = "tag"
    FOLDER = "folder"
    AGE = "age"


@dataclass(frozen=True, slots=True)
class Group:
    """Points of one colour; `key` is a cluster's id, a tag, a folder or an age.

    `mark` numbers colour and shape; -1 is the quiet mark of those in no group. `step` is for
    groups in an order, such as ages: how far along it is, 0 (first) to 1; negative without order.
    """

    key: str
    label: str
    count: int
    mark: int
    step: float = -1.0


@dataclass(frozen=True, slots=True)
class Colouring:
    """The groups, the largest first or in their own order, and for each point its group.

    The last group may be those in none (`mark` -1).
    """

    by: ColourBy
    groups: tuple[Group, ...]
    group_of: tuple[int, ...]


def colour(by: ColourBy, notes: Sequence[MapPoint], clusters: Clusters) -> Colouring:
    """Put `notes` into groups."""
    if by is ColourBy.AGE:
        return _by_age(notes, time.time())
    keys, labels = _keys(by, notes, clusters)
    counts = Counter(key for key in keys if key)
    order = [key for key, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]
    if by in {ColourBy.THEME, ColourBy.TOPIC}:
        # Clusters keep their mark whatever their size: their order is that of their ids' birth.
        known = [c.id for c in clusters.clusters if bool(c.parent) == (by is ColourBy.TOPIC)]
        order = [key for key in known if key in counts]
    kept = order[:MOST_GROUPS]
    groups = [Group(key, labels(key), counts[key], at) for at, key in enumerate(kept)]
    rest = len(notes) - sum(group.count for group in groups)
    if rest:
        groups.append(Group("", _none(by, some_left=len(order) > len(kept)), rest, -1))
    place = {key: at for at, key in enumerate(kept)}
    last = len(groups) - 1
    return Colouring(by, tuple(groups), tuple(place.get(key, last) for key in keys))


def _keys(
    by: ColourBy, notes: Sequence[MapPoint], clusters: Clusters
) -> tuple[list[str], Callable[[str], str]]:
    if by is ColourBy.FOLDER:
        return [note.path.partition("/")[0] if "/" in note.path else "" for note in notes], str
    if by is ColourBy.TAG:
        return _tags(notes), lambda tag: f"#{tag}"
    names = {cluster.id: cluster.label for cluster in clusters.clusters}
    themes = {cluster.id: cluster.parent or cluster.id for cluster in clusters.clusters}
    if by is ColourBy.TOPIC:
        keys = [note.cluster if note.cluster in names else "" for note in notes]
    else:
        keys = [themes.get(note.cluster, "") for note in notes]
    return keys, lambda key: names.get(key, key)


def _tags(notes: Sequence[MapPoint]) -> list[str]:
    """Of each note's tags the one that most notes share, so that few colours say much."""
    counts = Counter(tag for note in notes for tag in set(note.tags))
    return [
        max(note.tags, key=lambda tag: (counts[tag], tag)).removeprefix("#") if note.tags else ""
        for note in notes
    ]


def _none(by: ColourBy, *, some_left: bool) -> str:
    if some_left:
        return translate("Colouring", "others")
    match by:
        case ColourBy.TAG:
            return translate("Colouring", "no tag")
        case ColourBy.FOLDER:
            return translate("Colouring", "in no folder")
        case _:
            return translate("Colouring", "in no cluster")


def _by_age(notes: Sequence[MapPoint], now: float) -> Colouring:
    words = (
        translate("Colouring", "today"),
        translate("Colouring", "this week"),
        translate("Colouring", "this month"),
        translate("Colouring", "last three months"),
        translate("Colouring", "this past year"),
        translate("Colouring", "older"),
    )
    group_of = [_age(note.modified, now) for note in notes]
    counts = Counter(group_of)
    groups = tuple(
        Group(f"age-{at}", word, counts[at], 0, step=at / (len(words) - 1))
        for at, word in enumerate(words)
        if counts[at]
    )
    place = {int(group.key.removeprefix("age-")): at for at, group in enumerate(groups)}
    return Colouring(ColourBy.AGE, groups, tuple(place[age] for age in group_of))


def _age(modified: float, now: float) -> int:
    days = (now - modified) / _DAY
    return next((at for at, end in enumerate(AGES) if days < end), len(AGES))

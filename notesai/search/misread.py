"""Parts of a query that do other than they seem to ask for, so that a person can be told.

Nothing in a search box is an error. But who types `tga:garden`, or a tag that no note has, wonders
about what is found, or that nothing is.
"""

from collections.abc import Iterable, Iterator

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from notesai.index.store import Store
from notesai.model import Misread, Trap
from notesai.search.filters import Facets, facets, lying_in
from notesai.search.query import FILTERS, Query, unknown_filters

MOST = 3
"""What is told at the most: more than one mistake is rare, and pasted text is full of colons."""

LONGEST = 60
"""Characters of a part that are told."""

_OF_KEY = {"after": Trap.NO_DAY, "before": Trap.NO_DAY, "lang": Trap.NO_LANGUAGE}
_LONG = 6
"""Characters of a tag from which two may be wrong."""


def misread(store: Store, query: Query, *, hits: bool) -> tuple[Misread, ...]:
    """What of the query is to be told of; with `hits`, no filter has let nothing through."""
    if ":" not in query.source and "：" not in query.source:
        return ()
    idle = () if hits else _idle(query, facets(store.known))
    found = [*_no_filters(query.source), *idle]
    return tuple(Misread(_short(m.part), m.trap, _short(m.meant)) for m in found[:MOST])


def _no_filters(source: str) -> Iterator[Misread]:
    for part, key, value in unknown_filters(source):
        if key in _OF_KEY:
            yield Misread(part, _OF_KEY[key])
        elif key not in FILTERS and (near := _nearest(key, FILTERS, 1)):
            minus = "-" if part.startswith("-") else ""
            yield Misread(part, Trap.NO_FILTER, f"{minus}{near}:{_quoted(value)}")


def _idle(query: Query, notes: Facets) -> Iterator[Misread]:
    """Filters that let nothing through, whatever notes there are or will be."""
    for tag in query.tags:
        if tag not in notes.tagged:
            near = _begun(tag, notes) or _nearest(tag, notes.tagged, 2 if len(tag) >= _LONG else 1)
            yield Misread(f"tag:{_quoted(tag)}", Trap.NO_TAG, near and f"tag:{_quoted(near)}")
    for path in query.paths:
        if not np.any(lying_in(notes, path)):
            yield Misread(f"path:{_quoted(path)}", Trap.NO_PATH)
    if query.after and query.before and max(query.after) >= min(query.before):
        yield Misread(f"after:{max(query.after)} before:{min(query.before)}", Trap.CONTRADICTION)
    for key, wanted, unwanted in _opposites(query):
        for value in dict.fromkeys(value for value in wanted if value in unwanted):
            part = f"{key}:{_quoted(value)}"
            yield Misread(f"{part} -{part}", Trap.CONTRADICTION)


def _opposites(query: Query) -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """Filters of which a note has to meet all, and those that turn them round."""
    yield "tag", query.tags, query.not_tags
    yield "file", query.files, query.not_files
    # Of several of these one is enough.
    if len(query.paths) == 1:
        yield "path", query.paths, query.not_paths
    if len(query.languages) == 1:
        yield "lang", query.languages, query.not_languages


def _begun(tag: str, notes: Facets) -> str:
    """The tag that most notes have of those that begin so."""
    longer = (known for known in notes.tagged if known.startswith(tag))
    return max(longer, key=lambda known: len(notes.tagged[known]), default="")


def _nearest(wrong: str, known: Iterable[str], mistakes: int) -> str:
    """The one that was probably meant; empty if there is none."""
    found = process.extractOne(wrong, list(known), scorer=OSA.distance, score_cutoff=mistakes)
    return found[0] if found else ""


def _short(part: str) -> str:
    return part if len(part) <= LONGEST else f"{part[:LONGEST]}…"


def _quoted(value: str) -> str:
    return f'"{value}"' if " " in value else value

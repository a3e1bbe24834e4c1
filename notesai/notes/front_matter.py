"""The metadata at the head of a note: YAML between `---` lines or TOML between `+++` lines.

A note may come from anywhere, so nothing here trusts it. YAML is read as a stream of events:
no objects are built, aliases are never expanded, and nesting costs no recursion (PyYAML's C
composer overflows the stack of the process on 30,000 opening brackets). All values stay text,
so that a title such as `1.10` or `2026-13-45` is kept as it was written.
"""

import re
import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple, cast

import yaml

Value = str | tuple[str, ...]


class FrontMatter(NamedTuple):
    """Metadata by lower-case key, and the offset in the text where the body begins.

    Only text and flat lists are kept. Without (sound) front matter: no values and body 0.
    """

    values: Mapping[str, Value]
    body: int


_LIMIT = 256 * 1024
# tomllib takes quadratic time for keys of many parts.
_TOML_LIMIT = 8 * 1024
_DEPTH = 32
_OPENING = re.compile(r"(---|\+\+\+)[ \t]*(?:\r\n?|\n)")
_CLOSING = {
    "---": re.compile(r"(?:(?<=\n)|(?<=\r))(?:---|\.\.\.)[ \t]*(?:\r\n?|\n|\Z)"),
    "+++": re.compile(r"(?:(?<=\n)|(?<=\r))\+\+\+[ \t]*(?:\r\n?|\n|\Z)"),
}
_NULLS = frozenset({"~", "null", "Null", "NULL"})
_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

_SIMPLE_KEY = re.compile(r"(\w[\w .-]*):(?:[ \t]+(.*))?")
_SIMPLE_ITEM = re.compile(r"[ \t]*-[ \t]+(.*)")
_SIMPLE_LIST = re.compile(r"\[([^\[\]{}]*)\]")

_YEAR_FIRST = re.compile(r"(\d{4})\s*[-/._년]\s*(\d{1,2})\s*[-/._월]\s*(\d{1,2})(?!\d)")
_EIGHT_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})(?!\d)")
_EPOCH = re.compile(r"(\d{10})(?:\d{3})?")


def read(text: str) -> FrontMatter:
    """The front matter of a note. What is broken, hostile or over 256 KiB counts as text."""
    nothing = FrontMatter({}, 0)
    opening = _OPENING.match(text)
    if opening is None:
        return nothing
    fence = opening[1]
    closing = _CLOSING[fence].search(text, opening.end(), opening.end() + _LIMIT)
    if closing is None:
        return nothing
    source = text[opening.end() : closing.start()]
    values = _toml(source) if fence == "+++" else _yaml(source)
    return nothing if values is None else FrontMatter(values, closing.end())


def words(value: Value) -> tuple[str, ...]:
    """The entries of a list, however it was written: as a list, with commas or with spaces."""
    if isinstance(value, str):
        value = tuple(value.split("," if "," in value else None))
    return tuple(entry for entry in (part.strip() for part in value) if entry)


def iso_date(value: str) -> str:
    """The date that `value` starts with, as YYYY-MM-DD; "" if there is none or no such day.

    Understands 2026-03-14, 2026/3/14, 2026. 3. 14., 2026년 3월 14일, 20260314 and Unix time in
    seconds or milliseconds, each with anything behind the date. A written date is taken as it
    stands; Unix time is of the day that it was here, as the times of files are.
    """
    value = value.strip()
    epoch = _EPOCH.fullmatch(value)
    parts = _YEAR_FIRST.match(value) or _EIGHT_DIGITS.match(value)
    try:
        if epoch:
            return datetime.fromtimestamp(int(epoch[1])).date().isoformat()
        if parts:
            return date(int(parts[1]), int(parts[2]), int(parts[3])).isoformat()
    except (ValueError, OverflowError, OSError):
        pass
    return ""


def _yaml(source: str) -> dict[str, Value] | None:
    try:
        return _from_events(source)
    except (yaml.YAMLError, ValueError, RecursionError):
        return _salvage(source)


def _from_events(source: str) -> dict[str, Value] | None:
    """The top-level mapping. None for another kind of document or one nested too deep."""
    values: dict[str, Value] = {}
    key: str | None = None
    items: list[str] | None = None
    depth = 0
    for event in cast(Any, yaml).parse(source, Loader=_LOADER):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > _DEPTH or (depth == 1 and not isinstance(event, yaml.MappingStartEvent)):
                return None
            if depth == 2:
                items = [] if isinstance(event, yaml.SequenceStartEvent) else None
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
            if depth == 1:
                key = _keep(values, key, tuple(items or ()))
        elif isinstance(event, yaml.NodeEvent):
            if depth == 0:
                return {} if not _scalar(event) else None
            if depth == 1:
                key = _keep(values, key, _scalar(event))
            elif depth == 2 and items is not None:
                items.append(_scalar(event))
    return values


def _keep(values: dict[str, Value], key: str | None, node: Value) -> str | None:
    """Take `node` as the value of `key`, or as the next key. Gives the key that is open now."""
    if key is None:
        return node.lower() if isinstance(node, str) else ""
    values[key] = node
    return None


def _scalar(event: Any) -> str:
    """The text of a scalar; "" for a null and for an alias."""
    # The pure Python scanner lets an escaped lone surrogate pass.
    value = str(getattr(event, "value", "")).encode("utf-8", "replace").decode("utf-8")
    plain = getattr(event, "implicit", (False, False))[0]
    return "" if plain and value in _NULLS else value


def _salvage(source: str) -> dict[str, Value] | None:
    """Metadata of YAML that is broken only in ways that people break it, else None.

    `title: Part one: the beginning` and a list whose last entry lost its indentation are the
    usual ones. Every line has to be a key with a simple value, a list entry, blank or a comment.
    """
    values: dict[str, Value] = {}
    key = ""
    for line in re.split(r"\r\n?|\n", source):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        entry, pair = _SIMPLE_ITEM.fullmatch(line), _SIMPLE_KEY.fullmatch(line)
        if entry and key:
            items = values[key] if isinstance(values[key], tuple) else ()
            values[key] = (*items, _unquoted(entry[1]))
        elif pair:
            key, value = pair[1].lower(), (pair[2] or "").strip()
            flow = _SIMPLE_LIST.fullmatch(value)
            if not flow and value[:1] in tuple("[{|>&*!"):
                return None
            values[key] = words(flow[1]) if flow else _unquoted(value)
        else:
            return None
    return values or None


def _unquoted(value: str) -> str:
    value = value.strip()
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1] if quoted else value


def _toml(source: str) -> dict[str, Value] | None:
    if len(source) > _TOML_LIMIT:
        return None
    try:
        table = tomllib.loads(source.replace("\r\n", "\n").replace("\r", "\n"))
    except (ValueError, RecursionError):
        return None
    values: dict[str, Value] = {}
    for key, value in table.items():
        if isinstance(value, list):
            entries = cast(list[object], value)
            values[key.lower()] = tuple(map(str, filter(_is_plain, entries)))
        elif _is_plain(value):
            values[key.lower()] = str(value)
    return values


def _is_plain(value: object) -> bool:
    return isinstance(value, str | int | float | date | datetime)

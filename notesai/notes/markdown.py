"""A note as a document: title, tags, links, date and blocks, whatever the text is like."""

import html
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from notesai.model import Link
from notesai.notes import front_matter
from notesai.notes.blocks import LONGEST_HEADING, Block, Kind, scan
from notesai.notes.front_matter import FrontMatter
from notesai.notes.links import References
from notesai.notes.plain import org_title, scan_org, scan_rst

_TAG_KEYS = ("tags", "tag", "keywords")
_ALIAS_KEYS = ("aliases", "alias")
_DATE_KEYS = ("created", "date", "created_at", "created-at", "date created", "creation date")
_DATED_STEM = re.compile(r"(\d{4}[-_]\d{2}[-_]\d{2})(?:[-_ ]+(.*))?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Document:
    """One note, read. `created` is YYYY-MM-DD or "". Front matter is in no block."""

    title: str
    tags: tuple[str, ...]
    links: tuple[Link, ...]
    created: str
    aliases: tuple[str, ...]
    blocks: tuple[Block, ...]


def parse(text: str, path: str) -> Document:
    """Read the decoded text of the note at `path` (POSIX, relative). Never raises.

    Org and reStructuredText are told by the suffix; all else is read as Markdown.
    """
    pure = PurePosixPath(path)
    day, stem = _stem(unicodedata.normalize("NFC", pure.stem))
    suffix = pure.suffix.lower()
    if suffix == ".org":
        return Document(org_title(text) or stem, (), (), day, (), scan_org(text))
    if suffix == ".rst":
        blocks = scan_rst(text)
        return Document(_opening_heading(blocks, day) or stem, (), (), day, (), blocks)
    head = front_matter.read(text)
    blocks = scan(text, head.body)
    references = References(text, blocks)
    return Document(
        title=_title(head) or _opening_heading(blocks, day) or stem,
        tags=_distinct((*_tags(head), *references.tags())),
        links=references.links(),
        created=_created(head) or day,
        aliases=_distinct(_aliases(head)),
        blocks=blocks,
    )


def _stem(stem: str) -> tuple[str, str]:
    """Date and title in a file name: Jekyll's `2026-03-14-some-title`, a daily note, any other."""
    dated = _DATED_STEM.fullmatch(stem)
    day = front_matter.iso_date(dated[1]) if dated else ""
    if not dated or not day or not dated[2]:
        return day, stem
    title = dated[2]
    return day, title if " " in title else " ".join(re.split("[-_]+", title)).strip()


def _opening_heading(blocks: Sequence[Block], day: str) -> str:
    """The level 1 heading that the note opens with; comments may stand before it.

    In a dated note with several of them ("Tasks", "Notes") they are sections, none is the title.
    """
    opening = next((block for block in blocks if block.kind is not Kind.COMMENT), None)
    if opening is None or opening.level != 1:
        return ""
    if day and sum(block.level == 1 for block in blocks) > 1:
        return ""
    return unicodedata.normalize("NFC", opening.heading)


def _title(head: FrontMatter) -> str:
    value = head.values.get("title", "")
    return _line(html.unescape(value))[:LONGEST_HEADING] if isinstance(value, str) else ""


def _tags(head: FrontMatter) -> Iterable[str]:
    for key in _TAG_KEYS:
        for entry in front_matter.words(head.values.get(key, ())):
            yield _line(entry.lstrip("#"))


def _aliases(head: FrontMatter) -> Iterable[str]:
    for key in _ALIAS_KEYS:
        value = head.values.get(key, ())
        for entry in value.split(",") if isinstance(value, str) else value:
            yield _line(entry)


def _created(head: FrontMatter) -> str:
    for key in _DATE_KEYS:
        value = head.values.get(key)
        if isinstance(value, str) and (day := front_matter.iso_date(value)):
            return day
    return ""


def _line(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _distinct(entries: Iterable[str]) -> tuple[str, ...]:
    """Each once, whatever its case, as first written."""
    found: dict[str, str] = {}
    for entry in entries:
        if entry:
            found.setdefault(entry.casefold(), entry)
    return tuple(found.values())

"""The addresses that the reader's links carry, and what a click on one means.

Notes, headings, tags and the reader's own buttons have schemes of their own; nothing else but
web and mail addresses is ever a link, and only a click opens one.
"""

import re
from dataclasses import dataclass, field
from urllib.parse import quote, unquote

_DENDRON_VAULT = re.compile(r"^dendron://[^/\s]+/")

WEB = ("https://", "http://", "mailto:")


@dataclass(frozen=True, slots=True)
class NoteLink:
    """A link to another note (`target`; empty for this one) and perhaps a heading in it.

    `label` is what stands behind the bar: where `target` names no note, it may, for Dendron writes
    the label first.
    """

    target: str
    heading: str = ""
    label: str = field(default="", compare=False)

    @property
    def turned_round(self) -> "NoteLink":
        """The link as Dendron means it."""
        name, _, heading = _DENDRON_VAULT.sub("", self.label).partition("#")
        return NoteLink(name.strip(), heading.strip())


@dataclass(frozen=True, slots=True)
class TagLink:
    """A tag, without its `#`."""

    tag: str


@dataclass(frozen=True, slots=True)
class WebLink:
    """An address outside, to be opened by the system's browser."""

    address: str


@dataclass(frozen=True, slots=True)
class MoreLink:
    """The link at the end of a long note that shows what follows."""


@dataclass(frozen=True, slots=True)
class StartLink:
    """The link above the middle of a long note that shows it from its beginning."""


@dataclass(frozen=True, slots=True)
class FootnoteLink:
    """The number of a footnote, which leads to its text."""

    name: str


Link = NoteLink | TagLink | WebLink | MoreLink | StartLink | FootnoteLink

START = "notesai-start:"
MORE = "notesai-more:"
IMAGE = "notesai-image:"
FOOTNOTE = "notesai-footnote:"


def note_href(target: str, heading: str = "", label: str = "") -> str:
    """The address of a note by name or path, and what the link is called."""
    named = f"#{quote(label, safe='')}" if label else ""
    return f"note:{quote(target, safe='')}#{quote(heading, safe='')}{named}"


def tag_href(tag: str) -> str:
    """The address of a tag."""
    return f"tag:{quote(tag, safe='')}"


def footnote_href(name: str) -> str:
    """The address of a footnote's text."""
    return FOOTNOTE + quote(name, safe="")


def image_href(source: str) -> str:
    """The address of an image in the vault, as the note names it."""
    return IMAGE + quote(source, safe="")


def image_source(href: str) -> str:
    """The image that `image_href` was made from, or nothing if it is another address."""
    return unquote(href.removeprefix(IMAGE)) if href.startswith(IMAGE) else ""


def markdown_href(href: str) -> str:
    """The address for the destination of a Markdown link; empty if it must not be one."""
    if href.lower().startswith(WEB):
        return href
    path, _, heading = href.partition("#")
    if "://" in path or ":" in path.split("/")[0] or path.startswith("//"):
        return ""
    return note_href(unquote(path), unquote(heading))


def parse(href: str) -> Link | None:
    """What the address of a clicked link means; nothing for one that is not ours."""
    if href.startswith("note:"):
        target, heading, label, *_ = (*href.removeprefix("note:").split("#"), "", "")
        return NoteLink(unquote(target), unquote(heading), unquote(label))
    if href.startswith("tag:"):
        return TagLink(unquote(href.removeprefix("tag:")))
    if href.startswith(FOOTNOTE):
        return FootnoteLink(unquote(href.removeprefix(FOOTNOTE)))
    if href.startswith(MORE):
        return MoreLink()
    if href.startswith(START):
        return StartLink()
    return WebLink(href) if href.lower().startswith(WEB) else None

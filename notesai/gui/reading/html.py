"""Rendering parsed Markdown to the HTML subset that Qt's rich text knows.

All text is escaped; the only tags are those written here. Images are named by addresses that
the reader alone can resolve; images on the web are shown as links.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from notesai.gui.reading.code_colours import coloured
from notesai.gui.reading.links import (
    footnote_href,
    image_href,
    markdown_href,
    note_href,
    tag_href,
)

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

    from notesai.gui.reading.embedding import EmbeddedTexts, Key

_IMAGES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp", ".svg")
_WRAPPED_COLUMNS = 60
_WIDEST = 600


@dataclass(frozen=True, slots=True)
class Words:
    """The reader's own words inside a note, in the window's language."""

    web_image: str = "Image on the web"
    more: str = "Show more"
    start: str = "Show from the beginning"


class Renderer:
    """Renders pieces of one note. References to links may be defined in any of its pieces."""

    def __init__(
        self,
        words: Words,
        definitions: str = "",
        embeds: "EmbeddedTexts | None" = None,
        markdown: "MarkdownIt | None" = None,
    ) -> None:
        self._words = words
        self._embeds: EmbeddedTexts = embeds or {}
        # Loaded for the first note, not for the first look at the window.
        from notesai.gui.reading.syntax import parser

        self._markdown: MarkdownIt = markdown or parser()
        self._env: dict[str, Any] = {}
        if definitions:
            self._markdown.parse(definitions, self._env)

    def html(self, markdown: str) -> str:
        """The HTML of one piece."""
        items: list[bool] = []
        out: list[str] = []
        tokens = iter(self._markdown.parse(markdown, self._env))
        for token in tokens:
            if token.type == "paragraph_open" and token.meta.get("embed") in self._embeds:
                out.append(self._embedded(token.meta["embed"]))
                # What is inside of it, and its end.
                next(tokens)
                next(tokens)
            else:
                out.append(self._block(token, items))
        return "".join(out)

    def _embedded(self, key: "Key") -> str:
        """Another note inside this one: its title as a link, and the part of it that is meant."""
        embedded = self._embeds[key]
        shown = f"{embedded.title} › {key[1]}" if key[1] else embedded.title
        inner = Renderer(self._words).html(embedded.text)
        head = f'<p class="callout">{_link(note_href(*key), shown)}</p>'
        return f'<blockquote><a name="quote-embed"></a>{head}{inner}</blockquote>'

    def _block(self, token: "Token", items: list[bool]) -> str:
        """One block token. `items` says for each open list item if it has shown a paragraph."""
        match token.type:
            case "inline":
                return self._inline(token.children or [])
            case "fence" | "code_block":
                return _code(token)
            case "list_item_open":
                items.append(False)
                return f'<li class="{token.meta.get("task", "item")}">'
            case "list_item_close":
                items.pop()
                return "</li>"
            case "paragraph_open" | "paragraph_close":
                return self._paragraph(token, items)
            case "blockquote_open":
                items.append(True)
                kind = escape(token.meta.get("callout", "quote"))
                return f'<blockquote><a name="quote-{kind}"></a>'
            case "blockquote_close":
                items.pop()
                return "</blockquote>"
            case "callout_title_open":
                return '<p class="callout"><b>'
            case "callout_title_close":
                return "</b></p>"
            case "hr":
                return "<hr>"
            case _:
                return _plain_block(token)

    def _paragraph(self, token: "Token", items: list[bool]) -> str:
        """A paragraph; the first one of a list item is the item itself."""
        if not items or items[-1]:
            return "<p>" if token.nesting > 0 else "</p>"
        if token.nesting < 0:
            items[-1] = True
        return ""

    def _inline(self, children: "Sequence[Token]") -> str:
        line = ""
        out: list[str] = []
        for child in children:
            if child.type == "softbreak":
                out.append(" " if _columns(line) >= _WRAPPED_COLUMNS else "<br>")
                line = ""
                continue
            line += child.content
            out.append(self._span(child))
        return "".join(out)

    def _span(self, token: "Token") -> str:
        match token.type:
            case "text":
                return escape(token.content)
            case "code_inline":
                return f"<code>{escape(token.content)}</code>"
            case "hardbreak":
                return "<br>"
            case "wikilink":
                return self._wikilink(token)
            case "tag":
                return _link(tag_href(token.content), f"#{token.content}")
            case "footnote":
                return _footnote(token)
            case "image":
                alternative, width = _width(token.content)
                return self._image(unquote(str(token.attrGet("src") or "")), alternative, width)
            case "link_open":
                href = markdown_href(str(token.attrGet("href") or ""))
                return f'<a href="{escape(href)}">' if href else "<a>"
            case "link_close":
                return "</a>"
            case _:
                return _TAGS.get(token.type, escape(token.content))

    def _wikilink(self, token: "Token") -> str:
        target, heading = str(token.meta["target"]), str(token.meta["heading"])
        if token.meta["embed"] and target.lower().endswith(_IMAGES):
            return self._image(target, *_width(f"|{token.content}"))
        shown = token.content or (f"{target} › {heading}" if target and heading else "")
        return _link(note_href(target, heading, token.content), shown or target or heading)

    def _image(self, source: str, alternative: str, width: int = 0) -> str:
        if source.lower().startswith(("http:", "https:")):
            shown = f"{self._words.web_image}: {alternative or source}"
            return _link(source, shown)
        if ":" in source.split("/")[0]:
            return escape(alternative)
        size = f' width="{width}"' if width else ""
        return f'<img src="{escape(image_href(source))}" alt="{escape(alternative)}"{size}>'


_TAGS = {
    "strong_open": "<b>",
    "strong_close": "</b>",
    "em_open": "<i>",
    "em_close": "</i>",
    "highlight_open": '<span class="marked">',
    "highlight_close": "</span>",
    "s_open": "<s>",
    "s_close": "</s>",
}


def plain_html(text: str) -> str:
    """The HTML of a piece of plain text, its line breaks and indents kept."""
    return f'<p class="plain">{escape(text).replace(chr(10), "<br>")}</p>'


def link_html(href: str, shown: str) -> str:
    """A paragraph that is one link."""
    return f"<p>{_link(href, shown)}</p>"


def _link(href: str, shown: str) -> str:
    return f'<a href="{escape(href)}">{escape(shown)}</a>'


def _code(token: "Token") -> str:
    language = (token.info or "").strip().split(" ")[0] or "text"
    shown = coloured(token.content.rstrip(), language)
    return f'<pre class="language-{escape(language)}">{shown}</pre>'


def _footnote(token: "Token") -> str:
    """The number of a footnote: at the note itself its place, elsewhere the way to it."""
    name, shown = escape(token.content), f"<sup>{escape(token.content)}</sup>"
    if token.meta.get("definition"):
        return f'<a name="footnote-{name}"></a>{shown}'
    return f'<a href="{escape(footnote_href(token.content))}">{shown}</a>'


def _width(alternative: str) -> tuple[str, int]:
    """`text|200` or `text|200x100` as Obsidian has it: the text, and the width or 0."""
    text, bar, size = alternative.rpartition("|")
    width = size.partition("x")[0].strip()
    if not bar or not (width.isascii() and width.isdecimal()):
        return alternative.strip("|"), 0
    return text.strip("|"), min(int(width[:5]), _WIDEST)


def _plain_block(token: "Token") -> str:
    """Headings, lists and tables: the tag alone, and what tells how a cell is aligned."""
    if token.nesting < 0:
        return f"</{token.tag}>"
    if token.tag == "table":
        return '<table border="1" cellspacing="0" cellpadding="6">'
    if token.tag == "ol":
        return f'<ol start="{int(token.attrGet("start") or 1)}">'
    style = str(token.attrGet("style") or "").removeprefix("text-align:")
    return f'<{token.tag} align="{escape(style)}">' if style else f"<{token.tag}>"


def _columns(text: str) -> int:
    """How wide `text` stands in a terminal: Hangul and Han count twice."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)

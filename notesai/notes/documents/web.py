"""Web pages: what a reader would read of one, as Markdown.

One pass over the tags, without a tree: however deeply they are nested, and however many are never
closed, it takes about as long. Nothing is run and nothing fetched: scripts, styles,
forms and pictures from elsewhere are left out.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import unquote

from notesai.model import suffix_of
from notesai.notes.documents.markdown_text import MarkdownText, inline, one_line
from notesai.notes.documents.refusals import empty
from notesai.notes.documents.web_text import Marked, decoded, joined, tamed

Tick = Callable[[], None]

_FED = 1 << 16
_UNREAD = frozenset(
    {"script", "style", "noscript", "template", "svg", "canvas", "iframe", "object", "audio"}
    | {"video", "select", "button", "map", "datalist", "dialog", "math"}
)
_AROUND = frozenset({"nav", "footer"})
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
)
_BLOCKS = frozenset(
    {"address", "article", "aside", "body", "center", "dd", "details", "div", "dl", "dt"}
    | {"fieldset", "figcaption", "figure", "footer", "form", "header", "hgroup", "hr", "legend"}
    | {"main", "nav", "p", "section", "summary", "option", "caption", "blockquote"}
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_LINKED = frozenset({".md", ".markdown", ".txt", ".org", ".rst"}) | frozenset(
    {".html", ".htm", ".ipynb", ".pdf", ".docx", ".pptx"}
)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|/|#")
_CREATED = frozenset({"article:published_time", "date", "dcterms.created", "dc.date"})
_LANGUAGE = re.compile(r"(?:language-|lang-|highlight-source-|brush:\s*)([\w+#-]{1,20})")
_SITE = re.compile(r"\s+(?:[|–—·:»-]|::)\s+")
_LEAST_MAIN = 0.4
_LEAST_PICTURE = 64

Attributes = dict[str, str]


def web_page(data: bytes, tick: Tick) -> str:
    """A web page as Markdown. Raises `NoteError`; `tick` is called now and then."""
    html = tamed(decoded(data))
    page = _read(html, _UNREAD | _AROUND, tick)
    if page.out.empty:
        page = _read(html, _UNREAD, tick)
    if page.out.empty:
        raise empty()
    body = page.main if page.in_main >= _LEAST_MAIN * page.in_all else page.out
    return body.text(title=page.best_title(), author=page.author, created=page.created)


def fragment(html: str, out: MarkdownText, tick: Tick) -> None:
    """Add what is to be read of a piece of HTML to `out`."""
    page = _Page(_UNREAD)
    page.out = out
    _feed(page, html, tick)


def _read(html: str, unread: frozenset[str], tick: Tick) -> "_Page":
    page = _Page(unread)
    _feed(page, html, tick)
    return page


def _feed(page: "_Page", html: str, tick: Tick) -> None:
    for at in range(0, len(html), _FED):
        page.feed(html[at : at + _FED])
        tick()
    page.close()
    page.finish()


@dataclass(slots=True)
class _List:
    """An open list: its next number, 0 for one without numbers."""

    number: int


@dataclass(slots=True)
class _Table:
    """An open table."""

    rows: list[list[str]] = field(default_factory=list[list[str]])
    cell: list[str] | None = None


class _Page(HTMLParser):
    """What has been read of a page. `main` is what stands in its main part alone."""

    def __init__(self, unread: frozenset[str]) -> None:
        super().__init__(convert_charrefs=True)
        self.out, self.main = MarkdownText(), MarkdownText()
        self.in_main = self.in_all = 0
        self.author = self.created = ""
        self._unread = unread
        self._title: list[str] = []
        self._in_title = False
        self._first_headings: list[str] = []
        self._text: list[str] = []
        # The element that is left out now, and how many of its name are open inside of it.
        self._left_out, self._depth = "", 0
        self._mains = 0
        self._lists: list[_List] = []
        self._tables: list[_Table] = []
        self._marker = ""
        self._heading = 0
        self._quotes = 0
        self._code: list[str] | None = None
        self._language = ""
        self._links: list[tuple[str, int]] = []

    # What HTMLParser calls

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an element."""
        if self._left_out:
            self._depth += tag == self._left_out
            return
        known = {name: value or "" for name, value in attrs}
        if tag not in _VOID and (tag in self._unread or _is_hidden(known)):
            self._left_out, self._depth = tag, 1
        elif self._code is not None:
            self._in_code(tag, known)
        else:
            self._begin(tag, known)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element that closes itself; only those of SVG and such do."""
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """End an element."""
        if self._left_out:
            self._depth -= tag == self._left_out
            if not self._depth:
                self._left_out = ""
        elif tag == "pre":
            self._end_code()
        elif self._code is None:
            self._end(tag)

    def handle_data(self, data: str) -> None:
        """Text between tags."""
        if self._left_out:
            return
        if self._in_title:
            self._title.append(data)
        elif self._code is not None:
            self._code.append(data)
        else:
            self._text.append(data)

    # Elements

    def _begin(self, tag: str, attributes: Attributes) -> None:
        level = _HEADINGS.get(tag)
        if level or tag in _BLOCKS:
            self._flush()
            self._heading = level or self._heading
        self._mains += tag == "main"
        self._quotes += tag == "blockquote"
        match tag:
            case "title":
                self._in_title = not self._title
            case "meta":
                self._meta(attributes)
            case "br":
                self._break()
            case "pre":
                self._flush()
                self._code, self._language = [], _language(attributes)
            case "code" | "kbd" | "samp" | "tt":
                self._text.append("`")
            case "ul" | "ol" | "menu":
                self._flush()
                self._lists.append(_List(_number(attributes) if tag == "ol" else 0))
            case "li":
                self._flush()
                self._begin_item()
            case "table":
                self._flush()
                self._tables.append(_Table())
            case "tr" | "td" | "th":
                self._begin_cell(tag)
            case "a":
                self._links.append((attributes.get("href", ""), len(self._text)))
            case "img":
                self._picture(attributes)
            case _:
                pass

    def _end(self, tag: str) -> None:
        if tag in _HEADINGS or tag in _BLOCKS or tag in {"li", "ul", "ol", "menu"}:
            self._flush()
        match tag:
            case "title":
                self._in_title = False
            case "main":
                self._mains = max(0, self._mains - 1)
            case "blockquote":
                self._quotes = max(0, self._quotes - 1)
            case "code" | "kbd" | "samp" | "tt":
                self._text.append("`")
            case "ul" | "ol" | "menu" if self._lists:
                self._lists.pop()
                self._marker = ""
            case "td" | "th":
                self._end_cell()
            case "table" if self._tables:
                self._end_table()
            case "a" if self._links:
                self._end_link()
            case _:
                pass

    def _meta(self, attributes: Attributes) -> None:
        name = (attributes.get("name") or attributes.get("property", "")).lower()
        if name == "author":
            self.author = self.author or attributes.get("content", "")
        elif name in _CREATED:
            day = re.match(r"\d{4}-\d{2}-\d{2}", attributes.get("content", ""))
            self.created = self.created or (day[0] if day else "")

    def _break(self) -> None:
        """A line break ends a paragraph, but neither a heading nor a cell."""
        if self._heading or self._tables or self._lists:
            self._text.append(" ")
        else:
            self._flush()

    def _begin_item(self) -> None:
        if not self._lists:
            self._lists.append(_List(0))
        numbered = self._lists[-1]
        self._marker = f"{numbered.number}." if numbered.number else "-"
        numbered.number += bool(numbered.number)

    def _begin_cell(self, tag: str) -> None:
        if not self._tables:
            return
        self._end_cell()
        table = self._tables[-1]
        if tag == "tr" or not table.rows:
            table.rows.append([])
        if tag != "tr":
            table.cell = []

    def _end_cell(self) -> None:
        if self._tables and self._tables[-1].cell is not None:
            self._flush()
            table = self._tables[-1]
            table.rows[-1].append(" ".join(table.cell or ()))
            table.cell = None
        elif self._tables:
            self._flush()

    def _end_table(self) -> None:
        self._end_cell()
        rows = self._tables.pop().rows
        outer = self._tables[-1].cell if self._tables else None
        if outer is not None:
            outer.extend(cell for row in rows for cell in row if cell)
        else:
            self._put(lambda out: out.table(rows), sum(len(cell) for row in rows for cell in row))

    def _end_link(self) -> None:
        """A link to a file beside the page stays one; of others the words stay."""
        address, start = self._links.pop()
        path = unquote(address.partition("#")[0].partition("?")[0])
        if not _SCHEME.match(address) and suffix_of(path) in _LINKED:
            shown = inline("".join(self._text[start:])).replace("]", "")
            if shown and "\n" not in path and "<" not in path and ">" not in path:
                self._text[start:] = [Marked(f"[{shown}](<{path}>)")]

    def _picture(self, attributes: Attributes) -> None:
        """A picture beside the page is shown; of others there is what they are said to be."""
        source, said = attributes.get("src", ""), one_line(attributes.get("alt", ""))
        sizes = (attributes.get("width", ""), attributes.get("height", ""))
        small = any(size.isdigit() and int(size) < _LEAST_PICTURE for size in sizes)
        inside = source and not _SCHEME.match(source) and not set("<>\n") & set(source)
        if inside and not small and not self._heading and not self._tables:
            said = inline(said).replace("[", "").replace("]", "")
            self._text.append(Marked(f" ![{said}](<{unquote(source)}>) "))
        elif said and not small:
            self._text.append(f" {said} ")

    def _in_code(self, tag: str, attributes: Attributes) -> None:
        assert self._code is not None
        if tag == "br":
            self._code.append("\n")
        elif tag == "code":
            self._language = self._language or _language(attributes)

    def _end_code(self) -> None:
        code, self._code = self._code, None
        if code is None:
            return
        text, language = "".join(code), self._language
        if self._tables and self._tables[-1].cell is not None:
            self._tables[-1].cell.append(text)
        else:
            self._put(lambda out: out.code(text, language), len(text))

    # Blocks

    def _flush(self) -> None:
        """End the text that was gathered: it becomes a block of the kind that is open."""
        parts, self._text = self._text, []
        level, self._heading = self._heading, 0
        self._links.clear()
        if not any(part.strip(" \t\r\n`") for part in parts):
            return
        if self._tables and self._tables[-1].cell is not None:
            self._tables[-1].cell.append(one_line("".join(parts)))
            return
        text = joined(parts)
        # A sign that links to the heading itself is no part of it.
        text = text.rstrip("#¶\\ ") if level else text
        if level == 1:
            self._first_headings.append(text)
        marker, self._marker = self._marker, ""
        depth = len(self._lists) - 1
        self._put(lambda out: _add(out, text, level, marker, depth, self._quotes), len(text))

    def _put(self, add: Callable[[MarkdownText], None], size: int) -> None:
        add(self.out)
        self.in_all += size
        if self._mains:
            add(self.main)
            self.in_main += size

    def finish(self) -> None:
        """End whatever is open."""
        self._end_code()
        while self._tables:
            self._end_table()
        self._flush()

    def best_title(self) -> str:
        """The page's own heading if it has just one, else its title, without the site's name."""
        title = one_line("".join(self._title))
        headings = [heading.replace("\\", "") for heading in self._first_headings]
        if len(headings) == 1 and (not title or headings[0] in title):
            return headings[0]
        parts = [part for part in _SITE.split(title) if part]
        return next((part for part in parts if part in headings), parts[0] if parts else "")


def _add(out: MarkdownText, text: str, level: int, marker: str, depth: int, quotes: int) -> None:
    if level:
        out.add(f"{'#' * level} {text.replace('<', '&lt;')}")
    elif marker:
        out.listed(text, depth=max(0, depth), marker=marker)
    elif quotes:
        out.add(f"> {text}")
    else:
        out.escaped(text)


def _is_hidden(attributes: Attributes) -> bool:
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    return _HIDDEN.search(attributes.get("style", "")) is not None


def _language(attributes: Attributes) -> str:
    found = _LANGUAGE.search(attributes.get("class", ""))
    return found[1].lower() if found else ""


def _number(attributes: Attributes) -> int:
    start = attributes.get("start", "1")
    return int(start) if start.isdigit() and int(start[:9]) > 0 else 1

"""The Markdown that notes are written in: CommonMark, tables and the habits of Obsidian.

Adds `[[wikilinks]]`, `![[embeds]]`, `#tags`, `[^footnotes]`, bare web addresses, callouts and
task lists to markdown-it. Raw HTML is text and stays text.
"""

import itertools
import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from notesai.gui.reading.marks import CANDIDATES

_WIKILINK = re.compile(r"(!?)\[\[([^\[\]|\n\\]*)(?:\\?\|([^\[\]\n]*))?\]\]")
_TAG = re.compile(r"#([\w/-]*[^\W\d_][\w/-]*)")
_FOOTNOTE = re.compile(r"\[\^([^\]\s]{1,40})\](:?)")
_HIGHLIGHT = re.compile(r"==(?=[^\s=])([^\n]{0,2000}?[^\s=])==")
_HIDDEN = re.compile(
    r"%%[^%]{0,5000}%%|<!--(?:[^-]|-(?!->)){0,5000}-->|\^[\w-]{1,60}[ \t]*(?=\n|$)"
)
_CALLOUT = re.compile(r"\[!([\w-]+)\][+-]?[ \t]*([^\n]*)\n?")
_TASK = re.compile(r"\[([ xX-])\][ \t]+")
_ADDRESS = re.compile(r"https?://[^\s<>\"'\u2e00-\u2e5d]*[^\s<>\"'.,:;!?)\]}\u2e00-\u2e5d]")


def parser() -> MarkdownIt:
    """A parser of notes."""
    markdown = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    markdown.inline.ruler.before("link", "wikilink", _wikilink)
    markdown.inline.ruler.before("link", "footnote", _footnote)
    markdown.inline.ruler.push("tag", _tag)
    markdown.inline.ruler.push("highlight", _highlight)
    markdown.inline.ruler.push("hidden", _hidden)
    markdown.block.ruler.before("reference", "footnote_text", _footnote_text)
    markdown.core.ruler.after("block", "callouts", _callouts)
    markdown.core.ruler.after("block", "tasks", _tasks)
    markdown.core.ruler.push("addresses", _addresses)
    markdown.core.ruler.push("embeds", _embeds)
    return markdown


def _wikilink(state: StateInline, silent: bool) -> bool:
    found = _WIKILINK.match(state.src, state.pos, state.posMax)
    if found is None or not found[2].strip():
        return False
    if not silent:
        target, _, heading = found[2].strip().partition("#")
        token = state.push("wikilink", "", 0)
        token.content = (found[3] or "").strip()
        token.meta = {"target": target.strip(), "heading": heading.strip(), "embed": bool(found[1])}
    state.pos = found.end()
    return True


def _footnote(state: StateInline, silent: bool) -> bool:
    found = _FOOTNOTE.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        token = state.push("footnote", "", 0)
        token.content = found[1]
        token.meta = {"definition": bool(found[2]) and state.pos == 0}
    state.pos = found.end()
    return True


def _footnote_text(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """`[^1]: text` is a paragraph that begins with its number, and no link definition."""
    found = _FOOTNOTE.match(
        state.src, state.bMarks[start] + state.tShift[start], state.eMarks[start]
    )
    if found is None or not found[2] or state.is_code_block(start):
        return False
    if silent:
        return True
    following = start + 1
    while following < end and not state.isEmpty(following) and not state.is_code_block(following):
        if _FOOTNOTE.match(state.src, state.bMarks[following], state.eMarks[following]):
            break
        following += 1
    state.push("paragraph_open", "p", 1).map = [start, following]
    inline = state.push("inline", "", 0)
    inline.content = state.getLines(start, following, state.blkIndent, False).strip()
    inline.map, inline.children = [start, following], []
    state.push("paragraph_close", "p", -1)
    state.line = following
    return True


def _tag(state: StateInline, silent: bool) -> bool:
    before = state.src[state.pos - 1] if state.pos else " "
    if before.isalnum() or before in "_/#&":
        return False
    found = _TAG.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        state.push("tag", "", 0).content = found[1]
    state.pos = found.end()
    return True


def _highlight(state: StateInline, silent: bool) -> bool:
    """`==text==` as Obsidian has it."""
    found = _HIGHLIGHT.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        end = state.posMax
        state.push("highlight_open", "", 1)
        state.pos, state.posMax = found.span(1)
        state.md.inline.tokenize(state)
        state.posMax = end
        state.push("highlight_close", "", -1)
    state.pos = found.end()
    return True


def _hidden(state: StateInline, silent: bool) -> bool:
    """Comments (`%%…%%`, `<!--…-->`) and names of blocks (` ^name`) are not shown."""
    found = _HIDDEN.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        # A passage may begin or end in there.
        state.push("text", "", 0).content = "".join(c for c in found[0] if c in CANDIDATES)
    state.pos = found.end()
    return True


def _callouts(state: StateCore) -> None:
    """Turn `> [!note] Title` into a titled quote: its first line becomes a token of its own."""
    tokens: list[Token] = []
    for position, token in enumerate(state.tokens):
        tokens.append(token)
        if token.type != "inline" or [t.type for t in tokens[-3:-1]] != [
            "blockquote_open",
            "paragraph_open",
        ]:
            continue
        found = _CALLOUT.match(token.content)
        if found is None:
            continue
        tokens[-3].meta["callout"] = found[1].lower()
        title = Token("inline", "", 0, content=found[2] or found[1].capitalize(), children=[])
        head = [Token("callout_title_open", "p", 1), title, Token("callout_title_close", "p", -1)]
        token.content = token.content[found.end() :]
        tokens[-2:-2] = head
        if not token.content:
            del tokens[-2:]
            state.tokens[position + 1].meta["dropped"] = True
    state.tokens = [token for token in tokens if not token.meta.get("dropped")]


def _tasks(state: StateCore) -> None:
    """Mark list items that begin with a box, and take the box out of their text."""
    for item, paragraph, token in zip(
        state.tokens, state.tokens[1:], state.tokens[2:], strict=False
    ):
        if item.type != "list_item_open" or paragraph.type != "paragraph_open":
            continue
        if found := _TASK.match(token.content):
            item.meta["task"] = "unchecked" if found[1] == " " else "checked"
            token.content = token.content[found.end() :]


def _embeds(state: StateCore) -> None:
    """Mark paragraphs that are one embedded note and nothing else, with what they name."""
    for paragraph, token in itertools.pairwise(state.tokens):
        if paragraph.type != "paragraph_open" or token.type != "inline":
            continue
        children = [
            child for child in token.children or [] if child.content.strip() or child.type != "text"
        ]
        if len(children) == 1 and children[0].type == "wikilink" and children[0].meta["embed"]:
            paragraph.meta["embed"] = (children[0].meta["target"], children[0].meta["heading"])


def _addresses(state: StateCore) -> None:
    """Make links of web addresses that stand in the text as they are."""
    for token in state.tokens:
        if token.type == "inline" and token.children and "://" in token.content:
            token.children = _with_links(token.children)


def _with_links(children: list[Token]) -> list[Token]:
    result: list[Token] = []
    depth = 0
    for child in children:
        depth += child.nesting if child.type in {"link_open", "link_close"} else 0
        if child.type != "text" or depth or "://" not in child.content:
            result.append(child)
            continue
        last = 0
        for found in _ADDRESS.finditer(child.content):
            result.append(Token("text", "", 0, content=child.content[last : found.start()]))
            result.append(Token("link_open", "a", 1, attrs={"href": found[0]}))
            result.append(Token("text", "", 0, content=found[0]))
            result.append(Token("link_close", "a", -1))
            last = found.end()
        result.append(Token("text", "", 0, content=child.content[last:]))
    return result

"""An answer as HTML: plain Markdown in which nothing but citations is a link.

Answers are written by a model that has read notes, and notes may hold anything. So HTML, images,
links, references, wikilinks and tags stay the text that they are, and nothing is ever fetched.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from notesai.gui.reading.html import Renderer, Words
from notesai.gui.reading.marks import Span, place_each
from notesai.model import Answer, SentenceCheck, Verdict

CITATION = re.compile(r"\[(\d{1,3}(?:\s*[,，、;·]\s*\d{1,3})*)\]")
_UNFINISHED = re.compile(r"\[[\d\s,，、;·]{0,24}$")
_QUOTES = re.compile(r"^(> .*\[\d{1,3}\].{0,2})\n(?=> )", re.M)
"""A line of a quotation that ends with its source: the next one is another quotation."""

_HREF = "notesai-cite:"
_LIVE = ["link", "image", "autolink", "reference", "html_inline", "html_block", "lheading"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A part of an answer, `answer[start:end]`, and the numbers of the sources that it names.

    `reason` is empty unless the sources do not bear it; then it is a word of `SentenceCheck`, or
    "uncited".
    """

    start: int
    end: int
    cited: tuple[int, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class AnswerText:
    """HTML with the characters around each sentence, and which sentence each pair is around."""

    html: str
    marks: tuple[str, str]
    order: tuple[int, ...]


class _AnswerRenderer(Renderer):
    """Renders answers; `numbers` are those of the sources that there are."""

    def __init__(self, numbers: Collection[int]) -> None:
        super().__init__(Words(), markdown=_parser())
        self._numbers = numbers

    def _span(self, token: Token) -> str:
        if token.type != "citation":
            return super()._span(token)
        numbers = [int(number) for number in re.findall(r"\d+", token.content)]
        return "".join(self._citation(number) for number in numbers)

    def _citation(self, number: int) -> str:
        shown = f"[{number}]"
        if number not in self._numbers:
            return shown
        return f'<a href="{_HREF}{number}">{shown}</a>'


@cache
def _parser() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    markdown.disable(_LIVE)
    markdown.inline.ruler.before("emphasis", "citation", _citation_rule)
    return markdown


def _citation_rule(state: StateInline, silent: bool) -> bool:
    found = CITATION.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        state.push("citation", "", 0).content = found[1]
    state.pos = found.end()
    return True


def cited_number(href: str) -> int | None:
    """The number of the source that a link leads to; None for any other address."""
    number = href.removeprefix(_HREF)
    return int(number) if href.startswith(_HREF) and number.isascii() and number.isdigit() else None


def render(text: str, sentences: Sequence[Sentence], numbers: Collection[int]) -> AnswerText:
    """The HTML of a whole answer."""
    cites = [found.span() for found in CITATION.finditer(text)] if sentences else []
    marked, order = place_each(text, [_span(one, cites) for one in sentences])
    html = _AnswerRenderer(numbers).html(_QUOTES.sub(r"\1\n>\n", marked.text))
    return AnswerText(html, (marked.opening, marked.closing), order)


def open_block(text: str) -> int:
    """Where the last block of a text begins, which is the only one that more text can change."""
    blocks = [token for token in _parser().parse(text) if not token.level and token.map]
    last = blocks[-1].map[0] if blocks and blocks[-1].map else 0
    start = 0
    for _ in range(last):
        start = text.index("\n", start) + 1
    return start


def _span(sentence: Sentence, cites: Sequence[tuple[int, int]]) -> Span:
    """Where a sentence is; it never begins or ends within a citation."""
    start, end = sentence.start, sentence.end
    for first, last in cites:
        start = last if first < start < last else start
        end = last if first < end < last else end
    return Span(start, end)


def finished_part(text: str) -> str:
    """What can be shown of a text that is still being written: no half of a citation."""
    return _UNFINISHED.sub("", text)


def sentences_of(answer: Answer) -> tuple[Sentence, ...]:
    """The sentences that were checked; of an answer without checks, its lines with citations."""
    if answer.checks:
        return tuple(_checked(check) for check in answer.checks)
    found: list[Sentence] = []
    start = 0
    for line in answer.answer.splitlines(keepends=True):
        numbers = tuple(dict.fromkeys(numbers_in(line)))
        bare = line.strip("> \t\r\n")
        wrong = any(sentence and sentence in line for sentence in answer.unsupported)
        if bare and (numbers or wrong):
            found.append(Sentence(start, start + len(line), numbers, "words" if wrong else ""))
        start += len(line)
    return tuple(found)


def numbers_in(text: str) -> list[int]:
    """The numbers of the sources that `text` names, in order."""
    return [int(n) for group in CITATION.findall(text) for n in re.findall(r"\d+", group)]


def _checked(check: SentenceCheck) -> Sentence:
    reason = ""
    if check.verdict is Verdict.UNSUPPORTED:
        reason = check.reason or "words"
    elif check.verdict is Verdict.UNCITED:
        reason = "uncited"
    return Sentence(check.start, check.end, check.cited, reason)

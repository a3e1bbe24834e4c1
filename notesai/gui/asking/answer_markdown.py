"""An exchange as Markdown, to be copied or saved as a note: citations are footnotes with links.

The answer's own text is made harmless: in another program an image or HTML in it would come alive.
"""

import re
from collections.abc import Mapping
from urllib.parse import quote

from notesai.gui.asking.answer_text import CITATION, numbers_in
from notesai.gui.asking.exchange import Exchange
from notesai.model import Answer, Citation

_ALIVE = re.compile(
    r"<(?=[A-Za-z/!?])|!(?=\[)|(?<=\])(?=\()|^(?= {0,3}\[[^\]\n]+\]:)|(?<!\\)\[\[", re.M
)
_QUOTED = 400


def as_markdown(exchange: Exchange, titles: Mapping[str, str], *, heading: bool = True) -> str:
    """The question as a heading (if wanted), the answer, and its sources as footnotes."""
    answer = exchange.answer
    if answer is None:
        return ""
    parts = [f"# {harmless(_on_one_line(exchange.question))}"] if heading else []
    numbers = {citation.n for citation in answer.citations}
    parts.append(_with_footnotes(answer, numbers))
    used = set(numbers_in(answer.answer)) & numbers or numbers
    notes = [_footnote(one, titles) for one in answer.citations if one.n in used]
    if notes:
        parts.append("\n".join(notes))
    return "\n\n".join(parts) + "\n"


def harmless(text: str) -> str:
    """`text` with everything escaped that a Markdown program would load, run or hide."""
    return _ALIVE.sub(_escaped, text)


def _escaped(found: re.Match[str]) -> str:
    return "".join(f"\\{char}" for char in found[0]) or "\\"


def _with_footnotes(answer: Answer, numbers: set[int]) -> str:
    def footnotes(found: re.Match[str]) -> str:
        cited = [int(number) for number in re.findall(r"\d+", found[1])]
        return "".join(f"[^{n}]" if n in numbers else f"\\[{n}]" for n in cited)

    return CITATION.sub(footnotes, harmless(answer.answer.strip()))


def _footnote(citation: Citation, titles: Mapping[str, str]) -> str:
    name = citation.title or titles.get(citation.path) or citation.path
    label = harmless(_on_one_line(name)).replace("[", "\\[").replace("]", "\\]")
    link = f"[{label}]({quote(citation.path)})"
    where = f" › {harmless(_on_one_line(citation.heading))}" if citation.heading else ""
    passage = _on_one_line(citation.text)
    passage = passage if len(passage) <= _QUOTED else passage[:_QUOTED].rstrip() + "…"
    return f"[^{citation.n}]: {link}{where}: “{harmless(passage)}”"


def _on_one_line(text: str) -> str:
    return " ".join(text.split())

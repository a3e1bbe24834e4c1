"""The characters of a web page: its encoding, and its running text as Markdown."""

import codecs
import re

from notesai.notes.documents.markdown_text import inline, one_line
from notesai.notes.formats import decode

_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_DECLARED_WITHIN = 4096
# What browsers read under these names: https://encoding.spec.whatwg.org/#names-and-labels
_MEANT = {
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "shift_jis": "cp932",
    "gb2312": "gb18030",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
}


# No page has so many tags begin before one ends.
_MOST_OPEN = 50


def tamed(html: str) -> str:
    """A page whose tags are not left open in hundreds: Python's parser looks at each to the end."""
    pieces = html.split(">")
    for at, piece in enumerate(pieces):
        if piece.count("<") > _MOST_OPEN:
            text, _, last = piece.rpartition("<")
            pieces[at] = f"{text.replace('<', '&lt;')}<{last}"
    return ">".join(pieces)


def decoded(data: bytes) -> str:
    """The text of a page: as UTF-8 if it is that, else as it declares, else as it looks."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    found = _DECLARED.search(data, 0, _DECLARED_WITHIN)
    name = found[1].decode("ascii").lower() if found else ""
    try:
        return data.decode(codecs.lookup(_MEANT.get(name, name or "-")).name)
    except (LookupError, ValueError):
        return decode(data)


class Marked(str):
    """Markdown that is not to be escaped any more."""


def joined(parts: list[str]) -> str:
    """The gathered text in one line, escaped where it is not Markdown yet."""
    done: list[str] = []
    plain: list[str] = []
    for part in (*parts, Marked("")):
        if not isinstance(part, Marked):
            plain.append(part)
            continue
        text = "".join(plain)
        done += [" " * text[:1].isspace(), _code_kept(text), " " * text[-1:].isspace(), part]
        plain.clear()
    return one_line("".join(done))


def _code_kept(text: str) -> str:
    """Text escaped outside of backticks; empty pairs of them are left out."""
    pieces = text.replace("``", "").split("`")
    if len(pieces) % 2 == 0:
        return inline(text.replace("`", "")) if "`" in text else inline(text)
    return "".join(
        f"`{one_line(piece)}`" if at % 2 else _spaced(piece) for at, piece in enumerate(pieces)
    )


def _spaced(text: str) -> str:
    """`inline`, with a space where white space was at an end."""
    return f"{' ' * text[:1].isspace()}{inline(text)}{' ' * (text[-1:].isspace())}"

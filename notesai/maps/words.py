"""The real words of notes: Korean nouns whole, English words as they are written; no markup.

Korean nouns are told by how all notes together use them (`korean_nouns`).
"""

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from notesai.maps.korean_nouns import Nouns
from notesai.maps.plain_words import ENGLISH, KOREAN
from notesai.notes.words import word_terms

_MARKUP = tuple(
    re.compile(pattern, flags)
    for pattern, flags in (
        (r"\A---\n.*?\n---(?:\n|\Z)", re.DOTALL),
        (r"^(`{3,}|~{3,}).*?(?:^\1[`~]*[ \t]*$|\Z)", re.DOTALL | re.MULTILINE),
        (r"\$\$.*?\$\$|<!--.*?-->|\{[{%].*?[%}]\}", re.DOTALL),
        (r"`[^`\n]*`", 0),
        (r"(?:https?|ftp|file)://\S+|\bwww\.\S+|\S+@\S+\.\S+", 0),
        (r"</?[A-Za-z][^<>]*>|&#?\w+;", 0),
    )
)
_LINK = re.compile(r"!?\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]|!?\[([^\[\]]*)\]\([^()]*\)")
_PATH = re.compile(
    r"\S*(?:[/\\]\S+){2,}|\S+\.(?:md|png|jpe?g|gif|svg|html?|js|css|py|json|ya?ml)\b"
)
_ENGLISH = re.compile(
    r"(?<![A-Za-z0-9_'’.\-/\\@#:])[A-Za-z][A-Za-z0-9+#]*(?:['’-][A-Za-z0-9]+)*"
    r"(?![A-Za-z0-9_'’/\\@:=(]|\.[A-Za-z0-9])"
)
_CODE = re.compile(r"\A(?:[0-9a-f]{6,}|[a-z]+[A-Z]\w*|.*\d.*\d.*)\Z")

_ADJECTIVE = "적"
_LONGEST = 24


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it stands: `key` is the same for all forms of it."""

    key: str
    form: str


def prose(text: str) -> str:
    """The text without code, addresses, tags and link targets, in NFC."""
    found = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    for pattern in _MARKUP:
        found = pattern.sub(" ", found)
    found = _LINK.sub(lambda match: f" {match[1] or match[2] or ''} ", found)
    return html.unescape(_PATH.sub(" ", found))


def english_words(text: str) -> Iterator[Word]:
    """Words in Latin letters that say something, as they are written."""
    for match in _ENGLISH.finditer(text):
        form = re.sub(r"['’]s\Z", "", match[0])
        lower = form.lower().replace("’", "'")
        if 2 < len(form) <= _LONGEST and lower not in ENGLISH and not _CODE.match(form):
            stem = word_terms(lower)[0]
            if stem not in ENGLISH:
                yield Word(stem, form)


def korean_words(written: Iterable[str], nouns: Nouns) -> Iterator[Word]:
    """Korean nouns that say something, of what is written between two spaces."""
    for one in written:
        form = nouns.of(one)
        if form and len(form) <= _LONGEST and form not in KOREAN and form[-1] != _ADJECTIVE:
            yield Word(form, form)


def most_written(forms: Counter[str]) -> str:
    """The form that is written most; one in capitals only if the plain one is rare."""
    best = max(sorted(forms), key=lambda form: forms[form])
    lower = best.lower()
    # A word at the beginning of sentences and in headings is no name.
    return lower if forms[lower] * 4 >= forms[best] else best

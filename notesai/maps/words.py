"""The real words of notes: Korean nouns whole, English words as they are written; no markup.

Korean comes apart by kiwipiepy, which knows nouns from particles and endings. What it takes apart
within one written word is put together again, so that no half of a word is left.
"""

# kiwipiepy's types are partly unknown.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from notesai.maps.plain_words import ENGLISH, KOREAN
from notesai.notes.words import word_terms

_HANGUL = re.compile("[가-힣]")
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

_NOUNS = frozenset({"NNG", "NNP", "SL", "XPN"})
_SUFFIX = "XSN"
_PLURAL = "들"
_ADJECTIVE = "적"
_LONGEST = 24
_LONGEST_RUN = 4


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


class Nouns:
    """Finds Korean nouns. Loading takes seconds and some 400 MB: for a process of its own."""

    def __init__(self) -> None:
        from kiwipiepy import Kiwi

        self._kiwi: Any = Kiwi(num_workers=1)

    def of(self, texts: Sequence[str]) -> Iterator[list[Word]]:
        """The nouns of each text."""
        for tokens in self._kiwi.tokenize(list(texts)):
            yield list(_whole_nouns(tokens))


def in_korean(text: str) -> bool:
    """Whether there is anything Korean in it."""
    return _HANGUL.search(text) is not None


def most_written(forms: Counter[str]) -> str:
    """The form that is written most; one in capitals only if the plain one is rare."""
    best = max(sorted(forms), key=lambda form: forms[form])
    lower = best.lower()
    # A word at the beginning of sentences and in headings is no name.
    return lower if forms[lower] * 4 >= forms[best] else best


def _whole_nouns(tokens: Iterable[Any]) -> Iterator[Word]:
    """Nouns that touch each other are one word, with what makes a noun of another one."""
    run: list[Any] = []
    for token in tokens:
        if run and (token.start != run[-1].end or token.tag not in _NOUNS | {_SUFFIX}):
            yield from _word(run, token)
            run = []
        if token.tag in _NOUNS or (run and token.tag == _SUFFIX):
            run.append(token)
    yield from _word(run, None)


def _word(run: list[Any], after: Any) -> Iterator[Word]:
    if run and run[-1].tag == _SUFFIX and run[-1].form == _PLURAL:
        run = run[:-1]
    form = unicodedata.normalize("NFC", "".join(token.form for token in run))
    # What makes a verb or an adjective of a noun leaves no noun; a root of one is none.
    hangs = after is not None and bool(run) and after.start == run[-1].end
    part = hangs and after is not None and after.tag in ("XSA", "XR", "SN")
    if (
        part
        or not _HANGUL.search(form)
        or not 1 < len(form) <= _LONGEST
        or len(run) > _LONGEST_RUN
        or form in KOREAN
        or form.endswith(_ADJECTIVE)
    ):
        return
    yield Word(form, form)

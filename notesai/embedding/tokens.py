"""Counting a model's tokens, fast enough to count every line of a large vault."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from itertools import repeat
from typing import Protocol

WHITE_SPACE = (
    "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005"
    "\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
)
"""All characters at which `str.split()` splits."""

CACHED_BYTES = 16 * 2**20
"""What each of the two generations of remembered pieces may take, roughly."""

_ENTRY_BYTES = 130
_CACHED_LENGTH = 256
_COMMON_SPACE = " \t\n\r"
_PROBES = (
    ("play", "ing"),
    ("un", "believable"),
    ("naïve", "Über"),
    ("don't", "(stop)"),
    ("노트", "검색"),
    ("メモ", "検索"),
    ("x=1;", "[[link|alias]]"),
    ("🙂", "#tag"),
)


class Encoded(Protocol):
    """One tokenised text."""

    @property
    def ids(self) -> list[int]:
        """The tokens' numbers."""
        ...

    def __len__(self) -> int: ...


class AddedToken(Protocol):
    """A token that is matched in the text before anything else."""

    @property
    def content(self) -> str:
        """The token's text."""
        ...


class Tokenizer(Protocol):
    """What is used of `tokenizers.Tokenizer`."""

    def encode_batch_fast(
        self, input: Sequence[str], *, add_special_tokens: bool = True
    ) -> Sequence[Encoded]:
        """Tokenise many texts; offsets are not tracked."""
        ...

    def get_added_tokens_decoder(self) -> Mapping[int, AddedToken]:
        """All added tokens by number."""
        ...


def prepared(text: str) -> str:
    """The text as models see it: NFC, and U+FFFD for surrogates without a partner."""
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


class TokenCounter:
    """Counts tokens, special ones left out. The tokenizer must not cut or pad.

    Most tokenizers never look across white space: then a text has as many tokens as its pieces
    together, and pieces repeat, so their counts are remembered. Whether that holds is tried out on
    probes at construction; if it does not, every text is tokenised. May be used by many threads.
    """

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._known: dict[str, int] = {}
        self._known_bytes = 0
        self._older: dict[str, int] = {}
        self._joining = self._find_joining()

    # What was counted so far stays here: another process learns quicker than it receives.
    def __reduce__(self) -> tuple[type["TokenCounter"], tuple[Tokenizer]]:
        return type(self), (self._tokenizer,)

    @property
    def by_piece(self) -> bool:
        """True if counts of pieces between white space add up exactly."""
        return self._joining is not None

    def forget(self) -> None:
        """Let go of the counts that are remembered."""
        self._older, self._known, self._known_bytes = {}, {}, 0

    def count(self, text: str) -> int:
        """Number of tokens in `text`, exact."""
        text = prepared(text)
        if self._joining is None or any(space in text for space in self._joining):
            return self._lengths([text])[0]
        pieces = text.split()
        known = self._known
        try:
            return sum(map(known.__getitem__, pieces))
        except KeyError:
            return self._count_new(pieces, known)

    def _count_new(self, pieces: list[str], known: dict[str, int]) -> int:
        """The sum where some pieces are not known: these are tokenised in one call."""
        new = set(pieces).difference(known)
        older = self._older
        counts = {piece: older[piece] for piece in new if piece in older}
        fresh = list(new.difference(counts))
        counts.update(zip(fresh, self._lengths(fresh), strict=True))
        # The two sums are kept apart by `counts`: other threads may be adding to `known`.
        old = [piece for piece in pieces if piece not in counts]
        total = sum(map(known.__getitem__, old)) + sum(map(counts.get, pieces, repeat(0)))
        self._remember(counts)
        return total

    def _remember(self, counts: dict[str, int]) -> None:
        kept = {piece: n for piece, n in counts.items() if len(piece) <= _CACHED_LENGTH}
        size = sum(map(len, kept)) + _ENTRY_BYTES * len(kept)
        if self._known_bytes + size > CACHED_BYTES:
            # New tables, not emptied ones: another thread may be summing from the old.
            self._older, self._known, self._known_bytes = self._known, {}, 0
        self._known.update(kept)
        self._known_bytes += size

    def _lengths(self, texts: Sequence[str]) -> list[int]:
        encoded = self._tokenizer.encode_batch_fast(texts, add_special_tokens=False)
        return [len(one) for one in encoded]

    def _find_joining(self) -> str | None:
        """White space that does not separate for this tokenizer (BERT's drops control characters).

        None if even the common kinds do not, or a token of its own reaches across white space.
        """
        added = self._tokenizer.get_added_tokens_decoder().values()
        if any(len(token.content.split()) != 1 for token in added):
            return None
        joining = "".join(space for space in WHITE_SPACE if not self._separates(space))
        return None if set(joining) & set(_COMMON_SPACE) else joining

    def _separates(self, space: str) -> bool:
        apart = self._lengths([piece for pair in _PROBES for piece in pair])
        return all(
            self._lengths([text])[0] == first + second
            for (one, two), first, second in zip(_PROBES, apart[::2], apart[1::2], strict=True)
            for text in _spaced(one, two, space)
        )


def _spaced(one: str, two: str, space: str) -> Iterable[str]:
    return (f"{one}{space}{two}", f"{space}{one}{space * 3}{two}{space}")

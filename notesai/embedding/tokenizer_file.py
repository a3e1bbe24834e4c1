"""A model's tokenizer: read from its file when it is needed, let go of when it is not."""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from notesai.embedding.base import SeenText
from notesai.embedding.folder import damaged
from notesai.embedding.tokens import AddedToken, Encoded
from notesai.model import TokenSpan

_PROBE = "a b"


def seen_text(
    text: str,
    start: int,
    split: Any,
    before: Sequence[str],
    after: Sequence[str],
    window: int | None,
) -> SeenText:
    """What `tokenizers` made of a text, of which the passage begins at `start`.

    `before` and `after` are the marks around the text; together they fit the window.
    """
    room = len(split.tokens) if window is None else max(0, window - len(before) - len(after))
    places = zip(split.offsets[:room], split.tokens[:room], strict=True)
    read = [TokenSpan(max(0, a - start), b - start, token) for (a, b), token in places]
    own = [token for token in read if token.end > 0]
    last = own[-1].end if own else 0
    marks = [TokenSpan(0, 0, mark) for mark in before]
    ends = [TokenSpan(last, last, mark) for mark in after]
    unread = max(0, len(split.tokens) - room)
    return SeenText(text[start:], (*marks, *own, *ends), len(read) - len(own), unread)


@dataclass(frozen=True, slots=True)
class Frame:
    """What is put around the tokens of a text, and how many there may be in all.

    `window` is None for as many as there are; `from_end` keeps the last ones of a long text.
    """

    before: tuple[int, ...]
    after: tuple[int, ...]
    window: int | None
    from_end: bool = False

    def around(self, ids: Sequence[int]) -> list[int]:
        """The token ids of a text as its model reads them."""
        if self.window is not None:
            room = max(0, self.window - len(self.before) - len(self.after))
            ids = ids[max(0, len(ids) - room) :] if self.from_end else ids[:room]
        return [*self.before, *ids, *self.after]


class TokenizerFile:
    """The tokenizer of a `tokenizer.json`; what it splits is neither cut nor padded.

    One is enough for counting and for the network: a tokenizer takes 10 to 40 MB, and cutting and
    framing are ours. Whoever gets it pickled reads the file. May be used by many threads.
    """

    def __init__(self, path: Path, window: int | None = None) -> None:
        """Open `path`; `window` is the most tokens of one text, else the file says how many.

        Raises `model.damaged`.
        """
        self._path = path
        self._window = window
        self._lock = threading.Lock()
        self._opened: Any = self._open()
        self.frame = self._frame(window)

    def __reduce__(self) -> tuple[type["TokenizerFile"], tuple[Path, int | None]]:
        return type(self), (self._path, self._window)

    def encode(self, texts: Sequence[str]) -> list[list[int]]:
        """Token ids of each text, special ones included, cut at the window."""
        split = self.encode_batch_fast(texts, add_special_tokens=False)
        return [self.frame.around(one.ids) for one in split]

    def see(self, text: str, start: int) -> SeenText:
        """The tokens of `text[start:]` with their places, and of what stands around and before."""
        split = self.wake().encode(text, add_special_tokens=False)
        names: list[str] = [self.wake().id_to_token(i) or "" for i in self.frame.before]
        ends: list[str] = [self.wake().id_to_token(i) or "" for i in self.frame.after]
        return seen_text(text, start, split, names, ends, self.frame.window)

    def encode_batch_fast(
        self, input: Sequence[str], *, add_special_tokens: bool = True
    ) -> Sequence[Encoded]:
        """Tokenise many texts; offsets are not tracked."""
        tokenizer = self.wake()
        return tokenizer.encode_batch_fast(list(input), add_special_tokens=add_special_tokens)

    def get_added_tokens_decoder(self) -> Mapping[int, AddedToken]:
        """All added tokens by number."""
        return self.wake().get_added_tokens_decoder()

    def rest(self) -> None:
        """Let go of it until it is needed."""
        self._opened = None

    def wake(self) -> Any:
        """Have it ready. Raises `model.damaged` if the file cannot be read any more."""
        opened = self._opened
        if opened is not None:
            return opened
        with self._lock:
            if self._opened is None:
                self._opened = self._open()
            return self._opened

    def _open(self) -> Any:
        import tokenizers

        try:
            tokenizer: Any = tokenizers.Tokenizer.from_file(str(self._path))
            self._cut: dict[str, Any] = tokenizer.truncation or {}
            tokenizer.no_padding()
            tokenizer.no_truncation()
        except Exception as error:  # tokenizers raises plain Exception
            raise damaged(self._path, str(error)) from error
        return tokenizer

    def _frame(self, window: int | None) -> Frame:
        """The special tokens, as they stand around a text of some tokens."""
        bare, framed = (
            list(self.encode_batch_fast([_PROBE], add_special_tokens=special)[0].ids)
            for special in (False, True)
        )
        for at in range(len(framed) - len(bare) + 1):
            if framed[at : at + len(bare)] == bare:
                before, after = tuple(framed[:at]), tuple(framed[at + len(bare) :])
                most = window if window is not None else self._cut.get("max_length")
                return Frame(before, after, most, self._cut.get("direction") == "left")
        raise damaged(self._path, "its special tokens do not stand around the text")

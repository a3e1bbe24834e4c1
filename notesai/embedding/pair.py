"""Two encoders that share one space: one for texts in Hangul, one for all others."""

import re
from dataclasses import dataclass
from pathlib import Path

from notesai.embedding.encoder import Encoder
from notesai.embedding.folder import GRAPH, ModelFolder
from notesai.embedding.tokens import TokenCounter

HANGUL = "hangul"
"""Sub-folder of the encoder for texts in Hangul."""

SHARE = 0.1
"""From this share of Hangul among the letters on, a text goes to the encoder for Hangul.

A syllable says as much as two or three Latin letters, and Korean notes on technical matters are
half English names. An English note that quotes a Korean word stays with the other encoder.
"""

_HANGUL_LETTERS = re.compile("[\u1100-\u11ff\u3131-\u318e\ua960-\ua97f가-힣\ud7b0-\ud7fb]+")
_OTHER_LETTERS = re.compile("[^\\W\\d_\u1100-\u11ff\u3131-\u318e\ua960-\ua97f가-힣\ud7b0-\ud7fb]+")


@dataclass(frozen=True, slots=True)
class PairCounter:
    """Counts each word with the tokenizer of its own script. It can be pickled."""

    hangul: TokenCounter
    other: TokenCounter

    def count(self, text: str) -> int:
        """Number of tokens in `text`, special ones left out."""
        if text.isascii() or not _HANGUL_LETTERS.search(text):
            return self.other.count(text)
        words = text.split()
        hangul = [word for word in words if _HANGUL_LETTERS.search(word)]
        others = [word for word in words if not _HANGUL_LETTERS.search(word)]
        return self.hangul.count(" ".join(hangul)) + self.other.count(" ".join(others))


def in_hangul(text: str) -> bool:
    """Whether the encoder for Hangul reads `text`; the text is in NFC."""
    if text.isascii():
        return False
    hangul = sum(map(len, _HANGUL_LETTERS.findall(text)))
    if not hangul:
        return False
    return hangul >= SHARE * (hangul + sum(map(len, _OTHER_LETTERS.findall(text))))


def open_hangul(folder: ModelFolder) -> Encoder | None:
    """The encoder for texts in Hangul, if the model has one of its own."""
    path: Path = folder.path / HANGUL
    if f"{HANGUL}/{GRAPH}" not in folder.manifest.files:
        return None
    return Encoder(path, folder.card.dimension)

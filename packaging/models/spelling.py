"""What the pieces of a tokenizer are spelt with, so that pieces spelt alike learn from each other.

Each piece's vector is trained as a vector of its own plus the mean of those of the character
sequences in it (Bojanowski et al., "Enriching Word Vectors with Subword Information", 2017), in
Korean also of its letters below the syllable (Park et al., "Subword-level Word Vector
Representations for Korean", 2018): 달리는, 달린 and 달려 share theirs. When all is learnt the sums
are written into the table, and nothing of this is left at run time.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

MOST = 40_000
"""Character sequences that get a vector: the most frequent ones."""

LEAST_PIECES = 2
SYLLABLES = (1, 2, 3)
LETTERS = (3, 4, 5)
GAIN = 2.0
"""The sequences' share may grow twice as quickly as the piece's own."""

WORD_START = "\u2581"
_HANGUL = re.compile("[가-힣]")


def sequences(piece: str) -> set[str]:
    """The sequences of characters and, marked as such, of letters that a piece is made of."""
    text = piece.replace(WORD_START, "<")
    found = {f"s{part}" for part in _parts(text, SYLLABLES)}
    if _HANGUL.search(text):
        found |= {f"j{part}" for part in _parts(unicodedata.normalize("NFD", text), LETTERS)}
    elif len(text) >= min(LETTERS):
        found |= {f"j{part}" for part in _parts(text, LETTERS)}
    return found


def _parts(text: str, lengths: Sequence[int]) -> set[str]:
    return {text[at : at + n] for n in lengths for at in range(len(text) - n + 1)}


class Spelling(nn.Module):
    """From piece numbers to the vectors that their spelling gives them."""

    def __init__(self, pieces: Sequence[str], width: int) -> None:
        super().__init__()
        spelt = [sorted(sequences(piece)) for piece in pieces]
        counts = Counter(part for parts in spelt for part in parts)
        known = {
            part: number
            for number, (part, n) in enumerate(counts.most_common(MOST))
            if n >= LEAST_PIECES
        }
        numbers = [[known[part] for part in parts if part in known] or [0] for parts in spelt]
        self.lengths = torch.tensor([len(parts) for parts in numbers])
        self.starts = torch.cat([torch.zeros(1, dtype=torch.long), self.lengths.cumsum(0)[:-1]])
        self.numbers = torch.tensor([number for parts in numbers for number in parts])
        self.table = nn.Embedding(len(known), width)
        nn.init.normal_(self.table.weight, std=0.05)

    def forward(self, pieces: Tensor) -> Tensor:
        """Vectors of distinct pieces, (n,) to (n, width)."""
        lengths = self.lengths[pieces]
        starts = torch.cat([torch.zeros(1, dtype=torch.long), lengths.cumsum(0)[:-1]])
        within = torch.arange(int(lengths.sum())) - torch.repeat_interleave(starts, lengths)
        places = torch.repeat_interleave(self.starts[pieces], lengths) + within
        means = functional.embedding_bag(
            self.numbers[places], self.table.weight, starts, mode="mean"
        )
        return GAIN * means

"""Reads English-Korean pairs and decides which of them to learn from."""

import gzip
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

TECHNICAL = {
    "django_docs",
    "ef",
    "hf_course",
    "ms_cpp",
    "ms_powershell",
    "nuget",
    "python_docs",
    "react",
    "tldr",
}
"""Files of manuals. All others are general text: little of it, and it counts several times."""

LEFT_OUT = {"storybooks_asp"}
"""Files whose licence is not beyond doubt."""

_HANGUL = re.compile("[가-힣]")
_LATIN = re.compile("[A-Za-z]")
_SHORT = 25
_LENGTH_RATIO = (0.15, 1.6)


@dataclass(frozen=True, slots=True)
class Pair:
    """A text in both languages. `source` is the file's name without its endings."""

    source: str
    english: str
    korean: str

    @property
    def technical(self) -> bool:
        """Whether it comes from a manual."""
        return self.source in TECHNICAL


def read_pairs(folder: Path) -> list[Pair]:
    """All usable pairs of `folder`, `*.tsv.gz` with English, a tab and Korean on each line."""
    seen: set[tuple[str, str]] = set()
    pairs: list[Pair] = []
    for path in sorted(folder.glob("*.tsv.gz")):
        source = path.name.removesuffix(".tsv.gz")
        if source in LEFT_OUT:
            continue
        for english, korean in _rows(path):
            key = (english.lower(), korean)
            if key not in seen and _usable(english, korean):
                seen.add(key)
                pairs.append(Pair(source, english, korean))
    return pairs


def _rows(path: Path) -> Iterator[tuple[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            fields = [unicodedata.normalize("NFKC", field).strip() for field in line.split("\t")]
            if len(fields) == 2:
                yield fields[0], fields[1]


def _usable(english: str, korean: str) -> bool:
    """Whether both sides are in their language and of lengths that fit each other."""
    if not (_HANGUL.search(korean) and _LATIN.search(english)) or _HANGUL.search(english):
        return False
    low, high = _LENGTH_RATIO
    return len(english) <= _SHORT or low < len(korean) / len(english) < high

"""Citations in an answer: `[1]`, or `[1, 3]`."""

import re

_CITATION = re.compile(r"\[(\d{1,3}(?:\s*[,、;]\s*\d{1,3})*)\]")


def cited_in(text: str) -> frozenset[int]:
    """The numbers that an answer cites."""
    return frozenset(
        int(n) for match in _CITATION.finditer(text) for n in re.findall(r"\d+", match[1])
    )

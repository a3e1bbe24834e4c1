"""Sentences of answers, each with the passages that it cites and whether they bear it."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from notesai.model import Citation

FOLDER = Path(__file__).parent / "answers_set"
SUPPORTED = ("verbatim", "paraphrase", "translated")


@dataclass(frozen=True, slots=True)
class Case:
    """`half` is 0 for topics that thresholds may be chosen on, 1 for those they are measured on."""

    language: str
    topic: str
    half: int
    kind: str
    text: str
    cites: tuple[int, ...]
    passages: tuple[Citation, ...]

    @property
    def supported(self) -> bool:
        return self.kind in SUPPORTED

    @property
    def answer(self) -> str:
        """The sentence as a model would write it."""
        marks = "".join(f"[{n}]" for n in self.cites)
        return f"{self.text} {marks}"


def cases() -> Iterator[Case]:
    for file in sorted(FOLDER.glob("*.toml")):
        content = tomllib.loads(file.read_text("utf-8"))
        for number, topic in enumerate(content["topics"]):
            passages = tuple(
                Citation(n, f"{topic['name']}.md", 1, 0, len(text), text)
                for n, text in enumerate(topic["passages"], start=1)
            )
            for claim in topic["claims"]:
                yield Case(
                    file.stem[:2],
                    topic["name"],
                    1 if content.get("measured") else number % 2,
                    claim["kind"],
                    claim["text"],
                    tuple(claim["cites"]),
                    passages,
                )

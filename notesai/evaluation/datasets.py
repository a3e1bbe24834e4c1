"""Labelled sets, read from files. What is wrong with a file is said with its line."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import msgspec

from notesai.errors import RequestError
from notesai.evaluation.measures import Grades

T = TypeVar("T")

CORPUS = "corpus.jsonl"
QUERIES = "queries.jsonl"
JUDGEMENTS = "qrels.tsv"


class Document(msgspec.Struct, frozen=True):
    """A document to be found. `title` may be empty."""

    id: str
    text: str
    title: str = ""


class Query(msgspec.Struct, frozen=True):
    """A question to a set of documents."""

    id: str
    text: str


class Labelled(msgspec.Struct, frozen=True):
    """A text and the group that it belongs to."""

    label: str | int
    text: str


@dataclass(frozen=True, slots=True)
class ScoredPair:
    """Two sentences and how similar people found them."""

    score: float
    a: str
    b: str


@dataclass(frozen=True, slots=True)
class PairSet:
    """Scored pairs of sentences, as semantic textual similarity is measured with."""

    name: str
    pairs: tuple[ScoredPair, ...]


@dataclass(frozen=True, slots=True)
class RetrievalSet:
    """Documents, queries, and which document answers which query how well."""

    name: str
    documents: tuple[Document, ...]
    queries: tuple[Query, ...]
    judged: Mapping[str, Grades]


@dataclass(frozen=True, slots=True)
class LabelledSet:
    """Texts with the group that each belongs to."""

    name: str
    texts: tuple[Labelled, ...]


def read_pairs(file: Path) -> PairSet:
    """Lines of score, sentence and sentence, apart by tabs; a first line of names is passed over.

    Raises `RequestError`, as all reading here does: `file.cannot_read`, `file.not_utf8`,
    `file.wrong_line` or `file.empty`.
    """
    pairs: list[ScoredPair] = []
    for number, line in _lines(file):
        cells = line.split("\t")
        if number == 1 and cells[0].strip().lower() == "score":
            continue
        score = _number(cells[0])
        if len(cells) != 3 or score is None:
            example = "a score and two sentences, apart by tabs, such as 4.5⇥A man eats.⇥He eats."
            raise _wrong(file, number, example)
        pairs.append(ScoredPair(score, cells[1], cells[2]))
    return PairSet(file.stem, _some(file, pairs))


def read_retrieval(folder: Path) -> RetrievalSet:
    """A folder of `corpus.jsonl`, `queries.jsonl` and `qrels.tsv`."""
    example = '{"id": "d1", "title": "Tomatoes", "text": "Water them."}'
    documents = _objects(folder / CORPUS, Document, f"a document such as {example}")
    queries = _objects(folder / QUERIES, Query, 'a query such as {"id": "q1", "text": "tomatoes"}')
    judged = _judgements(
        folder / JUDGEMENTS, {d.id for d in documents}, {query.id for query in queries}
    )
    return RetrievalSet(folder.resolve().name, documents, queries, judged)


def read_labelled(file: Path) -> LabelledSet:
    """Lines of `{"label", "text"}`, with at least two labels."""
    example = 'a text such as {"label": "gardening", "text": "Water tomatoes."}'
    texts = tuple(text for _, text in _decoded(file, Labelled, example))
    if len({text.label for text in texts}) < 2:
        raise RequestError(
            "file.one_label", f"{file} has fewer than two labels.", "Nothing can be told apart."
        )
    return LabelledSet(file.stem, texts)


def _judgements(file: Path, documents: set[str], queries: set[str]) -> Mapping[str, Grades]:
    judged: dict[str, dict[str, int]] = {}
    for number, line in _lines(file):
        cells = line.split("\t")
        if number == 1 and cells[0].strip().lower() in ("query", "query-id"):
            continue
        grade = _number(cells[-1])
        if len(cells) != 3 or grade is None or not grade.is_integer():
            raise _wrong(file, number, "query, document and grade, apart by tabs, such as q1⇥d1⇥1")
        query, document = cells[0], cells[1]
        if query not in queries:
            raise _wrong(file, number, f"a query of {QUERIES}; there is none called {query!r}")
        if document not in documents:
            raise _wrong(file, number, f"a document of {CORPUS}; there is none called {document!r}")
        judged.setdefault(query, {})[document] = int(grade)
    if not any(grade > 0 for grades in judged.values() for grade in grades.values()):
        raise _empty(file)
    return judged


def _objects(file: Path, kind: type[T], expected: str) -> tuple[T, ...]:
    """The objects of a file, each with an `id` of its own."""
    seen: set[str] = set()
    found: list[T] = []
    for number, value in _decoded(file, kind, expected):
        key = str(getattr(value, "id", ""))
        if key in seen:
            raise _wrong(file, number, f"an id of its own; {key!r} is there already")
        seen.add(key)
        found.append(value)
    return _some(file, found)


def _decoded(file: Path, kind: type[T], expected: str) -> Iterator[tuple[int, T]]:
    decoder = msgspec.json.Decoder(kind)
    for number, line in _lines(file):
        try:
            yield number, decoder.decode(line)
        except msgspec.MsgspecError as error:
            raise _wrong(file, number, f"{expected} ({error})") from error


def _lines(file: Path) -> Iterator[tuple[int, str]]:
    """Line numbers, from 1, and lines that are not blank."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise RequestError("file.not_utf8", f"{file} is not UTF-8.", "Convert it first.") from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise RequestError("file.cannot_read", f"Cannot read {file}: {reason}.") from error
    # Not splitlines: sentences may hold other line separators.
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield number, line


def _number(cell: str) -> float | None:
    try:
        value = float(cell)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _some(file: Path, values: list[T]) -> tuple[T, ...]:
    if not values:
        raise _empty(file)
    return tuple(values)


def _empty(file: Path) -> RequestError:
    return RequestError("file.empty", f"There is nothing to measure with in {file}.")


def _wrong(file: Path, number: int, expected: str) -> RequestError:
    return RequestError(
        "file.wrong_line",
        f"Line {number} of {file} is not what was expected.",
        f"Here: {expected}.",
    )

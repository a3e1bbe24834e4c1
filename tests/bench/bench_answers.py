"""Answers that need no model: what they cover, what they refuse, and whether the source is there.

    python tests/bench/bench_answers.py [--data FOLDER] [--questions 200] [--fit]

For each set (Korean: korquad-a, English: xquad-en-a) half of the articles make a vault. Questions
about them are answerable; questions about the other half are not, though of the same kind. Both are
halved again, by article: `--fit` draws the score of coverage from one half, the other is measured.
Then all passages make a vault, and the source of each answer is looked for among those shown.
"""

import argparse
import os
import random
import tempfile
import time
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from notesai.answers.answerer import look_up
from notesai.answers.coverage import Bearing, bearings, weights
from notesai.answers.likeness import Likeness
from notesai.answers.retrieval import retrieve
from notesai.embedding.base import Embedder
from notesai.embedding.catalog import open_embedder
from notesai.evaluation.datasets import Document, read_retrieval
from notesai.index.embedding import embed_pending
from notesai.index.indexer import Indexer
from notesai.index.store import Store
from notesai.model import AnswerKind, Scope
from notesai.notes.ignore import IgnoreRules
from notesai.progress import Silent

SETS = {"ko": "korquad-a", "en": "xquad-en-a"}
HERE = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "eval" / "retrieval"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, the documents that answer it, and which half its article is in."""

    text: str
    gold: frozenset[str]
    answerable: bool
    measured: bool


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=HERE)
    parser.add_argument("--questions", type=int, default=200, help="of each kind and language")
    parser.add_argument("--fit", action="store_true")
    arguments = parser.parse_args()
    os.environ["NOTESAI_HOME"] = tempfile.mkdtemp(prefix="notesai-bench-")
    embedder = open_embedder()
    rows: list[tuple[Asked, list[Bearing]]] = []
    print(f"{'':28}{'not covered, of unanswerable':>32}{'refused, of answerable':>26}")
    for language, name in SETS.items():
        documents, asked = questions(arguments.data / name, arguments.questions)
        inside = [document for document in documents if within(document.title)]
        with indexed(inside, embedder) as store:
            if arguments.fit:
                rows += [(one, borne(store, embedder, one.text)) for one in asked]
            told = [(one, refused(store, embedder, one.text)) for one in asked]
        for half, measured in (("measured half", True), ("half calibrated on", False)):
            of = [(one, no) for one, no in told if one.measured is measured]
            print(f"{language}, {half:24}{share(of, False):>32}{share(of, True):>26}")
        with indexed(documents, embedder) as store:
            sources(store, embedder, language, [one for one in asked if one.answerable])
    if arguments.fit:
        fit([(one, found) for one, found in rows if not one.measured])


def questions(folder: Path, many: int) -> tuple[Sequence[Document], list[Asked]]:
    """The documents of a set, and `many` questions about those inside and as many about others."""
    found = read_retrieval(folder)
    titles = {document.id: document.title for document in found.documents}
    every = list(found.queries)
    random.Random(7).shuffle(every)
    asked: list[Asked] = []
    for query in every:
        gold = frozenset(d for d, grade in found.judged.get(query.id, {}).items() if grade > 0)
        title = titles[min(gold)]
        one = Asked(query.text, gold, within(title), halved(title))
        if sum(other.answerable is one.answerable for other in asked) < many:
            asked.append(one)
    return found.documents, asked


def within(title: str) -> bool:
    return zlib.crc32(title.encode()) % 2 == 0


def halved(title: str) -> bool:
    return zlib.crc32(title.encode()) // 2 % 2 == 0


@contextmanager
def indexed(documents: Sequence[Document], embedder: Embedder) -> Iterator[Store]:
    """An index of these documents, each a note of its own, named by its id."""
    with tempfile.TemporaryDirectory(prefix="notesai-bench-") as name:
        folder = Path(name) / "notes"
        folder.mkdir()
        for document in documents:
            title = document.title.replace("_", " ")
            (folder / f"{document.id}.md").write_text(f"# {title}\n\n{document.text}\n", "utf-8")
        store = Store.open(str(Path(name) / "index"), embedder.card, create=True)
        indexer = Indexer(folder, store, embedder, IgnoreRules(()), max_bytes=1 << 30)
        indexer.reconcile(Silent())
        embed_pending(store, embedder, Silent())
        store.optimise()
        yield store


def refused(store: Store, embedder: Embedder, question: str) -> bool:
    return look_up(store, embedder, question).quoted.kind is AnswerKind.NOT_COVERED


def borne(store: Store, embedder: Embedder, question: str) -> list[Bearing]:
    found = retrieve(store, embedder, question, Scope())
    return bearings(question, weights(store, question), found, Likeness(embedder))


def share(of: Sequence[tuple[Asked, bool]], answerable: bool) -> str:
    kind = [no for one, no in of if one.answerable is answerable]
    return f"{100 * sum(kind) / max(1, len(kind)):.1f}% of {len(kind)}"


def sources(store: Store, embedder: Embedder, language: str, asked: Sequence[Asked]) -> None:
    held, shown, times = 0, 0, []
    for one in asked:
        started = time.perf_counter()
        answer = look_up(store, embedder, one.text).quoted
        times.append(time.perf_counter() - started)
        named = {Path(citation.path).stem for citation in answer.citations}
        held += answer.kind is AnswerKind.EXTRACTIVE and not named.isdisjoint(one.gold)
        shown += len(named)
    print(
        f"{language}, all passages: the source is among those quoted for "
        f"{100 * held / len(asked):.1f}% of {len(asked)} questions; {shown / len(asked):.1f} notes "
        f"an answer, {1000 * float(np.median(times)):.0f} ms (median)"
    )


def fit(chosen: Sequence[tuple[Asked, list[Bearing]]]) -> None:
    """Logistic regression over the best passage of each question, with and without meaning."""
    labels = np.array([float(one.answerable) for one, _ in chosen])
    full = np.array([features(found) for _, found in chosen])
    for names, columns in (
        ("WORDS, SENTENCE, MEANING, LEAST", (0, 1, 2)),
        ("WORDS_ALONE, SENTENCE_ALONE, LEAST_ALONE", (0, 1)),
    ):
        table = np.column_stack([full[:, columns], np.ones(len(full))])
        found = np.zeros(table.shape[1])
        for _ in range(30_000):
            guess = 1 / (1 + np.exp(-table @ found))
            pull = 0.002 * found * [*[1] * len(columns), 0]
            found -= 0.3 * (table.T @ (guess - labels) / len(labels) + pull)
        found[-1] *= -1
        print(names, "=", ", ".join(f"{value:.1f}" for value in found))


def features(found: Sequence[Bearing]) -> tuple[float, float, float]:
    """Of the passage that bears most on the question."""
    if not found:
        return 0.0, 0.0, 0.0
    best = max(found, key=lambda bearing: bearing.score)
    words = max((sentence.words for sentence in best.sentences), default=0.0)
    meaning = max((sentence.meaning or 0.0 for sentence in best.sentences), default=0.0)
    return best.words, words, meaning


if __name__ == "__main__":
    main()

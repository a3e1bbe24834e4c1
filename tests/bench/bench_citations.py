"""How well the check of citations tells what passages bear from what they do not.

    python tests/bench/bench_citations.py [--wrong] [--fit]

The sentences are those of tests/answers_set, with the bundled model. Thresholds were chosen on half
of the topics; the other half is measured. `--wrong` prints what was judged wrongly, `--fit` draws
the line anew from the first half.
"""

import argparse
import sys
import time
from collections.abc import Iterable
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from citation_set import Case, cases

from notesai.answers.evidence import Sentence, Source, Support
from notesai.answers.likeness import Likeness
from notesai.answers.verify import check
from notesai.embedding.base import Embedder
from notesai.embedding.catalog import open_embedder
from notesai.model import SentenceCheck, Verdict

Judged = list[tuple[Case, SentenceCheck]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wrong", action="store_true")
    parser.add_argument("--fit", action="store_true")
    arguments = parser.parse_args()
    embedder, every = open_embedder(), list(cases())
    if arguments.fit:
        fit([case for case in every if case.half == 0], embedder)
    started = time.process_time()
    judged: Judged = [(case, check(case.answer, case.passages, embedder)[0]) for case in every]
    spent = time.process_time() - started
    print(f"{len(every)} sentences, {1000 * spent / len(every):.0f} ms of processor time each\n")
    print(f'{"":34}{"sentences":>10}{"precision":>11}{"recall":>8}   of "unsupported"')
    row("measured half", [pair for pair in judged if pair[0].half == 1])
    row("half that thresholds come from", [pair for pair in judged if pair[0].half == 0])
    row("all", judged)
    for language in ("ko", "en"):
        row(f"all, {language}", [pair for pair in judged if pair[0].language == language])
        half = [p for p in judged if p[0].language == language and p[0].half == 1]
        row(f"measured half, {language}", half)
    print(f"\n{'judged rightly, by kind':34}{'measured half':>16}{'all':>14}")
    for kind in dict.fromkeys(case.kind for case in every):
        of = [pair for pair in judged if pair[0].kind == kind]
        print(f"{kind:34}{right(p for p in of if p[0].half):>16}{right(of):>14}")
    reasons = [
        (c.kind, found.reason) for c, found in judged if c.kind in ("number", "name", "source")
    ]
    same = sum(kind == reason for kind, reason in reasons)
    print(f"\nthe reason given is the one it was made with: {same} of {len(reasons)}")
    if arguments.wrong:
        for case, found in judged:
            if is_wrong(case, found):
                print(
                    f"{case.language} {case.kind:10} {found.verdict} {found.reason} | {case.text}"
                )


def row(name: str, judged: Judged) -> None:
    hits = sum(marked(found) and not case.supported for case, found in judged)
    said = sum(marked(found) for _, found in judged)
    true = sum(not case.supported for case, _ in judged)
    precision, recall = hits / max(1, said), hits / max(1, true)
    print(f"{name:34}{len(judged):>10}{precision:>11.3f}{recall:>8.3f}")


def right(judged: Iterable[tuple[Case, SentenceCheck]]) -> str:
    of = list(judged)
    return f"{sum(not is_wrong(*pair) for pair in of)} of {len(of)}"


def marked(found: SentenceCheck) -> bool:
    return found.verdict is Verdict.UNSUPPORTED


def is_wrong(case: Case, found: SentenceCheck) -> bool:
    return marked(found) is case.supported


def fit(chosen: list[Case], embedder: Embedder) -> None:
    """Logistic regression, with a little pull towards 0, of what no rule decides."""
    likeness = Likeness(embedder)
    rows: list[tuple[float, float, float]] = []
    labels: list[float] = []
    for case in chosen:
        found = support(case, likeness)
        if not (
            found.foreign or found.numbers_missing or found.names_missing or found.contradicted
        ):
            rows.append((found.words, found.meaning or 0.0, min(0.0, found.ahead)))
            labels.append(float(case.supported))
    table = np.column_stack([np.array(rows), np.ones(len(rows))])
    weights = np.zeros(4)
    for _ in range(20_000):
        guess = 1 / (1 + np.exp(-table @ weights))
        weights -= 0.05 * (table.T @ (guess - labels) / len(labels) + 0.01 * weights * [1, 1, 1, 0])
    words, meaning, behind, least = weights
    print(
        f"WORDS, MEANING, BEHIND, LEAST = {words:.1f}, {meaning:.1f}, {behind:.1f}, {-least:.1f}\n"
    )


def support(case: Case, likeness: Likeness) -> Support:
    sources = [Source(passage, likeness) for passage in case.passages]
    cited = [source for source in sources if source.passage.n in case.cites]
    others = [source for source in sources if source.passage.n not in case.cites]
    return Sentence(case.text, likeness).support(cited, others)


if __name__ == "__main__":
    main()

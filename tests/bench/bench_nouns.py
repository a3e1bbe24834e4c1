"""Korean nouns of notes, beside those that kiwipiepy finds; labels of the same clusters by both.

    python tests/bench/bench_nouns.py FOLDER|SET.jsonl … [--labels 20]

kiwipiepy is of the dependency group `baselines`. Its nouns are put together as notesai has them:
those that touch are one word. Labels: clusters of vectors of 500 characters of each note.
"""

import argparse
import re
import resource
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from unittest.mock import patch

import numpy as np

from notesai.embedding.catalog import open_embedder
from notesai.evaluation.datasets import read_labelled
from notesai.evaluation.sentences import embed
from notesai.maps import labels
from notesai.maps.clustering import NEIGHBOURS, grouped
from notesai.maps.labels import Aboutness, Said, Vocabulary, terms_of, vocabulary
from notesai.maps.neighbours import nearest
from notesai.maps.plain_words import KOREAN
from notesai.maps.process import beginning
from notesai.maps.words import Word
from notesai.progress import Silent

NOUNS = frozenset({"NNG", "NNP", "SL", "XPN"})
HANGUL = re.compile("[가-힣]")
FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
MOST, SEEN, SAMPLED = 4000, 500, 40


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sources", nargs="+", type=Path)
    parser.add_argument("--labels", type=int, default=20)
    options = parser.parse_args()
    for source in options.sources:
        compare(source, options.labels)


def compare(source: Path, most: int) -> None:
    notes = read(source)
    model = open_embedder()
    vectors = embed(model, [f"{n.title}\n{n.text}"[:SEEN] for n in notes], Silent())
    found = grouped(nearest(vectors, NEIGHBOURS, Silent()), Silent()).topics
    topics, middles = [], []
    for topic in range(int(found.max()) + 1):
        rows = np.flatnonzero(found == topic)
        middle = vectors[rows].mean(axis=0)
        topics.append(rows[np.argsort(-(vectors[rows] @ middle), kind="stable")[:SAMPLED]])
        middles.append(middle - vectors.mean(axis=0))
    chosen = sorted({int(row) for rows in topics for row in rows})
    place = {row: at for at, row in enumerate(chosen)}
    members = [[place[int(row)] for row in rows] for rows in topics]
    some = [notes[row] for row in chosen]
    print(f"\n{source.name}: {len(notes):,} texts, {len(some):,} of them in {len(topics)} clusters")
    ours = timed("notesai", some)
    with patch.multiple(
        labels,
        written=lambda text: [text],
        Nouns=Kiwis,
        korean_words=lambda texts, k: k.words(texts),
    ):
        theirs = timed("kiwipiepy", some)
    agreement(ours, theirs)

    def vectors_of(words: Sequence[str]) -> np.ndarray:
        return embed(model, list(words), Silent())

    about = Aboutness(vectors_of, np.array(middles, np.float32))
    both = [[terms[:3] for terms in terms_of(words, members, about)] for words in (ours, theirs)]
    same = sum(len({*a} & {*b}) for a, b in zip(*both, strict=True))
    print(f"labels: {same} of {sum(map(len, both[1]))} words are the same")
    for a, b in list(zip(*both, strict=True))[:most]:
        print(f"  {' · '.join(a):<40}  {' · '.join(b)}")


def read(source: Path) -> list[Said]:
    if source.is_file():
        return [Said("", text.text) for text in read_labelled(source).texts]
    files = sorted(file for file in source.rglob("*.md") if ".git" not in file.parts)
    texts = (FRONT_MATTER.sub("", file.read_text(errors="replace")) for file in files)
    return [Said(file.stem, beginning(text, MOST)) for file, text in zip(files, texts, strict=True)]


def timed(name: str, notes: Sequence[Said]) -> Vocabulary:
    before, started = peak(), time.process_time()
    found = vocabulary(notes, Silent())
    print(
        f"{name:<10} {time.process_time() - started:6.2f} s of computing,"
        f" {peak() - before:4.0f} MB more memory"
    )
    return found


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def agreement(ours: Vocabulary, theirs: Vocabulary) -> None:
    pairs = [
        ({w for w in a if HANGUL.search(w)}, {w for w in b if HANGUL.search(w)})
        for a, b in zip(ours.of_notes, theirs.of_notes, strict=True)
    ]
    both = sum(len(a & b) for a, b in pairs)
    print(
        f"nouns by note: precision {both / max(1, sum(len(a) for a, _ in pairs)):.3f},"
        f" recall {both / max(1, sum(len(b) for _, b in pairs)):.3f}"
    )


class Kiwis:
    """Nouns as kiwipiepy finds them in whole texts; what it is made with is not looked at."""

    def __init__(self, *_: object) -> None:
        from kiwipiepy import Kiwi

        self._kiwi = Kiwi(num_workers=1)

    def words(self, texts: Sequence[str]) -> Iterator[Word]:
        for text in texts:
            run: list = []
            for token in self._kiwi.tokenize(text):
                if run and (token.start != run[-1].end or token.tag not in NOUNS | {"XSN"}):
                    yield from whole(run, token)
                    run = []
                if token.tag in NOUNS or (run and token.tag == "XSN"):
                    run.append(token)
            yield from whole(run, None)


def whole(run: list, after: object) -> Iterator[Word]:
    if run and run[-1].tag == "XSN" and run[-1].form == "들":
        run = run[:-1]
    form = "".join(token.form for token in run)
    hangs = bool(run) and getattr(after, "start", -1) == run[-1].end
    part = hangs and getattr(after, "tag", "") in ("XSA", "XR", "SN")
    said = HANGUL.search(form) and 1 < len(form) <= 24 and len(run) <= 4
    if said and not part and form not in KOREAN and form[-1] != "적":
        yield Word(form, form)


if __name__ == "__main__":
    main()

"""Vectors of sentences and short texts: how similar, which is the translation, which group."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np

from notesai.embedding.base import Embedder, Vectors
from notesai.errors import RequestError
from notesai.evaluation.agreement import spearman, v_measure
from notesai.evaluation.datasets import LabelledSet, PairSet
from notesai.evaluation.kmeans import kmeans
from notesai.evaluation.report import ClusterRow, SimilarityRow, TranslationRow
from notesai.maps.clustering import NEIGHBOURS, NOISE, grouped
from notesai.maps.neighbours import nearest
from notesai.progress import Progress

BATCH = 256


def similarity(embedder: Embedder, pairs: PairSet, progress: Progress) -> SimilarityRow:
    """Spearman's correlation of the cosines of both sentences with people's scores."""
    texts = [text for pair in pairs.pairs for text in (pair.a, pair.b)]
    vectors = embed(embedder, texts, progress)
    cosines = np.einsum("ij,ij->i", vectors[0::2], vectors[1::2])
    found = spearman(cosines, [pair.score for pair in pairs.pairs])
    value = None if np.isnan(found) else found
    return SimilarityRow(embedder.card.id, pairs.name, len(pairs.pairs), value)


def translation(
    embedder: Embedder, source: PairSet, target: PairSet, progress: Progress
) -> TranslationRow:
    """How often the nearest sentence of `target` is the translation, for those of `source`.

    Row n of one set is the translation of row n of the other. Each distinct sentence of `source`
    asks once, all distinct sentences of `target` are candidates, and each that stands opposite the
    same sentence in any row is right. Raises `RequestError` (`eval.not_parallel`) if the sets
    differ in length.
    """
    partners = _partners(source, target)
    asked = list(partners)
    candidates = list(dict.fromkeys(text for texts in partners.values() for text in texts))
    found = _nearest(embed(embedder, asked, progress), embed(embedder, candidates, progress))
    right = sum(candidates[best] in partners[text] for text, best in zip(asked, found, strict=True))
    return TranslationRow(
        model=embedder.card.id,
        source=source.name,
        target=target.name,
        sentences=len(asked),
        candidates=len(candidates),
        recall_1=right / len(asked),
    )


def clustering(
    embedder: Embedder, labelled: LabelledSet, progress: Progress, *, seed: int
) -> ClusterRow:
    """V-measure of k-means with as many clusters as there are labels, and of the map's clusters."""
    labels = [text.label for text in labelled.texts]
    texts = [text.text for text in labelled.texts]
    vectors = embed(embedder, texts, progress)
    groups = len(set(labels))
    own = grouped(nearest(vectors, NEIGHBOURS, progress), progress)
    themes = own.theme_of_each
    return ClusterRow(
        model=embedder.card.id,
        set=labelled.name,
        texts=len(texts),
        labels=groups,
        v_measure=v_measure(labels, kmeans(vectors, groups, seed=seed).tolist()),
        topics=len(own.themes),
        topics_v_measure=v_measure(labels, own.topics.tolist()),
        themes=len(set(own.themes.tolist())),
        themes_v_measure=v_measure(labels, themes.tolist()),
        noise=float((themes == NOISE).mean()),
    )


def embed(embedder: Embedder, texts: Sequence[str], progress: Progress) -> Vectors:
    """Vectors of texts, at least one, shape (n, dimension), with a report after each batch."""
    parts: list[Vectors] = []
    progress.report("meaning", 0, len(texts))
    for start in range(0, len(texts), BATCH):
        parts.append(embedder.embed_documents(texts[start : start + BATCH]))
        progress.report("meaning", min(len(texts), start + BATCH), len(texts))
    return np.concatenate(parts)


def _partners(source: PairSet, target: PairSet) -> dict[str, set[str]]:
    """What stands opposite each distinct sentence of `source`."""
    if len(source.pairs) != len(target.pairs):
        raise RequestError(
            "eval.not_parallel",
            f"{source.name} has {len(source.pairs):,} lines and {target.name} "
            f"{len(target.pairs):,}: they are no translations of each other.",
            "Line n of one has to be the translation of line n of the other.",
        )
    partners: dict[str, set[str]] = defaultdict(set)
    for here, there in zip(source.pairs, target.pairs, strict=True):
        partners[here.a].add(there.a)
        partners[here.b].add(there.b)
    return partners


def _nearest(asked: Vectors, candidates: Vectors) -> Iterable[int]:
    """Index of the candidate with the highest cosine for each row of `asked`."""
    for start in range(0, len(asked), BATCH):
        yield from (asked[start : start + BATCH] @ candidates.T).argmax(axis=1).tolist()

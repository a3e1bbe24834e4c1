"""The map of the scripted engine: one theme a folder, one topic for half of each."""

import hashlib
import math

from scripted_notes import Notes, tags_of, title_of

from notesai.engine.protocol import SuggestedName
from notesai.model import (
    Cluster,
    ClusterFigures,
    Clusters,
    MapMethod,
    MapPoint,
    NoteMap,
    NoteTokens,
    SpaceFigures,
    TokenPiece,
    TokenSpan,
)

_DAY = 86_400.0
_NOW = 1_791_180_000.0


def _chance(text: str) -> float:
    """A number in 0..1 that is always the same for a text."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big") / 2**32


class Maps:
    """Maps of some notes. `acts` are those of the engine; `names` are given by a person."""

    def __init__(self, notes: Notes, acts: set[str]) -> None:
        self.notes, self.acts = notes, acts
        self.names: dict[str, str] = {}
        self.anew = 0

    def map(self, method: MapMethod) -> NoteMap:
        points = tuple(self._point(at, path, method) for at, path in enumerate(self._placed()))
        clusters = self.clusters()
        own = tuple(ClusterFigures(c.id, self._figures(c.size)) for c in clusters.clusters)
        whole = self._figures(len(points))
        changed = 0.0 if self.anew else 0.18
        return NoteMap(method, points, clusters, whole, own, changed)

    def clusters(self) -> Clusters:
        paths = self._placed()
        if "noise" in self.acts or "pile" in self.acts:
            return Clusters((), tuple(paths))
        found: list[Cluster] = []
        noise = [path for path in paths if "/" not in path]
        folders = sorted({path.partition("/")[0] for path in paths if "/" in path})
        for folder in folders:
            inside = tuple(path for path in paths if path.startswith(f"{folder}/"))
            theme = self._cluster(f"theme-{folder}", folder, inside, "")
            found.append(theme)
            half = inside[: math.ceil(len(inside) / 2)]
            found.append(self._cluster(f"topic-{folder}", f"{folder} · 1", half, theme.id))
        themes = [cluster for cluster in found if not cluster.parent]
        topics = [cluster for cluster in found if cluster.parent]
        apart = tuple(set(self.notes.texts) - set(paths))
        return Clusters((*themes, *topics), tuple(noise), apart)

    def rename(self, cluster: str, name: str) -> Clusters:
        self.names[cluster] = name
        return self.clusters()

    def suggested(self, cluster: str) -> SuggestedName:
        """A made-up name; none for "speechless" models."""
        return SuggestedName(name="" if "speechless" in self.acts else f"About {cluster}")

    def tokens(self, path: str) -> NoteTokens:
        """Words as tokens, forty to a piece, the last five again in the next one."""
        text = self.notes.texts[path]
        words = _words(text)
        pieces: list[TokenPiece] = []
        at = 0
        while at < len(words):
            part = words[at : at + 40]
            start, end = part[0][0], part[-1][1]
            spans = [TokenSpan(a - start, b - start, text[a:b]) for a, b in part]
            marks = (TokenSpan(0, 0, "[CLS]"), TokenSpan(end - start, end - start, "[SEP]"))
            overlap = part[5][0] - start if pieces and len(part) > 5 else 0
            title = title_of(path, text)
            whole = (marks[0], *spans, marks[1])
            pieces.append(TokenPiece(start, end, title, text[start:end], whole, overlap))
            if at + 40 >= len(words):
                break
            at += 35
        return NoteTokens(path, "bilingual-mini · int8", 64, tuple(pieces))

    def _placed(self) -> list[str]:
        paths = list(self.notes.texts)
        if "one" in self.acts:
            return paths[:1]
        if "two" in self.acts:
            return paths[:2]
        return [] if "unplaced" in self.acts else paths

    def _point(self, at: int, path: str, method: MapMethod) -> MapPoint:
        folder = path.partition("/")[0]
        turn = 2 * math.pi * _chance(folder)
        x = 0.6 * math.cos(turn) + 0.25 * (_chance(path + "x") - 0.5)
        y = 0.6 * math.sin(turn) + 0.25 * (_chance(path + "y") - 0.5)
        if "pile" in self.acts:
            x, y = 0.25, -0.25
        if method is MapMethod.PCA:
            x, y = y, x
        text = self.notes.texts[path]
        cluster = "" if self.clusters_of(path) is None else f"topic-{folder}"
        return MapPoint(
            path, title_of(path, text), x, y, cluster, tags_of(text), _NOW - at * 3 * _DAY
        )

    def clusters_of(self, path: str) -> str | None:
        if "/" not in path or self.acts & {"noise", "pile"}:
            return None
        return path.partition("/")[0]

    def _cluster(self, number: str, label: str, notes: tuple[str, ...], parent: str) -> Cluster:
        name = self.names.get(number, "")
        terms = (label, "낱말", "word")
        return Cluster(
            number, name or label, terms, len(notes), parent, notes, notes[:2], bool(name)
        )

    def _figures(self, count: int) -> SpaceFigures:
        return SpaceFigures(count, 0.42, 0.31, count // 6, count // 4)


def _words(text: str) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    at = 0
    for word in text.split():
        at = text.index(word, at)
        spans.append((at, at + len(word)))
        at += len(word)
    return spans

"""The notes of the scripted engine, and a search in them that needs no model."""

from pathlib import Path

from notesai.engine.protocol import NoteTitle, NoteTitles
from notesai.model import (
    Hit,
    Neighbour,
    NoteContent,
    NoteStatus,
    Passage,
    PassagePair,
    SavedNote,
    SearchMode,
    SearchResult,
    SimilarResult,
)

VAULT = Path(__file__).resolve().parent / "vault"
_NEWEST = (
    "프로젝트/notesai/인덱스.md",
    "reading/ddia-notes.md",
    "ml/벡터DB.md",
    "ml/sbert.md",
    "journal/2026-10-02.md",
)
_NOW_NS = 1_791_180_000 * 10**9
_HOUR_NS = 3600 * 10**9


def title_of(path: str, text: str) -> str:
    """The first heading, else the file's name."""
    for line in text.splitlines():
        if line.startswith("# "):
            return line[2:].strip()
    return Path(path).stem


def tags_of(text: str) -> tuple[str, ...]:
    for line in text.splitlines()[:5]:
        if line.startswith("tags: ["):
            return tuple(tag.strip() for tag in line[7:-1].split(","))
    return ()


def passages_of(text: str) -> list[tuple[int, int]]:
    """Offsets of the paragraphs after the front matter."""
    start = text.find("\n---\n") + 5 if text.startswith("---") else 0
    spans: list[tuple[int, int]] = []
    while start < len(text):
        end = text.find("\n\n", start)
        end = len(text) if end < 0 else end
        if text[start:end].strip() and not text[start:end].lstrip().startswith("#"):
            spans.append((start, end))
        start = end + 2
    return spans


def pieces(text: str) -> set[str]:
    """Overlapping pairs of letters, a stand-in for meaning."""
    letters = "".join(char for char in text.casefold() if char.isalnum())
    return {letters[at : at + 2] for at in range(len(letters) - 1)}


def likeness(a: set[str], b: set[str]) -> float:
    return len(a & b) / (len(a | b) or 1)


class Notes:
    """Texts by path."""

    def __init__(self, texts: dict[str, str]) -> None:
        self.texts = texts

    def __len__(self) -> int:
        return len(self.texts)

    def found(
        self, query: str, mode: SearchMode, pending: int, within: tuple[str, ...] = ()
    ) -> SearchResult:
        words = [word for word in query.casefold().split() if word]
        tag = query.removeprefix("tag:") if query.startswith("tag:") else ""
        hits: list[Hit] = []
        for path, text in self.texts.items():
            hit = self.hit(path, text, words, mode)
            if tag:
                hit = self.hit(path, text, [], mode) if tag in tags_of(text) else None
            if hit is not None and (not within or path in within):
                hits.append(hit)
        hits.sort(key=lambda hit: -hit.score)
        return SearchResult(query=query, milliseconds=18.2, hits=tuple(hits[:20]), pending=pending)

    def hit(self, path: str, text: str, words: list[str], mode: SearchMode) -> Hit | None:
        title = title_of(path, text)
        passages = [self.passage(text, start, end, words) for start, end in passages_of(text)]
        passages.sort(key=lambda passage: -passage.score)
        why: list[str] = []
        score = passages[0].score if passages else 0.0
        score += 0.6 * sum(bool(passage.highlights) for passage in passages)
        if any(word in title.casefold() for word in words):
            why.append("title")
            score += 1
        if passages and passages[0].highlights:
            why.append("words")
        meaning = likeness(pieces(" ".join(words)), pieces(text))
        if mode is not SearchMode.LEXICAL and (meaning > 0.012 or not words):
            why.append("meaning")
            score += 3 * meaning
        if mode is SearchMode.SEMANTIC:
            why = [reason for reason in why if reason == "meaning"]
        best = tuple(passage for passage in passages[:3] if passage.highlights) or passages[:1]
        return Hit(path, title, score, tuple(best), tuple(why)) if why else None

    def passage(self, text: str, start: int, end: int, words: list[str]) -> Passage:
        piece = text[start:end]
        marks: list[tuple[int, int]] = []
        for word in words:
            stem = word.rstrip("를을이가은는의") if len(word) > 2 else word
            at = piece.casefold().find(stem)
            while at >= 0:
                marks.append((at, at + len(stem)))
                at = piece.casefold().find(stem, at + len(stem))
        line = text.count("\n", 0, start) + 1
        return Passage("", line, start, end, piece, float(len(marks)), tuple(sorted(marks)))

    def read(self, path: str) -> NoteContent:
        text = self.texts[path]
        return NoteContent(path, title_of(path, text), text, tags_of(text), NoteStatus.INDEXED, "")

    def create(self, folder: str, title: str) -> SavedNote:
        path = f"{folder}/{title}.md" if folder else f"{title}.md"
        return self.save(path, f"# {title}\n\n")

    def save(self, path: str, text: str) -> SavedNote:
        self.texts[path] = text
        return SavedNote(path, str(len(text)))

    def similar(self, path: str, k: int) -> SimilarResult:
        here = self.texts[path]
        neighbours: list[Neighbour] = []
        for other, text in self.texts.items():
            if other == path:
                continue
            pairs = self.pairs(here, text)
            linked = title_of(other, text) in here or title_of(path, here) in text
            score = min(0.95, 0.35 + 3 * likeness(pieces(here), pieces(text)) + 0.25 * linked)
            neighbours.append(Neighbour(other, title_of(other, text), score, pairs, linked))
        neighbours.sort(key=lambda neighbour: -neighbour.score)
        return SimilarResult(path, tuple(n for n in neighbours[:k] if n.score > 0.4)[:6])

    def pairs(self, here: str, there: str) -> tuple[PassagePair, ...]:
        best: PassagePair | None = None
        for a in passages_of(here):
            for b in passages_of(there):
                score = likeness(pieces(here[a[0] : a[1]]), pieces(there[b[0] : b[1]]))
                if best is None or score > best.score:
                    left = self.passage(here, *a, [])
                    best = PassagePair(left, self.passage(there, *b, []), score)
        return (best,) if best else ()

    def titles(self) -> NoteTitles:
        notes = [
            NoteTitle(path=path, title=title_of(path, text), mtime_ns=_NOW_NS - at * 7 * _HOUR_NS)
            for at, (path, text) in enumerate(self.texts.items())
        ]
        return NoteTitles(notes=tuple(sorted(notes, key=lambda note: note.path)))


def of_vault() -> Notes:
    """The notes of the folder beside this file, those that were changed last first."""
    paths = [path.relative_to(VAULT).as_posix() for path in sorted(VAULT.rglob("*.md"))]
    paths.sort(key=lambda path: (path not in _NEWEST, path not in _NEWEST or _NEWEST.index(path)))
    return Notes({path: (VAULT / path).read_text(encoding="utf-8") for path in paths})


def many(count: int) -> Notes:
    """As many short notes, in folders."""
    texts = {
        f"folder {at % 100:02}/sub {at % 7}/노트 {at}.md": f"# 노트 {at}\n\n본문 {at} body.\n"
        for at in range(count)
    }
    return Notes(texts)

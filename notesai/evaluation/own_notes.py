"""Sets made of a person's own notes, which need no labels.

What is asked for is taken out of what is to be found: a note's title from the note, a heading from
its section, the links from the notes that they join. So a model earns nothing by reading it back.
"""

import posixpath
import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from notesai.errors import NotesaiError, RequestError
from notesai.evaluation.datasets import Document, Query, RetrievalSet
from notesai.model import Note, NoteStatus
from notesai.notes.blocks import Block, Kind
from notesai.notes.language import language_of
from notesai.notes.markdown import Document as Parsed
from notesai.notes.markdown import parse

TITLES = "title → note"
HEADINGS = "heading → passage"
LINKS = "linked notes"

LEAST = 80
"""Characters that a text must have left to be looked for."""

MOST = 3000
"""Characters of a note or section that take part: books must not make the evaluation endless."""

HUB = 20
"""Links from which a note is a list of others, which says nothing of what it is about."""

LOOKED_AT = 4
"""Notes that are read for each one wanted, as some turn out to be empty."""

_LINKS = re.compile(
    r"!?\[\[[^\[\]\n]+\]\]"
    r"|!?\[[^\[\]\n]*\]\((?:<[^<>\n]*>|[^()\n]*(?:\([^()\n]*\)[^()\n]*)*)\)"
    r"|^[ \t]*\[[^\[\]\n]+\]:[^\n]*$",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class OwnNotes:
    """The notes of an index and how to read one: its decoded text by its path."""

    notes: Sequence[Note]
    read: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class _Read:
    note: Note
    text: str
    parsed: Parsed


def from_titles(own: OwnNotes, *, sample: int, seed: int) -> RetrievalSet:
    """A title asks for its note, which has neither its title nor a heading that repeats it."""
    documents: list[Document] = []
    queries: list[Query] = []
    titles = Counter(_folded(note.title) for note in _indexed(own))
    for found in _sampled(own, sample, seed):
        title = found.note.title
        text = _bare(found)
        if titles[_folded(title)] == 1 and language_of(title) and len(text) >= LEAST:
            documents.append(Document(found.note.path, text[:MOST]))
            queries.append(Query(found.note.path, title))
        if len(documents) == sample:
            break
    return _one_to_one(TITLES, documents, queries)


def from_headings(own: OwnNotes, *, sample: int, seed: int) -> RetrievalSet:
    """A heading asks for the text right below it, up to the next one, without the heading."""
    sections: list[tuple[str, Document]] = []
    for found in _sampled(own, sample, seed):
        for number, (heading, text) in enumerate(_sections(found)):
            if _folded(heading) != _folded(found.note.title) and len(text) >= LEAST:
                sections.append((heading, Document(f"{found.note.path}#{number}", text[:MOST])))
        if len(sections) >= sample * LOOKED_AT:
            break
    headings = Counter(_folded(heading) for heading, _ in sections)
    told = [(h, d) for h, d in sections if headings[_folded(h)] == 1 and language_of(h)]
    chosen = random.Random(seed).sample(told, min(sample, len(told)))
    documents = [document for _, document in chosen]
    return _one_to_one(HEADINGS, documents, [Query(d.id, heading) for heading, d in chosen])


def from_links(own: OwnNotes, *, sample: int, seed: int) -> RetrievalSet:
    """A note asks for those that it links to or that link to it; no text of a link is left.

    The ids of queries are those of documents. Notes with more than `HUB` links do not ask.
    """
    partners = _linked(_indexed(own))
    notes = {note.path: note for note in _indexed(own)}
    documents: dict[str, Document] = {}
    for path in _joined(partners, sample, seed):
        found = _read(own, notes[path])
        text = _LINKS.sub(" ", _body(found)) if found is not None else ""
        if len(text.strip()) >= LEAST:
            documents[path] = Document(path, text.strip()[:MOST], notes[path].title)
        if len(documents) == sample:
            break
    judged = {path: dict.fromkeys(partners[path] & documents.keys(), 1) for path in documents}
    judged = {path: grades for path, grades in judged.items() if grades}
    queries = tuple(Query(path, notes[path].title) for path in judged)
    return RetrievalSet(LINKS, tuple(documents.values()), queries, judged)


def own_sets(own: OwnNotes, *, sample: int, seed: int) -> tuple[RetrievalSet, ...]:
    """The three sets; those of fewer than two queries are left out.

    Raises `RequestError` (`eval.too_few_notes`) if none is left.
    """
    made = (
        make(own, sample=sample, seed=seed) for make in (from_titles, from_headings, from_links)
    )
    found = tuple(one for one in made if len(one.judged) > 1)
    if not found:
        raise RequestError(
            "eval.too_few_notes",
            "There are too few notes with text in this folder to measure anything.",
            "Run `notesai index` if the folder has more notes than the index.",
        )
    return found


def _one_to_one(name: str, documents: list[Document], queries: list[Query]) -> RetrievalSet:
    judged = {query.id: {query.id: 1} for query in queries}
    return RetrievalSet(name, tuple(documents), tuple(queries), judged)


def _indexed(own: OwnNotes) -> list[Note]:
    return [note for note in own.notes if note.status is NoteStatus.INDEXED and note.n_chunks]


def _sampled(own: OwnNotes, sample: int, seed: int) -> Iterator[_Read]:
    """Notes in random order, read as they are asked for."""
    notes = sorted(_indexed(own), key=lambda note: note.path)
    wanted = random.Random(seed).sample(notes, min(len(notes), sample * LOOKED_AT))
    for note in wanted:
        found = _read(own, note)
        if found is not None:
            yield found


def _read(own: OwnNotes, note: Note) -> _Read | None:
    """The note as it is on disk now; None if it is gone or no text any more."""
    try:
        text = own.read(note.path)
    except NotesaiError:
        return None
    return _Read(note, text, parse(text, note.path))


def _body(found: _Read) -> str:
    """The text without front matter."""
    blocks = found.parsed.blocks
    return found.text[blocks[0].start :] if blocks else ""


def _bare(found: _Read) -> str:
    """The text without front matter, opening title and headings that repeat the title."""
    title = _folded(found.note.title)
    pieces: list[str] = []
    for number, (block, piece) in enumerate(_pieces(found)):
        opening = number == 0 and block.kind is Kind.HEADING and block.level == 1
        repeats = block.kind is Kind.HEADING and _folded(block.heading) == title
        if not opening and not repeats:
            pieces.append(piece)
    return "".join(pieces).strip()


def _sections(found: _Read) -> Iterator[tuple[str, str]]:
    """Headings and the text below each, up to the next heading of any level."""
    heading, pieces = "", list[str]()
    for block, piece in _pieces(found):
        if block.kind is Kind.HEADING:
            if heading:
                yield heading, "".join(pieces).strip()
            heading, pieces = block.heading, []
        else:
            pieces.append(piece)
    if heading:
        yield heading, "".join(pieces).strip()


def _pieces(found: _Read) -> Iterator[tuple[Block, str]]:
    """Blocks and their text, with what stands between them and the next one."""
    blocks = found.parsed.blocks
    ends = [block.start for block in blocks[1:]] + [len(found.text)]
    for block, end in zip(blocks, ends, strict=True):
        yield block, found.text[block.start : end]


def _joined(partners: dict[str, set[str]], sample: int, seed: int) -> list[str]:
    """Paths so ordered that those which link to each other stand together."""
    asking = sorted(path for path, others in partners.items() if len(others) <= HUB)
    random.Random(seed).shuffle(asking)
    paths: dict[str, None] = {}
    for path in asking:
        paths |= dict.fromkeys([path, *sorted(partners[path])])
        if len(paths) > sample * LOOKED_AT:
            break
    return [path for path in paths if len(partners[path]) <= HUB]


def _linked(notes: Sequence[Note]) -> dict[str, set[str]]:
    """For each path those of the notes that it links to or that link to it."""
    names = _names(notes)
    partners: dict[str, set[str]] = defaultdict(set)
    for note in notes:
        for link in note.links:
            other = _target(note, link, names)
            if other and other != note.path:
                partners[note.path].add(other)
                partners[other].add(note.path)
    return partners


def _names(notes: Sequence[Note]) -> dict[str, str]:
    """Paths by all names that a link may use for them; a name of several notes means none."""
    found: dict[str, str | None] = {}
    for note in notes:
        path = PurePosixPath(note.path)
        bare = str(path.with_suffix(""))
        for name in {note.path, bare, path.stem, note.title}:
            key = _folded(name)
            found[key] = note.path if found.get(key, note.path) == note.path else None
    return {name: path for name, path in found.items() if path is not None}


def _target(note: Note, link: str, names: dict[str, str]) -> str | None:
    relative = posixpath.normpath(posixpath.join(posixpath.dirname(note.path), link))
    for name in (relative, link, link.removesuffix(".md")):
        path = names.get(_folded(name.lstrip("/")))
        if path is not None:
            return path
    return None


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()

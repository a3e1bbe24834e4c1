"""From the bytes of a note to all that the index keeps of it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from notesai.model import Chunk
from notesai.notes.blocks import Kind, plain
from notesai.notes.chunking import CRUMB, TARGET, chunk
from notesai.notes.documents.kinds import has_pages
from notesai.notes.formats import decode
from notesai.notes.hashing import content_hash
from notesai.notes.language import language_of
from notesai.notes.markdown import Document, parse
from notesai.notes.terms import joined_terms, terms

# What the embedder sees in front of a passage is bounded, so that the passage keeps its room.
_LONGEST_TITLE = 60
_LONGEST_HEADING = 50
_DEEPEST_HEADINGS = 3
_LEAST_SHARE = 0.25
_SEPARATOR = " > "
# Embedders put one token before and one after the text.
_SPECIAL_TOKENS = 2
# A short page or slide stays a passage of its own, so that what is found says where it stands.
_CRUMB_OF_PAGES = 12
_HEADING_MARKS = "#*= \t"


@dataclass(frozen=True, slots=True)
class ReadNote:
    """One note, ready to be indexed. `links` are the targets as `Note.links` holds them."""

    text: str
    title: str
    language: str
    tags: tuple[str, ...]
    links: tuple[str, ...]
    created: str
    aliases: tuple[str, ...]
    chunks: tuple[Chunk, ...]


def read_note(
    data: bytes, path: str, count_tokens: Callable[[str], int], *, window: int
) -> ReadNote:
    """Decode, parse and cut the note at `path` (relative to the vault, POSIX).

    `count_tokens` and `window` are the embedder's. A chunk fits the window together with what
    `embedded_text` puts in front, unless that alone takes most of the window.
    Raises `NoteError` if `data` is no text.
    """
    return read_text(decode(data), path, count_tokens, window=window)


def read_text(text: str, path: str, count_tokens: Callable[[str], int], *, window: int) -> ReadNote:
    """As `read_note`, of a text that is decoded already."""
    document = parse(text, path)
    room = window - _SPECIAL_TOKENS
    crumb = _CRUMB_OF_PAGES if has_pages(path) else CRUMB
    limit = max(room - _prefix_tokens(document, count_tokens), int(room * _LEAST_SHARE), 1)
    return ReadNote(
        text=text,
        title=document.title,
        language=_language(document, text),
        tags=document.tags,
        links=tuple(dict.fromkeys(link.target for link in document.links)),
        created=document.created,
        aliases=document.aliases,
        chunks=tuple(
            chunk(document.blocks, text, count_tokens, target=TARGET, limit=limit, crumb=crumb)
        ),
    )


def embedded_text(title: str, chunk: Chunk) -> str:
    """What the embedder sees: title and headings, then the text.

    Nothing is said twice: a heading that is the title, or that the text opens with, is left out.
    """
    context: list[str] = [title[:_LONGEST_TITLE]] if title else []
    deepest = (heading for heading in chunk.headings[-_DEEPEST_HEADINGS:] if heading != title)
    context.extend(heading[:_LONGEST_HEADING] for heading in deepest)
    opening = plain(chunk.text.partition("\n")[0].strip(_HEADING_MARKS))
    if context and opening == (chunk.headings[-1] if chunk.headings else title):
        context.pop()
    return f"{_SEPARATOR.join(context)}\n{chunk.text}" if context else chunk.text


def chunk_terms(chunk: Chunk, aliases: Iterable[str] = ()) -> str:
    """The terms of a chunk's headings and text, joined. The title's are in `note_terms`.

    A note's first chunk has those of its other names, its `aliases`, as well.
    """
    names = aliases if chunk.ordinal == 0 else ()
    return joined_terms(" ".join((*names, *chunk.headings, chunk.text)))


def note_terms(title: str, path: str, tags: Iterable[str]) -> str:
    """The terms of what names a note, each once: title, path without the suffix, tags."""
    pure = PurePosixPath(path)
    names = (title, *pure.parent.parts, pure.stem, *tags)
    return " ".join(dict.fromkeys(terms(" ".join(names))))


def text_hash(embedded: str) -> str:
    """BLAKE2b of an embedded text, 32 hexadecimal digits. Equal hashes share their vector."""
    return content_hash(embedded.encode("utf-8", "surrogatepass"))


def _prefix_tokens(document: Document, count_tokens: Callable[[str], int]) -> int:
    """The most tokens that `embedded_text` puts in front of any passage of the note."""
    most = 0
    path: list[tuple[int, int]] = []
    for block in document.blocks:
        if block.kind is Kind.HEADING:
            while path and path[-1][0] >= block.level:
                path.pop()
            weight = count_tokens(_SEPARATOR + block.heading[:_LONGEST_HEADING])
            path.append((block.level, weight))
            most = max(most, sum(tokens for _, tokens in path[-_DEEPEST_HEADINGS:]))
    return count_tokens(document.title[:_LONGEST_TITLE]) + most


def _language(document: Document, text: str) -> str:
    """The language of the prose: code in a Korean note is no English."""
    if text.isascii():
        return language_of(text)
    prose = "\n".join(
        text[block.start : block.end] for block in document.blocks if block.kind is not Kind.CODE
    )
    return language_of(prose) or language_of(f"{document.title}\n{text}")

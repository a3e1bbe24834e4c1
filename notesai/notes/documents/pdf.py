"""PDF: the text of each page below a heading that says which page it is.

pdfium reads the pages. What it gives are lines as they are printed; here they become paragraphs
again, and what is printed on every page alike is left out.
"""

# pypdfium2 ships no types.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false

import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from notesai.notes.documents.markdown_text import MarkdownText, clean, inline, one_line, words_of
from notesai.notes.documents.refusals import damaged, empty, locked, not_its_name, only_pictures

Tick = Callable[[], None]

_MARK_WITHIN = 1024
_WRONG_PASSWORD, _UNKNOWN_SECURITY = 4, 5
_MOST_SECTIONS = 20_000
_HYPHEN = "\ufffe"
_DIGITS = re.compile(r"\d+")
_REPEATED_PAGES = 4
_REPEATED_SHARE = 0.6
_EDGE = 2
# A line shorter than this share of the usual width ends its paragraph where a sentence ends, and
# one that is shorter still ends it in any case: it was not broken because it was full.
_SHORT, _SHORTEST = 0.85, 0.6
_ENDS = re.compile(r"[.!?。？！…:;”\"')\]]\s*$")
_ITEM = re.compile(
    r"\s*(?:[•●▪■◦○‣·∙–-]|\d{1,3}(?:\.\d{1,3})*[.)]|\d{1,3}(?:\.\d{1,3})+|[(（]?[0-9가-하]{1,2}[)）.])\s+"
)
_ENTRY = re.compile(r" … [\divxlc]+$")
_LEADERS = re.compile(r"(?:[.·…]\s?){4,}")
_BULLET = re.compile(r"\s*[•●▪■◦○‣·∙–-]\s+")
_NO_TITLE = re.compile(
    r"(?i)^(untitled|제목 ?없음|microsoft word\b|microsoft powerpoint\b|powerpoint\b.*|slide \d+"
    r"|document\d*|문서 ?\d*|presentation\d*|프레젠테이션 ?\d*|title|no title|scan.*)$"
)
_FILE_TITLE = re.compile(
    r"(?i)\.(docx?|pptx?|xlsx?|hwpx?|tex|dvi|indd|pdf|txt|html?|rtf|odt|pages)$"
)
_MADE_BY = re.compile(r"(?i)^microsoft (?:word|powerpoint) - ")
_DATE = re.compile(r"D:(\d{4})(\d{2})?(\d{2})?")
_ODD = re.compile(r"[\ufffd\ue000-\uf8ff]")
_ODD_SHARE = 0.3


def pdf(data: bytes, tick: Tick) -> str:
    """A PDF as Markdown. Raises `NoteError`; `tick` is called for each page."""
    if b"%PDF-" not in data[:_MARK_WITHIN]:
        raise not_its_name()
    # Here: it loads a library of eight megabytes.
    import pypdfium2

    try:
        document: Any = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        known = getattr(error, "err_code", None)
        raise (locked() if known in {_WRONG_PASSWORD, _UNKNOWN_SECURITY} else damaged()) from error
    try:
        return _read(document, tick)
    finally:
        document.close()


def _read(document: Any, tick: Tick) -> str:
    pages: list[list[str]] = []
    for index in range(len(document)):
        pages.append(_lines(document, index))
        tick()
    if not pages:
        raise empty()
    whole = "\n".join(line for lines in pages for line in lines)
    if not whole.strip() or len(_ODD.findall(whole)) > _ODD_SHARE * len(whole):
        raise only_pictures()
    page_name = words_of(whole)[0]
    begun = _begun(document, len(pages))
    section = ""
    repeated = _repeated(pages)
    out = MarkdownText()
    for index, lines in enumerate(pages):
        paragraphs = _paragraphs(_without(lines, repeated), begun.get(index, ()))
        if paragraphs:
            titles = begun.get(index, [])
            here = titles[0] if titles else section
            name = page_name.replace("%1", str(index + 1))
            out.heading(2, f"{name}: {here}" if here else name)
            for text in paragraphs:
                _add(out, text, here, titles)
            section = titles[-1] if titles else section
        tick()
    if out.empty:
        raise only_pictures()
    known: dict[str, str] = document.get_metadata_dict()
    return out.text(
        title=_title(known.get("Title", "")),
        author=known.get("Author", ""),
        created=_created(known.get("CreationDate", "")),
    )


def _lines(document: Any, index: int) -> list[str]:
    """The lines of a page as they are printed; none of a page that cannot be read."""
    import pypdfium2

    try:
        page = document[index]
        words = page.get_textpage()
        text: str = words.get_text_range()
        words.close()
        page.close()
    except pypdfium2.PdfiumError:
        return []
    # A word that is divided at the end of a line is joined again.
    text = re.sub(rf"(?:{_HYPHEN}|\x02)(?:\r?\n)?", "", text)
    text = _LEADERS.sub(" … ", clean(text))
    return [line.strip() for line in text.split("\n")]


def _begun(document: Any, pages: int) -> dict[int, list[str]]:
    """The sections that begin on each page, as the outline has them."""
    begun: dict[int, list[str]] = {}
    for count, entry in enumerate(document.get_toc(max_depth=3)):
        if count >= _MOST_SECTIONS:
            break
        place = entry.get_dest()
        index = place.get_index() if place is not None else None
        if index is not None and 0 <= index < pages:
            title = one_line(entry.get_title())[:120]
            if title:
                begun.setdefault(index, []).append(title)
    return begun


def _edges(lines: Sequence[str]) -> list[int]:
    """Where the first and the last lines of a page stand that are not empty."""
    filled = [at for at, line in enumerate(lines) if line]
    return sorted({*filled[:_EDGE], *filled[-_EDGE:]})


def _shape(line: str) -> str:
    """A line without what counts the pages."""
    return _DIGITS.sub("#", line)


def _repeated(pages: Sequence[Sequence[str]]) -> frozenset[str]:
    """What stands at the top or the bottom of most pages: running titles and page numbers."""
    filled = [lines for lines in pages if any(lines)]
    if len(filled) < _REPEATED_PAGES:
        return frozenset()
    found = Counter(
        shape for lines in filled for shape in {_shape(lines[at]) for at in _edges(lines)}
    )
    least = _REPEATED_SHARE * len(filled)
    return frozenset(shape for shape, count in found.items() if count >= least)


def _without(lines: Sequence[str], repeated: frozenset[str]) -> list[str]:
    dropped = {at for at in _edges(lines) if _shape(lines[at]) in repeated} if repeated else set()
    return [line for at, line in enumerate(lines) if at not in dropped]


def _paragraphs(lines: Sequence[str], titles: Sequence[str]) -> list[str]:
    """Lines joined to paragraphs, which end at empty lines, before items and after short lines."""
    width = _width(lines)
    found: list[str] = []
    open_ = False
    for line in lines:
        if not line or set(line) <= set("-=_*·. "):
            open_ = False
            continue
        titled = one_line(line) in titles
        if open_ and not titled and not _ITEM.match(line):
            found[-1] = f"{found[-1]} {line}"
        else:
            found.append(line)
        short = _SHORT if _ENDS.search(line) else _SHORTEST
        open_ = not (titled or _ENTRY.search(line)) and len(line) >= short * width
    return found


def _width(lines: Sequence[str]) -> float:
    """About how many characters a full line has; of two columns beside a wide title, theirs."""
    lengths = sorted(len(line) for line in lines if line)
    return max(lengths[len(lengths) * 3 // 4], lengths[-1] / 2) if lengths else 0.0


def _add(out: MarkdownText, text: str, here: str, titles: Sequence[str]) -> None:
    """Add a paragraph, an item, or a heading: where a line is what the outline calls a section."""
    bullet = _BULLET.match(text)
    if one_line(text) in titles:
        if one_line(text) != here:
            out.heading(3, text)
    elif bullet:
        out.item(text[bullet.end() :])
    else:
        out.escaped(inline(text))


def _title(text: str) -> str:
    """The title that a PDF says to have, unless a program has just put a file's name there."""
    text = one_line(_MADE_BY.sub("", one_line(text)))
    if _NO_TITLE.match(text) or _FILE_TITLE.search(text) or "\ufffd" in text:
        return ""
    return text


def _created(text: str) -> str:
    found = _DATE.match(text)
    return f"{found[1]}-{found[2]}-{found[3]}" if found and found[2] and found[3] else ""

"""Jupyter notebooks: their texts as they are, their code in fences, the beginning of what it said.

The format: https://nbformat.readthedocs.io/en/latest/format_description.html, versions 3 and 4.
"""

import json
import re
from collections.abc import Callable, Iterator
from typing import cast

from notesai.notes.documents.markdown_text import MarkdownText, clean
from notesai.notes.documents.refusals import damaged, empty, not_its_name
from notesai.notes.documents.web import fragment

Tick = Callable[[], None]
Fields = dict[str, object]

_SHOWN_LINES = 20
_SHOWN = 2_000
_DATA = re.compile(r"\(data:[^()\s]{40,}\)|[\"']data:[^\"'\s]{40,}[\"']")
_COLOURS = re.compile("\x1b\\[[0-9;]*[A-Za-z]")
_MORE = "…"


def notebook(data: bytes, tick: Tick) -> str:
    """A notebook as Markdown. Raises `NoteError`."""
    try:
        found: object = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise (damaged() if data.lstrip()[:1] == b"{" else not_its_name()) from error
    whole = _fields(found)
    cells = list(_cells(whole))
    if not cells and "nbformat" not in whole:
        raise not_its_name()
    about = _fields(whole.get("metadata"))
    out = MarkdownText()
    language = _language(about)
    for cell in cells:
        _add(out, cell, language, tick)
        tick()
    if out.empty:
        raise empty()
    return out.text(title=_text(about.get("title")), author=_author(about))


def _cells(whole: Fields) -> Iterator[Fields]:
    yield from _list(whole.get("cells"))
    for sheet in _list(whole.get("worksheets")):
        yield from _list(sheet.get("cells"))


def _add(out: MarkdownText, cell: Fields, language: str, tick: Tick) -> None:
    source = _text(cell.get("source", cell.get("input")))
    match cell.get("cell_type"):
        case "markdown":
            out.add(clean(_DATA.sub("()", source)).strip())
        case "heading":
            level = cell.get("level")
            out.heading(level if isinstance(level, int) else 1, source)
        case "code":
            out.code(source, _text(cell.get("language")) or language)
            for output in _list(cell.get("outputs")):
                _add_output(out, output, tick)
        case "raw":
            out.code(source)
        case _:
            pass


def _add_output(out: MarkdownText, output: Fields, tick: Tick) -> None:
    """What a cell said, where it is text, and of that the beginning."""
    said = _fields(output.get("data")) or output
    html = _text(said.get("text/html"))
    if "<table" in html and len(html) < 50 * _SHOWN:
        table = MarkdownText()
        fragment(html, table, tick)
        out.add(_beginning(table.text().strip()))
        return
    text = _text(said.get("text/plain", said.get("text")))
    if output.get("output_type") in {"error", "pyerr"}:
        text = f"{_text(output.get('ename'))}: {_text(output.get('evalue'))}"
    out.code(_beginning(_COLOURS.sub("", text)))


def _beginning(text: str) -> str:
    lines = text[:_SHOWN].split("\n")
    kept = "\n".join(lines[:_SHOWN_LINES]).rstrip()
    whole = len(text) <= _SHOWN and len(lines) <= _SHOWN_LINES
    return kept if whole or not kept else f"{kept}\n{_MORE}"


def _language(about: Fields) -> str:
    kernel, info = _fields(about.get("kernelspec")), _fields(about.get("language_info"))
    name = _text(info.get("name")) or _text(kernel.get("language"))
    return name.lower() if re.fullmatch(r"[\w+#-]{1,20}", name) else ""


def _author(about: Fields) -> str:
    names = about.get("authors")
    if not isinstance(names, list):
        return ""
    entries = cast("list[object]", names)
    return ", ".join(filter(None, (_text(_fields(entry).get("name")) for entry in entries)))


def _text(value: object) -> str:
    """A text, which notebooks write as one or as a list of lines."""
    if isinstance(value, list):
        return "".join(line for line in cast("list[object]", value) if isinstance(line, str))
    return value if isinstance(value, str) else ""


def _fields(value: object) -> Fields:
    return cast(Fields, value) if isinstance(value, dict) else {}


def _list(value: object) -> list[Fields]:
    entries = cast("list[object]", value) if isinstance(value, list) else []
    return [cast(Fields, entry) for entry in entries if isinstance(entry, dict)]

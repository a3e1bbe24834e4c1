#!/usr/bin/env python3
"""How quickly documents are read, and what they do to everything else.

    .venv/bin/python tests/bench/bench_documents.py [--pages 2000]

Makes a PDF of many pages in Korean and English, Word files, slides and web pages, reads each in the
process that the engine uses, and prints times, the memory of that process, and how long an edit of
a note waits while a folder of documents is indexed for the first time.
"""

import argparse
import os
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from made_documents import docx, p, pdf, pptx, shape, slide, table

if TYPE_CHECKING:
    from notesai.engine.workspace import Workspace
from notesai.errors import Cancelled
from notesai.notes.documents.process import DocumentReader
from notesai.notes.documents.texts import Texts

ENGLISH = "The garden on the north side of page {0} needs more compost before winter comes again."
KOREAN = "{0}쪽에서는 북쪽 정원의 흙에 퇴비를 얼마나 더 넣어야 하는지 이야기하고 있다."
EDITS = 20


def main() -> None:
    """Print all figures."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--pages", type=int, default=2000)
    pages = parser.parse_args().pages
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["NOTESAI_HOME"] = f"{scratch}/home"
        read_each(pages)
        beside_edits(Path(scratch) / "vault")


def page(number: int) -> list[str]:
    """Forty lines, about as many words as a printed page has."""
    return [(ENGLISH if at % 2 else KOREAN).format(f"{number}.{at}") for at in range(40)]


def read_each(pages: int) -> None:
    """Each kind alone: seconds, memory, and how soon it is given up."""
    book = pdf(*(page(at) for at in range(pages)))
    word = docx("".join(p(line) for at in range(250) for line in page(at)) + table(["a", "b"]))
    talk = pptx(
        *((slide(shape("", [(line, 0) for line in page(at)[:8]])), "") for at in range(200))
    )
    web = "".join(f"<h2>{at}</h2>" + "".join(f"<p>{x}" for x in page(at)) for at in range(250))
    reader = DocumentReader()
    started = time.perf_counter()
    reader.convert(b"<p>first", ".html", nothing)
    print(f"the first document of a run, its process included: {passed(started)}")
    for name, data, suffix in (
        (f"PDF, {pages} pages", book, ".pdf"),
        ("Word, 250 pages", word, ".docx"),
        ("200 slides", talk, ".pptx"),
        ("a web page of 250 printed ones", web.encode(), ".html"),
    ):
        peak = Peak()
        started = time.perf_counter()
        text = reader.convert(data, suffix, peak)
        print(
            f"{name}: {passed(started)}, {len(text):,} characters of text from {len(data):,} bytes;"
            f" memory of the process at most {peak.most / 1e6:.0f} MB"
        )
    began = time.perf_counter()

    def cancel() -> None:
        if time.perf_counter() - began > 0.5:
            raise Cancelled()

    try:
        reader.convert(book, ".pdf", cancel)
    except Cancelled:
        print(f"given up after half a second: {time.perf_counter() - began - 0.5:.3f} s later")
    with Texts() as texts:
        texts.of(book, "book.pdf")
        started = time.perf_counter()
        texts.of(book, "book.pdf")
        print(f"the PDF opened once more: {passed(started)}")


def beside_edits(vault: Path) -> None:
    """How long an edit waits until it is found while documents are being read."""
    # Here: the process that reads documents loads this file too.
    from notesai.engine.upkeep import Upkeep
    from notesai.engine.workspace import Workspace

    vault.mkdir()
    (vault / "note.md").write_text("# Note\n\nbegun", "utf-8")
    for at in range(120):
        (vault / f"{at}.pdf").write_bytes(pdf(*(page(100 * at + n) for n in range(40))))
    with Workspace.open(vault, write=True) as workspace:
        lane = Upkeep(
            workspace,
            workspace.rules,
            step=lambda step: None,
            changed=lambda paths: None,
            failed=lambda error: print(error),
        )
        started = time.perf_counter()
        lane.start()
        until(lambda: bool(workspace.notes()))
        waits: list[float] = []
        while len(waits) < EDITS and len(workspace.notes()) < 121:
            waits.append(edit(workspace, vault, len(waits)))
        left = 121 - len(workspace.notes())
        until(lambda: len(workspace.notes()) == 121)
        print(
            f"120 PDFs of 40 pages: found by word after {passed(started)}; an edit meanwhile found"
            f" after {statistics.median(waits):.2f} s, at most {max(waits):.2f} s"
            f" ({left} documents left after the last)"
        )
        lane.stop()


def edit(workspace: "Workspace", vault: Path, number: int) -> float:
    """Write a word into the note; the seconds until it is found."""
    from notesai.model import SearchMode

    word = f"edit{number}x"
    (vault / "note.md").write_text(f"# Note\n\n{word}", "utf-8")
    started = time.perf_counter()
    until(lambda: bool(workspace.search(word, mode=SearchMode.LEXICAL).hits))
    return time.perf_counter() - started


class Peak:
    """The most memory that the children of this process were seen to have."""

    def __init__(self) -> None:
        self.most = 0

    def __call__(self) -> None:
        found = (child.memory_info().rss for child in psutil.Process().children())
        self.most = max(self.most, *found, 0)


def nothing() -> None:
    """Stop nothing."""


def until(condition: Callable[[], bool]) -> None:
    """Wait for something."""
    wait = threading.Event()
    while not condition():
        wait.wait(0.02)


def passed(started: float) -> str:
    """The seconds since then, as text."""
    return f"{time.perf_counter() - started:.2f} s"


if __name__ == "__main__":
    main()

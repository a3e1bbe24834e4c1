"""Documents from the file to the answer: their own process, the index, search, and reading."""

import multiprocessing
import os
import pickle
import signal
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path

import pytest
from fakes import Folder
from made_documents import docx, notebook, p, pdf, pptx, shape, slide
from waiting import wait_until

from notesai.engine.upkeep import Upkeep
from notesai.engine.workspace import Workspace
from notesai.errors import Cancelled, NoteError, SaveError
from notesai.index.parallel import WORTHWHILE
from notesai.model import AnswerKind, NoteStatus, SearchMode
from notesai.notes.documents import process
from notesai.notes.documents.kept import KeptTexts
from notesai.notes.documents.process import DocumentReader
from notesai.notes.documents.texts import Texts
from notesai.notes.saving import create, save, save_beside
from notesai.notes.scanner import FileState
from notesai.progress import Silent, Task

LEAVES = pdf(
    ["How to make compost from what a kitchen and a garden leave over every week."],
    ["A smelly heap of compost is too wet: add dry leaves and turn it over."],
    title="Compost guide",
    sections={1: "Smells"},
)
KOREAN = docx(p("퇴비 안내", "1") + p("퇴비에서 냄새가 나면 마른 낙엽을 더 넣고 뒤집어 준다."))
TALK = pptx((slide(shape("title", [("Pruning roses", 0)]), shape("", [("late in winter", 0)])), ""))
BOOK = notebook({"cell_type": "code", "source": "plot_rainfall(garden)"})
PAGE = "<meta charset=euc-kr><h1>김치 담그기</h1><p>배추를 소금에 절인다.".encode("cp949")


def nothing() -> None:
    """Stop nothing."""


@pytest.fixture
def documents(folder: Folder) -> Folder:
    folder.write("garden.md", "# Garden\n\nBeds and paths.")
    folder.write("guide.pdf", LEAVES)
    folder.write("안내.docx", KOREAN)
    folder.write("talks/roses.pptx", TALK)
    folder.write("rain.ipynb", BOOK)
    folder.write("web/kimchi.html", PAGE)
    return folder


def first(workspace: Workspace, query: str) -> tuple[str, str]:
    """The best hit of a search: its path, and the heading of its best passage."""
    hit = workspace.search(query, mode=SearchMode.LEXICAL).hits[0]
    return hit.path, hit.passages[0].heading


# Their own process


def test_a_process_reads_many_and_ends(tmp_path: Path):
    reader = DocumentReader()
    try:
        assert "dry leaves" in reader.convert(LEAVES, ".pdf", nothing)
        child = multiprocessing.active_children()
        assert "냄새" in reader.convert(KOREAN, ".docx", nothing)
        with pytest.raises(NoteError):
            reader.convert(b"no", ".pdf", nothing)
        assert "rainfall" in reader.convert(BOOK, ".ipynb", nothing)
        assert multiprocessing.active_children() == child
    finally:
        reader.close()
    assert pickle.loads(pickle.dumps(reader)).convert is not None


class Deadly:
    """Kills the process that takes it out of its pickle, `times` times."""

    def __init__(self, reader: DocumentReader, times: int) -> None:
        self.left, self.reader = times, reader

    def __call__(self) -> None:
        for child in multiprocessing.active_children() if self.left else ():
            self.left -= 1
            assert child.pid is not None
            os.kill(child.pid, signal.SIGKILL)
            child.join()


@pytest.mark.skipif(os.name == "nt", reason="kills with a signal")
def test_a_crash_costs_one_document(monkeypatch: pytest.MonkeyPatch):
    reader = DocumentReader()
    # Large enough that the reader looks round before it is done.
    large = b"<p>word</p>" * 100_000
    try:
        assert reader.convert(large, ".html", Deadly(reader, 1)).startswith("word")
        with pytest.raises(NoteError) as caught:
            reader.convert(large, ".html", Deadly(reader, 2))
        assert caught.value.code == "document.damaged"
        assert "dry leaves" in reader.convert(LEAVES, ".pdf", nothing)
    finally:
        reader.close()


def test_what_falls_silent_is_ended(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(process, "SILENT_SECONDS", 0.05)
    reader = DocumentReader()
    with pytest.raises(NoteError) as caught:
        reader.convert(b"<p>word</p>" * 100_000, ".html", nothing)
    assert caught.value.code == "document.too_long"
    assert not multiprocessing.active_children()


def test_reading_is_cancelled_in_the_midst():
    reader, began = DocumentReader(), time.monotonic()

    def cancel() -> None:
        if time.monotonic() - began > 0.2:
            raise Cancelled()

    with pytest.raises(Cancelled):
        reader.convert(b"<p>word</p>" * 600_000, ".html", cancel)
    assert not multiprocessing.active_children()


def test_what_stops_the_reading_is_no_crash_of_it(tmp_path: Path):
    reader = DocumentReader()

    def full() -> None:
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        reader.convert(b"<p>word</p>" * 100_000, ".html", full)
    assert not multiprocessing.active_children()


def test_texts_are_kept_and_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    with Texts() as texts:
        text = texts.of(LEAVES, "a.pdf")
    monkeypatch.setattr(DocumentReader, "convert", None)
    with Texts() as texts:
        assert texts.of(LEAVES, "other/b.PDF") == text
        assert texts.of(b"# plain", "a.md") == "# plain"
    kept = KeptTexts(tmp_path / "kept")
    for at in range(4):
        kept.keep(f"{at}" * 32, ".pdf", text)
        os.utime(kept._file(f"{at}" * 32, ".pdf"), (at, at))
    size = kept._file("0" * 32, ".pdf").stat().st_size
    kept.tidy(2 * size)
    assert [kept.find(f"{at}" * 32, ".pdf") is not None for at in range(4)] == [False] * 2 + [
        True
    ] * 2
    kept._file("3" * 32, ".pdf").write_bytes(b"broken")
    assert kept.find("3" * 32, ".pdf") is None


# From the folder to the answer


def test_every_kind_is_found_and_quoted(documents: Folder):
    with Workspace.open(documents.path, write=True) as workspace:
        report = workspace.index(Silent())
        assert (report.notes, report.skipped, report.failed) == (6, 0, 0)
        assert first(workspace, "dry leaves") == ("guide.pdf", "Page 2: Smells")
        assert first(workspace, "냄새 낙엽")[0] == "안내.docx"
        assert first(workspace, "pruning winter") == (
            "talks/roses.pptx",
            "Slide 1: Pruning roses",
        )
        assert first(workspace, "plot_rainfall")[0] == "rain.ipynb"
        assert first(workspace, "배추 소금") == ("web/kimchi.html", "김치 담그기")
        answer = workspace.ask("Why does a compost heap smell?")
        assert answer.kind is AnswerKind.EXTRACTIVE
        source = answer.citations[0]
        content = workspace.read(source.path)
        assert content.document
        assert content.seen == ""
        assert content.text[source.start : source.end] == source.text
        related = {one.path for one in workspace.similar("guide.pdf").neighbours}
        assert "안내.docx" in related


def test_a_second_run_opens_no_document(documents: Folder, monkeypatch: pytest.MonkeyPatch):
    with Workspace.open(documents.path, write=True) as workspace:
        workspace.index(Silent())
        monkeypatch.setattr(DocumentReader, "convert", None)
        documents.rename("guide.pdf", "moved/guide.pdf")
        again = workspace.index(Silent())
        assert (again.embedded, again.failed) == (0, 0)
        assert first(workspace, "dry leaves")[0] == "moved/guide.pdf"
        assert {note.title for note in workspace.notes()} >= {"Compost guide", "퇴비 안내"}


def test_an_index_from_before_takes_them_up(documents: Folder, monkeypatch: pytest.MonkeyPatch):
    with monkeypatch.context() as before:
        before.setattr("notesai.notes.walk.is_note", lambda name: name.endswith(".md"))
        with Workspace.open(documents.path, write=True) as workspace:
            assert workspace.index(Silent()).notes == 1
    with Workspace.open(documents.path, write=True) as workspace:
        report = workspace.index(Silent())
        assert report.notes == 6
        assert report.reused == 0
        assert report.embedded == report.chunks - 1


def test_what_cannot_be_read_says_why_and_blocks_nothing(folder: Folder):
    folder.write("scan.pdf", pdf([], []))
    folder.write("locked.pdf", pdf(["text"], encrypt=True))
    folder.write("page.pdf", PAGE)
    folder.write("cut.docx", KOREAN[:700])
    folder.write("empty.pptx", b"")
    folder.write("good.pdf", LEAVES)
    with Workspace.open(folder.path, write=True) as workspace:
        report = workspace.index(Silent())
        assert (report.skipped, report.failed) == (5, 0)
        reasons = {note.path: note.reason for note in workspace.notes() if note.reason}
        assert {path: text.partition(": ")[2] for path, text in reasons.items()} == {
            "scan.pdf": "there is no text in it, only pictures.",
            "locked.pdf": "it is protected by a password.",
            "page.pdf": "it is not what its name says.",
            "cut.docx": "it is damaged.",
            "empty.pptx": "there is no text in it.",
        }
        with pytest.raises(NoteError) as caught:
            workspace.read("scan.pdf")
        assert caught.value.code == "document.only_pictures"
        folder.write("scan.pdf", LEAVES)
        workspace.index(Silent())
        note = next(note for note in workspace.notes() if note.path == "scan.pdf")
        assert note.status is NoteStatus.INDEXED


def test_patterns_leave_documents_out(documents: Folder):
    documents.write(".notesignore", "*.pdf\n*.htm*\n")
    with Workspace.open(documents.path, write=True) as workspace:
        workspace.index(Silent())
        paths = {note.path for note in workspace.notes()}
    assert paths == {"garden.md", "안내.docx", "talks/roses.pptx", "rain.ipynb"}


def test_many_are_read_by_several_processes(folder: Folder):
    folder.write("a.md", "# A\n\nnote")
    for at in range(6):
        filler = f"<!-- {'x' * (WORTHWHILE // 5)} --><p>page number{at} here"
        folder.write(f"{at}.html", filler)
    with Workspace.open(folder.path, write=True) as workspace:
        assert workspace.index(Silent()).notes == 7
        assert first(workspace, "number4")[0] == "4.html"


def test_documents_are_never_written_to(documents: Folder):
    before = (documents.path / "guide.pdf").read_bytes()
    (documents.path / "link.md").symlink_to(documents.path / "guide.pdf")
    for path in ("guide.pdf", "new.docx", "link.md"):
        for write in (
            lambda path=path: save(documents.path, path, "text", ""),
            lambda path=path: save(documents.path, path, "text", "abc"),
            lambda path=path: save_beside(documents.path, path, "text", datetime(2024, 1, 1)),
        ):
            with pytest.raises(SaveError) as caught:
                write()
            assert caught.value.code == "save.document"
    assert (documents.path / "guide.pdf").read_bytes() == before
    assert not (documents.path / "new.docx").exists()
    assert create(documents.path, "", "new").path == "new.md"


# Beside other work


def test_notes_come_before_documents_and_edits_do_not_wait(folder: Folder):
    folder.write("old.md", "# Old\n\napples")
    for at in range(40):
        folder.write(f"{at:02}.html", f"<h1>Page</h1><p>word{at}")
    with Workspace.open(folder.path, write=True) as workspace:
        seen: list[set[str]] = []

        def edit() -> None:
            seen.append({note.path for note in workspace.notes()})
            if len(seen) == 1:
                folder.write("new.md", "# New\n\npears")
                folder.delete("old.md")
                workspace.update({"new.md", "old.md"}, Silent())
                seen.append({note.path for note in workspace.notes()})

        workspace.reconcile(Silent(), edit)
        assert "old.md" in seen[0]
        assert "new.md" in seen[1] and "old.md" not in seen[1]
        assert len(seen[1]) < 41
        assert len(workspace.notes()) == 41


def test_the_lane_goes_on_with_documents_after_an_edit(folder: Folder):
    for at in range(40):
        folder.write(f"{at:02}.html", f"<h1>Page</h1><p>word{at}")
    with Workspace.open(folder.path, write=True) as workspace:
        lane = Upkeep(
            workspace,
            workspace.rules,
            step=lambda step: None,
            changed=lambda paths: None,
            failed=lambda error: None,
        )
        lane.start()
        try:
            wait_until(lambda: len(workspace.notes()) > 0)
            folder.write("new.md", "# New\n\npears")
            wait_until(lambda: len(workspace.notes()) == 41)
        finally:
            lane.stop()


def test_indexing_is_cancelled_while_a_document_is_read(folder: Folder):
    folder.write("long.html", b"<p>word</p>" * 600_000)
    task = Task()

    def cancel(*_: object) -> None:
        task.cancel()

    with Workspace.open(folder.path, write=True) as workspace:
        watched = Task(lambda step: cancel() if step.total else None)
        task = watched
        began = time.monotonic()
        with pytest.raises(Cancelled):
            workspace.reconcile(watched)
        assert time.monotonic() - began < 10
        assert workspace.notes() == []


def test_a_file_that_is_gone_before_it_is_read(documents: Folder):
    from notesai.index.reading import Reading

    reading = Reading(documents.path, len, 128)
    try:
        assert reading.read(FileState("no.pdf", "no.pdf", 0, 0), None).note is None
    finally:
        reading.close()


def test_a_folder_without_documents_loads_nothing_for_them(folder: Folder):
    folder.write("a.md", "# A\n\nnote")
    code = (
        "import sys; from pathlib import Path\n"
        "from notesai.engine.workspace import Workspace\n"
        "with Workspace.open(Path(sys.argv[1]), write=True) as workspace:\n"
        "    workspace.index(); workspace.read('a.md')\n"
        "rooms = ('notesai.notes.documents.', 'pypdfium2', 'html.parser')\n"
        "print(sorted(m for m in sys.modules if m.startswith(rooms)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder.path)], capture_output=True, check=True, text=True
    )
    light = {"converting", "kept", "kinds", "process", "refusals", "texts"}
    assert done.stdout.strip() == str([f"notesai.notes.documents.{name}" for name in sorted(light)])
    home = Path(os.environ["NOTESAI_HOME"])
    assert not (home / "cache" / "documents").exists()

"""The indexer over real folders and the real store."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from contents import contents
from fakes import Folder, HashingEmbedder

from notesai.errors import Cancelled, StoreError, VaultError
from notesai.index.embedding import embed_pending
from notesai.index.indexer import Indexer, Tally
from notesai.index.store import Store
from notesai.model import NoteStatus
from notesai.notes.ignore import IgnoreRules
from notesai.progress import Silent, Task


class Index:
    """One index of one folder, as a test drives it."""

    def __init__(self, folder: Folder, place: Path, embedder: HashingEmbedder) -> None:
        self.place = place
        self.embedder = embedder
        self.store = Store.open(str(place / "lance"), embedder.card, create=True)
        self.indexer = Indexer(
            folder.path, self.store, embedder, IgnoreRules(()), max_bytes=1 << 20
        )
        self.indexer.recover()

    def run(self) -> Tally:
        tally = self.indexer.reconcile(Silent())
        tally.reused += embed_pending(self.store, self.embedder, Silent()).reused
        return tally

    def texts(self) -> set[str]:
        return {piece[2] for piece in contents(self.place)}

    def find(self, words: str) -> set[str]:
        book = self.store.notebook()
        found = self.store.lexical(words, 50)
        return {note.path for f in found if (note := book.get(f.row.note_id)) is not None}


@pytest.fixture
def index(folder: Folder, tmp_path: Path, embedder: HashingEmbedder) -> Index:
    return Index(folder, tmp_path / "index", embedder)


def test_a_first_run_indexes_everything(folder: Folder, index: Index):
    folder.write("a.md", "# Apples\n\nCrisp fruit.")
    folder.write("sub/나무.md", "느티나무 아래에서 쉬었다.")
    tally = index.run()
    assert tally.added == 2
    assert tally.paths == {"a.md", "sub/나무.md"}
    assert index.find("crisp") == {"a.md"}
    assert index.store.count_chunks(pending=True) == 0


def test_a_second_run_reads_and_embeds_nothing(folder: Folder, index: Index, monkeypatch):
    folder.write("a.md", "Apples")
    index.run()
    embedded = index.embedder.texts
    monkeypatch.setattr(Path, "read_bytes", lambda self: pytest.fail(f"{self} was read"))
    tally = index.run()
    assert (tally.added, tally.changed, tally.removed, tally.moved) == (0, 0, 0, 0)
    assert index.embedder.texts == embedded


def test_an_edit_replaces_the_chunks_and_embeds_only_what_is_new(folder: Folder, index: Index):
    kept = "Kept paragraph. " * 30
    folder.write("a.md", f"# A\n\n## One\n\n{kept}\n\n## Two\n\n{'Old ending. ' * 40}")
    index.run()
    before = index.embedder.texts
    folder.write("a.md", f"# A\n\n## One\n\n{kept}\n\n## Two\n\n{'New ending. ' * 40}")
    tally = index.run()
    assert tally.changed == 1
    assert index.find("old") == set()
    assert index.find("new") == {"a.md"}
    assert tally.reused >= 1
    assert index.embedder.texts > before
    assert not any("Old ending" in text for text in index.texts())


def test_a_rename_moves_one_row_and_embeds_nothing(folder: Folder, index: Index):
    folder.write("draft.md", "Nothing but a body about lighthouses.")
    index.run()
    before, note_id = index.embedder.texts, index.store.notebook().at("draft.md").note_id
    folder.rename("draft.md", "archive/final.md")
    tally = index.run()
    note = index.store.notebook().at("archive/final.md")
    assert (tally.moved, tally.added, tally.removed) == (1, 0, 0)
    assert (note.note_id, note.title) == (note_id, "final")
    assert index.embedder.texts == before
    assert index.store.lexical_notes("final", 5).keys() == {note_id}


def test_touching_all_files_embeds_nothing(folder: Folder, index: Index):
    for name in ("a.md", "b.md"):
        folder.write(name, f"About {name}")
    index.run()
    before = index.embedder.texts
    for name in ("a.md", "b.md"):
        folder.touch(name)
    tally = index.run()
    assert (tally.added, tally.changed, index.embedder.texts) == (0, 0, before)
    note = index.store.notebook().at("a.md")
    assert note.mtime_ns == (folder.path / "a.md").stat().st_mtime_ns


def test_files_of_times_to_come_are_not_read_again_and_again(
    folder: Folder, index: Index, monkeypatch
):
    later = time.time() + 86_400
    os.utime(folder.write("a.md", "Apples"), (later, later))
    index.run()
    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", lambda self: pytest.fail(f"{self} was read"))
        index.run()
    os.utime(folder.write("a.md", "Apricots"), (later + 1, later + 1))
    index.run()
    assert index.find("apricot") == {"a.md"}


def test_a_restored_older_file_is_noticed(folder: Folder, index: Index):
    folder.write("a.md", "First version, pears")
    old = (folder.path / "a.md").stat()
    folder.write("a.md", "Second version, plums")
    index.run()
    (folder.path / "a.md").write_text("First version, pears")
    import os

    os.utime(folder.path / "a.md", ns=(old.st_mtime_ns, old.st_mtime_ns))
    index.run()
    assert index.find("pear") == {"a.md"}


def test_a_deleted_note_is_gone(folder: Folder, index: Index):
    folder.write("a.md", "Apples")
    folder.write("b.md", "Bananas")
    index.run()
    folder.delete("a.md")
    assert index.run().removed == 1
    assert contents(index.place) == {("b.md", 0, "Bananas", True)}


def test_the_same_text_is_embedded_once(folder: Folder, index: Index):
    for number in range(5):
        folder.write(f"{number}/same.md", "The very same words.")
    index.run()
    assert index.embedder.texts == 1
    assert index.store.count_chunks(pending=True) == 0


def test_bad_notes_do_not_stop_the_good_ones(folder: Folder, index: Index):
    folder.write("binary.md", bytes(range(256)) * 40)
    folder.write("huge.md", "x" * (2 << 20))
    folder.write("good.md", "Good words")
    index.run()
    book = index.store.notebook()
    assert book.at("binary.md").status is NoteStatus.SKIPPED
    assert book.at("binary.md").reason
    assert book.at("huge.md").status is NoteStatus.SKIPPED
    assert "MiB" in book.at("huge.md").reason
    assert index.find("good") == {"good.md"}


@pytest.mark.logs_errors
def test_a_note_that_breaks_the_reader_fails_alone(folder: Folder, index: Index, monkeypatch):
    import notesai.index.reading as reading

    original = reading.read_text

    def breaking(text: str, path: str, *rest: object, **more: object):
        if path == "poison.md":
            raise RuntimeError("boom")
        return original(text, path, *rest, **more)

    monkeypatch.setattr(reading, "read_text", breaking)
    folder.write("poison.md", "Poison")
    folder.write("good.md", "Good words")
    index.run()
    note = index.store.notebook().at("poison.md")
    assert note.status is NoteStatus.FAILED
    assert "boom" in note.reason
    assert index.find("good") == {"good.md"}
    monkeypatch.setattr(reading, "read_text", original)
    index.run()
    assert index.find("poison") == {"poison.md"}


def test_a_note_deleted_while_it_is_read_is_left_out(folder: Folder, index: Index, monkeypatch):
    folder.write("a.md", "Apples")
    folder.write("b.md", "Bananas")
    original: Callable[[Path], bytes] = Path.read_bytes

    def vanishing(self: Path) -> bytes:
        if self.name == "a.md":
            self.unlink(missing_ok=True)
        return original(self)

    monkeypatch.setattr(Path, "read_bytes", vanishing)
    index.run()
    assert index.store.notebook().at("a.md") is None
    assert index.find("banana") == {"b.md"}


def test_an_unreadable_note_keeps_what_is_known_and_is_tried_again(
    folder: Folder, index: Index, monkeypatch
):
    folder.write("a.md", "Apples")
    index.run()
    folder.touch("a.md")
    original: Callable[[Path], bytes] = Path.read_bytes

    def refusing(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refusing)
    index.run()
    note = index.store.notebook().at("a.md")
    assert (note.status, note.reason) == (NoteStatus.FAILED, "Permission denied")
    assert index.find("appl") == {"a.md"}
    monkeypatch.setattr(Path, "read_bytes", original)
    index.run()
    assert index.store.notebook().at("a.md").status is NoteStatus.INDEXED


def test_an_emptied_folder_is_not_followed(folder: Folder, index: Index):
    for number in range(12):
        folder.write(f"{number}.md", f"Note {number}")
    index.run()
    for number in range(12):
        folder.delete(f"{number}.md")
    with pytest.raises(VaultError) as caught:
        index.run()
    assert caught.value.code == "vault.emptied"
    assert len(index.store.notebook()) == 12


def test_cancelled_work_is_kept_and_goes_on(
    folder: Folder, tmp_path: Path, index: Index, monkeypatch
):
    monkeypatch.setattr("notesai.index.embedding.BATCH", 16)
    for number in range(40):
        folder.write(f"{number}.md", f"Note number {number}, about thing{number}")
    task = Task(lambda step: task.cancel() if step.phase == "meaning" and step.done else None)
    index.indexer.reconcile(task)
    with pytest.raises(Cancelled):
        embed_pending(index.store, index.embedder, task)
    assert 0 < index.store.count_chunks(pending=True) < 40
    before = index.embedder.texts
    again = Index(folder, tmp_path / "index", index.embedder)
    again.run()
    assert again.store.count_chunks(pending=True) == 0
    assert index.embedder.texts == 40
    assert before < 40


def test_newest_notes_get_their_vectors_first(folder: Folder, index: Index):
    for number in range(40):
        folder.write(f"{number}.md", f"thing{number} " * 20)
    task = Task(lambda step: task.cancel() if step.phase == "meaning" and step.done else None)
    index.indexer.reconcile(Silent())
    import notesai.index.embedding as embedding

    with pytest.MonkeyPatch.context() as patch, pytest.raises(Cancelled):
        patch.setattr(embedding, "GROUP", 8)
        embed_pending(index.store, index.embedder, task)
    done = {path for path, _, _, has_vector in contents(index.place) if has_vector}
    assert done == {f"{number}.md" for number in range(32, 40)}


def test_urgent_work_interrupts_embedding_without_losing_any(folder: Folder, index: Index):
    for number in range(100):
        folder.write(f"{number}.md", f"thing{number}")
    index.indexer.reconcile(Silent())
    result = embed_pending(index.store, index.embedder, Silent(), urgent=lambda: True)
    assert not result.complete
    assert 0 < result.embedded < 100
    assert index.store.count_chunks(pending=True) == 100 - result.embedded


def test_update_of_single_paths(folder: Folder, index: Index):
    folder.write("a.md", "Apples")
    folder.write("b.md", "Bananas")
    index.run()
    folder.write("a.md", "Apricots")
    folder.delete("b.md")
    folder.write("c.md", "Cherries")
    tally = index.indexer.update(["a.md", "b.md", "c.md", "never.md"], Silent())
    assert (tally.added, tally.changed, tally.removed) == (1, 1, 1)
    assert index.find("apricot") == {"a.md"}
    assert index.find("banana") == set()
    assert index.find("cherri") == {"c.md"}


def test_another_content_of_the_same_time_and_size_is_seen_if_its_note_is_named(
    folder: Folder, index: Index
):
    for name, text in (("a.md", "Apples"), ("b.md", "Banana")):
        os.utime(folder.write(name, text), (1_700_000_000, 1_700_000_000))
    index.run()
    folder.rename("a.md", "was-a.md")
    folder.rename("b.md", "a.md")
    folder.rename("was-a.md", "b.md")
    index.indexer.update(["a.md", "b.md", "was-a.md"], Silent())
    assert (index.find("appl"), index.find("banana")) == ({"b.md"}, {"a.md"})
    tally = index.indexer.update(["a.md"], Silent())
    assert not tally.paths


def test_following_a_folder_that_was_renamed_can_be_cancelled(folder: Folder, index: Index):
    for number in range(20):
        folder.write(f"old/{number}.md", f"Note {number}")
    index.run()
    folder.rename("old", "new")
    task = Task()
    told: list[str] = []

    class Told:
        def report(self, phase: str, done: int, total: int) -> None:
            told.append(phase)
            if told.count("words") == 5:
                task.cancel()
            task.report(phase, done, total)

    with pytest.raises(Cancelled):
        index.indexer.reconcile(Told())
    assert told.count("words") == 5
    assert index.run().moved == 20


def test_update_sees_a_rename(folder: Folder, index: Index):
    folder.write("a.md", "Apples from the garden")
    index.run()
    before = index.embedder.texts
    folder.rename("a.md", "b.md")
    tally = index.indexer.update(["a.md", "b.md"], Silent())
    embed_pending(index.store, index.embedder, Silent())
    assert tally.moved == 1
    assert index.embedder.texts == before


def test_a_full_disk_is_said_and_nothing_is_lost(folder: Folder, index: Index, monkeypatch):
    folder.write("a.md", "Apples")
    index.run()
    folder.write("b.md", "Bananas")

    class Full:
        def __getattr__(self, name: str) -> object:
            raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(index.store, "_chunks", Full())
        with pytest.raises(StoreError) as caught:
            index.run()
    assert caught.value.code == "index.disk_full"
    index.run()
    assert index.find("banana") == {"b.md"}
    assert index.find("appl") == {"a.md"}


def test_many_notes_are_read_in_several_processes_with_the_same_result(
    folder: Folder, index: Index, tmp_path: Path, monkeypatch
):
    import notesai.index.parallel as parallel

    for number in range(300):
        folder.write(f"{number % 5}/{number}.md", f"# Note {number}\n\nWords of note{number}.\n")
    index.indexer.reconcile(Silent())
    monkeypatch.setattr(parallel, "WORTHWHILE", 1)
    monkeypatch.setattr(parallel.os, "cpu_count", lambda: 2)
    other = Index(folder, tmp_path / "other", index.embedder)
    tally = other.indexer.reconcile(Silent())
    assert tally.added == 300
    assert contents(other.place) == contents(index.place)


def test_cancelling_ends_the_reading_processes(folder: Folder, index: Index, monkeypatch):
    import notesai.index.parallel as parallel

    for number in range(600):
        folder.write(f"{number}.md", f"Words of note{number}.\n")
    monkeypatch.setattr(parallel, "WORTHWHILE", 1)
    task = Task(lambda step: task.cancel() if step.phase == "words" and step.done else None)
    with pytest.raises(Cancelled):
        index.indexer.reconcile(task)
    assert 0 < len(index.store.notebook()) < 600


def test_a_note_that_becomes_readable_again_is_stored_once(
    folder: Folder, index: Index, tmp_path: Path, monkeypatch
):
    folder.write("a.md", "Apples")
    index.run()
    folder.touch("a.md")
    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", lambda self: (_ for _ in ()).throw(PermissionError(13)))
        index.run()
    for _ in range(3):
        index.run()
        assert contents(index.place) == {("a.md", 0, "Apples", True)}
        index = Index(folder, tmp_path / "index", index.embedder)


def test_names_that_rotate_leave_nothing_behind(folder: Folder, index: Index):
    folder.write("today.md", "First of May")
    index.run()
    folder.rename("today.md", "yesterday.md")
    folder.write("today.md", "Second of May")
    index.indexer.update(["today.md", "yesterday.md"], Silent())
    expected = {("today.md", 0, "Second of May"), ("yesterday.md", 0, "First of May")}
    assert {piece[:3] for piece in contents(index.place)} == expected
    folder.write("today.md", "First of May")
    index.indexer.update(["today.md"], Silent())
    index.indexer.recover()
    index.run()
    assert {piece[:3] for piece in contents(index.place)} == {
        ("today.md", 0, "First of May"),
        ("yesterday.md", 0, "First of May"),
    }


def test_a_write_that_fails_halfway_is_repeated_cleanly(folder: Folder, index: Index, monkeypatch):
    folder.write("a.md", "Apples")
    index.run()
    folder.write("a.md", "Apricots")

    def full(rows: object) -> None:
        raise StoreError("index.disk_full", "full")

    with monkeypatch.context() as patch:
        patch.setattr(index.store, "put_notes", full)
        with pytest.raises(StoreError):
            index.run()
    index.run()
    assert contents(index.place) == {("a.md", 0, "Apricots", True)}


@pytest.mark.parametrize("step", ["put_notes", "drop_other_versions", "drop_chunks"])
def test_a_write_that_fails_between_two_steps_leaves_no_rows_once_it_is_repeated(
    folder: Folder, index: Index, monkeypatch, step: str
):
    folder.write("a.md", "Apples")
    folder.write("gone.md", "Grapes")
    index.run()
    folder.write("a.md", "Apricots")
    folder.write("new.md", "Nectarines")
    folder.delete("gone.md")

    def full(rows: object) -> None:
        raise StoreError("index.disk_full", "full")

    with monkeypatch.context() as patch:
        patch.setattr(index.store, step, full)
        with pytest.raises(StoreError):
            index.run()
    index.run()
    assert {piece[:3] for piece in contents(index.place)} == {
        ("a.md", 0, "Apricots"),
        ("new.md", 0, "Nectarines"),
    }


def test_a_rename_gives_the_title_that_a_clean_build_gives(folder: Folder, index: Index):
    folder.write("Compost.md", "# Compost\n\nGreen and brown.")
    folder.write("2024-01-02-foo.md", "A dated note about foxes.")
    folder.write("Plan.rst", "My plan\n=======\n\nTo be #done.")
    folder.write("noise.md", bytes(range(256)))
    index.run()
    folder.rename("Compost.md", "Garden.md")
    folder.rename("2024-01-02-foo.md", "2025-01-02-bar.md")
    folder.rename("Plan.rst", "Plan.md")
    folder.rename("noise.md", "still noise.md")
    index.run()
    book = index.store.notebook()
    assert book.at("Garden.md").title == "Compost"
    assert (book.at("2025-01-02-bar.md").title, book.at("2025-01-02-bar.md").created) == (
        "bar",
        "2025-01-02",
    )
    assert book.at("Plan.md").tags == ("done",)
    assert book.at("still noise.md").title == "still noise"


def test_a_name_in_two_unicode_forms_has_one_row_for_each_file(folder: Folder, index: Index):
    import unicodedata

    nfc = unicodedata.normalize("NFC", "노트.md")
    folder.write(nfc, "One form")
    folder.write(unicodedata.normalize("NFD", nfc), "The other form")
    index.run()
    rows = len(index.store.notebook())
    for number in range(3):
        folder.write(nfc, f"One form, edit {number}")
        index.indexer.update([nfc], Silent())
    assert len(index.store.notebook()) == rows

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from notesai.index.plan import RACY_NS, SKEW_NS, compare, could_be_moved, match_moves
from notesai.model import Note, NoteStatus
from notesai.notes.scanner import FileState

LATER = 10 * RACY_NS


def file(path: str, mtime: int = 100, size: int = 5) -> FileState:
    return FileState(path, path, mtime, size)


def note(path: str, mtime: int = 100, size: int = 5, content: str = "c") -> Note:
    return Note(f"id-{path}", path, path, content, mtime, size, indexed_at=mtime + LATER)


def by_path(*items: FileState | Note) -> dict:
    return {item.path: item for item in items}


def test_same_time_and_size_is_kept_without_reading():
    plan = compare(by_path(file("a.md")), by_path(note("a.md")))
    assert [n.path for n in plan.keep] == ["a.md"]
    assert plan.read == ()
    assert plan.vanished == ()


def test_an_older_time_is_read_again():
    plan = compare(by_path(file("a.md", mtime=50)), by_path(note("a.md", mtime=100)))
    assert [f.path for f in plan.read] == ["a.md"]


def test_a_file_written_just_before_it_was_indexed_is_read_again():
    racy = replace(note("a.md"), indexed_at=100 + RACY_NS // 2)
    plan = compare(by_path(file("a.md")), by_path(racy))
    assert [f.path for f in plan.read] == ["a.md"]


def test_a_time_that_is_still_to_come_is_a_time_like_any_other():
    far, near = replace(note("a.md"), indexed_at=100 - SKEW_NS), replace(note("b.md"), indexed_at=0)
    plan = compare(by_path(file("a.md"), file("b.md")), by_path(far, near))
    assert [n.path for n in plan.keep] == ["a.md"]
    # The clock of a server may be a little ahead.
    assert [f.path for f in plan.read] == ["b.md"]


def test_failed_notes_are_tried_again_and_skipped_ones_are_not():
    failed = replace(note("a.md"), status=NoteStatus.FAILED)
    skipped = replace(note("b.md"), status=NoteStatus.SKIPPED)
    plan = compare(by_path(file("a.md"), file("b.md")), by_path(failed, skipped))
    assert [f.path for f in plan.read] == ["a.md"]
    assert [n.path for n in plan.keep] == ["b.md"]


def test_suspects_are_read_whatever_their_time_says():
    plan = compare(by_path(file("a.md")), by_path(note("a.md")), suspects=frozenset({"id-a.md"}))
    assert [f.path for f in plan.read] == ["a.md"]


def test_notes_below_an_unreadable_folder_are_not_taken_as_deleted():
    notes = by_path(note("open/a.md"), note("closed/b.md"))
    plan = compare({}, notes, gone=lambda path: not path.startswith("closed/"))
    assert [n.path for n in plan.vanished] == ["open/a.md"]


def test_newest_files_are_read_first():
    plan = compare(by_path(file("old.md", mtime=1), file("new.md", mtime=9)), {})
    assert [f.path for f in plan.read] == ["new.md", "old.md"]


def test_only_new_files_of_a_vanished_size_could_be_moved():
    notes = by_path(note("gone.md", size=7), note("here.md", size=7))
    files = by_path(file("here.md", size=7, mtime=1), file("x.md", size=7), file("y.md", size=8))
    plan = compare(files, notes)
    assert [f.path for f in could_be_moved(plan, notes)] == ["x.md"]


def test_a_move_prefers_the_note_of_the_same_name():
    vanished = [note("a/one.md", content="same"), note("a/two.md", content="same")]
    moves = match_moves({"b/two.md": "same", "b/three.md": "same"}, vanished)
    assert {path: n.path for path, n in moves.items()} == {
        "b/two.md": "a/two.md",
        "b/three.md": "a/one.md",
    }


def test_one_note_is_moved_to_one_place_only():
    moves = match_moves({"x.md": "h", "y.md": "h"}, [note("gone.md", content="h")])
    assert len(moves) == 1


paths = st.sampled_from([f"{name}.md" for name in "abcdefgh"])
files_of = st.dictionaries(paths, st.tuples(st.integers(1, 3), st.integers(1, 2)))


@given(files_of, files_of)
def test_every_file_and_every_note_is_accounted_for(on_disk, in_index):
    files = {path: file(path, *state) for path, state in on_disk.items()}
    notes = {path: note(path, *state) for path, state in in_index.items()}
    plan = compare(files, notes)
    assert {n.path for n in plan.keep} | {f.path for f in plan.read} == files.keys()
    assert not {n.path for n in plan.keep} & {f.path for f in plan.read}
    assert {n.path for n in plan.vanished} == notes.keys() - files.keys()
    for kept in plan.keep:
        assert (kept.mtime_ns, kept.size) == on_disk[kept.path]

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from notesai.engine.protocol import EngineState, Failure, IndexChanged, NoteTitle, NoteTitles
from notesai.gui import explain
from notesai.gui.activity import size_words
from notesai.gui.client import EngineClient
from notesai.gui.engine_process import EngineExit, ExitKind
from notesai.gui.stalls import StallMeter
from notesai.gui.titles import Titles


def titles(*notes: tuple[str, str]) -> Titles:
    found = Titles(EngineClient(["true"]))
    listed = [NoteTitle(path=p, title=t, mtime_ns=at) for at, (p, t) in enumerate(notes)]
    found._arrived(NoteTitles(notes=tuple(listed)))
    return found


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("b", "a/b.md"),
        ("B.md", "a/b.md"),
        ("deep/b", "a/deep/b.md"),
        ("a/deep/b.md", "a/deep/b.md"),
        ("../top.md", "top.md"),
        ("./b", "a/b.md"),
        ("/top", "top.md"),
        ("제목이 있는 노트", "x/한글.md"),
        ("한글", "x/한글.md"),
        ("memo.txt", "x/memo.txt"),
        ("", "a/here.md"),
        ("nothing", None),
        ("../../../etc/passwd", None),
    ],
)
def test_what_a_link_means(target: str, expected: str | None) -> None:
    known = titles(
        ("a/b.md", "B note"),
        ("a/deep/b.md", "Deep B"),
        ("a/here.md", "Here"),
        ("top.md", "Top"),
        ("x/한글.md", "제목이 있는 노트"),
        ("x/memo.txt", "memo"),
    )
    assert known.resolve(target, "a/here.md") == expected


def test_the_nearest_to_the_root_wins_among_notes_of_one_name() -> None:
    known = titles(("z/y/n.md", "n"), ("a/n.md", "n"), ("n.md", "n"))
    assert known.resolve("n", "q/other.md") == "n.md"


def test_recent_notes_come_latest_first() -> None:
    known = titles(("a.md", "a"), ("b.md", "b"), ("c.md", "c"))
    assert [note.path for note in known.recent(2)] == ["c.md", "b.md"]


def test_the_list_is_fetched_anew_once_for_many_changes(
    start: Callable[..., EngineClient], qtbot: QtBot
) -> None:
    client = start()
    known = Titles(client)
    lists: list[int] = []
    known.changed.connect(lambda: lists.append(len(known.notes)))
    for _ in range(50):
        client.index_changed.emit(IndexChanged(paths=("a.md",)))
    qtbot.waitUntil(lambda: lists == [12], timeout=5000)
    qtbot.wait(200)
    assert lists == [12]


@pytest.mark.parametrize(
    ("size", "words"),
    [(0, "0 KB"), (1, "1 KB"), (500_000, "488 KB"), (88_342_528, "84.2 MB"), (3 << 30, "3.00 GB")],
)
def test_sizes(size: int, words: str) -> None:
    assert size_words(size) == words


def test_errors_are_explained_by_code_and_else_in_the_engine_s_words() -> None:
    unknown = Failure(id=1, code="new.code", message="It broke.", hint="Mend it.")
    assert explain.failure(unknown) == explain.Explanation("It broke.", "Mend it.")
    known = EngineState(state="failed", code="vault.missing", message="raw")
    assert explain.failure(known).what == "The folder of notes is not there."
    assert explain.reason("Larger than 20 MiB.") == "Larger than 20 MiB."


@pytest.mark.parametrize("kind", list(ExitKind))
def test_every_end_of_the_engine_is_explained(kind: ExitKind) -> None:
    meaning = explain.engine_gone(EngineExit(kind, 1))
    assert meaning.what and "notes are safe" in meaning.hint


def test_the_meter_sees_a_stall(qtbot: QtBot) -> None:
    import time

    meter = StallMeter()
    meter.start()
    qtbot.wait(30)
    calm = meter.longest
    time.sleep(0.2)
    qtbot.wait(10)
    meter.stop()
    assert 0.15 < meter.longest < 0.5
    assert calm < meter.longest

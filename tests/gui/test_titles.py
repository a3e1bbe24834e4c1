import time
from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from notesai.engine.protocol import IndexChanged, NoteTitle, NoteTitles
from notesai.gui.activity import size_words
from notesai.gui.client import EngineClient
from notesai.gui.i18n import Language
from notesai.gui.reasons import reason
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


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("24.5 MiB, larger than the limit of 20 MiB", "24.5 MiB예요. 한도는 20 MiB예요"),
        ("The file was left out: it is a binary file, not text.", "글이 아닌 파일이에요"),
        (
            "another file has the same name, written in another Unicode form: 가.md",
            "이름이 같은 파일이 있어요: 가.md",
        ),
        ("something new", "something new"),
    ],
)
def test_reasons_are_translated_if_they_are_known(text: str, said: str, language: Language) -> None:
    language.choose("ko")
    assert reason(text) == said


def test_the_meter_sees_a_stall_and_who_caused_it(qtbot: QtBot) -> None:
    meter = StallMeter()
    meter.start()
    qtbot.wait(30)
    time.sleep(0.2)
    qtbot.wait(10)
    assert meter.longest > 0.15 > meter.busiest
    until = time.thread_time() + 0.2
    while time.thread_time() < until:
        pass
    qtbot.wait(10)
    meter.stop()
    assert meter.busiest > 0.15

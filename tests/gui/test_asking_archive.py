"""Conversations on the disk."""

import json
from pathlib import Path

import pytest
from scripted_answers import of

from notesai.gui.asking.archive import Archive
from notesai.gui.asking.exchange import Exchange, Reach, Stage
from notesai.model import Citation, Scope
from notesai.paths import home

SOURCE = Citation(1, "a.md", 1, 0, 4, "text", "A", "")


def asked(question: str, stage: Stage = Stage.DONE) -> Exchange:
    return Exchange(
        question=question,
        answer=of("It is so [1].", (SOURCE,)),
        stage=stage,
        reach=Reach(scope=Scope(folder="garden/")),
        asked_at=5.0,
    )


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "vault")


def test_a_conversation_comes_back_as_it_was(archive: Archive) -> None:
    exchanges = (asked("왜요?\n둘째 줄"), asked("And then?"))
    archive.save("one", exchanges)
    opened = archive.open("one")
    assert opened is not None and opened.exchanges == exchanges and not opened.damaged
    assert [kept.head.shown for kept in archive.all()] == ["왜요? 둘째 줄"]
    assert archive.folder.is_relative_to(home().data)


def test_what_was_under_way_is_stopped(archive: Archive) -> None:
    archive.save("one", (asked("Why?", Stage.WRITING),))
    opened = archive.open("one")
    assert opened is not None and opened.exchanges[0].stage is Stage.STOPPED


def test_titles_are_kept_when_more_is_asked(archive: Archive) -> None:
    archive.save("one", (asked("Why?"),))
    archive.rename("one", "  About\nwater ")
    archive.save("one", (asked("Why?"), asked("Really?")))
    assert archive.all()[0].head.shown == "About water"
    archive.rename("one", "")
    assert archive.all()[0].head.shown == "Why?"


def test_one_and_all_can_be_deleted(archive: Archive) -> None:
    for name in ("one", "two", "three"):
        archive.save(name, (asked(name),))
    archive.delete("two")
    archive.delete("two")
    assert {kept.name for kept in archive.all()} == {"one", "three"}
    (archive.folder / "four.jsonl").write_bytes(b"\x00")
    assert len(archive.all()) == 2
    archive.delete_all()
    assert list(archive.folder.iterdir()) == []


def test_a_damaged_line_costs_that_line_alone(archive: Archive) -> None:
    archive.save("one", (asked("Why?"), asked("And?"), asked("So?")))
    file = archive.folder / "one.jsonl"
    lines = file.read_bytes().splitlines(keepends=True)
    damaged = b"".join([lines[0], lines[1], lines[2][:30] + b"\xff\n", lines[3]])
    file.write_bytes(damaged)
    opened = archive.open("one")
    assert opened is not None and opened.damaged and archive.damaged == 1
    assert [one.question for one in opened.exchanges] == ["Why?", "So?"]
    aside = list(archive.folder.glob("*.broken"))
    assert [one.read_bytes() for one in aside] == [damaged]
    again = archive.open("one")
    assert again is not None and not again.damaged and len(again.exchanges) == 2


@pytest.mark.parametrize(
    "data", [b"", b"not json\n", b"\xff\xfe\x00", b"[" * 5000, b'{"version":"x"}']
)
def test_a_file_of_which_nothing_can_be_read_is_set_aside(archive: Archive, data: bytes) -> None:
    archive.save("good", (asked("Why?"),))
    (archive.folder / "bad.jsonl").write_bytes(data)
    assert [kept.name for kept in archive.all()] == ["good"]
    assert archive.damaged == 1
    assert [one.read_bytes() for one in archive.folder.glob("*.broken")] == [data]
    assert [kept.name for kept in archive.all()] == ["good"]
    assert archive.damaged == 1


def test_a_head_that_is_damaged_is_made_anew(archive: Archive) -> None:
    archive.save("one", (asked("Why?"),))
    file = archive.folder / "one.jsonl"
    file.write_bytes(b"garbage\n" + file.read_bytes().splitlines()[1])
    assert [kept.head.shown for kept in archive.all()] == ["Why?"]


def test_a_newer_notesai_s_file_is_left_alone(archive: Archive) -> None:
    archive.save("one", (asked("Why?"),))
    file = archive.folder / "one.jsonl"
    newer = file.read_bytes().replace(b'"version":1', b'"version":9')
    file.write_bytes(newer)
    assert archive.all() == []
    assert file.read_bytes() == newer


def test_no_half_of_a_file_is_left(archive: Archive) -> None:
    archive.save("one", (asked("Why?"),))
    archive.save("one", (asked("Why?"), asked("And?")))
    assert [file.name for file in archive.folder.iterdir()] == ["one.jsonl"]
    assert all(json.loads(line) for line in (archive.folder / "one.jsonl").read_text().splitlines())


def test_vaults_have_their_own(tmp_path: Path) -> None:
    first, second = Archive(tmp_path / "a"), Archive(tmp_path / "b")
    first.save("one", (asked("Why?"),))
    assert second.all() == []


def test_where_nothing_can_be_written_saving_says_so(archive: Archive) -> None:
    archive.folder.parent.mkdir(parents=True)
    archive.folder.write_text("a file in the way")
    with pytest.raises(OSError):
        archive.save("one", (asked("Why?"),))
    assert archive.all() == []

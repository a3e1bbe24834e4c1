import json
import pickle
from pathlib import Path

import pytest

from notesai.index.flight import CRASHES, EMBED, READ, Flight


def crash(folder: Path, work: str, *hashes: str) -> None:
    """Leave behind what a process leaves that dies in the middle."""
    flight = Flight(folder)
    with flight.of(work, hashes):
        (file,) = (one for one in (folder / "in-flight").iterdir() if one.read_bytes())
        written = file.read_bytes()
    flight.close()
    file.write_bytes(written)


def known(folder: Path) -> Flight:
    flight = Flight(folder)
    flight.take_stock()
    return flight


def test_what_landed_is_not_counted(tmp_path: Path) -> None:
    flight = Flight(tmp_path)
    with flight.of(READ, ["a"]):
        pass
    with pytest.raises(ValueError), flight.of(EMBED, ["b"]):
        raise ValueError
    after = known(tmp_path)
    assert not after.suspects and not after.suspected("a", READ)
    flight.close()
    assert list((tmp_path / "in-flight").iterdir()) == []


def test_one_crash_makes_suspects_and_two_a_quarantine(tmp_path: Path) -> None:
    crash(tmp_path, EMBED, "a", "b")
    first = known(tmp_path)
    assert first.suspects
    assert first.suspected("a", EMBED) and not first.suspected("a", READ)
    assert not first.quarantined("a")
    with first.of(EMBED, ["b"]):
        pass
    first.close()
    crash(tmp_path, EMBED, "a")
    second = known(tmp_path)
    assert (second.quarantined("a"), second.quarantined("b")) == (True, False)
    assert not second.suspects
    again = pickle.loads(pickle.dumps(second))
    assert again.quarantined("a")
    second.pardon(["a"])
    assert not known(tmp_path).quarantined("a")


def test_who_was_edited_or_deleted_is_suspected_no_more(tmp_path: Path) -> None:
    for _ in range(CRASHES):
        crash(tmp_path, EMBED, "bad", "bad-and-gone")
        known(tmp_path).close()
    crash(tmp_path, READ, "edited")
    flight = known(tmp_path)
    flight.settle(EMBED, {"bad"})
    assert flight.suspects
    flight.settle(READ, {"bad"})
    assert not flight.suspects
    assert flight.quarantined("bad") and not flight.quarantined("bad-and-gone")
    assert json.loads((tmp_path / "crashes.json").read_bytes()) == {"embed:bad": CRASHES}


def test_reading_well_does_not_excuse_embedding(tmp_path: Path) -> None:
    for _ in range(CRASHES):
        crash(tmp_path, EMBED, "a")
        flight = known(tmp_path)
        with flight.of(READ, ["a"]):
            pass
        flight.close()
    assert known(tmp_path).quarantined("a")


@pytest.mark.parametrize("content", ["", "[]", "{", '{"read:a": "many"}', "\x00"])
def test_a_damaged_count_is_none(tmp_path: Path, content: str) -> None:
    (tmp_path / "crashes.json").write_text(content)
    assert not known(tmp_path).suspects


def test_without_a_folder_nothing_is_written() -> None:
    flight = Flight()
    with flight.of(READ, ["a"]):
        flight.take_stock()
    flight.forget()
    flight.close()
    assert not flight.suspects


def test_a_full_disk_keeps_nothing_from_being_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "in-flight").write_text("no folder")
    with Flight(tmp_path).of(READ, ["a"]):
        pass

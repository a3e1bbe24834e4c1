import mmap
import sys
from pathlib import Path

import psutil
import pytest

from notesai.engine import memory


@pytest.mark.skipif(sys.platform != "linux", reason="only glibc can be asked")
def test_freed_memory_goes_back_to_the_system() -> None:
    me = psutil.Process()
    # Small blocks, with one kept at the end: the allocator cannot give them back by itself.
    blocks = [bytes(1000) for _ in range(100_000)]
    kept = blocks[-1]
    full = me.memory_info().rss
    del blocks
    memory.give_back()
    assert me.memory_info().rss < full - (50 << 20)
    assert len(kept) == 1000


def test_without_the_large_libraries_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "pyarrow", raising=False)
    memory.give_back()


MAPPED = 32 << 20


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux is asked")
def test_what_is_resident_of_files_goes_and_is_there_again(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(bytes([7]) * MAPPED)
    me = psutil.Process()
    with (
        file.open("rb") as source,
        mmap.mmap(source.fileno(), 0, flags=mmap.MAP_PRIVATE, prot=mmap.PROT_READ) as read,
        mmap.mmap(source.fileno(), 0, flags=mmap.MAP_PRIVATE) as changed,
    ):
        changed[100] = 8
        assert sum(read[:: mmap.PAGESIZE]) == 7 * (MAPPED // mmap.PAGESIZE)
        full = me.memory_info().rss
        memory.let_go_of_files()
        assert me.memory_info().rss < full - MAPPED
        assert (read[100], changed[100], read[MAPPED - 1]) == (7, 8, 7)


def mapping(addresses: str, rights: str, inode: int, **numbers: int) -> list[str]:
    values = {"Rss": 8, "Private_Dirty": 0, "Shared_Dirty": 0, "Anonymous": 0} | numbers
    lines = [f"{addresses} {rights} 00000000 fe:00 {inode}   /a file"]
    return [*lines, *(f"{name}:    {kb} kB" for name, kb in values.items()), "VmFlags: rd mr"]


@pytest.mark.parametrize(
    ("rights", "inode", "numbers", "goes"),
    [
        ("r-xp", 5, {}, True),
        ("r--p", 5, {}, True),
        ("rw-p", 5, {}, False),
        ("r--s", 5, {}, False),
        ("r-xp", 0, {}, False),
        ("r--p", 5, {"Private_Dirty": 4}, False),
        ("r--p", 5, {"Anonymous": 4}, False),
        ("r--p", 5, {"Locked": 4}, False),
    ],
)
def test_only_what_is_the_same_in_the_file_is_let_go(
    rights: str, inode: int, numbers: dict[str, int], goes: bool
) -> None:
    lines = [
        *mapping("1000-2000", rights, inode, **numbers),
        *mapping("7f00-8f00", "r-xp", 9),
    ]
    found = [(0x7F00, 0x8F00)]
    assert list(memory.unchanged(lines)) == ([(0x1000, 0x2000)] if goes else []) + found

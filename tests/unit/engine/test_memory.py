import sys

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

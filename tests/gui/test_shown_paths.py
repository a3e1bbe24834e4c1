import sys
from pathlib import Path

import pytest

from notesai.gui.folders import shown_path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there it is no custom")


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/home/me/Notes", "~/Notes"),
        ("/home/me", "~"),
        ("/home/mean/Notes", "/home/mean/Notes"),
        ("/mnt/노트", "/mnt/노트"),
        ("s3://bucket/prefix", "s3://bucket/prefix"),
        ("", ""),
    ],
)
def test_the_home_folder_is_a_tilde(
    path: str, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "home", lambda: Path("/home/me"))
    assert shown_path(path) == expected

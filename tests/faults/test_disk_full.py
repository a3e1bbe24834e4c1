"""The disk that holds the index is full: said clearly, nothing lost, and it goes on afterwards."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from contents import contents
from fakes import Folder


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of a few megabytes; needs the right to mount one."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(place)]
    if os.name != "posix" or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("may not mount a file system")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def index(vault: Path, home: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "notesai", "index", "--json", "--vault", str(vault)]
    environment = {**os.environ, "NOTESAI_HOME": str(home)}
    return subprocess.run(command, capture_output=True, text=True, env=environment)


def test_a_full_disk(folder: Folder, small_disk: Path, tmp_path: Path) -> None:
    for number in range(40):
        folder.write(f"{number}.md", f"# Note {number}\n\n" + f"Thing {number} grows. " * 60)
    home = small_disk / "home"
    home.mkdir()
    ballast = small_disk / "ballast"
    with ballast.open("wb") as file:
        file.write(b"x" * (3_950 << 10))
    failed = index(folder.path, home)
    assert failed.returncode == 1
    assert "full" in failed.stderr
    assert "notes are safe" in failed.stderr
    assert "Traceback" not in failed.stderr
    ballast.unlink()
    done = index(folder.path, home)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["notes"] == 40
    (place,) = (home / "data" / "indexes").iterdir()
    assert {path for path, _, _, vector in contents(place) if vector} == {
        f"{number}.md" for number in range(40)
    }

"""The real app when things go wrong around it: folders, notes and displays."""

from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from fakes import Folder
from x_app import Starter, starter
from x_desktop import tools_there, wait_until, x_display

pytestmark = [
    pytest.mark.skipif(not tools_there(), reason="needs Xvfb, openbox and xdotool"),
    pytest.mark.timeout(240),
]


@pytest.fixture
def start() -> Iterator[Starter]:
    with x_display(tray=False) as environment, starter(environment) as start:
        yield start


def test_a_folder_that_goes_and_comes_back(start: Starter, folder: Folder) -> None:
    for number in range(12):
        folder.write(f"{number}.md", f"# Note {number}\n\nAbout thing{number}.")
    app = start("--vault", str(folder.path))
    app.opens("thing7", "Note 7")
    away = folder.path.with_name("away")
    folder.path.rename(away)
    # What is known can still be found, and a note that cannot be read is no reason to stop.
    app.tries_to_open("thing3", "Note 3")
    assert app.process.poll() is None
    away.rename(folder.path)
    app.opens("thing5", "Note 5")
    assert sorted(file.name for file in folder.path.iterdir()) == sorted(
        f"{number}.md" for number in range(12)
    )
    assert "Traceback" not in app.quits()


@pytest.mark.parametrize("size", [100_000, pytest.param(1_000_000, marks=pytest.mark.slow)])
def test_monstrous_notes_are_shown(start: Starter, folder: Folder, size: int) -> None:
    folder.write("line.md", "# Oneline\n\nquagga " + "word " * (size // 5))
    folder.write("glued.md", "# Glued\n\nquokka " + "x" * size)
    tags = " ".join(f"#tag{number}" for number in range(5_000))
    folder.write("tags.md", f"# Tagged\n\nzyzzyva {tags}")
    folder.write("image.png", b"\x89PNG\r\n\x1a\nthis is none")
    pictures = (
        "![](image.png) ![](gone.png) ![](../../etc/passwd) ![](https://example.invalid/a.png)"
    )
    folder.write("images.md", f"# Pictures\n\nokapi {pictures}")
    script = "<script>document.title='owned'</script><iframe src='file:///etc/passwd'></iframe>"
    folder.write("script.md", f"# Scripted\n\nnumbat {script} <img src=x onerror=alert(1)>")
    app = start("--vault", str(folder.path))
    for word, title in (
        ("okapi", "Pictures"),
        ("numbat", "Scripted"),
        ("zyzzyva", "Tagged"),
        ("quagga", "Oneline"),
        ("quokka", "Glued"),
    ):
        app.opens(word, title)
    # All tags in the list of tags.
    app.key("ctrl+2")
    assert "Traceback" not in app.quits()


def test_with_the_display_both_processes_go(tmp_path: Path, folder: Folder) -> None:
    folder.write("compost.md", "# Compost\n\nLayer green and brown matter.")
    with x_display(tray=False) as environment, starter(environment) as start:
        app = start("--vault", str(folder.path))
        app.opens("brown matter", "Compost")
        engine = app.engine()
        assert engine is not None
        server = _server(environment["DISPLAY"])
        server.kill()
        server.wait(10)
        wait_until(lambda: app.process.poll() is not None, "the window lives without a display")
        psutil.wait_procs([engine], timeout=20)
        assert not engine.is_running()
    assert (folder.path / "compost.md").read_text("utf-8").startswith("# Compost")


def _server(display: str) -> psutil.Process:
    """The X server of this test: a child of ours whose display it is."""
    for child in psutil.Process().children():
        command = child.cmdline()
        if command and command[0].endswith("Xvfb") and _serves(child, display):
            return child
    raise AssertionError(f"no X server for {display}")


def _serves(process: psutil.Process, display: str) -> bool:
    names = {f"/tmp/.X11-unix/X{display[1:]}", f"@/tmp/.X11-unix/X{display[1:]}"}
    return any(connection.laddr in names for connection in process.net_connections("unix"))

"""What makes an AppImage and a Flatpak, as far as it goes without their tools."""

import os
import subprocess
from pathlib import Path

import yaml

LINUX = Path(__file__).resolve().parents[3] / "packaging" / "linux"


def checkout(tmp_path: Path) -> Path:
    """A checkout with a program that was built: a script."""
    linux = tmp_path / "packaging" / "linux"
    linux.mkdir(parents=True)
    for name in ("appimage.sh", "ai.notesai.app.desktop", "ai.notesai.app.metainfo.xml"):
        (linux / name).write_bytes((LINUX / name).read_bytes())
    program = tmp_path / "dist" / "notesai" / "notesai"
    icon = tmp_path / "dist" / "facts" / "icons" / "notesai-256.png"
    for file in (program, icon):
        file.parent.mkdir(parents=True)
    program.write_text("#!/bin/sh\necho it runs\n", "utf-8")
    program.chmod(0o755)
    icon.write_bytes(b"")
    return tmp_path


def appimage(place: Path, tool: str) -> subprocess.CompletedProcess[str]:
    command = ["bash", str(place / "packaging" / "linux" / "appimage.sh"), "1.2"]
    environment = {**os.environ, "APPIMAGETOOL": tool}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_an_appimage_starts_the_program_and_has_what_a_desktop_shows(tmp_path: Path):
    tool = tmp_path / "tool"
    tool.write_text('#!/bin/sh\nls "$1"\n"$1/AppRun"\necho to "$2"\n', "utf-8")
    tool.chmod(0o755)
    done = appimage(checkout(tmp_path), str(tool))
    assert done.returncode == 0, done.stderr
    said = done.stdout.split("\n")
    assert {"AppRun", "ai.notesai.app.desktop", "notesai.png", "it runs"} <= set(said)
    assert any(line.startswith("to dist/notesai-1.2-") for line in said)


def test_without_its_tool_it_says_where_to_get_it(tmp_path: Path):
    done = appimage(checkout(tmp_path), "no-such-tool")
    assert done.returncode == 1
    assert "https://" in done.stderr


def test_the_flatpak_is_made_of_what_is_there():
    manifest = yaml.safe_load((LINUX / "ai.notesai.app.yaml").read_text("utf-8"))
    assert manifest["id"] == "ai.notesai.app"
    (module,) = manifest["modules"]
    named = [source["path"] for source in module["sources"]]
    built = {name for name in named if name.startswith("../../dist/")}
    assert built == {"../../dist/notesai", "../../dist/facts/icons"}
    assert all((LINUX / name).is_file() for name in set(named) - built)
    assert not any("host" in permission for permission in manifest["finish-args"])

"""What makes an AppImage and a Flatpak, as far as it goes without their tools."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

LINUX = Path(__file__).resolve().parents[3] / "packaging" / "linux"


def checkout(tmp_path: Path) -> Path:
    """A checkout with a program that was built: a script."""
    linux = tmp_path / "packaging" / "linux"
    linux.mkdir(parents=True)
    for name in ("appimage.sh", "ai.notesai.app.desktop"):
        (linux / name).write_bytes((LINUX / name).read_bytes())
    program = tmp_path / "dist" / "notesai" / "notesai"
    icon = tmp_path / "dist" / "facts" / "icons" / "notesai-256.png"
    for file in (program, icon):
        file.parent.mkdir(parents=True)
    program.write_text("#!/bin/sh\necho it runs\n", "utf-8")
    program.chmod(0o755)
    icon.write_bytes(b"")
    (icon.parents[1] / "ai.notesai.app.metainfo.xml").write_text("<component/>", "utf-8")
    return tmp_path


# In the place of the runtime, a program that unpacks what follows it and starts AppRun there.
RUNTIME = """#!/bin/sh
place=$(mktemp -d)
unsquashfs -quiet -no-progress -dest "$place/root" -offset @SIZE@ "$0" >/dev/null
ls -A "$place/root"
"$place/root/AppRun"
rm -r "$place"
exit
"""


def appimage(place: Path, runtime: Path) -> subprocess.CompletedProcess[str]:
    command = ["bash", str(place / "packaging" / "linux" / "appimage.sh"), "1.2"]
    environment = {**os.environ, "APPIMAGE_RUNTIME": str(runtime)}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.skipif(not shutil.which("mksquashfs"), reason="no squashfs-tools here")
def test_an_appimage_starts_the_program_and_has_what_a_desktop_shows(tmp_path: Path):
    runtime = tmp_path / "runtime"
    runtime.write_text(RUNTIME.replace("@SIZE@", f"{len(RUNTIME):06}"), "utf-8")
    place = checkout(tmp_path)
    done = appimage(place, runtime)
    assert done.returncode == 0, done.stderr
    image = place / done.stdout.strip()
    assert image.parent == place / "dist" and image.name.startswith("notesai-1.2-")
    said = subprocess.run([image], capture_output=True, text=True, check=False).stdout.split("\n")
    shown = {"AppRun", ".DirIcon", "ai.notesai.app.desktop", "notesai.png"}
    assert {*shown, "it runs"} <= set(said)


def test_without_its_runtime_it_says_where_to_get_it(tmp_path: Path):
    done = appimage(checkout(tmp_path), tmp_path / "none")
    assert done.returncode == 1
    assert "https://" in done.stderr


def test_the_flatpak_is_made_of_what_is_there():
    manifest = yaml.safe_load((LINUX / "ai.notesai.app.yaml").read_text("utf-8"))
    assert manifest["id"] == "ai.notesai.app"
    (module,) = manifest["modules"]
    named = [source["path"] for source in module["sources"]]
    built = {name for name in named if name.startswith("../../dist/")}
    facts = ("icons", "ai.notesai.app.metainfo.xml")
    assert built == {"../../dist/notesai", *(f"../../dist/facts/{name}" for name in facts)}
    assert all((LINUX / name).is_file() for name in set(named) - built)
    assert not any("host" in permission for permission in manifest["finish-args"])

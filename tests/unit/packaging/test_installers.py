import ctypes
import gzip
import json
import lzma
import os
import platform
import shutil
import struct
import subprocess
import sys
import tarfile
import tomllib
from pathlib import Path

import pytest
from devtool.installers import archive, contents, debian, leave_out, make, shells, slim, squeeze
from devtool.installers.product import Product
from devtool.steps import Problem
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from notesai import __version__

PACKAGING = Path(__file__).resolve().parents[3] / "packaging"

COMMANDS = {
    "models": {
        "help": "Say which models: there are.",
        "options": ["--json", "--help"],
        "below": {"add": {"help": "", "options": [], "below": {}}},
    },
    "search": {"help": "Find notes.", "options": ["-k", "--vault", "--help"], "below": {}},
}


@pytest.fixture
def product(tmp_path: Path) -> Product:
    """A program of a few bytes, with the real files around it."""
    made = Product(PACKAGING.parent, tmp_path / "dist", "1.2.3")
    (made.program / "_internal" / "numpy").mkdir(parents=True)
    (made.program / "_internal" / "numpy" / "core.so").write_bytes(b"x" * 3000)
    (made.program / "_internal" / "libone.so.1").write_bytes(b"x" * 2000)
    (made.program / "_internal" / "libone.so").symlink_to("libone.so.1")
    for name in ("notesai", "notesai-window"):
        (made.program / name).write_bytes(b"#!/bin/sh\n")
        (made.program / name).chmod(0o755)
    icons = made.facts / "icons"
    icons.mkdir(parents=True)
    for size in debian._SIZES:
        (icons / f"notesai-{size}.png").write_bytes(b"png")
    made.about.write_text(made.filled(made.linux / made.about.name), "utf-8")
    (made.facts / "commands.json").write_text(json.dumps(COMMANDS), "utf-8")
    return made


# What is inside


def test_a_clean_build_has_no_faults(product: Product) -> None:
    assert contents.faults(product.program) == []


@pytest.mark.parametrize("name", ["torch", "transformers", "numba", "pytest", "PIL"])
def test_a_package_that_slips_in_is_a_fault(product: Product, name: str) -> None:
    (product.program / "_internal" / name).mkdir()
    assert [fault.split()[0] for fault in contents.faults(product.program)] == [name]


def test_so_is_its_metadata_alone(product: Product) -> None:
    (product.program / "_internal" / "torch-2.1.dist-info").mkdir()
    assert len(contents.faults(product.program)) == 1


def test_the_build_for_all_models_may_hold_torch_but_no_test_tools(product: Product) -> None:
    for name in ("torch", "pytest"):
        (product.program / "_internal" / name).mkdir()
    faults = contents.faults(product.program, all_models=True)
    assert [fault.split()[0] for fault in faults] == ["pytest"]


def test_a_build_that_grew_too_large_is_a_fault(
    product: Product, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contents, "LARGEST_MB", 0.001)
    assert "MB in all" in contents.faults(product.program)[0]


def test_sizes_are_by_part_and_count_links_once(product: Product) -> None:
    assert contents.total(product.program) == 3000 + 2000 + 2 * 10
    assert contents.largest(product.program, 2) == [("numpy", 3000), ("libone.so.1", 2000)]
    assert "numpy" in contents.table(product.program, "the program").splitlines()[1]


@pytest.mark.parametrize(
    ("place", "wanted"),
    [
        ("PySide6/Qt/plugins/platforms/libqxcb.so", True),
        ("PySide6/Qt/plugins/platformthemes/libqgtk3.so", False),
        ("PySide6/Qt/translations/qtbase_ko.qm", True),
        ("PySide6/Qt/translations/qtbase_de.qm", False),
        ("pyarrow/libarrow_flight.so.2600", False),
        ("pyarrow/libarrow.so.2600", True),
        ("rapidfuzz/distance/metrics_cpp_avx2.cpython-311-x86_64-linux-gnu.so", False),
        ("rapidfuzz/distance/metrics_cpp.cpython-311-x86_64-linux-gnu.so", True),
        ("llama_cpp/lib/libggml-cpu-sandybridge.so", False),
        ("llama_cpp/lib/libggml-cpu-haswell.so", True),
        ("resources/translations/notesai_ko.qm", True),
        ("sklearn\\datasets\\data\\iris.csv", False),
    ],
)
def test_files_that_nothing_opens_are_left_out(place: str, wanted: bool) -> None:
    assert leave_out.wanted(place) is wanted


# What shells complete


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash here")
def test_bash_completes_commands_options_and_subcommands() -> None:
    script = shells.completions(PACKAGING / "linux", COMMANDS)["bash"]

    def completed(*words: str) -> list[str]:
        quoted = " ".join(f"'{word}'" for word in words)
        ask = f"COMP_WORDS=({quoted}); COMP_CWORD={len(words) - 1}; _notesai; "
        ask += 'printf "%s\\n" "${COMPREPLY[@]}"'
        command = ["bash", "-c", f"{script}\n{ask}"]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        return done.stdout.split()

    assert completed("notesai", "") == ["models", "search"]
    assert completed("notesai", "se") == ["search"]
    assert completed("notesai", "search", "-") == ["-k", "--vault", "--help"]
    assert completed("notesai", "models", "a") == ["add"]
    assert "--hidden" in completed("notesai", "--")


def test_nothing_is_left_to_fill_in() -> None:
    for script in shells.completions(PACKAGING / "linux", COMMANDS).values():
        assert "@" not in script.replace('"$@"', "").replace("[@]", "")


# Packages


@pytest.mark.skipif(shutil.which("dpkg-deb") is None, reason="no dpkg-deb here")
def test_the_deb_holds_the_program_and_what_ties_it_to_the_desktop(
    product: Product, tmp_path: Path
) -> None:
    os.umask(0o077)
    try:
        file = debian.package(product)
    finally:
        os.umask(0o022)
    root = tmp_path / "root"
    subprocess.run(["dpkg-deb", "-R", str(file), str(root)], check=True)
    assert (root / "usr/bin/notesai").readlink() == Path("../lib/notesai/notesai")
    assert os.access(root / "usr/lib/notesai/notesai-window", os.X_OK)
    for place in (
        "usr/share/applications/ai.notesai.app.desktop",
        "usr/share/icons/hicolor/scalable/apps/notesai.svg",
        "usr/share/icons/hicolor/256x256/apps/notesai.png",
        "usr/share/bash-completion/completions/notesai",
        "usr/share/zsh/vendor-completions/_notesai",
        "usr/share/doc/notesai/copyright",
        "etc/xdg/autostart/notesai.desktop",
    ):
        path = root / place
        assert path.is_file() and path.stat().st_mode & 0o777 == 0o644, place
    manual = gzip.decompress((root / "usr/share/man/man1/notesai.1.gz").read_bytes()).decode()
    about = (root / "usr/share/metainfo/ai.notesai.app.metainfo.xml").read_text("utf-8")
    assert "notesai 1.2.3" in manual and 'version="1.2.3"' in about and "@" not in about
    control = (root / "DEBIAN" / "control").read_text("utf-8")
    assert "Version: 1.2.3\n" in control and f"Architecture: {debian._architecture()}\n" in control
    assert f"Depends: libc6 (>= {platform.libc_ver()[1]}), libegl1" in control
    assert os.access(root / "DEBIAN" / "postrm", os.X_OK)
    listed = subprocess.run(["dpkg-deb", "-c", str(file)], capture_output=True, text=True)
    assert {line.split()[1] for line in listed.stdout.splitlines()} == {"root/root"}


@pytest.mark.parametrize("there", [True, False])
def test_what_is_squeezed_comes_out_as_it_was_with_and_without_xz(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: bool
) -> None:
    if not there:
        monkeypatch.setattr(shutil, "which", lambda name: None)
    content = b"\xe8\x01\x02\x03\x00 calls " * 5000
    with (tmp_path / "file").open("wb") as target:
        target.write(b"before")
        with squeeze.into(target) as sink:
            sink.write(content)
        target.write(b"after")
    packed = (tmp_path / "file").read_bytes()
    assert packed.startswith(b"before") and packed.endswith(b"after") and len(packed) < 9000
    assert lzma.decompress(packed[6:-5]) == content


def test_the_portable_archive_unpacks_into_one_folder_of_nobody(
    product: Product, tmp_path: Path
) -> None:
    file = archive.package(product)
    with tarfile.open(file) as packed:
        entries = packed.getmembers()
    stem = f"notesai-1.2.3-linux-{platform.machine()}"
    assert {entry.name.split("/")[0] for entry in entries} == {stem}
    names = {entry.name.removeprefix(f"{stem}/") for entry in entries}
    assert {"notesai", "README.md", "LICENSE", "completion/notesai.zsh"} <= names
    assert {(entry.uid, entry.uname) for entry in entries} == {(0, "")}


def test_what_is_pinned_is_what_the_project_allows() -> None:
    lines = (PACKAGING / "pinned.txt").read_text("utf-8").splitlines()
    pinned = dict(line.split("==") for line in lines if not line.startswith("#"))
    project = tomllib.loads((PACKAGING.parent / "pyproject.toml").read_text("utf-8"))["project"]
    asked = [*project["dependencies"], *project["optional-dependencies"]["llm"]]
    known = [one for one in map(Requirement, asked) if canonicalize_name(one.name) in pinned]
    assert len(known) > 20
    for one in known:
        assert pinned[canonicalize_name(one.name)] in one.specifier, one


def test_a_release_says_what_is_new_in_both_languages() -> None:
    command = [sys.executable, str(PACKAGING / "news.py")]
    told = subprocess.run([*command, __version__], capture_output=True, encoding="utf-8")
    assert told.returncode == 0 and "- Finds notes" in told.stdout and "노트" in told.stdout
    assert subprocess.run([*command, "9.9"], capture_output=True).returncode == 1


def test_an_unknown_format_is_said(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="no format rpm"):
        make.make(tmp_path, ["rpm"])


@pytest.mark.skipif(sys.platform != "linux", reason="a Debian script")
def test_purging_removes_what_is_ours_and_keeps_what_a_person_wrote(tmp_path: Path) -> None:
    home, notes = tmp_path / "home", tmp_path / "notes"
    data = home / ".local/share/notesai"
    for place in ("indexes/a", "logs", "models/m", "drafts", "sample-notes"):
        (data / place).mkdir(parents=True)
        (data / place / "file").write_text("x", "utf-8")
    (home / ".config/notesai").mkdir(parents=True)
    (home / "Notes").mkdir()
    notes.mkdir()
    (notes / "mine.md").write_text("x", "utf-8")
    (home / ".cache").mkdir()
    (home / ".cache/notesai").symlink_to(notes)
    programs = tmp_path / "bin"
    programs.mkdir()
    getent = programs / "getent"
    getent.write_text(f"#!/bin/sh\necho 'me:x:1000:1000::{home}:/bin/sh'\n", "utf-8")
    getent.chmod(0o755)
    script = str(PACKAGING / "linux" / "postrm")
    path = f"{programs}{os.pathsep}{os.environ['PATH']}"
    subprocess.run(["sh", script, "purge"], check=True, env={**os.environ, "PATH": path})
    assert sorted(entry.name for entry in data.iterdir()) == ["drafts", "sample-notes"]
    assert not (home / ".config/notesai").exists() and (home / "Notes").is_dir()
    assert (notes / "mine.md").read_text("utf-8") == "x"


@pytest.mark.parametrize("tool", ["desktop-file-validate", "appstreamcli"])
def test_the_desktop_accepts_what_it_is_told(product: Product, tmp_path: Path, tool: str) -> None:
    if shutil.which(tool) is None:
        pytest.skip(f"no {tool} here")
    linux = PACKAGING / "linux"
    about = tmp_path / "ai.notesai.app.metainfo.xml"
    about.write_text(product.filled(linux / about.name), "utf-8")
    command = {
        "desktop-file-validate": [tool, str(linux / "ai.notesai.app.desktop")],
        "appstreamcli": [tool, "validate", "--no-net", str(about)],
    }[tool]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


# Smaller


@pytest.mark.skipif(shutil.which("cc") is None or sys.platform != "linux", reason="no compiler")
def test_symbols_are_removed_and_the_library_still_loads(product: Product, tmp_path: Path) -> None:
    source = tmp_path / "one.c"
    functions = "".join(f"static int f{n}(void){{return {n};}}\n" for n in range(20_000))
    table = ",".join(f"f{n}" for n in range(20_000))
    source.write_text(f"{functions}int (*all[])(void)={{{table}}};int one(void){{return 1;}}")
    library = product.program / "_internal" / "numpy" / "libtwo.so"
    command = ["cc", "-shared", "-fPIC", "-O0", "-o", str(library), str(source)]
    subprocess.run(command, check=True, timeout=60)
    before, whole = library.stat().st_size, contents.total(product.program)
    saved = slim.slim(product.program)
    assert 0 < saved == whole - contents.total(product.program)
    assert library.stat().st_size < before
    assert ctypes.CDLL(str(library)).one() == 1
    window = product.program / "notesai-window"
    assert window.readlink() == Path("notesai") and os.access(window, os.X_OK)
    assert contents.faults(product.program) == []


def test_segments_that_the_loader_refuses_are_seen() -> None:
    def elf(offset: int, address: int) -> bytes:
        head = b"\x7fELF\x02" + bytes(27) + struct.pack("<Q", 64) + bytes(14)
        head += struct.pack("<HH", 56, 1) + bytes(6)
        return head + struct.pack("<IIQQ", 1, 5, offset, address) + bytes(32)

    assert slim.loadable(elf(0x1000, 0x5000)) and slim.loadable(elf(0x1234, 0x234))
    assert not slim.loadable(elf(0x1000, 0x5010))
    assert not slim.loadable(b"no library")

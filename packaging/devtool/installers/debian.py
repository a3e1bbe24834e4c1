"""The `.deb`: the program below /usr/lib/notesai, and what ties it to the desktop."""

import gzip
import os
import shutil
import subprocess
from contextlib import nullcontext
from pathlib import Path

from devtool.installers import contents, shells, squeeze
from devtool.installers.product import Product
from devtool.steps import Problem

ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}

DEPENDS = (
    "libegl1",
    "libgl1",
    "libx11-6",
    "libx11-xcb1",
    "libxcb1",
    "libfontconfig1",
    "libfreetype6",
    "libdbus-1-3",
    "libgssapi-krb5-2",
    "libbrotli1",
    "libglib2.0-0 | libglib2.0-0t64",
)
"""What the frozen program takes from the system besides the C library: all of its screen."""

_AR = b"!<arch>\n"
_PIECE = 1 << 20

_SIZES = (16, 24, 32, 48, 64, 128, 256)


def package(product: Product) -> Path:
    """Write dist/notesai_VERSION_ARCHITECTURE.deb; returns it. Raises `Problem`."""
    tree = product.target / "deb"
    shutil.rmtree(tree, ignore_errors=True)
    _place_program(product, tree)
    _place_desktop(product, tree)
    _place_documents(product, tree)
    _place_control(product, tree)
    _set_modes(tree)
    file = product.target / f"notesai_{product.version}_{_architecture()}.deb"
    command = ["dpkg-deb", "--root-owner-group", "-Znone", "--build", str(tree), str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    shutil.rmtree(tree, ignore_errors=True)
    if done.returncode:
        raise Problem(f"dpkg-deb failed: {done.stderr.strip()}")
    _squeeze(file)
    return file


def _squeeze(file: Path) -> None:
    """Compress the files in a package better than dpkg-deb does.

    A package is an `ar` archive, of headers of 60 bytes and contents of even length.
    """
    fresh = file.with_suffix(".fresh")
    with file.open("rb") as source, fresh.open("wb") as target:
        target.write(source.read(len(_AR)))
        while header := source.read(60):
            name, size = header[:16].decode("ascii").strip(), int(header[48:58])
            start = target.tell() + 60
            target.write(header)
            packed = name.endswith(".tar")
            with squeeze.into(target) if packed else nullcontext(target) as sink:
                for at in range(0, size, _PIECE):
                    sink.write(source.read(min(_PIECE, size - at)))
            length = target.tell() - start
            target.write(b"\n" * (length % 2))
            source.read(size % 2)
            target.seek(start - 60)
            title = f"{name}.xz" if packed else name
            target.write(f"{title:<16}".encode("ascii") + header[16:48] + f"{length:<10}".encode())
            target.seek(0, os.SEEK_END)
    fresh.replace(file)


def _place_program(product: Product, tree: Path) -> None:
    program = tree / "usr" / "lib" / "notesai"
    shutil.copytree(product.program, program, symlinks=True)
    folder = tree / "usr" / "bin"
    folder.mkdir(parents=True)
    for name in ("notesai", "notesai-window"):
        (folder / name).symlink_to(f"../lib/notesai/{name}")


def _place_desktop(product: Product, tree: Path) -> None:
    linux, share = product.linux, tree / "usr" / "share"
    entry = "ai.notesai.app.desktop"
    _put(linux / entry, share / "applications" / entry)
    _put(product.about, share / "metainfo" / product.about.name)
    _put(linux / "autostart.desktop", tree / "etc" / "xdg" / "autostart" / "notesai.desktop")
    icons = share / "icons" / "hicolor"
    drawing = product.checkout / "resources" / "icons" / "notesai.svg"
    _put(drawing, icons / "scalable" / "apps" / "notesai.svg")
    for size in _SIZES:
        picture = product.facts / "icons" / f"notesai-{size}.png"
        _put(picture, icons / f"{size}x{size}" / "apps" / "notesai.png")


def _place_documents(product: Product, tree: Path) -> None:
    share = tree / "usr" / "share"
    documents = share / "doc" / "notesai"
    _put(product.linux / "copyright", documents / "copyright")
    change = (
        f"notesai ({product.version}) stable; urgency=medium\n\n  * Version {product.version}.\n"
    )
    _compress(documents / "changelog.gz", change)
    _compress(share / "man" / "man1" / "notesai.1.gz", product.filled(product.linux / "notesai.1"))
    places = {
        "bash": share / "bash-completion" / "completions" / "notesai",
        "zsh": share / "zsh" / "vendor-completions" / "_notesai",
    }
    for shell, text in shells.completions(product.linux, product.commands()).items():
        _write(places[shell], text)


def _place_control(product: Product, tree: Path) -> None:
    folder = tree / "DEBIAN"
    folder.mkdir()
    for script in ("postinst", "postrm"):
        _put(product.linux / script, folder / script)
        (folder / script).chmod(0o755)
    (folder / "control").write_text(control(product, contents.total(tree) // 1024), "utf-8")


def control(product: Product, kibibytes: int) -> str:
    """The fields that dpkg reads."""
    return "\n".join(
        [
            "Package: notesai",
            f"Version: {product.version}",
            f"Architecture: {_architecture()}",
            "Maintainer: The notesai authors <authors@notesai.invalid>",
            f"Installed-Size: {kibibytes}",
            f"Depends: libc6 (>= {_c_library()}), {', '.join(DEPENDS)}",
            "Recommends: fonts-noto-cjk",
            "Section: text",
            "Priority: optional",
            "Description: search, relate and quote your own notes",
            " A desktop assistant over a folder of Markdown or text. It finds notes by word and by",
            " meaning, in Korean and English, shows what belongs together, and answers questions",
            " with sentences of the notes, each with its source. Nothing leaves the machine.",
            "",
        ]
    )


def _c_library() -> str:
    """The version here: libraries of this system come along, and an older one cannot load them."""
    return (os.confstr("CS_GNU_LIBC_VERSION") or "glibc 2.36").split()[-1]


def _architecture() -> str:
    machine = os.uname().machine
    return ARCHITECTURES.get(machine, machine)


def _put(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _write(target: Path, text: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, "utf-8")


def _compress(target: Path, text: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(gzip.compress(text.encode(), 9, mtime=0))


def _set_modes(tree: Path) -> None:
    """What everybody may read, whatever the umask was; only what was to run may be run."""
    for path in [tree, *tree.rglob("*")]:
        if not path.is_symlink():
            runs = path.is_dir() or path.stat().st_mode & 0o100
            path.chmod(0o755 if runs else 0o644)

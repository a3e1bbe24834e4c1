"""The portable `.tar.xz`: unpack it anywhere and run `notesai`."""

import platform
import tarfile
from pathlib import Path

from devtool.installers import shells, squeeze
from devtool.installers.product import Product


def package(product: Product) -> Path:
    """Write dist/notesai-VERSION-linux-MACHINE.tar.xz; returns it."""
    stem = f"{product.name}-{product.version}-linux-{platform.machine()}"
    file = product.target / f"{stem}.tar.xz"
    with (
        file.open("wb") as target,
        squeeze.into(target) as sink,
        tarfile.open(fileobj=sink, mode="w|") as packed,
    ):
        packed.add(product.program, stem, filter=_anonymous)
        packed.add(product.linux / "portable.md", f"{stem}/README.md", filter=_anonymous)
        packed.add(product.checkout / "LICENSE", f"{stem}/LICENSE", filter=_anonymous)
        for name, text in shells.completions(product.linux, product.commands()).items():
            place = product.target / f"completion.{name}"
            place.write_text(text, "utf-8")
            packed.add(place, f"{stem}/completion/notesai.{name}", filter=_anonymous)
            place.unlink()
    return file


def _anonymous(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    """Nobody's files, so that an archive says nothing of who made it."""
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = ""
    return entry

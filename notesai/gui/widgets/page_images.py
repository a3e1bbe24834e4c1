"""Images of notes: read from inside the vault and from nowhere else, off the window's thread."""

import logging
import os
from collections import deque
from pathlib import Path
from unicodedata import normalize

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QRunnable, QThreadPool, Signal
from PySide6.QtGui import QImage, QImageReader

from notesai.gui.theme import Size

log = logging.getLogger(__name__)

LARGEST_FILE = 40 << 20
_MOST_LOOKED_AT = 100_000
_FOLDERS = ("", "attachments", "Attachments", "assets", "images", "img", "_attachments")


class PageImages(QObject):
    """Loads the images that a note names.

    `loaded` brings the address and the picture, `missing` the address and the name of one that is
    not there or cannot be read.
    """

    loaded = Signal(str, QImage)
    missing = Signal(str, str)

    def __init__(self, vault: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._vault = vault
        self._asked: set[str] = set()
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)

    def ask(self, address: str, source: str, note: str) -> None:
        """Load `source` as named in the note at path `note`, once; report it as `address`."""
        if address not in self._asked:
            self._asked.add(address)
            self._pool.start(_Load(self, self._vault, address, source, note))

    def forget(self) -> None:
        """Another note is shown: what has not begun to load need not."""
        self._asked.clear()
        self._pool.clear()

    def wait(self) -> None:
        """Wait until nothing is being loaded."""
        self._pool.clear()
        self._pool.waitForDone(2000)


class _Load(QRunnable):
    def __init__(
        self, images: PageImages, vault: Path, address: str, source: str, note: str
    ) -> None:
        super().__init__()
        self._images, self._vault = images, vault
        self._address, self._source, self._note = address, source, note

    def run(self) -> None:
        """Read the picture and hand it over, or tell that it cannot be."""
        file = find_image(self._vault, self._source, self._note)
        image = read_image(file) if file is not None else QImage()
        if image.isNull():
            self._images.missing.emit(self._address, self._source)
        else:
            self._images.loaded.emit(self._address, image)


def find_image(vault: Path, source: str, note: str) -> Path | None:
    """The image file that `source` means in the note at `note`, if it lies inside the vault."""
    name = source.replace("\\", "/").lstrip("/")
    if "#" in name and not (vault / name).exists():
        # What follows tells a theme how to show the image.
        name = name.partition("#")[0]
    folder = (vault / note).parent
    try:
        root = vault.resolve()
        for base in (folder, vault):
            for sub in _FOLDERS:
                file = (base / sub / name).resolve()
                if file.is_relative_to(root) and file.is_file():
                    return file
        return _anywhere(root, name)
    except (OSError, ValueError) as error:
        log.info("no image %r: %s", source, error)
    return None


def _anywhere(root: Path, source: str) -> Path | None:
    """The file of that name in any folder, as Obsidian finds it; the least deep one."""
    wanted = normalize("NFC", source.rpartition("/")[2]).casefold()
    looked_at = 0
    folders = deque([root])
    while folders and wanted and looked_at < _MOST_LOOKED_AT:
        with os.scandir(folders.popleft()) as entries:
            for entry in entries:
                looked_at += 1
                if entry.name.startswith("."):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    folders.append(Path(entry.path))
                elif normalize("NFC", entry.name).casefold() == wanted and not entry.is_symlink():
                    return Path(entry.path)
    return None


def read_image(file: Path) -> QImage:
    """The picture in `file`, no wider than the reader ever is; empty if it cannot be read."""
    try:
        if file.stat().st_size > LARGEST_FILE:
            return QImage()
        data = file.read_bytes()
    except OSError as error:
        log.info("image not read: %s", error)
        return QImage()
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.width() > Size.IMAGE_LARGEST:
        height = max(1, size.height() * Size.IMAGE_LARGEST // size.width())
        size.setWidth(Size.IMAGE_LARGEST)
        size.setHeight(height)
        reader.setScaledSize(size)
    return reader.read()

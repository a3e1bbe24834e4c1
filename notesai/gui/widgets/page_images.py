"""Images of notes: read from inside the vault and from nowhere else, off the window's thread."""

import logging
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QRunnable, QThreadPool, Signal
from PySide6.QtGui import QImage, QImageReader

from notesai.gui.theme import Size

log = logging.getLogger(__name__)

LARGEST_FILE = 40 << 20
_FOLDERS = ("", "attachments", "Attachments", "assets", "images", "img", "_attachments")


class PageImages(QObject):
    """Loads the images that a note names; `loaded` brings the address and the picture."""

    loaded = Signal(str, QImage)

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
        """Read the picture and hand it over; what cannot be read stays an empty place."""
        file = find_image(self._vault, self._source, self._note)
        image = read_image(file) if file is not None else QImage()
        if not image.isNull():
            self._images.loaded.emit(self._address, image)


def find_image(vault: Path, source: str, note: str) -> Path | None:
    """The image file that `source` means in the note at `note`, if it lies inside the vault."""
    name = source.replace("\\", "/").lstrip("/")
    folder = (vault / note).parent
    try:
        root = vault.resolve()
        for base in (folder, vault):
            for sub in _FOLDERS:
                file = (base / sub / name).resolve()
                if file.is_relative_to(root) and file.is_file():
                    return file
    except (OSError, ValueError) as error:
        log.info("no image %r: %s", source, error)
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

"""Naming a service that runs a chat model: llama-server, Ollama, LM Studio, or one elsewhere."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from notesai.gui.settings.section import Field
from notesai.gui.theme import Size, Space

EXAMPLE = "http://localhost:11434/v1"


class ServiceForm(QWidget):
    """`wanted` brings the address, the model's name there, and the variable with the key."""

    wanted = Signal(str, str, str)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.address = _line(self)
        self.address.setPlaceholderText(EXAMPLE)
        self.model = _line(self)
        self.key = _line(self)
        self.add_button = QPushButton(self)
        self.add_button.setObjectName("primary")
        self.cancel = QPushButton(self)
        self._address = Field(self.address, self)
        self._model = Field(self.model, self)
        self._key = Field(self.key, self)
        buttons = QHBoxLayout()
        buttons.setSpacing(Space.S)
        buttons.addWidget(self.add_button)
        buttons.addWidget(self.cancel)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.L)
        for field in (self._address, self._model, self._key):
            column.addWidget(field)
        column.addLayout(buttons)
        self.address.textChanged.connect(self._check)
        self.model.textChanged.connect(self._check)
        self.add_button.clicked.connect(self._add)
        self.cancel.clicked.connect(self.closed)
        self.retranslate()

    @property
    def warning(self) -> str:
        """What is said about the address; empty for one on this machine."""
        return self._address.why

    def clear(self) -> None:
        """Begin with empty fields."""
        for line in (self.address, self.model, self.key):
            line.clear()

    def _add(self) -> None:
        texts = (line.text().strip() for line in (self.address, self.model, self.key))
        self.wanted.emit(*texts)

    def _check(self) -> None:
        host = host_of(self.address.text())
        self._address.say(lambda: self._say(host))
        ready = bool(host and self.model.text().strip())
        self.add_button.setEnabled(ready)
        self._name_button()

    def _say(self, host: str) -> str:
        if not self.address.text().strip():
            return ""
        if not host:
            return self.tr("An address begins with http:// or https://.")
        if is_here(host):
            return ""
        return self.tr(
            "%1 is another machine. Each question, and the passages of your notes that may answer "
            "it, are sent there."
        ).replace("%1", host)

    def _name_button(self) -> None:
        host = host_of(self.address.text())
        away = bool(host) and not is_here(host)
        words = self.tr("Add it, and send to %1").replace("%1", host) if away else ""
        self.add_button.setText(words or self.tr("Add it"))

    def retranslate(self) -> None:
        """Say all texts in the window's language."""
        self._address.name_it(
            self.tr("Address of the service"),
            self.tr("llama-server, Ollama, LM Studio, or any other that speaks as OpenAI's does."),
        )
        self._model.name_it(self.tr("Name of the model there"))
        self._key.name_it(
            self.tr("Variable with the key"),
            self.tr("Its name alone, if the service wants a key. The key itself is not kept."),
        )
        self.cancel.setText(self.tr("Cancel"))
        self._check()


def host_of(address: str) -> str:
    """The host in a web address; nothing if it is none."""
    try:
        parts = urlsplit(address.strip())
        host = parts.hostname or ""
    except ValueError:
        return ""
    return host if parts.scheme in {"http", "https"} else ""


def is_here(host: str) -> bool:
    """True for this machine."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _line(parent: QWidget) -> QLineEdit:
    line = QLineEdit(parent)
    line.setObjectName("entry")
    line.setMinimumWidth(Size.ENTRY)
    line.setMaximumWidth(Size.ENTRY + Size.LABELS)
    return line

"""The chat models that there are, as a table."""

from collections.abc import Sequence

from notesai.gui.asking.wording import model_words
from notesai.gui.i18n import number
from notesai.gui.settings.known_models import KnownModels
from notesai.model import KnownModel

_GIGABYTE = 1000


class ChatTable(KnownModels):
    """Title, Korean, size of the file, memory, whether it fits this machine, and its state."""

    def headings(self) -> Sequence[str]:
        """Six."""
        return (
            self.tr("Model"),
            self.tr("Korean"),
            self.tr("Download"),
            self.tr("Memory"),
            self.tr("Fits this machine"),
            self.tr("Now"),
        )

    def text(self, model: KnownModel, column: int) -> str:
        """What stands in a cell."""
        match column:
            case 0:
                return model_words(model)
            case 1:
                return self.tr("good") if "ko" in model.languages else ""
            case 2:
                return megabytes(model.size)
            case 3:
                return megabytes(model.memory)
            case 4:
                return self.tr("runs elsewhere") if model.sends_to else self.fits(model)
            case _:
                return self.state(model)


def megabytes(size: int) -> str:
    """So many megabytes, from a thousand on as gigabytes; nothing where not known."""
    if size <= 0:
        return ""
    if size < _GIGABYTE:
        return f"{number(size)} MB"
    return f"{size / _GIGABYTE:.1f} GB"

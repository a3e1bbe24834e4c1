"""The embedding models that there are, as a table."""

from collections.abc import Sequence

from notesai.gui.i18n import number
from notesai.gui.settings.known_models import KnownModels
from notesai.model import KnownModel

_LANGUAGES_SHOWN = 3


class ModelTable(KnownModels):
    """Title, languages, size, whether it fits this machine, and what is with it now."""

    def headings(self) -> Sequence[str]:
        """Five."""
        return (
            self.tr("Model"),
            self.tr("Languages"),
            self.tr("Size"),
            self.tr("Fits this machine"),
            self.tr("Now"),
        )

    def text(self, model: KnownModel, column: int) -> str:
        """What stands in a cell."""
        match column:
            case 0:
                return model.title
            case 1:
                return _languages(model)
            case 2:
                return f"{number(model.size)} MB" if model.size else ""
            case 3:
                return self.fits(model)
            case _:
                return self.state(model)


def _languages(model: KnownModel) -> str:
    shown = ", ".join(model.languages[:_LANGUAGES_SHOWN])
    more = len(model.languages) - _LANGUAGES_SHOWN
    return f"{shown} +{more}" if more > 0 else shown

"""What can be done with the note that is read, from its menu."""

from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Qt, Signal

from notesai.gui.appearance import Appearance
from notesai.gui.client import EngineClient
from notesai.gui.widgets.note_menu import note_menu
from notesai.gui.widgets.reader import Reader


class NoteActions(QObject):
    """The menu behind the three dots of a reader. `ask_wanted` brings the path of a note to ask."""

    ask_wanted = Signal(str)

    def __init__(
        self,
        look: Appearance,
        client: EngineClient,
        reader: Reader,
        vault: Path,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._look, self._client, self._reader, self._vault = look, client, reader, vault
        reader.menu_wanted.connect(self.show_menu)

    def show_menu(self, at: QPoint) -> None:
        """Show the menu of the note that is read, at a place of the screen."""
        path = self._reader.path
        if not path:
            return
        menu = note_menu(
            self._reader,
            self._vault,
            path,
            is_note=True,
            open_outside=self._reader.outside_wanted.emit,
            new_note=lambda _: self._reader.new_wanted.emit(),
            see_tokens=self.see_tokens,
            ask=lambda: self.ask_wanted.emit(path),
        )
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(at)

    def see_tokens(self, path: str) -> None:
        """Show a note as the embedding model sees it."""
        from notesai.gui.tokens.dialog import TokensDialog

        title = self._reader.title if path == self._reader.path else path.rpartition("/")[2]
        dialog = TokensDialog(self._look, self._client, path, title, self._reader.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

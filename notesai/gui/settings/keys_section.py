"""The page of the hotkey and the person's own editor."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from notesai.gui.editor_command import EditorError, explain, open_note, opening
from notesai.gui.preferences import Preferences
from notesai.gui.settings.desktop import HotkeyTaker
from notesai.gui.settings.key_entry import KeyEntry
from notesai.gui.settings.reasons import why_not
from notesai.gui.settings.section import Field, Section
from notesai.gui.theme import Size, Space

EXAMPLES = ("code -g {path}:{line}", "obsidian://open?path={path}", "gvim +{line} {path}")
"""Editors to begin with."""


class KeysSection(Section):
    """The global hotkey, checked for conflicts as it is set; the editor, which can be tried."""

    def __init__(
        self,
        preferences: Preferences,
        hotkey: HotkeyTaker | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._preferences, self._taker = preferences, hotkey
        self.hotkey = _sized(KeyEntry(self))
        self.editor = _sized(QLineEdit(self))
        self.editor.setPlaceholderText(EXAMPLES[0])
        self.record = QPushButton(self)
        # A click must not take the keyboard from the line that records.
        self.record.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.use = QPushButton(self)
        self.try_it = QPushButton(self)
        self.hotkey_field = Field(self.hotkey, self, self.record, self.use)
        self.editor_field = Field(self.editor, self, self.try_it)
        self._examples = _Examples(self)
        self.hotkey_field.setVisible(hotkey is not None)
        self.add(self.hotkey_field, self.editor_field, self._examples)
        self._connect()
        self.refresh()
        self.retranslate()
        if hotkey is not None:
            self.hotkey_field.say(lambda: hotkey.trouble)

    def _connect(self) -> None:
        self.hotkey.editingFinished.connect(self._set_hotkey)
        self.use.clicked.connect(self._set_hotkey)
        self.record.clicked.connect(self._record)
        self.hotkey.recorded.connect(self._set_hotkey)
        self.hotkey.ended.connect(self._name_buttons)
        self.editor.editingFinished.connect(self._set_editor)
        self.try_it.clicked.connect(self._try_editor)
        for example, button in self._examples.buttons.items():
            button.clicked.connect(lambda _=False, example=example: self._take(example))
        self._preferences.changed.connect(self.refresh)

    def refresh(self) -> None:
        """Show what is set."""
        now = self._preferences.now
        for entry, value in ((self.hotkey, now.hotkey), (self.editor, now.editor)):
            if not entry.isModified():
                entry.setText(value)

    def _record(self) -> None:
        """Have the next keys pressed set; pressed again, leave it."""
        if self.hotkey.recording:
            self.hotkey.give_up()
            return
        self.hotkey_field.say(str)
        self.hotkey.record(self.tr("Press the keys now; Esc leaves it"))
        self._name_buttons()

    def _name_buttons(self) -> None:
        recording = self.hotkey.recording
        self.record.setText(self.tr("Cancel") if recording else self.tr("Press keys…"))
        self.record.setToolTip(self.tr("Set the hotkey by pressing it"))
        self.use.setEnabled(not recording)

    def _set_hotkey(self, _: object = None) -> None:
        if self.hotkey.recording:
            return
        keys = self.hotkey.text().strip()
        if self._taker is None or (
            keys == self._preferences.now.hotkey and not self._taker.trouble
        ):
            return
        outcome = self._taker.try_set(keys)
        why = "" if outcome.ok else outcome.reason
        if outcome.ok:
            self.hotkey.setModified(False)
            self._preferences.change("hotkey", keys)
        self.hotkey_field.say(lambda: why)

    def _set_editor(self) -> bool:
        template = self.editor.text().strip()
        says = self._wrong_with(template)
        if not says():
            self.editor.setModified(False)
            why = self._preferences.change("editor", template)
            says = lambda: why_not(why)  # noqa: E731
        self.editor_field.say(says)
        return not says()

    def _wrong_with(self, template: str) -> Callable[[], str]:
        """Answers what is wrong with a command, in whatever language; nothing if nothing is."""
        try:
            opening(template, self._preferences.file)
        except EditorError as error:
            found = error
            return lambda: explain(found)
        return str

    def _take(self, example: str) -> None:
        self.editor.setText(example)
        self._set_editor()

    def _try_editor(self) -> None:
        """Open the settings' own file: it is there, and it is text."""
        if self._set_editor():
            why = open_note(self.editor.text().strip(), self._preferences.file)
            self.editor_field.say(lambda: why)

    def retranslate(self) -> None:
        """Say all texts in the window's language."""
        self.heading.setText(self.tr("Keys and editor"))
        self.hotkey_field.name_it(
            self.tr("Quick search from anywhere"),
            self.tr("Keys such as Ctrl+Shift+Space; empty for none."),
        )
        self.use.setText(self.tr("Use"))
        self._name_buttons()
        self.editor_field.name_it(
            self.tr("My editor"),
            self.tr(
                "A command or an address; {path} is the note's file and {line} its line. "
                "Empty for the system's own."
            ),
        )
        self.try_it.setText(self.tr("Try it"))
        self.try_it.setToolTip(self.tr("Open the file of these settings with it"))
        self._examples.name_it(self.tr("Use this example"))


class _Examples(QWidget):
    """Commands to begin with."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.buttons = {text: QPushButton(text, self) for text in EXAMPLES}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.XS)
        for button in self.buttons.values():
            button.setObjectName("quiet")
            row.addWidget(button)
        row.addStretch(1)

    def name_it(self, name: str) -> None:
        for button in self.buttons.values():
            button.setToolTip(name)


Entry = TypeVar("Entry", bound=QLineEdit)


def _sized(entry: Entry) -> Entry:
    entry.setObjectName("entry")
    entry.setFixedWidth(Size.ENTRY)
    return entry

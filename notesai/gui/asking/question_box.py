"""The box at the foot of the conversation: the question, the notes to ask, and a button."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from notesai.gui.appearance import Appearance
from notesai.gui.asking.question_edit import QuestionEdit
from notesai.gui.asking.reach_button import ReachButton
from notesai.gui.theme import Space
from notesai.gui.titles import Titles
from notesai.gui.widgets.icon_button import IconButton


class QuestionBox(QFrame):
    """`asked` brings the question; `stop_wanted` comes from the same button, and from Esc."""

    asked = Signal(str)
    stop_wanted = Signal()
    edit_ended = Signal()

    def __init__(self, look: Appearance, titles: Titles, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("asking")
        self._busy = self._editing = False
        self.edit = QuestionEdit(self)
        self.reach = ReachButton(look, titles, self)
        self.button = IconButton(look, "send", self)
        self.cancel = QPushButton(self)
        self.cancel.setObjectName("quiet")
        self.cancel.hide()
        self._hint = QLabel(self)
        self._hint.setObjectName("faint")
        foot = QHBoxLayout()
        foot.setSpacing(Space.S)
        for widget in (self.reach, self.cancel):
            foot.addWidget(widget)
        foot.addStretch(1)
        foot.addWidget(self._hint)
        foot.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.S, Space.S, Space.S, Space.XS)
        column.setSpacing(0)
        column.addWidget(self.edit)
        column.addLayout(foot)
        self.setFocusProxy(self.edit)
        self.edit.asked.connect(self._ask)
        self.edit.escaped.connect(self._escape)
        self.edit.focus_changed.connect(self._show_focus)
        self.edit.textChanged.connect(self._show)
        self.button.clicked.connect(self._press)
        self.cancel.clicked.connect(self._end_editing)
        self._retranslate()

    def show_busy(self, busy: bool) -> None:
        """Have the button stop instead of ask."""
        self._busy = busy
        self._show()

    def begin_editing(self, question: str) -> None:
        """Have a question that was asked changed here."""
        self._editing = True
        self.edit.put(question)
        self.edit.selectAll()
        self.edit.setFocus()
        self._show()

    @property
    def editing(self) -> bool:
        """True while a question that was asked is being changed."""
        return self._editing

    def clear(self) -> None:
        """Begin with an empty question."""
        self._editing = False
        self.edit.clear()
        self._show()

    def _end_editing(self) -> None:
        self.clear()
        self.edit_ended.emit()

    def _ask(self) -> None:
        if self.edit.question and not self._busy:
            self.asked.emit(self.edit.question)

    def _press(self) -> None:
        if self._busy:
            self.stop_wanted.emit()
        else:
            self._ask()
        self.edit.setFocus()

    def _escape(self) -> None:
        if self._busy:
            self.stop_wanted.emit()
        elif self._editing:
            self._end_editing()

    def _show(self) -> None:
        self.button.show_icon("stop" if self._busy else "send")
        self.button.setEnabled(self._busy or bool(self.edit.question))
        if self._busy:
            self.button.name_it(self.tr("Stop"), "Esc")
        else:
            self.button.name_it(self.tr("Ask"), "Enter")
        self.cancel.setVisible(self._editing)
        self._hint.setText(self.tr("Shift+Enter for a new line") if self.edit.question else "")

    def _show_focus(self, focused: bool) -> None:
        self.setProperty("focused", focused)
        self.style().unpolish(self)
        self.style().polish(self)

    def _retranslate(self) -> None:
        self.edit.setPlaceholderText(self.tr("Ask your notes"))
        self.edit.setAccessibleName(self.tr("Question"))
        self.cancel.setText(self.tr("Leave it as it was"))
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Speak the window's language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

"""Links in a note that is shown: whole behind named places, and told from marked text."""

import pytest
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QApplication

from notesai.gui.appearance import Appearance
from notesai.gui.reading.html import Renderer, Words
from notesai.gui.widgets.note_writer import NoteWriter
from notesai.gui.widgets.page_marks import passage_marks, selection


def written(html: str) -> QTextDocument:
    document = QTextDocument()
    writer = NoteWriter(document, "", "")
    writer.append("<p>before</p>")
    writer.append(html)
    return document


def linked(document: QTextDocument) -> str:
    """The text that a click on which leads somewhere."""
    found = ""
    block = document.begin()
    while block.isValid():
        fragments = block.begin()
        while not fragments.atEnd():
            form = fragments.fragment().charFormat()
            if form.isAnchor() and form.anchorHref():
                found += fragments.fragment().text()
            fragments += 1
        block = block.next()
    return found


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("> [[compost]] first", "compost"),
        ("> [!tip] [[물주기]]\n> [[compost]]", "물주기compost"),
        ("> plain, then [[compost]]", "compost"),
        ("no link", ""),
    ],
)
def test_a_link_is_whole(qapp: QApplication, markdown: str, expected: str) -> None:
    assert linked(written(Renderer(Words()).html(markdown))) == expected


def test_a_link_in_a_passage_is_underlined(look: Appearance) -> None:
    document = written(Renderer(Words()).html("See [[compost]] and water."))
    passage = selection(document, 0, document.characterCount())
    marks = list(passage_marks([passage], look))
    underlined = [m.cursor.selectedText() for m in marks if m.format.fontUnderline()]
    assert underlined == ["compost"]
    assert {m.format.background().color().name() for m in marks} == {look.tokens.mark}

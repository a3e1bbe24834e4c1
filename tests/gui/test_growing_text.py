"""An answer that is being written looks at each moment as if it had been written at once."""

import pytest
from PySide6.QtGui import QTextDocument

from notesai.gui import stylesheet
from notesai.gui.appearance import Appearance
from notesai.gui.asking.answer_text import open_block, render
from notesai.gui.asking.growing_text import GrowingText
from notesai.gui.widgets.note_writer import NoteWriter

PARAGRAPH = (
    "토마토는 **아침에** 물을 주고 저녁에는 주지 않는다 [1]. Water early, `not` late [2].\n\n"
)
LIST = "- one [1]\n- two **bold**\n  - inner\n\n1. first\n2. second\n\n"
TABLE = "| a | b |\n|---|---|\n| 1 | `x` [1] |\n| 2 | y |\n\n"
CODE = "```python\nx = 1\n\ny = 2\n```\n\n"
QUOTE = "> quoted [1]\n> more [2]\n\n"
ALL = f"# Head\n\n{PARAGRAPH * 4}{LIST}{PARAGRAPH * 3}{TABLE}{CODE}{PARAGRAPH * 4}{QUOTE}"


def at_once(text: str, style: str, look: Appearance) -> QTextDocument:
    document = QTextDocument()
    document.setUndoRedoEnabled(False)
    document.setDefaultStyleSheet(style)
    html = render(text, (), {1, 2}).html
    if html:
        NoteWriter(document, "", "").append(html)
    return document


@pytest.mark.parametrize("step", [7, 40, 333])
def test_each_part_looks_as_if_all_had_been_written_at_once(look: Appearance, step: int) -> None:
    text = ALL * 2 if step > 7 else ALL
    style = stylesheet.answer(look.tokens)
    document = QTextDocument()
    growing = GrowingText(document)
    for end in range(step, len(text) + step, step):
        growing.write(text[:end], {1, 2}, style)
        assert document.toHtml() == at_once(text[:end], style, look).toHtml(), text[:end][-80:]


def test_what_is_closed_is_written_once(look: Appearance, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[int] = []
    append = NoteWriter.append

    def count(writer: NoteWriter, html: str) -> None:
        written.append(len(html))
        append(writer, html)

    monkeypatch.setattr(NoteWriter, "append", count)
    style = stylesheet.answer(look.tokens)
    growing = GrowingText(QTextDocument())
    text = PARAGRAPH * 100
    for end in range(len(text) - 400, len(text), 100):
        written.clear()
        growing.write(text[:end], {1, 2}, style)
    assert sum(written) < 2000


def test_another_text_or_other_sources_begin_anew(look: Appearance) -> None:
    style = stylesheet.answer(look.tokens)
    document = QTextDocument()
    growing = GrowingText(document)
    growing.write(PARAGRAPH * 20, {1, 2}, style)
    growing.write("Something else [1].", {1, 2}, style)
    assert document.toPlainText() == "Something else [1]."
    growing.write("Something else [1].", set(), style)
    assert "href" not in document.toHtml()


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("", ""),
        ("one", "one"),
        ("one\n\ntwo", "two"),
        ("one\n\n- a\n- b\n\n- c", "- a\n- b\n\n- c"),
        ("one\n\n```\nx\n\ny", "```\nx\n\ny"),
        ("one\n\n| a |\n|---|\n| 1 |", "| a |\n|---|\n| 1 |"),
        ("one\r\n\r\ntwo", "two"),
    ],
)
def test_only_the_last_block_is_open(text: str, rest: str) -> None:
    assert text[open_block(text) :] == rest

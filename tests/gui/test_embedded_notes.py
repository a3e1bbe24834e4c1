from collections.abc import Callable
from pathlib import Path

import pytest
from direct_client import DirectClient
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from notesai.gui.appearance import Appearance
from notesai.gui.reading.embedding import MOST_EMBEDS, Embedded, embeds_of, part
from notesai.gui.reading.html import Renderer, Words
from notesai.gui.reading_pane import Place, ReadingPane
from notesai.gui.titles import Titles

OTHER = """---
tags: [a]
---
# Other

Intro. ^intro

## Part

- one ^item
- two

### Below

Deep.

```
## Part
```

## Next

End.
"""


def test_embeds_stand_in_lines_of_their_own() -> None:
    text = "![[a]]\n\ntext ![[b]]\n\n> ![[c#d|e]]\n- x\n![[a]]\n![[img.png|200]]\n![[#here]]\n"
    assert embeds_of(text) == [("a", ""), ("c", "d"), ("img.png", ""), ("", "here")]
    assert len(embeds_of("\n".join(f"![[n{at}]]" for at in range(100)))) == MOST_EMBEDS


@pytest.mark.parametrize(
    ("heading", "begin", "end"),
    [
        ("", "Intro.", "End."),
        ("Part", "- one", "```"),
        ("part", "- one", "```"),
        ("Other#Below", "Deep.", "```"),
        ("Next", "End.", "End."),
        ("^intro", "Intro.", "Intro."),
        ("^item", "- one", "- one"),
        ("None", "", ""),
        ("^none", "", ""),
    ],
)
def test_the_part_that_is_meant(heading: str, begin: str, end: str) -> None:
    found = part(OTHER, "Other", heading)
    assert found.startswith(begin) and found.endswith(end)
    assert bool(found) == bool(begin)


def test_an_embed_is_shown_with_its_title_and_never_goes_deeper() -> None:
    embeds = {("a", "Part"): Embedded("Note <A>", "**bold**\n\n![[a#Part]]\n\n<script>")}
    html = Renderer(Words(), "", embeds).html("before\n\n![[a#Part]]\n\n![[unknown]]\n")
    assert "Note &lt;A&gt; › Part" in html
    assert html.count("<b>bold</b>") == 1
    assert "<script>" not in html
    assert 'href="note:unknown#"' in html


def test_an_embed_inside_a_sentence_stays_a_link() -> None:
    embeds = {("a", ""): Embedded("A", "inside")}
    assert "inside" not in Renderer(Words(), "", embeds).html("text ![[a]] text")


def test_the_reader_fetches_what_a_note_embeds(
    look: Appearance, tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    vault = tmp_path / "vault"
    vault.mkdir()
    (vault / "note.md").write_text("start\n\n![[other#Next]]\n\n![[gone]]\n\n![[note]]\n", "utf-8")
    (vault / "other.md").write_text(OTHER, "utf-8")
    client = DirectClient(vault)
    titles = Titles(client)  # type: ignore[arg-type]
    titles.refresh()
    qtbot.waitUntil(lambda: titles.loaded)
    pane = ReadingPane(look, client, titles, vault)  # type: ignore[arg-type]
    qtbot.addWidget(pane.reader)
    qtbot.addWidget(pane.related)
    pane.reader.show()
    pane.open(Place("note.md"))
    shown: Callable[[], str] = pane.reader.page.document().toPlainText
    qtbot.waitUntil(lambda: "End." in shown())
    assert "other › Next" in shown() and "gone" in shown()
    pane.open(Place("other.md"))
    qtbot.waitUntil(lambda: pane.path == "other.md")
    pane.close_pane()


def test_back_and_forward_lead_through_followed_links(
    look: Appearance, tmp_path: Path, qtbot: QtBot
) -> None:
    vault = tmp_path / "vault"
    vault.mkdir()
    for name in ("a", "b", "c"):
        (vault / f"{name}.md").write_text(name, "utf-8")
    client = DirectClient(vault)
    pane = ReadingPane(look, client, Titles(client), vault)  # type: ignore[arg-type]
    qtbot.addWidget(pane.reader)
    qtbot.addWidget(pane.related)

    def at(path: str) -> None:
        qtbot.waitUntil(lambda: pane.path == path)

    pane.show_note("a.md")
    at("a.md")
    for name in ("b.md", "c.md"):
        pane._advance(Place(name))
        at(name)
    pane.go_back()
    at("b.md")
    pane.go_back()
    at("a.md")
    pane.go_back()
    pane.go_forward()
    at("b.md")
    pane.go_forward()
    at("c.md")
    pane.go_forward()
    pane.go_back()
    at("b.md")
    pane._advance(Place("a.md"))
    at("a.md")
    assert not pane.reader._forward.isVisibleTo(pane.reader)
    pane.close_pane()

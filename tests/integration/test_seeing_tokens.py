"""A note in tokens, as the bundled model sees it."""

import pytest
from fakes import Folder

from notesai.engine.workspace import Workspace
from notesai.errors import RequestError

LONG = "온도 센서는 그늘에 두고 한 시간마다 값을 적는다. 비가 오면 습도도 함께 본다. " * 30


def test_every_passage_is_shown_as_the_model_reads_it(folder: Folder):
    folder.write("stew.md", "# Bean stew\n\n## Serving\n\nStewed cannellini beans, with bread.\n")
    folder.write("센서.md", f"# 온도 센서\n\n{LONG}")
    with Workspace.open(folder.path, write=True) as workspace:
        workspace.index()
        english, korean = workspace.see_tokens("Bean stew"), workspace.see_tokens("센서.md")
        count = workspace.embedder().count_tokens
        with pytest.raises(RequestError, match="no note"):
            workspace.see_tokens("nothing")
    text = folder.path.joinpath("stew.md").read_text()
    piece = next(piece for piece in english.pieces if "Stewed" in piece.text)
    assert piece.text == text[piece.start : piece.end]
    assert piece.tokens[0].token == "[CLS]" and piece.tokens[-1].token == "[SEP]"
    words = [piece.text[token.start : token.end] for token in piece.tokens[1:-1]]
    assert "".join(words) == "".join(piece.text.split())
    assert len(words) == count(piece.text)
    assert piece.context.startswith("Bean stew") is (piece.context != "")
    assert piece.context_tokens == count(piece.context)

    assert len(korean.pieces) > 1
    second = korean.pieces[1]
    assert second.context == "온도 센서"
    assert second.overlap > 0 and second.text[: second.overlap] in korean.pieces[0].text
    seen = "".join(second.text[token.start : token.end] for token in second.tokens)
    assert "".join(seen.split()) == "".join(second.text.split())
    for piece in korean.pieces:
        assert piece.unread == 0
        assert len(piece.tokens) + piece.context_tokens <= korean.window


def test_what_lies_beyond_the_window_is_counted(folder: Folder):
    folder.write("a.md", "word")
    with Workspace.open(folder.path, write=True) as workspace:
        workspace.index()
        embedder = workspace.embedder()
        seen = embedder.see("", "word " * 400)  # pyright: ignore[reportAttributeAccessIssue]
    assert len(seen.tokens) == embedder.card.window
    assert seen.unread == 400 - (embedder.card.window - 2)

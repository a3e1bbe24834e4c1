import re

from hypothesis import given
from hypothesis import strategies as st

from notesai.gui.reading import pieces
from notesai.gui.reading.html import Renderer, Words
from notesai.gui.reading.pieces import HARD, LONG_LINE, markdown_pieces, plain_pieces

BLOCKS = (
    "# Heading {n}\n\n",
    "Paragraph {n} of words that go on for a while and then stop.\n\n",
    "- item {n}\n- another\n\n",
    "1. first {n}\n2. second\n\n",
    "> quoted {n}\n> more\n\n",
    "```\ncode {n}\n\n# no heading\n```\n\n",
    "| a {n} | b |\n|---|---|\n| c | d |\n\n",
)


def parts_of(text: str) -> list[str]:
    return [piece.text for piece in markdown_pieces(text)]


def words_of(html: str) -> list[str]:
    return re.sub(r"<[^>]*>", " ", html).split()


@given(st.lists(st.sampled_from(BLOCKS), min_size=1, max_size=300))
def test_pieces_show_what_the_whole_shows(blocks: list[str]) -> None:
    text = "".join(block.format(n=number) for number, block in enumerate(blocks))
    parts = parts_of(text)
    shown = "".join(Renderer(Words()).html(part) for part in parts)
    assert words_of(shown) == words_of(Renderer(Words()).html(text))
    assert all(len(part) < 3 * HARD for part in parts)


def test_a_short_note_is_one_piece() -> None:
    assert parts_of("# a\n\nb\n") == ["# a\n\nb\n"]


def test_an_endless_code_block_is_opened_again_in_each_piece() -> None:
    text = "```python\n" + "x = 1  # comment\n" * 2000 + "```\n\nafter\n"
    parts = parts_of(text)
    assert len(parts) > 3
    assert all(part.startswith("```python\n") for part in parts)
    shown = "".join(Renderer(Words()).html(part) for part in parts)
    assert shown.count("# comment</span>") == 2000
    assert "<p>after</p>" in shown


def test_an_endless_table_has_its_head_in_each_piece() -> None:
    text = "| name | size |\n|---|--:|\n" + "".join(f"| row {n} | {n} |\n" for n in range(2000))
    parts = parts_of(text)
    assert len(parts) > 3
    shown = [Renderer(Words()).html(part) for part in parts]
    assert all(html.startswith("<table") and "name" in html for html in shown)
    assert sum(html.count("<td>row") for html in shown) == 2000


def test_a_line_of_a_megabyte_becomes_paragraphs_of_plain_text() -> None:
    line = "word *[" * 150_000
    parts = list(markdown_pieces(f"# before\n\n{line}\n\nafter"))
    assert max(len(part.text) for part in parts) <= LONG_LINE
    assert "".join(part.text for part in parts if part.plain) == line
    assert [part.text.strip() for part in parts if not part.plain] == ["# before", "after"]


def test_a_long_line_of_code_stays_code() -> None:
    parts = list(markdown_pieces("```\n" + "x" * 20_000 + "\n```\n"))
    assert not any(part.plain for part in parts)
    assert all(part.text.startswith("```\n") for part in parts)


@given(st.text(st.sampled_from("ab\n\r \t"), max_size=200))
def test_plain_pieces_keep_every_line(text: str) -> None:
    assert "\n".join(plain_pieces(text)) == "\n".join(
        line.removesuffix("\r") for line in text.split("\n")
    )


def test_lines_are_cut_lazily() -> None:
    found = pieces.lines("a\nb\r\n\nc")
    assert next(found) == "a"
    assert list(found) == ["b", "", "c"]


def test_a_long_table_is_cut_sooner_than_text() -> None:
    table = "|a|b|\n|-|-|\n" + "|cell one|cell two|\n" * 2000
    pieces = [piece.text for piece in markdown_pieces(table)]
    assert max(map(len, pieces)) < 4_500
    assert all(piece.startswith("|a|b|\n|-|-|\n") for piece in pieces[:-1])

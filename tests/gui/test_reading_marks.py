import pytest
from hypothesis import given
from hypothesis import strategies as st

from notesai.gui.reading.html import Renderer, Words
from notesai.gui.reading.marks import CANDIDATES, Span, place

NOTE = """# Title

First **bold** paragraph with `code`.

> [!note] Callout
> body of it

- one item
- [ ] a task
  1. nested

| a | b |
|---|---|
| c | d |

```python
# comment
x = 1
```

Last line.
"""


def marked(text: str, *passages: str) -> str:
    spans = [Span(text.index(part), text.index(part) + len(part)) for part in passages]
    result = place(text, spans)
    return result.text.replace(result.opening, "«").replace(result.closing, "»")


@pytest.mark.parametrize(
    ("passage", "expected"),
    [
        ("First **bold** paragraph with `code`.", "\n«First **bold** paragraph with `code`.»\n"),
        ("# Title\n\nFirst", "# «Title\n\nFirst»"),
        ("> [!note] Callout\n> body of it\n", "> [!note] «Callout\n> body of it»\n"),
        ("- one item\n- [ ] a task\n", "- «one item\n- [ ] a task»\n"),
        ("- [ ] a task", "- [ ] «a task»"),
        ("| a | b |\n|---|---|\n| c | d |\n", "| «a | b |\n|---|---|\n| c | d» |\n"),
        ("|---|---|\n| c | d |", "|---|---|\n| «c | d» |"),
        ("```python\n# comment\nx = 1\n```\n", "```python\n«# comment\nx = 1»\n```\n"),
    ],
)
def test_marks_move_inwards_past_markdown(passage: str, expected: str) -> None:
    assert expected in marked(NOTE, passage)


def test_overlapping_passages_become_one() -> None:
    text = "one two three four"
    result = place(text, [Span(4, 13), Span(0, 7), Span(14, 18)])
    assert result.spans == (Span(0, 13), Span(14, 18))


def test_a_passage_of_nothing_to_see_is_left_out() -> None:
    assert place("a\n\n---\n\nb", [Span(1, 8)]).spans == ()


def test_a_text_that_uses_every_mark_is_shown_without_marks() -> None:
    assert place(CANDIDATES, [Span(0, 2)]).text == CANDIDATES


@given(
    text=st.text(st.sampled_from("ab가 \n#*-`|>[]~_1.\U0001f372"), max_size=120),
    spans=st.lists(st.tuples(st.integers(-5, 130), st.integers(-5, 130)), max_size=4),
)
def test_marks_never_change_the_text(text: str, spans: list[tuple[int, int]]) -> None:
    result = place(text, [Span(min(pair), max(pair)) for pair in spans])
    if result.opening:
        assert result.text.count(result.opening) == result.text.count(result.closing)
        bare = result.text.replace(result.opening, "").replace(result.closing, "")
    else:
        bare = result.text
    assert bare == text


@pytest.mark.parametrize(
    "passage", ['**"bold"** end', "*Soft.* Then", "text **bold.**", "[[Note]] is", "`code` first"]
)
def test_marks_leave_the_markdown_beside_them_as_it_was(passage: str) -> None:
    text = f"Before. {passage}. After."
    start = text.index(passage)
    result = place(text, [Span(start, start + len(passage))])
    html = Renderer(Words()).html(result.text)
    bare = html.replace(result.opening, "").replace(result.closing, "")
    assert bare == Renderer(Words()).html(text)


def test_a_megabyte_of_quotation_marks_is_not_walked_through() -> None:
    text = "intro\n\n" + "> " * 500_000
    marked = place(text, [Span(0, 5), Span(7, 900_000)])
    assert marked.spans[0] == Span(0, 5)
    assert marked.spans[1].start == 7 + 400

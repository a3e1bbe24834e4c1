from hypothesis import given
from hypothesis import strategies as st

from notesai.gui.reading import utf16
from notesai.gui.reading.snippet import LONGEST, snippet
from notesai.model import Passage


def passage(text: str, *words: str) -> Passage:
    marks = tuple((text.index(word), text.index(word) + len(word)) for word in words)
    return Passage("", 1, 0, len(text), text, 1.0, marks)


def shown(text: str, *words: str) -> tuple[str, list[str]]:
    found = snippet(passage(text, *words))
    return found.text, [found.text[start:end] for start, end in found.marks]


def test_markdown_marks_are_taken_out_and_highlights_stay_on_their_words() -> None:
    text = "## 제목\n\n- **굵게** [[노트|별칭]]과 [링크](http://x.y) `code`\n"
    assert shown(text, "별칭", "code") == ("제목 · 굵게 별칭과 링크 code", ["별칭", "code"])
    assert shown("this는 _임베딩하는_ *파일*, snake_case]] 끝") == (
        "this는 임베딩하는 파일, snake_case 끝",
        [],
    )
    assert shown("> [!note] 제목\n> 본문", "본문") == ("제목 본문", ["본문"])
    assert shown("```python\nx = 1\n```\n", "x") == ("x = 1", ["x"])
    assert shown("| a | b |\n|---|---|\n| 1 | 2 |", "b") == ("a · b · 1 · 2", ["b"])


def test_headings_paragraphs_and_items_are_kept_apart() -> None:
    text = "# 센서 보정\n\n싼 센서도 쓸 만하다.\n이어지는 줄\n\n"
    text += "## 습도: 소금물\n  - [ ] 하나\n  1. 둘\n"
    said = "센서 보정 · 싼 센서도 쓸 만하다. 이어지는 줄 · 습도: 소금물 · 하나 · 둘"
    assert shown(text, "소금") == (said, ["소금"])


def test_a_link_to_a_part_of_a_note_reads_as_the_reader_shows_it() -> None:
    text = "함께 [[물주기#토마토는 따로]], [[#아래]], [[물주기#]]"
    assert shown(text, "토마토") == ("함께 물주기 › 토마토는 따로, 아래, 물주기", ["토마토"])


def test_in_one_line_a_found_word_comes_near_the_beginning() -> None:
    text = "하나 둘 셋 넷 다섯 여섯 일곱 여덟 소금 아홉"
    assert snippet(passage(text, "소금")).text == text
    found = snippet(passage(text, "소금"), 16)
    assert found.text.startswith("…") and found.text.index("소금") <= 17


def test_a_long_passage_is_shown_from_before_its_first_highlight() -> None:
    text, marks = shown("가나다 " * 200 + "찾는 말 " + "라마바 " * 200, "찾는 말")
    assert text.startswith("…가나다")
    assert marks == ["찾는 말"]
    assert text.index("찾는 말") < 40
    assert len(text) <= LONGEST + 1


def test_a_passage_without_highlights_is_shown_from_its_start() -> None:
    assert shown("plain words") == ("plain words", [])
    assert shown("") == ("", [])


@given(
    st.text(st.sampled_from("ab가 *`[]|()#->\n\U0001f372"), max_size=200),
    st.lists(st.tuples(st.integers(0, 200), st.integers(0, 200)), max_size=3),
)
def test_marks_lie_within_the_snippet_on_the_same_letters(
    text: str, marks: list[tuple[int, int]]
) -> None:
    inside = tuple((min(m), max(m)) for m in marks if max(m) <= len(text))
    found = snippet(Passage("", 1, 0, len(text), text, 1.0, inside))
    assert all(0 <= start < end <= len(found.text) for start, end in found.marks)
    letters = {char for start, end in inside for char in text[start:end]}
    for start, end in found.marks:
        assert set(found.text[start:end]) <= letters | {" ", "·", "›"}


@given(st.text(max_size=60), st.data())
def test_offsets_in_utf16_cut_the_same_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    ((low, high),) = utf16.ranges(text, [(start, end)])
    try:
        units = text.encode("utf-16-le")
    except UnicodeEncodeError:
        return
    assert units[2 * low : 2 * high].decode("utf-16-le") == text[start:end]
    assert utf16.to_unit(text, low) + utf16.from_unit(text, low) == text
    assert utf16.length(text) == len(units) // 2

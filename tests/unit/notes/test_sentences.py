import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notesai.notes.sentences import OVERLAP, Span, cut_lines, cut_prose, sentence_starts

_TOKEN = re.compile(r"[가-힣]|[^\W가-힣]+|[^\w\s]")


def count(text: str) -> int:
    return len(_TOKEN.findall(text))


def sentences(text: str) -> list[str]:
    starts = [*sentence_starts(text, 0, len(text)), len(text)]
    return [text[a:b].strip() for a, b in pairwise(starts)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"]),
        ('He said "no." Then left.', ['He said "no."', "Then left."]),
        ("See e.g. Figure 3 by Dr. Kim, v1.2 of it.", None),
        ("J. K. Rowling wrote it. He read.", ["J. K. Rowling wrote it.", "He read."]),
        (
            "버전 1.2를 썼다. 좋았어요. 그럴까? 네!",
            ["버전 1.2를 썼다.", "좋았어요.", "그럴까?", "네!"],
        ),
        ("회의를 했다.결론은 없었다.끝", ["회의를 했다.", "결론은 없었다.", "끝"]),
        ("今日は雨。明日は「晴れ。」多分", ["今日は雨。", "明日は「晴れ。」", "多分"]),
        ("no end", None),
    ],
)
def test_sentences(text: str, expected: list[str] | None) -> None:
    assert sentences(text) == (expected or [text])


def cut(text: str, target: int) -> list[str]:
    return [text[a:b] for a, b, _ in cut_prose(text, 0, len(text), count, target)]


def test_prose_is_cut_between_sentences_into_even_pieces() -> None:
    text = "가나다라 마바사 아자차카. " * 12
    pieces = cut(text.strip(), 60)
    assert len(pieces) > 1
    assert all(piece.endswith(".") and count(piece) <= 60 for piece in pieces)
    assert min(map(count, pieces)) > 20


def test_neighbouring_pieces_overlap_but_only_a_little() -> None:
    text = " ".join(f"w{n}" for n in range(500))
    spans = cut_prose(text, 0, len(text), count, 100)
    for one, other in pairwise(spans):
        shared = count(text[other.start : one.end])
        assert 0 < shared <= 100 * OVERLAP


def test_the_overlap_begins_with_a_sentence_if_one_is_short_enough() -> None:
    text = " ".join(f"Number {n} is here." for n in range(100))
    spans = cut_prose(text, 0, len(text), count, 100)
    for one, other in pairwise(spans):
        assert text[other.start : one.end].startswith("Number")


def test_a_gap_is_not_bridged_by_the_overlap() -> None:
    text = "w " * 100 + " " * 5_000 + "end"
    assert cut(text, 60)[-1] == "end"


def test_one_endless_word_is_cut_at_characters_between_whole_letters() -> None:
    letter = "e\u0301"
    pieces = cut(letter * 3_000, 10)
    assert len(pieces) > 10
    assert all(len(piece) < 400 and piece.startswith("e") for piece in pieces)


def test_lines_are_cut_at_blank_ones_first_and_do_not_overlap() -> None:
    text = "\n\n".join("\n".join(f"a{n} b{n} c{n}" for n in range(6)) for _ in range(8))
    spans = cut_lines(text, 0, len(text), count, 40)
    assert [text[a:b].count("\n") for a, b, _ in spans] == [12, 12, 12, 12]
    assert all(one.end <= other.start for one, other in pairwise(spans))


def test_a_line_above_the_target_is_cut_at_words() -> None:
    text = "short\n" + "word " * 300 + "\nend"
    spans = cut_lines(text, 0, len(text), count, 40)
    assert all(span.weight <= 40 for span in spans)


def test_white_space_has_weight_where_spans_are_joined() -> None:
    assert Span(0, 10, 3).with_next(Span(11, 20, 4)) == Span(0, 20, 7)
    assert Span(0, 10, 3).with_next(Span(1210, 1220, 4)).weight == 107


TEXT = st.lists(
    st.sampled_from(
        ["a", "word ", "가나다 ", "다. ", ". ", "。", "\n", "\n\n", "e\u0301", "x" * 99]
    ),
    min_size=1,
    max_size=80,
).map("".join)


@given(TEXT, st.integers(1, 30))
def test_pieces_cover_everything_and_move_forward(text: str, target: int) -> None:
    for cutter in (cut_prose, cut_lines):
        at = 0
        starts: list[int] = []
        for start, end, weight in cutter(text, 0, len(text), count, target):
            assert not text[at:start].strip()
            assert text[start:end] == text[start:end].strip() != ""
            assert weight <= target or end - start <= 2
            assert end > at
            starts.append(start)
            at = end
        assert not text[at:].strip()
        assert starts == sorted(set(starts))

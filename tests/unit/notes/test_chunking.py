import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notesai.model import Chunk
from notesai.notes import front_matter
from notesai.notes.blocks import scan
from notesai.notes.chunking import chunk
from notesai.notes.markdown import parse

_TOKEN = re.compile(r"[가-힣]|[^\W가-힣]+|[^\w\s]")


def count(text: str) -> int:
    return len(_TOKEN.findall(text))


def cut(text: str, *, target: int = 200, limit: int = 230) -> list[Chunk]:
    return chunk(scan(text), text, count, target=target, limit=limit)


def words(number: int, word: str = "word") -> str:
    return " ".join([word] * number)


def test_nothing_gives_nothing() -> None:
    assert cut("") == []
    assert cut(" \n\t\r\n") == []


def test_one_small_note_is_one_chunk() -> None:
    text = "\n# Title\n\nSome text.\n\n- a\n- b\n"
    (only,) = cut(text)
    assert only == Chunk(0, ("Title",), 1, len(text) - 1, 2, text.strip())


def test_a_heading_opens_its_section_and_is_in_its_first_chunk() -> None:
    text = f"# A\n\n{words(100)}\n\n## B\n\n{words(150)}\n\n{words(150)}\n\n# C\n\n{words(100)}"
    chunks = cut(text)
    assert [c.headings for c in chunks] == [("A",), ("A", "B"), ("A", "B"), ("C",)]
    assert [c.text.split()[0] for c in chunks] == ["#", "##", "word", "#"]


def test_paragraphs_are_packed_whole_and_evenly() -> None:
    text = "\n\n".join([words(60)] * 4)
    assert [count(c.text) for c in cut(text)] == [120, 120]


def test_small_sections_are_joined_below_level_two() -> None:
    text = "# T\n\n" + "\n\n".join(f"### S{n}\n\n{words(40)}" for n in range(8))
    chunks = cut(text)
    assert all(100 <= count(c.text) <= 200 for c in chunks)
    assert all(c.headings == ("T",) for c in chunks)


def test_large_sections_of_level_two_stay_apart_and_crumbs_do_not() -> None:
    apart = cut(f"## A\n\n{words(70)}\n\n## B\n\n{words(70)}")
    assert [c.headings for c in apart] == [("A",), ("B",)]
    together = cut(f"## A\n\n{words(10)}\n\n## B\n\n{words(100)}")
    assert [c.headings for c in together] == [()]
    mostly_one = cut(f"## A\n\n{words(100)}\n\n## B\n\n{words(10)}")
    assert [c.headings for c in mostly_one] == [("A",)]


def test_the_rest_of_a_large_section_is_no_crumb() -> None:
    code = "```\n" + "\n".join([words(10)] * 19) + "\n```"
    chunks = cut(f"## A\n\n{code}\n\n{words(40)}\n\n## B\n\n{words(100)}")
    assert [c.headings for c in chunks] == [("A",), ("A",), ("B",)]


def test_headings_without_text_go_with_what_follows() -> None:
    (only,) = cut(f"# A\n## B\n### C\n\n{words(150)}")
    assert only.headings == ("A", "B", "C")
    (bare,) = cut("# A\n## B\n## C")
    assert bare.headings == ("A",)


def test_code_stays_whole_up_to_the_limit() -> None:
    fitting = "```\n" + "\n".join([words(10)] * 22) + "\n```"
    chunks = cut(f"{words(150)}\n\n{fitting}\n\n{words(150)}")
    assert fitting in [c.text for c in chunks]
    under_a_heading = cut(f"## {words(8)}\n\n{fitting}")
    assert under_a_heading[-1].text == fitting


def test_code_above_the_limit_is_cut_at_lines() -> None:
    code = "```\n" + "\n".join([words(10)] * 60) + "\n```"
    chunks = cut(code)
    assert len(chunks) > 2
    for c in chunks:
        assert count(c.text) <= 200
        assert set(c.text.split("\n")) <= {"```", words(10)}


def test_only_a_paragraph_that_was_cut_overlaps() -> None:
    text = f"{words(150, 'a')}\n\n{words(150, 'b')}\n\n" + words(40, "c c c c c c c d. ")
    chunks = cut(text)
    overlapping = [(one, other) for one, other in pairwise(chunks) if other.start < one.end]
    assert overlapping
    assert all(text[other.start : one.end].strip(" cd.") == "" for one, other in overlapping)


def test_the_target_gives_way_to_a_smaller_limit() -> None:
    assert all(count(c.text) <= 50 for c in cut(words(500), target=200, limit=50))


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_lines_count_from_one(newline: str) -> None:
    text = newline.join(["", "# A", words(100), "", "# B", words(100), "# C", words(100)])
    assert [c.line for c in cut(text)] == [2, 5, 7]


def test_white_space_does_not_make_a_chunk_large() -> None:
    chunks = cut("a" + "\n" * 100_000 + "b" + " " * 100_000 + "c")
    assert [c.text for c in chunks] == ["a", "b", "c"]
    assert [c.line for c in chunks] == [1, 100_001, 100_001]


def test_a_tokenizer_that_counts_nothing_makes_no_endless_chunk() -> None:
    text = "\u200b" * 50_000
    chunks = chunk(scan(text), text, lambda _: 0, limit=100)
    assert all(len(c.text) <= 1_300 for c in chunks)


def test_tokens_are_counted_once_for_each_block() -> None:
    asked: list[str] = []

    def counting(piece: str) -> int:
        asked.append(piece)
        return count(piece)

    text = "\n\n".join(f"## H{n}\n\n{words(90)}" for n in range(20))
    chunk(scan(text), text, counting, limit=230)
    assert len(asked) == 40


PIECES = st.sampled_from(
    [
        *(
            "# 제목\n",
            "## B\n",
            "### C\n",
            "#",
            "- 항목 하나\n",
            "1. ",
            "> 인용\n",
            "```\n",
            "~~~\n",
        ),
        *(
            "| a | b |\n|---|---|\n| 1 | 2 |\n",
            "---\n",
            "===\n",
            "$$\n",
            "<!--",
            "-->",
            "    code\n",
        ),
        *("\n", "\n\n", "\r\n", "\r\n\r\n", "\r", "\x00", "\f", "\u3000", "\u2028", " ", "\t"),
        *(
            "word ",
            "데이터베이스를 만들었다. ",
            "그럴까? ",
            "End. ",
            "e\u0301",
            "👨\u200d👩",
            "\u200b",
        ),
        *(words(30), "가나다라 " * 12, "x" * 120, "한글문장이다." * 6),
    ]
)
BODY = st.lists(PIECES, max_size=40).map("".join)
HEAD = st.sampled_from(
    ["", "---\ntitle: 노트\n---\n", "---\r\ntags: [a]\r\n---\r\n", "---\nx: [\n"]
)


def check(text: str, body: int, chunks: list[Chunk], limit: int) -> None:
    at = body
    for ordinal, c in enumerate(chunks):
        assert c.ordinal == ordinal
        assert c.text == text[c.start : c.end]
        assert c.text and c.text == c.text.strip()
        assert not text[at : c.start].strip()
        assert c.end > at
        assert c.line == 1 + len(re.findall(r"\r\n|\r|\n", text[: c.start]))
        assert count(c.text) <= limit
        at = c.end
    assert not text[at:].strip()
    starts = [c.start for c in chunks]
    assert starts == sorted(set(starts))


@given(HEAD, BODY, st.integers(5, 60), st.integers(0, 20))
def test_chunks_hold_the_whole_body(head: str, body: str, target: int, more: int) -> None:
    text = head + body
    blocks = parse(text, "a.md").blocks
    chunks = chunk(blocks, text, count, target=target, limit=target + more)
    check(text, front_matter.read(text).body, chunks, target + more)


@given(st.text())
def test_any_text_can_be_cut(text: str) -> None:
    check(text, 0, cut(text, target=10, limit=12), 12)

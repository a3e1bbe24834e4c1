import pytest
from hypothesis import given
from hypothesis import strategies as st

from notesai.notes.blocks import LONGEST_HEADING, Kind, plain, scan, unify_newlines


def kinds(text: str) -> list[tuple[str, str]]:
    return [(block.kind.value, text[block.start : block.end]) for block in scan(text)]


def test_every_kind() -> None:
    text = (
        "# Title\nintro\nsecond line\n- item\n  - nested\n    continued\n\n1. one\n2) two\n\n"
        "```py\n# code\n\n- no item\n```\n| a | b |\n|---|---|\n| 1 | 2 |\n\n> [!note]\n> text\n\n"
        "***\n$$\nx\n- y\n$$\n<!-- a\n\n# b -->\nend"
    )
    assert kinds(text) == [
        ("heading", "# Title"),
        ("paragraph", "intro\nsecond line"),
        ("item", "- item"),
        ("item", "- nested\n    continued"),
        ("item", "1. one"),
        ("item", "2) two"),
        ("code", "```py\n# code\n\n- no item\n```"),
        ("table", "| a | b |\n|---|---|\n| 1 | 2 |"),
        ("quote", "> [!note]\n> text"),
        ("rule", "***"),
        ("maths", "$$\nx\n- y\n$$"),
        ("comment", "<!-- a\n\n# b -->"),
        ("paragraph", "end"),
    ]


@pytest.mark.parametrize(
    ("text", "level", "heading"),
    [
        ("# One", 1, "One"),
        ("###### Six ######", 6, "Six"),
        ("## C# #", 2, "C#"),
        ("## In F#", 2, "In F#"),
        ("   ## Three spaces", 2, "Three spaces"),
        ("#", 1, ""),
        ("##  ", 2, ""),
        ("#\tTab", 1, "Tab"),
        ("Title\n=====", 1, "Title"),
        ("제목\n---  ", 2, "제목"),
        ("## **굵게** `code` [[note|alias]] [text](url) {#id}", 2, "굵게 code alias text"),
        ("## `f(x)` {/*fx*/}", 2, "f(x)"),
        ("## snake_case_name ^block-1", 2, "snake_case_name"),
        ("# R&amp;D", 1, "R&D"),
    ],
)
def test_headings(text: str, level: int, heading: str) -> None:
    (block,) = scan(text)
    assert (block.kind, block.level, block.heading) == (Kind.HEADING, level, heading)


@pytest.mark.parametrize("text", ["#tag", "####### seven", "text\n-", "two\nlines\n==="])
def test_no_headings(text: str) -> None:
    assert not any(block.kind is Kind.HEADING for block in scan(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("~~~\na\n```\n~~~~ \nb", ["code", "paragraph"]),
        ("````\n```\n````\nb", ["code", "paragraph"]),
        ("```\nnever closed\n\n# x", ["code"]),
        ("- ```\n  a\n\n  b\n  ```\n- c", ["code", "item"]),
        ("1. a\n\n   ~~~\n   b\n   ~~~\n", ["item", "code"]),
        ("```inline``` text", ["paragraph"]),
        ("> ```\n> # a\n> ```\nb", ["quote", "paragraph"]),
    ],
)
def test_fences(text: str, expected: list[str]) -> None:
    assert [kind for kind, _ in kinds(text)] == expected


def test_indented_code_but_not_inside_lists_or_after_wide_spaces() -> None:
    assert kinds("a\n\n    x\n\n\ty\nb") == [
        ("paragraph", "a"),
        ("code", "x\n\n\ty"),
        ("paragraph", "b"),
    ]
    assert kinds("- a\n\n    b\n\n          c\n\n    d\n\ne\n\n    f") == [
        ("item", "- a"),
        ("paragraph", "b"),
        ("code", "c"),
        ("paragraph", "d"),
        ("paragraph", "e"),
        ("code", "f"),
    ]
    assert kinds("　　전각 공백") == [("paragraph", "전각 공백")]


@pytest.mark.parametrize(
    ("text", "table"),
    [
        ("a | b\n--- | ---\n1 | 2", True),
        ("| a |\n|:-:|\n", True),
        ("text\n| a | b |\n|---|---|", True),
        ("| a | b |\n| c | d |", False),
        ("a | b\nc | d", False),
    ],
)
def test_tables(text: str, table: bool) -> None:
    assert any(block.kind is Kind.TABLE for block in scan(text)) is table


def test_maths_needs_its_end() -> None:
    assert [kind for kind, _ in kinds("$$\na\n\nb\n$$")] == ["paragraph"] * 3
    assert [kind for kind, _ in kinds("$$a$$ and text")] == ["paragraph"]


def test_a_comment_that_never_ends_is_text() -> None:
    assert [kind for kind, _ in kinds("<!-- a\n\n# b")] == ["paragraph", "heading"]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_newlines_make_no_difference(newline: str) -> None:
    text = "# a\n\nb\nc\n- d\n\n```\ne\n```\nTitle\n===\n"
    found = kinds(text.replace("\n", newline))
    assert [(kind, part.replace(newline, "\n")) for kind, part in found] == kinds(text)


def test_newlines_are_unified_in_place() -> None:
    assert unify_newlines("a\r\nb\rc\n") == "a \nb\nc\n"


def test_plain_headings_are_bounded() -> None:
    assert len(plain("x" * 100_000)) == LONGEST_HEADING
    assert plain("  a   b ") == "a b"


PIECES = st.sampled_from(
    [
        *("# ", "## ", "#", "- ", "* ", "1. ", "> ", ">", "```", "~~~", "`", "|", "|---|", "---"),
        *("===", "$$", "<!--", "-->", "    ", "\t", " ", "\n", "\n\n", "\r\n", "\r", "\x00", "\f"),
        *(
            "\u3000",
            "\u2028",
            "a",
            "b c",
            "가나",
            "한글 문장입니다. ",
            "é",
            "e\u0301",
            "👨\u200d👩",
        ),
        *("[[x]]", "](y)", "#tag", "\u200b", "\xa0", "_", "+++", ":"),
    ]
)
MARKDOWN = st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=80)


@given(MARKDOWN)
def test_blocks_hold_all_that_is_no_white_space(text: str) -> None:
    at = 0
    for block in scan(text):
        assert not text[at : block.start].strip()
        assert at <= block.start < block.end <= len(text)
        assert text[block.start : block.end] == text[block.start : block.end].strip()
        at = block.end
    assert not text[at:].strip()


@given(MARKDOWN, MARKDOWN)
def test_scanning_can_start_behind_the_front_matter(head: str, text: str) -> None:
    head += "\n"
    moved = [
        block._replace(start=block.start + len(head), end=block.end + len(head))
        for block in scan(text)
    ]
    assert list(scan(head + text, len(head))) == moved


ENDLESS = [
    *("a", "a ", "#", "# ", "-", "- ", "-\n", "`", "```\n", "$$", "$$\n", "<!--\n\n", "|"),
    *("|a\n", ">", "=\n", "*", " \n", "\t", "\r", "1. ", "a|b\n-|-\n", "    a\n", "\x00"),
]


@pytest.mark.parametrize("unit", ENDLESS)
@pytest.mark.timeout(30)
def test_time_is_linear(unit: str) -> None:
    text = unit * (300_000 // len(unit))
    scan(text)

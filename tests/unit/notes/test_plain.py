from hypothesis import given
from hypothesis import strategies as st

from notesai.notes.blocks import Kind
from notesai.notes.plain import org_title, scan_org, scan_rst

TEXT = st.lists(
    st.sampled_from(
        ["* ", "** ", "===", "---", "a", "가", "\n", "\n\n", "\r\n", " ", "\u3000", "\t"]
    ),
    max_size=30,
).map("".join)


def test_org() -> None:
    text = "#+TITLE: 회의\nintro\n* One\ntext\nmore\n\n** Two\r\n* \nlast"
    assert org_title(text) == "회의"
    assert [(b.kind, b.level, b.heading, text[b.start : b.end]) for b in scan_org(text)] == [
        (Kind.PARAGRAPH, 0, "", "#+TITLE: 회의\nintro"),
        (Kind.HEADING, 1, "One", "* One"),
        (Kind.PARAGRAPH, 0, "", "text\nmore"),
        (Kind.HEADING, 2, "Two", "** Two"),
        (Kind.PARAGRAPH, 0, "", "* \nlast"),
    ]
    assert org_title("no title") == ""


def test_rst() -> None:
    text = "=====\nTitle\n=====\n\ntext\n\nPart\n----\nmore\n\nNext\n----\n"
    found = [(b.level, b.heading, text[b.start : b.end]) for b in scan_rst(text)]
    assert found == [
        (1, "Title", "=====\nTitle\n====="),
        (0, "", "text"),
        (2, "Part", "Part\n----"),
        (0, "", "more"),
        (2, "Next", "Next\n----"),
    ]


@given(TEXT)
def test_blocks_hold_all_that_is_no_white_space(text: str) -> None:
    for blocks in (scan_org(text), scan_rst(text)):
        at = 0
        for block in blocks:
            assert not text[at : block.start].strip()
            assert at <= block.start < block.end
            assert text[block.start : block.end] == text[block.start : block.end].strip()
            at = block.end
        assert not text[at:].strip()

"""Documents of each kind as text, read in this process; what cannot be read is refused."""

import contextlib
import io
import random
import re
import unicodedata
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from made_documents import (
    core,
    docx,
    hp,
    hwp,
    hwpx,
    notebook,
    p,
    pdf,
    pptx,
    relations,
    shape,
    slide,
    table,
    zipped,
)

from notesai.errors import Cancelled, NoteError
from notesai.model import DOCUMENT_SUFFIXES, is_document
from notesai.notes.blocks import Kind
from notesai.notes.documents import hangul, office
from notesai.notes.documents.converting import convert
from notesai.notes.documents.word_styles import written
from notesai.notes.markdown import parse
from notesai.notes.names import hidden

SAMPLES = {
    ".pdf": pdf(["퇴비에서 냄새가 난다."], ["둘째 쪽"], title="퇴비", sections={0: "흙"}),
    ".docx": docx(p("퇴비", "1") + p("냄새가 난다") + table(["이름", "값"], ["a", "1"])),
    ".pptx": pptx((slide(shape("title", [("퇴비", 0)]), shape("", [("냄새", 0)])), "웃는다")),
    ".hwpx": hwpx(hp("퇴비", 1) + hp("냄새가 난다")),
    ".ipynb": notebook({"cell_type": "markdown", "source": "# 퇴비"}),
    ".html": "<title>퇴비</title><h1>퇴비</h1><p>냄새가 난다".encode(),
}


def text_of(data: bytes, suffix: str) -> str:
    return convert(data, suffix, lambda: None)


def body(data: bytes, suffix: str) -> str:
    return re.sub(r"\A---\n.*?\n---\n\n", "", text_of(data, suffix), flags=re.DOTALL)


def refused(data: bytes, suffix: str) -> str:
    with pytest.raises(NoteError) as caught:
        text_of(data, suffix)
    assert caught.value.skipped
    return caught.value.code


def test_documents_are_known_by_their_suffix() -> None:
    assert is_document("a/B.PDF")
    assert is_document("c.htm")
    assert not is_document("a.md")
    assert not is_document("pdf")
    assert not is_document("a.pdf/note.md")


@pytest.mark.parametrize("suffix", sorted(SAMPLES))
def test_each_kind_is_read_the_same_every_time_and_begins_with_its_title(suffix: str) -> None:
    text = text_of(SAMPLES[suffix], suffix)
    assert text == text_of(SAMPLES[suffix], suffix)
    assert text == unicodedata.normalize("NFC", text)
    assert parse(text, f"파일{suffix}").title == "퇴비"


@pytest.mark.parametrize("suffix", sorted(DOCUMENT_SUFFIXES))
def test_an_empty_file_has_no_text(suffix: str) -> None:
    assert refused(b"", suffix) == "document.empty"


@pytest.mark.parametrize("suffix", sorted(DOCUMENT_SUFFIXES))
@given(data=st.binary(max_size=400), opening=st.sampled_from([b"", b"%PDF-1.4\n", b"PK\3\4", b"{"]))
@settings(max_examples=60)
@example(data=b"\x00", opening=b"")
def test_no_bytes_raise_anything_else(suffix: str, data: bytes, opening: bytes) -> None:
    try:
        assert isinstance(text_of(opening + data, suffix), str)
    except NoteError as error:
        assert error.skipped


@pytest.mark.parametrize("suffix", sorted(SAMPLES))
def test_damaged_files_are_refused_or_read_as_far_as_they_go(suffix: str) -> None:
    chance = random.Random(suffix)
    data = SAMPLES[suffix]
    for _ in range(150):
        broken = bytearray(data[: chance.randint(1, len(data))])
        for _ in range(chance.randint(0, 8)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        try:
            text_of(bytes(broken), suffix)
        except NoteError as error:
            assert error.skipped


@pytest.mark.parametrize("suffix", sorted(SAMPLES))
def test_what_stops_the_work_goes_through(suffix: str) -> None:
    def stop() -> None:
        raise Cancelled()

    with pytest.raises(Cancelled):
        convert(SAMPLES[suffix], suffix, stop)


@pytest.mark.parametrize("other", sorted(SAMPLES))
@pytest.mark.parametrize("suffix", [".pdf", ".docx", ".pptx", ".hwpx", ".ipynb"])
def test_a_file_that_is_not_what_its_name_says(suffix: str, other: str) -> None:
    if suffix != other:
        assert refused(SAMPLES[other], suffix) == "document.not_its_name"


# PDF


def test_pages_are_sections_and_lines_become_paragraphs() -> None:
    made = pdf(
        ["The first line of a paragraph goes on", "here and ends. ", "A list:", "1. one", "2. two"],
        ["• compost", "• leaves", "  and twigs"],
    )
    assert body(made, ".pdf") == (
        "## Page 1\n\nThe first line of a paragraph goes on here and ends.\n\nA list:\n\n1. one\n\n"
        "2. two\n\n## Page 2\n\n- compost\n- leaves and twigs\n"
    )


def test_korean_pages_are_named_in_korean_and_by_their_sections() -> None:
    made = pdf(
        ["흙이", "마른다"], ["물을 준다"], ["비가 온다"], sections={0: "1장 흙", 2: "2장 비"}
    )
    headings = re.findall("^## (.*)$", text_of(made, ".pdf"), re.MULTILINE)
    assert headings == ["1쪽: 1장 흙", "2쪽: 1장 흙", "3쪽: 2장 비"]


def test_lines_that_the_outline_names_are_headings() -> None:
    lines = [
        "1. Soil",
        "What soil is made of takes a long line to say, and",
        "another.",
        "1.1 Sand",
    ]
    made = pdf([*lines, "Sand is dry."], ["2. Water"], sections={0: "1. Soil"})
    assert body(made, ".pdf") == (
        "## Page 1: 1. Soil\n\nWhat soil is made of takes a long line to say, and another.\n\n"
        "1.1 Sand\n\nSand is dry.\n\n## Page 2: 1. Soil\n\n2. Water\n"
    )


def test_a_section_in_the_midst_of_a_page_is_a_heading() -> None:
    made = pdf(["Soil", "Text of soil", "Water", "Text of water"], sections={0: ["Soil", "Water"]})
    assert body(made, ".pdf") == ("## Page 1: Soil\n\nText of soil\n\n### Water\n\nText of water\n")


def test_leaders_of_a_table_of_contents_are_short() -> None:
    assert body(pdf(["1 Soil . . . . . . . . . 3", "2 Water.........4"]), ".pdf") == (
        "## Page 1\n\n1 Soil … 3\n\n2 Water … 4\n"
    )


def test_columns_are_told_from_short_lines() -> None:
    title = "A title as wide as the whole page, over two columns of narrow lines that are full"
    column = [
        "The first of two columns begins",
        "here and goes on for some lines",
        "until it ends.",
    ]
    made = body(pdf([title, *column * 4]), ".pdf")
    assert "The first of two columns begins here and goes on for some lines until it ends." in made


def test_hangul_in_parts_is_composed() -> None:
    assert "냄새" in text_of(pdf([unicodedata.normalize("NFD", "냄새")]), ".pdf")


def test_what_every_page_repeats_is_left_out() -> None:
    pages = [["Annual report 2024", f"Text of page {at}", f"- {at} -"] for at in ("a", "b", "c")]
    made = pdf(*pages, ["Annual report 2024", "The last", "- 4 -"])
    assert "Annual report" not in text_of(made, ".pdf")
    assert "Text of page b" in text_of(made, ".pdf")


def test_what_stands_in_a_pdf_is_text() -> None:
    made = body(pdf(["# no heading", "#tag and [[no link]]"]), ".pdf")
    found = parse(made, "a.pdf")
    assert found.tags == ()
    assert found.links == ()
    assert sum(block.kind is Kind.HEADING for block in found.blocks) == 1


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("정원 안내서", "정원 안내서"),
        ("Microsoft Word - 보고서", "보고서"),
        ("Microsoft Word - 보고서 v3.docx", "a"),
        ("untitled", "a"),
        ("제목 없음", "a"),
        ("PowerPoint 프레젠테이션", "a"),
        ("", "a"),
    ],
)
def test_the_title_of_a_pdf_is_used_where_it_is_one(said: str, title: str) -> None:
    assert parse(text_of(pdf(["text"], title=said), ".pdf"), "a.pdf").title == title


def test_the_day_of_a_pdf_is_that_of_its_making() -> None:
    assert parse(text_of(pdf(["text"]), ".pdf"), "a.pdf").created == "2024-03-01"


def test_pdfs_without_text_or_with_a_password() -> None:
    assert refused(pdf([], []), ".pdf") == "document.only_pictures"
    assert refused(pdf(["text"], encrypt=True), ".pdf") == "document.locked"
    assert refused(pdf(["text"])[:200], ".pdf") == "document.damaged"


def test_a_font_that_says_nothing_gives_no_text() -> None:
    assert refused(pdf(["\ue012\ue013\ue014"]), ".pdf") == "document.only_pictures"


# Word


def test_a_word_file_keeps_headings_lists_and_tables() -> None:
    made = docx(
        p("보고서", "a")
        + p("차례 ........ 1", "t")
        + p("1장", "1")
        + p("본문")
        + p("하나", item=(1, 0))
        + p("둘", item=(1, 1))
        + p("목적", item=(3, 0))
        + p("정의", item=(3, 0))
        + p("first", item=(2, 0))
        + p("second", item=(2, 0))
        + table(["이름", "값"], ["a|b", "2"])
    )
    assert body(made, ".docx") == (
        "# 보고서\n\n# 1장\n\n본문\n\n- 하나\n    - 둘\n- 제1조 목적\n- 제2조 정의\n\n1. first\n"
        "2. second\n\n| 이름 | 값 |\n| --- | --- |\n| a\\|b | 2 |\n"
    )


def test_word_shows_what_stands_now() -> None:
    tracked = (
        "<w:p><w:del><w:r><w:delText>old</w:delText></w:r></w:del><w:ins><w:r><w:t>new</w:t></w:r>"
        "</w:ins><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>"
    )
    assert body(docx(tracked), ".docx") == "new\n"


def test_footnotes_and_boxes_of_a_word_file() -> None:
    boxed = (
        '<w:p><w:r><w:t xml:space="preserve">a </w:t></w:r><w:r><w:footnoteReference w:id="7"/>'
        "</w:r><w:r><w:t>.</w:t></w:r><w:r><w:drawing><w:txbxContent>"
        f"{p('in a box')}</w:txbxContent></w:drawing></w:r></w:p>"
    )
    note = f'<w:footnote w:id="7">{p("said below")}</w:footnote>'
    notes = f'<w:footnotes xmlns:w="x">{note}</w:footnotes>'
    made = docx(boxed, parts={"word/footnotes.xml": notes})
    assert body(made, ".docx") == "a[^1].\n\nin a box\n\n[^1]: said below\n"


def test_a_table_for_layout_is_paragraphs() -> None:
    made = docx(table(["x" * 400, "side"]))
    assert body(made, ".docx") == f"{'x' * 400}\n\nside\n"


def test_numbers_are_written_as_word_writes_them() -> None:
    assert [written(4, kind) for kind in ("decimal", "upperRoman", "lowerLetter", "ganada")] == [
        "4",
        "IV",
        "d",
        "라",
    ]
    assert written(28, "upperLetter") == "BB"


@pytest.mark.parametrize(
    "xml",
    [
        '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><w:document>&b;</w:document>',
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><w:document>&a;</w:document>',
        "<a>" * 1000 + "</a>" * 1000,
        "<w:document",
    ],
)
def test_xml_that_means_harm_is_refused(xml: str) -> None:
    made = docx("", parts={"word/document.xml": xml})
    assert refused(made, ".docx") == "document.damaged"


def test_a_zip_bomb_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "LARGEST_PART", 1 << 20)
    made = docx(p(" " * (2 << 20)))
    assert len(made) < 20_000
    assert refused(made, ".docx") == "document.too_large"


def test_office_files_with_a_password_and_of_long_ago() -> None:
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
    assert refused(old, ".docx") == "document.old_format"
    assert refused(old + "EncryptedPackage".encode("utf-16-le"), ".pptx") == "document.locked"


def test_a_zip_of_another_kind_is_no_word_file() -> None:
    assert refused(zipped({"a.txt": "text"}), ".docx") == "document.not_its_name"
    assert refused(zipped({"_rels/.rels": relations({})}), ".docx") == "document.not_its_name"


def test_a_word_file_of_pictures_says_so() -> None:
    parts = {"word/_rels/document.xml.rels": relations({"r1": ("image", "media/image1.png")})}
    assert refused(docx("<w:p/>", parts=parts), ".docx") == "document.only_pictures"
    assert refused(docx("<w:p/>"), ".docx") == "document.empty"


def test_the_parts_of_a_zip_may_lie_about_their_size() -> None:
    made = bytearray(docx(p("text")))
    at = made.rindex(b"PK\x01\x02")
    made[at + 24 : at + 28] = (1).to_bytes(4, "little")
    try:
        text_of(bytes(made), ".docx")
    except NoteError as error:
        assert error.code == "document.damaged"


# PowerPoint


def test_slides_stand_in_their_order_with_their_notes() -> None:
    made = pptx(
        (slide(shape("ctrTitle", [("정원의 한 해", 0)]), shape("subTitle", [("봄부터", 0)])), ""),
        (
            slide(
                shape("title", [("봄", 0)]),
                shape("", [("씨를 뿌린다", 0), ("상추", 1), ("물을 준다", 0)]),
                shape("sldNum", [("2", 0)]),
            ),
            "여기서 웃는다",
        ),
    )
    assert body(made, ".pptx") == (
        "## 슬라이드 1: 정원의 한 해\n\n봄부터\n\n## 슬라이드 2: 봄\n\n- 씨를 뿌린다\n    - 상추\n"
        "- 물을 준다\n\n### 발표자 노트\n\n여기서 웃는다\n"
    )
    assert parse(text_of(made, ".pptx"), "a.pptx").title == "정원의 한 해"


def test_tables_and_groups_on_a_slide() -> None:
    rows = "".join(
        "<a:tr>"
        + "".join(f"<a:tc><a:p><a:r><a:t>{cell}</a:t></a:r></a:p></a:tc>" for cell in row)
        + "</a:tr>"
        for row in (("year", "kg"), ("2024", "12"))
    )
    frame = f"<p:graphicFrame><a:graphic><a:tbl>{rows}</a:tbl></a:graphic></p:graphicFrame>"
    grouped = f"<p:grpSp>{shape(None, [('in a group', 0)])}</p:grpSp>"
    made = pptx((slide(frame, grouped), ""), title="PowerPoint Presentation")
    assert body(made, ".pptx") == (
        "## Slide 1\n\n| year | kg |\n| --- | --- |\n| 2024 | 12 |\n\nin a group\n"
    )
    assert parse(text_of(made, ".pptx"), "talk.pptx").title == "talk"


def test_slides_of_pictures() -> None:
    assert refused(pptx((slide(), "")), ".pptx") == "document.only_pictures"


# Notebooks


def test_a_notebook_keeps_texts_code_and_the_beginning_of_outputs() -> None:
    made = notebook(
        {
            "cell_type": "markdown",
            "source": ["# 분석\n", "글 ![x](data:image/png;base64,", "A" * 50, ")"],
        },
        {
            "cell_type": "code",
            "source": "print('```')",
            "outputs": [
                {"output_type": "stream", "text": [f"{at}\n" for at in range(100)]},
                {"output_type": "display_data", "data": {"image/png": "A" * 5000}},
                {"output_type": "error", "ename": "ValueError", "evalue": "no"},
            ],
        },
    )
    text = text_of(made, ".ipynb")
    assert text.startswith("# 분석\n글 ![x]()\n\n````python\nprint('```')\n````\n\n```\n0\n1\n")
    assert "19\n…\n```" in text
    assert "ValueError: no" in text
    assert "AAAA" not in text


def test_a_data_frame_is_a_table() -> None:
    frame = "<style>td{}</style><table><tr><th>a<th>b<tr><td>1<td>2</table>"
    output = {"output_type": "execute_result", "data": {"text/html": frame, "text/plain": "no"}}
    made = notebook({"cell_type": "code", "source": "x", "outputs": [output]})
    assert "| a | b |\n| --- | --- |\n| 1 | 2 |" in text_of(made, ".ipynb")


def test_notebooks_without_cells_or_of_another_form() -> None:
    assert refused(notebook(), ".ipynb") == "document.empty"
    assert refused(b'{"nbformat": 4, "cells": 3}', ".ipynb") == "document.empty"
    assert refused(b'{"name": "package.json"}', ".ipynb") == "document.not_its_name"
    assert refused(b'{"cells": [', ".ipynb") == "document.damaged"
    assert refused(b"[" * 100_000, ".ipynb") == "document.not_its_name"
    old = b'{"nbformat":3,"worksheets":[{"cells":[{"cell_type":"code","input":"a = 1"}]}]}'
    assert text_of(old, ".ipynb") == "```\na = 1\n```\n"


# Web pages


def html(text: str) -> str:
    return body(text.encode(), ".html")


def test_a_page_keeps_what_a_reader_would_read() -> None:
    page = (
        "<!doctype html><title>퇴비 만들기 | 정원 블로그</title><style>p{}</style>"
        "<script>alert('x')</script><nav><a href=/>Home</a></nav><main><h1>퇴비 만들기</h1>"
        "<p>마른 <b>낙엽</b>과 <a href='leaves.md'>잎</a>, <a href='https://x.org'>웹</a>"
        "<ul><li>하나<ul><li>둘</ul><li>셋</ul><blockquote><p>말</blockquote>"
        "<pre><code class='language-python'>if a &lt; b:\n    pass</code></pre>"
        "<p hidden>secret</p><div style='display: none'>gone</div></main><footer>(c)</footer>"
    )
    assert html(page) == (
        "# 퇴비 만들기\n\n마른 낙엽과 [잎](<leaves.md>), 웹\n\n- 하나\n    - 둘\n- 셋\n\n> 말\n\n"
        "```python\nif a < b:\n    pass\n```\n"
    )
    assert parse(text_of(page.encode(), ".html"), "a.html").title == "퇴비 만들기"


def test_pictures_from_elsewhere_are_words() -> None:
    page = (
        "<p><img src='a b.png' alt='here'><img src=https://x.org/t.gif alt=there>"
        "<img src=i.png width=16>"
    )
    assert html(page) == "![here](<a b.png>) there\n"


def test_a_page_that_is_all_navigation_is_still_read() -> None:
    assert html("<nav><p>only this</nav>") == "only this\n"


def test_tables_of_a_page() -> None:
    assert html("<table><tr><th>a<th>b<tr><td>1|<td>2</table>") == (
        "| a | b |\n| --- | --- |\n| 1\\| | 2 |\n"
    )
    assert html("<table><tr><td><p>one</p><table><tr><td>x<td>y</table></table>") == "one x y\n"


@pytest.mark.parametrize(
    ("page", "encoding"),
    [
        ("<meta charset=euc-kr><p>퇴비 냄새", "cp949"),
        ("<p>퇴비에서 냄새가 난다", "cp949"),
        ("<p>퇴비", "utf-8-sig"),
        ("<meta charset=shift_jis><p>堆肥のにおい", "cp932"),
        ("<p>" + unicodedata.normalize("NFD", "퇴비 냄새"), "utf-8"),
    ],
)
def test_pages_in_other_encodings(page: str, encoding: str) -> None:
    said = unicodedata.normalize("NFC", page.rpartition("<p>")[2])
    assert body(page.encode(encoding), ".html") == f"{said}\n"


def test_hostile_pages_take_linear_time() -> None:
    for page in ("<div>" * 100_000 + "x", "<ul><li>" * 20_000 + "x", "<table><td>" * 5_000 + "x"):
        assert "x" in html(page)
    for page in ("<!--" * 50_000, "<a " * 50_000, "&" * 200_000, "<p" * 50_000 + ">", "`" * 99_999):
        with contextlib.suppress(NoteError):
            text_of(page.encode(), ".html")


def test_pages_without_text_and_binary_ones() -> None:
    assert refused(b"<html><body><script>1</script></body></html>", ".html") == "document.empty"
    assert refused(bytes(range(256)) * 8, ".html") == "note.undecodable"


def test_what_looks_like_marks_stays_text() -> None:
    made = html(
        "<p># one #two [[three]] __init__ 2*3*4 &lt;b&gt;<p>&gt; four<p>=====<h2>a &lt;b&gt;</h2>"
    )
    assert made == (
        "\\# one \\#two [\\[three]] \\_\\_init\\_\\_ 2\\*3\\*4 <b>\n\n\\> four\n\n\\=====\n\n"
        "## a &lt;b>\n"
    )


def test_core_properties_of_office_files() -> None:
    made = docx(p("text"), parts={"docProps/core.xml": core("제목", "김", "2025-01-02T03:04:05Z")})
    found = parse(text_of(made, ".docx"), "a.docx")
    assert (found.title, found.created) == ("제목", "2025-01-02")


@pytest.mark.parametrize("make", [lambda: docx(p("x")), lambda: pptx((slide(), ""))])
def test_a_zip_whose_parts_are_locked(make: Callable[[], bytes]) -> None:
    data = bytearray(make())
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + flags] |= 1
            at = data.find(mark, at + 4)
    assert zipfile.is_zipfile(io.BytesIO(bytes(data)))
    assert refused(bytes(data), ".docx") == "document.locked"


def test_the_title_of_a_page_among_the_names_of_its_site() -> None:
    page = "<title>Water | Garden docs</title><h1>Garden docs site</h1><h1>Water<a>#</a></h1><p>x"
    assert parse(text_of(page.encode(), ".html"), "a.html").title == "Water"
    assert "# Water\n" in html(page)
    plain = "<title>정원 - 위키백과</title><p>글"
    assert parse(text_of(plain.encode(), ".html"), "a.html").title == "정원"


def test_what_office_keeps_beside_an_open_file_is_no_note() -> None:
    assert hidden("~$report.docx")
    assert not hidden("~report.docx")


# Hangul


def test_a_hangul_file_has_headings_lists_tables_boxes_and_notes() -> None:
    cells = "".join(
        f"<hp:tc><hp:subList>{hp(cell)}</hp:subList></hp:tc>" for cell in ("펌프", "둘")
    )
    note = (
        f"<hp:ctrl><hp:footNote><hp:subList>{hp('작년부터')}</hp:subList></hp:footNote></hp:ctrl>"
    )
    box = f"<hp:rect><hp:drawText><hp:subList>{hp('상자 안')}</hp:subList></hp:drawText></hp:rect>"
    head = f"<hp:ctrl><hp:header><hp:subList>{hp('머리말')}</hp:subList></hp:header></hp:ctrl>"
    deleted = "<hp:t>남은<hp:deleteBegin/>지운<hp:deleteEnd/> 글<hp:lineBreak/>[[링크]]</hp:t>"
    made = hwpx(
        hp(head + "<hp:t>분수대</hp:t>", 1) + hp(f"<hp:t>점검한다</hp:t>{note}<hp:t>. 끝</hp:t>"),
        hp("부품", 2)
        + hp("하나", shape=3)
        + hp("둘", shape=3)
        + hp(f"<hp:tbl><hp:tr>{cells}</hp:tr></hp:tbl>")
        + hp(box)
        + hp(deleted),
    )
    assert body(made, ".hwpx") == (
        "# 분수대\n\n점검한다[^1]. 끝\n\n## 부품\n\n- 하나\n- 둘\n\n"
        "| 펌프 | 둘 |\n| --- | --- |\n\n"
        "상자 안\n\n남은 글 [\\[링크]]\n\n[^1]: 작년부터\n"
    )
    found = parse(text_of(made, ".hwpx"), "분수대.hwpx")
    assert (found.title, found.created, found.links) == ("분수대", "2024-03-01", ())


def test_the_title_that_a_hangul_file_states_is_its_title() -> None:
    made = hwpx(hp("본문"), title="보고서 <초안>".replace("<", "&lt;").replace(">", "&gt;"))
    assert parse(text_of(made, ".hwpx"), "a.hwpx").title == "보고서 <초안>"


def test_an_older_hangul_file_is_read() -> None:
    text = text_of(hwp(), ".hwp")
    assert "분수대 펌프는 매달 첫째 월요일에 점검한다. 담당은 김하늘이다.\n" in text
    assert "| 부품 | 수량 |\n| --- | --- |\n| 펌프 | 두 대 |\n" in text
    assert parse(text, "회의.hwp").links == ()


@pytest.mark.parametrize("suffix", [".hwp", ".hwpx"])
def test_a_hangul_file_is_known_by_what_is_in_it(suffix: str) -> None:
    assert "김하늘" in text_of(hwp(), suffix)
    assert "본문" in text_of(hwpx(hp("본문")), suffix)
    assert refused(b"%PDF-1.4", suffix) == "document.not_its_name"
    assert refused(SAMPLES[".docx"], suffix) == "document.not_its_name"


def test_hangul_files_without_text_or_under_a_password_are_refused() -> None:
    assert refused(hwp(locked=True), ".hwp") == "document.locked"
    key = {"META-INF/manifest.xml": "<m><file-entry><encryption-data/></file-entry></m>"}
    assert refused(hwpx(hp("비밀"), parts=key), ".hwpx") == "document.locked"
    assert refused(hwpx(hp("")), ".hwpx") == "document.empty"
    assert refused(hwpx(hp("<hp:pic/>")), ".hwpx") == "document.only_pictures"
    assert refused(hwp()[:3000], ".hwp") == "document.damaged"


def test_a_machine_that_cannot_read_the_older_kind_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> None:
        raise OSError("Unsupported Linux architecture: aarch64")

    monkeypatch.setattr(hangul, "_library", missing)
    assert refused(hwp(), ".hwp") == "document.not_here"

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notesai.notes.terms import highlights, joined_terms, query_terms, query_weights, terms


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Running databases", ["run", "databas"]),
        ("user's don’t", ["user", "don't"]),
        ("데이터", ["데이", "이터", "데", "이", "터"]),
        ("물", ["물"]),
        ("API를", ["api", "를"]),
        ("食べる", ["食べ", "べる", "食", "べ", "る"]),
        ("Get-ChildItem", ["get-childitem", "get", "childitem", "child", "item"]),
        ("snake_case_name", ["snake_case_name", "snake", "case", "name"]),
        ("XMLParser", ["xmlparser", "xml", "parser"]),
        ("APIs iPhone", ["api", "iphon"]),
        ("C++17 C# F#, g++ c++에서", ["c++", "17", "c#", "f#", "g++", "c++", "에서", "에", "서"]),
        ("v1.2", ["v1.2", "v1", "2"]),
        ("__init__.py", ["init", "py"]),
        ('(`code`), "quoted"', ["code", "quot"]),
        ("café", ["café", "cafe"]),
        ("Привет", ["привет"]),
        ("ＦＵＬＬ ﬁne ①", ["full", "fine", "1"]),
        (" \u00b4 --- … 🚀 ", []),
        ("", []),
    ],
)
def test_terms(text: str, expected: list[str]) -> None:
    assert terms(text) == expected


def test_decomposed_text_has_the_same_terms() -> None:
    text = "한글 노트 café ガラス"
    assert terms(unicodedata.normalize("NFD", text)) == terms(text)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("데이터", ["데이", "이터"]),
        ("물", ["물"]),
        ("API를 호출", ["api", "호출"]),
        ("A型", ["a", "型"]),
        ("note note", ["note"]),
        ("Get-ChildItem", ["get-childitem", "get", "childitem", "child", "item"]),
        ("?!", []),
    ],
)
def test_query_terms(query: str, expected: list[str]) -> None:
    assert query_terms(query) == expected


TEXT = st.text() | st.lists(
    st.sampled_from(
        ["한글", "가", "ᄒ", "ㅋㅋ", "e\u0301", "é", "Get-", "Item", "C++", "_", "'", " "]
    )
).map("".join)


@given(TEXT)
def test_what_is_asked_for_is_what_is_stored(text: str) -> None:
    assert set(query_terms(text)) <= set(terms(text))


@given(TEXT)
def test_terms_hold_no_white_space(text: str) -> None:
    found = terms(text)
    assert joined_terms(text).split(" ") == (found or [""])
    assert all(term and not any(map(str.isspace, term)) for term in found)
    assert all(len(term) <= 64 for term in found)


def test_an_endless_word_is_cut() -> None:
    assert terms("x" * 100_000) == ["x" * 64]


def marked(text: str, query: str) -> list[str]:
    return [text[start:end] for start, end in highlights(text, query)]


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [
        ("Running the runner", "run", ["Running"]),
        ("검색했다. 검색은", "검색을", ["검색", "검색"]),
        ("검색엔진", "검색 엔진", ["검색엔진"]),
        ("물과 불", "물", ["물"]),
        ("이것은", "이", ["이"]),
        ("Get-ChildItem here", "child", ["Child"]),
        ("Get-ChildItem here", "get-childitem", ["Get-ChildItem"]),
        ("C++17, C# and c", "c++", ["C++"]),
        ("ＦＵＬＬ … ﬁne ① ｶﾞﾗｽ", "full fine 1 ガラス", ["ＦＵＬＬ", "ﬁne", "①", "ｶﾞﾗｽ"]),
        ("résumé", "resume", ["résumé"]),
        ("nothing", "else", []),
        ("text", "", []),
        ("", "text", []),
    ],
)
def test_highlights(text: str, query: str, expected: list[str]) -> None:
    assert marked(text, query) == expected


def test_highlights_in_decomposed_text_count_in_that_text() -> None:
    text = unicodedata.normalize("NFD", "… 한국어 데이터베이스와 café")
    found = marked(text, "데이터베이스 cafe")
    assert [unicodedata.normalize("NFC", part) for part in found] == ["데이터베이스", "café"]


@given(TEXT, TEXT)
def test_highlights_are_sorted_apart_and_inside(text: str, query: str) -> None:
    last = -1
    for start, end in highlights(text, query):
        assert last < start < end <= len(text)
        last = end


@given(st.lists(st.sampled_from(["한글", "노트", "word", "Items", "é", "ﬁ"]), min_size=1))
def test_a_text_asked_for_is_marked_throughout(words: list[str]) -> None:
    text = " ".join(words)
    assert marked(text, text) == words
    decomposed = unicodedata.normalize("NFD", text)
    assert marked(decomposed, text) == decomposed.split(" ")


def test_a_long_run_counts_less_for_each_of_its_pairs() -> None:
    weights = query_weights("뉘르부르크링의 설계 API를 map")
    assert weights["설계"] == weights["api"] == weights["map"] == 1.0
    assert weights["뉘르"] == pytest.approx(6**-0.5)
    assert weights["링의"] == pytest.approx(0.5 * 6**-0.5)
    assert "를" not in weights


def test_a_term_counts_as_in_the_shortest_run_that_has_it() -> None:
    assert query_weights("한국어사전 한국")["한국"] == 1.0


@given(TEXT)
def test_weights_are_above_nothing_and_at_most_one(text: str) -> None:
    weights = query_weights(text)
    assert list(weights) == query_terms(text)
    assert all(0.0 < weight <= 1.0 for weight in weights.values())


PIECES = ["Running", "dying", "skies", "hoped", "we’re", "ChildItem", "get-childItem", "XMLParser"]
PIECES += ["C++", "utf8Decoder", "naïve", "“quoted”", "물을", "API를", "İI", "_x_y", "happily!"]


@given(st.lists(st.sampled_from(PIECES)), st.sampled_from([*PIECES, "die", "hope", "naive", "을"]))
def test_no_match_is_overlooked(pieces: list[str], query: str) -> None:
    text = "  ".join(pieces)
    each = highlights(text, query)
    at, expected = 0, list[tuple[int, int]]()
    for piece in pieces:
        # As each token of the piece is looked at when nothing is left out.
        wanted = set(query_terms(query))
        if wanted & set(terms(piece)):
            assert any(at <= start < at + len(piece) for start, _ in each), (piece, query)
            expected.append((at, at + len(piece)))
        at += len(piece) + 2
    assert all(any(a <= start and end <= b for a, b in expected) for start, end in each)

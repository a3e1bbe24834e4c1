"""Which nouns Korean notes give, without a dictionary: by how all of them use a word."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notesai.maps.korean_nouns import Nouns, written


def nouns(text: str) -> list[str]:
    """The nouns of a text that is all there is."""
    words = written(text)
    known = Nouns(words)
    return [found for word in words if (found := known.of(word))]


@pytest.mark.parametrize(
    ("noun", "particle"),
    [
        ("고양이", "가"),
        ("사용자", "를"),
        ("이용자", "에게"),
        ("도시", "의"),
        ("전문가", "를"),
        ("동의", "를"),
        ("회의", "에서"),
        ("의의", "를"),
        ("나이", "를"),
        ("과자", "를"),
        ("도로", "를"),
        ("바나나", "를"),
        ("정도", "를"),
        ("제도", "를"),
        ("지도", "를"),
        ("속도", "를"),
        ("정확도", "가"),
        ("민주주의", "를"),
        ("디자인", "을"),
        ("보고서", "를"),
        ("도우미", "가"),
        ("세계", "는"),
        ("언어", "의"),
    ],
)
def test_a_last_syllable_that_looks_like_a_particle_stays(noun: str, particle: str):
    assert nouns(f"{noun}{particle} {noun}") == [noun, noun]


@pytest.mark.parametrize(
    ("written_", "noun"),
    [
        ("서버에서는", "서버"),
        ("서버로부터의", "서버"),
        ("서버들에게도", "서버"),
        ("서버입니다", "서버"),
        ("서버라는", "서버"),
        ("서버였다", "서버"),
        ("서버뿐만", "서버"),
        ("서버처럼", "서버"),
        ("설치하는", "설치"),
        ("설치했다", "설치"),
        ("설치되어야", "설치"),
        ("설치시키고", "설치"),
        ("설치하기를", "설치"),
        ("설치중", "설치"),
        ("DB서버와", "DB서버"),
    ],
)
def test_what_hangs_on_a_noun_is_taken_off(written_: str, noun: str):
    known = Nouns(["서버를", "서버", "설치를", "설치하는", "DB서버를", written_])
    assert known.of(written_) == noun


def test_verbs_adverbs_and_particles_alone_are_no_nouns():
    text = """
        만드는 만들고 만들어서 만든다 가져와 들어가 보이는 먹는 먹을 있습니다 했다 하는 되었는데
        하면서도 하는지를 있음을 너무 그리고 하지만 많이 천천히 이것을 우리는 에서 으로는 입니다
        필요한지 어렵다면 할때 하는것을 2026년 3월에 좋아하는 API를 UI에서
    """
    assert nouns(text) == []


def test_a_long_chain_of_particles_is_no_part_of_a_noun():
    known = Nouns(["집에서는", "시간으로는", "시간에", "부분까지도", "부분을", "시간이"])
    assert [known.of(word) for word in ("집에서는", "시간으로는", "부분까지도", "시간이")] == [
        None,
        "시간",
        "부분",
        "시간",
    ]


def test_compounds_of_nouns_keep_their_ends():
    words = [
        "검색을",
        "검색은",
        "결과를",
        "결과가",
        "결과에",
        "검색결과",
        "고속을",
        "도로를",
        "고속도로",
    ]
    known = Nouns(words)
    assert known.of("검색결과") == "검색결과"
    assert known.of("고속도로") == "고속도로"


def test_half_of_a_word_is_no_noun_where_texts_have_no_particles():
    known = Nouns(["핵합의"] * 3 + ["김정은"] * 3 + ["이란을", "이란의"])
    assert known.of("핵합의") is None
    assert known.of("김정은") is None
    assert Nouns(["핵합의를", *["핵합의"] * 3]).of("핵합의") == "핵합의"


def test_a_title_of_one_word_is_a_noun():
    assert Nouns(["물주기", "물주기"]).of("물주기") is None
    assert Nouns(["물주기", "물주기"], ["물주기"]).of("물주기") == "물주기"


def test_an_adjective_leaves_no_noun():
    known = Nouns(
        Counter(
            ["복잡한", "복잡하다", "복잡하게", "필요를", "필요한", "정리를", "정리한", "정리하는"]
        )
    )
    assert [known.of(word) for word in ("복잡한", "필요한", "정리한")] == [None, None, "정리"]


SYLLABLES = st.text(alphabet=[chr(code) for code in range(0xAC00, 0xD7A4)], max_size=8)
PIECES = st.sampled_from(
    "는 을 를 에서 으로 하는 했다 들 이 가 입니다 서버 고양이 만들 A DB . - _ 1 é ㅋㅋ".split()  # noqa: SIM905
)


@given(st.lists(st.lists(SYLLABLES | PIECES | st.text(max_size=4), max_size=4), max_size=20))
def test_any_text_gives_words_that_stand_in_it(words: list[list[str]]):
    text = " ".join(map("".join, words))
    for found in nouns(text):
        assert found in text
        assert len(found) > 1

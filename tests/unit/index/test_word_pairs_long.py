"""Pairs of words in filters: whatever holds a phrase passes, and little else does."""

import re
import unicodedata

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notesai.index.word_pairs import WordPairs, asked, joined, none, word_pairs
from notesai.notes.folding import folded
from notesai.search.phrases import holds, in_both_forms

WORDS = [
    "green",
    "Green",
    "matter",
    "a",
    "İi",
    "ıI",
    "straße",
    "STRASSE",
    "café",
    "API를",
    "물",
    "텃밭",
]
WORDS += [
    "가꾸기",
    "my_name",
    "in-house",
    "(x)",
    "①b",
    "τῷ",
    "\u0345b",
    "𝒜b",
    "日本語",
    "v1.2",
    "\uffff",
]
SPACES = st.sampled_from([" ", "  ", "\n", "\t ", "\u3000", "\x1c", "", ",", ". "])
FORMS = st.sampled_from(["NFC", "NFD", "NFKC"])


@st.composite
def texts(draw: st.DrawFn, most: int = 8) -> str:
    parts = draw(st.lists(st.tuples(st.sampled_from(WORDS), SPACES), max_size=most))
    return unicodedata.normalize(draw(FORMS), "".join(map("".join, parts)))


def passing(pairs: WordPairs, phrase: str) -> list[bool]:
    """Of every document whether the phrase may stand in it."""
    documents = np.arange(len(pairs.starts) - 1)
    held = [pairs.may_hold(documents, asked(form)) for form in in_both_forms(phrase)]
    return np.logical_or.reduce(held).tolist()


@settings(max_examples=40000)
@given(st.lists(texts(), min_size=1, max_size=4), st.data())
def test_what_holds_a_phrase_passes(told: list[str], data: st.DataObject):
    text = data.draw(st.sampled_from(told))
    start = data.draw(st.integers(0, len(text)))
    phrase = " ".join(text[start : data.draw(st.integers(start, len(text)))].split())
    phrase = data.draw(st.sampled_from([phrase, phrase.upper(), phrase.lower()]))
    for text, may in zip(told, passing(word_pairs(told), phrase), strict=True):
        assert may or not phrase or not holds(text, phrase)


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("matter green", "green matter"),
        ("green, matter", "green matter"),
        ("greens matter", "green matter"),
        ("green a matter", "green matter"),
        ("텃밭을 가꾸기", "텃밭 가꾸기"),
        ("가꾸기 텃밭", "텃밭 가꾸기"),
        ("API를 쓰고 API로 부른다", "API를 부른다"),
    ],
)
def test_words_apart_do_not_pass(text: str, phrase: str):
    assert passing(word_pairs([text, phrase]), phrase) == [False, True]


def test_what_may_go_on_is_not_asked_for():
    # 을 may be the end of 텃밭을, and 가 the beginning of 가꾸기; a Latin word is a whole one.
    assert len(asked("을 가꾸기")) == len(asked("텃밭을 가")) == len(asked("green")) == 0
    assert len(asked("a b")) == len(asked("API를 b")) == 1
    assert len(asked("")) == 0


def test_one_in_forty_seems_to_be_there():
    chance = np.random.default_rng(3)
    vocabulary = [f"w{number}" for number in range(3000)]
    told = [" ".join(chance.choice(vocabulary, 60)) for _ in range(300)]
    pairs = word_pairs(told)
    assert pairs.nbytes <= sum(len(text.split()) for text in told) + 4 * 301
    strange = np.array([passing(pairs, " ".join(chance.choice(vocabulary, 2))) for _ in range(40)])
    assert 0.005 < strange.mean() < 0.05


@given(st.lists(texts(), max_size=5), st.lists(texts(), max_size=5), st.data())
def test_parts_together_are_the_whole(one: list[str], other: list[str], data: st.DataObject):
    whole = word_pairs(one + other)
    both = joined([word_pairs(one), word_pairs(other), none(2)])
    assert both.starts[:-2].tolist() == whole.starts.tolist()
    assert both.filters.tolist() == whole.filters.tolist()
    kept = data.draw(st.lists(st.booleans(), min_size=len(one), max_size=len(one)))
    some = word_pairs(one).only(np.array(kept, np.bool_))
    expected = word_pairs([text for text, stays in zip(one, kept, strict=True) if stays])
    assert some.starts.tolist() == expected.starts.tolist()
    assert some.filters.tolist() == expected.filters.tolist()


def test_only_an_iota_is_made_of_what_is_no_letter():
    letter = re.compile(r"[^\W_]")
    made = {
        sign
        for sign in map(chr, range(0x10000))
        if not letter.match(sign)
        for folding in folded(sign)
        if folding != sign and letter.match(folding)
    }
    assert made == {"\u0345"}
    assert folded("\u0345") == "ι"

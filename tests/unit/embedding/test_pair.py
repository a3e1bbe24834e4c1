import pickle
import unicodedata

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notesai.embedding.catalog import bundled
from notesai.embedding.folder import ModelFolder
from notesai.embedding.onnx import OnnxEmbedder
from notesai.embedding.pair import SHARE, in_hangul, open_hangul


@pytest.fixture(scope="module")
def embedder() -> OnnxEmbedder:
    return OnnxEmbedder(bundled(), threads=1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", False),
        ("plain English", False),
        ("naïve Über 東京", False),
        ("🙂 1,234", False),
        ("한글", True),
        ("LanceDB 인덱스 optimize 하는 법", True),
        ("ㅎㄱ", True),
        ("The word 김치 stands once in this otherwise English sentence about food.", False),
        ("def main(): return 0  # 시작", True),
    ],
)
def test_which_texts_are_read_as_hangul(text: str, expected: bool) -> None:
    assert in_hangul(text) is expected


@given(st.integers(0, 40), st.integers(1, 400))
def test_the_share_decides(hangul: int, latin: int) -> None:
    text = "가" * hangul + " " + "a" * latin
    assert in_hangul(text) is (hangul > 0 and hangul >= SHARE * (hangul + latin))


def test_counts_add_up_over_words_and_scripts(embedder: OnnxEmbedder) -> None:
    hangul = open_hangul(ModelFolder.open(bundled()))
    assert hangul is not None
    text = "LanceDB 인덱스를 optimize하는 법, see the manual"
    words = text.split()
    assert embedder.count_tokens(text) == sum(map(embedder.count_tokens, words))
    assert embedder.count_tokens("인덱스를") == hangul.counter.count("인덱스를")


@given(st.lists(st.sampled_from(["노트", "검색을", "index", "don't", "x=1;", "🙂", "하하abc"])))
@settings(max_examples=30, deadline=None)
def test_counting_sees_words_alone(embedder: OnnxEmbedder, words: list[str]) -> None:
    together = embedder.count_tokens(" ".join(words))
    assert together == sum(map(embedder.count_tokens, words))


def test_the_counter_can_be_pickled(embedder: OnnxEmbedder) -> None:
    text = "노트 검색 in two scripts"
    assert pickle.loads(pickle.dumps(embedder.counter))(text) == embedder.count_tokens(text)


def test_texts_of_both_scripts_run_together(embedder: OnnxEmbedder) -> None:
    texts = [
        "노트를 정리한다",
        "a note",
        "",
        "검색 search 검색",
        "index " * 50,
        "가나다 " * 400,
    ] * 3
    together = embedder.embed_documents(texts)
    alone = np.stack([embedder.embed_documents([text])[0] for text in texts])
    assert np.abs(together - alone).max() < 1e-3
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)


def test_decomposed_hangul_goes_the_same_way(embedder: OnnxEmbedder) -> None:
    text = "한글 노트를 정리하는 방법"
    apart = unicodedata.normalize("NFD", text)
    assert np.array_equal(embedder.embed_query(text), embedder.embed_query(apart))


@pytest.mark.parametrize(
    ("query", "near"),
    [
        ("비밀번호를 잊어버렸을 때", "Resetting your account credentials"),
        ("강아지가 아프다", "The dog had to see a vet."),
        ("how to cook kimchi stew", "김치찌개 끓이는 법"),
        ("회의록", "Minutes of the meeting on Monday"),
        ("speeding up a slow computer", "컴퓨터가 느릴 때 빠르게 하는 방법"),
    ],
)
def test_the_two_languages_share_a_space(embedder: OnnxEmbedder, query: str, near: str) -> None:
    others = [
        "The server was down.",
        "새들이 남쪽으로 날아갔다.",
        "A recipe for onion soup",
        "세금 신고",
    ]
    scores = embedder.embed_documents([near, *others]) @ embedder.embed_query(query)
    assert scores.argmax() == 0
    assert scores[0] > scores[1:].max() + 0.02

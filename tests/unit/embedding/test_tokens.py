import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer, models, pre_tokenizers, trainers

from notesai.embedding import tokens
from notesai.embedding.catalog import bundled
from notesai.embedding.tokens import TokenCounter, prepared

REAL: Tokenizer = Tokenizer.from_file(str(bundled() / "tokenizer.json"))
COUNTER = TokenCounter(REAL)

TEXTS = st.lists(
    st.one_of(
        st.text(max_size=20),
        st.text(alphabet=tokens.WHITE_SPACE, max_size=4),
        st.text(alphabet="abcdefghij .,-#[](){}\n", max_size=40),
        st.text(alphabet="가나다라마바사힣각한글 \n", max_size=20),
        st.sampled_from(["[SEP]", "[CLS]", "naïve", "e\u0301", "🙂👍🏽", "\ud800", "a" * 120]),
    ),
    max_size=12,
).map("".join)


def true_count(text: str) -> int:
    return len(REAL.encode(prepared(text), add_special_tokens=False).ids)


@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_count_is_exact(text: str) -> None:
    assert COUNTER.count(text) == true_count(text)


@given(st.text())
@settings(deadline=None)
def test_count_of_any_text_is_never_too_small(text: str) -> None:
    assert COUNTER.count(text) >= true_count(text)


def test_bert_counts_by_piece_but_not_across_characters_that_it_drops() -> None:
    assert COUNTER.by_piece
    assert COUNTER.count("play\fing") == 1
    assert COUNTER.count("play ing") == 2


def test_white_space_is_all_that_split_splits_at() -> None:
    assert set(tokens.WHITE_SPACE) == {chr(i) for i in range(0x110000) if not chr(i).split()}


def test_a_piece_is_tokenised_once(monkeypatch: pytest.MonkeyPatch) -> None:
    counter = TokenCounter(REAL)
    asked: list[list[str]] = []
    lengths = counter._lengths

    def spy(texts: list[str]) -> list[int]:
        asked.append(list(texts))
        return lengths(texts)

    monkeypatch.setattr(counter, "_lengths", spy)
    assert counter.count("notes about notes") == 3
    assert counter.count("about notes") == 2
    assert [sorted(texts) for texts in asked] == [["about", "notes"]]


def test_the_memory_of_pieces_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "CACHED_BYTES", 6000)
    counter = TokenCounter(REAL)
    sizes: list[int] = []
    for start in range(0, 400, 40):
        text = " ".join(f"w{i}" for i in range(start, start + 40))
        assert counter.count(text) == true_count(text)
        sizes.append(len(counter._known))
    assert max(sizes) <= 50
    assert min(sizes) == 40
    long = "x" * 1000
    assert counter.count(long) == true_count(long)
    assert long not in counter._known


def test_many_threads_count_right(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "CACHED_BYTES", 3000)
    counter = TokenCounter(REAL)
    texts = [" ".join(f"t{i}x{j} again" for j in range(15)) for i in range(40)]
    expected = [true_count(text) for text in texts]
    wrong: list[str] = []

    def work() -> None:
        for text, n in zip(texts, expected, strict=True):
            if counter.count(text) != n:
                wrong.append(text)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def byte_level() -> Tokenizer:
    """A tokenizer of the GPT kind: the space before a word belongs to it."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    trainer = trainers.BpeTrainer(
        vocab_size=400,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(["notes about notes, play and playing\n\n  notes"] * 20, trainer)
    return tokenizer


@given(st.text(alphabet="notesplay ing\n\t,é가", max_size=60))
@settings(max_examples=100, deadline=None)
def test_tokenizers_that_look_at_white_space_encode_every_text(text: str) -> None:
    tokenizer = byte_level_once()
    counter = TokenCounter(tokenizer)
    assert not counter.by_piece
    assert counter.count(text) == len(tokenizer.encode(prepared(text)).ids)


_made: list[Tokenizer] = []


def byte_level_once() -> Tokenizer:
    if not _made:
        _made.append(byte_level())
    return _made[0]


def test_a_token_across_white_space_forbids_counting_by_piece() -> None:
    tokenizer: Tokenizer = Tokenizer.from_str(REAL.to_str())
    assert TokenCounter(tokenizer).by_piece
    tokenizer.add_tokens(["new york"])
    counter = TokenCounter(tokenizer)
    assert not counter.by_piece
    assert counter.count("in new york") == 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", "plain"),
        ("한글", "한글"),
        ("e\u0301", "é"),
        ("a\ud800b", "a\ufffdb"),
        ("\ud83d\ude42", "🙂"),
        ("", ""),
    ],
)
def test_prepared(text: str, expected: str) -> None:
    assert prepared(text) == expected


@given(st.text(alphabet=st.characters()))
def test_prepared_text_is_encodable_and_stays_so(text: str) -> None:
    once = prepared(text)
    once.encode()
    assert prepared(once) == once

"""As many whole passages as a context holds."""

import pytest
from chat import ScriptedChat, count_words, source
from hypothesis import given
from hypothesis import strategies as st

from notesai.answers.llama import Capacity
from notesai.answers.packing import LEAST_READ, READ_SECONDS, Packed, answer_tokens, pack
from notesai.answers.prompt import passage
from notesai.answers.retrieval import Source
from notesai.errors import ModelError, RequestError
from notesai.model import Turn


def passages(sizes: list[int]) -> list[Source]:
    return [source(f"s{n} " + "word " * size) for n, size in enumerate(sizes)]


def packed(chat: ScriptedChat, sizes: list[int], history: list[Turn] | None = None) -> Packed:
    sources = passages(sizes)
    return pack(
        chat, Capacity(chat.context, chat.speed), "Why is it so?", sources, history or [], "en"
    )


def numbers(found: Packed) -> list[int]:
    return [int(s.text.split()[0][1:]) for s in found.sources]


def test_all_fit_into_a_large_context():
    found = packed(ScriptedChat(), [50] * 40)
    assert numbers(found) == list(range(40))
    assert found.answer_tokens == 1024


def test_the_best_are_kept_and_one_that_is_too_long_gives_way_to_shorter_ones():
    chat = ScriptedChat(context=500)
    found = packed(chat, [100, 400, 100, 100, 20])
    assert numbers(found) == [0, 2, 4]
    assert found.prompt.tokens + found.answer_tokens <= 600


@given(
    st.lists(st.integers(0, 300), max_size=40),
    st.integers(200, 3000),
    st.lists(st.tuples(st.integers(1, 200), st.integers(1, 200)), max_size=6),
    st.sampled_from([1, 2, 3, 7]),
)
def test_the_context_is_never_exceeded_and_nothing_that_fits_is_left_out(
    sizes: list[int], context: int, turns: list[tuple[int, int]], letters: int
):
    # Counting by letters, rounded up for each text: parts count for more than their whole.
    chat = ScriptedChat(context=context, count=lambda text: -(-len(text) // letters))
    history = [Turn("q " * a, "a " * b) for a, b in turns]
    try:
        found = packed(chat, sizes, history)
    except ModelError as error:
        assert error.code == "llm.small_context"
        return
    except RequestError as error:
        assert error.code == "ask.too_long"
        return
    room = context - answer_tokens(context)
    assert found.prompt.tokens <= room
    assert numbers(found) == sorted(numbers(found))
    for n, left in enumerate(passages(sizes)):
        # Numbers may become shorter, and each part is rounded up: a few tokens of slack.
        more = chat.count(passage(n + 1, left)) + found.prompt.tokens
        assert n in numbers(found) or more > room - 2 * (len(found.sources) + 4)


@pytest.mark.parametrize(
    ("speed", "tokens"),
    [(1.0, LEAST_READ), (LEAST_READ / READ_SECONDS, LEAST_READ), (200.0, int(200 * READ_SECONDS))],
)
def test_a_slow_model_is_given_what_it_reads_while_a_person_waits(speed: float, tokens: int):
    chat = ScriptedChat(context=50_000, speed=speed)
    sizes = [90] * 100
    read = count_words("".join(passage(1, s) for s in packed(chat, sizes).sources))
    assert tokens - 110 <= read <= tokens
    sources, capacity = passages(sizes), Capacity(chat.context, speed)
    assert len(pack(chat, capacity, "Why?", sources, [], "en", patient=True).sources) == 100


def test_where_nobody_knows_how_quick_it_is_the_context_is_filled():
    assert len(packed(ScriptedChat(context=50_000), [90] * 100).sources) == 100


def test_the_latest_turns_are_kept_and_the_rest_goes():
    history = [Turn(f"q{n}", "word " * 60) for n in range(10)]
    found = packed(ScriptedChat(context=1200), [100] * 10, history)
    assert [turn.question for turn in found.history] == ["q7", "q8", "q9"]
    assert len(found.sources) >= 3


def test_a_question_that_is_too_long_is_told_from_a_model_that_is_too_small():
    with pytest.raises(RequestError) as asked:
        pack(ScriptedChat(), Capacity(1000), "word " * 900, [], [], "en")
    assert asked.value.code == "ask.too_long"
    with pytest.raises(ModelError) as model:
        pack(ScriptedChat(), Capacity(100), "Why?", [], [], "en")
    assert model.value.code == "llm.small_context"


def test_words_are_counted_as_the_model_does():
    found = packed(ScriptedChat(context=2000), [100] * 40)
    assert found.prompt.tokens == count_words(found.prompt.text)
    assert 2000 - 500 - found.prompt.tokens < 110

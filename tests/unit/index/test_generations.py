"""Which generation answers, grows and is kept, after anything that may happen."""

from dataclasses import replace

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from notesai.embedding.base import ModelCard
from notesai.index.generations import Generation, Generations


def card(identity: str) -> ModelCard:
    return ModelCard(identity, "1", 8, 128, (), "none")


def generation(identity: str) -> Generation:
    return Generation.of(card(identity), identity)


A, B, C = (generation(name) for name in "ABC")

STEPS = {
    "settle": lambda g, target: g.settled(target),
    "settle stalled": lambda g, target: g.settled(target, stalled=True),
    "choose": lambda g, target: g.chosen(target, target.model),
    "swap": lambda g, _: g.swapped(keep=True),
    "swap and forget": lambda g, _: g.swapped(keep=False),
    "go back": lambda g, _: g.gone_back(""),
    "cancel": lambda g, _: g.cancelled(""),
    "drop": lambda g, _: g.without_previous(),
    "lose": lambda g, target: g.only(g.tables - {target.notes}),
}
steps = st.lists(
    st.tuples(st.sampled_from(sorted(STEPS)), st.sampled_from([A, B, C, generation("D")])),
    max_size=12,
)


@given(steps)
def test_no_table_has_two_parts_and_something_always_answers(taken):
    known = Generations().settled(A)
    for name, target in taken:
        before, known = known, STEPS[name](known, target)
        chunks = [one.chunks for one in known.all]
        assert len(chunks) == len(set(chunks))
        assert len(known.tables) == 2 * len(chunks)
        if name == "lose":
            known = known.settled(target)
        assert known.active is not None
        if name in ("choose", "settle") and before.active is not None:
            # What answered is never lost by a choice: it answers still, or can be gone back to.
            assert before.active.chunks in [one.chunks for one in known.all]


@given(steps)
def test_they_are_read_as_they_were_written(taken):
    known = Generations().settled(A)
    for name, target in taken:
        known = STEPS[name](known, target)
    assert msgspec.json.decode(msgspec.json.encode(known), type=Generations) == known


def test_a_switch_from_its_begin_to_the_way_back():
    known = Generations(A).chosen(B, "B")
    assert known == Generations(A, shadow=B, wanted="B")
    assert known.chosen(C, "C") == Generations(A, shadow=C, wanted="C")
    assert known.cancelled("") == Generations(A)
    known = known.swapped(keep=True)
    assert known == Generations(B, previous=A, wanted="B")
    assert known.gone_back("") == known.chosen(A, "") == Generations(A, previous=B)
    assert known.without_previous().gone_back("") == Generations(B, wanted="B")
    assert known.swapped(keep=True) == known


def test_a_third_model_replaces_what_could_be_gone_back_to_only_at_the_swap():
    known = Generations(B, previous=A).chosen(C, "C")
    assert known.previous == A
    assert known.swapped(keep=True) == Generations(C, previous=B, wanted="C")


@pytest.mark.parametrize("stalled", [False, True])
def test_a_shadow_waits_only_for_a_model_that_is_wanted_and_gone(stalled: bool):
    known = Generations(A, shadow=B, wanted="B").settled(A, stalled=stalled)
    assert known.shadow == (B if stalled else None)


def test_a_model_that_comes_back_answers_again_at_once():
    assert Generations(A, previous=B, wanted="B").settled(B) == Generations(
        B, previous=A, wanted="B"
    )


def test_tables_of_the_format_before_keep_their_names():
    old = Generation("", "", "notes", A.chunks)
    assert old.fits(card("A"))
    assert not old.fits(card("B"))
    assert Generations(old).made_by(card("A"), "A") == replace(A, notes="notes")
    assert Generations(old).made_by(card("B"), "B") == B


def test_another_revision_of_a_model_does_not_fit():
    assert A.fits(card("A"))
    assert not A.fits(replace(card("A"), revision="2"))
    assert A.fits(replace(card("A"), window=64)), "the window changes no vector"
    assert A.chunks != Generation.of(replace(card("A"), window=64), "A").chunks

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notesai.search.fusion import convex, normalised

scores = st.dictionaries(st.text(max_size=3), st.floats(-5, 50))


@given(scores, st.floats(-1, 1))
def test_normalised_scores_lie_between_0_and_1_and_keep_their_order(values, floor):
    result = normalised(values, floor)
    assert all(0.0 <= score <= 1.0 for score in result.values())
    if result:
        assert max(result.values()) == 1.0
        ordered = sorted(result, key=lambda key: values[key])
        assert [result[key] for key in ordered] == sorted(result.values())


def test_nothing_above_the_floor_is_no_evidence():
    assert normalised({"a": 0.1, "b": 0.05}, 0.1) == {}
    assert normalised({}, 0.0) == {}


def test_convex_combines_both_halves():
    joined = convex({"a": 1.0, "b": 0.4}, {"b": 1.0, "c": 0.6}, 0.25)
    assert joined == pytest.approx({"a": 0.75, "b": 0.55, "c": 0.15})


def test_without_weight_meaning_changes_no_order():
    words = {"a": 1.0, "b": 0.5}
    assert convex(words, {"b": 1.0}, 0.0) == words

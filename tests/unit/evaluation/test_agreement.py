"""Agreement of scores and of groupings, against cases computed by hand."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notesai.evaluation.agreement import spearman, v_measure

whole = st.integers(-5, 5)
pairs = st.lists(st.tuples(whole, whole), min_size=2, max_size=30)


def test_spearman_by_hand():
    assert spearman([1, 2, 3, 4], [10, 20, 30, 400]) == pytest.approx(1.0)
    assert spearman([1, 2, 3, 4], [4, 3, 2, 1]) == pytest.approx(-1.0)
    # Squared differences of ranks sum to 4: 1 - 6 * 4 / (4 * 15)
    assert spearman([1, 2, 3, 4], [2, 1, 4, 3]) == pytest.approx(0.6)


def test_spearman_gives_ties_their_mean_rank():
    # Ranks 1 2 3 4 5 and 1 2 3.5 5 3.5: covariance 8, variances 10 and 9.5
    assert spearman([1, 2, 3, 4, 5], [5, 6, 7, 8, 7]) == pytest.approx(8 / math.sqrt(95))


def test_spearman_of_a_constant_is_no_number():
    assert math.isnan(spearman([1, 2, 3], [7, 7, 7]))
    with pytest.raises(ValueError):
        spearman([1, 2], [1, 2, 3])


def test_v_measure_by_hand():
    assert v_measure("aabb", [1, 1, 0, 0]) == 1.0
    # Entropies of labels, clusters, both: 1, 1.5, 1.5 bits; homogeneity 1, completeness 2/3
    assert v_measure("aabb", [0, 0, 1, 2]) == pytest.approx(0.8)
    # 1, 2 and 2 bits: homogeneity 1, completeness 1/2
    assert v_measure("aabb", [0, 1, 2, 3]) == pytest.approx(2 / 3)
    assert v_measure("aabb", [0, 0, 0, 0]) == pytest.approx(0.0)
    assert v_measure("abab", [0, 0, 1, 1]) == pytest.approx(0.0)
    with pytest.raises(ValueError):
        v_measure("ab", [0])


@given(pairs)
def test_spearman_looks_at_the_order_alone(values: list[tuple[int, int]]):
    a, b = zip(*values, strict=True)
    found = spearman(a, b)
    moved = spearman([value**3 for value in a], [2 * value - 9 for value in b])
    assert found == pytest.approx(moved, nan_ok=True)
    assert math.isnan(found) or -1.0 - 1e-9 <= found <= 1.0 + 1e-9


@given(pairs)
def test_v_measure_is_symmetric_and_knows_no_names(values: list[tuple[int, int]]):
    labels, clusters = zip(*values, strict=True)
    found = v_measure(labels, clusters)
    assert 0.0 <= found <= 1.0 + 1e-9
    assert found == pytest.approx(v_measure(clusters, labels), abs=1e-9)
    assert found == pytest.approx(v_measure([str(-x) for x in labels], clusters), abs=1e-9)
    assert v_measure(labels, labels) == pytest.approx(1.0)


@settings(deadline=None)
@given(pairs)
def test_spearman_is_that_of_scipy(values: list[tuple[int, int]]):
    stats = pytest.importorskip("scipy.stats")
    a, b = zip(*values, strict=True)
    if len(set(a)) > 1 and len(set(b)) > 1:
        assert spearman(a, b) == pytest.approx(stats.spearmanr(a, b).statistic)

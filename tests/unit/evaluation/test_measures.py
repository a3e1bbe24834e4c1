"""Measures of rankings, against cases computed by hand."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notesai.evaluation.measures import ndcg, rank_fusion, recall, reciprocal_rank, score

GRADES = {"a": 3, "b": 2, "c": 1, "d": 0}
documents = st.lists(st.sampled_from("abcdefgh"), unique=True)
graded = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(-1, 4))


def test_ndcg_by_hand():
    # 2/log2(2) + 0 + 3/log2(4), by 3/log2(2) + 2/log2(3) + 1/log2(4)
    assert ndcg(["b", "x", "a"], GRADES, 10) == pytest.approx(3.5 / (3.5 + 2 / math.log2(3)))
    assert ndcg(["a", "b", "c", "d"], GRADES, 10) == 1.0
    assert ndcg(["d", "x"], GRADES, 10) == 0.0
    assert ndcg(["a"], {}, 10) == 0.0
    # The first two of b and a, by the best two: 2 + 3/log2(3), by 3 + 2/log2(3)
    discount = 1 / math.log2(3)
    expected = (2 + 3 * discount) / (3 + 2 * discount)
    assert ndcg(["b", "a", "c"], GRADES, 2) == pytest.approx(expected)


def test_the_tenth_counts_and_the_eleventh_does_not():
    nine = [f"x{number}" for number in range(9)]
    assert ndcg([*nine, "a"], {"a": 1}, 10) == pytest.approx(1 / math.log2(11))
    assert ndcg([*nine, "x9", "a"], {"a": 1}, 10) == 0.0


def test_recall_by_hand():
    ranking = ["x", "a", "d", "c"]
    assert recall(ranking, GRADES, 1) == 0.0
    assert recall(ranking, GRADES, 2) == pytest.approx(1 / 3)
    assert recall(ranking, GRADES, 10) == pytest.approx(2 / 3)
    assert recall(ranking, {"d": 0}, 10) == 0.0


def test_reciprocal_rank_by_hand():
    assert reciprocal_rank(["a"], GRADES) == 1.0
    assert reciprocal_rank(["d", "x", "c", "a"], GRADES) == pytest.approx(1 / 3)
    assert reciprocal_rank(["d", "x"], GRADES) == 0.0


def test_queries_without_a_ranking_count_and_those_without_an_answer_do_not():
    judged = {"q1": {"a": 1}, "q2": {"b": 1}, "q3": {"c": 0}}
    found = score({"q1": ["x", "a"], "q3": ["c"]}, judged)
    assert found.queries == 2
    assert (found.recall_1, found.recall_10, found.recall_100) == (0.0, 0.5, 0.5)
    assert found.mrr == 0.25
    assert found.ndcg_10 == pytest.approx(0.5 / math.log2(3))
    assert score({}, {}).queries == 0


def test_rank_fusion_by_hand():
    # b: 1/62 + 1/61, a: 1/61, c: 1/62; ranks count from one
    assert rank_fusion([["a", "b"], ["b", "c"]]) == ["b", "a", "c"]
    assert rank_fusion([["a", "b", "c"], []]) == ["a", "b", "c"]
    assert rank_fusion([]) == []
    # With a small constant one first place outweighs two fourth ones: 1 > 2/4.
    halves = [["a", "w", "x", "b"], ["c", "y", "z", "b"]]
    assert rank_fusion(halves, k=0)[0] == "a"
    assert rank_fusion(halves)[0] == "b"


@given(documents, graded)
def test_every_measure_is_a_share(ranking: list[str], grades: dict[str, int]):
    found = score({"q": ranking}, {"q": grades})
    assert found.recall_1 <= found.recall_10 <= found.recall_100
    for value in (found.ndcg_10, found.recall_100, found.mrr):
        assert 0.0 <= value <= 1.0 + 1e-12


@given(graded)
def test_the_best_order_is_perfect(grades: dict[str, int]):
    best = sorted(grades, key=lambda document: -grades[document])
    wanted = 1.0 if any(grade > 0 for grade in grades.values()) else 0.0
    assert ndcg(best, grades, 10) == pytest.approx(wanted)
    assert reciprocal_rank(best, grades) == wanted


@settings(deadline=None)
@given(documents, graded)
def test_the_measures_are_those_of_trec_eval(ranking: list[str], grades: dict[str, int]):
    ir_measures = pytest.importorskip("ir_measures")
    run = {"q": {document: -rank for rank, document in enumerate(ranking)}}
    measures = [ir_measures.parse_measure(m) for m in ("nDCG@10", "R@1", "R@10", "RR")]
    if not ranking or not any(grade > 0 for grade in grades.values()):
        return
    theirs = ir_measures.calc_aggregate(measures, {"q": grades}, run)
    ours = score({"q": ranking}, {"q": grades})
    assert [theirs[measure] for measure in measures] == pytest.approx(
        [ours.ndcg_10, ours.recall_1, ours.recall_10, ours.mrr]
    )

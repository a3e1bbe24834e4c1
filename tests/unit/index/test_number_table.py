"""Tables of numbered terms and the same turned round, against dictionaries."""

from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from notesai.index.note_words import text_numbers
from notesai.index.number_table import NUMBERS, Holders, Table, number

ROW = st.dictionaries(st.integers(0, 12), st.integers(1, 255), max_size=6)
ROWS = st.lists(ROW.map(lambda row: dict(sorted(row.items()))), max_size=8)
ASKED = st.sets(st.integers(0, 15), max_size=8)


def table(rows: list[dict[int, int]]) -> Table:
    return Table.of(rows, np.uint8)


def held(holders: Holders, asked: set[int]) -> list[tuple[int, int, int]]:
    wanted = np.array(sorted(asked), np.int32)
    found = holders.entries(wanted)
    numbers = wanted[found.asked].tolist()
    return sorted(zip(found.rows.tolist(), numbers, found.values.tolist(), strict=True))


def expected(rows: list[dict[int, int]], asked: set[int]) -> list[tuple[int, int, int]]:
    return sorted((i, n, v) for i, row in enumerate(rows) for n, v in row.items() if n in asked)


@given(ROWS, ASKED)
def test_who_holds_numbers(rows: list[dict[int, int]], asked: set[int]):
    assert held(Holders.of(table(rows)), asked) == expected(rows, asked)


@given(ROWS, st.lists(st.tuples(ROWS, st.integers(0, 2**16)), max_size=4), ASKED)
def test_who_holds_numbers_after_changes(rows, changes, asked: set[int]):
    whole = table(rows)
    holders = Holders.of(whole)
    for more, bits in changes:
        kept = np.array([not bits >> i & 1 for i in range(len(rows))], np.bool_)
        new = table(more)
        whole = whole.changed(kept, new)
        holders = holders.changed(kept, new, whole)
        rows = [row for row, stays in zip(rows, kept, strict=True) if stays] + more
        assert held(holders, asked) == expected(rows, asked)
        assert [dict(zip(*map(list, whole.row(i)), strict=True)) for i in range(len(rows))] == rows


def test_a_few_rows_that_came_since_are_not_turned_round():
    rows = [dict.fromkeys(range(20), 1) for _ in range(20)]
    holders = Holders.of(table(rows))
    kept = np.ones(20, np.bool_)
    kept[3] = False
    new = table([{5: 2}])
    later = holders.changed(kept, new, table(rows).changed(kept, new))
    assert later.rows is holders.rows
    assert held(later, {5})[-2:] == [(18, 5, 1), (19, 5, 2)]


@given(st.lists(st.sampled_from(["water", "물을", "을", "a"]), max_size=300))
def test_words_of_a_text_are_counted_without_single_characters(terms: list[str]):
    counts = Counter(term for term in terms if len(term) > 1)
    found = text_numbers(terms)
    assert found == {number(term): min(255, n) for term, n in counts.items()}
    assert list(found) == sorted(found) and all(0 <= n < NUMBERS for n in found)

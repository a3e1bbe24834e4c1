import pytest

from notesai.index.vector_index import (
    EXPLORED,
    GROWN,
    NOT_WORTH,
    SEGMENTS,
    WORTHWHILE,
    Coverage,
    explored,
    partitions,
    to_be_made,
    to_be_removed,
)


def test_below_the_bar_there_is_no_index():
    assert not to_be_made(WORTHWHILE - 1, None)
    assert to_be_made(WORTHWHILE, None)


@pytest.mark.parametrize(
    ("made", "wanted"),
    [
        (Coverage(100_000, 0, 1), False),
        (Coverage(100_000, int(100_000 * GROWN), 1), False),
        (Coverage(100_000, int(100_000 * GROWN) + 1, 1), True),
        (Coverage(100_000, 0, SEGMENTS), False),
        (Coverage(100_000, 0, SEGMENTS + 1), True),
        (Coverage(0, 1, 1), True),
    ],
)
def test_it_is_made_anew_when_much_has_come_since(made: Coverage, wanted: bool):
    assert to_be_made(150_000, made) is wanted


def test_it_goes_when_it_does_not_pay_any_more_but_not_for_one_note_less():
    made = Coverage(WORTHWHILE, 0, 1)
    assert not to_be_removed(WORTHWHILE - 1, made)
    assert to_be_removed(NOT_WORTH - 1, made)
    assert not to_be_removed(0, None)


def test_all_graphs_are_searched_up_to_twenty_million_chunks():
    assert [partitions(n) for n in (1, 50_000, 1_000_000, 1_000_001)] == [1, 1, 1, 2]
    assert partitions(20_000_000) == 20


def test_the_walk_grows_with_what_is_asked_for_and_with_the_crowd():
    assert explored(10, 100_000) == EXPLORED
    assert explored(500, 100_000) > 500
    assert explored(10, 1_000_000) == 4000

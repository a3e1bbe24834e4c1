import numpy as np
import pytest

from notesai.index.products import along, products


@pytest.mark.parametrize(("some", "others"), [(0, 3), (1, 5), (2, 0), (3, 700), (24, 1001)])
def test_products_in_parts_are_those_of_the_whole(some: int, others: int):
    chance = np.random.default_rng(some)
    a = chance.standard_normal((some, 384)).astype(np.float32)
    b = chance.standard_normal((others, 384)).astype(np.float32)
    assert products(a, b) == pytest.approx(a @ b.T, abs=1e-3)
    assert products(a, b).shape == (some, others)
    for row in a:
        assert along(row, b) == pytest.approx(b @ row, abs=1e-3)

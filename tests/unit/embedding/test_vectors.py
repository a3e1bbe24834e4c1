import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from notesai.embedding.vectors import unit


@given(arrays(np.float32, (4, 5), elements=st.floats(-1e6, 1e6, width=32)))
def test_every_vector_has_unit_length(vectors: np.ndarray) -> None:
    before = vectors.copy()
    found = unit(vectors)
    assert np.allclose(np.linalg.norm(found, axis=1), 1, atol=1e-5)
    assert found.dtype == np.float32
    assert np.array_equal(vectors, before)


@pytest.mark.parametrize("value", [0.0, np.nan, np.inf])
def test_what_has_no_direction_points_into_all(value: float) -> None:
    vectors = np.array([[value, 0, 0, 0], [2, 0, 0, 0]], np.float32)
    assert unit(vectors).tolist() == [[0.5, 0.5, 0.5, 0.5], [1, 0, 0, 0]]


def test_none() -> None:
    assert unit(np.zeros((0, 3), np.float32)).shape == (0, 3)

"""Places on the map's plane: bringing them into its square, spreading equals, turning to a model.

All places are arrays of shape (n, 2), float64.
"""

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.float64]

_GOLDEN_ANGLE = np.pi * (3.0 - np.sqrt(5.0))


def fitted(places: Places) -> Places:
    """Centred and scaled so that all lie within the unit disc, however it is turned."""
    if not len(places):
        return places
    centred = places - places.mean(axis=0)
    reach = float(np.hypot(centred[:, 0], centred[:, 1]).max())
    return centred / reach if reach > 1e-12 else np.zeros_like(centred)


def sunflower(n: int, radius: float) -> Places:
    """`n` places spread evenly over a disc, the first in its middle: Vogel's spiral (1979)."""
    at = np.arange(n, dtype=np.float64)
    reach = radius * np.sqrt(at / max(1, n - 1))
    return np.column_stack((reach * np.cos(at * _GOLDEN_ANGLE), reach * np.sin(at * _GOLDEN_ANGLE)))


def aligned(places: Places, model: Places) -> NDArray[np.float64]:
    """The turn (and mirroring), shape (2, 2), that brings `places` nearest to `model`.

    Both are of the same things, row by row. Orthogonal Procrustes problem (Schönemann, 1966).
    """
    if len(places) < 2:
        return np.eye(2)
    u, _, v = np.linalg.svd((places - places.mean(axis=0)).T @ (model - model.mean(axis=0)))
    return u @ v

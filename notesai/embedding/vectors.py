"""Bringing vectors to unit length."""

import numpy as np

from notesai.embedding.base import Vectors


def unit(vectors: Vectors) -> Vectors:
    """The vectors, shape (n, dimension), at unit length.

    Those that have no direction, for an empty text in some models, point equally into all.
    """
    flat = np.array(vectors, np.float32)
    norm = np.linalg.norm(flat, axis=1, keepdims=True)
    lost = ~np.isfinite(norm[:, 0]) | (norm[:, 0] < 1e-12)
    flat[lost], norm[lost] = 1.0, np.sqrt(flat.shape[1])
    return flat / norm

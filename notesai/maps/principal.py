"""Principal components: the plane, or the space of few dimensions, in which vectors differ most."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from notesai.embedding.base import Vectors


@dataclass(frozen=True, slots=True)
class Components:
    """Where vectors are projected to: `mean`, shape (dimension,), and `axes`, (k, dimension)."""

    mean: NDArray[np.float64]
    axes: NDArray[np.float64]

    def project(self, vectors: Vectors) -> NDArray[np.float64]:
        """Places of `vectors`, shape (n, dimension), as shape (n, k)."""
        return (vectors.astype(np.float64) - self.mean) @ self.axes.T


def components(vectors: Vectors, k: int) -> Components:
    """The `k` principal components of `vectors`, shape (n, dimension), fewer if there are fewer.

    Each axis has its largest number positive, so that the same vectors have the same axes.
    """
    wide = vectors.astype(np.float64)
    mean = wide.mean(axis=0)
    centred = wide - mean
    _, axes = np.linalg.eigh(centred.T @ centred)
    axes = axes.T[::-1][:k]
    largest = np.abs(axes).argmax(axis=1)
    signs = np.sign(axes[np.arange(len(axes)), largest])
    return Components(mean, axes * signs[:, None])

"""Chooses the int8 form of a network: ranges, balancing, weights, bias correction.

Activation scales are fixed beforehand, not taken from each batch: with per-batch scales a text's
vector would depend on the texts that happen to share its batch.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import onnxruntime
from bert_graph import Array, Int8Site, Site, input_of
from numpy.typing import NDArray
from onnx import ModelProto

QUANTILE = 0.97
"""Input channels that reach further than this share of channels are divided down to it."""


@dataclass
class Activations:
    """What was seen of one site's input: (tokens, K) rows, concatenated."""

    rows: NDArray[np.float32]

    def divisor(self) -> Array | None:
        """Per-channel divisor that brings the few far-reaching channels in line with the others.

        The idea is SmoothQuant's (Xiao et al., 2023): the factor moves into the weights, exactly.
        """
        reach = np.abs(self.rows).max(0)
        divisor = np.maximum(1, reach / np.quantile(reach, QUANTILE)).astype(np.float32)
        return divisor if divisor.max() > 1 else None


Write = Callable[[list[str]], ModelProto]
"""Writes the float network with its sites' inputs as outputs and appends their names."""


def observe(write: Write, batches: Iterable[NDArray[np.int64]]) -> dict[str, Activations]:
    """Run the float network over token ids, (1, length) each, and keep every site's input."""
    taps: list[str] = []
    session = open_session(write(taps).SerializeToString())
    seen: dict[str, list[Array]] = {name: [] for name in taps}
    for ids in batches:
        for name, rows in zip(taps, session.run(taps, {"input_ids": ids}), strict=True):
            seen[name].append(rows[0])
    return {name: Activations(np.concatenate(rows)) for name, rows in seen.items()}


def open_session(model: bytes) -> Any:
    """The network, ready to run."""
    return onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])


def quantise(
    sites: Mapping[str, Site], activations: Mapping[str, Activations]
) -> dict[str, Int8Site]:
    """The int8 form of every site."""
    return {name: _site(site, activations[input_of(name)]) for name, site in sites.items()}


def _site(site: Site, activations: Activations) -> Int8Site:
    divisor = activations.divisor()
    rows, weight = activations.rows, site.weight
    if divisor is not None:
        rows, weight = rows / divisor, weight * divisor[:, None]
    scale, zero = _range(rows)
    codes, weight_scale = _weights(weight)
    stored = (np.clip(np.rint(rows / scale) + zero, 0, 255) - zero) * scale
    # Rounding and clipping shift the mean of the output; the bias takes the shift back
    # (Nagel et al., 2019, "Data-free quantization through ... bias correction").
    shift = rows.mean(0) @ weight - stored.mean(0) @ (codes * weight_scale)
    bias = (site.bias + shift).astype(np.float32)
    return Int8Site(codes, weight_scale, bias, scale, zero, divisor)


def _range(rows: Array) -> tuple[np.float32, np.uint8]:
    low, high = min(float(rows.min()), 0.0), max(float(rows.max()), 0.0)
    scale = np.float32((high - low) / 255)
    return scale, np.uint8(np.rint(-low / scale))


def _weights(weight: Array) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """int8 codes and one scale per column.

    x86 processors without VNNI add pairs of products in 16 bits, which saturates. Two products of
    a uint8 with codes whose magnitudes add up to 128 cannot: 255 * 128 < 32,768. So the scale keeps
    the two largest magnitudes of any four adjacent rows below that, and all processors agree.
    """
    size = np.abs(weight)
    pairs = np.sort(size.reshape(-1, 4, size.shape[1]), axis=1)[:, 2:].sum(1).max(0) / 127
    scale = np.maximum(np.maximum(pairs, size.max(0) / 127), 1e-12).astype(np.float32)
    return np.clip(np.rint(weight / scale), -127, 127).astype(np.int8), scale

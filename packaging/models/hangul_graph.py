"""Writes the encoder for texts in Hangul as an ONNX graph, in float or with int8 products.

The graph takes `input_ids`, (batch, length) int64, all rows of the same true length, and returns
`sentence_embedding`, (batch, dimension) float32: a weighted sum of the token vectors after a few
transformer layers (`tower.py` holds the same network for training), brought to unit length.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from bert_graph import (
    MICROSOFT,
    Array,
    Product,
    Site,
    Writer,
    int8_rows,
    sentence_model,
    tapped,
    unit_length,
)
from onnx import ModelProto

NORM_EPSILON = 1e-5
"""PyTorch's, which the network was trained with."""

AWAY = 8.0
"""Half of the heads look back, half ahead: what a head takes off the scores of the other side."""


@dataclass
class Hangul:
    """The weights by their names in the checkpoint, as float32."""

    weights: Mapping[str, Array]
    heads: int
    window: int
    gain: float

    @property
    def layers(self) -> int:
        """Number of transformer layers."""
        return 1 + max(
            (int(name.split(".")[1]) for name in self.weights if name.startswith("blocks.")),
            default=-1,
        )

    def sites(self) -> dict[str, Site]:
        """All matrix products, by `layer.part`."""
        found: dict[str, Site] = {}
        for layer in range(self.layers):
            parts = np.split(self.weights[f"blocks.{layer}.qkv.weight"], 3)
            biases = np.split(self.weights[f"blocks.{layer}.qkv.bias"], 3)
            for part, weight, bias in zip(("query", "key", "value"), parts, biases, strict=True):
                found[f"{layer}.{part}"] = Site(np.ascontiguousarray(weight.T), bias)
            for part, name in (("attention", "o"), ("up", "f1"), ("down", "f2")):
                weight = self.weights[f"blocks.{layer}.{name}.weight"]
                bias = self.weights[f"blocks.{layer}.{name}.bias"]
                found[f"{layer}.{part}"] = Site(np.ascontiguousarray(weight.T), bias)
        return found

    def distances(self) -> Array:
        """What each head takes off by distance, shape (heads, 2 * window - 1), middle = 0.

        Linear in the distance (Press et al., 2022, ALiBi), so that no length is out of reach.
        """
        apart = np.arange(-self.window + 1, self.window)
        slopes = 2.0 ** (-8.0 * np.arange(1, self.heads + 1) / self.heads)
        bias = -np.abs(apart)[None] * slopes[:, None]
        half = self.heads // 2
        bias[:half] -= AWAY * (apart > 0)
        bias[half:] -= AWAY * (apart < 0)
        return bias.astype(np.float32)


def write_hangul(
    network: Hangul, product: Product, *, int8_words: bool, taps: list[str] | None = None
) -> ModelProto:
    """The whole network. A list as `taps` receives the names of all sites' inputs, as outputs."""
    writer = Writer()
    at = tapped(writer, product, taps)
    x = _words(writer, network, int8_words)
    bias = _bias(writer, network) if network.layers else ""
    for layer in range(network.layers):
        x = _layer(writer, network, layer, x, bias, at)
    _pooling(writer, network, x)
    return sentence_model(writer, network.weights["E.weight"].shape[1], taps or [])


def _words(writer: Writer, network: Hangul, int8_words: bool) -> str:
    words = network.weights["E.weight"] * np.float32(network.gain)
    if int8_words:
        return int8_rows(writer, words)
    return writer.add("Gather", writer.constant("words", words), "input_ids")


def _bias(writer: Writer, network: Hangul) -> str:
    """What is added to the attention's scores, shape (1, heads, length, length)."""
    length = writer.add(
        "Squeeze", writer.add("Shape", "input_ids", start=1, end=2), writer.constant("0", _int(0))
    )
    place = writer.add(
        "Range", writer.scalar("zero", np.int64(0)), length, writer.scalar("one", np.int64(1))
    )
    rows = writer.add("Unsqueeze", place, writer.constant("1", _int(1)))
    apart = writer.add("Sub", writer.add("Unsqueeze", place, writer.constant("0", _int(0))), rows)
    middle = writer.scalar("middle", np.int64(network.window - 1))
    table = writer.constant("distances", network.distances()[None])
    return writer.add("Gather", table, writer.add("Add", apart, middle), axis=2)


def _int(value: int) -> Array:
    return np.array([value], np.int64)


def _layer(
    writer: Writer,
    network: Hangul,
    layer: int,
    x: str,
    bias: str,
    at: Callable[[str, str], str],
) -> str:
    y = _norm(writer, network, f"blocks.{layer}.n1", x)
    parts = [at(y, f"{layer}.{part}") for part in ("query", "key", "value")]
    y = writer.add(
        "MultiHeadAttention", *parts, "", "", bias, domain=MICROSOFT, num_heads=network.heads
    )
    x = writer.add("Add", at(y, f"{layer}.attention"), x)
    y = at(_norm(writer, network, f"blocks.{layer}.n2", x), f"{layer}.up")
    return writer.add("Add", at(writer.add("Gelu", y, domain=MICROSOFT), f"{layer}.down"), x)


def _norm(writer: Writer, network: Hangul, name: str, x: str) -> str:
    gain = writer.constant(f"{name}.weight", network.weights[f"{name}.weight"])
    shift = writer.constant(f"{name}.bias", network.weights[f"{name}.bias"])
    return writer.add("LayerNormalization", x, gain, shift, axis=-1, epsilon=NORM_EPSILON)


def _pooling(writer: Writer, network: Hangul, x: str) -> None:
    """Weighted sum and unit length; a token's weight depends on its piece and on its context."""
    weight = writer.add(
        "Gather", writer.constant("piece", network.weights["w.weight"]), "input_ids"
    )
    if network.layers:
        gate = network.weights["gate.weight"].T / np.float32(network.gain)
        seen = writer.add("MatMul", x, writer.constant("gate", gate))
        weight = writer.add("Add", weight, seen)
    weight = writer.add("Transpose", writer.add("Exp", weight), perm=[0, 2, 1])
    total = writer.add("Squeeze", writer.add("MatMul", weight, x), writer.constant("1", _int(1)))
    after = network.weights["after.weight"].T
    unit_length(writer, writer.add("MatMul", total, writer.constant("after", after)))

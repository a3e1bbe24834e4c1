"""Writes a BERT sentence encoder as an ONNX graph, in float or with int8 matrix products.

The graph takes `input_ids`, (batch, length) int64, all rows of the same true length: there is no
padding and hence no mask. It returns `sentence_embedding`, (batch, dimension) float32: the mean of
the token vectors, brought to unit length.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import ModelProto, NodeProto, TensorProto, ValueInfoProto, helper, numpy_helper

Array = NDArray[Any]
MICROSOFT = "com.microsoft"
EPSILON = 1e-12


@dataclass(frozen=True)
class Site:
    """One matrix product of the network in float: input (K) to output (N)."""

    weight: Array
    bias: Array


@dataclass(frozen=True)
class Int8Site:
    """One matrix product in int8.

    The input is divided by `divisor` (K, or None), then stored as uint8 `round(x / scale) + zero`;
    `weight` (K, N) is int8 with one scale per column.
    """

    weight: Array
    weight_scale: Array
    bias: Array
    scale: np.float32
    zero: np.uint8
    divisor: Array | None


@dataclass
class Bert:
    """The weights of a BERT encoder by their names in the safetensors file."""

    weights: Mapping[str, Array]
    heads: int
    window: int

    @property
    def layers(self) -> int:
        """Number of transformer layers."""
        return 1 + max(
            int(name.split(".")[2]) for name in self.weights if name.startswith("encoder.layer.")
        )

    def sites(self) -> dict[str, Site]:
        """All matrix products, by `layer.part`."""
        return {
            f"{layer}.{part}": self._site(f"encoder.layer.{layer}.{name}")
            for layer in range(self.layers)
            for part, name in (
                ("query", "attention.self.query"),
                ("key", "attention.self.key"),
                ("value", "attention.self.value"),
                ("attention", "attention.output.dense"),
                ("up", "intermediate.dense"),
                ("down", "output.dense"),
            )
        }

    def norm(self, name: str) -> tuple[Array, Array]:
        """Gain and shift of a layer normalisation."""
        return self.weights[f"{name}.LayerNorm.weight"], self.weights[f"{name}.LayerNorm.bias"]

    def _site(self, name: str) -> Site:
        weight = np.ascontiguousarray(self.weights[f"{name}.weight"].T)
        return Site(weight, self.weights[f"{name}.bias"])


@dataclass
class Writer:
    """Collects nodes and constants under unique names."""

    nodes: list[NodeProto] = field(default_factory=list[NodeProto])
    constants: dict[str, TensorProto] = field(default_factory=dict[str, TensorProto])

    def constant(self, name: str, value: Any) -> str:
        """Name of a stored constant."""
        if name not in self.constants:
            self.constants[name] = numpy_helper.from_array(np.ascontiguousarray(value), name)
        return name

    def scalar(self, name: str, value: Any) -> str:
        """Name of a stored constant without dimensions."""
        if name not in self.constants:
            self.constants[name] = numpy_helper.from_array(np.asarray(value), name)
        return name

    def add(self, kind: str, *inputs: str, domain: str = "", **attributes: Any) -> str:
        """Append a node with one output; the output's name."""
        output = attributes.pop("output", f"v{len(self.nodes)}")
        self.nodes.append(helper.make_node(kind, inputs, [output], domain=domain, **attributes))
        return output


Product = Callable[[Writer, str, str], str]
"""Writes the product of a tensor (second argument) at a site (third); the result's name."""


def float_product(sites: Mapping[str, Site]) -> Product:
    """Products in float32."""

    def write(writer: Writer, x: str, name: str) -> str:
        site = sites[name]
        y = writer.add("MatMul", x, writer.constant(f"{name}.weight", site.weight))
        return writer.add("Add", y, writer.constant(f"{name}.bias", site.bias))

    return write


def int8_product(sites: Mapping[str, Int8Site]) -> Product:
    """Products of uint8 activations, with scales fixed beforehand, and int8 weights."""
    quantised: dict[tuple[str, str], str] = {}

    def activation(writer: Writer, x: str, part: str, site: Int8Site) -> str:
        """The input in uint8; query, key and value share one."""
        if (x, part) not in quantised:
            y = x
            if site.divisor is not None:
                y = writer.add("Mul", x, writer.constant(f"{part}.factor", 1 / site.divisor))
            quantised[x, part] = writer.add(
                "QuantizeLinear",
                y,
                writer.scalar(f"{part}.scale", site.scale),
                writer.scalar(f"{part}.zero", site.zero),
            )
        return quantised[x, part]

    def write(writer: Writer, x: str, name: str) -> str:
        site, part = sites[name], input_of(name)
        return writer.add(
            "MatMulIntegerToFloat",
            activation(writer, x, part, site),
            writer.constant(f"{name}.weight", site.weight),
            f"{part}.scale",
            writer.constant(f"{name}.weight_scale", site.weight_scale),
            f"{part}.zero",
            writer.constant(f"{name}.weight_zero", np.zeros(site.weight.shape[1], np.int8)),
            writer.constant(f"{name}.bias", site.bias),
            domain=MICROSOFT,
        )

    return write


def input_of(site: str) -> str:
    """The name under which a site's input is known: query, key and value read the same tensor."""
    layer, part = site.split(".")
    return f"{layer}.self" if part in ("query", "key", "value") else site


def tapped(writer: Writer, product: Product, taps: list[str] | None) -> Callable[[str, str], str]:
    """`product` in `writer`. A list as `taps` receives the names of its inputs, made outputs."""

    def at(x: str, name: str) -> str:
        if taps is not None and input_of(name) not in taps:
            writer.add("Identity", x, output=input_of(name))
            taps.append(input_of(name))
        return product(writer, x, name)

    return at


def write_graph(
    bert: Bert, product: Product, *, int8_words: bool, taps: list[str] | None = None
) -> ModelProto:
    """The whole network. A list as `taps` receives the names of all sites' inputs, as outputs."""
    writer = Writer()
    at = tapped(writer, product, taps)
    x = _embeddings(writer, bert, int8_words)
    for layer in range(bert.layers):
        x = _layer(writer, bert, layer, x, at)
    _pooling(writer, bert, x)
    width = bert.weights["embeddings.word_embeddings.weight"].shape[1]
    return sentence_model(writer, width, taps or [])


def _embeddings(writer: Writer, bert: Bert, int8_words: bool) -> str:
    words = bert.weights["embeddings.word_embeddings.weight"]
    if int8_words:
        x = int8_rows(writer, words)
    else:
        x = writer.add("Gather", writer.constant("words", words), "input_ids")
    # Every token is of type 0, so that type's vector goes into the positions.
    places = bert.weights["embeddings.position_embeddings.weight"][: bert.window]
    places = places + bert.weights["embeddings.token_type_embeddings.weight"][0]
    place = _first(writer, writer.constant("places", places))
    return _norm(writer, bert, "embeddings", writer.add("Add", x, place))


def int8_rows(writer: Writer, words: Array) -> str:
    """The rows of a table at `input_ids`; the table is kept in int8 with one scale for each row."""
    scale = np.maximum(np.abs(words).max(1, keepdims=True), EPSILON).astype(np.float32) / 127
    table = writer.constant("words", np.rint(words / scale).astype(np.int8))
    rows = writer.add("Gather", table, "input_ids")
    rows = writer.add("Cast", rows, to=TensorProto.FLOAT)
    scales = writer.add("Gather", writer.constant("words.scale", scale), "input_ids")
    return writer.add("Mul", rows, scales)


def _first(writer: Writer, rows: str) -> str:
    """As many of the first rows of a constant as the texts have tokens."""
    zero = writer.constant("zero", np.array([0], np.int64))
    length = writer.add("Shape", "input_ids", start=1, end=2)
    return writer.add("Slice", rows, zero, length, zero)


def _norm(writer: Writer, bert: Bert, name: str, x: str) -> str:
    """Layer normalisation. `SkipLayerNormalization` would fuse the sum too, but is much slower."""
    gain, shift = bert.norm(name)
    gains, shifts = writer.constant(f"{name}.gain", gain), writer.constant(f"{name}.shift", shift)
    return writer.add("LayerNormalization", x, gains, shifts, axis=-1, epsilon=EPSILON)


def _layer(writer: Writer, bert: Bert, layer: int, x: str, at: Callable[[str, str], str]) -> str:
    parts = [at(x, f"{layer}.{part}") for part in ("query", "key", "value")]
    # Without a mask this operator takes its blocked ("flash") path.
    y = writer.add("MultiHeadAttention", *parts, domain=MICROSOFT, num_heads=bert.heads)
    name = f"encoder.layer.{layer}"
    y = writer.add("Add", at(y, f"{layer}.attention"), x)
    x = _norm(writer, bert, f"{name}.attention.output", y)
    y = writer.add("Gelu", at(x, f"{layer}.up"), domain=MICROSOFT)
    y = writer.add("Add", at(y, f"{layer}.down"), x)
    return _norm(writer, bert, f"{name}.output", y)


def _pooling(writer: Writer, bert: Bert, x: str) -> None:
    """Mean and unit length. The length divides out, so the sum does for the mean.

    The sum is a product with ones: unlike a reduction it adds in the same order whatever the batch,
    so that a text has the same vector, to the bit, in any company.
    """
    ones = _first(writer, writer.constant("ones", np.ones((bert.window, 1), np.float32)))
    ones = writer.add("Transpose", ones, perm=[1, 0])
    axis = writer.constant("axis", np.array([1], np.int64))
    total = writer.add("Squeeze", writer.add("MatMul", ones, x), axis)
    unit_length(writer, total)


def unit_length(writer: Writer, total: str) -> None:
    """The graph's output: the rows of `total`, shape (batch, width), brought to unit length."""
    length = writer.add("ReduceL2", total, axes=[1], keepdims=1)
    length = writer.add("Max", length, writer.scalar("tiny", np.float32(EPSILON)))
    writer.add("Div", total, length, output="sentence_embedding")


def sentence_model(writer: Writer, width: int, taps: list[str]) -> ModelProto:
    """The finished model; `taps` are further outputs, (batch, length, any)."""

    def tensor(name: str, kind: int, shape: list[Any]) -> ValueInfoProto:
        return helper.make_tensor_value_info(name, kind, shape)

    outputs = [tensor("sentence_embedding", TensorProto.FLOAT, ["batch", width])]
    outputs += [tensor(name, TensorProto.FLOAT, ["batch", "length", None]) for name in taps]
    graph = helper.make_graph(
        writer.nodes,
        "sentence_encoder",
        [tensor("input_ids", TensorProto.INT64, ["batch", "length"])],
        outputs,
        list(writer.constants.values()),
    )
    # Opset 17 and format 8 are read by every onnxruntime since 1.13.
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid(MICROSOFT, 1)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=8, producer_name="notesai")

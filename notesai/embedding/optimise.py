"""Turning an added sentence-transformers model into an int8 ONNX model of the light runtime.

Weights get 8 bits in blocks of `BLOCK` with a scale each, and activations are rounded block by
block within a token. Dynamic quantisation with one scale for each tensor is quicker, but then a
text's vector depends on the texts that happen to share its batch. Measured with all-MiniLM-L6-v2:
cosine 0.999 and no influence of the batch, against 0.990 and components that move by 0.036.
"""

import logging
import shutil
import time
import warnings
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from notesai.embedding import library
from notesai.embedding.base import Embedder
from notesai.embedding.folder import GRAPH, TOKENIZER
from notesai.embedding.languages import SENTENCES
from notesai.embedding.network import INSTALL, Network
from notesai.embedding.onnx import OnnxEmbedder
from notesai.embedding.records import Origin
from notesai.embedding.sentence_transformer import SentenceTransformerEmbedder
from notesai.errors import ModelError
from notesai.progress import Progress

BLOCK = 64
SUFFIX = "-int8"
MOST_BYTES = 1_900_000_000
"""Size of the float32 weights that a single ONNX file can hold, a little below its 2 GiB."""

LEAST_COSINE = 0.95
"""Mean cosine to the original below which the result is thrown away."""

_MODULES = ("Transformer", "Pooling", "Dense", "Normalize", "LayerNorm", "Dropout")
_TABLE_NUMBERS = 1_000_000
_ROUNDS = 3
_STEPS = 4
_OUTPUT = "sentence_embedding"
_NOTHING = "Nothing was changed; the model itself works as it did."


@dataclass(frozen=True, slots=True)
class Optimised:
    """What became of a model, measured beside the original in one run on the same processor.

    `cosine` is the mean and `least_cosine` the smallest cosine of a text's two vectors; speeds are
    in tokens a second, sizes in bytes.
    """

    name: str
    path: Path
    cosine: float
    least_cosine: float
    speed: float
    speed_before: float
    size: int
    size_before: int

    @property
    def speed_ratio(self) -> float:
        """How many times as quick as the original."""
        return self.speed / self.speed_before


def optimise(name: str, progress: Progress, texts: Sequence[str] | None = None) -> Optimised:
    """Make `NAME-int8` from the added model `name`, and compare the two on `texts`.

    It is installed beside the original and not used until somebody chooses it. Without texts,
    built-in Korean and English ones serve. Raises `ModelError`: `model.not_convertible`,
    `model.too_large`, `model.unfaithful`, `model.exists`, `model.extra`.
    """
    found = library.get(name)
    if found.origin.runtime != "sentence-transformers":
        raise _not_convertible(f"{name} is no sentence-transformers model")
    result = name + SUFFIX
    library.check_free(result)
    onnx, quantise = _libraries()
    progress.report("optimise", 0, _STEPS)
    original = SentenceTransformerEmbedder(found.path, device="cpu")
    try:
        with library.staging(result) as folder:
            _write_tokenizer(original.network, folder / TOKENIZER)
            _export(original.network, folder / "export" / GRAPH)
            progress.report("optimise", 1, _STEPS)
            graph = quantise(onnx.load(str(folder / "export" / GRAPH)))
            shrink_tables(onnx, graph)
            onnx.save(graph, str(folder / GRAPH))
            shutil.rmtree(folder / "export")
            progress.report("optimise", 2, _STEPS)
            card = replace(original.card, id=result, quantisation=f"int8-blocks-{BLOCK}")
            library.seal(folder, card, Origin(runtime="onnx", source=found.origin.source))
            figures = _compare(folder, original, texts or sample_texts())
            progress.report("optimise", 3, _STEPS)
            placed = library.place(folder, result)
    finally:
        original.close()
    progress.report("optimise", _STEPS, _STEPS)
    return Optimised(
        result, placed.path, *figures, library.size(result), size_before=library.size(name)
    )


def sample_texts() -> list[str]:
    """Built-in Korean and English texts: sentences, and passages of up to 16 of them."""
    several = [" ".join(SENTENCES[i:] + SENTENCES[:i]) for i in range(0, len(SENTENCES), 4)]
    middle = len(SENTENCES) // 2
    halves = [" ".join(part) for part in (SENTENCES[:middle], SENTENCES[middle:])]
    return [*SENTENCES, *halves, *several]


def shrink_tables(onnx: Any, model: Any) -> None:
    """Store the large tables that tokens are looked up in as int8, with a scale for each row."""
    graph, helper, numpy_helper = model.graph, onnx.helper, onnx.numpy_helper
    stored = {one.name: one for one in graph.initializer}
    for node in [node for node in graph.node if node.op_type == "Gather"]:
        table = stored.get(node.input[0])
        users = [n for n in graph.node if node.input[0] in n.input]
        if table is None or len(table.dims) != 2 or len(users) > 1:
            continue
        if np.prod(table.dims) < _TABLE_NUMBERS or any(
            a.name == "axis" and a.i for a in node.attribute
        ):
            continue
        rows = numpy_helper.to_array(table).astype(np.float32)
        scale = np.maximum(np.abs(rows).max(1, keepdims=True), 1e-12) / 127
        name, ids = table.name, node.input[1]
        codes = numpy_helper.from_array(np.rint(rows / scale).astype(np.int8), f"{name}.codes")
        scales = numpy_helper.from_array(scale.astype(np.float32), f"{name}.scale")
        looked_up = [
            helper.make_node("Gather", [codes.name, ids], [f"{name}.row"]),
            helper.make_node("Cast", [f"{name}.row"], [f"{name}.float"], to=onnx.TensorProto.FLOAT),
            helper.make_node("Gather", [scales.name, ids], [f"{name}.factor"]),
            helper.make_node("Mul", [f"{name}.float", f"{name}.factor"], list(node.output)),
        ]
        place = list(graph.node).index(node)
        graph.node.remove(node)
        for offset, new in enumerate(looked_up):
            graph.node.insert(place + offset, new)
        graph.initializer.remove(table)
        graph.initializer.extend([codes, scales])


def _libraries() -> tuple[Any, Any]:
    """onnx, and what turns a float model into one with 8-bit weights. Raises `model.extra`."""
    if find_spec("onnxscript") is None:
        raise ModelError("model.extra", "Optimising needs onnxscript, which is not there.", INSTALL)
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    try:
        import onnx
        from onnxruntime.quantization import matmul_nbits_quantizer as nbits
    except ImportError as error:
        message = f"Optimising needs a package that cannot be loaded: {error}"
        raise ModelError("model.extra", message, INSTALL) from error
    finally:
        # The last of these sets up logging for the whole process when it is imported.
        for handler in [one for one in root.handlers if one not in before]:
            root.removeHandler(handler)
        root.setLevel(level)
    library_: Any = nbits
    library_.logger.setLevel(logging.WARNING)

    def quantise(model: Any) -> Any:
        kind = library_.DefaultWeightOnlyQuantConfig(
            block_size=BLOCK, is_symmetric=True, accuracy_level=4, bits=8
        )
        quantiser = library_.MatMulNBitsQuantizer(model, algo_config=kind)
        quantiser.process()
        return quantiser.model.model

    return onnx, quantise


def _export(network: Network, target: Path) -> None:
    """Write the network as a float32 graph from token ids, without padding, to unit vectors."""
    _check_modules(network)
    torch, _ = network.libraries
    ids = torch.full((2, 8), 5, dtype=torch.int64)
    free = torch.export.Dim.DYNAMIC
    target.parent.mkdir()
    try:
        with _quiet(), torch.no_grad():
            torch.onnx.export(
                _traced(torch, network.model),
                (ids,),
                str(target),
                dynamo=True,
                verbose=False,
                external_data=False,
                opset_version=18,
                input_names=["input_ids"],
                output_names=[_OUTPUT],
                dynamic_shapes={"ids": {0: free, 1: free}},
            )
    except Exception as error:  # the exporter raises whatever it meets
        lines = str(error).strip().splitlines() or [type(error).__name__]
        raise _not_convertible(f"the exporter cannot follow it ({lines[0][:200]})") from error


def _traced(torch: Any, model: Any) -> Any:
    """A module from token ids, shape (batch, length), to unit vectors."""

    def forward(self: Any, ids: Any) -> Any:
        features = {"input_ids": ids, "attention_mask": torch.ones_like(ids)}
        for part in self.parts:
            features = part(features)
        return torch.nn.functional.normalize(features[_OUTPUT], dim=-1)

    encoder: Any = type("Encoder", (torch.nn.Module,), {"forward": forward})()
    encoder.parts = torch.nn.ModuleList(list(model))
    return encoder.eval()


def _check_modules(network: Network) -> None:
    """Refuse what the light runtime could not run, or not the same way."""
    kinds = [type(module).__name__ for module in network.model]
    if network.is_static:
        raise _not_convertible("a static model looks words up and is quick as it is")
    if foreign := sorted(set(kinds) - set(_MODULES)):
        raise _not_convertible(f"it has a part that cannot be exported ({foreign[0]})")
    if any(getattr(module, "include_prompt", True) is False for module in network.model):
        raise _not_convertible("it leaves its prompt out of the mean")
    weights = sum(4 * one.numel() for one in network.model.parameters())
    if weights > MOST_BYTES:
        raise ModelError(
            "model.too_large",
            f"The model has {weights / 1e9:.1f} GB of weights; ONNX holds 2 GB in a file.",
            _NOTHING,
        )


def _write_tokenizer(network: Network, target: Path) -> None:
    tokenizer = network.tokenizer()
    if tokenizer is None:
        raise _not_convertible("its tokenizer is written in Python")
    tokenizer.save(str(target), pretty=False)


def _compare(
    folder: Path, original: SentenceTransformerEmbedder, texts: Sequence[str]
) -> tuple[float, float, float, float]:
    """Mean and least cosine, tokens a second after and before. Raises `model.unfaithful`."""
    converted = OnnxEmbedder(folder, threads=original.threads)
    try:
        vectors = converted.embed_documents(texts), original.embed_documents(texts)
        cosine = np.sum(vectors[0] * vectors[1], axis=1)
        if float(cosine.mean()) < LEAST_COSINE:
            raise ModelError(
                "model.unfaithful",
                f"In 8 bits the model gives other vectors (cosine {cosine.mean():.2f} on average).",
                "The result was thrown away. " + _NOTHING,
            )
        tokens = sum(min(original.count_tokens(text), original.card.window) for text in texts)
        seconds = [_seconds(one, texts) for one in (converted, original)]
    finally:
        converted.close()
    return float(cosine.mean()), float(cosine.min()), tokens / seconds[0], tokens / seconds[1]


def _seconds(embedder: Embedder, texts: Sequence[str]) -> float:
    """The quickest of some rounds."""
    times: list[float] = []
    for _ in range(_ROUNDS):
        start = time.perf_counter()
        embedder.embed_documents(texts)
        times.append(time.perf_counter() - start)
    return min(times)


@contextmanager
def _quiet() -> Generator[None]:
    """The exporter's warnings are for those who write it."""
    logger = logging.getLogger("torch.onnx")
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.setLevel(level)


def _not_convertible(reason: str) -> ModelError:
    return ModelError(
        "model.not_convertible", f"This model cannot be optimised: {reason}.", _NOTHING
    )

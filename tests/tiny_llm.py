"""Language models of half a megabyte with random weights, as tests need them.

The tokenizer is a real one: words and pieces of English and Korean, single bytes for all else, and
the control tokens of ChatML. A grammar makes even random weights write what a test wants.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import gguf
import numpy as np

CHATML = (
    "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\n' + message['content']"
    " + '<|im_end|>' + '\n' }}{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}"
)
"""What Qwen and many others use."""

CONTEXT = 4096


@dataclass(frozen=True)
class Size:
    """Of a model: numbers in a vector, attention heads, heads of keys, hidden numbers, layers."""

    width: int = 64
    heads: int = 4
    shared_heads: int = 2
    hidden: int = 96
    layers: int = 2


TINY = Size()

_CONTROL = ("<s>", "</s>", "<|im_start|>", "<|im_end|>")
_PIECES = """
    ▁the ▁of ▁and ▁a ▁to ▁in ▁is ▁you ▁not ▁from ▁notes ▁passage ing ed er ly es ▁water ▁it ▁Use
    는 은 이 가 을 를 에 의 다 요 노트 구절 질문 토마토 니다 ▁토마토
"""


def tiny_model(
    path: Path,
    *,
    context: int = CONTEXT,
    template: str = CHATML,
    architecture: str = "llama",
    seed: int = 0,
    numbers: Mapping[str, int] = MappingProxyType({}),
    endless: bool = False,
    size: Size = TINY,
) -> Path:
    """Write a model into `path` and return it; `numbers` are further entries of its header.

    An `endless` one hardly ever ends its answer by itself.
    """
    writer = gguf.GGUFWriter(path, architecture)
    writer.add_name("tiny")
    writer.add_context_length(context)
    writer.add_embedding_length(size.width)
    writer.add_block_count(size.layers)
    writer.add_feed_forward_length(size.hidden)
    writer.add_head_count(size.heads)
    writer.add_head_count_kv(size.shared_heads)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_dimension_count(size.width // size.heads)
    _add_vocabulary(writer, tokens := vocabulary())
    if template:
        writer.add_chat_template(template)
    for key, number in numbers.items():
        writer.add_uint32(key, number)
    for name, shape in _tensors(len(tokens), size):
        weights = _weights(name, shape, seed)
        if endless and name == "output.weight":
            # All that is never likely: letters get the best of many, control tokens nothing.
            weights[: 1 + len(_CONTROL)] = 0.0
        writer.add_tensor(name, weights)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def vocabulary() -> list[str]:
    """The tokens: unknown, control, bytes, letters, pieces."""
    letters = [chr(code) for code in range(0x21, 0x7F)]
    bytes_ = [f"<0x{code:02X}>" for code in range(256)]
    return ["<unk>", *_CONTROL, *bytes_, "▁", *letters, *_PIECES.split()]


def _add_vocabulary(writer: gguf.GGUFWriter, tokens: Sequence[str]) -> None:
    kinds = [gguf.TokenType.UNKNOWN] + [gguf.TokenType.CONTROL] * len(_CONTROL)
    kinds += [gguf.TokenType.BYTE] * 256
    kinds += [gguf.TokenType.NORMAL] * (len(tokens) - len(kinds))
    writer.add_tokenizer_model("llama")
    writer.add_token_list(list(tokens))
    writer.add_token_scores([float(len(token)) for token in tokens])
    writer.add_token_types(kinds)
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(tokens.index("<|im_end|>"))
    writer.add_unk_token_id(0)
    writer.add_add_bos_token(True)
    writer.add_add_space_prefix(False)


def _tensors(tokens: int, size: Size) -> list[tuple[str, tuple[int, ...]]]:
    shared = size.width // size.heads * size.shared_heads
    found: list[tuple[str, tuple[int, ...]]] = [
        ("token_embd.weight", (tokens, size.width)),
        ("output_norm.weight", (size.width,)),
        ("output.weight", (tokens, size.width)),
    ]
    for layer in range(size.layers):
        block = f"blk.{layer}"
        found += [
            (f"{block}.attn_norm.weight", (size.width,)),
            (f"{block}.attn_q.weight", (size.width, size.width)),
            (f"{block}.attn_k.weight", (shared, size.width)),
            (f"{block}.attn_v.weight", (shared, size.width)),
            (f"{block}.attn_output.weight", (size.width, size.width)),
            (f"{block}.ffn_norm.weight", (size.width,)),
            (f"{block}.ffn_gate.weight", (size.hidden, size.width)),
            (f"{block}.ffn_up.weight", (size.hidden, size.width)),
            (f"{block}.ffn_down.weight", (size.width, size.hidden)),
        ]
    return found


def _weights(name: str, shape: tuple[int, ...], seed: int) -> np.ndarray:
    if "norm" in name:
        return np.ones(shape, np.float32)
    random = np.random.default_rng([seed, len(name), *shape])
    return random.normal(0.0, 0.2, shape).astype(np.float32)

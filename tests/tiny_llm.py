"""Language models of half a megabyte with random weights, as tests need them.

The tokenizer is a real one: words and pieces of English and Korean, single bytes for all else, and
the control tokens of ChatML. A grammar makes even random weights write what a test wants.
"""

from collections.abc import Mapping, Sequence
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

WIDTH, HEADS, SHARED_HEADS, HIDDEN, LAYERS = 64, 4, 2, 96, 2
CONTEXT = 4096

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
) -> Path:
    """Write a model into `path` and return it; `numbers` are further entries of its header."""
    writer = gguf.GGUFWriter(path, architecture)
    writer.add_name("tiny")
    writer.add_context_length(context)
    writer.add_embedding_length(WIDTH)
    writer.add_block_count(LAYERS)
    writer.add_feed_forward_length(HIDDEN)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(SHARED_HEADS)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_dimension_count(WIDTH // HEADS)
    _add_vocabulary(writer, tokens := vocabulary())
    if template:
        writer.add_chat_template(template)
    for key, number in numbers.items():
        writer.add_uint32(key, number)
    for name, shape in _tensors(len(tokens)):
        writer.add_tensor(name, _weights(name, shape, seed))
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


def _tensors(size: int) -> list[tuple[str, tuple[int, ...]]]:
    shared = WIDTH // HEADS * SHARED_HEADS
    found: list[tuple[str, tuple[int, ...]]] = [
        ("token_embd.weight", (size, WIDTH)),
        ("output_norm.weight", (WIDTH,)),
        ("output.weight", (size, WIDTH)),
    ]
    for layer in range(LAYERS):
        block = f"blk.{layer}"
        found += [
            (f"{block}.attn_norm.weight", (WIDTH,)),
            (f"{block}.attn_q.weight", (WIDTH, WIDTH)),
            (f"{block}.attn_k.weight", (shared, WIDTH)),
            (f"{block}.attn_v.weight", (shared, WIDTH)),
            (f"{block}.attn_output.weight", (WIDTH, WIDTH)),
            (f"{block}.ffn_norm.weight", (WIDTH,)),
            (f"{block}.ffn_gate.weight", (HIDDEN, WIDTH)),
            (f"{block}.ffn_up.weight", (HIDDEN, WIDTH)),
            (f"{block}.ffn_down.weight", (WIDTH, HIDDEN)),
        ]
    return found


def _weights(name: str, shape: tuple[int, ...], seed: int) -> np.ndarray:
    if "norm" in name:
        return np.ones(shape, np.float32)
    random = np.random.default_rng([seed, len(name), *shape])
    return random.normal(0.0, 0.2, shape).astype(np.float32)

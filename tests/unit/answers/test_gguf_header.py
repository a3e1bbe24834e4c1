"""What a GGUF file says of itself, true or not."""

import random
import struct
from pathlib import Path

import pytest
from gguf.constants import GGML_QUANT_SIZES
from hypothesis import given
from hypothesis import strategies as st
from tiny_llm import CONTEXT, TINY, tiny_model, vocabulary

from notesai.answers.llm import gguf
from notesai.answers.llm.gguf import read_header
from notesai.errors import ModelError


@pytest.fixture(scope="module")
def model_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_model(tmp_path_factory.mktemp("llm") / "tiny.gguf")


def code_of(path: Path) -> str:
    with pytest.raises(ModelError) as raised:
        read_header(path)
    return raised.value.code


def test_the_header_says_what_matters(model_file: Path):
    header = read_header(model_file)
    assert (header.name, header.architecture, header.context) == ("tiny", "llama", CONTEXT)
    assert header.heads == (TINY.shared_heads,) * TINY.layers
    assert header.key_length == header.value_length == TINY.width // TINY.heads
    assert header.vocabulary == len(vocabulary())
    assert header.template.startswith("{% for message")
    # Keys and values, two bytes each, of every layer.
    size = TINY.width // TINY.heads
    assert header.bytes_per_token == 2 * 2 * TINY.layers * TINY.shared_heads * size
    assert model_file.stat().st_size - 30_000 < header.weights < model_file.stat().st_size


def test_a_real_model_is_read(real_data: Path):
    path = real_data / "gguf" / "stories260K.gguf"
    if not path.is_file():
        pytest.skip("no real model here")
    header = read_header(path)
    assert (header.name, header.context, header.weights) == ("stories260K", 512, 1_171_200)


def test_sizes_of_blocks_are_those_of_the_format():
    assert dict(gguf._BLOCKS) == {int(kind): size for kind, size in GGML_QUANT_SIZES.items()}


def test_a_file_that_ends_anywhere_is_not_whole(model_file: Path, tmp_path: Path):
    data = model_file.read_bytes()
    short = tmp_path / "short.gguf"
    cuts = [*range(4, 200, 7), *range(200, len(data), 9_973), len(data) - 32]
    for cut in cuts:
        short.write_bytes(data[:cut])
        assert code_of(short) == "llm.truncated", cut


def test_what_is_no_model_is_told_apart(model_file: Path, tmp_path: Path):
    path = tmp_path / "model.gguf"
    assert code_of(path) == "llm.not_found"
    assert code_of(tmp_path) == "llm.not_found"
    for content in (b"", b"GG", b"<html>Not found</html>", b"PK\x03\x04" * 100):
        path.write_bytes(content)
        assert code_of(path) == "llm.not_gguf"
    path.write_bytes(b"GGUF" + struct.pack("<IQQ", 9, 0, 0))
    assert code_of(path) == "llm.version"
    path.write_bytes(b"GGUF" + struct.pack("<IQQ", 3, 0, 0))
    assert code_of(path) == "llm.not_chat"
    path.write_bytes(b"GGUF" + struct.pack("<IQQ", 3, 1 << 60, 1 << 60))
    assert code_of(path) == "llm.corrupt"


def test_counts_that_cannot_be_end_at_once(tmp_path: Path):
    path = tmp_path / "model.gguf"
    key = struct.pack("<Q", 1) + b"k"
    strings = struct.pack("<IIQ", 9, 8, 1 << 40)
    numbers = struct.pack("<IIQ", 9, 4, 1 << 62)
    for value in (strings, numbers):
        path.write_bytes(b"GGUF" + struct.pack("<IQQ", 3, 0, 1) + key + value)
        assert code_of(path) == "llm.truncated"


@given(seed=st.integers(0, 1 << 32))
def test_damage_is_told_or_harmless(model_file: Path, seed: int):
    """Any bytes changed in the header: an error with a code, or a header."""
    chance = random.Random(seed)
    data = bytearray(model_file.read_bytes())
    for _ in range(chance.randint(1, 8)):
        data[chance.randrange(4, 9_000)] = chance.randrange(256)
    path = model_file.with_name("damaged.gguf")
    path.write_bytes(data)
    try:
        header = read_header(path)
    except ModelError as error:
        assert error.code.startswith("llm.")
    else:
        assert header.vocabulary and header.bytes_per_token >= 0


def test_a_part_of_a_split_model_that_is_missing_is_named(model_file: Path, tmp_path: Path):
    first = tmp_path / "big-00001-of-00002.gguf"
    first.write_bytes(model_file.read_bytes())
    with pytest.raises(ModelError, match="00002-of-00002") as raised:
        read_header(first)
    assert raised.value.code == "llm.truncated"
    second = tmp_path / "big-00002-of-00002.gguf"
    second.write_bytes(b"x" * 1000)
    assert read_header(first).weights == read_header(model_file).weights + 1000


def test_models_that_only_embed_are_no_chat_models(tmp_path: Path):
    path = tiny_model(tmp_path / "bert.gguf", numbers={"llama.pooling_type": 2})
    assert code_of(path) == "llm.not_chat"

import pytest

from notesai.embedding.hub.gguf_selection import gguf
from notesai.embedding.hub.selection import HubFile
from notesai.errors import ModelError


def repository(*names: str) -> list[HubFile]:
    return [HubFile(name, 1000 + at, "0" * 64) for at, name in enumerate(names)]


def chosen(*names: str, name: str = "") -> list[str]:
    return [file.path for file in gguf(repository(*names), name)]


ALL = ("README.md", "m-Q8_0.gguf", "m-Q4_K_M.gguf", "m-Q4_K_S.gguf", "mmproj-m-f16.gguf")


def test_one_file_of_many():
    assert chosen(*ALL) == ["m-Q4_K_M.gguf"]
    assert chosen(*ALL, name="m-Q8_0.gguf") == ["m-Q8_0.gguf"]
    assert chosen("m-Q8_0.gguf", "m-F16.gguf") == ["m-Q8_0.gguf"]
    assert chosen("model.gguf") == ["model.gguf"]


def test_the_names_that_makers_give():
    assert chosen("smol-q8_0.gguf", "smol-q4_k_m.gguf") == ["smol-q4_k_m.gguf"]
    assert chosen("a.IQ4_XS.gguf", "a.Q4_0_4_4.gguf", "a.Q6_K.gguf") == ["a.IQ4_XS.gguf"]


def test_a_file_that_was_renamed_stops_nothing():
    assert chosen(*ALL, name="m-q4km-old.gguf") == ["m-Q4_K_M.gguf"]


def test_all_parts_of_a_split_model():
    parts = ("big-Q4_K_M-00001-of-00002.gguf", "big-Q4_K_M-00002-of-00002.gguf")
    assert chosen("big-Q8_0-00001-of-00002.gguf", *reversed(parts)) == list(parts)


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (("README.md", "model.safetensors"), "hub.no_weights"),
        ((), "hub.no_weights"),
        (("../m-Q4_K_M.gguf",), "hub.unsafe_path"),
    ],
)
def test_what_cannot_be_brought(names: tuple[str, ...], code: str):
    with pytest.raises(ModelError) as caught:
        chosen(*names)
    assert caught.value.code == code

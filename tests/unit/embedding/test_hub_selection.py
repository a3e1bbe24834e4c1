import pytest
from hypothesis import given
from hypothesis import strategies as st

from notesai.embedding.hub.selection import HubFile, wanted
from notesai.errors import ModelError


def chosen(*names: str) -> set[str]:
    return {file.path for file in wanted(HubFile(name, 10, blob="0") for name in names)}


def test_of_five_copies_of_the_weights_the_safe_one_is_taken():
    config = {"config.json", "modules.json", "1_Pooling/config.json", "tokenizer.json", "vocab.txt"}
    config |= {"sentencepiece.bpe.model", "README.md", "LICENSE", "chat_template.jinja"}
    foreign = {"pytorch_model.bin", "tf_model.h5", "flax_model.msgpack", "rust_model.ot"}
    foreign |= {"onnx/model.onnx", "openvino/openvino_model.xml", "onnx/config.json", "model.onnx"}
    foreign |= {
        ".gitattributes",
        "training_args.bin",
        "modeling.py",
        "checkpoint-500/model.safetensors",
    }
    assert chosen("model.safetensors", *config, *foreign) == {"model.safetensors"} | config


def test_pickles_only_where_there_is_nothing_else():
    assert chosen("pytorch_model.bin", "config.json") == {"pytorch_model.bin", "config.json"}
    assert chosen("model.safetensors", "2_Dense/pytorch_model.bin", "2_Dense/config.json") == {
        "model.safetensors",
        "2_Dense/pytorch_model.bin",
        "2_Dense/config.json",
    }


def test_shards_are_taken_together_unless_there_is_the_whole():
    shards = {f"model-0000{n}-of-00002.safetensors" for n in (1, 2)}
    index = "model.safetensors.index.json"
    assert chosen(index, *shards, "consolidated.safetensors") == {index, *shards}
    assert chosen("model.safetensors", *shards, "model.fp16.safetensors") == {"model.safetensors"}


def test_a_repository_without_weights_is_said_to_be_so():
    with pytest.raises(ModelError) as caught:
        chosen("config.json", "model-Q4_K_M.gguf", "onnx/model.onnx")
    assert caught.value.code == "hub.no_weights"


@pytest.mark.parametrize(
    "name",
    ["../evil.json", "/etc/evil.json", "a/../../b.json", "C:evil.json", "a\\b.json", "", "a\0.txt"],
)
def test_no_file_leads_out_of_the_folder(name: str):
    with pytest.raises(ModelError) as caught:
        chosen("model.safetensors", name)
    assert caught.value.code == "hub.unsafe_path"


def test_small_files_come_first():
    files = [HubFile("model.safetensors", 900), HubFile("b.json", 5), HubFile("a.json", 5)]
    assert [file.path for file in wanted(files)] == ["a.json", "b.json", "model.safetensors"]


@given(st.lists(st.text(max_size=20), max_size=8))
def test_any_names_are_chosen_or_refused(names: list[str]):
    try:
        paths = chosen("model.safetensors", *names)
    except ModelError as error:
        assert error.code == "hub.unsafe_path"
    else:
        assert paths <= {"model.safetensors", *names}

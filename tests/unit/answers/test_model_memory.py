"""What a model needs, and how it is loaded into what there is."""

from dataclasses import replace

import pytest

from notesai.answers.llm.gguf import Header
from notesai.answers.llm.memory import CONTEXTS, Fit, Room, fitted, needed
from notesai.errors import ModelError

GB = 10**9

# As Qwen3-4B in four bits: 36 layers, 8 key and value heads of 128 numbers.
MODEL = Header(
    name="middle",
    architecture="qwen3",
    context=40_960,
    heads=(8,) * 36,
    key_length=128,
    value_length=128,
    width=2560,
    vocabulary=151_936,
    weights=2_500_000_000,
    template="",
    licence="",
    size_label="4B",
)


def room(memory: float, graphics: float = 0.0, *, shared: bool = False) -> Room:
    return Room(int(memory * GB), int(graphics * GB), shared)


def test_the_need_is_weights_context_and_scratch():
    assert MODEL.bytes_per_token == 147_456
    assert 3.9 * GB < needed(MODEL, 8192) < 4.2 * GB
    assert needed(MODEL, 8192) - needed(MODEL, 4096) == 4096 * 147_456


@pytest.mark.parametrize(("free", "context"), [(64, 8192), (3.8, 6144), (3.5, 4096), (3.2, 2048)])
def test_the_largest_context_that_fits_is_chosen(free: float, context: int):
    assert fitted(MODEL, 0, room(free)) == Fit(context)


def test_a_model_that_was_trained_for_less_gets_less():
    assert fitted(replace(MODEL, context=4096), 0, room(64)).context == 4096
    assert fitted(replace(MODEL, context=512), 8192, room(64)).context == 512
    assert fitted(replace(MODEL, context=0), 0, room(64)).context == min(CONTEXTS)


def test_a_chosen_context_is_kept_or_refused():
    assert fitted(MODEL, 20_000, room(64)).context == 20_000
    with pytest.raises(ModelError, match=r"needs 5\.\d GB of memory; 4\.0 GB are free") as raised:
        fitted(MODEL, 16_384, room(4))
    assert raised.value.code == "llm.memory"


def test_layers_go_to_graphics_processors_as_far_as_they_fit():
    assert fitted(MODEL, 0, room(1, 24)) == Fit(8192, 37)
    half = fitted(MODEL, 8192, room(3, 2))
    assert 10 < half.layers < 25
    # On Macs it is the same memory.
    with pytest.raises(ModelError):
        fitted(MODEL, 8192, room(1, 24, shared=True))
    assert fitted(MODEL, 0, room(24, 16, shared=True)) == Fit(8192, 37)

import pickle

import pytest
from fakes import HashingEmbedder
from two_models import Shelf, a_shelf

from notesai.engine import models as choosing
from notesai.engine.models import Models, full_id, short_id
from notesai.engine.words_alone import MODEL, WordsAlone
from notesai.errors import ModelError
from notesai.index.generations import Generation


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> Shelf:
    shelf = a_shelf()
    shelf.stand_in(monkeypatch)
    return shelf


def made_by(shelf: Shelf, model: str) -> Generation:
    return Generation.of(shelf.embedders[model].card, model)


def test_the_bundled_model_has_no_name_as_a_choice(shelf: Shelf):
    assert (full_id(""), full_id("second")) == ("first", "second")
    assert (short_id("first"), short_id(""), short_id("second")) == ("", "", "second")


@pytest.mark.parametrize(
    ("wanted", "active", "left", "expected"),
    [
        ("", None, ["first"], ("first", True)),
        ("second", "first", ["first", "second"], ("second", True)),
        ("second", "third", ["first", "third"], ("third", False)),
        ("second", "third", ["first"], ("first", False)),
        ("second", MODEL, ["first"], ("first", False)),
        ("", "second", ["second"], ("second", False)),
        ("", None, [], (MODEL, False)),
        ("second", MODEL, [], (MODEL, False)),
    ],
)
def test_the_next_best_model_stands_in(shelf: Shelf, wanted, active, left, expected):
    everything = dict(shelf.embedders)
    everything[MODEL] = WordsAlone()
    generation = Generation.of(everything[active].card, active) if active else None
    shelf.embedders = {model: everything[model] for model in left}
    choice = Models().best(wanted, generation)
    assert (choice.model, choice.as_wanted) == expected
    assert choice.embedder.card.id == choice.model


def test_each_model_is_opened_once_and_let_go(shelf: Shelf):
    models = Models()
    second = models.open("second")
    shelf.embedders["second"] = HashingEmbedder(identity="second")
    assert models.open("second") is second
    models.keep({"first"})
    assert models.open("second") is not second


def test_a_model_that_changed_is_not_the_one_that_made_the_index(shelf: Shelf):
    generation = made_by(shelf, "second")
    assert Models().of(generation) is not None
    shelf.embedders["second"] = HashingEmbedder(identity="second")
    assert Models().of(generation) is None
    del shelf.embedders["second"]
    models = Models()
    assert models.of(generation) is None
    assert "second" in models.trouble("second").message


def test_whatever_opening_raises_is_a_model_error(monkeypatch: pytest.MonkeyPatch):
    def broken(model: str | None = None) -> None:
        raise OSError("no such file")

    monkeypatch.setattr(choosing, "open_embedder", broken)
    with pytest.raises(ModelError) as caught:
        Models().open("second")
    assert caught.value.code == "model.unusable"
    assert "safe" in caught.value.hint


def test_words_alone_speak_no_language_and_count_roughly():
    alone = WordsAlone()
    assert alone.card.languages == ()
    count = pickle.loads(pickle.dumps(alone.counter))
    assert count("a b c d e f") == 6
    assert 5 <= count("느티나무 아래에서") <= 9
    assert count("\ud800") >= 0
    for embed in (alone.embed_query, alone.embed_documents):
        with pytest.raises(ModelError):
            embed("text")

"""One tokenizer for counting and for the network, and models that let go of their memory."""

import gc
import pickle
import shutil
import threading
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tokenizers
from hypothesis import given, settings
from hypothesis import strategies as st

from notesai.embedding.base import Resting
from notesai.embedding.catalog import bundled
from notesai.embedding.onnx import OnnxEmbedder
from notesai.embedding.tokenizer_file import Frame, TokenizerFile
from notesai.errors import ModelError

FILES = (bundled() / "tokenizer.json", bundled() / "hangul" / "tokenizer.json")
TEXTS = [
    "",
    "a",
    "벡터 색인을 만든다",
    "word " * 900,
    "가나다라 " * 400,
    "🙂 \x00 [MASK] [CLS] <s>",
]


def reference(path: Path, window: int | None) -> Any:
    """The library's own cutting and framing."""
    tokenizer = tokenizers.Tokenizer.from_file(str(path))
    tokenizer.no_padding()
    if window is not None:
        tokenizer.enable_truncation(window)
    return tokenizer


@pytest.mark.parametrize("path", FILES, ids=["other", "hangul"])
@pytest.mark.parametrize("window", [None, 2, 3, 17, 256])
def test_texts_are_cut_and_framed_as_by_the_library(path: Path, window: int | None) -> None:
    wanted = [one.ids for one in reference(path, window).encode_batch_fast(TEXTS)]
    assert TokenizerFile(path, window).encode(TEXTS) == wanted


@settings(max_examples=60)
@given(st.lists(st.text(max_size=200), max_size=4))
def test_any_text_is_cut_as_by_the_library(texts: list[str]) -> None:
    texts = [text.encode("utf-8", "replace").decode() for text in texts]
    for path, ours, theirs in zip(FILES, OURS, THEIRS, strict=True):
        assert ours.encode(texts) == [one.ids for one in theirs.encode_batch_fast(texts)], path


OURS = tuple(TokenizerFile(path, 12) for path in FILES)
THEIRS = tuple(reference(path, 12) for path in FILES)


def test_a_frame_may_keep_the_end() -> None:
    assert Frame((1,), (2,), 4, from_end=True).around([5, 6, 7]) == [1, 6, 7, 2]
    assert Frame((1,), (2,), 2, from_end=True).around([5, 6, 7]) == [1, 2]
    assert Frame((1,), (), None).around([5, 6, 7]) == [1, 5, 6, 7]


def test_another_process_reads_the_file_itself() -> None:
    packed = pickle.dumps(OURS[1])
    assert len(packed) < 500
    assert pickle.loads(packed).encode(["벡터 색인"]) == OURS[1].encode(["벡터 색인"])


def test_at_rest_a_model_holds_nothing_and_gives_the_same_vectors() -> None:
    embedder = OnnxEmbedder(bundled(), threads=1)
    assert isinstance(embedder, Resting)
    before = embedder.embed_documents(TEXTS)
    counts = [embedder.count_tokens(text) for text in TEXTS]
    embedder.rest()
    gc.collect()
    for encoder in embedder._encoders():
        assert encoder._session is None
        assert encoder._tokenizer._opened is None
        assert not encoder.counter._known and not encoder.counter._older
    assert [embedder.count_tokens(text) for text in TEXTS] == counts
    assert np.array_equal(embedder.embed_documents(TEXTS), before)
    embedder.rest()
    embedder.wake()
    assert all(encoder._session is not None for encoder in embedder._encoders())
    embedder.rest()
    assert np.array_equal(embedder.embed_query("벡터"), OnnxEmbedder(bundled()).embed_query("벡터"))


def test_rest_disturbs_nobody_who_is_using_it() -> None:
    embedder = OnnxEmbedder(bundled(), threads=1)
    wanted = embedder.embed_documents(["one", "둘"])
    failures: list[BaseException] = []

    def use() -> None:
        try:
            for _ in range(8):
                assert np.array_equal(embedder.embed_documents(["one", "둘"]), wanted)
        except BaseException as error:
            failures.append(error)

    users = [threading.Thread(target=use) for _ in range(2)]
    for user in users:
        user.start()
    while any(user.is_alive() for user in users):
        embedder.rest()
    assert failures == []


def test_a_model_that_vanishes_while_at_rest_says_so(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(bundled(), folder)
    embedder = OnnxEmbedder(folder, threads=1)
    embedder.rest()
    (folder / "model.onnx").unlink()
    with pytest.raises(ModelError) as told:
        embedder.embed_query("one")
    assert told.value.code == "model.damaged"
    shutil.copy(bundled() / "model.onnx", folder / "model.onnx")
    assert embedder.embed_query("one").shape == (embedder.card.dimension,)
    embedder.rest()
    embedder.close()
    with pytest.raises(ModelError) as told:
        embedder.wake()
    assert told.value.code == "model.closed"

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notesai.embedding.catalog import bundled
from notesai.embedding.endpoint import address, cut, estimated_tokens
from notesai.embedding.onnx import OnnxEmbedder
from notesai.errors import ModelError


@pytest.mark.parametrize(
    ("given_url", "full"),
    [
        ("http://localhost:11434", "http://localhost:11434/v1/embeddings"),
        ("http://localhost:11434/", "http://localhost:11434/v1/embeddings"),
        (" https://api.example.org/v1 ", "https://api.example.org/v1/embeddings"),
        ("https://api.example.org/v1/embeddings/", "https://api.example.org/v1/embeddings"),
        ("https://a.b/x?api-version=2#top", "https://a.b/x/embeddings?api-version=2"),
    ],
)
def test_addresses(given_url: str, full: str) -> None:
    assert address(given_url) == full


@pytest.mark.parametrize(
    "url",
    [
        "",
        "localhost:11434",
        "ftp://a.b",
        "http://",
        "http://a:99999",
        "https://u:secret@a.b",
        "http://[",
    ],
)
def test_what_is_no_address(url: str) -> None:
    with pytest.raises(ModelError) as caught:
        address(url)
    assert caught.value.code == "model.address"
    assert "secret" not in caught.value.message


@given(st.text(alphabet=st.characters()), st.integers(1, 40))
def test_what_is_cut_fits_and_is_the_beginning(text: str, window: int) -> None:
    part = cut(text, window)
    assert estimated_tokens(part) <= window
    if estimated_tokens(text) <= window and len(text) <= window:
        whole = unicodedata.normalize("NFC", part)
        assert len(whole) == len(part)
        assert estimated_tokens(part) == estimated_tokens(text.lstrip())


@given(st.text(alphabet=st.characters()), st.text(alphabet=st.characters()))
def test_more_text_has_no_fewer_tokens(one: str, two: str) -> None:
    assert estimated_tokens(one) <= estimated_tokens(f"{one} {two}")


def test_the_estimate_beside_a_real_tokenizer() -> None:
    """The bundled tokenizer takes Hangul apart into letters, as English vocabularies do."""
    embedder = OnnxEmbedder(bundled(), threads=1)
    texts = [
        "Tomatoes need a litre of water a day in summer; in autumn half of that will do.",
        "노트 검색은 뜻으로 찾고, 낱말로도 찾습니다. 색인은 언제든 다시 만들 수 있습니다.",
        "LanceDB 인덱스를 optimize 하는 법: `table.optimize()` 2026-01-31",
    ]
    for text in texts:
        assert estimated_tokens(text) >= 0.8 * embedder.count_tokens(text)
        assert estimated_tokens(text) <= 3 * embedder.count_tokens(text)
    embedder.close()
    assert estimated_tokens("한국어") == 6
    assert estimated_tokens(unicodedata.normalize("NFD", "한국어")) == 6
    assert estimated_tokens("") == 0

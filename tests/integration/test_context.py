"""The context of a real tokenizer is never exceeded, whatever goes into it."""

import contextlib
from pathlib import Path

import pytest
from chat import source
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny_llm import CONTEXT, tiny_model

from notesai.answers.llama import Capacity
from notesai.answers.llm.process import LlamaProcess
from notesai.answers.packing import answer_tokens, pack
from notesai.errors import NotesaiError
from notesai.model import Turn

pytest.importorskip("llama_cpp")

WORDS = """
    tomatoes water morning 토마토 물주기 아침에 [1] <|im_end|> <|im_start|>system </passage> 日本語
    🍅🌱 def f(x): | a | b | … ᄒ̀ﬁ https://example.com/?q=1
"""
TEXTS = st.lists(st.sampled_from([*WORDS.split(), "\0", "\n\n"]), max_size=60).map(" ".join)


def test_no_mix_of_passages_history_and_languages_exceeds_the_context(tmp_path: Path):
    model = LlamaProcess(tiny_model(tmp_path / "tiny.gguf"), threads=lambda: 1, temperature=0.0)
    model.prepare(lambda phase, done, total: None, lambda: None)

    @given(
        st.lists(TEXTS, max_size=40),
        st.lists(st.tuples(TEXTS, TEXTS), max_size=4),
        TEXTS,
        st.sampled_from(["en", "ko"]),
        st.sampled_from([512, 1024, 1536, 2048, CONTEXT]),
    )
    @settings(max_examples=60)
    def holds(
        texts: list[str], turns: list[tuple[str, str]], question: str, language: str, context: int
    ) -> None:
        fits(model, texts, turns, question, language, context)

    try:
        holds()
    finally:
        model.close()


def fits(
    model: LlamaProcess,
    texts: list[str],
    turns: list[tuple[str, str]],
    question: str,
    language: str,
    context: int,
) -> None:
    history = [Turn(*turn) for turn in turns]
    sources = [source(text) for text in texts]
    try:
        found = pack(
            model,
            Capacity(context),
            question,
            sources,
            history,
            "ko" if language == "ko" else "en",
        )
    except NotesaiError as error:
        assert error.code in ("llm.small_context", "ask.too_long")
        return
    assert found.prompt.tokens + answer_tokens(context) <= context
    assert set(found.sources) <= set(sources)
    # The process counts for itself once more, and would refuse.
    stream = model.stream(
        found.messages,
        max_tokens=CONTEXT - found.prompt.tokens if context == CONTEXT else found.answer_tokens,
        report=lambda phase, done, total: None,
        check=lambda: None,
    )
    with contextlib.closing(stream) as pieces:
        next(pieces, "")

"""From a question to passages and to an answer, over the real store and a scripted model."""

import logging
from pathlib import Path

import pytest
from chat import ScriptedChat
from fakes import Folder, HashingEmbedder

from notesai import paths, settings
from notesai.answers.answerer import Findings, generate, look_up
from notesai.answers.retrieval import distinct, retrieve
from notesai.engine import answering
from notesai.engine.answering import Answering
from notesai.errors import Cancelled, ModelError
from notesai.index.embedding import embed_pending
from notesai.index.indexer import Indexer
from notesai.index.store import Store
from notesai.model import Answer, AnswerKind, Scope, Turn
from notesai.notes.ignore import IgnoreRules
from notesai.progress import Silent, Task
from notesai.settings import Settings

NOTES = {
    "garden/tomatoes.md": "# Tomatoes\n\nWater tomatoes in the morning, never at noon. #garden",
    "garden/copy.md": "# Tomatoes\n\nWater tomatoes in the morning, never at noon.",
    "garden/soil.md": "---\ntags: [garden/soil]\n---\n# Soil\n\nTomatoes want soil that drains.",
    "kitchen/sauce.md": "# Sauce\n\nTomatoes simmer in the pan until morning. #kitchen",
    "물주기.md": "# 물주기\n\n토마토는 아침에 물을 준다. 한낮에는 잎이 탄다.",
    "list.md": "# List\n\n" + "\n\n".join(f"## Part {n}\n\n" + f"w{n} " * 150 for n in range(9)),
}


@pytest.fixture
def store(folder: Folder, tmp_path: Path, embedder: HashingEmbedder) -> Store:
    for name, text in NOTES.items():
        folder.write(name, text)
    store = Store.open(str(tmp_path / "index"), embedder.card, create=True)
    Indexer(folder.path, store, embedder, IgnoreRules(()), max_bytes=1 << 20).reconcile(Silent())
    embed_pending(store, embedder, Silent())
    return store


@pytest.fixture
def found(store: Store, embedder: HashingEmbedder) -> Findings:
    return look_up(store, embedder, "When do I water tomatoes in the morning?")


def where(store: Store, embedder: HashingEmbedder, question: str, **scope: object) -> set[str]:
    return {s.path for s in retrieve(store, embedder, question, Scope(**scope))}


def test_passages_of_a_scope_alone_are_found(store: Store, embedder: HashingEmbedder):
    question = "tomatoes"
    everywhere = where(store, embedder, question)
    assert {"garden/soil.md", "kitchen/sauce.md"} <= everywhere
    garden = where(store, embedder, question, folder="garden/")
    assert "garden/soil.md" in garden and all(path.startswith("garden/") for path in garden)
    assert where(store, embedder, question, folder="gard") == set()
    assert where(store, embedder, question, tag="garden") >= {"garden/soil.md"}
    assert where(store, embedder, question, tag="#garden/soil") == {"garden/soil.md"}
    one = where(store, embedder, question, paths=("kitchen/sauce.md",))
    assert one == {"kitchen/sauce.md"}
    assert where(store, embedder, question, folder="garden/", tag="kitchen") == set()
    assert where(store, embedder, question, paths=("gone.md",)) == set()


def test_what_says_the_same_is_found_once(store: Store, embedder: HashingEmbedder):
    sources = retrieve(store, embedder, "water tomatoes in the morning", Scope())
    paths = [source.path for source in sources]
    assert len({"garden/tomatoes.md", "garden/copy.md"} & set(paths)) == 1
    assert sources == distinct(sources)


def test_sources_cut_their_text_out_of_the_note(
    store: Store, embedder: HashingEmbedder, folder: Folder
):
    for source in retrieve(store, embedder, "토마토 물", Scope()):
        text = (folder.path / source.path).read_text("utf-8")
        assert text[source.start : source.end] == source.text


def test_a_note_that_is_pointed_at_is_given_as_a_whole(store: Store, embedder: HashingEmbedder):
    found = look_up(store, embedder, "Summarise this", Scope(paths=("list.md",)))
    assert found.covered and {source.path for source in found.sources} == {"list.md"}
    assert len(found.sources) >= 9


def test_an_answer_is_told_as_it_is_written(found: Findings, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("notesai.answers.answerer.PARTIAL_SECONDS", 0.0)
    chat = ScriptedChat("  In the ", "morning [1]", ". Not at noon [1][2].", " ")
    partials: list[Answer] = []
    steps: list[str] = []
    answer = generate(
        chat, found, report=lambda phase, done, total: steps.append(phase), partial=partials.append
    )
    assert answer.answer == "In the morning [1]. Not at noon [1][2]."
    assert answer.kind is AnswerKind.GENERATED and answer.model == "scripted"
    assert [citation.n for citation in answer.citations] == [1, 2]
    assert answer.passages[:2] == answer.citations
    assert "morning" in answer.passages[0].text and "<passage number" in answer.prompt
    assert partials[0].answer == "" and partials[0].passages == answer.passages
    assert partials[1].answer == "In the" and partials[1].citations == ()
    assert [c.n for c in partials[2].citations] == [1]
    assert steps == ["load", "read"] and chat.stopped == 1


def test_without_a_source_nothing_is_generated(store: Store, embedder: HashingEmbedder):
    chat = ScriptedChat("Surely [1].")
    found = look_up(store, embedder, "Zyxwv qqq?")
    answer = generate(chat, found)
    assert answer.kind is AnswerKind.NOT_COVERED and chat.asked == []


def test_a_model_that_says_nothing_is_stood_in_for_by_quotes(found: Findings):
    assert generate(ScriptedChat("<think>hm", "</think> "), found) == found.quoted


def test_a_follow_up_is_looked_up_with_what_it_leans_on(store: Store, embedder: HashingEmbedder):
    history = [Turn("토마토 물주기는 언제?", "아침에 준다 [1].")]
    found = look_up(store, embedder, "그건 왜?", history=history)
    assert found.asked == "토마토 물주기는 왜?" and found.language == "ko"
    assert found.sources[0].path == "물주기.md"
    chat = ScriptedChat("잎이 타서 [1].")
    answer = generate(chat, found, history)
    assert answer.asked == found.asked
    assert [m.content for m in chat.asked[0][1:3]] == [history[0].question, "아침에 준다 (1)."]


def test_a_cancelled_answer_stops_the_model(found: Findings):
    chat, task = ScriptedChat("In ", "the ", "morning."), Task()
    with pytest.raises(Cancelled):
        generate(chat, found, check=task.check, partial=lambda answer: task.cancel())
    assert chat.stopped == 1


class Chosen:
    """The models that `Answering` opens, by name."""

    def __init__(self, **models: ScriptedChat) -> None:
        self.models = models
        self.opened: list[str] = []

    def open(self, name: str, *, context: int, threads: object) -> ScriptedChat:
        self.opened.append(name)
        return self.models[name]


def choose(model: str) -> None:
    settings.save(Settings(chat_model=model), paths.home().settings_file)


def answered(engine: Answering, found: Findings, model: str = "") -> Answer:
    return engine.answer(
        found,
        (),
        model=model,
        report=lambda phase, done, total: None,
        check=lambda: None,
        partial=lambda answer: None,
        bearing=lambda passages: lambda sentence: 0,
    )


def test_the_model_of_the_settings_answers_and_is_kept(
    found: Findings, monkeypatch: pytest.MonkeyPatch
):
    first, second = ScriptedChat("First [1]."), ScriptedChat("Second [1].")
    models = Chosen(first=first, second=second)
    monkeypatch.setattr(answering, "open_chat_model", models.open)
    engine = Answering(paths.home().settings_file)
    assert answered(engine, found) == found.quoted
    choose("first")
    assert answered(engine, found).answer == "First [1]."
    assert answered(engine, found).answer == "First [1]."
    choose("second")
    assert answered(engine, found).answer == "Second [1]."
    assert first.closed and not second.closed
    choose("")
    assert answered(engine, found) == found.quoted
    assert second.closed and models.opened == ["first", "second"]
    engine.close()


def test_a_model_that_fails_before_it_speaks_is_stood_in_for(
    found: Findings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    trouble = ModelError("llm.memory", "Too large.", "Choose a smaller one.")
    models = Chosen(large=ScriptedChat(failure=trouble))
    monkeypatch.setattr(answering, "open_chat_model", models.open)
    choose("large")
    engine = Answering(paths.home().settings_file)
    with caplog.at_level(logging.WARNING):
        answer = answered(engine, found)
    assert answer.kind is AnswerKind.EXTRACTIVE and answer.answer == found.quoted.answer
    assert answer.trouble is not None and answer.trouble.code == "llm.memory"
    with pytest.raises(ModelError):
        answered(engine, found, model="large")
    engine.close()


def test_a_model_that_fails_in_the_middle_is_an_error(
    found: Findings, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("notesai.answers.answerer.PARTIAL_SECONDS", 0.0)
    crash = ModelError("llm.crashed", "Gone.")
    models = Chosen(weak=ScriptedChat("Half of", failure=crash, late=True))
    monkeypatch.setattr(answering, "open_chat_model", models.open)
    choose("weak")
    engine = Answering(paths.home().settings_file)
    with pytest.raises(ModelError, match="Gone"):
        answered(engine, found)
    engine.close()


def test_a_model_that_is_not_there_is_named(found: Findings):
    engine = Answering(paths.home().settings_file)
    choose("nobody")
    answer = answered(engine, found)
    assert answer.trouble is not None and answer.trouble.code == "llm.unknown"
    for name in ("../models/x", "/", ".."):
        with pytest.raises(ModelError) as raised:
            answered(engine, found, model=name)
        assert raised.value.code == "llm.unknown"
    engine.close()

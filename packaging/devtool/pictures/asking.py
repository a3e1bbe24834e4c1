"""Scenes of the Ask view.

Quoted answers are those of the engine. No chat model is at hand when pictures are taken: what a
model would write is written here, about passages that are really in the sample notes.
"""

from dataclasses import replace
from pathlib import Path
from typing import cast

from PySide6.QtCore import QPoint

from devtool.pictures.camera import Camera, wait_until
from devtool.pictures.stage import Stage
from notesai.gui.asking.exchange import Exchange, Reach
from notesai.gui.asking.exchange import Stage as Progress
from notesai.gui.asking.why_dialog import WhyDialog
from notesai.gui.views.ask_view import AskView
from notesai.model import (
    Answer,
    AnswerKind,
    Citation,
    KnownModel,
    Scope,
    SentenceCheck,
    Verdict,
)

_MODEL = "Qwen3 4B"
_ASKED = 1_781_950_000.0
_HOUR = 3600.0


def ask_new(stage: Stage, camera: Camera) -> None:
    """Nothing is asked yet."""
    view = _view(stage)
    view.begin()
    camera.take("ask-new", stage.window)


def ask(stage: Stage, camera: Camera) -> None:
    """A question and a follow-up, quoted by the engine; a citation is pointed at."""
    view = _view(stage)
    view.begin()
    question = stage.choose("육수는 어떻게 내나요?", "How do I feed the sourdough starter?")
    _ask(view, question)
    _fix(view)
    view.pane.panes[-1].page.pointed.emit((1,))
    camera.take("ask", stage.window)
    _forget(view)


def ask_not_covered(stage: Stage, camera: Camera) -> None:
    """The notes hold no answer."""
    view = _view(stage)
    view.begin()
    _ask(view, stage.choose("화성 이주 비용은 얼마인가요?", "What does a house on Mars cost?"))
    _fix(view)
    camera.take("ask-not-covered", stage.window)
    _forget(view)


def ask_streaming(stage: Stage, camera: Camera) -> None:
    """An answer that is being written."""
    view = _view(stage)
    view.card.chip.show_model(_model())
    whole = _written(stage)
    half = replace(whole, answer=whole.answer[: len(whole.answer) * 3 // 5], checks=(), prompt="")
    view.conversation.show("", (_exchange(stage, half, Progress.WRITING),))
    camera.take("ask-streaming", stage.window)
    view.conversation.show("", (_exchange(stage, half, Progress.DONE),))
    _forget(view)


def ask_checked(stage: Stage, camera: Camera) -> None:
    """A sentence that its source does not bear out."""
    view = _view(stage)
    view.card.chip.show_model(_model())
    view.conversation.show("", (_exchange(stage, _written(stage), Progress.DONE),))
    camera.take("ask-checked", stage.window)
    _forget(view)


def ask_why(stage: Stage, camera: Camera) -> None:
    """The passages and the prompt behind an answer."""
    view = _view(stage)
    view.card.chip.show_model(_model())
    one = _exchange(stage, _written(stage), Progress.DONE)
    view.conversation.show("", (one,))
    dialog = WhyDialog(one, _written(stage), stage.window)
    dialog.open()
    camera.take("ask-why", stage.window, dialog)
    dialog.close()
    _forget(view)


def ask_history(stage: Stage, camera: Camera) -> None:
    """Conversations that are kept, and the menu of one."""
    view = _view(stage)
    questions = stage.choose(
        "물 주는 시각|사워도우가 왜 안 부풀까?|제주에서 비 오는 날 갈 곳|기상 센서 보정 순서|"
        "임베딩은 무엇을 놓치나?",
        "When to water|Why did the loaf not rise?|Rainy days in Jeju|Calibrating the sensor|"
        "What do embeddings miss?",
    ).split("|")
    answer = _written(stage)
    for at, question in enumerate(questions):
        one = Exchange(
            question=question,
            answer=answer,
            stage=Progress.DONE,
            asked_at=_ASKED - at * 9 * _HOUR,
        )
        view.archive.save(view.archive.new_name(), (one,))
    first = view.archive.all()[0].name
    view.open_conversation(first)
    menu = view.history.menu()
    menu.popup(view.history.list.viewport().mapToGlobal(QPoint(60, 40)))
    camera.take("ask-history", stage.window, menu)
    menu.close()
    menu.deleteLater()
    _forget(view)


def ask_scope(stage: Stage, camera: Camera) -> None:
    """A question of one folder."""
    view = _view(stage)
    view.begin()
    view.box.reach.choose(Reach(scope=Scope(folder="garden/")))
    view.box.edit.put(stage.choose("곁순은 언제 따나요?", "What may go on the compost heap?"))
    camera.take("ask-scope", stage.window)
    _forget(view)


SCENES = (
    ask_new,
    ask,
    ask_not_covered,
    ask_streaming,
    ask_checked,
    ask_why,
    ask_history,
    ask_scope,
)


def _view(stage: Stage) -> AskView:
    stage.window.show_view("ask")
    view = cast(AskView, stage.window.pages.page("ask"))
    wait_until(lambda: stage.client.idle, "the models")
    return view


def _model() -> KnownModel:
    return KnownModel(
        name="qwen3-4b",
        title=_MODEL,
        task="chat",
        languages=("en", "ko"),
        size=2500,
        memory=3200,
        dimension=0,
        licence="Apache-2.0",
        source="Qwen/Qwen3-4B-GGUF",
        installed=True,
        in_use=True,
    )


def _ask(view: AskView, question: str) -> None:
    view.ask(question)
    wait_until(lambda: not view.conversation.busy, "the answer")


def _fix(view: AskView) -> None:
    """Give what was answered a time that is the same in every picture."""
    same = tuple(
        Exchange(
            question=one.question,
            reach=one.reach,
            answer=replace(one.answer, milliseconds=184.0) if one.answer is not None else None,
            stage=one.stage,
            asked_at=_ASKED,
        )
        for one in view.conversation.exchanges
    )
    view.archive.save(view.conversation.name, same)
    view.open_conversation(view.conversation.name)


def _forget(view: AskView) -> None:
    view.card.chip.show_model(None)
    view.history.all_deleted.emit()


def _exchange(stage: Stage, answer: Answer, progress: Progress) -> Exchange:
    question = stage.choose("토마토 물은 언제 주나요?", "When do I water the tomatoes?")
    return Exchange(question=question, answer=answer, stage=progress, asked_at=_ASKED)


def _written(stage: Stage) -> Answer:
    """What a chat model might write, with one sentence that the notes do not bear out."""
    if stage.language == "ko":
        file = "garden/물주기.md"
        places = (
            ("물주기 › 방법", "- 아침에 준다. 저녁에", "곰팡이가 좋아함"),
            ("물주기 › 계절표", "| 7~8월 |", "| 3주 |"),
            ("물주기 › 토마토는 따로", "말렸다 퍼부었다", "껍질이 터짐"),
        )
        sentences = (
            "**아침에** 주세요. 저녁에 주면 밤새 잎과 흙이 젖어 곰팡이가 좋아해요 [1].",
            "7~8월에는 아침저녁으로 한 그루에 2~3L가 들어요 [2].",
            "말렸다가 한꺼번에 주면 열매가 15% 작아져요 [3].",
        )
    else:
        file = "garden/Self-watering planters.md"
        places = (
            ("How long does it last", "A tomato in full July", "three or four days"),
            ("How long does it last", "Seedlings in April", "five days away were no problem"),
            ("How I built them", "3. Wicks of old cotton", "felt strips) lasts."),
        )
        sentences = (
            "In July leaf a tomato drinks **2–3 litres a day**, so ten litres last three or four "
            "days [1].",
            "Seedlings in April need far less: half a litre between six of them [2].",
            "A wick of old cotton holds for 12 seasons [3].",
        )
    text = (stage.vault / file).read_text("utf-8")
    title = Path(file).stem
    cited = tuple(_citation(text, file, title, n, place) for n, place in enumerate(places, start=1))
    verdicts = (Verdict.SUPPORTED, Verdict.SUPPORTED, Verdict.UNSUPPORTED)
    checks: list[SentenceCheck] = []
    start = 0
    for n, (sentence, verdict) in enumerate(zip(sentences, verdicts, strict=True), start=1):
        reason = "number" if verdict is Verdict.UNSUPPORTED else ""
        checks.append(SentenceCheck(start, start + len(sentence), (n,), verdict, reason))
        start += len(sentence) + 1
    question = stage.choose("토마토 물은 언제 주나요?", "When do I water the tomatoes?")
    passages = "\n\n".join(f"[{one.n}] {one.title} › {one.heading}\n{one.text}" for one in cited)
    rule = stage.choose(
        "아래 번호가 붙은 구절만으로 답하고, 주장마다 [n]으로 출처를 밝히세요.",
        "Answer from the numbered passages alone, and cite [n] after each claim.",
    )
    return Answer(
        answer=" ".join(sentences),
        kind=AnswerKind.GENERATED,
        citations=cited,
        unsupported=(sentences[2],),
        milliseconds=4200.0,
        asked=question,
        passages=cited,
        prompt=f"<|im_start|>system\n{rule}\n\n{passages}<|im_end|>\n"
        f"<|im_start|>user\n{question}<|im_end|>\n<|im_start|>assistant\n",
        model=_MODEL,
        checks=tuple(checks),
    )


def _citation(
    text: str, path: str, title: str, number: int, place: tuple[str, str, str]
) -> Citation:
    """The source from the beginning to the end that `place` gives, below its heading."""
    heading, first, last = place
    start = text.index(first)
    end = text.index(last, start) + len(last)
    line = text.count("\n", 0, start) + 1
    return Citation(number, path, line, start, end, text[start:end], title, heading)

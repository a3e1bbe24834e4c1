"""A chat model that says what a test wants, and passages to give it."""

from collections.abc import Callable, Generator, Sequence

from notesai.answers.llama import Capacity, Check, Message, Prompt, Report
from notesai.answers.retrieval import Source
from notesai.errors import NotesaiError
from notesai.notes.terms import terms


def count_words(text: str) -> int:
    return len(text.split())


class ScriptedChat:
    """In the shape of `ChatModel`. `failure` is raised by `prepare`, or after the pieces."""

    name = "scripted"
    sends_to = ""

    def __init__(
        self,
        *pieces: str,
        context: int = 4096,
        failure: NotesaiError | None = None,
        late: bool = False,
        count: Callable[[str], int] = count_words,
        speed: float = 0.0,
    ) -> None:
        self.pieces = pieces
        self.context = context
        self.failure = failure
        self.late = late
        self.count = count
        self.speed = speed
        self.asked: list[list[Message]] = []
        self.stopped = 0
        self.closed = False

    def prepare(self, report: Report, check: Check) -> Capacity:
        check()
        if self.failure is not None and not self.late:
            raise self.failure
        report("load", 100, 100)
        return Capacity(self.context, self.speed)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [self.count(text) for text in texts]

    def prompt(self, messages: Sequence[Message]) -> Prompt:
        text = "\n".join(f"{m.role}: {m.content}" for m in messages)
        return Prompt(text, self.count(text))

    def stream(
        self, messages: Sequence[Message], *, max_tokens: int, report: Report, check: Check
    ) -> Generator[str]:
        self.asked.append(list(messages))
        report("read", 1, 1)
        try:
            for piece in self.pieces:
                check()
                yield piece
            if self.failure is not None:
                raise self.failure
        finally:
            self.stopped += 1

    def close(self) -> None:
        self.closed = True


def source(text: str, *, path: str = "note.md", title: str = "Note", heading: str = "") -> Source:
    words = frozenset(terms(text))
    return Source(path, title, heading, 1, 0, len(text), text, 0.5, 0, words)

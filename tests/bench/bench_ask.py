"""How quickly answers come, and how quickly they stop.

Without an argument with a model of 60 million random numbers, which writes nonsense at the pace of
a small real one; with the path of a GGUF file, with that. Prints seconds, tokens a second, and
milliseconds from the wish to stop to the end, before the first token, in the middle of an answer,
while a long prompt is read, while the model is loaded, and where its process hangs.

    .venv/bin/python tests/bench/bench_ask.py [MODEL.gguf]
"""

import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psutil

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from chat import source
from tiny_llm import Size, tiny_model

from notesai.answers.llama import Message, Role
from notesai.answers.llm.process import LlamaProcess
from notesai.answers.packing import pack
from notesai.errors import Cancelled
from notesai.progress import Task

MIDDLE = Size(width=768, heads=12, shared_heads=4, hidden=2048, layers=8)
TRIALS = 15
SHORT = [Message(Role.USER, "Why?")]
ENDLESS = "root ::= [a-z ] root"


def quiet(phase: str, done: int, total: int) -> None:
    """Nobody watches."""


def patient() -> None:
    """Nobody stops."""


@contextmanager
def opened(path: Path, **options: str) -> Iterator[LlamaProcess]:
    model = LlamaProcess(path, temperature=0.0, **options)
    try:
        yield model
    finally:
        model.close()


def stopped_after(seconds: float, work: Callable[[Task], None]) -> float:
    """Milliseconds from the wish to stop, so many seconds after the start, to the end."""
    task, wished = Task(), [0.0]

    def wish() -> None:
        wished[0] = time.perf_counter()
        task.cancel()

    timer = threading.Timer(seconds, wish)
    timer.start()
    try:
        work(task)
    except Cancelled:
        return 1000 * (time.perf_counter() - wished[0])
    finally:
        timer.join()
    return 0.0


def row(name: str, times: list[float]) -> None:
    print(
        f"  {name:<34}{statistics.median(times):6.0f} ms   largest {max(times):6.0f} ms"
        f"   ({len(times)} times)"
    )


def stops(path: Path) -> None:
    print("from the wish to stop to the end (bar: 200 ms)")
    long = [Message(Role.USER, "water the tomatoes " * 130)]
    with opened(path, grammar=ENDLESS) as model:
        model.prepare(quiet, patient)

        def write(task: Task, messages: list[Message] = SHORT) -> None:
            for _ in model.stream(messages, max_tokens=1500, report=quiet, check=task.check):
                pass

        def read(task: Task) -> None:
            # Another beginning each time, so that nothing is known already.
            other = [Message(Role.USER, f"{time.perf_counter()} {long[0].content}")]
            write(task, other)

        kept = 0
        for name, seconds, work in (
            ("before the first token", 0.0, write),
            ("in the middle of an answer", 0.3, write),
            ("while a long prompt is read", 0.2, read),
        ):
            times: list[float] = []
            for _ in range(TRIALS):
                model.prepare(quiet, patient)
                times.append(stopped_after(seconds, work))
                kept += model.pid != 0
            row(name, times)
        print(f"  the model stayed loaded {kept} of {3 * TRIALS} times")

        def hang(task: Task) -> None:
            psutil.Process(model.pid).suspend()
            write(task)

        hangs: list[float] = []
        for _ in range(5):
            model.prepare(quiet, patient)
            hangs.append(stopped_after(0.1, hang))
        row("where the process hangs", hangs)
    loads: list[float] = []
    for n in range(8):
        with opened(path) as model:
            loads.append(stopped_after(0.1 * n, lambda task, m=model: load(m, task)))
    row("while it is started and loaded", [ms for ms in loads if ms])


def load(model: LlamaProcess, task: Task) -> None:
    """Start and load again and again, until it is stopped."""
    while True:
        model.prepare(quiet, task.check)
        model.unload()


def paces(path: Path) -> None:
    with opened(path) as model:
        started = time.perf_counter()
        capacity = model.prepare(quiet, patient)
        seconds = time.perf_counter() - started
        print(
            f"started and loaded             {seconds:6.2f} s, {capacity.context} tokens, of which"
            f" {capacity.speed:.0f} are thought to be read in a second"
        )
        texts = [f"Note {n}. " + "Water the tomatoes early. " * 12 for n in range(40)]
        started = time.perf_counter()
        packed = pack(model, capacity, "When do I water?", [source(t) for t in texts], (), "en")
        seconds, tokens = time.perf_counter() - started, packed.prompt.tokens
        print(f"packed                         {seconds:6.2f} s,", end=" ")
        print(f"{len(packed.sources)} of 40 passages, {tokens} tokens")
        started, first, count = time.perf_counter(), 0.0, 0
        limit = min(200, packed.answer_tokens)
        stream = model.stream(packed.messages, max_tokens=limit, report=quiet, check=patient)
        with closing(stream) as pieces:
            for _ in pieces:
                first = first or time.perf_counter()
                count += 1
        end = time.perf_counter()
        if first:
            print(f"prompt read                    {tokens / (first - started):6.0f} tokens/s")
            print(f"written                        {count / (end - first):6.0f} pieces/s")


def fifty(path: Path) -> None:
    with opened(path) as model:
        model.prepare(quiet, patient)
        sizes: list[float] = []
        for n in range(50):
            messages = [Message(Role.USER, f"{n} " + "water " * (10 + 7 * (n % 40)))]
            for _ in model.stream(messages, max_tokens=20, report=quiet, check=patient):
                pass
            sizes.append(psutil.Process(model.pid).memory_info().rss / 1e6)
        print(f"50 questions: {sizes[0]:.1f} MB after the first, {sizes[-1]:.1f} MB after the last")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(folder) / "middle.gguf"
        if len(sys.argv) == 1:
            tiny_model(path, size=MIDDLE, endless=True)
        print(f"{path.name}: {path.stat().st_size / 1e6:,.0f} MB")
        paces(path)
        stops(path)
        fifty(path)


if __name__ == "__main__":
    main()

"""How long the window is busy with one more part of an answer, and with many conversations.

    python tests/bench/bench_ask_view.py

Prints CPU milliseconds: of laying out an answer of so many characters anew, as happens some 20
times a second while it is written, and of listing so many conversations after each answer.
"""

import os
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["NOTESAI_HOME"] = tempfile.mkdtemp(prefix="notesai-bench-")

from PySide6.QtWidgets import QApplication

from notesai.gui.appearance import Appearance
from notesai.gui.asking.answer_page import AnswerPage
from notesai.gui.asking.archive import Archive
from notesai.gui.asking.exchange import Exchange, Stage
from notesai.model import Answer, AnswerKind, Citation

_SENTENCE = (
    "토마토는 **아침에** 물을 주고 저녁에는 주지 않는다 [1]. Water early, `not` late [2].\n\n"
    "- so [1]\n\n"
)
_ROUNDS = 20


def main() -> int:
    app = QApplication(sys.argv[:1])
    sources = tuple(Citation(n, "a.md", 1, 0, 4, "text", "A", "") for n in (1, 2))
    page = AnswerPage(Appearance(app, "light"))
    page.resize(600, 10)
    print("characters  CPU ms for each part, middle and worst of", _ROUNDS)
    for size in (500, 2_000, 8_000):
        text = _SENTENCE * (size // len(_SENTENCE))
        took: list[float] = []
        for at in range(_ROUNDS):
            part = Answer(text + "x" * at, AnswerKind.GENERATED, sources, (), 1.0)
            begun = time.process_time()
            page.show_answer(part, writing=True)
            took.append(1000 * (time.process_time() - begun))
        print(f"{size:>10}  {sorted(took)[_ROUNDS // 2]:.1f}  {max(took):.1f}")
    archive = Archive(Path("vault"))
    one = Exchange(
        question="Why?",
        answer=Answer(_SENTENCE * 10, AnswerKind.GENERATED, sources, (), 1.0),
        stage=Stage.DONE,
    )
    print("conversations  CPU ms to list them")
    for count in (50, 500):
        while len(list(archive.folder.glob("*.jsonl"))) < count:
            archive.save(archive.new_name(), (one,) * 5)
        begun = time.process_time()
        found = archive.all()
        print(f"{len(found):>13}  {1000 * (time.process_time() - begun):.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

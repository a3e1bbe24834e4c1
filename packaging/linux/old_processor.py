#!/usr/bin/env python3
"""Use notesai on emulated older processors: one that it needs at least, and one that is too old.

    python3 packaging/linux/old_processor.py FOLDER [--gguf FILE] [--limit SECONDS]
    python3 packaging/linux/old_processor.py --python .venv/bin/python [...]

FOLDER holds `notesai`. Needs qemu-user-static. On Haswell (AVX2, no AVX-512) the commands answer
from one short note, and with `--gguf` a language model goes on with a conversation; an instruction
of newer processors outside of what is chosen as they start ends them. On Nehalem notesai says that
the processor is too old. Emulation is some fifty times slower than the processor. Exit status 0 if
all held.

Only the process that is started is emulated, no process of its own: the one of a language model is
therefore started and asked here. That Nehalem is refused also shows that it is emulated at all.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

EMULATOR = "qemu-x86_64-static"
ENOUGH, TOO_OLD = "Haswell", "Nehalem"
NOTE = "# Compost\n\nA smelly heap is too wet: add dry leaves and turn it.\n"
ILLEGAL = (-4, 132)
"""How a process ends that met an instruction its processor does not have."""


def main() -> int:
    """Try all of it; returns 0 if all held."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--python", type=Path)
    parser.add_argument("--gguf", type=Path)
    parser.add_argument("--limit", type=float, default=1200)
    options = parser.parse_args()
    if options.python is not None:
        program = [str(options.python.absolute()), "-m", "notesai"]
    elif options.folder is not None:
        program = [str(options.folder.resolve() / "notesai")]
    else:
        parser.error("FOLDER or --python is needed")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        trial = Trial(program, Path(scratch), options.limit)
        trial.refuses()
        trial.answers()
        if options.gguf is not None:
            trial.generates(options.gguf.resolve())
    return int(bool(trial.failed))


class Trial:
    """A program, a home of its own and one note; no command may take longer than `limit`."""

    def __init__(self, program: Sequence[str], scratch: Path, limit: float) -> None:
        self.program, self.scratch, self.limit, self.failed = program, scratch, limit, 0
        self.vault = scratch / "notes"
        self.vault.mkdir()
        (self.vault / "Compost.md").write_text(NOTE, "utf-8")

    def refuses(self) -> None:
        """A processor that is too old is told so."""
        self.say(TOO_OLD, "index", 1, "too old", *self._vault())

    def answers(self) -> None:
        """What answers from notes does so on the oldest processor that is enough."""
        self.say(ENOUGH, "--version", 0, "notesai")
        self.say(ENOUGH, "index", 0, '"notes":1', "--json", *self._vault())
        self.say(ENOUGH, "search", 0, "Compost.md", "smelly heap", "--json", *self._vault())
        self.say(ENOUGH, "ask", 0, "Compost.md", "Why is it smelly?", "--json", *self._vault())

    def generates(self, model: Path) -> None:
        """The process of a language model, which chooses its library by the processor."""
        talk = [{"role": "user", "content": "Say hello."}]
        asked = (
            {"do": "load", "id": 1, "path": str(model), "context": 256, "threads": 1},
            {"do": "generate", "id": 2, "messages": talk, "max_tokens": 4, "threads": 1},
        )
        with subprocess.Popen(
            [*self._emulated(ENOUGH), "llm", "--idle", str(self.limit)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=self._environment(),
        ) as process:
            assert process.stdin is not None and process.stdout is not None
            started = time.monotonic()
            process.stdin.write(b"".join(json.dumps(one).encode() + b"\n" for one in asked))
            process.stdin.flush()
            # The input stays open until the last answer: at its end the process leaves.
            said = (json.loads(line) for line in process.stdout)
            ends = (one for one in said if one["id"] == 2 or one["say"] == "failed")
            last = next((one for one in ends if one["say"] in ("finished", "failed")), {})
            process.stdin.close()
            code = process.wait(30)
        verdict = "ok" if last.get("say") == "finished" else f"FAILED ({_end(code)}) {last}"
        self.tell(ENOUGH, "llm", verdict, time.monotonic() - started)

    def say(self, processor: str, command: str, code: int, word: str, *options: str) -> None:
        """Run a command; print whether it ended with `code` and said `word`."""
        started = time.monotonic()
        try:
            done = subprocess.run(
                [*self._emulated(processor), command, *options],
                capture_output=True,
                text=True,
                env=self._environment(),
                timeout=self.limit,
                check=False,
            )
        except subprocess.TimeoutExpired:
            self.tell(processor, command, "FAILED (too slow to tell)", self.limit)
            return
        said = done.stdout + done.stderr
        held = done.returncode == code and word in said
        verdict = "ok" if held else f"FAILED ({_end(done.returncode)})\n{said[-2000:]}"
        self.tell(processor, command, verdict, time.monotonic() - started)

    def tell(self, processor: str, command: str, verdict: str, seconds: float) -> None:
        """Print one line."""
        self.failed += not verdict.startswith("ok")
        print(f"  {processor:<8} {command:<10} {seconds:6.0f} s  {verdict}", flush=True)

    def _emulated(self, processor: str) -> list[str]:
        return [EMULATOR, "-cpu", processor, *self.program]

    def _vault(self) -> tuple[str, str]:
        return "--vault", str(self.vault)

    def _environment(self) -> "dict[str, str]":
        home = str(self.scratch / "home")
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "NOTESAI"))}
        # One thread each: what waits for another one in a loop is slow where both are emulated.
        single = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "RAYON_NUM_THREADS": "1"}
        mine = {"HOME": home, "NOTESAI_HOME": home, "PYTHONUTF8": "1"}
        return {**kept, **single, **self._begun(), **mine}

    def _begun(self) -> "dict[str, str]":
        """What a frozen program sets before it starts itself anew, which would not be emulated."""
        program = Path(self.program[0])
        inside = program.parent / "_internal"
        if not inside.is_dir():
            return {}
        return {
            "_PYI_ARCHIVE_FILE": str(program),
            "_PYI_PARENT_PROCESS_LEVEL": "-1",
            "_PYI_LINUX_PROCESS_NAME": program.name,
            "LD_LIBRARY_PATH": str(inside),
        }


def _end(code: int) -> str:
    return "illegal instruction" if code in ILLEGAL else f"exit status {code}"


if __name__ == "__main__":
    sys.exit(main())

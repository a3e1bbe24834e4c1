"""The window on a real vault: how soon it is usable, and its longest stall while indexing.

    python tests/bench/bench_window.py [VAULT] [--notes 3000] [--seconds 60]

Runs the real app under Xvfb (or on the display there is, with --here) on a copy of VAULT with a
home of its own; while it indexes, words are typed into the search field with xdotool.
"""

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

from notesai.paths import sample_vault

WORDS = ("install module", "get child item", "설치", "pipeline input", "remote session")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("vault", type=Path, nargs="?", default=sample_vault())
    parser.add_argument("--notes", type=int, default=3000)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--here", action="store_true", help="use the display there is")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        vault = copied(arguments.vault, place / "vault", arguments.notes)
        environment = {**os.environ, "NOTESAI_HOME": str(place / "home")}
        server = None
        if not arguments.here:
            server = subprocess.Popen(["Xvfb", ":93", "-screen", "0", "1280x800x24"])
            environment |= {"DISPLAY": ":93", "QT_QPA_PLATFORM": "xcb"}
            time.sleep(1)
        try:
            show("cold start, indexing", run(vault, environment, place, arguments.seconds))
            show("second start", run(vault, environment, place, 8))
        finally:
            if server is not None:
                server.terminate()
                server.wait()


def copied(source: Path, target: Path, count: int) -> Path:
    for file in sorted(source.rglob("*.md"))[:count]:
        place = target / file.relative_to(source)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(file, place)
    return target


def run(vault: Path, environment: dict[str, str], place: Path, seconds: float) -> dict[str, float]:
    figures = place / "figures.json"
    command = [sys.executable, "-m", "notesai", "--vault", str(vault)]
    environment = {**environment, "NOTESAI_MEASURE": str(figures)}
    with subprocess.Popen(command, env=environment) as app:
        end = time.monotonic() + seconds
        number = 0
        while time.monotonic() < end:
            time.sleep(1)
            type_words(WORDS[number % len(WORDS)], environment)
            number += 1
        memory = resident(app.pid)
        app.send_signal(signal.SIGTERM)
    return {**json.loads(figures.read_text()), "resident_megabytes": memory}


def type_words(words: str, environment: dict[str, str]) -> None:
    keys = ["xdotool", "key", "--clearmodifiers", "ctrl+k", "ctrl+a"]
    subprocess.run(keys, env=environment, check=False)
    typing = ["xdotool", "type", "--delay", "40", words]
    subprocess.run(typing, env=environment, check=False)


def resident(pid: int) -> float:
    """Megabytes of the window and all its children together."""
    process = psutil.Process(pid)
    processes = [process, *process.children(recursive=True)]
    return round(sum(p.memory_info().rss for p in processes) / 1e6, 1)


def show(title: str, figures: dict[str, float]) -> None:
    print(f"{title}: {json.dumps(figures)}", flush=True)


if __name__ == "__main__":
    main()

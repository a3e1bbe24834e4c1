"""The window on a large vault: how soon it is usable, its longest stalls, its memory.

    python tests/bench/bench_window.py [VAULT] [--notes 10000] [--seconds 60] [--home FOLDER]

Runs the real app under Xvfb (or on the display there is, with --here) on a copy of VAULT, with as
many notes as wanted: from a smaller one they are taken several times. In turn: a cold start, where
words are typed and lists scrolled while it indexes; then, with a whole index, several starts one
after the other, and starts at which words are typed, lists are scrolled, all views are shown, and
nothing is done. FOLDER keeps copy and index for the next time; with --cold all is indexed anew.

Seconds are those of the clock, but "computed" ones: what the window's own thread computed, which
does not grow when other programs take the processor. Of the longest stalls it says where they were.
"""

import argparse
import json
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil

from notesai.paths import sample_vault

WORDS = ("install module", "get child item", "설치", "pipeline input", "remote session")
SETTLED_SECONDS = 15
IDLE_SECONDS = 120
"""Longer than the engine needs to go to rest."""
START_SECONDS = 6
TURNS = 40
"""Steps of the wheel in a row."""

VIEWS = ("ctrl+2", "ctrl+5", "ctrl+comma", "ctrl+3", "ctrl+4", "ctrl+1")

Act = Callable[[dict[str, str], int], None]
Figures = dict[str, Any]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("vault", type=Path, nargs="?", default=sample_vault())
    parser.add_argument("--notes", type=int, default=10_000)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--home", type=Path, help="where the copy and the index are kept")
    parser.add_argument("--here", action="store_true", help="use the display there is")
    parser.add_argument("--cold", action="store_true", help="index anew in a home of its own")
    parser.add_argument("--starts", type=int, default=5, help="how many in a row")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        place = arguments.home or Path(name)
        vault = place / "vault"
        fresh = not vault.exists()
        if fresh:
            copy(arguments.vault, vault, arguments.notes)
        environment = {**os.environ, "NOTESAI_HOME": str(place / "home")}
        with display(environment, here=arguments.here):
            if fresh or arguments.cold:
                home = place / ("home" if fresh else "cold")
                shutil.rmtree(home, ignore_errors=True)
                cold = {**environment, "NOTESAI_HOME": str(home)}
                found = run(vault, cold, place, arguments.seconds, use)
                show("cold start, typing and scrolling while indexing", found)
            measure(vault, environment, place, arguments.starts)


def measure(vault: Path, environment: dict[str, str], place: Path, starts: int) -> None:
    """Print the figures of all starts with a whole index."""
    command = [sys.executable, "-m", "notesai", "index", "--vault", str(vault)]
    subprocess.run(command, env=environment, check=True)
    found = [run(vault, environment, place, START_SECONDS, rest) for _ in range(starts)]
    for name in ("start_to_shown_seconds", "start_to_usable_seconds", "start_computed_seconds"):
        values = [one[name] for one in found]
        print(f"{name}: {min(values)} to {max(values)}, median {statistics.median(values)}")
    show("typing", run(vault, environment, place, SETTLED_SECONDS, type_words))
    show("scrolling", run(vault, environment, place, SETTLED_SECONDS, scroll))
    show("all views", run(vault, environment, place, SETTLED_SECONDS, look_around))
    show("idle", run(vault, environment, place, IDLE_SECONDS, rest))


@contextmanager
def display(environment: dict[str, str], *, here: bool) -> Iterator[None]:
    """A display of our own with a window manager, put into `environment`, unless `here`."""
    if here:
        yield
        return
    environment |= {"DISPLAY": ":93", "QT_QPA_PLATFORM": "xcb"}
    with subprocess.Popen(["Xvfb", ":93", "-screen", "0", "1400x900x24"]) as server:
        time.sleep(1)
        with subprocess.Popen(["openbox"], env=environment) as manager:
            try:
                yield
            finally:
                manager.terminate()
                server.terminate()


def copy(source: Path, target: Path, count: int) -> None:
    """Copy `count` notes, those of a small vault several times, each with a word of its own."""
    files = sorted(source.rglob("*.md"))
    for number in range(count):
        file, again = files[number % len(files)], number // len(files)
        place = target / (f"copy {again}" if again else "") / file.relative_to(source)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(file, place)
        if again:
            with place.open("a", encoding="utf-8") as note:
                note.write(f"\n\ncopy{number}\n")


def run(vault: Path, environment: dict[str, str], place: Path, seconds: float, act: Act) -> Figures:
    """Start the app, do `act` again and again for `seconds`, and end it; the figures."""
    figures = place / "figures.json"
    command = [sys.executable, "-m", "notesai", "--vault", str(vault)]
    environment = {**environment, "NOTESAI_MEASURE": str(figures)}
    # A person's Python keeps what it has compiled; each start would compile everything anew.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    with subprocess.Popen(command, env=environment) as app:
        end = time.monotonic() + seconds
        time.sleep(3)
        number = 0
        while time.monotonic() < end:
            act(environment, number)
            number += 1
        memory = resident(app.pid)
        app.send_signal(signal.SIGTERM)
    return {**json.loads(figures.read_text()), **memory}


def rest(environment: dict[str, str], number: int) -> None:
    """Do nothing."""
    time.sleep(1)


def type_words(environment: dict[str, str], number: int) -> None:
    """Search for something."""
    xdotool(environment, "key", "--clearmodifiers", "ctrl+k", "ctrl+a")
    xdotool(environment, "type", "--delay", "40", WORDS[number % len(WORDS)])
    time.sleep(1)


def use(environment: dict[str, str], number: int) -> None:
    """Type and scroll in turn."""
    (type_words, scroll)[number % 2](environment, number // 2)


def look_around(environment: dict[str, str], number: int) -> None:
    """Show one view after the other."""
    for keys in VIEWS:
        xdotool(environment, "key", "--clearmodifiers", keys)
        time.sleep(1.5)


def scroll(environment: dict[str, str], number: int) -> None:
    """Turn the wheel over results, or over the tree of all notes with all its folders open."""
    if number % 2:
        type_words(environment, number)
    else:
        xdotool(environment, "key", "--clearmodifiers", "ctrl+2", "Home", "asterisk")
    xdotool(environment, "mousemove", "300", "400")
    for button in ("5", "4"):
        xdotool(environment, "click", "--repeat", str(TURNS), "--delay", "25", button)


def xdotool(environment: dict[str, str], *arguments: str) -> None:
    """Press keys and buttons."""
    subprocess.run(["xdotool", *arguments], env=environment, check=False)


def resident(pid: int) -> dict[str, float]:
    """Megabytes of the window and of all its children together.

    Of what is resident, the part that is `private` (USS) is no file of which the system could drop
    the pages.
    """
    process = psutil.Process(pid)
    parts = [process, *process.children(recursive=True)]
    found = [part.memory_full_info() for part in parts]
    return {
        "resident_megabytes": round(sum(one.rss for one in found) / 1e6, 1),
        "private_megabytes": round(sum(one.uss for one in found) / 1e6, 1),
        "window_megabytes": round(found[0].rss / 1e6, 1),
    }


def show(title: str, figures: Figures) -> None:
    stalls = figures.pop("stalls")
    print(f"{title}: {json.dumps(figures)}", flush=True)
    for stall in stalls:
        print(f"    {1000 * stall['computed']:.0f} ms after {stall['at']} s: {stall['where']}")


if __name__ == "__main__":
    main()

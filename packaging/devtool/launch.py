"""`run`: the app in its window or, where there is no display, the same job in the terminal."""

import json
import re
import shlex
import sys
from pathlib import Path
from typing import Any, NamedTuple

from devtool import environment, system
from devtool.environment import Environment
from devtool.steps import Problem

SAMPLE = Path("resources") / "sample-vault"
SAMPLE_QUERIES = ("why bread does not rise", "토마토 곁순 따기")
SAMPLE_QUESTION = "What makes compost smell bad?"

_PLACES = """
import json, sys
from pathlib import Path
from notesai import paths
home = paths.home()
places = {"index": home.index(Path(sys.argv[1])), "logs": home.logs, "settings": home.settings_file}
folders = {"data": home.data, "config": home.config, "cache": home.cache}
print(json.dumps({name: str(path) for name, path in {**places, **folders}.items()}))
"""


class Questions(NamedTuple):
    """What the terminal job asks of a vault."""

    searches: tuple[str, ...]
    question: str


def run(checkout: Path, vault: Path | None, *, text: bool, llm: bool) -> int:
    """Open `vault` (the sample notes if None). Returns the exit code of what ran."""
    folder = _folder(checkout, vault)
    in_window = not text and system.has_display() and _window_possible()
    if llm:
        system.provide(system.COMPILER, "compiling llama-cpp-python")
    made = environment.prepare(checkout, ("extra:llm",) if llm else ())
    if in_window:
        return _window(made, folder)
    if not text and not system.has_display():
        print("  There is no display here (DISPLAY and WAYLAND_DISPLAY are empty).")
    return _terminal(made, folder, questions(folder, sample=vault is None))


def questions(vault: Path, *, sample: bool) -> Questions:
    """What to ask: written for the sample notes, else the names of the newest notes."""
    if sample:
        return Questions(SAMPLE_QUERIES, SAMPLE_QUESTION)
    notes = [path for path in vault.rglob("*.md") if path.is_file()]
    notes.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    # Plain words: a leading dash would be taken for an option.
    names = tuple(re.sub(r"[-_\s]+", " ", path.stem).strip() for path in notes[:2])
    return Questions(names, names[0]) if names else Questions((vault.name,), vault.name)


def _folder(checkout: Path, vault: Path | None) -> Path:
    folder = (vault or checkout / SAMPLE).expanduser().resolve()
    if not folder.is_dir():
        raise Problem(
            f"There is no folder {folder}.", "Name a folder of notes: dev.py run path/to/notes"
        )
    return folder


def _window_possible() -> bool:
    lacking = system.provide(system.window(), "the window")
    if all(need in system.HANGUL + system.PYTHON for need in lacking):
        return True
    print("  Without them no window can open; here is the same job in the terminal.")
    return False


def _window(made: Environment, vault: Path) -> int:
    print(f"  Opening {vault}", flush=True)
    code = made.call("-m", "notesai", "--vault", str(vault))
    if code != 0:
        print(f"  notesai ended with exit code {code}. Without a window: dev.py run --text")
    return code


def _terminal(made: Environment, vault: Path, ask: Questions) -> int:
    codes = [_notesai(made, vault, "index")]
    codes += [_notesai(made, vault, "search", query, "-k", "3") for query in ask.searches]
    note = _best_note(made, vault, ask.searches[0])
    if note is None:
        print("\nThe search failed; what went wrong is said above.")
        return next(filter(None, codes), 1)
    if note:
        codes.append(_notesai(made, vault, "similar", note, "-k", "3"))
    codes.append(_notesai(made, vault, "ask", ask.question))
    codes.append(_notesai(made, vault, "status"))
    if not any(codes):
        print("\nDone: the notes were indexed on this machine and searched; they are unchanged.")
    _report(made, vault)
    return next(filter(None, codes), 0)


def _notesai(made: Environment, vault: Path, command: str, *arguments: str) -> int:
    shown = " ".join(shlex.quote(word) for word in ("notesai", command, *arguments))
    print(f"\n$ {shown}", flush=True)
    return made.call("-m", "notesai", command, *arguments, "--vault", str(vault))


def _best_note(made: Environment, vault: Path, query: str) -> str | None:
    """The path of the best note for `query`, empty if there is none, None if the search failed."""
    command = ("-m", "notesai", "search", query, "-k", "1", "--json", "--vault", str(vault))
    code, output = made.capture(*command, errors=False)
    if code != 0:
        return None
    hits: list[dict[str, Any]] = json.loads(output)["hits"]
    return str(hits[0]["path"]) if hits else ""


def _report(made: Environment, vault: Path) -> None:
    code, output = made.capture("-c", _PLACES, str(vault), errors=False)
    if code != 0:
        return
    places: dict[str, str] = json.loads(output)
    program = made.programs / "notesai"
    folders = [shlex.quote(places[name]) for name in ("data", "config", "cache")]
    remove = "rmdir /s" if sys.platform == "win32" else "rm -r"
    print(
        f"\n  notes     {vault}\n"
        f"  index     {places['index']}\n"
        f"  logs      {places['logs']}\n"
        f"  settings  {places['settings']}\n"
        f"  go on     {program} search WORDS --vault {shlex.quote(str(vault))}\n"
        f"  remove    {remove} {' '.join(dict.fromkeys(folders))}   (index, settings, logs)\n"
        f"            {remove} {shlex.quote(str(made.folder))}   (the installed program)"
    )

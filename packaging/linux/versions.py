"""One version after the other on the same machine, while the one before is still running."""

import json
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from homes import PERSON
from root import ENVIRONMENT, Root

OLDER = "0.0.1~trial"
_LEFT_OVER = "usr/lib/notesai/_internal/of-the-older-version.txt"
_COOKIE = b"MEI\014\013\012\013\016"
_COOKIE_SIZE = 88
_HOME = "/home/upgraded"
_NOTES = "/srv/내 노트"
_SETTINGS = f"{_HOME}/.config/notesai/settings.toml"
_AS = ("setpriv", f"--reuid={PERSON}", f"--regid={PERSON}", "--clear-groups", "env")
_AS += (f"HOME={_HOME}", "notesai")


def try_versions(root: Root, package: Path) -> None:
    """Install an older version, use it, upgrade beside it, go back, and upgrade once more."""
    new = root.folder / "tmp" / "notesai.deb"
    shutil.copy(package, new)
    older = root.folder / "tmp" / "notesai-older.deb"
    make_older(package, older)
    root.inside("install", "-d", "-o", PERSON, "-g", PERSON, _HOME)
    _install(root, older, "a version before")
    _write(root, 'theme = "dark"\nlast_vault = "/srv"\n')
    first = _json(root, "index")
    with _Conversation(root) as running:
        _install(root, new, "the new one over it")
        root.say("what it no longer has is gone", not (root.folder / _LEFT_OVER).exists())
        # The first question loads what the process has not loaded yet, of the model's runtime.
        answer = running.call("ask", question="When do I turn compost?")
        root.say("what runs since before goes on", '"isError":false' in answer)
    again = _json(root, "index")
    kept = again.get("embedded") == 0 and again.get("notes") == first.get("notes")
    root.say(f"the index is kept: {again.get('notes')} notes, none embedded anew", kept)
    root.say("the settings are kept", 'theme = "dark"' in _read(root))
    _write(root, 'version = 99\ntheme = "dark"\nof_the_future = "kept"\n')
    _install(root, older, "the older one once more")
    found = root.run(*_AS, "search", "퇴비", "--vault", _NOTES)
    root.say("it answers from index and settings of the newer", found.returncode == 0)
    root.say("and leaves the settings as they are", 'of_the_future = "kept"' in _read(root))
    _install(root, new, "the new one again")
    root.inside("rm", "-rf", _HOME, "/tmp/notesai-older.deb")


def make_older(package: Path, target: Path) -> None:
    """Another version of the package: the number, one more file, modules at other places."""
    with tempfile.TemporaryDirectory(dir=target.parent) as scratch:
        tree = Path(scratch, "tree")
        subprocess.run(["dpkg-deb", "--raw-extract", str(package), str(tree)], check=True)
        about = tree / "DEBIAN" / "control"
        lines = about.read_text("utf-8").splitlines(keepends=True)
        kept = [line for line in lines if not line.startswith("Version:")]
        about.write_text(f"Version: {OLDER}\n{''.join(kept)}", "utf-8")
        (tree / _LEFT_OVER).write_text("", "utf-8")
        program = tree / "usr" / "lib" / "notesai" / "notesai"
        program.write_bytes(shifted(program.read_bytes()))
        build = ["dpkg-deb", "--root-owner-group", "-Znone", "--build", str(tree), str(target)]
        subprocess.run(build, check=True, stdout=subprocess.DEVNULL)


def shifted(program: bytes) -> bytes:
    """A frozen program whose modules lie further behind; it finds them from the end of its file.

    Its archive ends with a cookie: a mark, then the length of the whole, cookie included.
    """
    cookie = program.rindex(_COOKIE)
    length = int.from_bytes(program[cookie + 8 : cookie + 12], "big")
    start = cookie + _COOKIE_SIZE - length
    return program[:start] + bytes(4096) + program[start:]


class _Conversation:
    """A `notesai mcp` that goes on running."""

    def __init__(self, root: Root) -> None:
        command = root.entering((*_AS, "mcp", "--vault", _NOTES))
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, env=ENVIRONMENT)
        self._calls = 0

    def __enter__(self) -> "_Conversation":
        start = {"protocolVersion": "2025-06-18", "capabilities": {}}
        self._ask("initialize", {**start, "clientInfo": {"name": "trial", "version": "1"}})
        self._write({"method": "notifications/initialized"})
        return self

    def __exit__(self, *error: object) -> None:
        self._process.communicate(timeout=60)

    def call(self, tool: str, **arguments: str) -> str:
        """What a tool answers, as text."""
        return self._ask("tools/call", {"name": tool, "arguments": arguments})

    def _ask(self, method: str, params: "dict[str, Any]") -> str:
        self._calls += 1
        self._write({"id": self._calls, "method": method, "params": params})
        assert self._process.stdout is not None
        mark = f'"id":{self._calls}'.encode()
        return next((line for line in self._process.stdout if mark in line), b"").decode("utf-8")

    def _write(self, message: "dict[str, Any]") -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"jsonrpc": "2.0", **message}).encode() + b"\n")
        self._process.stdin.flush()


def _install(root: Root, package: Path, name: str) -> None:
    done = root.run("dpkg", "--install", f"/tmp/{package.name}")
    root.say(f"{name} installs", done.returncode == 0)


def _json(root: Root, *arguments: str) -> "dict[str, Any]":
    done = root.run(*_AS, *arguments, "--vault", _NOTES, "--json")
    return json.loads(done.stdout) if done.returncode == 0 else {}


def _write(root: Root, text: str) -> None:
    place = root.folder / _SETTINGS.lstrip("/")
    root.inside("install", "-d", "-o", PERSON, "-g", PERSON, str(Path(_SETTINGS).parent))
    place.write_text(text, "utf-8")


def _read(root: Root) -> str:
    return (root.folder / _SETTINGS.lstrip("/")).read_text("utf-8")

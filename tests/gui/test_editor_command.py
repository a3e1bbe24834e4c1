import os
import sys
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QProcess, QUrl
from PySide6.QtGui import QDesktopServices

from notesai.gui import editor_command
from notesai.gui.editor_command import EditorError, Problem, open_note, opening

FILE = Path("/notes/내 노트; rm -rf $HOME `x` {line}.md")


@pytest.fixture(autouse=True)
def known_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    known = {"code": "/usr/bin/code", "/opt/my editor/run": "/opt/my editor/run"}
    monkeypatch.setattr(editor_command.shutil, "which", known.get)


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("code -g {path}:{line}", ("/usr/bin/code", "-g", f"{FILE}:7")),
        ("code", ("/usr/bin/code", str(FILE))),
        ("code --wait '{path}'", ("/usr/bin/code", "--wait", str(FILE))),
        ('"/opt/my editor/run" +{line} {path}', ("/opt/my editor/run", "+7", str(FILE))),
        ("code # {path} ; echo $(id)", ("/usr/bin/code", "#", str(FILE), ";", "echo", "$(id)")),
    ],
)
def test_a_command_is_split_once_and_never_given_to_a_shell(
    template: str, expected: tuple[str, ...]
) -> None:
    assert opening(template, FILE, 7).command == expected


def test_a_url_has_the_path_encoded() -> None:
    url = opening("obsidian://open?path={path}&line={line}", FILE, 7).url
    assert url.endswith("&line=7")
    path = url.removeprefix("obsidian://open?path=").removesuffix("&line=7")
    assert path.isascii() and not set(path) & set(" ;&?#/")
    assert unquote(path) == str(FILE)
    assert opening("vscode://file/", Path("/a b")).url == "vscode://file/%2Fa%20b"


def test_nothing_is_the_system_s_own() -> None:
    assert QUrl(opening("  ", Path("/a b/c.md")).url).toLocalFile() == "/a b/c.md"


@pytest.mark.parametrize(
    ("template", "problem"),
    [
        ("code 'open", Problem.QUOTES),
        ("nowhere {path}", Problem.MISSING),
        ("''", Problem.MISSING),
        ("https://example.org/?q={path}", Problem.WEB),
        ("HTTP://example.org/{path}", Problem.WEB),
        ("~nobody-of-this-name", Problem.MISSING),
    ],
)
def test_what_cannot_be_used_is_said(template: str, problem: Problem) -> None:
    with pytest.raises(EditorError) as caught:
        opening(template, FILE)
    assert caught.value.problem is problem
    assert open_note(template, FILE) == editor_command.explain(caught.value)
    assert template.split()[0] in open_note(template, FILE) or problem is Problem.MISSING


@given(st.text(max_size=40))
def test_any_template_is_a_command_a_url_or_an_error(template: str) -> None:
    try:
        found = opening(template, FILE)
    except EditorError:
        return
    assert bool(found.command) != bool(found.url)


def test_the_editor_is_started_or_that_it_was_not_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(
        QDesktopServices, "openUrl", staticmethod(lambda url: opened.append(url) is None)
    )
    assert open_note("", Path("/a b%20.md")) == ""
    assert opened[0].toLocalFile() == "/a b%20.md"
    monkeypatch.setattr(QProcess, "startDetached", staticmethod(lambda *_: (False, 0)))
    assert open_note("code", FILE) == "The editor did not start."


@pytest.mark.skipif(os.name == "nt", reason="POSIX only")
def test_a_real_program_gets_the_path_as_one_argument(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out.txt"
    script = tmp_path / "editor.py"
    script.write_text(
        "import sys; from pathlib import Path\n"
        f"Path({str(out)!r}).write_text('\\n'.join(sys.argv[1:]))\n"
    )
    monkeypatch.setattr(editor_command.shutil, "which", lambda name: name)
    command = opening(f"{sys.executable} {script} -g {{path}}:{{line}}", FILE, 3).command
    process = QProcess()
    process.start(command[0], list(command[1:]))
    assert process.waitForFinished(20_000)
    assert out.read_text() == f"-g\n{FILE}:3"

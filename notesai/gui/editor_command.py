"""Opening a note in the person's own editor: the system's, a command, or another program's URL.

    (nothing)                          what the system opens such files with
    code -g {path}:{line}              a command; it is split here and never given to a shell
    obsidian://open?path={path}        a URL, with the path percent-encoded

Where `{path}` is not named, it comes last.
"""

import os
import re
import shlex
import shutil
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from urllib.parse import quote

from PySide6.QtCore import QCoreApplication, QProcess, QUrl
from PySide6.QtGui import QDesktopServices

from notesai.model import is_document

translate = QCoreApplication.translate

# Two letters at least: one and a colon is a drive of Windows.
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
_WEB = ("http://", "https://", "ftp://")


class Problem(StrEnum):
    """Why a template cannot be used."""

    QUOTES = "quotes"
    WEB = "web"
    MISSING = "missing"


class EditorError(ValueError):
    """The editor cannot be started; `detail` is the program or the template."""

    def __init__(self, problem: Problem, detail: str) -> None:
        super().__init__(f"{problem}: {detail}")
        self.problem = problem
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Opening:
    """What opens a note: a `command` (the program first), or a `url`."""

    command: tuple[str, ...] = ()
    url: str = ""


def opening(template: str, file: Path, line: int = 1) -> Opening:
    """What opens `file` at `line` as `template` says. Raises `EditorError`."""
    template = template.strip()
    if not template:
        return Opening(url=QUrl.fromLocalFile(str(file)).toString())
    if _URL.match(template):
        return Opening(url=_url(template, file, line))
    parts = _split(template)
    if not any("{path}" in part for part in parts[1:]):
        parts.append("{path}")
    try:
        program = shutil.which(str(Path(parts[0]).expanduser()))
    except RuntimeError:
        # "~name", and there is no user of that name.
        program = None
    if program is None:
        raise EditorError(Problem.MISSING, parts[0])
    values = {"{path}": str(file), "{line}": str(line)}
    return Opening(command=(program, *(_filled(part, values) for part in parts[1:])))


def open_note(template: str, file: Path, line: int = 1) -> str:
    """Open `file`; what went wrong, in the window's language, or nothing.

    Documents (PDF, Word …) are opened with what the system opens them with: an editor of text
    would show their bytes.
    """
    template = "" if is_document(file.name) else template
    try:
        found = opening(template, file, line)
    except EditorError as error:
        return explain(error)
    if found.url:
        url = QUrl.fromLocalFile(str(file)) if not template.strip() else QUrl(found.url)
        started = QDesktopServices.openUrl(url)
    else:
        started = _start(found.command)
    return "" if started else translate("Editor", "The editor did not start.")


def explain(error: EditorError) -> str:
    """What is wrong with the editor that is set, in the window's language."""
    match error.problem:
        case Problem.QUOTES:
            text = translate("Editor", "The editor in the settings has an open quotation mark: %1")
        case Problem.WEB:
            text = translate("Editor", "The editor in the settings is an address on the web: %1")
        case Problem.MISSING:
            text = translate("Editor", "The editor in the settings was not found: %1")
    return text.replace("%1", error.detail)


def _start(command: tuple[str, ...]) -> bool:
    started, _ = QProcess.startDetached(command[0], list(command[1:]))
    return started


def _url(template: str, file: Path, line: int) -> str:
    if template.lower().startswith(_WEB):
        # It would tell somebody else what the note is called.
        raise EditorError(Problem.WEB, template)
    if "{path}" not in template:
        template += "{path}"
    return _filled(template, {"{path}": quote(str(file), safe=""), "{line}": str(line)})


def _split(template: str) -> list[str]:
    """The parts of a command, quotation marks heeded as a shell does; nothing else is."""
    lexer = shlex.shlex(template, posix=True, punctuation_chars=False)
    lexer.whitespace_split = True
    lexer.commenters = ""
    if os.name == "nt":
        lexer.escape = ""
    try:
        parts = list(lexer)
    except ValueError as error:
        raise EditorError(Problem.QUOTES, template) from error
    if not parts or not parts[0]:
        raise EditorError(Problem.MISSING, template)
    return parts


def _filled(part: str, values: dict[str, str]) -> str:
    """`part` with the values in place. Once: a path may hold what looks like a place."""
    return re.sub(r"\{path\}|\{line\}", lambda found: values[found[0]], part)

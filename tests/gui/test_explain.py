import ast
import functools
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import notesai
from notesai import errors
from notesai.engine.protocol import EngineState, Failure
from notesai.errors import NotesaiError
from notesai.gui import explain
from notesai.gui.engine_process import EngineExit, ExitKind
from notesai.gui.i18n import Language

HANGUL = re.compile("[가-힣]")
CODE = re.compile(r"[a-z]+\.[a-z_]+")
FILE_NAMES = {"model.onnx", "model.toml", "model.safetensors"}

COMMAND_ROOMS = {"cli", "evaluation"}
"""What is raised there ends on the terminal."""

COMMAND_AREAS = {"release", "export"}
"""The page of the program looks for a newer release, and has words of its own; only a command
exports."""


def error_calls(tree: ast.AST) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args:
            name = getattr(node.func, "id", None) or getattr(node.func, "attr", "")
            kind = getattr(errors, name, None)
            if isinstance(kind, type) and issubclass(kind, NotesaiError):
                yield node


@functools.cache
def trees() -> tuple[ast.AST, ...]:
    root = Path(notesai.__file__).parent
    files = [file for file in sorted(root.rglob("*.py")) if _room(file, root) not in COMMAND_ROOMS]
    return tuple(ast.parse(file.read_text("utf-8")) for file in files)


def _room(file: Path, root: Path) -> str:
    return file.relative_to(root).parts[0]


def codes() -> set[str]:
    """Every code that an error may have, also where it is put together before it is raised."""
    texts = {
        node.value
        for tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    firsts = [call.args[0] for tree in trees() for call in error_calls(tree)]
    given = {first.value for first in firsts if isinstance(first, ast.Constant)}
    areas = {str(code).partition(".")[0] for code in given}
    named = {text for text in texts if CODE.fullmatch(text) and text.partition(".")[0] in areas}
    found = (given | named) - FILE_NAMES
    return {code for code in found if code.partition(".")[0] not in COMMAND_AREAS}


def meaning(code: str) -> explain.Explanation:
    return explain.failure(Failure(id=1, code=code, message="raw", hint="run `notesai`"))


def test_every_error_that_can_reach_the_window_is_explained_in_both_languages(
    language: Language,
) -> None:
    found = codes()
    assert {"save.disk_full", "index.unreachable", "reranker.unusable", "bug"} <= found
    for spoken in ("en", "ko"):
        language.choose(spoken)
        for code in sorted(found):
            said = meaning(code)
            assert said.what != "raw", f"{code} has no explanation in the window"
            assert said.what and "`" not in said.what + said.hint
            for text in filter(None, (said.what, said.hint)):
                assert bool(HANGUL.search(text)) is (spoken == "ko"), text


def test_codes_are_written_out_where_they_are_raised() -> None:
    made_up = [
        ast.unparse(call)
        for tree in trees()
        for call in error_calls(tree)
        if not isinstance(call.args[0], ast.Constant | ast.Name)
    ]
    assert made_up == []


def test_errors_are_explained_by_code_and_else_in_the_engine_s_words() -> None:
    unknown = Failure(id=1, code="new.code", message="It broke.", hint="Mend it.")
    assert explain.failure(unknown) == explain.Explanation("It broke.", "Mend it.")
    known = EngineState(state="failed", code="vault.missing", message="raw")
    assert explain.failure(known).what == "The folder of notes is not there."


def test_an_unknown_code_of_a_known_area_is_said_in_the_engine_s_words() -> None:
    for area in ("vault", "index", "note", "save", "ask", "switch"):
        assert meaning(f"{area}.of_tomorrow").what == "raw"


@pytest.mark.parametrize("kind", list(ExitKind))
def test_every_end_of_the_engine_is_explained(kind: ExitKind) -> None:
    said = explain.engine_gone(EngineExit(kind, 1))
    assert said.what and "notes are safe" in said.hint

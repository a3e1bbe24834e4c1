import ast
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from notesai.gui import i18n
from notesai.gui.i18n import Language
from notesai.gui.main_window import MainWindow

GUI = Path(i18n.__file__).parent
FILES = {code: i18n.translations() / f"notesai_{code}.ts" for code in i18n.LANGUAGES}
HANGUL = re.compile("[가-힣]")


def texts_in_code() -> Iterator[tuple[str, str]]:
    """Every text given to `tr` or `translate`, and the context that it is looked up in."""
    for file in sorted(GUI.rglob("*.py")):
        tree = ast.parse(file.read_text("utf-8"))
        for owner in [node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]:
            for call in _calls(owner, "tr"):
                yield owner.name, ast.literal_eval(call.args[0])
        for call in _calls(tree, "translate"):
            yield ast.literal_eval(call.args[0]), ast.literal_eval(call.args[1])


def _calls(tree: ast.AST, name: str) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        function = node.func
        called = function.attr if isinstance(function, ast.Attribute) else ""
        called = function.id if isinstance(function, ast.Name) else called
        first = node.args[0] if node.args else None
        if called == name and isinstance(first, ast.Constant) and isinstance(first.value, str):
            yield node


def texts_in_file(code: str) -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = {}
    for context in ElementTree.parse(FILES[code]).iter("context"):
        name = context.findtext("name") or ""
        for message in context.iter("message"):
            node = message.find("translation")
            assert node is not None and node.get("type") is None, "an unfinished translation"
            forms = [form.text or "" for form in node.iter("numerusform")] or [node.text or ""]
            found[name, message.findtext("source") or ""] = forms
    return found


def test_every_text_is_translated_into_korean() -> None:
    korean = texts_in_file("ko")
    wanted = set(texts_in_code())
    assert len(wanted) > 80
    assert wanted - korean.keys() == set(), "texts without a Korean translation"
    assert korean.keys() - wanted == set(), "translations of texts that no longer exist"
    for (_, source), forms in korean.items():
        assert HANGUL.search(forms[0]), source
        for mark in ("%Ln", "%1", "%2"):
            assert (mark in source) == (mark in forms[0]), source
        assert "!" not in forms[0]


def test_every_count_has_its_english_forms() -> None:
    english = texts_in_file("en")
    counted = {key for key in texts_in_code() if "%Ln" in key[1]}
    assert english.keys() == counted
    assert all(len(forms) == 2 for forms in english.values())


@pytest.mark.parametrize("code", i18n.LANGUAGES)
def test_the_compiled_file_is_that_of_the_source(code: str, tmp_path: Path) -> None:
    tool = shutil.which("pyside6-lrelease", path=str(Path(sys.executable).parent))
    if tool is None:
        pytest.skip("no lrelease here")
    fresh = tmp_path / "fresh.qm"
    subprocess.run([tool, str(FILES[code]), "-qm", str(fresh)], check=True, capture_output=True)
    compiled = FILES[code].with_suffix(".qm")
    assert fresh.read_bytes() == compiled.read_bytes()
    assert QTranslator().load(str(compiled))


def test_the_language_follows_the_system_unless_chosen(
    language: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Korean:
        def uiLanguages(self) -> list[str]:
            return ["fr-FR", "ko-KR", "en-US"]

    monkeypatch.setattr(QLocale, "system", staticmethod(Korean))
    language.choose("system")
    assert language.code == "ko"
    language.choose("en")
    assert language.code == "en"
    language.choose("nonsense")
    assert language.code == "ko"


def test_numbers_are_written_with_separators(language: Language) -> None:
    assert i18n.number(12480) == "12,480"


def shown_texts(window: QWidget) -> dict[str, str]:
    """All texts of the window's own, by widget; what comes from notes is left out."""
    texts: dict[str, str] = {}
    for at, widget in enumerate([window, *window.findChildren(QWidget)]):
        name = f"{at} {type(widget).__name__}"
        texts[f"{name} tooltip"] = widget.toolTip()
        texts[f"{name} accessible"] = widget.accessibleName()
        if isinstance(widget, QLabel | QAbstractButton):
            texts[f"{name} text"] = widget.text()
        if isinstance(widget, QLineEdit):
            texts[f"{name} placeholder"] = widget.placeholderText()
    return {name: text for name, text in texts.items() if re.search("[A-Za-z]{2}", text)}


OWN_TEXT = re.compile(
    r"\{path\}|^English$|#|\.md|/|Ctrl\+|^F3$|bilingual-mini|LanceDB|Cache inv|notesai|reading"
    r"|\d+ ms$|MB$"
)


def test_switching_the_language_changes_every_text_at_once(
    open_window: Callable[..., MainWindow], language: Language, qtbot: QtBot
) -> None:
    window = open_window()
    qtbot.waitUntil(lambda: bool(window.search.reading.path))
    window.show_view("status")
    qtbot.waitUntil(lambda: window.status.tiles["notes"].figure == "12")
    window.show_view("search")
    related: list[str] = []
    window.search.reading.related_found.connect(lambda found: related.append(found.note))
    window.field.set_query("cache")
    qtbot.waitUntil(lambda: window.search.results.list.accessibleName() == "Results")
    # The first result is opened a moment later, and what is like it comes after it: until then
    # texts change whatever the language.
    first = window.search.results.list.rows[0].path
    qtbot.waitUntil(lambda: related[-1:] == [first])
    english, english_hint = shown_texts(window), window.field.edit.placeholderText()
    assert len(english) > 40
    language.choose("ko")
    qtbot.waitUntil(lambda: window.field.edit.placeholderText() != english_hint)
    korean = shown_texts(window)
    left = {text for name, text in korean.items() if english.get(name) == text}
    left = {text for text in left if not OWN_TEXT.search(text)}
    assert left == set(), "texts that stayed English"
    language.choose("en")
    qtbot.waitUntil(lambda: window.field.edit.placeholderText() == english_hint)
    assert shown_texts(window) == english


def test_a_state_is_said_anew_in_the_other_language(
    open_window: Callable[..., MainWindow], language: Language, qtbot: QtBot
) -> None:
    window = open_window("empty")
    state = window.search.results.state
    qtbot.waitUntil(lambda: state.what == "There are no notes in this folder yet.")
    language.choose("ko")
    qtbot.waitUntil(lambda: state.what == "이 폴더에는 아직 노트가 없어요.")
    assert state.button.text() == "폴더 열기"


def test_counts_take_the_right_form(language: Language) -> None:
    def results(count: int) -> str:
        return QCoreApplication.translate("ResultsCard", "%Ln result(s)", None, count)

    assert [results(n) for n in (1, 2, 12480)] == ["1 result", "2 results", "12,480 results"]
    language.choose("ko")
    assert results(6) == "결과 6"

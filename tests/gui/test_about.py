import json
import sys
from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from notesai import about
from notesai.gui.i18n import Language
from notesai.gui.settings.about_section import AboutSection
from notesai.gui.settings.licence_dialog import LicenceDialog

Make = Callable[..., AboutSection]


@pytest.fixture
def make(qtbot: QtBot, language: Language) -> Make:
    def section(program: str = "") -> AboutSection:
        made = AboutSection()
        qtbot.addWidget(made)
        made.command.program = lambda: [sys.executable, "-c", program]
        made.show()
        return made

    return section


def printing(version: str, *, newer: bool) -> str:
    latest = {"version": version, "newer": newer, "address": "https://n.test"}
    told = json.dumps({"version": "0", "parts": [], "latest": latest})
    return f"import sys; assert sys.argv[1:] == ['about', '--check', '--json']; print({told!r})"


def test_it_says_the_version_and_what_is_new_in_it(
    make: Make, language: Language, qtbot: QtBot
) -> None:
    section = make()
    assert section.version.text() == f"notesai {about.version()}"
    english = section.news.text()
    assert english.count("•") == len(about.news("en")) == len(about.news("ko")) > 0
    language.choose("ko")
    qtbot.waitUntil(lambda: section.news.text() != english)
    language.choose("en")


def test_nothing_is_looked_for_until_the_button_is_pressed(make: Make, qtbot: QtBot) -> None:
    section = make(printing("9.9", newer=True))
    assert not section.command.running and not section.found.isVisible()
    section.look.click()
    assert section.found.text() == "Looking…" and not section.look.isEnabled()
    qtbot.waitUntil(lambda: section.look.isEnabled())
    assert section.found.text() == "Version 9.9 is there: https://n.test"


@pytest.mark.parametrize(
    ("program", "said"),
    [
        (printing("0.1", newer=False), "This is the newest version."),
        ("print('no JSON')", "The list of versions could not be read. Try again later."),
        (
            'import sys; sys.stderr.write(\'{"code": "network.off", "message": "Off."}\')\n'
            "sys.exit(1)",
            "The network is switched off in the settings. Nothing was sent.",
        ),
    ],
)
def test_what_was_found_is_said(make: Make, qtbot: QtBot, program: str, said: str) -> None:
    section = make(program)
    section.look.click()
    qtbot.waitUntil(lambda: section.look.isEnabled())
    assert section.found.text() == said


def test_licences_are_read_where_their_texts_are(
    make: Make, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = (
        about.Part("One", "1.0", "MIT", texts=("Do as you like.",)),
        about.Part("Two", "2.0", "BSD-3-Clause"),
    )
    monkeypatch.setattr(about, "parts", lambda: parts)
    section = make()
    assert section.parts.rowCount() == 2 and section.read.isEnabled()
    section.read.click()
    (dialog,) = section.findChildren(LicenceDialog)
    assert dialog.text.toPlainText() == "Do as you like." and dialog.text.isReadOnly()
    dialog.reject()
    section.table.selectRow(1)
    assert not section.read.isEnabled()
    section.read.click()
    assert [d for d in section.findChildren(LicenceDialog) if d.isVisible()] == []

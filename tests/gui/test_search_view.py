"""The search view between queries that come faster than answers."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from notesai.engine import protocol
from notesai.gui.i18n import Language
from notesai.gui.main_window import MainWindow
from notesai.gui.views import search_view

Open = Callable[..., MainWindow]


def test_nothing_of_an_older_query_is_ever_shown(
    open_window: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = open_window().search
    shown: list[tuple[str, str]] = []
    show = view.results.show_results

    def spy(rows: object, result: object, *, same_subject: bool) -> None:
        shown.append((result.query, view.query))
        show(rows, result, same_subject=same_subject)

    monkeypatch.setattr(view.results, "show_results", spy)
    queries = [("임베딩", "cache", "벡터", "index")[n % 4] + " " * (n // 4) for n in range(100)]
    for number, query in enumerate(queries):
        view.search(query)
        if number % 9 == 0:
            qtbot.wait(1)
    qtbot.waitUntil(lambda: bool(shown) and shown[-1][0] == queries[-1], timeout=15_000)
    assert all(answered == asked for answered, asked in shown)


def test_a_search_that_another_one_cut_short_is_made_again(
    open_window: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window()
    view = window.search
    view._again.setInterval(10)
    view.search("!partial")
    calls = [view._call]
    cut = protocol.Cancel(id=1_000_000, target=view._call)
    window._client._process.write(protocol.encode(cut))
    qtbot.waitUntil(lambda: view._call != calls[0], timeout=15_000)
    assert view.query == "!partial"
    view.search("")


@pytest.mark.parametrize(
    ("query", "advice"),
    [
        ("qqqq wwww", "Try other or fewer words."),
        ('"qqqq', "quotation marks"),
        ("qqqq -wwww", "a minus"),
        ("tag:qqqq", "a filter"),
        ("well-known qqqq", "Try other or fewer words."),
    ],
)
def test_who_finds_nothing_is_told_what_to_try(
    open_window: Open, qtbot: QtBot, query: str, advice: str
) -> None:
    assert bool(search_view._NARROWING.search(query)) == ("Try other" not in advice)
    view = open_window().search
    view._mode = view._mode.LEXICAL
    view.search(query)
    qtbot.waitUntil(lambda: not view.results.shows_list, timeout=15_000)
    qtbot.waitUntil(lambda: advice in texts(view.results.state), timeout=15_000)


def test_a_very_long_query_is_quoted_in_part(
    open_window: Open, qtbot: QtBot, language: Language
) -> None:
    view = open_window().search
    view._mode = view._mode.LEXICAL
    view.search("qqqq" * 2500)
    qtbot.waitUntil(lambda: "qqqq…" in texts(view.results.state), timeout=15_000)
    assert len(texts(view.results.state)) < 400


def texts(widget: object) -> str:
    from PySide6.QtWidgets import QLabel

    return "\n".join(label.text() for label in widget.findChildren(QLabel))

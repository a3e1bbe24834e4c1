"""What is in the pictures: a home and notes of their own, the real engine, and one window."""

import os
import shutil
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from devtool.pictures.camera import wait_until, work
from notesai.gui.appearance import Appearance
from notesai.gui.client import EngineClient
from notesai.gui.desktop import start_at_login
from notesai.gui.desktop.hotkey.binding import Binding
from notesai.gui.desktop.hotkey.hotkey import Hotkey
from notesai.gui.desktop.hotkey.keys import Keys
from notesai.gui.engine_process import engine_command
from notesai.gui.i18n import Language
from notesai.gui.main_window import MainWindow
from notesai.gui.preferences import Preferences, follow
from notesai.gui.reading_pane import Place, ReadingPane
from notesai.gui.requests import Replies
from notesai.gui.settings.desktop import Desktop
from notesai.model import SearchMode, SearchResult, VaultStatus
from notesai.paths import home, sample_vault

_CHANGED = datetime(2026, 6, 20, 12, tzinfo=UTC).timestamp()
_HOUR = 3600
_LOOK_MS = 300
_LOOKS = 600
"""So often is asked for the index; the first time it is made from nothing."""
_MILLISECONDS = 14.0
_INDEX_BYTES = 1_940_000
_VISITS = (
    (
        "2026-06-18T09:12:04+00:00",
        "huggingface.co",
        "downloading the model intfloat/multilingual-e5-small",
        0,
    ),
    (
        "2026-06-18T09:12:41+00:00",
        "huggingface.co",
        "downloading the model intfloat/multilingual-e5-small",
        118_300_000,
    ),
)


class FreeKeys(Binding):
    """A desktop on which any keys can be had."""

    def bind(self, keys: Keys) -> None:
        """Take `keys`: nobody else has them."""

    def release(self) -> None:
        """There is nothing to give back."""


class SteadyClient(EngineClient):
    """The engine's answers without what is different in each run: times and sizes."""

    @property
    def idle(self) -> bool:
        """True while no answer is waited for."""
        return not self._calls

    def search(self, query: str, mode: SearchMode, replies: Replies[SearchResult]) -> int:
        """As the client does it, always in the same time."""

        def steady(tell: Callable[[SearchResult], None]) -> Callable[[SearchResult], None]:
            return lambda result: tell(replace(result, milliseconds=_MILLISECONDS))

        same = replace(replies, ok=steady(replies.ok), partial=steady(replies.partial))
        return super().search(query, mode, same)

    def status(self, replies: Replies[VaultStatus]) -> int:
        """As the client does it, with an index of the same size in a place of the same name."""

        def steady(status: VaultStatus) -> None:
            place = Path(status.index_path).with_name("Notes-5d1f0a97c36b")
            replies.ok(replace(status, index_bytes=_INDEX_BYTES, index_path=str(place)))

        return super().status(replace(replies, ok=steady))


@dataclass
class Stage:
    """One window in one language and one theme, on the notes in `vault`."""

    window: MainWindow
    client: SteadyClient
    look: Appearance
    language: str
    vault: Path
    hotkey: Hotkey

    def choose(self, korean: str, english: str) -> str:
        """The words that fit the language of the picture."""
        return korean if self.language == "ko" else english

    def search(self, query: str) -> None:
        """Search, and wait for the results and the note that they open."""
        window = self.window
        window.show_view("search")
        window.field.set_query(query)
        wait_until(lambda: window.search.query == query and self.client.idle, "results")
        first = window.search.results.list.rows[0].path
        wait_until(lambda: window.search.reading.path == first, "the first result")
        self.wait_for_related(window.search.reading)

    def read(self, path: str) -> ReadingPane:
        """Open a note among all notes and wait for it."""
        self.window.show_view("notes")
        pane = self.window.notes.reading
        pane.open(Place(path))
        wait_until(lambda: pane.path == path and not pane.reader.page.busy, path)
        self.wait_for_related(pane)
        return pane

    def wait_for_related(self, pane: ReadingPane) -> None:
        """Wait until the notes related to the one shown are there, not those of the one before."""
        wait_until(lambda: bool(pane.related.list.rows) and self.client.idle, "related notes")


class Theatre:
    """Opens one stage after the other. The home folder is that of the environment."""

    def __init__(self, app: QApplication) -> None:
        self.vault = Path.home() / "Notes"
        self._preferences = Preferences(home().settings_file, app)
        self._look = Appearance(app, self._preferences.now.theme)
        self._language = Language(app, self._preferences.now.language)
        follow(self._preferences, self._look, self._language)

    def furnish(self) -> None:
        """Put notes into the folder, all of fixed dates, and lines into the log of connections."""
        if not self.vault.is_dir():
            shutil.copytree(sample_vault(), self.vault)
        (self.vault / "journal" / "voice-memo.md").write_bytes(bytes(range(256)) * 9)
        for at, file in enumerate(sorted(self.vault.rglob("*.*"))):
            changed = _CHANGED - at * _HOUR
            os.utime(file, (changed, changed))
        log = home().connections
        log.parent.mkdir(parents=True, exist_ok=True)
        line = '{{"time": "{}", "host": "{}", "purpose": "{}", "bytes": {}}}\n'
        log.write_text("".join(line.format(*visit) for visit in _VISITS), "utf-8")
        self._preferences.remember(Path.home() / "Work" / "Wiki")
        self._preferences.remember(self.vault)

    @contextmanager
    def stage(
        self, language: str, theme: str, vault: Path | None = None, *, ready: bool = True
    ) -> Generator[Stage]:
        """A window on `vault`, without one the first page; `ready` waits for all its notes."""
        self._preferences.change("language", language)
        self._preferences.change("theme", theme)
        client = SteadyClient(engine_command(vault) if vault is not None else ())
        hotkey = Hotkey(FreeKeys())
        hotkey.try_set(self._preferences.now.hotkey)
        desktop = Desktop(hotkey=hotkey, login=start_at_login)
        window = MainWindow(self._look, client, vault, self._preferences, desktop)
        window.show()
        if vault is not None:
            client.start()
        stage = Stage(window, client, self._look, language, vault or self.vault, hotkey)
        try:
            if ready and vault is not None:
                wait_until(lambda: client.ready and window.titles.loaded, "the engine")
                _wait_for_index(stage)
            yield stage
        finally:
            window.close()
            client.stop()
            if vault is not None and vault != self.vault:
                # Every picture is of a person who knows the same folders.
                self._preferences.forget(vault)
            for thing in (window, client, hotkey):
                thing.deleteLater()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _wait_for_index(stage: Stage) -> None:
    """Wait until all is embedded: no event says that it was so before."""
    status: list[VaultStatus] = []

    def done() -> bool:
        return bool(status) and status[-1].chunks > 0 and status[-1].pending == 0

    for _ in range(_LOOKS):
        stage.client.status(Replies(ok=status.append))
        work(_LOOK_MS)
        if done() and stage.window.activity.progress is None:
            return
    raise TimeoutError("waited in vain for the index")

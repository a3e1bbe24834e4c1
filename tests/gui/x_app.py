"""The app on an X display, as somebody uses it who can read titles and knows where things are."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from x_desktop import Program, wait_until

_TYPING_PAUSE = 0.35
"""Seconds after which the field takes what stands there for what was meant."""


class App(Program):
    """One run of the app with its main window."""

    def opened(self) -> None:
        wait_until(lambda: bool(self.main_title()), "no window appeared")
        wait_until(self._has_keyboard, "the window has no keyboard")

    def _has_keyboard(self) -> bool:
        """A window manager that starts after the window may leave it to be clicked on."""
        if self.focused() == self.main_title():
            return True
        self.xdotool("search", "--onlyvisible", "--name", "notesai", "windowactivate")
        return False

    def opens(self, words: str, title: str) -> None:
        """Search for words until the note of that title is what the window shows."""
        shown = f"{title!r} never opened for {words!r}"
        wait_until(lambda: self.tries_to_open(words, title), shown)

    def tries_to_open(self, words: str, title: str) -> bool:
        """Search once; whether that shows the note of that title."""
        self.key("ctrl+k", "ctrl+a", "BackSpace")
        # The same words typed again are no new search unless the field was seen empty.
        time.sleep(_TYPING_PAUSE)
        self.write(words)
        time.sleep(_TYPING_PAUSE)
        until = time.monotonic() + 1.0
        self.key("Return")
        while time.monotonic() < until:
            if self.main_title().startswith(title):
                return True
            time.sleep(0.05)
        return False

    def edits(self, text: str) -> None:
        """Write `text` at the end of the note that is shown."""
        self.key("ctrl+e")
        self.key("ctrl+End")
        self.write(text)

    def click(self, x: int, y: int) -> None:
        """Click into the window; negative places count from its right and bottom."""
        window = self.xdotool("getactivewindow")
        lines = self.xdotool("getwindowgeometry", "--shell", window).splitlines()
        shape = dict(line.split("=", 1) for line in lines)
        place = (x % int(shape["WIDTH"]), y % int(shape["HEIGHT"]))
        self.xdotool("mousemove", "--window", window, *map(str, place))
        self.xdotool("click", "1")
        # A tip that comes up under the mouse is a window, too.
        self.xdotool("mousemove", "0", "0")

    def quits(self) -> str:
        """Close the window; what was printed meanwhile."""
        self.key("ctrl+q")
        _, errors = self.process.communicate(timeout=30)
        assert self.process.returncode == 0, errors.decode()
        return errors.decode()


class Starter:
    """Starts the app any number of times on one display."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.environment = {**environment, "LANG": "en_US.UTF-8"}
        self.apps: list[App] = []

    def __call__(self, *arguments: str, **variables: str) -> App:
        self.apps.append(App({**self.environment, **variables}, *arguments))
        self.apps[-1].opened()
        return self.apps[-1]


@contextmanager
def starter(environment: dict[str, str]) -> Iterator[Starter]:
    """A starter, and the end of all that it has started."""
    start = Starter(environment)
    try:
        yield start
    finally:
        for app in start.apps:
            app.end()

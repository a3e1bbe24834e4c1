"""Where the person is reading, and the ways back and forward along the links that were followed."""

from dataclasses import dataclass

from notesai.gui.reading.marks import Span

MOST_KEPT = 100


@dataclass(frozen=True, slots=True)
class Place:
    """A note and what to show of it: passages, or a heading."""

    path: str
    spans: tuple[Span, ...] = ()
    heading: str = ""


class History:
    """Places before and after the present one, which whoever asks knows."""

    def __init__(self) -> None:
        self._back: list[Place] = []
        self._forward: list[Place] = []

    @property
    def has_back(self) -> bool:
        """True if there is a way back."""
        return bool(self._back)

    @property
    def has_forward(self) -> bool:
        """True if there is a way forward again."""
        return bool(self._forward)

    def clear(self) -> None:
        """Begin anew."""
        self._back.clear()
        self._forward.clear()

    def follow(self, here: Place) -> None:
        """A link leads on from `here`."""
        self._back = [*self._back[-MOST_KEPT + 1 :], here]
        self._forward.clear()

    def back(self, here: Place | None) -> Place | None:
        """The place before `here`, if there is one."""
        return _step(self._back, self._forward, here)

    def forward(self, here: Place | None) -> Place | None:
        """The place from which was gone back, if there is one."""
        return _step(self._forward, self._back, here)


def _step(source: list[Place], target: list[Place], here: Place | None) -> Place | None:
    if not source:
        return None
    if here is not None:
        target.append(here)
    return source.pop()

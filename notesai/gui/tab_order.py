"""The order in which Tab goes through a window: as one reads, from the left, then from above.

Qt's own is the order in which widgets were made, and pages, lists and their buttons are made when
they are first needed.
"""

from functools import cmp_to_key

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QWidget


def tab_order(parent: QWidget) -> list[QWidget]:
    """What takes the keyboard by Tab within `parent` now: what stands beside something else comes
    before or after all of it, what stands above or below likewise.
    """
    children = [
        child
        for child in parent.children()
        if isinstance(child, QWidget) and child.isVisible() and not child.isWindow()
    ]
    children.sort(key=cmp_to_key(lambda a, b: _compare(a.geometry(), b.geometry())))
    found: list[QWidget] = []
    for child in children:
        if _takes_tab(child):
            found.append(child)
        found += tab_order(child)
    return found


def neighbour(order: list[QWidget], current: QWidget | None, *, forward: bool) -> QWidget | None:
    """Who comes after, or before, `current` in a round; None if there is nobody to go to."""
    if not order:
        return None
    step = 1 if forward else -1
    place = current
    while place is not None and place not in order:
        # A part of something that is gone to as a whole.
        place = place.parentWidget()
    if place is None:
        return order[0 if forward else -1]
    return order[(order.index(place) + step) % len(order)]


def _takes_tab(widget: QWidget) -> bool:
    by_tab = Qt.FocusPolicy.TabFocus
    return (
        widget.isEnabled()
        and (widget.focusPolicy() & by_tab) == by_tab
        and widget.focusProxy() is None
    )


def _compare(a: QRect, b: QRect) -> int:
    """Negative if `a` is read before `b`."""
    if a.bottom() < b.top():
        return -1
    if b.bottom() < a.top():
        return 1
    return a.left() - b.left()

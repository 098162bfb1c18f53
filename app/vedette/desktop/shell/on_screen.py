"""Where a window may stand, so that it can be seen and taken hold of. Values in, values out."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect

_LEAST = QPoint(120, 40)
"""So much of a window's upper edge has to be in sight."""


def is_in_sight(window: QRect, screens: Sequence[QRect]) -> bool:
    """Return whether enough of the upper edge of *window* lies on one of *screens*."""
    edge = QRect(window.left(), window.top(), window.width(), _LEAST.y())
    return any(
        part.width() >= min(_LEAST.x(), window.width()) and part.height() >= _LEAST.y()
        for part in (edge.intersected(screen) for screen in screens)
    )


def brought_back(window: QRect, screens: Sequence[QRect]) -> QRect:
    """Return *window* as it is if it can be seen, else on the first of *screens*, no larger than that."""
    if not screens or is_in_sight(window, screens):
        return window
    primary = screens[0]
    size = window.size().boundedTo(primary.size())
    found = QRect(primary.topLeft(), size)
    found.moveCenter(primary.center())
    return found


def beside(window: QRect, step: int, screens: Sequence[QRect]) -> QRect:
    """Return the place of a further window: *step* right and down, from the corner where that ends."""
    moved = window.translated(step, step)
    screen = next((area for area in screens if area.contains(window.topLeft())), None)
    if screen is not None and not screen.contains(moved.bottomRight()):
        moved.moveTopLeft(screen.topLeft() + QPoint(step, step))
        if not screen.contains(moved.bottomRight()):
            moved = moved.intersected(screen)
    return moved

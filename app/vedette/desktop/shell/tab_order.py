"""Tab through a window: to each control in turn, whatever pane it lies in."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def neighbour(window: QWidget, *, forward: bool) -> QWidget | None:
    """Return the control of *window* after (or before) the one with the focus, None if there is no other.

    Qt's own walk enters a pane that has a focus proxy through that proxy and so passes by every control
    before it; here only controls that take the focus themselves are stations.
    """
    start = window.focusWidget() or window
    at = _step(start, forward=forward)
    while at is not None and at is not start:
        if _is_station(at, window):
            return at
        at = _step(at, forward=forward)
    return None


def _step(widget: QWidget, *, forward: bool) -> QWidget | None:
    return widget.nextInFocusChain() if forward else widget.previousInFocusChain()


def _is_station(widget: QWidget, window: QWidget) -> bool:
    return (
        bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        and widget.focusProxy() is None
        and widget.isEnabled()
        and widget.isVisibleTo(window)
        and widget.window() is window
    )

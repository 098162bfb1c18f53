"""Where the keyboard is among the panes of a window: from one to the next, and never nowhere."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def panes_of(before: Sequence[QWidget], view: QWidget | None, after: QWidget) -> list[QWidget]:
    """Return the panes in sight in reading order; a *view* with a splitter counts as its parts."""
    parts: list[QWidget] = [] if view is None else [view]
    splitter = getattr(view, "splitter", None)
    if splitter is not None:
        parts = [splitter.widget(n) for n in range(splitter.count())]
    return [pane for pane in (*before, *parts, after) if pane.isVisible()]


def cycle(panes: Sequence[QWidget], focus: QWidget | None, by: int) -> None:
    """Bring the keyboard to the pane *by* places after the one with *focus* that can take it."""
    at = next(
        (n for n, pane in enumerate(panes) if focus is not None and holds(pane, focus)),
        0 if by < 0 else -1,
    )
    for step in range(1, len(panes) + 1):
        target = first_focus(panes[(at + by * step) % len(panes)])
        if target is not None:
            target.setFocus(Qt.FocusReason.TabFocusReason)
            return


def hold_focus(window: QWidget, give: Callable[[], None]) -> None:
    """Have *give* place the keyboard if nothing in *window* has it: what should have had it came late."""
    focus = window.focusWidget()
    if window.isActiveWindow() and (focus is None or focus is window or not focus.isVisible()):
        give()


def holds(pane: QWidget, widget: QWidget) -> bool:
    """Return whether *widget* is *pane* or in it."""
    return pane is widget or pane.isAncestorOf(widget)


def first_focus(pane: QWidget) -> QWidget | None:
    """Return the widget in *pane* that takes the keyboard first, None if none does."""
    proxy = pane.focusProxy()
    if proxy is not None and proxy.isVisibleTo(pane):
        return proxy
    at = pane.nextInFocusChain()
    while at is not None and at is not pane:
        takes = at.focusPolicy() & Qt.FocusPolicy.TabFocus
        if takes and pane.isAncestorOf(at) and at.isVisible() and at.isEnabled():
            return at
        at = at.nextInFocusChain()
    return None

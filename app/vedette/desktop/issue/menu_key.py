"""The menu of whatever has the keyboard, opened by a key where no Menu key is."""

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QWidget


def open_menu_at_focus(within: QWidget) -> bool:
    """Open the menu of the widget inside *within* that has the focus; return whether it has one."""
    focus = within.focusWidget()
    if focus is None or not (focus is within or within.isAncestorOf(focus)):
        return False
    has_menu = focus.contextMenuPolicy() == Qt.ContextMenuPolicy.CustomContextMenu
    if not has_menu and type(focus).contextMenuEvent is QWidget.contextMenuEvent:
        return False
    found = focus.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
    at = found.center() if isinstance(found, QRect) else QPoint(8, 8)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, at, focus.mapToGlobal(at))
    QApplication.sendEvent(focus, event)
    return event.isAccepted()

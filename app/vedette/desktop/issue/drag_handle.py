"""A button that can be dragged out of the window as a file; a click does what the button says."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from vedette.desktop.issue.dragging import DragStart, drag_file
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.buttons import Button

GetFile = Callable[[], Path | None]
"""Returns the file to be dragged, written by now; None if there is none (yet)."""


class DragHandle(Button):
    """Looks like any button. ``pressed`` is the moment to write the file, in a worker thread."""

    def __init__(
        self,
        theme: Theme,
        text: str,
        get_file: GetFile,
        *,
        name: str,
        role: str = "small",
        icon: str = "grip-vertical",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, text, name=name, role=role, icon=icon, parent=parent)
        self._get_file = get_file
        self._start = DragStart()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._start.press(event)
        super().mousePressEvent(event)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        path = self._get_file()
        if path is not None and self._start.begins(event):
            self.setDown(False)
            drag_file(self, path)
            return
        super().mouseMoveEvent(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._start.release()
        super().mouseReleaseEvent(event)

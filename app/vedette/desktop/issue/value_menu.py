"""What can be done with one value of an event: filter to it, exclude it, see it in every event."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu

from vedette.desktop.issue.read import EventPage
from vedette.desktop.language import tr
from vedette.desktop.widgets.json_values import Step, as_text, is_container, path_text


class ValueActions(QObject):
    """Fills the menus of tables and trees for the event shown; filters where a tag says the same."""

    filterRequested = Signal(str, str, bool)
    """A tag's key, its value, and True to exclude it."""
    columnWanted = Signal(str)
    """A tag's key or a path: show it as a column of all events."""
    acrossWanted = Signal(str)
    """A tag's key: show how the issue's events spread over its values."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._tags: dict[str, str] = {}

    def set_page(self, page: EventPage) -> None:
        """Speak of another event from now on."""
        self._tags = dict(page.tags)

    def tag_of(self, path: Sequence[Step], value: Any) -> str | None:
        """Return the key a search finds *value* at *path* by, None if it cannot."""
        if is_container(value) or value is None:
            return None
        text = as_text(value)
        steps = [str(step) for step in path]
        names = {
            ".".join(steps),
            ".".join(steps[1:]),
            steps[-1],
            steps[-2] if len(steps) > 1 and steps[-1] in ("name", "value") else "",
        }
        for name in sorted(names, key=len, reverse=True):
            if name and self._tags.get(name) == text:
                return name
        if steps[0] == "user" and self._tags.get("user") == f"{steps[-1]}:{text}":
            return f"user.{steps[-1]}"
        return None

    def fill(self, menu: QMenu, path: Sequence[Step], value: Any) -> None:
        """Add what can be done with *value* at *path* of the event to *menu*, ended by a separator."""
        tag = self.tag_of(path, value)
        if tag is not None:
            text = as_text(value)
            menu.addAction(tr("Filter to")).triggered.connect(
                lambda: self.filterRequested.emit(tag, text, False)
            )
            menu.addAction(tr("Exclude")).triggered.connect(
                lambda: self.filterRequested.emit(tag, text, True)
            )
        column = tag if tag is not None else f".{path_text(path)}"
        menu.addAction(tr("Show as a column of all events")).triggered.connect(
            lambda: self.columnWanted.emit(column)
        )
        across = tag
        if across is not None:
            menu.addAction(tr("Compare across events")).triggered.connect(
                lambda: self.acrossWanted.emit(across)
            )
        menu.addSeparator()

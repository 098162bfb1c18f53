"""The tags of the event shown, each with how usual its value is among the issue's events."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from vedette.desktop.issue.parts import ColumnPage, empty_part, lined_table
from vedette.desktop.issue.read import EventPage, IssueHead
from vedette.desktop.issue.value_menu import ValueActions
from vedette.desktop.language import tr
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.buttons import Button
from vedette.desktop.widgets.key_values import KeyValue
from vedette.desktop.widgets.units import count, percent


class TagsPage(ColumnPage):
    """Tags of this event; a click filters to a value, with Alt it excludes it."""

    filterRequested = Signal(str, str, bool)
    """Tag, value, and True for exclude."""
    allWanted = Signal()
    """The tags of all events are to be shown."""

    def __init__(self, theme: Theme, actions: ValueActions, parent: QWidget | None = None) -> None:
        super().__init__(name="event.section.tags", title=tr("Tags"), parent=parent)
        self._theme = theme
        self._actions = actions
        self._tags: dict[str, str] = {}

    def set_page(self, page: EventPage, head: IssueHead) -> None:
        """Show another event's tags."""
        self.clear_column()
        self._tags = dict(page.tags)
        if not page.tags:
            self.column.addWidget(empty_part(self._theme, "event.tags.empty", tr("No tags"), icon="tags"), 1)
            return
        every = Button(
            self._theme, tr("Tags of all events"), name="event.tags.all", role="small", icon="tags"
        )
        every.clicked.connect(self.allWanted)
        title = tr("Tags of this event")
        self.add_title(title, every, note=count(len(page.tags)))
        shares = _shares(head)
        rows = [KeyValue(key, value, link=True, tip=_tip(key, value, shares)) for key, value in page.tags]
        table = lined_table(self._theme, "event.tags", title, rows, actions=self._actions, path=("tags",))
        table.linkFollowed.connect(self._filter)
        self.column.addWidget(table)
        self.column.addStretch(1)
        self.scroll_to_top()

    def _filter(self, key: str) -> None:
        held = QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.AltModifier
        self.filterRequested.emit(key, self._tags[key], bool(held))


def _shares(head: IssueHead) -> dict[tuple[str, str], tuple[int, int]]:
    return {(tag.key, value.value): (value.n, tag.total) for tag in head.tags for value in tag.top}


def _tip(key: str, value: str, shares: dict[tuple[str, str], tuple[int, int]]) -> str:
    lines = []
    if (key, value) in shares:
        n, total = shares[key, value]
        lines.append(
            tr("{share}: {count} of {total} events").format(
                share=percent(n, total), count=count(n), total=count(total)
            )
        )
    lines.append(tr("Click to filter to it, Alt+click to exclude it"))
    return "\n".join(lines)

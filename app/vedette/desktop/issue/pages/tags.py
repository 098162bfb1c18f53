"""The event's tags, and how the issue's events spread over their values."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from vedette.desktop.issue.parts import ColumnPage, empty_part, lined_table
from vedette.desktop.issue.read import EventPage, IssueHead
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.key_values import KeyValue, KeyValueTable
from vedette.desktop.widgets.labels import label
from vedette.desktop.widgets.units import percent, plural
from vedette.store.queries.issue_details import TagSummary

_MOST_VALUES = 6


class TagsPage(ColumnPage):
    """Tags of this event, then of all events of the issue."""

    filterRequested = Signal(str, str, bool)
    """Tag, value, and True for exclude."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(name="event.section.tags", title="Tags", parent=parent)
        self._theme = theme

    def set_page(self, page: EventPage, head: IssueHead) -> None:
        """Show another event's tags."""
        self.clear_column()
        if not page.tags and not head.tags:
            self.column.addWidget(empty_part(self._theme, "event.tags.empty", "No tags", "", "tags"), 1)
            return
        if page.tags:
            self.add_title("This event", note=plural(len(page.tags), "tag"))
            self._add_table(
                "event.tags", "Tags of this event", [KeyValue(key, value) for key, value in page.tags]
            )
        if head.tags:
            self.add_title("All events of the issue", note=plural(head.issue.n, "event"))
            self._add_distributions(head.tags)
        self.column.addStretch(1)
        self.scroll_to_top()

    def _add_distributions(self, tags: Sequence[TagSummary]) -> None:
        for tag in tags:
            note = f"{tag.key}  ·  {plural(tag.unique, 'value')}"
            self.column.addWidget(label(note, "caption.strong"))
            rows = [
                KeyValue(percent(value.n, tag.total), value.value, tip=f"{value.n:,} of {tag.total:,} events")
                for value in tag.top[:_MOST_VALUES]
            ]
            table = KeyValueTable(
                self._theme,
                name=f"event.tags.{tag.key}",
                title=f"Values of {tag.key}",
                label_width=64,
                filters=True,
            )
            table.set_rows(rows)
            table.filterRequested.connect(
                lambda _, value, exclude, key=tag.key: self.filterRequested.emit(key, value, exclude)
            )
            self.column.addWidget(table)
            left = tag.unique - min(len(tag.top), _MOST_VALUES)
            if left > 0:
                self.column.addWidget(label(f"and {plural(left, 'more value')}", "caption"))

    def _add_table(self, name: str, title: str, rows: Sequence[KeyValue]) -> None:
        table = lined_table(self._theme, name, title, rows, filters=True)
        table.filterRequested.connect(self.filterRequested)
        self.column.addWidget(table)

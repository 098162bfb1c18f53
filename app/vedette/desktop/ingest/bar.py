"""Above the list: tabs with counts, the filter, what is new. Things make way as it gets narrow."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout
from typing_extensions import override

from vedette.desktop.ingest.filter import TABS
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets import units
from vedette.desktop.widgets.buttons import Button
from vedette.desktop.widgets.labels import label
from vedette.desktop.widgets.search_field import SearchField
from vedette.desktop.widgets.segmented import Segment, Segmented

# Widths in pixels below which something makes way.
_PROMISE_FROM = 1_000
_ONE_LINE_FROM = 740
_COUNTS_FROM = 480


class IngestBar(QFrame):
    """The inspector's upper edge."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._counts: dict[str, int] = {}
        self._newer = 0
        self.setObjectName("ingest.bar")
        self.setProperty("role", "bar")
        self.tabs = Segmented(
            theme,
            [*(Segment(key, key.capitalize()) for key in TABS), Segment("senders", "Senders")],
            name="ingest.tabs",
            title="Which requests",
        )
        self.field = SearchField(
            theme,
            name="ingest.filter",
            title="Filter requests",
            hint="Filter: sender, path, item, outcome:refused",
        )
        self.newer = Button(theme, "", name="ingest.newer", role="small", icon="arrow-up")
        self._promise = label("nothing is dropped silently", "caption", name="ingest.promise")
        rest = QHBoxLayout()
        rest.setSpacing(12)
        for widget in (self.field, self.newer, self._promise):
            rest.addWidget(widget, 1 if widget is self.field else 0)
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setContentsMargins(14, 8, 14, 8)
        self._layout.setSpacing(12)
        self._layout.addWidget(self.tabs)
        self._layout.addLayout(rest, 1)
        self.offer_newer(0)

    def set_count(self, tab: str, count: int) -> None:
        """Show how many there are on *tab*."""
        self._counts[tab] = count
        self._show_counts()

    def offer_newer(self, count: int) -> None:
        """Offer the way to so many requests that came above what is in sight."""
        self._newer = count
        text = units.plural(count, "new request") if count else ""
        self.newer.setText(text)
        self.newer.setAccessibleName(text)
        self.newer.setVisible(bool(count))
        self._show_promise()

    def _show_counts(self) -> None:
        for tab, count in self._counts.items():
            self.tabs.set_count(tab, count if self.width() >= _COUNTS_FROM else None)

    def _show_promise(self) -> None:
        self._promise.setVisible(self.width() >= _PROMISE_FROM and not self._newer)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_counts()
        self._show_promise()
        one_line = event.size().width() >= _ONE_LINE_FROM
        directions = QBoxLayout.Direction
        self._layout.setDirection(directions.LeftToRight if one_line else directions.TopToBottom)

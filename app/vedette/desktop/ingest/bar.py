"""Above the list: tabs with counts, the filter, what is new. Things make way as it gets narrow."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QMenu
from typing_extensions import override

from vedette.desktop.ingest.filter import TABS
from vedette.desktop.language import mark, tr
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.buttons import Button
from vedette.desktop.widgets.labels import label
from vedette.desktop.widgets.plain_text import plain_title
from vedette.desktop.widgets.search_field import SearchField
from vedette.desktop.widgets.segmented import Segment, Segmented

# Widths in pixels below which something makes way.
_PROMISE_FROM = 1_180
_MENUS_FROM = 900
_ONE_LINE_FROM = 740
_COUNTS_FROM = 480
_MOST_CHOICES = 20

_TITLES = {
    "all": mark("All"),
    "stored": mark("Stored"),
    "refused": mark("Refused"),
    "invalid": mark("Invalid"),
    "filtered": mark("Filtered"),
}


class IngestBar(QFrame):
    """The inspector's upper edge."""

    termChosen = Signal(str, str)
    """A sender's or an item's term for the filter: its key and value."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._counts: dict[str, int] = {}
        self._newer = 0
        self.setObjectName("ingest.bar")
        self.setProperty("role", "bar")
        self.tabs = Segmented(
            theme,
            [*(Segment(key, tr(_TITLES[key])) for key in TABS), Segment("senders", tr("Senders"))],
            name="ingest.tabs",
            title=tr("Which requests"),
        )
        self.field = SearchField(
            theme,
            name="ingest.filter",
            title=tr("Filter requests"),
            hint=tr("Filter: sender, path, item, outcome:refused"),
        )
        self._senders = QMenu(self)
        self._kinds = QMenu(self)
        self.by_sender = Button(
            theme, tr("Sender"), name="ingest.by_sender", role="small", menu=self._senders
        )
        self.by_kind = Button(theme, tr("Item"), name="ingest.by_kind", role="small", menu=self._kinds)
        self.newer = Button(theme, "", name="ingest.newer", role="small", icon="arrow-up")
        self._promise = label(tr("nothing is dropped silently"), "caption", name="ingest.promise")
        rest = QHBoxLayout()
        rest.setSpacing(12)
        for widget in (self.field, self.by_sender, self.by_kind, self.newer, self._promise):
            rest.addWidget(widget, 1 if widget is self.field else 0)
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setContentsMargins(14, 8, 14, 8)
        self._layout.setSpacing(12)
        self._layout.addWidget(self.tabs)
        self._layout.addLayout(rest, 1)
        self.offer_newer(0)
        self.offer_choices((), ())

    def set_count(self, tab: str, count: int) -> None:
        """Show how many there are on *tab*."""
        self._counts[tab] = count
        self._show_counts()

    def offer_newer(self, count: int) -> None:
        """Offer the way to so many requests that came above what is in sight."""
        self._newer = count
        text = tr("%n new request(s)", "", count) if count else ""
        self.newer.setText(text)
        self.newer.setAccessibleName(text)
        self.newer.setVisible(bool(count))
        self._make_way()

    def offer_choices(self, senders: Sequence[tuple[str, str]], kinds: Sequence[str]) -> None:
        """Offer *senders* (each with its name and the value of its term) and item *kinds* as filters."""
        self._senders.clear()
        for name, value in senders[:_MOST_CHOICES]:
            action = self._senders.addAction(plain_title(name))
            action.triggered.connect(lambda _=False, value=value: self.termChosen.emit("sender", value))
        self._kinds.clear()
        for kind in kinds[:_MOST_CHOICES]:
            action = self._kinds.addAction(plain_title(kind))
            action.triggered.connect(lambda _=False, kind=kind: self.termChosen.emit("item", kind))
        self.by_sender.setEnabled(bool(senders))
        self.by_kind.setEnabled(bool(kinds))

    def _show_counts(self) -> None:
        for tab, count in self._counts.items():
            self.tabs.set_count(tab, count if self.width() >= _COUNTS_FROM else None)

    def _make_way(self) -> None:
        self._promise.setVisible(self.width() >= _PROMISE_FROM and not self._newer)
        for button in (self.by_sender, self.by_kind):
            button.setVisible(self.width() >= _MENUS_FROM)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_counts()
        self._make_way()
        one_line = event.size().width() >= _ONE_LINE_FROM
        directions = QBoxLayout.Direction
        self._layout.setDirection(directions.LeftToRight if one_line else directions.TopToBottom)

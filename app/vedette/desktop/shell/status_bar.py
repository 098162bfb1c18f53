"""The line at the bottom: size of the workspace, queue, what was dropped, and the two keys to know."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from vedette.desktop.bridge.state import StationState
from vedette.desktop.commands.keys import show_keys
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets import units
from vedette.desktop.widgets.buttons import Button
from vedette.desktop.widgets.labels import frame, label, repolish
from vedette.store.queries.stats import Sizes, Totals


class StatusBar(QWidget):
    """What holds for the whole workspace."""

    paletteWanted = Signal()
    sheetWanted = Signal()
    droppedWanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("status")
        self._ground = frame("statusbar", "status.ground")
        self.store = label("vedette.db", "caption", name="status.store")
        self.queue = label("Queue 0", "caption", name="status.queue")
        self.dropped = Button(theme, "", name="status.dropped", role="link")
        self.trouble = label("", "error", name="status.trouble")
        self.paused = label("", "warning", name="status.paused")
        self.palette_key = Button(
            theme, f"{show_keys('Ctrl+K')} Commands", name="status.palette", role="link"
        )
        self.sheet_key = Button(theme, "? Shortcuts", name="status.sheet", role="link")
        row = QHBoxLayout(self._ground)
        row.setContentsMargins(12, 2, 10, 2)
        row.setSpacing(16)
        for widget in (self.store, self.queue, self.dropped, self.paused, self.trouble):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.palette_key)
        row.addWidget(self.sheet_key)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._ground)
        self.dropped.hide()
        self.paused.hide()
        self.palette_key.clicked.connect(self.paletteWanted)
        self.sheet_key.clicked.connect(self.sheetWanted)
        self.dropped.clicked.connect(self.droppedWanted)

    def set_totals(self, totals: Totals, sizes: Sizes) -> None:
        """Show how much there is."""
        size = sizes.database + sizes.blobs
        self.store.setText(f"vedette.db · {units.plural(totals.events, 'event')} · {units.size(size)}")
        self.dropped.setText(f"{totals.dropped:,} not stored")
        self.dropped.setVisible(totals.dropped > 0)

    def set_station(self, station: StationState) -> None:
        """Show the queue and what is wrong."""
        self.queue.setText(f"Queue {station.queue:,}")
        self.trouble.setText(station.trouble if station.listening or station.base_url else "")

    def set_paused(self, paused: bool, waiting: int = 0) -> None:
        """Take on the colour of a state that should not be forgotten, and say it."""
        self._ground.setProperty("paused", "true" if paused else "false")
        repolish(self._ground)
        self.paused.setText(f"Paused - {waiting:,} waiting" if paused else "")
        self.paused.setVisible(paused)

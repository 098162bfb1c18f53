"""The line at the bottom: size of the workspace, queue, what was dropped, and the two keys to know."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from vedette.desktop.bridge.state import StationState
from vedette.desktop.commands.keys import show_keys
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets import units
from vedette.desktop.widgets.labels import frame, label, repolish
from vedette.store.queries.stats import Sizes, Totals


class QuietButton(QPushButton):
    """Muted small text that can be pressed; a ring when the keyboard is on it."""

    def __init__(self, theme: Theme, text: str, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._theme = theme
        self.setObjectName(name)
        self.setAccessibleName(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self.updateGeometry)

    @override
    def sizeHint(self) -> QSize:
        metrics = self._theme.metrics("caption")
        return QSize(round(metrics.horizontalAdvance(self.text())) + 14, max(24, round(metrics.height()) + 8))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._theme.font("caption"))
        painter.setPen(self._theme.color("text" if self.underMouse() else "text.muted"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        if self.hasFocus():
            painter.setPen(QPen(self._theme.color("focus"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
        painter.end()


class StatusBar(QWidget):
    """What holds for the whole workspace."""

    paletteWanted = Signal()
    sheetWanted = Signal()
    droppedWanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._events = self._size = ""
        self._is_narrow = False
        self.setObjectName("status")
        self._ground = frame("statusbar", "status.ground")
        self.store = label("vedette.db", "caption", name="status.store")
        self.queue = label("Queue 0", "caption", name="status.queue")
        self.dropped = QuietButton(theme, "", name="status.dropped")
        self.stroke = label("", "code.muted", name="status.stroke")
        self.paused = label("", "warning", name="status.paused")
        self.palette_key = QuietButton(theme, f"{show_keys('Ctrl+K')} Commands", name="status.palette")
        self.sheet_key = QuietButton(theme, "? Shortcuts", name="status.sheet")
        row = QHBoxLayout(self._ground)
        row.setContentsMargins(12, 0, 10, 0)
        row.setSpacing(16)
        for widget in (self.store, self.queue, self.dropped, self.paused):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.stroke)
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
        self._events = units.plural(totals.events, "event")
        self._size = units.size(sizes.database + sizes.blobs)
        self._say()
        self.dropped.setText(f"{totals.dropped:,} not stored")
        self.dropped.setAccessibleName(f"{units.plural(totals.dropped, 'request')} not stored")
        self.dropped.updateGeometry()
        self.dropped.setVisible(totals.dropped > 0)

    def set_narrow(self, narrow: bool) -> None:
        """Say less, for little room."""
        if narrow != self._is_narrow:
            self._is_narrow = narrow
            self._say()

    def _say(self) -> None:
        whole = f"vedette.db · {self._events} · {self._size}" if self._events else "vedette.db"
        self.store.setText(self._events if self._is_narrow else whole)
        self.store.setToolTip(whole)
        for button, key, title in (
            (self.palette_key, show_keys("Ctrl+K"), "Commands"),
            (self.sheet_key, "?", "Shortcuts"),
        ):
            button.setText(key if self._is_narrow else f"{key} {title}")
            button.updateGeometry()

    def set_station(self, station: StationState) -> None:
        """Show how much is taken but not stored yet."""
        self.queue.setText(f"Queue {station.queue:,}")

    def show_stroke(self, stroke: str) -> None:
        """Show the first key of two while the second is waited for; "" for none."""
        self.stroke.setText(f"{show_keys(stroke)} …" if stroke else "")

    def set_paused(self, paused: bool, waiting: int = 0) -> None:
        """Take on the colour of a state that should not be forgotten, and say it."""
        self._ground.setProperty("paused", "true" if paused else "false")
        repolish(self._ground)
        self.paused.setText(f"Paused - {waiting:,} waiting" if waiting else "Paused")
        self.paused.setVisible(paused)

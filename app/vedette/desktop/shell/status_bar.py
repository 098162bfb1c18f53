"""The line at the bottom: size of the workspace, queue, what was dropped, and the two keys to know."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from vedette.desktop.bridge.state import StationState
from vedette.desktop.commands.keys import show_keys
from vedette.desktop.language import tr
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets import units
from vedette.desktop.widgets.labels import frame, label, repolish

if TYPE_CHECKING:
    from vedette.store.queries.stats import Sizes, Totals


class QuietButton(QPushButton):
    """Muted small text that can be pressed; a ring when the keyboard is on it."""

    def __init__(
        self,
        theme: Theme,
        text: str,
        *,
        name: str,
        token: str = "text.muted",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._theme = theme
        self._token = token
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
        painter.setPen(self._theme.color("text" if self.underMouse() else self._token))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        if self.hasFocus():
            painter.setPen(QPen(self._theme.color("focus"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
        painter.end()


class StatusBar(QWidget):
    """What holds for the whole workspace. Without room for all, the least needed gives way first."""

    paletteWanted = Signal()
    sheetWanted = Signal()
    droppedWanted = Signal()
    addressesWanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._events = self._size = self._addresses = ""
        self._is_paused = self._is_narrow = False
        self._queued = self._dropped = 0
        self._rate = 0
        self.setObjectName("status")
        self._ground = frame("statusbar", "status.ground")
        self.store = label("vedette.db", "caption", name="status.store")
        self.addresses = QuietButton(theme, "", name="status.addresses")
        self.rate = label("", "caption", name="status.rate")
        self.queue = label("", "caption", name="status.queue")
        self.dropped = QuietButton(theme, "", name="status.dropped", token="level.error.text")
        self.stroke = label("", "code.muted", name="status.stroke")
        self.paused = label("", "warning", name="status.paused")
        self.palette_key = QuietButton(theme, tr("Commands"), name="status.palette")
        self.sheet_key = QuietButton(theme, tr("Shortcuts"), name="status.sheet")
        row = QHBoxLayout(self._ground)
        row.setContentsMargins(12, 0, 10, 0)
        row.setSpacing(16)
        row.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)
        for widget in (self.addresses, self.rate, self.store, self.queue, self.dropped, self.paused):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.stroke)
        row.addWidget(self.palette_key)
        row.addWidget(self.sheet_key)
        outer = QVBoxLayout(self)
        outer.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._ground)
        self.dropped.hide()
        self.paused.hide()
        self.palette_key.clicked.connect(self.paletteWanted)
        self.sheet_key.clicked.connect(self.sheetWanted)
        self.dropped.clicked.connect(self.droppedWanted)
        self.addresses.clicked.connect(self.addressesWanted)
        theme.changed.connect(self._say)
        self._say()

    def set_totals(self, totals: "Totals", sizes: "Sizes") -> None:
        """Show how much there is."""
        self._events = tr("{events} events").format(events=units.count(totals.events))
        if totals.events == 1:
            self._events = tr("1 event")
        self._size = units.size(sizes.database + sizes.blobs)
        self._dropped = totals.dropped
        self._say()

    def set_narrow(self, narrow: bool) -> None:
        """Say less, for little room."""
        if narrow != self._is_narrow:
            self._is_narrow = narrow
            self._say()

    def set_station(self, station: StationState) -> None:
        """Show where it listens, how much comes, and how much is taken but not stored yet."""
        self._addresses = " + ".join(station.addresses) if station.listening else ""
        self._rate, self._queued = round(station.rate), station.queue
        self._say()

    def _say(self) -> None:
        whole = f"vedette.db · {self._events} · {self._size}" if self._events else "vedette.db"
        self.store.setText(self._events if self._is_narrow else whole)
        self.store.setToolTip(whole)
        self.addresses.setText(self._addresses)
        self.addresses.setAccessibleName(
            tr("Listening on {addresses}: connect an app").format(addresses=self._addresses)
        )
        self.rate.setText(tr("{rate} ev/min").format(rate=units.count(self._rate)))
        self.queue.setText(tr("Queue {count}").format(count=units.count(self._queued)))
        self.dropped.setText(tr("{count} not stored").format(count=units.count(self._dropped)))
        self.dropped.setAccessibleName(tr("%n request(s) not stored: show them", "", self._dropped))
        for button, key, title in (
            (self.palette_key, show_keys("Ctrl+K"), tr("Commands")),
            (self.sheet_key, "?", tr("Shortcuts")),
        ):
            button.setText(key if self._is_narrow else f"{key} {title}")
            button.setAccessibleName(title)
        for button in (self.addresses, self.dropped, self.palette_key, self.sheet_key):
            button.updateGeometry()
        self._make_room()

    def _make_room(self) -> None:
        """Hide what there is no room for, the least needed first."""
        wanted = [  # the most needed first
            (self.paused, self._is_paused),
            (self.dropped, self._dropped > 0),
            (self.store, True),
            (self.queue, self._queued > 0),
            (self.palette_key, True),
            (self.sheet_key, True),
            (self.addresses, bool(self._addresses)),
            (self.rate, bool(self._addresses)),
        ]
        room = self.width() - 54 - self.stroke.sizeHint().width()
        for widget, is_wanted in wanted:
            width = widget.sizeHint().width() + 16
            widget.setVisible(is_wanted and width <= room)
            if is_wanted:
                room -= width

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def show_stroke(self, stroke: str) -> None:
        """Show the first key of two while the second is waited for; "" for none."""
        self.stroke.setText(f"{show_keys(stroke)} …" if stroke else "")

    def show_hint(self, hint: str) -> None:
        """Say which keys a mode takes while it is on; "" for none."""
        self.stroke.setText(hint)
        self._make_room()

    def set_paused(self, paused: bool, waiting: int = 0) -> None:
        """Take on the colour of a state that should not be forgotten, and say it."""
        self._is_paused = paused
        self._ground.setProperty("paused", "true" if paused else "false")
        repolish(self._ground)
        waits = tr("Paused - {count} waiting").format(count=units.count(waiting))
        self.paused.setText(waits if waiting else tr("Paused"))
        self._make_room()

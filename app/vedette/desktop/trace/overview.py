"""The minimap widget: the whole trace, and which part of it the waterfall shows."""

import numpy as np
from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from vedette.desktop.language import tr
from vedette.desktop.theme.theme import Theme
from vedette.desktop.theme.tokens import SPAN_CATEGORIES
from vedette.desktop.trace.describe import length
from vedette.desktop.trace.minimap import EMPTY, Minimap
from vedette.desktop.trace.time_window import TimeWindow
from vedette.desktop.widgets.accessible import describe_rows_of

HEIGHT = 52
_TOP = 6
_LANE = 3
_HANDLE = 6
_SIDE = 16
_MOST_SPOKEN = 20


class Overview(QWidget):
    """Drag inside the window to move it, its edges to zoom, outside to choose another."""

    minimapWanted = Signal(int, int)
    """The picture is missing or too coarse: columns and lanes asked for."""

    def __init__(self, theme: Theme, window: TimeWindow, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._window = window
        self._minimap: Minimap | None = None
        self._image: QImage | None = None
        self._grip = ""
        self._anchor = 0
        self._before = (0, 0)
        self.setObjectName(name)
        self.setAccessibleName(tr("Overview of the whole trace"))
        self.setProperty("commandContext", "trace")
        self.setToolTip(tr("Drag to move what is in view, its edges to zoom; keys: arrows, Home, End"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        window.changed.connect(self._window_changed)
        theme.changed.connect(self._recolour)
        describe_rows_of(Overview, QAccessible.Role.List)

    @override
    def sizeHint(self) -> QSize:
        return QSize(400, HEIGHT)

    @property
    def wanted(self) -> tuple[int, int]:
        """Columns and lanes that fill the widget at the screen's resolution."""
        ratio = self.devicePixelRatioF()
        return max(1, round((self.width() - 2 * _SIDE) * ratio)), (HEIGHT - 2 * _TOP) // _LANE

    def set_minimap(self, minimap: Minimap | None) -> None:
        """Show another trace's minimap."""
        self._minimap = minimap
        self._recolour()

    def _recolour(self) -> None:
        self._image = None if self._minimap is None else self._coloured(self._minimap)
        self.update()

    def _coloured(self, minimap: Minimap) -> QImage:
        """Return the minimap as pixels: each lane two high with one free, colours from the theme."""
        colours = np.zeros(256, dtype=np.uint32)
        for number, category in enumerate(SPAN_CATEGORIES):
            colours[number] = self._theme.color(f"span.{category}").rgba()
        colours[EMPTY] = 0
        lanes = colours[minimap.lanes]
        pixels = np.zeros((len(lanes) * _LANE, lanes.shape[1]), dtype=np.uint32)
        pixels[0::_LANE] = lanes
        pixels[1::_LANE] = lanes
        rows, columns = pixels.shape
        image = QImage(pixels.tobytes(), columns, rows, columns * 4, QImage.Format.Format_ARGB32)
        return image.copy()  # the bytes go when this returns

    def _x(self, moment: float) -> float:
        return _SIDE + moment * (self.width() - 2 * _SIDE) / self._window.duration

    def _moment(self, x: float) -> int:
        inside = max(1, self.width() - 2 * _SIDE)
        return round(min(max(0.0, x - _SIDE), inside) * self._window.duration / inside)

    def _edges(self) -> tuple[float, float]:
        scale = self._window.scale
        return self._x(max(0, scale.start)), self._x(min(scale.end, self._window.duration))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self._theme
        painter.fillRect(self.rect(), theme.color("bg.canvas"))
        left, right = self._edges()
        painter.fillRect(QRectF(left, 0, right - left, HEIGHT - 1), theme.color("bg.field"))
        whole = self._window.is_whole
        if not whole:
            shade = QColor(theme.color("bg.selected"))
            shade.setAlpha(110)
            painter.fillRect(QRectF(left, 0, right - left, HEIGHT - 1), shade)
        if self._image is not None:
            lanes = self._image.height()
            box = QRectF(_SIDE, _TOP, self.width() - 2 * _SIDE, lanes)
            painter.drawImage(box, self._image)
        if self._minimap is not None:
            for number in range(len(self._minimap.errors)):
                x = self._error_x(number)
                painter.fillRect(QRectF(x - 1, 1, 2, HEIGHT - 3), theme.color("level.error.fill"))
        if self._minimap is not None:
            for x in (left, right):
                painter.fillRect(QRectF(x - 1.5, 0, 3, HEIGHT - 1), theme.color("accent"))
        painter.setPen(QPen(theme.color("border"), 1))
        painter.drawLine(0, HEIGHT - 1, self.width(), HEIGHT - 1)
        if self.hasFocus():
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))
        painter.end()

    def _window_changed(self) -> None:
        scale, whole = self._window.scale, self._window.duration
        shown = tr("{start} to {end} of {whole} in view").format(
            start=length(max(0, scale.start)), end=length(min(scale.end, whole)), whole=length(whole)
        )
        self.setAccessibleDescription(shown)
        self.update()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        if event.size().width() != event.oldSize().width():
            self.minimapWanted.emit(*self.wanted)

    # What screen readers are told: what is in view, and where errors are

    def visible_rows(self) -> range:
        """Return the entries: the part in view, then the columns with an error."""
        errors = () if self._minimap is None else self._minimap.errors
        return range(1 + len(errors[:_MOST_SPOKEN]))

    def current_row(self) -> int:
        """Return the part in view."""
        return 0

    def row_rect(self, row: int) -> QRect:
        """Return where an entry lies."""
        if row == 0:
            left, right = self._edges()
            return QRect(round(left), 0, max(1, round(right - left)), HEIGHT)
        return QRect(round(self._error_x(row - 1)) - 2, 0, 4, HEIGHT)

    def row_at(self, point: QPoint) -> int:
        """Return the entry under *point*, the part in view where no error is."""
        errors = self.visible_rows()[1:]
        return next((row for row in errors if self.row_rect(row).contains(point)), 0)

    def sentence(self, row: int) -> str:
        """Return an entry in words, "" when there is none such."""
        if row not in self.visible_rows():
            return ""
        if row == 0:
            return self.accessibleDescription() or self.accessibleName()
        moment = self._moment(self._error_x(row - 1))
        return tr("error at {moment}").format(moment=length(moment))

    def _error_x(self, number: int) -> float:
        assert self._minimap is not None
        column = self._minimap.errors[number]
        return _SIDE + column * (self.width() - 2 * _SIDE) / max(1, self._minimap.columns)

    # Pointer and keys

    def _grip_at(self, x: float) -> str:
        left, right = self._edges()
        if abs(x - left) <= _HANDLE:
            return "left"
        if abs(x - right) <= _HANDLE:
            return "right"
        return "inside" if left < x < right and not self._window.is_whole else "new"

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._grip = self._grip_at(event.position().x())
            self._anchor = self._moment(event.position().x())
            self._before = (self._window.scale.start, self._window.scale.end)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        x = event.position().x()
        if not self._grip:
            shape = {
                "left": Qt.CursorShape.SizeHorCursor,
                "right": Qt.CursorShape.SizeHorCursor,
                "inside": Qt.CursorShape.OpenHandCursor,
            }
            self.setCursor(shape.get(self._grip_at(x), Qt.CursorShape.CrossCursor))
            return
        self._drag_to(self._moment(x))

    def _drag_to(self, moment: int) -> None:
        start, end = self._before
        if self._grip == "inside":
            by = moment - self._anchor
            self._window.move_to(start + by, end + by)
        elif self._grip == "left":
            self._window.move_to(min(moment, end - 1), end)
        elif self._grip == "right":
            self._window.move_to(start, max(moment, start + 1))
        elif moment != self._anchor:
            self._window.move_to(*sorted((self._anchor, moment)))

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._grip == "new" and self._moment(event.position().x()) == self._anchor:
            half = self._window.scale.span // 2
            self._window.move_to(self._anchor - half, self._anchor + half)
        self._grip = ""

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._window.show_all()

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the moment under the pointer, whichever modifier is held."""
        scale = self._window.scale
        turned = event.angleDelta().y() or event.angleDelta().x()
        self._window.zoom(1.25 ** (turned / 120), scale.x(self._moment(event.position().x())))
        event.accept()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        window = self._window
        moves = {
            Qt.Key.Key_Left: lambda: window.pan(-0.1 * window.scale.width),
            Qt.Key.Key_Right: lambda: window.pan(0.1 * window.scale.width),
            Qt.Key.Key_Up: lambda: window.zoom(1.25),
            Qt.Key.Key_Down: lambda: window.zoom(0.8),
            Qt.Key.Key_Home: lambda: window.move_to(0, window.scale.span),
            Qt.Key.Key_End: lambda: window.move_to(window.duration - window.scale.span, window.duration),
        }
        move = moves.get(Qt.Key(event.key()))
        if move is None:
            event.ignore()
        else:
            move()

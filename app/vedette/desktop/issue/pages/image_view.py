"""A picture that came with an event: fitted, at its own size, or closer, with a grid between pixels."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget
from typing_extensions import override

from vedette.desktop.theme.theme import Theme

LEAST, MOST = 0.05, 32.0
_GRID_FROM = 8.0
_STEP = 1.25
_CHECK = 8


class ImageView(QAbstractScrollArea):
    """One image. ``+`` and ``-`` zoom, ``0`` fits, ``1`` shows its own pixels; drag and arrows move it."""

    zoomChanged = Signal(float)
    """Screen pixels for one of the image's."""

    def __init__(self, theme: Theme, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._image = QImage()
        self._zoom = 1.0
        self._fits = True
        self.grid = False
        """Whether lines stand between pixels, once they are large enough."""
        self._held: QPointF | None = None
        self.setObjectName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setCursor(Qt.CursorShape.OpenHandCursor)
        theme.changed.connect(self.viewport().update)

    def set_image(self, image: QImage, title: str) -> None:
        """Show *image* fitted; *title* is what it is called."""
        self._image = image
        self.setAccessibleName(title)
        self.fit()

    def image(self) -> QImage:
        """Return the image shown."""
        return self._image

    @property
    def zoom(self) -> float:
        """Screen pixels for one of the image's."""
        return self._zoom

    @property
    def fits(self) -> bool:
        """Whether the zoom follows the size of the view."""
        return self._fits

    def fit(self) -> None:
        """Show all of it, never larger than it is."""
        self._fits = True
        port = self.viewport().size() * self.devicePixelRatioF()
        if self._image.isNull() or port.isEmpty():
            return
        zoom = min(1.0, port.width() / self._image.width(), port.height() / self._image.height())
        self._set_zoom(max(LEAST / 4, zoom))

    def show_pixels(self) -> None:
        """Show each pixel of the image as one of the screen."""
        self.zoom_to(1.0)

    def zoom_to(self, zoom: float, at: QPointF | None = None) -> None:
        """Zoom, with what is under *at* (the middle by default) held still."""
        self._fits = False
        port = self.viewport().size()
        at = at if at is not None else QPointF(port.width() / 2, port.height() / 2)
        before = self._place(at)
        self._set_zoom(min(MOST, max(LEAST, zoom)))
        scale = self._zoom / self.devicePixelRatioF()
        self.horizontalScrollBar().setValue(round(before.x() * scale - at.x()))
        self.verticalScrollBar().setValue(round(before.y() * scale - at.y()))

    def _place(self, point: QPointF) -> QPointF:
        """Return which point of the image lies under *point*."""
        return (point - self._target().topLeft()) / (self._zoom / self.devicePixelRatioF())

    def _set_zoom(self, zoom: float) -> None:
        self._zoom = zoom
        self._set_ranges()
        self.zoomChanged.emit(zoom)
        self.viewport().update()

    def _shown_size(self) -> QSize:
        return (self._image.size().toSizeF() * (self._zoom / self.devicePixelRatioF())).toSize()

    def _set_ranges(self) -> None:
        port, shown = self.viewport().size(), self._shown_size()
        for bar, length, room in (
            (self.horizontalScrollBar(), shown.width(), port.width()),
            (self.verticalScrollBar(), shown.height(), port.height()),
        ):
            bar.setRange(0, max(0, 0 if self._fits else length - room))
            bar.setPageStep(room)
            bar.setSingleStep(24)

    def _target(self) -> QRectF:
        """Return where the image stands in the view: in the middle while it is smaller."""
        port, shown = self.viewport().size(), self._shown_size()
        x = max(0, (port.width() - shown.width()) // 2) - self.horizontalScrollBar().value()
        y = max(0, (port.height() - shown.height()) // 2) - self.verticalScrollBar().value()
        return QRectF(x, y, shown.width(), shown.height())

    @override
    def sizeHint(self) -> QSize:
        return QSize(320, 240)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fits:
            self.fit()
        self._set_ranges()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self._theme.color("bg.sunken"))
        target = self._target()
        if not self._image.isNull():
            if self._image.hasAlphaChannel():
                self._paint_checks(painter, target)
            smooth = self._zoom < 2
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
            painter.drawImage(target, self._image)
            if self.grid and self._zoom >= _GRID_FROM:
                self._paint_grid(painter, target)
        if self.hasFocus():
            painter.setPen(QPen(self._theme.color("focus"), 2))
            painter.drawRect(self.viewport().rect().adjusted(1, 1, -1, -1))
        painter.end()

    def _paint_checks(self, painter: QPainter, target: QRectF) -> None:
        """Draw a chessboard where the image may be seen through."""
        seen = target.intersected(QRectF(self.viewport().rect())).toRect()
        painter.fillRect(seen, self._theme.color("bg.canvas"))
        dark = self._theme.color("border.faint")
        for y in range(seen.top(), seen.bottom() + 1, _CHECK):
            for x in range(seen.left() + (y // _CHECK % 2) * _CHECK, seen.right() + 1, 2 * _CHECK):
                painter.fillRect(
                    x, y, min(_CHECK, seen.right() - x + 1), min(_CHECK, seen.bottom() - y + 1), dark
                )

    def _paint_grid(self, painter: QPainter, target: QRectF) -> None:
        step = self._zoom / self.devicePixelRatioF()
        painter.setPen(QPen(self._theme.color("border.control"), 0))
        port = self.viewport().rect()
        for first, last, across in (
            (target.left(), port.right(), True),
            (target.top(), port.bottom(), False),
        ):
            at = first + step * max(0, int(-first / step))
            while at <= min(last, target.right() if across else target.bottom()):
                if across:
                    painter.drawLine(QPointF(at, port.top()), QPointF(at, port.bottom()))
                else:
                    painter.drawLine(QPointF(port.left(), at), QPointF(port.right(), at))
                at += step

    # Mouse and keys

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            turns = event.angleDelta().y() / 120
            self.zoom_to(self._zoom * _STEP**turns, event.position())
        else:
            super().wheelEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._held = event.position()
        self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held is not None:
            moved = event.position() - self._held
            self._held = event.position()
            across, down = self.horizontalScrollBar(), self.verticalScrollBar()
            across.setValue(across.value() - round(moved.x()))
            down.setValue(down.value() - round(moved.y()))

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._held = None
        self.viewport().setCursor(Qt.CursorShape.OpenHandCursor)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._fits:
            self.zoom_to(max(1.0, self._zoom * 2), event.position())
        else:
            self.fit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self.zoom_to(self._zoom * _STEP)
            case Qt.Key.Key_Minus:
                self.zoom_to(self._zoom / _STEP)
            case Qt.Key.Key_0:
                self.fit()
            case Qt.Key.Key_1:
                self.show_pixels()
            case _:
                super().keyPressEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

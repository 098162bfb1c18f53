"""The issue's events over time, of which a stretch can be brushed."""

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from vedette.desktop.issue.head.time_bars import TimeBars
from vedette.desktop.issue.read import IssueHead
from vedette.desktop.language import tr
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.accessible import describe_rows_of
from vedette.desktop.widgets.plain_text import plain_tip
from vedette.desktop.widgets.sparkline import paint_sparkline
from vedette.domain.times import Micros

TALL, SHORT = 44, 26
_NOTHING = TimeBars(Micros(0), Micros(1), ())


class Histogram(QWidget):
    """Bars from the first event until now, or of the stretch of time that is chosen.

    Dragging brushes; Left and Right walk, with Shift they brush, Enter chooses, Escape lets go or zooms out.
    """

    rangeChosen = Signal(object, object)
    """A stretch was brushed: since and until, in Micros."""
    zoomOutWanted = Signal()

    def __init__(self, theme: Theme, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._bars = _NOTHING
        self._is_zoomed = False
        self._height = TALL
        self._at = -1
        self._anchor = -1
        self._pressed = -1
        self.brush: tuple[int, int] | None = None
        """The first and the last bar brushed."""
        self.setObjectName(name)
        describe_rows_of(Histogram, QAccessible.Role.List)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumWidth(120)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)
        self._say()

    def set_head(self, head: IssueHead) -> None:
        """Show the events of *head* over time."""
        bars = TimeBars(head.start, head.end, head.histogram)
        if (bars.start, len(bars.values)) != (self._bars.start, len(self._bars.values)):
            self.brush, self._at = None, -1
        self._bars, self._is_zoomed = bars, head.is_zoomed
        self._say()
        self.update()

    def bars(self) -> TimeBars:
        """Return what is shown."""
        return self._bars

    def set_bar_height(self, height: int) -> None:
        """Make the bars at most *height* high."""
        if height != self._height:
            self._height = height
            self.updateGeometry()

    def _say(self) -> None:
        name = tr("Events over time: {trend}").format(trend=self._bars.trend())
        if self.brush is not None:
            name += ", " + tr("chosen: {stretch}").format(stretch=self._bars.words(*self.brush))
        self.setAccessibleName(name)

    # What is seen

    def bar_at(self, point: QPoint) -> int:
        """Return the bar under *point*."""
        return self._bars.bar_at(point.x(), self.width())

    def bar_rect(self, bar: int) -> QRect:
        """Return the place of a bar."""
        left = round(self._bars.left_of(bar, self.width()))
        return QRect(left, 0, max(1, round(self._bars.left_of(bar + 1, self.width())) - left), self.height())

    def words(self) -> str:
        """Return what is brushed, or the bar the keyboard is at, in words; "" for neither."""
        if self.brush is not None:
            return self._bars.words(*self.brush)
        return self._bars.words(self._at, self._at) if self._at >= 0 else ""

    @override
    def sizeHint(self) -> QSize:
        return QSize(320, self._height)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._paint_brush(painter)
        area = QRect(0, 0, self.width(), self.height() - 1)
        paint_sparkline(painter, self._theme, area, self._bars.values, token="spark.selected")
        painter.fillRect(QRect(0, self.height() - 1, self.width(), 1), self._theme.color("border"))
        if self.hasFocus():
            painter.setPen(QPen(self._theme.color("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))
            if self._at >= 0:
                painter.drawRect(QRectF(self.bar_rect(self._at)).adjusted(0, 1, 0, -1))
        painter.end()

    def _paint_brush(self, painter: QPainter) -> None:
        if self.brush is None:
            return
        left = self._bars.left_of(self.brush[0], self.width())
        right = self._bars.left_of(self.brush[1] + 1, self.width())
        box = QRectF(left, 0, right - left, self.height())
        painter.fillRect(box, self._theme.color("bg.selected"))
        for x in (left, right - 2):
            painter.fillRect(QRectF(x, 0, 2, self.height()), self._theme.color("accent"))

    # Brushing

    def clear_brush(self) -> None:
        """Brush nothing."""
        self.brush, self._anchor = None, -1
        self._say()
        self.update()

    def choose(self) -> None:
        """Choose the stretch that is brushed."""
        if self.brush is not None:
            since, until = self._bars.stretch(*self.brush)
            self.rangeChosen.emit(since, until)

    def _brush_to(self, at: int, anchor: int) -> None:
        self.brush = (min(at, anchor), max(at, anchor))
        self._say()
        self.update()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed = self.bar_at(event.position().toPoint())

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = self.bar_at(event.position().toPoint())
        if at < 0:
            return
        if self._pressed >= 0 and (at != self._pressed or self.brush is not None):
            self._brush_to(at, self._pressed)
        is_brushing = self._pressed >= 0 and self.brush is not None
        words = self.words() if is_brushing else self._bars.words(at, at)
        QToolTip.showText(event.globalPosition().toPoint(), plain_tip(words), self)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed = self._pressed, -1
        if pressed < 0:
            return
        at = self.bar_at(event.position().toPoint())
        if at == pressed:  # a click is no brush
            self.clear_brush()
            self._at = at
        else:
            self._brush_to(at, pressed)
            self.choose()

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._is_zoomed:
            self.zoomOutWanted.emit()

    @override
    def leaveEvent(self, event: QEvent) -> None:
        QToolTip.hideText()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is not None and self._bars.values:
            self._step(step, extend=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.brush is not None:
            self.choose()
        elif event.key() == Qt.Key.Key_Escape and self.brush is not None:
            self.clear_brush()
        elif event.key() == Qt.Key.Key_Escape and self._is_zoomed:
            self.zoomOutWanted.emit()
        else:
            super().keyPressEvent(event)

    def _step(self, by: int, *, extend: bool) -> None:
        last = len(self._bars.values) - 1
        before = self._at if self._at >= 0 else (last if by < 0 else 0)
        self._at = min(last, max(0, before + (by if self._at >= 0 else 0)))
        if extend:
            self._anchor = self._anchor if self._anchor >= 0 else before
            self._brush_to(self._at, self._anchor)
        else:
            self._anchor = -1
        self._announce()
        self.update()
        words = self.words() if extend else self._bars.words(self._at, self._at)
        QToolTip.showText(self.mapToGlobal(self.bar_rect(self._at).bottomLeft()), plain_tip(words), self)

    def _announce(self) -> None:
        """Have the bar the keyboard is at read out."""
        self.setAccessibleDescription(self._bars.words(self._at, self._at))
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))

    # What screen readers are told: a list of the bars that stand for events

    def _filled(self) -> list[int]:
        return [at for at, value in enumerate(self._bars.values) if value]

    def visible_rows(self) -> range:
        """Return the places of the bars that are read out."""
        return range(len(self._filled()))

    def row_at(self, point: QPoint) -> int:
        """Return the place of the bar at *point*, -1 for none."""
        filled = self._filled()
        return next((n for n, at in enumerate(filled) if self.bar_rect(at).contains(point)), -1)

    def row_rect(self, row: int) -> QRect:
        """Return where the bar stands."""
        filled = self._filled()
        return self.bar_rect(filled[row]) if 0 <= row < len(filled) else QRect()

    def current_row(self) -> int:
        """Return the place of the bar the keyboard is at, -1 for none."""
        filled = self._filled()
        return filled.index(self._at) if self._at in filled else -1

    def sentence(self, row: int) -> str:
        """Return a bar as it is read out."""
        filled = self._filled()
        return self._bars.words(filled[row], filled[row]) if 0 <= row < len(filled) else ""

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    # Menu

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.build_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def build_menu(self) -> QMenu:
        """Return the menu: set range, zoom out, copy data."""
        menu = QMenu(self)
        choose = menu.addAction(tr("Set range"))
        choose.setEnabled(self.brush is not None)
        choose.triggered.connect(self.choose)
        out = menu.addAction(tr("Zoom out"))
        out.setEnabled(self._is_zoomed)
        out.triggered.connect(self.zoomOutWanted)
        menu.addSeparator()
        copy = menu.addAction(tr("Copy data"))
        copy.triggered.connect(lambda: QGuiApplication.clipboard().setText(self._bars.as_text()))
        return menu

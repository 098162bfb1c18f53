"""Text selected across frames: source, and the rows and variables between."""

from dataclasses import dataclass
from enum import IntEnum
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from vedette.desktop.issue.stack_page.frame_body import FrameBody
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.code_lines import Place
from vedette.desktop.widgets.code_view import CodeView

_START = Place(0, 0)
_TINT = 56  # of 255: what lies below stays readable


class Part(IntEnum):
    """What a frame is made of, from top to bottom."""

    ROW = 0
    SOURCE = 1
    VARIABLES = 2


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """A part of the row at *position*; in source, *place* is where in it."""

    position: int
    part: Part
    place: Place = _START


class SelectableFrames(Protocol):
    """What a selection needs of the list of frames."""

    def row_count(self) -> int: ...
    def row_rect(self, position: int) -> QRect: ...
    def row_text(self, position: int) -> str: ...
    def body_at(self, position: int) -> FrameBody | None: ...


class Selection(QWidget):
    """A selection, and the tint it lays over rows and variables; source shows its own.

    A widget that lets the mouse through: the list tells it of drags and keys.
    """

    draggedTo = Signal(int)
    """A drag has come to this height in the list, which should be in sight."""

    def __init__(self, theme: Theme, frames: SelectableFrames, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._frames = frames
        self._parent = parent
        self._anchor: Spot | None = None
        self._end: Spot | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    @property
    def is_active(self) -> bool:
        """Whether anything is selected across parts."""
        return self._anchor is not None and self._end is not None

    def spot_at(self, point: QPoint) -> Spot | None:
        """Return what is at *point* of the list, above the first row the first, below all the last."""
        count = self._frames.row_count()
        if not count:
            return None
        position = next(
            (at for at in range(count - 1) if point.y() < self._frames.row_rect(at + 1).top()), count - 1
        )
        body = self._frames.body_at(position)
        if body is None or point.y() <= self._frames.row_rect(position).bottom():
            return Spot(position, Part.ROW)
        code = _source_of(body)
        inside = body.mapFromParent(point)
        if code is not None and inside.y() <= code.geometry().bottom():
            port = code.viewport()
            return Spot(position, Part.SOURCE, code.place_at(QPointF(port.mapFrom(body, inside))))
        return Spot(position, Part.VARIABLES)

    def begin(self, spot: Spot) -> None:
        """Start at *spot*."""
        self.clear()
        self._anchor = spot

    def extend(self, spot: Spot) -> None:
        """Select up to *spot* from where it began."""
        if self._anchor is None:
            self._anchor = spot
        self._end = spot
        self._show()

    def drag(self, start: QPoint, point: QPoint) -> None:
        """Select from *start* to *point* of the list, or go on to *point* from where the selection began."""
        spot = self.spot_at(start)
        if not self.is_active and spot is not None:
            self.begin(spot)
        self._drag_to(point)

    def _drag_to(self, point: QPoint) -> None:
        end = self.spot_at(point)
        if end is not None and self._anchor is not None:
            self.extend(end)
            self.draggedTo.emit(point.y())

    def follow_drag(self, watched: QObject, event: QMouseEvent) -> bool:
        """Take over a drag that leaves the source it began in, and give it back when it returns.

        *watched* is what the mouse event is for; return whether the event has been dealt with.
        """
        code = watched.parent()
        if not isinstance(code, CodeView) or watched is not code.viewport():
            return False
        if event.type() == QEvent.Type.MouseButtonPress:
            self.clear()
        elif event.type() == QEvent.Type.MouseMove and event.buttons() & Qt.MouseButton.LeftButton:
            if not 0 <= event.position().y() < code.viewport().height():
                if not self.is_active:
                    self._begin_in(code)
                self._drag_to(code.viewport().mapTo(self._parent, event.position().toPoint()))
                return True
            if self.is_active and (anchor := code.anchor()) is not None:
                self.clear()
                code.select(anchor, code.place_at(event.position()))
        return False

    def _begin_in(self, code: CodeView) -> None:
        for position in range(self._frames.row_count()):
            body = self._frames.body_at(position)
            if body is not None and body.code is code:
                self._anchor = Spot(position, Part.SOURCE, code.anchor() or _START)

    def take_key(self, event: QKeyEvent) -> bool:
        """Copy, or end the selection; return whether *event* was the key for either."""
        if not self.is_active:
            return False
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.text())
        elif event.key() == Qt.Key.Key_Escape:
            self.clear()
        else:
            return False
        return True

    def extend_rows(self, start: int, step: int) -> int:
        """Select one row more or less, from *start* if nothing is selected; return where it ends."""
        if self._anchor is None or self._end is None:
            self.begin(Spot(start, Part.ROW))
        last = self._frames.row_count() - 1
        position = min(last, max(0, (self._end or self._anchor or Spot(start, Part.ROW)).position + step))
        self.extend(Spot(position, Part.ROW))
        return position

    def select_all(self) -> None:
        """Select everything in sight of the list."""
        last = self._frames.row_count() - 1
        if last >= 0:
            self.begin(Spot(0, Part.ROW))
            self.extend(self._last_spot(last))

    def _last_spot(self, position: int) -> Spot:
        body = self._frames.body_at(position)
        if body is None:
            return Spot(position, Part.ROW)
        code = _source_of(body)
        if body.shows_variables or code is None:
            return Spot(position, Part.VARIABLES)
        return Spot(position, Part.SOURCE, code.end_place())

    def clear(self) -> None:
        """Select nothing."""
        if self._anchor is not None or self._end is not None:
            for position in range(self._frames.row_count()):
                body = self._frames.body_at(position)
                if body is not None and (code := _source_of(body)) is not None:
                    code.clear_selection()
        self._anchor = self._end = None
        self.hide()

    def text(self) -> str:
        """Return what is selected: rows as function and place, source as it is, variables by line."""
        found = []
        for spot in self._parts():
            body = self._frames.body_at(spot.position)
            if spot.part is Part.ROW:
                found.append(self._frames.row_text(spot.position))
            elif body is not None and spot.part is Part.SOURCE:
                code = _source_of(body)
                found.append(code.selected_text() if code is not None else "")
            elif body is not None:
                found += body.variable_lines()
        return "\n".join(found)

    def _parts(self) -> list[Spot]:
        """Return the parts that are selected, wholly or in part."""
        if self._anchor is None or self._end is None:
            return []
        first, last = min(self._anchor, self._end), max(self._anchor, self._end)
        found = []
        for position in range(first.position, last.position + 1):
            body = self._frames.body_at(position)
            parts = [Spot(position, Part.ROW)]
            if body is not None and _source_of(body) is not None:
                parts.append(Spot(position, Part.SOURCE))
            if body is not None and body.shows_variables:
                parts.append(Spot(position, Part.VARIABLES))
            low, high = (first.position, first.part), (last.position, last.part)
            found += [spot for spot in parts if low <= (spot.position, spot.part) <= high]
        return found

    def _show(self) -> None:
        """Let every source in the selection show its share, and lay the tint over the rest."""
        assert self._anchor is not None
        assert self._end is not None
        first, last = min(self._anchor, self._end), max(self._anchor, self._end)
        selected = {spot.position for spot in self._parts() if spot.part is Part.SOURCE}
        for position in range(self._frames.row_count()):
            body = self._frames.body_at(position)
            code = _source_of(body) if body is not None else None
            if code is None:
                continue
            if position not in selected:
                code.clear_selection()
                continue
            at = (position, Part.SOURCE)
            start = first.place if (first.position, first.part) == at else Place(0, 0)
            end = last.place if (last.position, last.part) == at else code.end_place()
            code.select(start, end, shared=True)
        self.fit()
        self.raise_()
        self.show()
        self.update()

    def fit(self) -> None:
        """Cover the list, which has another size."""
        self.setGeometry(self._parent.rect())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        tint = self._theme.color("accent")
        tint.setAlpha(_TINT)
        painter = QPainter(self)
        for spot in self._parts():
            rect = self._rect(spot)
            if rect.intersects(event.rect()):
                painter.fillRect(rect, tint)
        painter.end()

    def _rect(self, spot: Spot) -> QRect:
        row = self._frames.row_rect(spot.position)
        body = self._frames.body_at(spot.position)
        if spot.part is Part.ROW:
            return row
        if body is None or spot.part is Part.SOURCE:
            return QRect()
        code = _source_of(body)
        top = body.y() + (code.geometry().bottom() + 1 if code is not None else 0)
        return QRect(row.left(), top, row.width(), body.geometry().bottom() - top + 1)


def _source_of(body: FrameBody) -> CodeView | None:
    return body.code if body.code is not None and not body.code.isHidden() else None

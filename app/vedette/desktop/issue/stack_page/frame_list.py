"""The frames of one stack trace: rows painted by one widget, source and variables only where open."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, Qt, QUrl, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDesktopServices,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget
from typing_extensions import override

from vedette.desktop.issue.source.local_source import LocalSource, SourceState
from vedette.desktop.issue.stack.frames import Frame, LibraryRun, StackRow
from vedette.desktop.issue.stack_page.frame_access import announce_frame, describe_frames
from vedette.desktop.issue.stack_page.frame_body import FrameBody
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.chip import paint_chip
from vedette.desktop.widgets.json_values import as_json
from vedette.desktop.widgets.plain_text import plain_tip, plain_title

_PAD = 12
_INDENT = 20
_CHEVRON = 16
_GAP = 8
MetaOf = Callable[[Frame], Any]


@dataclass(slots=True)
class _Slot:
    """One row in sight of the list: where it stands, and how high its open part is."""

    row: StackRow
    inner: bool  # a frame of an opened run
    top: int = 0
    body: int = 0


def _no_meta(frame: Frame) -> None:
    return None


class FrameList(QWidget):
    """Foldable frames. Up and Down move, Left and Right fold, Enter toggles, Ctrl+C copies the place."""

    revealed = Signal(QRect)
    """The current row changed by key: this rectangle should be brought into sight."""

    def __init__(self, theme: Theme, *, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        describe_frames(FrameList)
        self._theme = theme
        self._rows: tuple[StackRow, ...] = ()
        self._slots: list[_Slot] = []
        self._open: set[int] = set()
        self._open_runs: set[int] = set()
        self._bodies: dict[int, FrameBody] = {}
        self._local: Mapping[int, LocalSource] = {}
        self._meta_of: MetaOf = _no_meta
        self._platform = ""
        self._shows_variables = True
        self._current = -1
        self._hovered = -1
        self._ring = False
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._place)

    # Content

    def set_stack(
        self,
        rows: Sequence[StackRow],
        *,
        platform: str,
        opened: int | None,
        local: Mapping[int, LocalSource] | None = None,
        meta_of: MetaOf = _no_meta,
    ) -> None:
        """Show another stack trace with the frame at place *opened* open."""
        self._drop_bodies()
        self._platform, self._local, self._meta_of = platform, local or {}, meta_of
        self._open = set() if opened is None else {opened}
        self._open_runs = set()
        self._current = self._hovered = -1
        self.set_rows(rows)

    def set_rows(self, rows: Sequence[StackRow]) -> None:
        """Show the same stack trace in another way; what is open stays open."""
        self._rows = tuple(rows)
        self._lay_out()

    def rows(self) -> tuple[StackRow, ...]:
        """Return the rows in order, opened runs with their frames after them."""
        return tuple(slot.row for slot in self._slots)

    def open_frames(self) -> frozenset[int]:
        """Return the places of the open frames."""
        return frozenset(self._open)

    def body(self, at: int) -> FrameBody | None:
        """Return the open part of the frame at place *at*, None while it is closed."""
        return self._bodies.get(at)

    def set_shows_variables(self, shown: bool) -> None:
        """Show or hide the variables of open frames."""
        self._shows_variables = shown
        for body in self._bodies.values():
            body.show_variables(shown)
        self._place()

    def toggle(self, position: int) -> None:
        """Open or close the row at *position*."""
        self.set_open(position, not self.is_open(position))

    def is_open(self, position: int) -> bool:
        """Return whether the row at *position* is open."""
        row = self._slots[position].row
        if isinstance(row, LibraryRun):
            return row.frames[0].at in self._open_runs
        return row.at in self._open

    def set_open(self, position: int, opened: bool) -> None:
        """Open or close the row at *position*; rows above it do not move."""
        row = self._slots[position].row
        held, at = (
            (self._open_runs, row.frames[0].at) if isinstance(row, LibraryRun) else (self._open, row.at)
        )
        if opened:
            held.add(at)
        else:
            held.discard(at)
        self._lay_out()

    def go_to_next_own(self) -> None:
        """Make the next frame of the application current, open it, and bring it into sight."""
        count = len(self._slots)
        for step in range(1, count + 1):
            position = (self._current + step) % count
            row = self._slots[position].row
            if isinstance(row, Frame) and row.in_app:
                self.set_open(position, True)
                self._go_to(position)
                return

    # Geometry

    def _drop_bodies(self) -> None:
        for body in self._bodies.values():
            body.hide()
            body.deleteLater()
        self._bodies.clear()

    def _lay_out(self) -> None:
        self._slots = []
        for row in self._rows:
            self._slots.append(_Slot(row, inner=False))
            if isinstance(row, LibraryRun) and row.frames[0].at in self._open_runs:
                self._slots += [_Slot(frame, inner=True) for frame in row.frames]
        self._current = min(self._current, len(self._slots) - 1)
        shown = {slot.row.at for slot in self._slots if isinstance(slot.row, Frame)}
        for at in [at for at in self._bodies if at not in shown or at not in self._open]:
            self._bodies[at].hide()
            self._bodies.pop(at).deleteLater()
        for slot in self._slots:
            if isinstance(slot.row, Frame) and slot.row.at in self._open and slot.row.at not in self._bodies:
                self._bodies[slot.row.at] = self._make_body(slot.row)
        self._place()

    def _make_body(self, frame: Frame) -> FrameBody:
        body = FrameBody(
            self._theme,
            frame,
            name=f"{self.objectName()}.{frame.at}",
            platform=self._platform,
            local=self._local.get(frame.at),
            meta=self._meta_of(frame),
            parent=self,
        )
        body.show_variables(self._shows_variables)
        body.installEventFilter(self)
        body.show()
        return body

    def _row_height(self) -> int:
        return self._theme.line_height("body") + 12

    def _place(self) -> None:
        """Stack the rows and put the open parts below theirs."""
        height, top = self._row_height(), 0
        width = max(0, self.width() - 2)
        for slot in self._slots:
            slot.top = top
            body = self._bodies.get(slot.row.at) if isinstance(slot.row, Frame) else None
            slot.body = body.height_for(width) if body is not None else 0
            if body is not None:
                body.setGeometry(1, top + height, width, slot.body)
            top += height + slot.body + (1 if slot.body else 0)
        if self.height() != top + 1:
            self.setFixedHeight(top + 1)
        self.update()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        if event.size().width() != event.oldSize().width():
            self._place()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest and watched in self._bodies.values():
            self._place()  # a tree was opened, or lines began to need a scroll bar
        return False

    # What is where; also what screen readers ask

    def visible_rows(self) -> range:
        """Return the positions of the rows at least partly in sight."""
        seen = self.visibleRegion().boundingRect()
        if seen.isEmpty():
            return range(0)
        height = self._row_height()
        first = next((at for at, slot in enumerate(self._slots) if slot.top + height > seen.top()), 0)
        last = next((at for at, slot in enumerate(self._slots) if slot.top > seen.bottom()), len(self._slots))
        return range(first, max(first, last))

    def row_at(self, point: QPoint) -> int:
        """Return the position of the row whose line is at *point*, -1 for none."""
        height = self._row_height()
        return next(
            (at for at, slot in enumerate(self._slots) if slot.top <= point.y() < slot.top + height), -1
        )

    def row_rect(self, position: int) -> QRect:
        """Return the rectangle of a row's line."""
        return QRect(0, self._slots[position].top, self.width(), self._row_height())

    def current_row(self) -> int:
        """Return the position of the current row, -1 for none."""
        return self._current

    def sentence(self, position: int) -> str:
        """Return a row as a sentence, "" when there is no such row."""
        if not 0 <= position < len(self._slots):
            return ""
        row = self._slots[position].row
        state = "open" if self.is_open(position) else "closed"
        return f"{row.title if isinstance(row, LibraryRun) else row.sentence}, {state}"

    def viewport(self) -> QWidget:
        """Return the widget that row rectangles are in."""
        return self

    def bodies(self) -> list[FrameBody]:
        """Return the open parts from top to bottom."""
        return sorted(self._bodies.values(), key=lambda body: body.y())

    # Drawing

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        height = self._row_height()
        painter.fillRect(event.rect(), self._theme.color("bg.code"))
        for position, slot in enumerate(self._slots):
            if slot.top > event.rect().bottom():
                break
            if slot.top + height + slot.body + 1 >= event.rect().top():
                self._paint_row(painter, position, slot)
        painter.setPen(QPen(self._theme.color("border"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def _paint_row(self, painter: QPainter, position: int, slot: _Slot) -> None:
        rect = self.row_rect(position)
        if position == self._hovered:
            painter.fillRect(rect, self._theme.color("bg.hover"))
        painter.setPen(QPen(self._theme.color("border"), 1))
        if position:
            painter.drawLine(0, rect.top(), rect.right(), rect.top())
        if slot.body:
            painter.drawLine(0, rect.bottom(), rect.right(), rect.bottom())
        x = _PAD + (_INDENT if slot.inner else 0)
        icon = "chevron-down" if self.is_open(position) else "chevron-right"
        pixmap = self._theme.icon_pixmap(icon, "text.muted", _CHEVRON, self.devicePixelRatioF())
        painter.drawPixmap(x, rect.top() + (rect.height() - _CHEVRON) // 2, pixmap)
        x += _CHEVRON + _GAP - 2
        if isinstance(slot.row, LibraryRun):
            self._paint_text(painter, rect, x, slot.row.title, "body", "text.muted", rect.right() - _PAD)
        else:
            self._paint_frame(painter, rect, x, slot.row)
        if position == self._current and self._ring and self.hasFocus():
            painter.setPen(QPen(self._theme.color("focus"), 2))
            painter.drawRect(rect.adjusted(2, 2, -2, -2))

    def _paint_frame(self, painter: QPainter, rect: QRect, x: int, frame: Frame) -> None:
        middle = rect.top() + rect.height() / 2
        limit = self._paint_badge(painter, rect, frame)
        role, token = ("title", "text") if frame.in_app else ("body", "text.muted")
        x = self._paint_text(painter, rect, x, frame.function, role, token, limit) + _GAP
        chip = round(self._theme.metrics("caption").horizontalAdvance("in app")) + 30 if frame.in_app else 0
        x = self._paint_text(
            painter, rect, x, frame.location, "body", "text.muted", limit - chip, Qt.TextElideMode.ElideLeft
        )
        if frame.repeats > 1:
            x = self._paint_text(
                painter, rect, x + _GAP, f"× {frame.repeats:,}", "title", "text.muted", limit
            )
        if frame.in_app and x + chip <= limit:
            x = round(paint_chip(painter, self._theme, x + _GAP, middle, "in app"))
        elif not frame.in_app and frame.package:
            self._paint_text(painter, rect, x + _GAP, frame.package, "caption", "text.faint", limit)

    def _paint_badge(self, painter: QPainter, rect: QRect, frame: Frame) -> int:
        """Draw at the right edge how the file on disk stands; return where room for text ends."""
        local = self._local.get(frame.at)
        if local is None:
            return rect.right() - _PAD
        text = local.state.value
        token = "level.warning.text" if local.state is SourceState.EDITED else "text.muted"
        width = round(self._theme.metrics("caption").horizontalAdvance(text))
        left = rect.right() - _PAD - width
        self._paint_text(painter, rect, left, text, "caption", token, rect.right())
        return left - _GAP

    def _paint_text(
        self,
        painter: QPainter,
        rect: QRect,
        x: int,
        text: str,
        role: str,
        token: str,
        limit: int,
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
    ) -> int:
        """Draw *text* from *x*, elided before *limit*; return where it ends."""
        metrics = self._theme.metrics(role)
        shown = metrics.elidedText(text[:500], mode, max(0, limit - x))
        painter.setFont(self._theme.font(role))
        painter.setPen(self._theme.color(token))
        base = rect.top() + (rect.height() - metrics.height()) / 2 + metrics.ascent()
        painter.drawText(QPointF(x, base), shown)
        return x + round(metrics.horizontalAdvance(shown))

    # Mouse and keys

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.row_at(event.position().toPoint()))

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)

    def _hover(self, position: int) -> None:
        if position != self._hovered:
            self._hovered = position
            self.setToolTip(plain_tip(self._tip(position)))
            self.update()

    def _tip(self, position: int) -> str:
        if position < 0 or isinstance(self._slots[position].row, LibraryRun):
            return ""
        frame: Any = self._slots[position].row
        path = str(frame.data.get("abs_path") or frame.location)
        local = self._local.get(frame.at)
        return f"{frame.function}\n{path}" + (f"\n{local.tip}" if local else "")

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        position = self.row_at(event.position().toPoint())
        if position >= 0 and event.button() is Qt.MouseButton.LeftButton:
            self._current = position
            self.toggle(position)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ring = event.reason() != Qt.FocusReason.MouseFocusReason
        if self._current < 0 and self._slots and self._ring:
            self._current = next((at for at in range(len(self._slots)) if self.is_open(at)), 0)
            self.revealed.emit(self.row_rect(self._current))
        self.update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy("text")
        elif not self._is_bare(event) or not self._move(event.key()):
            super().keyPressEvent(event)

    def _is_bare(self, event: QKeyEvent) -> bool:
        return bool(self._slots) and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier

    def _move(self, key: int) -> bool:
        count = len(self._slots)
        moves = {
            Qt.Key.Key_Down: min(count - 1, self._current + 1),
            Qt.Key.Key_Up: max(0, self._current - 1),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: count - 1,
        }
        if (target := moves.get(Qt.Key(key))) is not None:
            self._go_to(target)
            return True
        if self._current < 0:
            return False
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.toggle(self._current)
        elif key == Qt.Key.Key_Right:
            self.set_open(self._current, True)
        elif key == Qt.Key.Key_Left:
            self.set_open(self._current, False)
        else:
            return False
        return True

    def _go_to(self, position: int) -> None:
        self._ring = True
        self._current = position
        self.update()
        self.revealed.emit(self.row_rect(position))
        announce_frame(self)

    def copy(self, form: str) -> None:
        """Copy the current row: ``text`` (function and place), ``place``, ``function`` or ``variables``."""
        if not 0 <= self._current < len(self._slots):
            return
        row = self._slots[self._current].row
        if isinstance(row, LibraryRun):
            text = "\n".join(f"{frame.function} {frame.location}" for frame in row.frames)
        else:
            line = f":{row.lineno}" if row.lineno is not None else ""
            place = f"{row.data.get('abs_path') or row.data.get('filename') or row.location}{line}"
            text = {
                "text": f"{row.function} ({row.location})",
                "place": place,
                "function": row.function,
                "variables": as_json(row.variables),
            }[form]
        QGuiApplication.clipboard().setText(text)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        position = self._current
        if event.reason() is QContextMenuEvent.Reason.Mouse:
            position = self.row_at(event.pos())
        if position < 0:
            return
        self._current = position
        menu = self.build_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def build_menu(self) -> QMenu:
        """Return the menu of the current row: fold, open its file on this disk, copy."""
        menu = QMenu(self)
        fold = menu.addAction("Close" if self.is_open(self._current) else "Open")
        fold.triggered.connect(lambda: self.toggle(self._current))
        row = self._slots[self._current].row
        local = self._local.get(row.at) if isinstance(row, Frame) else None
        if local is not None:
            show = menu.addAction(f"Open {plain_title(local.path.name)}")
            show.triggered.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(local.path))))
        menu.addSeparator()
        for title, form in (
            ("Copy path:line", "place"),
            ("Copy function", "function"),
            ("Copy frame as text", "text"),
            ("Copy variables as JSON", "variables"),
        ):
            menu.addAction(title).triggered.connect(lambda _=False, form=form: self.copy(form))
        return menu

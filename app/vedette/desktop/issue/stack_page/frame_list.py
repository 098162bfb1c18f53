"""The frames of one stack trace: rows painted by one widget, source and variables only where open."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
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
from PySide6.QtWidgets import QApplication, QMenu, QSizePolicy, QWidget
from typing_extensions import override

from vedette.desktop.issue.source.looking import LocalSource
from vedette.desktop.issue.stack.frames import Frame, LibraryRun, StackRow
from vedette.desktop.issue.stack_page.frame_access import announce_frame, describe_frames
from vedette.desktop.issue.stack_page.frame_body import FrameBody
from vedette.desktop.issue.stack_page.frame_paint import FramePainter, RowLook, editor_rect
from vedette.desktop.issue.stack_page.frame_rows import FrameRows, Slot
from vedette.desktop.issue.stack_page.selection import Selection
from vedette.desktop.language import tr
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.json_values import as_json
from vedette.desktop.widgets.plain_text import plain_tip

_UNSEEN = 20
"""So many rows screen readers find in a list that its page has scrolled out of sight."""
MetaOf = Callable[[Frame], Any]


def _no_meta(frame: Frame) -> None:
    return None


class FrameList(QWidget):
    """Foldable frames. Up and Down move, Left and Right fold, Enter toggles, Ctrl+C copies.

    A drag selects text across frames, as do Shift with Up and Down, and Ctrl+A.
    """

    revealed = Signal(QRect)
    """The current row changed by key: this rectangle should be brought into sight."""
    editorWanted = Signal(object, int)
    """Open a Frame's file in the editor at a line, 0 for the frame's own."""
    fileWanted = Signal(object)
    """Show the whole file of a Frame."""
    differenceWanted = Signal(object)
    """Show how the file of a Frame differs from what the event saw."""

    def __init__(self, theme: Theme, *, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        describe_frames(FrameList)
        self._theme = theme
        self._painter = FramePainter(theme)
        self._rows = FrameRows()
        self._bodies: dict[int, FrameBody] = {}
        self._local: Mapping[int, LocalSource] = {}
        self._meta_of: MetaOf = _no_meta
        self._platform = ""
        self._shows_variables = True
        self._current = -1
        self._hovered = -1
        self._ring = False
        self._pressed: QPoint | None = None
        self.extend_menu: Callable[[QMenu], object] | None = None
        """Adds what can be done with the current frame to its menu, before copying."""
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.selection = Selection(theme, self, self)
        self.selection.draggedTo.connect(lambda y: self.revealed.emit(QRect(0, y, 1, 1)))
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
        self.selection.clear()
        self._drop_bodies()
        self._platform, self._local, self._meta_of = platform, local or {}, meta_of
        self._rows.reset(opened)
        self._current = self._hovered = -1
        self.set_rows(rows)

    def set_rows(self, rows: Sequence[StackRow]) -> None:
        """Show the same stack trace in another way; what is open stays open."""
        self._rows.set_rows(rows)
        self._lay_out()

    def set_local(self, local: Mapping[int, LocalSource]) -> None:
        """Show what is known of the files on disk by now."""
        before, self._local = self._local, local
        for at, body in self._bodies.items():
            if before.get(at) != local.get(at):
                body.set_local(local.get(at))
                self._watch(body)
        self._place()

    def local_of(self, frame: Frame) -> LocalSource | None:
        """Return what is known of a frame's file on disk."""
        return self._local.get(frame.at)

    def rows(self) -> tuple[StackRow, ...]:
        """Return the rows in order, opened runs with their frames after them."""
        return tuple(slot.row for slot in self._rows.slots)

    def row_count(self) -> int:
        """Return how many rows there are."""
        return len(self._rows)

    def open_frames(self) -> frozenset[int]:
        """Return the places of the open frames."""
        return self._rows.open_places()

    def set_open_frames(self, places: Sequence[int]) -> None:
        """Open the frames at *places* and no others."""
        self._rows.open_only(places)
        self._lay_out()

    def body(self, at: int) -> FrameBody | None:
        """Return the open part of the frame at place *at*, None while it is closed."""
        return self._bodies.get(at)

    def body_at(self, position: int) -> FrameBody | None:
        """Return the open part of the row at *position*, None while it is closed, and for a run."""
        frame = self._rows.frame(position)
        return self._bodies.get(frame.at) if frame is not None else None

    def set_shows_variables(self, shown: bool) -> None:
        """Show or hide the variables of open frames."""
        if shown == self._shows_variables:
            return
        self._shows_variables = shown
        for body in self._bodies.values():
            body.show_variables(shown)
        self._place()

    def toggle(self, position: int) -> None:
        """Open or close the row at *position*."""
        self.set_open(position, not self.is_open(position))

    def is_open(self, position: int) -> bool:
        """Return whether the row at *position* is open."""
        return self._rows.is_open(position)

    def set_open(self, position: int, opened: bool) -> None:
        """Open or close the row at *position*; rows above it do not move."""
        self._rows.set_open(position, opened)
        self._lay_out()

    def current_frame(self) -> Frame | None:
        """Return the frame the keyboard is in, else the current row's, else the first open one."""
        focus = QApplication.focusWidget()
        within = next((at for at, body in self._bodies.items() if focus and body.isAncestorOf(focus)), None)
        if within is not None:
            return next((frame for frame in self._rows.frames() if frame.at == within), None)
        if 0 <= self._current < len(self._rows):
            return self._rows.frame(self._current)
        return next(iter(self._rows.open_frames()), None)

    def go_to_next_own(self) -> None:
        """Make the next frame of the application current, open it, and bring it into sight."""
        position = self._rows.next_own(self._current)
        if position is not None:
            self.set_open(position, True)
            self._go_to(position)

    # Geometry

    def _drop_bodies(self) -> None:
        for body in self._bodies.values():
            body.hide()
            body.deleteLater()
        self._bodies.clear()

    def _lay_out(self) -> None:
        self.selection.clear()
        self._current = min(self._current, len(self._rows) - 1)
        opened = {frame.at: frame for frame in self._rows.open_frames()}
        for at in [at for at in self._bodies if at not in opened]:
            self._bodies[at].hide()
            self._bodies.pop(at).deleteLater()
        for at, frame in opened.items():
            if at not in self._bodies:
                self._bodies[at] = self._make_body(frame)
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
        body.editorWanted.connect(lambda line: self.editorWanted.emit(frame, line))
        body.fileWanted.connect(lambda: self.fileWanted.emit(frame))
        body.differenceWanted.connect(lambda: self.differenceWanted.emit(frame))
        body.installEventFilter(self)
        self._watch(body)
        body.show()
        return body

    def _watch(self, body: FrameBody) -> None:
        """See the drags that begin in a body's source and leave it."""
        if body.code is not None:
            body.code.installEventFilter(self)
            body.code.viewport().installEventFilter(self)

    def _row_height(self) -> int:
        return self._theme.line_height("body") + 12

    def _place(self) -> None:
        """Stack the rows and put the open parts below theirs."""
        width = max(0, self.width() - 2)

        def put(frame: Frame, top: int) -> int:
            body = self._bodies.get(frame.at)
            if body is None:
                return 0
            height = body.height_for(width)
            body.setGeometry(1, top, width, height)
            return height

        top = self._rows.stack(self._row_height(), put)
        if self.height() != top + 1:
            self.setFixedHeight(top + 1)
        self.selection.fit()
        self.update()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        if event.size().width() != event.oldSize().width():
            self._place()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.LayoutRequest and watched in self._bodies.values():
            self._place()  # a tree was opened, or lines began to need a scroll bar
        elif isinstance(event, QMouseEvent):
            return self.selection.follow_drag(watched, event)
        elif kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self.selection.take_key(event)
        return False

    # What is where; also what screen readers ask

    def visible_rows(self) -> range:
        """Return the positions of the rows partly in sight; of a list scrolled away, the first few."""
        seen = self.visibleRegion().boundingRect()
        if seen.isEmpty():
            return range(min(_UNSEEN, len(self._rows)))
        return self._rows.between(seen.top(), seen.bottom(), self._row_height())

    def row_at(self, point: QPoint) -> int:
        """Return the position of the row whose line is at *point*, -1 for none."""
        return self._rows.at(point.y(), self._row_height())

    def row_rect(self, position: int) -> QRect:
        """Return the rectangle of a row's line."""
        return QRect(0, self._rows.slots[position].top, self.width(), self._row_height())

    def current_row(self) -> int:
        """Return the position of the current row, -1 for none."""
        return self._current

    def sentence(self, position: int) -> str:
        """Return a row as a sentence, "" when there is no such row."""
        if not 0 <= position < len(self._rows):
            return ""
        row = self._rows.slots[position].row
        state = tr("open", "a frame") if self.is_open(position) else tr("closed", "a frame")
        if isinstance(row, LibraryRun):
            return f"{row.title}, {state}"
        local = self._local.get(row.at)
        disk = tr("source on disk: {state}").format(state=local.badge) if local is not None else ""
        return ", ".join(part for part in (row.sentence, disk, state) if part)

    def row_text(self, position: int) -> str:
        """Return a row as it is copied with others."""
        row = self._rows.slots[position].row
        return row.title if isinstance(row, LibraryRun) else f"{row.function} ({row.location})"

    def bodies(self) -> list[FrameBody]:
        """Return the open parts from top to bottom."""
        return sorted(self._bodies.values(), key=lambda body: body.y())

    # Drawing

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        height = self._row_height()
        painter.fillRect(event.rect(), self._theme.color("bg.code"))
        for position, slot in enumerate(self._rows.slots):
            if slot.top > event.rect().bottom():
                break
            if slot.top + height + slot.body + 1 >= event.rect().top():
                look = self._look(position, slot)
                rect = self.row_rect(position)
                self._painter.paint(painter, rect, slot.row, look, self.devicePixelRatioF())
        painter.setPen(QPen(self._theme.color("border"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def _look(self, position: int, slot: Slot) -> RowLook:
        return RowLook(
            is_open=self.is_open(position),
            is_inner=slot.inner,
            is_first=position == 0,
            has_body=bool(slot.body),
            is_hovered=position == self._hovered,
            has_ring=position == self._current and self._ring and self.hasFocus(),
            local=self._local.get(slot.row.at) if isinstance(slot.row, Frame) else None,
        )

    # Mouse and keys

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        if self._pressed is not None and event.buttons() & Qt.MouseButton.LeftButton:
            far = (point - self._pressed).manhattanLength() >= QApplication.startDragDistance()
            if far or self.selection.is_active:
                self.selection.drag(self._pressed, point)
            return
        self._hover(self.row_at(point))
        over = self._opens_editor(point)
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def _opens_editor(self, point: QPoint) -> bool:
        position = self.row_at(point)
        frame = self._rows.frame(position)
        local = self._local.get(frame.at) if frame is not None else None
        there = local is not None and local.path is not None
        return there and editor_rect(self.row_rect(position)).contains(point)

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)

    def _hover(self, position: int) -> None:
        if position != self._hovered:
            self._hovered = position
            self.setToolTip(plain_tip(self._tip(position)))
            self.update()

    def _tip(self, position: int) -> str:
        row = self._rows.frame(position)
        if row is None:
            return ""
        local = self._local.get(row.at)
        parts = [row.function, row.path or row.location, local.tip if local else ""]
        return "\n".join(part for part in parts if part)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed = event.position().toPoint()
            self.selection.clear()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed = self._pressed, None
        if pressed is None or self.selection.is_active or event.button() is not Qt.MouseButton.LeftButton:
            return
        point = event.position().toPoint()
        position = self.row_at(point)
        if position < 0 or position != self.row_at(pressed):
            return
        self._current = position
        frame = self._rows.frame(position)
        if frame is not None and self._opens_editor(point):
            self.editorWanted.emit(frame, 0)
            self.update()
        else:
            self.toggle(position)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ring = event.reason() != Qt.FocusReason.MouseFocusReason
        if self._current < 0 and len(self._rows) and self._ring:
            self._current = next((at for at in range(len(self._rows)) if self.is_open(at)), 0)
            self.revealed.emit(self.row_rect(self._current))
        self.update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.selection.take_key(event):
            return
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy("text")
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self.selection.select_all()
        elif not (self._extends(event) or (self._is_bare(event) and self._move(event.key()))):
            super().keyPressEvent(event)

    def _extends(self, event: QKeyEvent) -> bool:
        """Select by rows with Shift held."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is None or event.modifiers() != Qt.KeyboardModifier.ShiftModifier or self._current < 0:
            return False
        self.revealed.emit(self.row_rect(self.selection.extend_rows(self._current, step)))
        return True

    def _is_bare(self, event: QKeyEvent) -> bool:
        return len(self._rows) > 0 and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier

    def _move(self, key: int) -> bool:
        count = len(self._rows)
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
        self.selection.clear()
        self._ring = True
        self._current = position
        self.update()
        self.revealed.emit(self.row_rect(position))
        announce_frame(self)

    def show_frame(self, at: int) -> None:
        """Open the frame at place *at* and the run it is folded into; give it the keyboard."""
        for position, slot in enumerate(self._rows.slots):
            if isinstance(slot.row, LibraryRun) and any(frame.at == at for frame in slot.row.frames):
                self.set_open(position, True)
                break
        for position in range(len(self._rows)):
            frame = self._rows.frame(position)
            if frame is not None and frame.at == at:
                self.set_open(position, True)
                self.setFocus(Qt.FocusReason.ShortcutFocusReason)
                self._go_to(position)
                return

    def copy(self, form: str) -> None:
        """Copy the current row: ``text`` (function and place), ``place``, ``function`` or ``variables``."""
        known = 0 <= self._current < len(self._rows)
        row = self._rows.slots[self._current].row if known else None
        row = row if isinstance(row, LibraryRun) else self.current_frame()
        if row is None:
            return
        if isinstance(row, LibraryRun):
            text = "\n".join(f"{frame.function} {frame.location}" for frame in row.frames)
        else:
            text = {
                "text": f"{row.function} ({row.location})",
                "place": row.place,
                "function": row.function,
                "variables": as_json(row.variables),
            }[form]
        QGuiApplication.clipboard().setText(text)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        position = self._current
        by_key = event.reason() is not QContextMenuEvent.Reason.Mouse
        if not by_key:
            position = self.row_at(event.pos())
        if position < 0:
            return
        self._current = position
        menu = self.build_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.mapToGlobal(self.row_rect(position).bottomLeft()) if by_key else event.globalPos())

    def build_menu(self) -> QMenu:
        """Return the menu of the current row: fold, what can be done with its file, copy."""
        menu = QMenu(self)
        fold = menu.addAction(
            tr("Close", "a frame") if self.is_open(self._current) else tr("Open", "a frame")
        )
        fold.triggered.connect(lambda: self.toggle(self._current))
        menu.addSeparator()
        if self.extend_menu is not None and self._rows.frame(self._current) is not None:
            self.extend_menu(menu)
            menu.addSeparator()
        for title, form in (
            (tr("Copy path:line"), "place"),
            (tr("Copy function"), "function"),
            (tr("Copy frame as text"), "text"),
            (tr("Copy variables as JSON"), "variables"),
        ):
            menu.addAction(title).triggered.connect(lambda _=False, form=form: self.copy(form))
        return menu

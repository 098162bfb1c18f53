"""The lines to copy, one for each place a program may run in: Enter, Ctrl+C or the row's button copies."""

from collections.abc import Hashable
from typing import Any

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from vedette.desktop.connect.copy_button import SAID_MS
from vedette.desktop.connect.targets import Target
from vedette.desktop.language import tr
from vedette.desktop.theme.theme import RADIUS, Theme
from vedette.desktop.widgets.paged_model import Column, PageAnswer, PagedModel
from vedette.desktop.widgets.painted_list import PaintedList, RowState

_PLACE, _LINE = range(2)
_PLACE_DIGITS = 22
_PLACE_FROM = 560  # pixels; narrower, the place stands in front of the note
_SIDE = 10
_LEFT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)


class TargetPainter:
    """Draws a line over what to mind about it, and the button that copies it."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self.with_place = False
        self.hovered: object = None
        self.copied: object = None

    def button(self, cell: QRect, target: Target) -> QRect | None:
        """Return where the button of *target* stands in *cell*, None if there is nothing to copy."""
        if not target.value:
            return None
        metrics = self._theme.metrics("caption")
        words = (tr("Copy", "verb"), tr("Copied"))
        width = round(max(metrics.horizontalAdvance(word) for word in words)) + 22
        height = round(metrics.height()) + 8
        return QRect(cell.right() - width - 8, cell.center().y() - height // 2, width, height)

    def __call__(self, painter: QPainter, rect: QRect, row: Any, state: RowState) -> None:
        target: Target = row
        button = self.button(rect, target)
        right = rect.right() - _SIDE if button is None else button.left() - 12
        room = max(0, right - rect.left() - _SIDE)
        lines = [(target.value, "code", "text"), self._below(target)]
        lines = [line for line in lines if line[0]]
        height = sum(self._theme.line_height(role) for _, role, _ in lines)
        top = rect.top() + (rect.height() - height) / 2
        for text, role, token in lines:
            line = QRectF(rect.left() + _SIDE, top, room + 2, self._theme.line_height(role))
            mode = Qt.TextElideMode.ElideMiddle if role == "code" else Qt.TextElideMode.ElideRight
            painter.setFont(self._theme.font(role))
            painter.setPen(self._theme.color(token))
            painter.drawText(line, _LEFT, self._theme.metrics(role).elidedText(text, mode, room))
            top += line.height()
        if button is not None:
            self._paint_button(painter, button, target)

    def _below(self, target: Target) -> tuple[str, str, str]:
        parts = [target.title] if self.with_place else []
        parts += [text for text in (target.missing, target.note) if text]
        return " · ".join(parts), "caption", "level.warning.text" if target.missing else "text.muted"

    def _paint_button(self, painter: QPainter, box: QRect, target: Target) -> None:
        theme = self._theme
        hovered = self.hovered == target.key
        rect = QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("border"), 1))
        painter.setBrush(theme.color("bg.hover" if hovered else "bg.raised"))
        painter.drawRoundedRect(rect, RADIUS, RADIUS)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("text" if hovered else "text.muted"))
        words = tr("Copied") if self.copied == target.key else tr("Copy", "verb")
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, words)


class TargetList(PaintedList):
    """Targets below each other."""

    copied = Signal(str)
    """A line is on the clipboard; carries it."""

    def __init__(self, theme: Theme, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(
            theme, name=name, title=tr("Where your program runs"), row_lines=("code", "caption"),
            header=False, parent=parent,
        )  # fmt: skip
        self._painter = TargetPainter(theme)
        self._targets: tuple[Target, ...] = ()
        self._pressed: Hashable | None = None
        self._rows: PagedModel[Target] = PagedModel(
            (
                Column(tr("Place"), text=lambda target: target.title, tip=lambda target: target.title),
                Column(
                    tr("Line"), tip=lambda target: f"{target.value}\n{target.missing or target.note}".strip()
                ),
            ),
            self._give,
            key=lambda target: target.key,
            describe=describe_target,
            color=theme.color,
            parent=self,
        )
        self.setSelectionMode(PaintedList.SelectionMode.SingleSelection)
        self.set_model(self._rows)
        self.set_painter(_LINE, self._painter)
        self._said = QTimer(self)
        self._said.setSingleShot(True)
        self._said.setInterval(SAID_MS)
        self._said.timeout.connect(lambda: self._say_copied(None))
        self.rowOpened.connect(self.copy_key)

    @property
    def targets(self) -> tuple[Target, ...]:
        """The targets shown."""
        return self._targets

    def line(self, key: str) -> str:
        """Return the line of the target *key*. Raises KeyError."""
        target = self._rows.row_by_key(key)
        if target is None:
            raise KeyError(key)
        return target.value

    def show_targets(self, targets: tuple[Target, ...]) -> None:
        """Show *targets*; the chosen one stays."""
        if targets != self._targets:
            self._targets = targets
            self._rows.set_rows(targets)

    def _give(self, after: Target | None, limit: int, answer: PageAnswer[Target]) -> None:
        answer(())  # they come whole, by `show_targets`

    # ---------------------------------------------------------------- copying

    def copy_current(self) -> None:
        """Put the chosen line on the clipboard."""
        key = self.current_key()
        if key is not None:
            self.copy_key(key)

    def copy_key(self, key: Hashable) -> None:
        """Put the line of the target *key* on the clipboard."""
        target = self._rows.row_by_key(key)
        if target is not None and target.value:
            QGuiApplication.clipboard().setText(target.value)
            self._say_copied(key)
            self._said.start()
            self.copied.emit(target.value)

    def _say_copied(self, key: object) -> None:
        self._painter.copied = key
        self.viewport().update()

    def button_rect(self, key: Hashable) -> QRect | None:
        """Return where the button of the target *key* is in the viewport, None if it has none."""
        position = self._rows.position_of(key)
        if position is None:
            return None
        cell = self.visualRect(self._rows.index(position, _LINE))
        return self._painter.button(cell, self._rows.row(position))

    def _key_under(self, point: QPoint) -> Hashable | None:
        position = self.row_at(point)
        if position < 0:
            return None
        key = self._rows.key_at(position)
        box = self.button_rect(key)
        return key if box is not None and box.contains(point) else None

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = self._key_under(event.position().toPoint())
        super().mousePressEvent(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        key, self._pressed = self._pressed, None
        if key is not None and self._key_under(event.position().toPoint()) == key:
            self.copy_key(key)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover_button(self._key_under(event.position().toPoint()))

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover_button(None)

    def _hover_button(self, key: Hashable | None) -> None:
        if key != self._painter.hovered:
            self._painter.hovered = key
            shape = Qt.CursorShape.ArrowCursor if key is None else Qt.CursorShape.PointingHandCursor
            self.viewport().setCursor(shape)
            self.viewport().update()

    # ---------------------------------------------------------------- room

    @override
    def apply_theme(self) -> None:
        super().apply_theme()
        if self.model() is not None:
            self._fit_columns(self.width())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.model() is not None:
            self._fit_columns(event.size().width())

    def _fit_columns(self, width: int) -> None:
        narrow = width < _PLACE_FROM
        self.set_column_width(_PLACE, _PLACE_DIGITS)
        self.setColumnHidden(_PLACE, narrow)
        self._painter.with_place = narrow


def describe_target(target: Target) -> str:
    """Return a target as a sentence."""
    return ", ".join(filter(None, (target.title, target.value, target.missing, target.note)))

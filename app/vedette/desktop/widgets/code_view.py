"""Source code as it is read: line numbers, colours, the current line marked by bar, tint and weight."""

import heapq
from collections.abc import Sequence

from PySide6.QtCore import QPoint, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
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
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QMenu, QSizePolicy, QWidget
from typing_extensions import override

from vedette.desktop.language import tr
from vedette.desktop.theme.highlight import Run, highlight
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.accessible import describe_rows_of
from vedette.desktop.widgets.code_lines import (
    CodeLine,
    Place,
    selected_text,
    shown_runs,
    shown_width,
    word_at,
)

_PAD = 8
_BAR = 3
_MOST_MATCHES = 200
_MEASURED = 12
"""So many of the longest lines are measured to find the widest; the font has one width for most letters."""
_SIGNS = {"+": "level.ok.tint", "-": "level.error.tint"}


class CodeView(QAbstractScrollArea):
    """A read-only piece of source. Its height fits its lines up to *most_lines*, then it scrolls.

    With *most_lines* 0 it takes the height it is given.
    """

    lineActivated = Signal(int)
    """Double click on a line number; carries the number."""
    menuOpening = Signal(object, object)
    """A context menu is about to be shown: the QMenu, and the number of the line it is for, or None."""

    def __init__(
        self,
        theme: Theme,
        *,
        name: str,
        title: str,
        most_lines: int = 40,
        numbers: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        describe_rows_of(CodeView, QAccessible.Role.List)
        self._theme = theme
        self._most = most_lines
        self._numbers = numbers
        self._lines: tuple[CodeLine, ...] = ()
        self._shown: dict[int, tuple[Run, ...]] = {}  # of the lines that were drawn
        self._anchor: Place | None = None
        self._caret: Place | None = None
        self._matches: list[tuple[Place, Place]] = []
        self._match_at = -1
        self._shared = False
        self._ring = False
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setProperty("commandContext", "code")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        upright = QSizePolicy.Policy.Fixed if most_lines else QSizePolicy.Policy.Expanding
        self.setSizePolicy(QSizePolicy.Policy.Expanding, upright)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
        theme.changed.connect(self._follow_theme)
        self._measure()

    # Content

    def set_source(
        self,
        lines: Sequence[str],
        *,
        filename: str = "",
        platform: str = "",
        first_number: int = 1,
        current: int | None = None,
    ) -> None:
        """Show *lines*, coloured by *filename* or *platform*; *current* is the number of the line to mark."""
        coloured = highlight(lines, filename, platform)
        self.set_lines(
            [
                CodeLine(first_number + at, tuple(runs), first_number + at == current)
                for at, runs in enumerate(coloured)
            ]
        )

    def set_lines(self, lines: Sequence[CodeLine]) -> None:
        """Show lines that already have their runs."""
        self._lines = tuple(lines)
        self._shown.clear()
        self._anchor = self._caret = None
        self._matches, self._match_at = [], -1
        self._measure()
        self.updateGeometry()
        self.viewport().update()

    def set_colours(self, lines: Sequence[CodeLine]) -> None:
        """Show the same lines with other runs: place, selection and scroll position stay."""
        if len(lines) == len(self._lines):
            self._lines = tuple(lines)
            self._shown.clear()
            self.viewport().update()

    def lines(self) -> tuple[CodeLine, ...]:
        """Return what is shown."""
        return self._lines

    def reveal(self, at: int) -> None:
        """Select the line at the position *at* and bring it to the middle."""
        if 0 <= at < len(self._lines):
            self.select(Place(at, 0), Place(at, len(self._text(at))))
            middle = _PAD + at * self._line_height - (self.viewport().height() - self._line_height) // 2
            self.verticalScrollBar().setValue(middle)

    def go_to_line(self, number: int) -> None:
        """Bring the line with that number to the middle."""
        at = next((at for at, line in enumerate(self._lines) if line.number == number), None)
        if at is not None:
            middle = _PAD + at * self._line_height - (self.viewport().height() - self._line_height) // 2
            self.verticalScrollBar().setValue(middle)

    def _runs(self, at: int) -> tuple[Run, ...]:
        """Return the runs of a line as they are drawn."""
        if at not in self._shown:
            self._shown[at] = shown_runs(self._lines[at].runs)
        return self._shown[at]

    def _text(self, at: int) -> str:
        return "".join(run.text for run in self._runs(at)) if self._lines else ""

    def text(self) -> str:
        """Return the whole source as it came."""
        return "\n".join(line.text for line in self._lines)

    def selected_text(self) -> str:
        """Return the selected source, tabs included, empty without a selection."""
        if self._anchor is None or self._caret is None or self._anchor == self._caret:
            return ""
        return selected_text(self._lines, self._anchor, self._caret)

    def select_all(self) -> None:
        """Select every line."""
        if self._lines:
            self.select(Place(0, 0), self.end_place())

    def select(self, start: Place, end: Place, *, shared: bool = False) -> None:
        """Select what lies between two places of the shown text, in either order.

        A *shared* selection goes on elsewhere and looks as if the keyboard were here.
        """
        self._anchor, self._caret, self._shared = start, end, shared
        self.viewport().update()

    def anchor(self) -> Place | None:
        """Return where the selection began, None without one."""
        return self._anchor

    def end_place(self) -> Place:
        """Return the place after the last letter."""
        last = max(0, len(self._lines) - 1)
        return Place(last, len(self._text(last)))

    def find_text(self, text: str) -> int:
        """Select the first place that contains *text*; return how many there are (at most 200)."""
        wanted = text.lower()
        self._matches, self._match_at = [], -1
        for at, line in enumerate(self._lines if wanted else ()):
            if wanted not in line.text.lower():
                continue
            lowered = self._text(at).lower()
            column = lowered.find(wanted)
            while column >= 0 and len(self._matches) < _MOST_MATCHES:
                self._matches.append((Place(at, column), Place(at, column + len(wanted))))
                column = lowered.find(wanted, column + len(wanted))
        if self._matches:
            self.find_next()
        else:
            self.clear_selection()
        return len(self._matches)

    def find_next(self, *, back: bool = False) -> None:
        """Select the next or previous match and bring it into sight, round the ends."""
        if not self._matches:
            return
        self._match_at = (self._match_at + (-1 if back else 1)) % len(self._matches)
        self._anchor, self._caret = self._matches[self._match_at]
        left = self._theme.metrics("code").horizontalAdvance(
            self._text(self._anchor.line)[: self._anchor.column]
        )
        room = self.viewport().width() - self._gutter
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        if not across.value() <= left <= across.value() + room * 0.8:
            across.setValue(max(0, round(left - room / 3)))
        top = self._anchor.line * self._line_height
        if not down.value() <= top <= down.value() + self.viewport().height() - 2 * self._line_height:
            down.setValue(max(0, top - self.viewport().height() // 3))
        self.viewport().update()

    def clear_selection(self) -> None:
        """Select nothing."""
        self._anchor = self._caret = None
        self._shared = False
        self.viewport().update()

    def copy(self) -> None:
        """Copy the selection, or everything without one."""
        QGuiApplication.clipboard().setText(self.selected_text() or self.text())

    # Measures

    def _follow_theme(self) -> None:
        self._measure()
        self.updateGeometry()
        self.viewport().update()

    def _measure(self) -> None:
        metrics = self._theme.metrics("code")
        self._line_height = self._theme.line_height("code")
        self._base = (self._line_height - metrics.height()) / 2 + metrics.ascent()
        digits = max((len(str(line.number)) for line in self._lines if line.number is not None), default=0)
        self._gutter = (
            round(metrics.horizontalAdvance("0") * max(3, digits)) + 30 if self._numbers and digits else 12
        )
        texts = enumerate(line.text for line in self._lines)
        longest = heapq.nlargest(_MEASURED, texts, key=lambda pair: shown_width(pair[1]))
        self._widest = max((metrics.horizontalAdvance(self._text(at)) for at, _ in longest), default=0.0)
        self._set_ranges()

    def _set_ranges(self) -> None:
        port = self.viewport().size()
        across = round(self._gutter + self._widest) + 2 * _PAD - port.width()
        self.horizontalScrollBar().setRange(0, max(0, across))
        self.horizontalScrollBar().setPageStep(port.width())
        self.horizontalScrollBar().setSingleStep(24)
        down = len(self._lines) * self._line_height + 2 * _PAD - port.height()
        self.verticalScrollBar().setRange(0, max(0, down))
        self.verticalScrollBar().setPageStep(port.height())
        self.verticalScrollBar().setSingleStep(self._line_height)

    @override
    def sizeHint(self) -> QSize:
        if not self._most:
            return QSize(480, 20 * self._line_height)
        lines = min(max(1, len(self._lines)), self._most)
        bar = self.horizontalScrollBar().sizeHint().height() if self.horizontalScrollBar().maximum() else 0
        return QSize(320, lines * self._line_height + 2 * _PAD + bar)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height() if self._most else 6 * self._line_height)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        had_bar = self.horizontalScrollBar().maximum() > 0
        self._set_ranges()
        if had_bar != (self.horizontalScrollBar().maximum() > 0):
            self.updateGeometry()

    def place_at(self, point: QPointF) -> Place:
        """Return the place nearest to *point* in viewport coordinates."""
        y = point.y() + self.verticalScrollBar().value() - _PAD
        line = min(max(0, len(self._lines) - 1), max(0, int(y // self._line_height)))
        x = point.x() + self.horizontalScrollBar().value() - self._gutter
        return Place(line, self._column_at(self._text(line), x))

    def _column_at(self, text: str, x: float) -> int:
        metrics = self._theme.metrics("code")
        low, high = 0, len(text)
        while low < high:
            middle = (low + high) // 2
            left, right = (
                metrics.horizontalAdvance(text[:middle]),
                metrics.horizontalAdvance(text[: middle + 1]),
            )
            if x < (left + right) / 2:
                high = middle
            else:
                low = middle + 1
        return low

    # What screen readers ask

    def visible_rows(self) -> range:
        """Return the indexes of the lines in the viewport, also of one that its page has scrolled away."""
        seen = self.viewport().rect()
        top = self.verticalScrollBar().value() - _PAD
        first = max(0, (seen.top() + top) // self._line_height)
        return range(first, min(len(self._lines), (seen.bottom() + top) // self._line_height + 1))

    def row_at(self, point: QPoint) -> int:
        """Return the index of the line at *point* of the viewport, -1 for none."""
        at = (point.y() + self.verticalScrollBar().value() - _PAD) // self._line_height
        return at if 0 <= at < len(self._lines) else -1

    def row_rect(self, row: int) -> QRect:
        """Return the rectangle of a line in the viewport."""
        top = _PAD - self.verticalScrollBar().value() + row * self._line_height
        return QRect(0, top, self.viewport().width(), self._line_height)

    def current_row(self) -> int:
        """Return the index of the line the keyboard is at, else of the marked one, -1 for none."""
        if self._caret is not None:
            return self._caret.line
        return next((at for at, line in enumerate(self._lines) if line.current), -1)

    def sentence(self, row: int) -> str:
        """Return a line as it is read out, "" when there is no such line."""
        if not 0 <= row < len(self._lines):
            return ""
        line = self._lines[row]
        text = line.text.strip() or tr("empty")
        if line.number is not None and self._numbers:
            text = tr("line {number}, {text}").format(number=line.number, text=text)
        signs = {"+": tr("added"), "-": tr("removed")}
        notes = [signs.get(line.sign, ""), tr("current") if line.current else ""]
        return ", ".join(part for part in (text, *notes) if part)

    # Drawing

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self._theme.color("bg.code"))
        top = _PAD - self.verticalScrollBar().value()
        first = max(0, (event.rect().top() - top) // self._line_height)
        last = min(len(self._lines), (event.rect().bottom() - top) // self._line_height + 1)
        for at in range(first, last):
            self._paint_line(painter, at, top + at * self._line_height)
        if self._ring and self.hasFocus():
            painter.setPen(QPen(self._theme.color("focus"), 2))
            painter.drawRect(self.viewport().rect().adjusted(1, 1, -1, -1))
        painter.end()

    def _paint_line(self, painter: QPainter, at: int, y: int) -> None:
        line = self._lines[at]
        if line.current:
            painter.fillRect(
                0, y, self.viewport().width(), self._line_height, self._theme.color("bg.code.line")
            )
        elif line.sign:
            ground = self._theme.color(_SIGNS[line.sign])
            painter.fillRect(0, y, self.viewport().width(), self._line_height, ground)
        self._paint_selection(painter, at, y)
        x = self._gutter - self.horizontalScrollBar().value() + 0.0
        role = "code.bold" if line.current else "code"
        painter.setFont(self._theme.font("code"))
        metrics = self._theme.metrics("code")
        for run in self._runs(at):
            painter.setPen(self._theme.color(run.token))
            painter.drawText(QPointF(x, y + self._base), run.text)
            x += metrics.horizontalAdvance(run.text)
        self._paint_gutter(painter, line, y, role)

    def _paint_gutter(self, painter: QPainter, line: CodeLine, y: int, role: str) -> None:
        if self.horizontalScrollBar().value():
            ground = "bg.code.line" if line.current else "bg.code"
            painter.fillRect(0, y, self._gutter - 4, self._line_height, self._theme.color(ground))
        if line.current:
            painter.fillRect(0, y, _BAR, self._line_height, self._theme.color("level.error.text"))
        if line.sign:
            painter.setFont(self._theme.font("code.bold"))
            painter.setPen(self._theme.color("text"))
            painter.drawText(QPointF(self._gutter - 14, y + self._base), "−" if line.sign == "-" else "+")
        if line.number is not None and self._numbers:
            painter.setFont(self._theme.font(role))
            painter.setPen(self._theme.color("text" if line.current else "text.muted"))
            box = QRect(0, y, self._gutter - 18, self._line_height)
            painter.drawText(
                box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(line.number)
            )

    def _paint_selection(self, painter: QPainter, at: int, y: int) -> None:
        if self._anchor is None or self._caret is None:
            return
        first, last = min(self._anchor, self._caret), max(self._anchor, self._caret)
        if first == last or not first.line <= at <= last.line:
            return
        metrics = self._theme.metrics("code")
        text = self._text(at)
        left = metrics.horizontalAdvance(text[: first.column]) if at == first.line else 0.0
        right = (
            metrics.horizontalAdvance(text[: last.column])
            if at == last.line
            else metrics.horizontalAdvance(text) + 6
        )
        x = self._gutter - self.horizontalScrollBar().value() + left
        ground = "bg.selected" if self.hasFocus() or self._shared else "bg.selected.inactive"
        painter.fillRect(round(x), y, round(right - left), self._line_height, self._theme.color(ground))

    # Mouse and keys

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ring = event.reason() != Qt.FocusReason.MouseFocusReason
        super().focusInEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            place = self.place_at(event.position())
            extend = event.modifiers() & Qt.KeyboardModifier.ShiftModifier and self._anchor is not None
            self._anchor = self._anchor if extend else place
            self._caret = place
            self.viewport().update()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton and self._anchor is not None:
            self._caret = self.place_at(event.position())
            self.viewport().update()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        place = self.place_at(event.position())
        number = self._lines[place.line].number if self._lines else None
        if event.position().x() < self._gutter - 8 and number is not None:
            self.lineActivated.emit(number)
        elif self._lines:
            start, end = word_at(self._text(place.line), place.column)
            self._anchor, self._caret = Place(place.line, start), Place(place.line, end)
            self.viewport().update()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self.select_all()
        elif event.key() == Qt.Key.Key_Escape and self.selected_text():
            self.clear_selection()
        elif not (event.modifiers() & Qt.KeyboardModifier.ShiftModifier and self._extend(event.key())):
            super().keyPressEvent(event)

    def _extend(self, key: int) -> bool:
        """Move the end of the selection with Shift held; the first press starts at the marked line."""
        if not self._lines:
            return False
        if self._caret is None:
            start = next((at for at, line in enumerate(self._lines) if line.current), 0)
            self._anchor = self._caret = Place(start, 0)
        moved = self._moved(self._caret, key)
        if moved is None:
            return False
        self._caret = moved
        self.viewport().update()
        return True

    def _moved(self, place: Place, key: int) -> Place | None:
        line, column = place.line, place.column
        length = len(self._text(line))
        moves = {
            Qt.Key.Key_Left: Place(line, max(0, column - 1)),
            Qt.Key.Key_Right: Place(line, min(length, column + 1)),
            Qt.Key.Key_Home: Place(line, 0),
            Qt.Key.Key_End: Place(line, length),
            Qt.Key.Key_Up: Place(max(0, line - 1), column if line else 0),
            Qt.Key.Key_Down: Place(line + 1, column) if line + 1 < len(self._lines) else Place(line, length),
        }
        return moves.get(Qt.Key(key))

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        at = (
            self.row_at(event.pos())
            if event.reason() is QContextMenuEvent.Reason.Mouse
            else self.current_row()
        )
        self.menuOpening.emit(menu, self._lines[at].number if at >= 0 else None)
        if not menu.isEmpty():
            menu.addSeparator()
        copy = menu.addAction(tr("Copy selection") if self.selected_text() else tr("Copy"))
        copy.triggered.connect(self.copy)
        menu.addAction(tr("Select all")).triggered.connect(self.select_all)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

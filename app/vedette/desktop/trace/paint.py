"""Draws the rows of a waterfall. Reads the theme once per change; draws only what is handed to it."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPixmap

from vedette.desktop.theme.theme import Density, Theme
from vedette.desktop.theme.tokens import span_category
from vedette.desktop.trace.describe import length, title_of
from vedette.desktop.trace.layout import Side, Stretch, bar_of, label_of, merged, uncovered
from vedette.desktop.trace.scale import TimeScale
from vedette.desktop.trace.tree import Kind, Node, TraceTree
from vedette.desktop.widgets import units
from vedette.desktop.widgets.chip import chip_size, paint_chip

EDGE = 10  # free pixels left of the first fold mark
INDENT = 16
_MARK = 14
_DOT = 8
_AIR = {Density.COMFORTABLE: 4, Density.COMPACT: 2, Density.TOUCH: 18}
_MOST_INDENT = 0.45  # of the tree column
_VCENTRE = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
_RADIUS = 3.0
_CHILD_SHARE = 0.42


def row_height(theme: Theme) -> int:
    """Return the height of a waterfall row: one line and little air."""
    return theme.line_height("body") + _AIR[theme.density]


def mark_left(depth: int, tree_width: int) -> int:
    """Return where the fold mark of a row at *depth* begins; very deep rows share one indent."""
    return EDGE + min(depth * INDENT, round(tree_width * _MOST_INDENT) // INDENT * INDENT)


@dataclass(frozen=True, slots=True)
class Row:
    """All that is to be known for drawing one row."""

    node: Node
    depth: int
    top: int
    fold: str  # open, closed, "" for a leaf
    selected: bool
    hovered: bool
    match: bool
    hidden_matches: int
    hidden_errors: int
    path: tuple[tuple[int, int], ...]  # the critical path on it


class RowPainter:
    """Draws rows into a viewport whose first *tree_width* pixels are the tree, the rest time."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._child: dict[str, QColor] = {}
        self._hatch: dict[str, QBrush] = {}
        self._icons: dict[tuple[str, str], QPixmap] = {}
        theme.changed.connect(self._forget)

    def _forget(self) -> None:
        self._child.clear()
        self._hatch.clear()
        self._icons.clear()

    def paint(
        self,
        painter: QPainter,
        tree: TraceTree,
        row: Row,
        scale: TimeScale,
        tree_width: int,
        height: int,
        active: bool,
    ) -> None:
        """Draw one row: ground, tree cell, bar with its duration, hairline."""
        width = tree_width + round(scale.width)
        self._paint_ground(painter, row, width, height, active)
        painter.save()
        painter.setClipRect(QRectF(0, row.top, tree_width - 1, height))
        self._paint_cell(painter, row, tree_width, height)
        painter.restore()
        painter.save()
        painter.setClipRect(QRectF(tree_width, row.top, scale.width, height))
        painter.translate(tree_width, 0)
        self._paint_time(painter, tree, row, scale, height)
        painter.restore()
        painter.setPen(QPen(self._theme.color("border.faint"), 1))
        painter.drawLine(0, row.top + height - 1, width, row.top + height - 1)

    def _paint_ground(self, painter: QPainter, row: Row, width: int, height: int, active: bool) -> None:
        if row.selected:
            token = "bg.selected" if active else "bg.selected.inactive"
        elif row.hovered:
            token = "bg.hover"
        else:
            return
        painter.fillRect(QRectF(0, row.top, width, height), self._theme.color(token))

    # The tree cell

    def _paint_cell(self, painter: QPainter, row: Row, tree_width: int, height: int) -> None:
        node, theme = row.node, self._theme
        middle = row.top + (height - 1) / 2
        x: float = mark_left(row.depth, tree_width)
        self._paint_mark(painter, row.fold, x, middle)
        x += _MARK + 4
        right = tree_width - 8 - self._paint_badges(painter, row, tree_width - 8, middle)
        if node.kind is Kind.GAP:
            self._paint_text(painter, node.description, x, right, row, height, "body", "text.faint")
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        token = "level.error.fill" if node.kind is Kind.ERROR else span_category(node.op)
        painter.setBrush(theme.color(token))
        painter.drawEllipse(QRectF(x, middle - _DOT / 2, _DOT, _DOT))
        x += _DOT + 7
        if node.op:
            muted = "text" if row.selected else "text.muted"
            x = self._paint_text(painter, node.op, x, right, row, height, "body", muted) + 7
        if node.is_segment and node.service and x + chip_size(theme, node.service).width() < right:
            x = paint_chip(painter, theme, x, middle, node.service) + 7
        if node.failed:
            x = self._paint_icon(painter, "circle-alert", "level.error.text", x, middle) + 6
        if node.note is not None:
            x = self._paint_icon(painter, "unlink", "level.warning.text", x, middle) + 6
        self._paint_title(painter, row, x, right, height)

    def _paint_title(self, painter: QPainter, row: Row, x: float, right: float, height: int) -> None:
        title = title_of(row.node).replace("\n", " ")
        if row.match and right > x:
            shown = min(self._theme.metrics("body").horizontalAdvance(title[:300]), right - x)
            painter.fillRect(QRectF(x - 2, row.top + 2, shown + 4, height - 5), self._theme.color("bg.match"))
        self._paint_text(painter, title, x, right, row, height, "body", "text")

    def _paint_mark(self, painter: QPainter, fold: str, x: float, middle: float) -> None:
        if not fold:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("text.faint"))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.drawEllipse(QRectF(x + _MARK / 2 - 1, middle - 1, 2, 2))
            return
        name = "chevron-down" if fold == "open" else "chevron-right"
        self._paint_icon(painter, name, "text.muted", x, middle)

    def _paint_badges(self, painter: QPainter, row: Row, right: float, middle: float) -> float:
        """Draw what a folded row hides at the right edge of the tree; return the width taken."""
        taken = 0.0
        for count, token in (
            (row.hidden_errors, "level.error.text"),
            (row.hidden_matches, "level.warning.text"),
        ):
            if count:
                text = units.short_count(count)
                width = chip_size(self._theme, text).width()
                paint_chip(painter, self._theme, right - taken - width, middle, text, token)
                taken += width + 4
        if row.fold == "closed" and row.node.kind is Kind.SPAN and row.node.below:
            text = units.short_count(row.node.below)
            room = self._theme.metrics("caption").horizontalAdvance(text)
            painter.setFont(self._theme.font("caption"))
            painter.setPen(self._theme.color("text.muted"))
            painter.drawText(QRectF(right - taken - room, middle - 20, room + 1, 40), _VCENTRE, text)
            taken += room + 4
        return taken + 4 if taken else 0

    def _paint_text(
        self,
        painter: QPainter,
        text: str,
        x: float,
        right: float,
        row: Row,
        height: int,
        role: str,
        token: str,
    ) -> float:
        """Draw *text* elided to what is left of the cell; return where it ends."""
        room = right - x
        if room < 8 or not text:
            return x
        metrics = self._theme.metrics(role)
        # No need to measure a page of SQL for a column of a few hundred pixels.
        text = metrics.elidedText(text[: 8 + int(room)], Qt.TextElideMode.ElideRight, room)
        painter.setFont(self._theme.font(role))
        painter.setPen(self._theme.color(token))
        painter.drawText(QRectF(x, row.top, room + 1, height - 1), _VCENTRE, text)
        return x + metrics.horizontalAdvance(text)

    def _paint_icon(self, painter: QPainter, name: str, token: str, x: float, middle: float) -> float:
        pixmap = self._icons.get((name, token))
        ratio = painter.device().devicePixelRatio()
        if pixmap is None or pixmap.devicePixelRatio() != ratio:
            pixmap = self._icons[name, token] = self._theme.icon_pixmap(name, token, _MARK, ratio)
        painter.drawPixmap(QPointF(x, round(middle - _MARK / 2)), pixmap)
        return x + _MARK

    # The time area

    def _paint_time(
        self, painter: QPainter, tree: TraceTree, row: Row, scale: TimeScale, height: int
    ) -> None:
        node = row.node
        bar = bar_of(scale, node.start, node.start + node.duration)
        if bar is None:
            self._paint_pointer(painter, scale, node, row, height)
            return
        if node.kind is Kind.ERROR:
            self._paint_moment(painter, bar.left, row.top, height)
            return
        thick = max(8, height - 10)
        top = row.top + (height - 1 - thick) / 2
        if node.kind is Kind.GAP:
            self._paint_gap(painter, bar, top, thick)
        else:
            self._paint_bar(painter, tree, row, scale, bar, top, thick)
        self._paint_duration(painter, row, bar, scale.width, height)

    def _paint_bar(
        self,
        painter: QPainter,
        tree: TraceTree,
        row: Row,
        scale: TimeScale,
        bar: Stretch,
        top: float,
        thick: float,
    ) -> None:
        node = row.node
        token = span_category(node.op)
        full = self._theme.color(token)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if node.kind is Kind.GROUP:
            self._fill(painter, merged(scale, *tree.bars(node.number)), top, thick, full)
        else:
            busy = merged(scale, *tree.busy(node.number), least=0.0)
            if busy:
                painter.setBrush(self._lighter(token))
                painter.drawRoundedRect(_box(bar, top, thick), _RADIUS, _RADIUS)
                self._fill(painter, uncovered(bar, busy), top, thick, full)
            else:
                self._fill(painter, [bar], top, thick, full)
        outline = "level.error.outline" if node.failed else "text" if row.selected else ""
        if node.failed:
            self._paint_failure(painter, bar, top, thick)
        if outline:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._theme.color(outline), 1))
            painter.drawRoundedRect(_box(bar, top, thick).adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
        self._paint_path(painter, row, scale, top + thick)

    def _fill(
        self, painter: QPainter, stretches: list[Stretch], top: float, thick: float, colour: QColor
    ) -> None:
        painter.setBrush(colour)
        for stretch in stretches:
            box = _box(stretch, top, thick)
            if stretch.width >= 6:
                painter.drawRoundedRect(box, _RADIUS, _RADIUS)
            else:
                painter.drawRect(box)

    def _paint_failure(self, painter: QPainter, bar: Stretch, top: float, thick: float) -> None:
        """A hatch over the bar and a tick at its left: any hue may sit near red for someone."""
        brush = self._hatch.get("error")
        if brush is None:
            colour = QColor(self._theme.color("level.error.text"))
            colour.setAlpha(130)
            brush = QBrush(colour, Qt.BrushStyle.BDiagPattern)
            self._hatch["error"] = brush
        painter.fillRect(_box(bar, top, thick), brush)
        painter.fillRect(QRectF(bar.left, top - 2, 3, thick + 4), self._theme.color("level.error.fill"))

    def _paint_moment(self, painter: QPainter, x: float, top: int, height: int) -> None:
        painter.fillRect(QRectF(x - 1, top + 3, 3, height - 7), self._theme.color("level.error.fill"))

    def _paint_gap(self, painter: QPainter, bar: Stretch, top: float, thick: float) -> None:
        brush = self._hatch.get("gap")
        if brush is None:
            brush = self._hatch["gap"] = QBrush(
                self._theme.color("border.control"), Qt.BrushStyle.FDiagPattern
            )
        painter.fillRect(_box(bar, top + 1, thick - 2), brush)

    def _paint_path(self, painter: QPainter, row: Row, scale: TimeScale, bottom: float) -> None:
        for begin, end in row.path:
            stretch = bar_of(scale, begin, end)
            if stretch is not None:
                painter.fillRect(
                    QRectF(stretch.left, bottom + 1, stretch.width, 2), self._theme.color("text")
                )

    def _paint_duration(self, painter: QPainter, row: Row, bar: Stretch, width: float, height: int) -> None:
        text = length(row.node.duration)
        metrics = self._theme.metrics("caption.number")
        advance = metrics.horizontalAdvance(text)
        side, x = label_of(bar, advance, width)
        if side is Side.NOWHERE:
            return
        token = "text.muted"
        if side is Side.INSIDE and row.node.kind is not Kind.GAP:
            token = f"{span_category(row.node.op)}.text"
            busy = row.node.kind is Kind.SPAN and row.node.below
            if busy:
                token = "text"  # the lighter part of a bar is near the ground
        painter.setFont(self._theme.font("caption.number"))
        painter.setPen(self._theme.color(token if not row.selected or side is Side.INSIDE else "text"))
        painter.drawText(QRectF(x, row.top, advance + 2, height - 1), _VCENTRE, text)

    def _paint_pointer(self, painter: QPainter, scale: TimeScale, node: Node, row: Row, height: int) -> None:
        """An arrow at the edge beyond which the bar lies, so that no row looks empty."""
        left = scale.x(node.start) < 0
        name, x = ("chevron-left", 2.0) if left else ("chevron-right", scale.width - _MARK - 2)
        self._paint_icon(painter, name, "text.faint", x, row.top + height / 2)

    def _lighter(self, token: str) -> QColor:
        found = self._child.get(token)
        if found is None:
            full, ground = self._theme.color(token), self._theme.color("bg.canvas")
            share = _CHILD_SHARE
            found = self._child[token] = QColor(
                round(full.red() * share + ground.red() * (1 - share)),
                round(full.green() * share + ground.green() * (1 - share)),
                round(full.blue() * share + ground.blue() * (1 - share)),
            )
        return found


def _box(stretch: Stretch, top: float, thick: float) -> QRectF:
    return QRectF(stretch.left, top, stretch.width, thick)

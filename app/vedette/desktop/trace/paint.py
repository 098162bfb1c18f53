"""Draws the rows of a waterfall. Reads the theme once per change; draws only what is handed to it."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap

from vedette.desktop.theme.theme import Density, Theme
from vedette.desktop.trace.colouring import Inks
from vedette.desktop.trace.describe import title_of
from vedette.desktop.trace.paint_bars import BarPainter
from vedette.desktop.trace.row import Row
from vedette.desktop.trace.scale import TimeScale
from vedette.desktop.trace.tree import Kind, TraceTree
from vedette.desktop.widgets import units
from vedette.desktop.widgets.chip import chip_size, paint_chip

EDGE = 10  # free pixels left of the first fold mark
_AIR = {Density.COMFORTABLE: 4, Density.COMPACT: 2, Density.TOUCH: 18}
_MOST_INDENT = 0.45  # of the tree column
_VCENTRE = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
_DIMMED = 0.38


def row_height(theme: Theme) -> int:
    """Return the height of a waterfall row: one line and little air."""
    return theme.line_height("body") + _AIR[theme.density]


def mark_side(theme: Theme) -> int:
    """Return the side of fold marks and icons, which grow with the text."""
    return 2 * round(theme.line_height("body") * 0.39)


def mark_left(theme: Theme, depth: int, tree_width: int) -> int:
    """Return where the fold mark of a row at *depth* begins; very deep rows share one indent."""
    indent = mark_side(theme) + 2
    return EDGE + min(depth * indent, round(tree_width * _MOST_INDENT) // indent * indent)


class RowPainter:
    """Draws rows into a viewport whose first *tree_width* pixels are the tree, the rest time."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._icons: dict[tuple[str, str], QPixmap] = {}
        self._bars = BarPainter(theme, self.paint_icon)
        self._pens: dict[str, QPen] = {}
        theme.changed.connect(self._forget)

    def _forget(self) -> None:
        self._icons.clear()
        self._pens.clear()

    def pen(self, token: str) -> QPen:
        """Return a hairline in the colour of *token*."""
        found = self._pens.get(token)
        if found is None:
            found = self._pens[token] = QPen(self._theme.color(token), 1)
        return found

    def paint(
        self,
        painter: QPainter,
        tree: TraceTree,
        row: Row,
        inks: Inks,
        scale: TimeScale,
        tree_width: int,
        height: int,
        active: bool,
    ) -> None:
        """Draw one row: ground, tree cell, bar with its duration, hairline."""
        width = tree_width + round(scale.width)
        self._paint_ground(painter, row, width, height, active)
        if row.dimmed:
            painter.setOpacity(_DIMMED)
        painter.setClipRect(QRectF(0, row.top, tree_width - 1, height))
        self._paint_cell(painter, row, inks, tree_width, height)
        painter.setClipRect(QRectF(tree_width, row.top, scale.width, height))
        painter.translate(tree_width, 0)
        self._bars.paint(painter, tree, row, inks, scale, height)
        painter.translate(-tree_width, 0)
        painter.setClipping(False)
        painter.setOpacity(1.0)
        painter.setPen(self.pen("border.faint"))
        painter.drawLine(0, row.top + height - 1, width, row.top + height - 1)

    def _paint_ground(self, painter: QPainter, row: Row, width: int, height: int, active: bool) -> None:
        if row.selected:
            token = "bg.selected" if active else "bg.selected.inactive"
        elif row.hovered:
            token = "bg.hover"
        else:
            return
        painter.fillRect(QRectF(0, row.top, width, height), self._theme.color(token))

    def _paint_cell(self, painter: QPainter, row: Row, inks: Inks, tree_width: int, height: int) -> None:
        node, theme = row.node, self._theme
        middle = row.top + (height - 1) / 2
        side = mark_side(theme)
        x: float = mark_left(theme, row.depth, tree_width)
        self._paint_mark(painter, row.fold, x, middle, side)
        x += side + 4
        right = tree_width - 8 - self._paint_badges(painter, row, tree_width - 8, middle)
        if node.kind is Kind.GAP:
            muted = "text.muted" if row.selected else "text.faint"
            self._paint_text(painter, title_of(node), x, right, row, height, muted)
            return
        dot = side / 2 + 1
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        error = node.kind is Kind.ERROR
        painter.setBrush(theme.color("level.error.fill" if error else inks.of(node.number).token))
        painter.drawEllipse(QRectF(x, middle - dot / 2, dot, dot))
        x += dot + 7
        if node.op:
            muted = "text" if row.selected else "text.muted"
            x = self._paint_text(painter, node.op, x, right, row, height, muted) + 7
        if node.is_segment and node.service and x + chip_size(theme, node.service).width() < right:
            x = paint_chip(painter, theme, x, middle, node.service, "text" if row.selected else "") + 7
        for name, token in _signs(row):
            x = self.paint_icon(painter, name, token, x, middle) + 6
        self._paint_title(painter, row, x, right, height)

    def _paint_title(self, painter: QPainter, row: Row, x: float, right: float, height: int) -> None:
        title = title_of(row.node).replace("\n", " ")
        if row.match and right > x:
            shown = min(self._theme.metrics("body").horizontalAdvance(title[:300]), right - x)
            painter.fillRect(QRectF(x - 2, row.top + 2, shown + 4, height - 5), self._theme.color("bg.match"))
        self._paint_text(painter, title, x, right, row, height, "text")

    def _paint_mark(self, painter: QPainter, fold: str, x: float, middle: float, side: int) -> None:
        if not fold:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("text.faint"))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.drawEllipse(QRectF(x + side / 2 - 1, middle - 1, 2, 2))
            return
        name = "chevron-down" if fold == "open" else "chevron-right"
        self.paint_icon(painter, name, "text.muted", x, middle)

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
            metrics = self._theme.metrics("caption")
            room = metrics.horizontalAdvance(text)
            painter.setFont(self._theme.font("caption"))
            painter.setPen(self._theme.color("text.muted"))
            box = QRectF(right - taken - room, middle - metrics.height(), room + 1, 2 * metrics.height())
            painter.drawText(box, _VCENTRE, text)
            taken += room + 4
        return taken + 4 if taken else 0

    def _paint_text(
        self, painter: QPainter, text: str, x: float, right: float, row: Row, height: int, token: str
    ) -> float:
        """Draw *text* elided to what is left of the cell; return where it ends."""
        room = right - x
        if room < 8 or not text:
            return x
        metrics = self._theme.metrics("body")
        # No need to measure a page of SQL for a column of a few hundred pixels.
        text = metrics.elidedText(text[: 8 + int(room)], Qt.TextElideMode.ElideRight, room)
        painter.setFont(self._theme.font("body"))
        painter.setPen(self._theme.color(token))
        painter.drawText(QRectF(x, row.top, room + 1, height - 1), _VCENTRE, text)
        return x + metrics.horizontalAdvance(text)

    def paint_icon(self, painter: QPainter, name: str, token: str, x: float, middle: float) -> float:
        """Draw a line icon with its left edge at *x*, centred on *middle*; return its right edge."""
        side = mark_side(self._theme)
        pixmap = self._icons.get((name, token))
        ratio = painter.device().devicePixelRatio()
        if pixmap is None or pixmap.devicePixelRatio() != ratio:
            pixmap = self._icons[name, token] = self._theme.icon_pixmap(name, token, side, ratio)
        painter.drawPixmap(QPointF(round(x), round(middle - side / 2)), pixmap)
        return x + side


def _signs(row: Row) -> list[tuple[str, str]]:
    """Return the icons before a row's title, with their colours: what is wrong with it."""
    signs = []
    if row.node.failed:
        signs.append(("circle-alert", "level.error.text"))
    if row.repeats:
        signs.append(("triangle-alert", "level.warning.text"))
    if row.node.note is not None:
        signs.append(("unlink", "level.warning.text"))
    return signs

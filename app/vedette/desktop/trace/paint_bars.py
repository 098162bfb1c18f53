"""Draws the time area of a waterfall's rows: bars, gaps, errors where they happened, the critical path."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPolygonF

from vedette.desktop.theme.theme import Theme
from vedette.desktop.theme.tokens import TOKENS, Scheme, contrast_ratio, shade
from vedette.desktop.trace.colouring import Ink, Inks
from vedette.desktop.trace.describe import length
from vedette.desktop.trace.layout import Side, Stretch, bar_of, label_of, merged, uncovered
from vedette.desktop.trace.row import Row
from vedette.desktop.trace.scale import TimeScale
from vedette.desktop.trace.tree import Kind, TraceTree

_VCENTRE = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
_RADIUS = 3.0
_CHILD_SHARE = 0.42
_MOST_ERRORS = 40  # marks on one bar
PATTERNS = (
    Qt.BrushStyle.NoBrush,
    Qt.BrushStyle.Dense6Pattern,
    Qt.BrushStyle.HorPattern,
    Qt.BrushStyle.VerPattern,
    Qt.BrushStyle.CrossPattern,
    Qt.BrushStyle.Dense4Pattern,
    Qt.BrushStyle.DiagCrossPattern,
    Qt.BrushStyle.Dense7Pattern,
    Qt.BrushStyle.Dense5Pattern,
    Qt.BrushStyle.Dense3Pattern,
)
"""By an ink's number. Diagonals of one direction are left out: they mean errors and gaps."""

PaintIcon = Callable[[QPainter, str, str, float, float], float]


def shows_pattern(theme: Theme, inks: Inks) -> bool:
    """Return whether bars bear patterns: in high contrast always, else where one colour serves several."""
    return theme.scheme is Scheme.CONTRAST or inks.colouring.value != "category"


def pattern_brush(theme: Theme, ink: Ink) -> QBrush:
    """Return the pattern of *ink* as a brush to be laid over its colour."""
    colour = QColor(theme.color("bg.canvas"))
    colour.setAlpha(170)
    return QBrush(colour, PATTERNS[ink.pattern % len(PATTERNS)])


class BarPainter:
    """Draws into a painter moved to where the time area begins."""

    def __init__(self, theme: Theme, paint_icon: PaintIcon) -> None:
        self._theme = theme
        self._paint_icon = paint_icon
        self._lighter: dict[str, QColor] = {}
        self._text_on: dict[str, str] = {}
        self._brushes: dict[object, QBrush] = {}
        theme.changed.connect(self._forget)

    def _forget(self) -> None:
        self._lighter.clear()
        self._text_on.clear()
        self._brushes.clear()

    def paint(
        self, painter: QPainter, tree: TraceTree, row: Row, inks: Inks, scale: TimeScale, height: int
    ) -> None:
        """Draw the bar of *row* with its duration, or an arrow to where it lies out of sight."""
        node = row.node
        bar = bar_of(scale, node.start, node.start + node.duration)
        if bar is None:
            self._paint_pointer(painter, scale, row, height)
            return
        thick = max(8, height - 10)
        top = row.top + (height - 1 - thick) / 2
        if node.kind is Kind.ERROR:
            self._paint_error(painter, bar.left, row.top + height - 3, height - 7)
            return
        if node.kind is Kind.GAP:
            painter.fillRect(_box(bar, top + 1, thick - 2), self._gap_brush())
        else:
            self._paint_bar(painter, tree, row, inks, scale, bar, top, thick)
        self._paint_duration(painter, row, inks, bar, scale.width, height)

    def _paint_bar(
        self,
        painter: QPainter,
        tree: TraceTree,
        row: Row,
        inks: Inks,
        scale: TimeScale,
        bar: Stretch,
        top: float,
        thick: float,
    ) -> None:
        node = row.node
        ink = inks.of(node.number)
        full = self._theme.color(ink.token)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if node.kind is Kind.GROUP:
            own = merged(scale, *tree.bars(node.number))
        else:
            busy = merged(scale, *tree.busy(node.number), least=0.0)
            own = uncovered(bar, busy) if busy else [bar]
            if busy:
                painter.setBrush(self._lightened(ink.token))
                painter.drawRoundedRect(_box(bar, top, thick), _RADIUS, _RADIUS)
        self._fill(painter, own, top, thick, full)
        if ink.pattern and shows_pattern(self._theme, inks):
            brush = self._pattern(ink)
            for stretch in own:
                painter.fillRect(_box(stretch, top, thick), brush)
        if node.failed:
            self._paint_failure(painter, bar, top, thick)
        outline = self._outline(row)
        if outline:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._theme.color(outline), 1))
            painter.drawRoundedRect(_box(bar, top, thick).adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
        for error in tree.errors_on(node.number)[:_MOST_ERRORS]:
            # A clock of its own may put it outside; it happened within.
            moment = min(max(tree.moment_of(error), node.start), node.start + node.duration)
            self._paint_error(painter, scale.x(moment), top + thick + 2, thick * 0.5)
        self._paint_path(painter, row, scale, top + thick)

    def _outline(self, row: Row) -> str:
        if row.node.failed:
            return "level.error.outline"
        if row.repeats:
            return "level.warning.outline"
        return "text" if row.selected else ""

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
        painter.fillRect(_box(bar, top, thick), self._error_brush())
        painter.fillRect(QRectF(bar.left, top - 2, 3, thick + 4), self._theme.color("level.error.fill"))

    def _paint_error(self, painter: QPainter, x: float, bottom: float, tall: float) -> None:
        """A pointer from below at the moment of an error."""
        half = max(3.0, tall * 0.5)
        tip = [QPointF(x, bottom - tall), QPointF(x + half, bottom), QPointF(x - half, bottom)]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.color("bg.canvas"), 1))
        painter.setBrush(self._theme.color("level.error.fill"))
        painter.drawPolygon(QPolygonF(tip))

    def _paint_path(self, painter: QPainter, row: Row, scale: TimeScale, bottom: float) -> None:
        for begin, end in row.path:
            stretch = bar_of(scale, begin, end)
            if stretch is not None:
                box = QRectF(stretch.left, bottom + 1, stretch.width, 2)
                painter.fillRect(box, self._theme.color("text"))

    def _paint_duration(
        self, painter: QPainter, row: Row, inks: Inks, bar: Stretch, width: float, height: int
    ) -> None:
        text = length(row.node.duration)
        metrics = self._theme.metrics("caption.number")
        advance = metrics.horizontalAdvance(text)
        side, x = label_of(bar, advance, width)
        if side is Side.NOWHERE:
            return
        token = "text" if row.selected else "text.muted"
        if side is Side.INSIDE:
            # The lighter part of a bar is near the ground, and a hatch leaves no quiet place.
            node = row.node
            plain = (
                node.kind is not Kind.GAP and not node.failed and not (node.kind is Kind.SPAN and node.below)
            )
            token = "text" if not plain else self._token_on(inks.of(row.node.number).token)
        painter.setFont(self._theme.font("caption.number"))
        painter.setPen(self._theme.color(token))
        painter.drawText(QRectF(x, row.top, advance + 2, height - 1), _VCENTRE, text)

    def _paint_pointer(self, painter: QPainter, scale: TimeScale, row: Row, height: int) -> None:
        """An arrow at the edge beyond which the bar lies, so that no row looks empty."""
        left = scale.x(row.node.start) < 0
        name, x = ("chevron-left", 2.0) if left else ("chevron-right", scale.width - height * 0.7)
        self._paint_icon(painter, name, "text.faint", x, row.top + height / 2)

    # Colours and brushes, kept until the theme changes

    def _lightened(self, token: str) -> QColor:
        found = self._lighter.get(token)
        if found is None:
            full, ground = self._theme.color(token), self._theme.color("bg.canvas")
            share = _CHILD_SHARE
            found = self._lighter[token] = QColor(
                round(full.red() * share + ground.red() * (1 - share)),
                round(full.green() * share + ground.green() * (1 - share)),
                round(full.blue() * share + ground.blue() * (1 - share)),
            )
        return found

    def _token_on(self, token: str) -> str:
        """Return the colour of text in a bar: the token's own, else whichever of two is read better."""
        found = self._text_on.get(token)
        if found is None:
            found = f"{token}.text"
            if found not in TOKENS:
                scheme = self._theme.scheme
                ground = shade(token, scheme)
                found = max(
                    ("text", "bg.canvas"), key=lambda name: contrast_ratio(shade(name, scheme), ground)
                )
            self._text_on[token] = found
        return found

    def _pattern(self, ink: Ink) -> QBrush:
        return self._brushes.setdefault(ink.pattern, pattern_brush(self._theme, ink))

    def _error_brush(self) -> QBrush:
        brush = self._brushes.get("error")
        if brush is None:
            contrast = self._theme.scheme is Scheme.CONTRAST
            colour = QColor(self._theme.color("bg.canvas" if contrast else "level.error.text"))
            colour.setAlpha(255 if contrast else 150)
            brush = self._brushes["error"] = QBrush(colour, Qt.BrushStyle.BDiagPattern)
        return brush

    def _gap_brush(self) -> QBrush:
        brush = self._brushes.get("gap")
        if brush is None:
            colour = self._theme.color("border.control")
            brush = self._brushes["gap"] = QBrush(colour, Qt.BrushStyle.FDiagPattern)
        return brush


def _box(stretch: Stretch, top: float, thick: float) -> QRectF:
    return QRectF(stretch.left, top, stretch.width, thick)

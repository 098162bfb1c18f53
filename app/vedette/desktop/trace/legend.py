"""The line under a waterfall that says what its colours stand for."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from vedette.desktop.language import tr
from vedette.desktop.theme.theme import Theme
from vedette.desktop.theme.tokens import Scheme
from vedette.desktop.trace.colouring import LegendEntry
from vedette.desktop.trace.paint_bars import pattern_brush
from vedette.desktop.widgets import units

_SIDE, _GAP, _BETWEEN = 14, 6, 18


@dataclass(frozen=True, slots=True)
class _Placed:
    entry: LegendEntry
    text: str
    x: int
    line: int


class Legend(QWidget):
    """Swatches with their names, on as many lines as they need."""

    def __init__(self, theme: Theme, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._entries: Sequence[LegendEntry] = ()
        self._patterns = False
        self.setObjectName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self._lay_out_again)
        self.set_entries((), patterns=False)

    def set_entries(self, entries: Sequence[LegendEntry], *, patterns: bool) -> None:
        """Show other colours; *patterns* as over the bars."""
        self._entries, self._patterns = entries, patterns
        names = ", ".join(f"{one.title} {units.count(one.spans)}" for one in entries)
        self.setAccessibleName(tr("Colours: {names}").format(names=names) if names else tr("Colours"))
        self._lay_out_again()

    def entries(self) -> Sequence[LegendEntry]:
        """Return the colours shown."""
        return self._entries

    def _lay_out_again(self) -> None:
        self.updateGeometry()
        self.update()

    def _line(self) -> int:
        return self._theme.line_height("caption") + 4

    def _placed(self, width: int) -> list[_Placed]:
        metrics = self._theme.metrics("caption")
        placed: list[_Placed] = []
        x, line = _SIDE, 0
        for entry in self._entries:
            text = f"{entry.title}  {units.short_count(entry.spans)}"
            needed = self._swatch() + _GAP + round(metrics.horizontalAdvance(text))
            if x > _SIDE and x + needed > width - _SIDE:
                x, line = _SIDE, line + 1
            placed.append(_Placed(entry, text, x, line))
            x += needed + _BETWEEN
        return placed

    def _swatch(self) -> int:
        return self._theme.line_height("caption") - 4

    @override
    def heightForWidth(self, width: int) -> int:
        placed = self._placed(width)
        return 8 + self._line() * (placed[-1].line + 1 if placed else 1)

    @override
    def sizeHint(self) -> QSize:
        return QSize(240, self.heightForWidth(max(240, self.width())))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        if event.size().width() != event.oldSize().width():
            self.setFixedHeight(self.heightForWidth(event.size().width()))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self._theme
        painter.fillRect(self.rect(), theme.color("bg.canvas"))
        painter.setPen(QPen(theme.color("border"), 1))
        painter.drawLine(0, 0, self.width(), 0)
        painter.setFont(theme.font("caption"))
        metrics, side = theme.metrics("caption"), self._swatch()
        for one in self._placed(self.width()):
            top = 4 + one.line * self._line()
            box = QRectF(one.x, top + (self._line() - side) / 2, side, side)
            painter.fillRect(box, theme.color(one.entry.ink.token))
            if one.entry.ink.pattern and (self._patterns or theme.scheme is Scheme.CONTRAST):
                painter.fillRect(box, pattern_brush(theme, one.entry.ink))
            painter.setPen(theme.color("text.muted"))
            room = QRectF(one.x + side + _GAP, top, metrics.horizontalAdvance(one.text) + 2, self._line())
            painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), one.text)
        painter.end()

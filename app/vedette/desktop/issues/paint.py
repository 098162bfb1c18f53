"""Draws an issue's row: level, three lines, chips; beside an open issue also count and age."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFont, QPainter

from vedette.desktop.issues.model import heading_of, place_of, state_of, value_of
from vedette.desktop.issues.read import ListedIssue
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets import relative_time, units
from vedette.desktop.widgets.chip import chip_size, paint_chip
from vedette.desktop.widgets.painted_list import RowState
from vedette.desktop.widgets.severity import paint_level
from vedette.desktop.widgets.sparkline import paint_sparkline
from vedette.store.queries.issue_rows import IssueRow

_SIDE = 10
_MARK = 15
_TEXT = 34
_GAP = 7
_DOT = 7
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
TREND_WIDTH = 116
_TREND_HEIGHT = 24


class IssueRowPainter:
    """A RowPainter. *is_compact* draws count and age at the right, since their columns are hidden."""

    def __init__(self, theme: Theme, clock: Callable[[], int]) -> None:
        self._theme = theme
        self._clock = clock
        self.is_compact = False
        self.marked: set[int] = set()
        """The issues marked with X, by row id."""

    def __call__(self, painter: QPainter, rect: QRect, row: Any, state: RowState) -> None:
        issue = row.issue
        theme = self._theme
        heights = [theme.line_height(role) for role in ("title", "body", "caption")]
        top = rect.top() + (rect.height() - sum(heights)) / 2
        lines = []
        for height in heights:
            lines.append(QRectF(rect.left() + _TEXT, top, rect.width() - _TEXT - _SIDE, height))
            top += height
        self._paint_mark(painter, rect.left() + _SIDE, lines[0].center().y() - _MARK / 2, issue)
        if not issue.seen:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent"))
            x = rect.left() + _SIDE + (_MARK - _DOT) / 2
            painter.drawEllipse(QRectF(x, lines[1].center().y() - _DOT / 2, _DOT, _DOT))
        if self.is_compact:
            self._paint_figures(painter, lines, issue)
        self._paint_heading(painter, lines[0], row)
        value = value_of(issue)
        if value:
            self._paint_text(painter, lines[1], value, "body", "text.muted")
        # A message is its own heading: then there is nothing to say on the second line.
        self._paint_text(painter, lines[2 if value else 1], place_of(issue), "caption", "text.muted")

    def _paint_mark(self, painter: QPainter, x: float, y: float, issue: IssueRow) -> None:
        """Draw the level's shape, or a ticked box in its place."""
        if issue.id in self.marked:
            ratio = painter.device().devicePixelRatio()
            pixmap = self._theme.icon_pixmap("square-check", "accent.text", _MARK + 1, ratio)
            painter.drawPixmap(round(x), round(y), pixmap)
        else:
            paint_level(painter, self._theme, issue.level.value, x, y, _MARK)

    def _paint_figures(self, painter: QPainter, lines: list[QRectF], issue: IssueRow) -> None:
        theme = self._theme
        age = relative_time.age(issue.last, self._clock())
        for line, text, role, token in (
            (lines[0], units.count(issue.n), "number", "text"),
            (lines[1], age, "caption", "text.muted"),
        ):
            painter.setFont(theme.font(role))
            painter.setPen(theme.color(token))
            taken = painter.boundingRect(line, _RIGHT, text)
            painter.drawText(line, _RIGHT, text)
            line.setRight(taken.left() - _GAP)

    def _paint_heading(self, painter: QPainter, line: QRectF, row: ListedIssue) -> None:
        theme, issue = self._theme, row.issue
        state = state_of(issue)
        room = line.width()
        if state:
            room -= chip_size(theme, state).width() + _GAP
        if issue.starred:
            room -= _MARK + _GAP
        role = "title"
        metrics = theme.metrics(role)
        text = metrics.elidedText(
            heading_of(issue).replace("\n", " ")[:300], Qt.TextElideMode.ElideRight, room
        )
        font = QFont(theme.font(role))
        font.setStrikeOut(row.is_gone)
        painter.setFont(font)
        painter.setPen(theme.color("text.muted" if row.is_gone else "text"))
        painter.drawText(line, _LEFT, text)
        # The painter's own measure: with hinting, text is wider than the metrics say.
        x = painter.boundingRect(line, _LEFT, text).right() + _GAP
        middle = line.center().y()
        if state:
            x = paint_chip(painter, theme, x, middle, state) + _GAP
        if issue.starred:
            ratio = painter.device().devicePixelRatio()
            pixmap = theme.icon_pixmap("star", "level.warning.text", _MARK, ratio)
            painter.drawPixmap(round(x), round(middle - _MARK / 2), pixmap)

    def _paint_text(self, painter: QPainter, line: QRectF, text: str, role: str, token: str) -> None:
        metrics = self._theme.metrics(role)
        painter.setFont(self._theme.font(role))
        painter.setPen(self._theme.color(token))
        elided = metrics.elidedText(text.replace("\n", " ")[:400], Qt.TextElideMode.ElideRight, line.width())
        painter.drawText(line, _LEFT, elided)


class TrendPainter:
    """A RowPainter for the column of the last day's bars."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme

    def __call__(self, painter: QPainter, rect: QRect, row: Any, state: RowState) -> None:
        width = min(TREND_WIDTH, rect.width() - 8)
        box = QRect(rect.left() + 4, rect.center().y() - _TREND_HEIGHT // 2, width, _TREND_HEIGHT)
        paint_sparkline(
            painter, self._theme, box, row.trend, token="accent.text" if state.selected else "spark"
        )

"""Draws an issue's row: level, three lines, chips; the course of time, runs, states; bands above groups."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPen

from vedette.desktop.issues.read import ListedIssue
from vedette.desktop.issues.sentences import heading_of, place_of, state_of, value_of
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
_RUN = 8
_RUN_GAP = 4


class IssueRowPainter:
    """A RowPainter. *is_compact* draws count and age at the right, since their columns are hidden."""

    def __init__(self, theme: Theme, clock: Callable[[], int]) -> None:
        self._theme = theme
        self._clock = clock
        self.is_compact = False
        self.shows_state = True
        """Whether the state's chip stands beside the heading; it has a column of its own otherwise."""
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
            self._paint_figures(painter, lines, row)
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

    def _paint_figures(self, painter: QPainter, lines: list[QRectF], row: ListedIssue) -> None:
        theme = self._theme
        age = relative_time.age(row.issue.last, self._clock())
        count = units.count(row.issue.n if row.events is None else row.events)
        for line, text, role, token in (
            (lines[0], count, "number", "text"),
            (lines[1], age, "caption", "text.muted"),
        ):
            painter.setFont(theme.font(role))
            painter.setPen(theme.color(token))
            taken = painter.boundingRect(line, _RIGHT, text)
            painter.drawText(line, _RIGHT, text)
            line.setRight(taken.left() - _GAP)

    def _paint_heading(self, painter: QPainter, line: QRectF, row: ListedIssue) -> None:
        theme, issue = self._theme, row.issue
        state = state_of(issue) if self.shows_state or self.is_compact else ""
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
    """A RowPainter for the bars of the time looked at."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme

    def __call__(self, painter: QPainter, rect: QRect, row: Any, state: RowState) -> None:
        width = min(TREND_WIDTH, rect.width() - 8)
        box = QRect(rect.left() + 4, rect.center().y() - _TREND_HEIGHT // 2, width, _TREND_HEIGHT)
        paint_sparkline(
            painter, self._theme, box, row.trend, token="accent.text" if state.selected else "spark"
        )


class RunsPainter:
    """A RowPainter for the newest runs: a filled dot for those it happened in, a hollow one for others."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme

    def __call__(self, painter: QPainter, rect: QRect, row: Any, state: RowState) -> None:
        ink = self._theme.color("accent.text" if state.selected else "spark")
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x, y = rect.left() + _SIDE, rect.center().y() - _RUN / 2
        for _, happened in row.runs:
            painter.setPen(QPen(ink, 1))
            painter.setBrush(ink if happened else Qt.BrushStyle.NoBrush)
            inset = 0.5 if happened else 1.5
            painter.drawEllipse(QRectF(x, y, _RUN, _RUN).adjusted(inset, inset, -inset, -inset))
            x += _RUN + _RUN_GAP


class StatePainter:
    """A RowPainter for the chip that says the state."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme

    def __call__(self, painter: QPainter, rect: QRect, row: Any, state: RowState) -> None:
        word = state_of(row.issue)
        if word:
            paint_chip(painter, self._theme, rect.left() + _SIDE, rect.center().y(), word)


class GroupPainter:
    """A BandPainter: fold mark, what the group shares, how many issues it has."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme

    def __call__(self, painter: QPainter, rect: QRect, row: Any, *, current: bool) -> None:
        theme = self._theme
        painter.save()
        painter.fillRect(rect, theme.color("bg.selected" if current else "bg.sunken"))
        painter.setPen(QPen(theme.color("border"), 1))
        painter.drawLine(rect.left(), rect.bottom(), rect.right(), rect.bottom())
        ratio = painter.device().devicePixelRatio()
        chevron = theme.icon_pixmap(
            "chevron-right" if row.is_folded else "chevron-down", "text.muted", _MARK, ratio
        )
        painter.drawPixmap(rect.left() + _SIDE, rect.center().y() - _MARK // 2, chevron)
        line = QRectF(rect).adjusted(_TEXT, 0, -_SIDE, 0)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("text.muted"))
        counted = painter.boundingRect(line, _RIGHT, row.counted)
        metrics = theme.metrics("title")
        # Of a path the end tells more than the beginning.
        text = metrics.elidedText(
            row.title, Qt.TextElideMode.ElideLeft, max(0.0, line.width() - counted.width() - 2 * _GAP)
        )
        painter.setFont(theme.font("title"))
        painter.setPen(theme.color("text"))
        painter.drawText(line, _LEFT, text)
        right = painter.boundingRect(line, _LEFT, text).right()
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("text.muted"))
        painter.drawText(line.adjusted(right - line.left() + _GAP, 0, 0, 0), _LEFT, row.counted)
        painter.restore()

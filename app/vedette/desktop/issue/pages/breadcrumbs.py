"""Breadcrumbs: a list that is filtered by words and levels, and what the chosen one carries."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from vedette.desktop.issue.facts.breadcrumbs import CrumbRow, level_counts, matching
from vedette.desktop.issue.parts import SIDE, empty_part
from vedette.desktop.issue.read import EventPage
from vedette.desktop.theme.theme import Theme
from vedette.desktop.theme.tokens import level_token
from vedette.desktop.widgets.labels import label
from vedette.desktop.widgets.paged_model import Column, PageAnswer, PagedModel
from vedette.desktop.widgets.painted_list import PaintedList, RowState
from vedette.desktop.widgets.relative_time import exact
from vedette.desktop.widgets.search_field import SearchField
from vedette.desktop.widgets.segmented import Segment, Segmented
from vedette.desktop.widgets.severity import paint_level
from vedette.desktop.widgets.value_tree import ValueTree

_ALL = "all"
_MARK = 14


class CrumbsPage(QWidget):
    """What happened before: time to the event, category, level, message."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows: tuple[CrumbRow, ...] = ()
        self._shown: tuple[CrumbRow, ...] = ()
        self.setObjectName("event.section.breadcrumbs")
        self.setAccessibleName("Breadcrumbs")
        self.field = SearchField(
            theme, name="event.crumbs.filter", title="Filter breadcrumbs", hint="Filter breadcrumbs", keys=""
        )
        self.levels = Segmented(
            theme, [Segment(_ALL, "All")], name="event.crumbs.levels", title="Breadcrumb levels"
        )
        columns = (
            Column[CrumbRow](
                "Before",
                text=lambda row: row.offset_text,
                right=True,
                tip=lambda row: exact(row.moment) if row.moment is not None else "no time was sent",
                token=lambda row: "text.muted",
            ),
            Column[CrumbRow]("Category", text=lambda row: row.category or row.type),
            Column[CrumbRow]("What", tip=lambda row: row.text),
        )
        self.model: PagedModel[CrumbRow] = PagedModel(
            columns,
            self._fetch,
            key=lambda row: row.at,
            describe=lambda row: row.sentence,
            color=theme.color,
            page=10_000,
            parent=self,
        )
        self.list = PaintedList(
            theme, name="event.crumbs", title="Breadcrumbs", row_lines=("body",), parent=self
        )
        self.list.set_model(self.model)
        self.list.set_painter(2, self._paint_row)
        self.details = ValueTree(theme, name="event.crumbs.data", title="Data of the breadcrumb")
        self.empty = empty_part(theme, "event.crumbs.empty", "")
        self._note = label("", "caption", name="event.crumbs.note")
        self._lay_out()
        self.field.queryChanged.connect(self._filter)
        self.field.left.connect(self.list.setFocus)
        self.levels.chosen.connect(self._filter)
        self.list.currentRowChanged.connect(self._show_data)

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setContentsMargins(SIDE, 12, SIDE, 8)
        bar.setSpacing(8)
        bar.addWidget(self.field, 1)
        bar.addWidget(self._note)
        bar.addWidget(self.levels)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(self.list, 3)
        column.addWidget(self.empty, 3)
        column.addWidget(self.details, 1)
        self.details.setMaximumHeight(220)
        self.details.hide()

    def set_page(self, page: EventPage) -> None:
        """Show another event's breadcrumbs; the filter stays."""
        self._rows = page.crumbs
        counts = level_counts([row for row in self._rows if not row.is_event])
        self.levels.set_segments(
            [Segment(_ALL, "All"), *(Segment(level, level, count) for level, count in counts.items())]
        )
        self.levels.setVisible(len(counts) > 1)
        self._filter()
        if not self.field.text():
            self.list.scrollToBottom()

    def shown(self) -> tuple[CrumbRow, ...]:
        """Return the rows that fit the filter."""
        return self._shown

    def _filter(self, _: object = None) -> None:
        level = self.levels.current()
        self._shown = matching(self._rows, self.field.text(), () if level in ("", _ALL) else (level,))
        self.model.reload()
        self.list.set_column_width(0, 9)
        self.list.set_column_width(1, 16)
        held = sum(not row.is_event for row in self._shown)
        total = sum(not row.is_event for row in self._rows)
        self._note.setText(f"{held:,} of {total:,}" if held != total else "")
        self.list.setVisible(bool(self._shown))
        self.empty.setVisible(not self._shown)
        self.field.setVisible(bool(self._rows))
        if not self._rows:
            self.empty.say("No breadcrumbs", "The SDK sent none with this event.", icon="list")
        elif not self._shown:
            self.empty.say("No breadcrumb matches", "Change the words or the level above.", icon="filter-x")
        self._show_data(self.list.current_key())

    def _fetch(self, after: CrumbRow | None, limit: int, answer: PageAnswer[CrumbRow]) -> None:
        answer(self._shown if after is None else ())

    def _show_data(self, key: object) -> None:
        row = next((row for row in self._shown if row.at == key), None)
        self.details.setVisible(row is not None and bool(row.data))
        if row is not None and row.data:
            self.details.set_value(row.data)

    def _paint_row(self, painter: QPainter, rect: QRect, row: CrumbRow, state: RowState) -> None:
        theme = self._theme
        side = min(_MARK, rect.height() - 4)
        paint_level(painter, theme, row.level, rect.left() + 6, rect.top() + (rect.height() - side) / 2, side)
        role = "title" if row.is_event else "body"
        box = rect.adjusted(6 + side + 8, 0, -10, 0)
        painter.setFont(theme.font(role))
        grave = row.level in ("fatal", "error")
        painter.setPen(theme.color(level_token(row.level) if grave else "text"))
        text = theme.metrics(role).elidedText(row.text[:600], Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), text)

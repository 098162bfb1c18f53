"""Breadcrumbs: a list that is filtered by words, levels and categories, and what the chosen one carries."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import QComboBox, QMenu, QSplitter, QVBoxLayout, QWidget
from typing_extensions import override

from vedette.desktop.issue.bar_layout import BarLayout, lay_in_bar
from vedette.desktop.issue.facts.breadcrumbs import (
    CrumbRow,
    TimeShow,
    category_counts,
    first_moment,
    level_counts,
    matching,
    time_text,
)
from vedette.desktop.issue.parts import SIDE, empty_part
from vedette.desktop.issue.read import EventPage
from vedette.desktop.language import tr
from vedette.desktop.theme.theme import Theme
from vedette.desktop.theme.tokens import level_token
from vedette.desktop.widgets.json_values import as_json
from vedette.desktop.widgets.labels import label
from vedette.desktop.widgets.paged_model import Column, PageAnswer, PagedModel
from vedette.desktop.widgets.painted_list import PaintedList, RowState
from vedette.desktop.widgets.relative_time import exact
from vedette.desktop.widgets.search_field import SearchField
from vedette.desktop.widgets.segmented import Segment, Segmented
from vedette.desktop.widgets.severity import paint_level
from vedette.desktop.widgets.units import count
from vedette.desktop.widgets.value_tree import ValueTree

if TYPE_CHECKING:
    from vedette.desktop.preferences import Preferences

_ALL = "all"
_MARK = 14
_TIME = "issue.breadcrumbs.time"


class CrumbList(PaintedList):
    """The rows; Ctrl+C copies the current one as a line."""

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_row()
        else:
            super().keyPressEvent(event)

    def copy_row(self) -> None:
        """Copy the current row: time, level, category, what."""
        index = self.currentIndex()
        model = self.paged_model()
        if model is not None and index.isValid():
            row: CrumbRow = model.row(index.row())
            parts = (row.offset_text, row.level, row.kind, row.text)
            QGuiApplication.clipboard().setText("  ".join(part for part in parts if part))


class CrumbsPage(QWidget):
    """What happened before: time to the event, category, level, message."""

    def __init__(self, theme: Theme, preferences: "Preferences", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._preferences = preferences
        self._rows: tuple[CrumbRow, ...] = ()
        self._shown: tuple[CrumbRow, ...] = ()
        self._start: int | None = None
        self.setObjectName("event.section.breadcrumbs")
        self.setAccessibleName(tr("Breadcrumbs"))
        self.field = SearchField(
            theme,
            name="event.crumbs.filter",
            title=tr("Filter breadcrumbs"),
            hint=tr("Filter breadcrumbs"),
            keys="",
        )
        self.levels = Segmented(
            theme, [Segment(_ALL, tr("All"))], name="event.crumbs.levels", title=tr("Breadcrumb levels")
        )
        self.times = Segmented(
            theme,
            [
                Segment(TimeShow.RELATIVE, tr("Before it")),
                Segment(TimeShow.CLOCK, tr("Clock")),
                Segment(TimeShow.START, tr("Since start")),
            ],
            name="event.crumbs.times",
            title=tr("How times are written"),
        )
        self.categories = QComboBox()
        self.categories.setObjectName("event.crumbs.categories")
        self.categories.setAccessibleName(tr("Category"))
        self.categories.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.categories.setMinimumContentsLength(12)
        self._make_list()
        self.details = ValueTree(theme, name="event.crumbs.data", title=tr("Data of the breadcrumb"))
        self.empty = empty_part(theme, "event.crumbs.empty", "")
        self._note = label("", "caption", name="event.crumbs.note")
        self._lay_out()
        self.field.queryChanged.connect(self._filter)
        self.field.left.connect(self.list.setFocus)
        self.levels.chosen.connect(self._filter)
        self.categories.activated.connect(self._filter)
        self.times.chosen.connect(self._choose_time)
        self.list.currentRowChanged.connect(self._show_data)
        self.list.customContextMenuRequested.connect(self._show_menu)
        self.times.choose(self._time())

    def _make_list(self) -> None:
        columns = (
            Column[CrumbRow](
                tr("Time"),
                text=lambda row: time_text(row, self._time(), self._start),
                right=True,
                tip=lambda row: exact(row.moment) if row.moment is not None else tr("no time was sent"),
                token=lambda row: "text.muted",
            ),
            Column[CrumbRow](tr("Category"), text=lambda row: row.kind),
            Column[CrumbRow](tr("What", "column: what a breadcrumb says"), tip=lambda row: row.text),
        )
        self.model: PagedModel[CrumbRow] = PagedModel(
            columns,
            self._fetch,
            key=lambda row: row.at,
            describe=lambda row: row.sentence,
            color=self._theme.color,
            page=100_000,
            parent=self,
        )
        self.list = CrumbList(
            self._theme, name="event.crumbs", title=tr("Breadcrumbs"), row_lines=("body",), parent=self
        )
        self.list.set_model(self.model)
        self.list.set_painter(2, self._paint_row)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def _lay_out(self) -> None:
        bar = BarLayout(8, (SIDE, 10, SIDE, 8))
        for part in (self.field, self._note, self.categories, self.levels):
            bar.add(part, stretch=part is self.field, least=180)
        bar.add_space()
        bar.add(self.times)
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self.splitter.setObjectName("event.crumbs.splitter")
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self.list)
        self.splitter.addWidget(self.details)
        self.splitter.setStretchFactor(0, 3)
        self.splitter.setStretchFactor(1, 1)
        self._controls = QWidget()
        lay_in_bar(self._controls, bar)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._controls)
        column.addWidget(self.splitter, 1)
        column.addWidget(self.empty, 1)
        self.details.hide()

    def set_page(self, page: EventPage) -> None:
        """Show another event's breadcrumbs; the filter stays."""
        self._rows = page.crumbs
        self._start = first_moment(self._rows)
        counts = level_counts([row for row in self._rows if not row.is_event])
        self.levels.set_segments(
            [Segment(_ALL, tr("All")), *(Segment(level, level, n) for level, n in counts.items())]
        )
        self.levels.setVisible(len(counts) > 1)
        self._offer_categories()
        self._filter()
        if not self.field.text():
            self.list.scrollToBottom()

    def _offer_categories(self) -> None:
        before = self.categories.currentData()
        counts = category_counts(self._rows)
        self.categories.clear()
        self.categories.addItem(tr("All categories"), None)
        for name, n in counts.items():
            self.categories.addItem(f"{name}  {count(n)}", name)
        self.categories.setCurrentIndex(max(0, self.categories.findData(before)))
        self.categories.setVisible(len(counts) > 1)

    def shown(self) -> tuple[CrumbRow, ...]:
        """Return the rows that fit the filter."""
        return self._shown

    def _time(self) -> TimeShow:
        chosen = self._preferences.get(_TIME, TimeShow.RELATIVE.value)
        return TimeShow(chosen) if chosen in set(TimeShow) else TimeShow.RELATIVE

    def _choose_time(self, key: str) -> None:
        self._preferences.set(_TIME, key)
        self._fit_columns()
        self.list.viewport().update()

    def _fit_columns(self) -> None:
        self.list.set_column_width(0, 13 if self._time() is TimeShow.CLOCK else 9)
        self.list.set_column_width(1, 16 if self.width() > 600 else 10)

    def _filter(self, _: object = None) -> None:
        level, category = self.levels.current(), self.categories.currentData()
        self._shown = matching(
            self._rows,
            self.field.text(),
            () if level in ("", _ALL) else (level,),
            () if category is None else (category,),
        )
        self.model.reload()
        self._fit_columns()
        held = sum(not row.is_event for row in self._shown)
        total = sum(not row.is_event for row in self._rows)
        words = tr("{count} of {total}").format(count=count(held), total=count(total))
        self._note.setText(words if held != total else "")
        self._note.setVisible(held != total)
        nothing = not held and held != total
        self.splitter.setVisible(bool(self._shown) and not nothing)
        self.empty.setVisible(not self._shown or nothing)
        self._controls.setVisible(bool(self._rows))
        if not self._rows:
            self.empty.say(tr("No breadcrumbs"), tr("The SDK sent none with this event."), icon="list")
        elif nothing:
            self.empty.say(
                tr("No breadcrumb matches"),
                tr("Change the words, the level or the category above."),
                icon="filter-x",
            )
        self._show_data(self.list.current_key())

    def _fetch(self, after: CrumbRow | None, limit: int, answer: PageAnswer[CrumbRow]) -> None:
        answer(self._shown if after is None else ())

    def _row(self, key: object) -> CrumbRow | None:
        return self.model.row_by_key(key) if isinstance(key, int) else None

    def _show_data(self, key: object) -> None:
        row = self._row(key)
        self.details.setVisible(row is not None and bool(row.data))
        if row is not None and row.data:
            self.details.set_value(row.data)

    def _show_menu(self, at: QPoint) -> None:
        row = self._row(self.list.current_key())
        if row is None:
            return
        menu = QMenu(self)
        menu.setObjectName("event.crumbs.menu")
        if self.categories.findData(row.kind) > 0:
            only = menu.addAction(tr("Only category {name}").format(name=row.kind).replace("&", "&&"))
            only.triggered.connect(lambda: self._choose_category(row.kind))
            menu.addSeparator()
        menu.addAction(tr("Copy row")).triggered.connect(self.list.copy_row)
        copy = QGuiApplication.clipboard().setText
        menu.addAction(tr("Copy text")).triggered.connect(lambda: copy(row.text))
        data = menu.addAction(tr("Copy data as JSON"))
        data.setEnabled(bool(row.data))
        data.triggered.connect(lambda: copy(as_json(row.data)))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.list.viewport().mapToGlobal(at))

    def _choose_category(self, kind: str) -> None:
        self.categories.setCurrentIndex(max(0, self.categories.findData(kind)))
        self._filter()

    def _paint_row(self, painter: QPainter, rect: QRect, row: CrumbRow, state: RowState) -> None:
        theme = self._theme
        side = min(_MARK, rect.height() - 4)
        paint_level(painter, theme, row.level, rect.left() + 6, rect.top() + (rect.height() - side) / 2, side)
        role = "title" if row.is_event else "body"
        box = rect.adjusted(6 + side + 8, 0, -10, 0)
        painter.setFont(theme.font(role))
        grave = row.level in ("fatal", "error")
        painter.setPen(theme.color(level_token(row.level) if grave else "text"))
        words = tr("This event: {title}").format(title=row.text) if row.is_event else row.text
        text = theme.metrics(role).elidedText(words[:600], Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), text)

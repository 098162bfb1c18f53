"""The table of issues itself: its columns, its narrow form, marks, and the pill that counts newer rows."""

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import QElapsedTimer, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from vedette.desktop.issues.paint import IssueRowPainter, TrendPainter
from vedette.desktop.issues.read import ListedIssue
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets import units
from vedette.desktop.widgets.buttons import Button
from vedette.desktop.widgets.paged_model import PagedModel
from vedette.desktop.widgets.painted_list import PaintedList
from vedette.store.queries.issue_rows import IssueSort

SAY_MS = 10_000
"""Screen readers hear of new issues at most this often."""
_TREND_COLUMN = 1
_WIDTHS = {_TREND_COLUMN: 17, 2: 9, 3: 8, 4: 14}  # in digits
_SORT_COLUMNS = {IssueSort.EVENTS: 2, IssueSort.USERS: 3, IssueSort.LAST: 4}
_LEAST_WIDTH = 240


class IssueTable(PaintedList):
    """Rows of issues. Marks (X) are kept beside the selection, so that moving on does not lose them."""

    marksChanged = Signal()

    def __init__(
        self,
        theme: Theme,
        model: PagedModel[ListedIssue],
        clock: Callable[[], int],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            theme, name="issues.table", title="Issues", row_lines=("title", "body", "caption"), parent=parent
        )
        self._issues = model
        self._painter = IssueRowPainter(theme, clock)
        self._since_said = QElapsedTimer()  # not started: the first is said at once
        self.newer = Button(theme, "", name="issues.newer", role="small", icon="arrow-up", parent=self)
        self.newer.setToolTip("Show them (Home)")
        self.newer.hide()
        self.set_model(model)
        self.set_painter(0, self._painter)
        self.set_painter(_TREND_COLUMN, TrendPainter(theme))
        for column, digits in _WIDTHS.items():
            self.set_column_width(column, digits)
        self.setMinimumWidth(_LEAST_WIDTH)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.horizontalHeader().setSortIndicatorShown(True)

    def show_sort(self, sort: IssueSort) -> None:
        """Show by which column the rows are sorted."""
        self.horizontalHeader().setSortIndicator(_SORT_COLUMNS.get(sort, -1), Qt.SortOrder.DescendingOrder)

    @property
    def is_compact(self) -> bool:
        """Whether only the painted column is shown."""
        return self._painter.is_compact

    def set_compact(self, compact: bool) -> None:
        """Leave only the painted column, for the narrow place beside an open issue."""
        self._painter.is_compact = compact
        for column in _WIDTHS:
            self.setColumnHidden(column, compact)
        self.viewport().update()

    # ---------------------------------------------------------------- whether rows may move

    def is_free(self) -> bool:
        """Return whether nobody is reading here: at the top, nothing selected or marked, no pointer."""
        return not (
            self.selected_keys() or self.marked or self.viewport().underMouse() or not self.is_at_top()
        )

    def has_room_above(self, count: int) -> bool:
        """Return whether *count* rows more at the top can be scrolled out of sight."""
        scroll = self.verticalScrollBar().value() + count * self.row_pixels
        return scroll <= (len(self._issues.rows) + count) * self.row_pixels - self.viewport().height()

    def offer_newer(self, count: int) -> None:
        """Show how many issues wait above what is seen; 0 for none."""
        text = units.plural(count, "new issue")
        self.newer.setText(text)
        self.newer.setAccessibleName(f"Show {text}")
        self.newer.setVisible(count > 0)
        self._place_newer()
        if count and (not self._since_said.isValid() or self._since_said.hasExpired(SAY_MS)):
            self._since_said.restart()
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def _place_newer(self) -> None:
        self.newer.adjustSize()
        at = self.viewport().geometry()
        self.newer.move(at.left() + (at.width() - self.newer.width()) // 2, at.top() + 6)
        self.newer.raise_()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_newer()

    # ---------------------------------------------------------------- marks

    @property
    def marked(self) -> set[int]:
        """The issues marked with X, and all selected ones when they are several."""
        selected = cast("list[int]", self.selected_keys())
        return self._painter.marked | (set(selected) if len(selected) > 1 else set())

    @property
    def targets(self) -> list[ListedIssue]:
        """What a command acts on: the marked rows, else the selected one, in list order."""
        keys = self.marked or set(cast("list[int]", self.selected_keys()))
        return [listed for listed in self._issues.rows if listed.issue.id in keys]

    def toggle_mark(self) -> None:
        """Mark the current row, or take its mark away."""
        key = self.current_key()
        if isinstance(key, int):
            self._mark(self._painter.marked ^ {key})

    def mark_all(self) -> None:
        """Mark every row held."""
        self._mark({listed.issue.id for listed in self._issues.rows})

    def clear_marks(self) -> None:
        """Take all marks away; only the current row stays selected."""
        if len(self.selected_keys()) > 1:
            flags = QItemSelectionModel.SelectionFlag
            self.selectionModel().select(self.currentIndex(), flags.ClearAndSelect | flags.Rows)
        self._mark(set())

    def _mark(self, keys: set[int]) -> None:
        self._painter.marked = keys
        self.viewport().update()
        self.marksChanged.emit()

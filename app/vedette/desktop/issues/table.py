"""The table of issues itself: its columns, its narrow form, marks, and the pill that counts newer rows."""

from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QElapsedTimer, QItemSelectionModel, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QWidget
from typing_extensions import override

from vedette.desktop.issues.columns import ISSUE, KEYS, SORT_COLUMNS, USUAL, Shown, read_keys
from vedette.desktop.issues.counted import grouped
from vedette.desktop.issues.groups import Row, is_band
from vedette.desktop.issues.paint import (
    GroupPainter,
    IssueRowPainter,
    RunsPainter,
    StatePainter,
    TrendPainter,
)
from vedette.desktop.issues.read import ListedIssue
from vedette.desktop.language import tr
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.buttons import Button
from vedette.desktop.widgets.paged_model import PagedModel
from vedette.desktop.widgets.painted_list import PaintedList
from vedette.store.queries.issue_rows import IssueSort

if TYPE_CHECKING:
    from vedette.desktop.preferences import Preferences

SAY_MS = 10_000
"""Screen readers hear of new issues at most this often."""
KEEP_MS = 300
"""A width that was drawn is kept once the hand rests."""
COLUMNS, COLUMN_WIDTHS = "issues.columns", "issues.column_widths"
"""The preferences: which columns in which order, and widths in digits by column."""
_LEAST_WIDTH = 240
_LEAST_ISSUE = 280
"""The issue's own column keeps this much; columns from the right make way for it."""


class IssueTable(PaintedList):
    """Rows of issues. Marks (X) are kept beside the selection, so that moving on does not lose them."""

    marksChanged = Signal()
    shownChanged = Signal()
    """Other columns are shown."""

    def __init__(
        self,
        theme: Theme,
        model: PagedModel[Row],
        clock: Callable[[], int],
        preferences: "Preferences",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            theme,
            name="issues.table",
            title=tr("Issues"),
            row_lines=("title", "body", "caption"),
            parent=parent,
        )
        self._issues = model
        self._preferences = preferences
        self._painter = IssueRowPainter(theme, clock)
        self._is_whole = False
        self._has_users = True
        self._is_arranging = False
        self.shown = Shown()
        self._since_said = QElapsedTimer()  # not started: the first is said at once
        self.newer = Button(theme, "", name="issues.newer", icon="arrow-up", parent=self)
        self.newer.setToolTip(tr("Show them (Home)"))
        self.newer.hide()
        self._keeping = QTimer(self)
        self._keeping.setSingleShot(True)
        self._keeping.setInterval(KEEP_MS)
        self._keeping.timeout.connect(self._keep_drawn)
        self.set_model(model)
        self._set_painters(theme)
        self.setMinimumWidth(_LEAST_WIDTH)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._set_up_columns()
        preferences.changed.connect(self._follow_preferences)

    def _set_painters(self, theme: Theme) -> None:
        self.set_painter(KEYS.index(ISSUE), self._painter)
        for key, painter in (
            ("trend", TrendPainter(theme)),
            ("runs", RunsPainter(theme)),
            ("state", StatePainter(theme)),
        ):
            self.set_painter(KEYS.index(key), painter)
        self.set_bands(is_band, GroupPainter(theme))

    # ---------------------------------------------------------------- columns

    def _set_up_columns(self) -> None:
        header = self.horizontalHeader()
        header.setSortIndicatorShown(True)
        header.setSectionsMovable(True)
        header.setFirstSectionMovable(False)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.sectionMoved.connect(self._take_order)
        header.sectionResized.connect(self._note_width)
        for key in KEYS[1:]:
            header.setSectionResizeMode(KEYS.index(key), QHeaderView.ResizeMode.Interactive)
        self._follow_preferences(COLUMNS)

    def _follow_preferences(self, key: str) -> None:
        if key in (COLUMNS, COLUMN_WIDTHS):
            widths = self._preferences.get(COLUMN_WIDTHS, {})
            usable = [
                (name, float(width))
                for name, width in widths.items()
                if name in KEYS[1:] and isinstance(width, int | float) and 3 <= width <= 200
            ]
            self.shown = Shown(read_keys(self._preferences.get(COLUMNS, list(USUAL))), tuple(usable))
            self._arrange_columns()
            self.shownChanged.emit()

    def show_columns(self, shown: Shown) -> None:
        """Show other columns, and remember it."""
        self._preferences.set(COLUMNS, list(shown.keys))
        self._preferences.set(COLUMN_WIDTHS, dict(shown.widths))

    def usual_columns(self) -> None:
        """Show the usual columns as wide as usual."""
        self._preferences.reset(COLUMNS)
        self._preferences.reset(COLUMN_WIDTHS)

    def set_has_users(self, has: bool) -> None:
        """Say whether any issue befell more than one user; else their column says nothing and is hidden."""
        if has != self._has_users:
            self._has_users = has
            self._arrange_columns()

    def seen_columns(self) -> list[str]:
        """Return the columns in sight beside the issue, from the left."""
        header = self.horizontalHeader()
        places = (header.logicalIndex(at) for at in range(1, header.count()))
        return [KEYS[place] for place in places if not self.isColumnHidden(place)]

    def _arrange_columns(self) -> None:
        self._is_arranging = True
        header = self.horizontalHeader()
        keys = self._fitting()
        for key in KEYS[1:]:
            self.setColumnHidden(KEYS.index(key), key not in keys)
        for at, key in enumerate(self.shown.keys, start=1):
            header.moveSection(header.visualIndex(KEYS.index(key)), at)
        for key in keys:
            self.setColumnWidth(KEYS.index(key), self._pixels(self.shown.width(key)))
        self._painter.shows_state = "state" not in keys
        self._is_arranging = False
        self.viewport().update()

    def _fitting(self) -> list[str]:
        """Return the columns there is room for: those at the end make way, the one sorted by last."""
        if self.is_compact:
            return []
        keys = [key for key in self.shown.keys if key != "users" or self._has_users]
        room = self.viewport().width() - _LEAST_ISSUE
        if self.viewport().width() < _LEAST_WIDTH:
            return keys  # not laid out yet
        sorted_by = KEYS[max(0, self.horizontalHeader().sortIndicatorSection())]
        spare = sorted(keys, key=lambda key: (key == sorted_by, key == "last", -self.shown.keys.index(key)))
        for key in spare:
            if sum(self._pixels(self.shown.width(kept)) for kept in keys) <= room:
                break
            keys.remove(key)
        return keys

    def _pixels(self, digits: float) -> int:
        return round(self._theme.metrics("number").horizontalAdvance("0") * digits) + 20

    def _take_order(self, *_: int) -> None:
        """Keep the order the user dragged the columns into."""
        if self._is_arranging:
            return
        header = self.horizontalHeader()
        if header.logicalIndex(0) != 0:  # nothing goes before the issue
            header.moveSection(header.visualIndex(0), 0)
            return
        ordered = [KEYS[header.logicalIndex(at)] for at in range(1, header.count())]
        self.show_columns(Shown(tuple(k for k in ordered if k in self.shown.keys), self.shown.widths))

    def _note_width(self, place: int, _before: int, _width: int) -> None:
        if not self._is_arranging and place > 0:
            self._keeping.start()

    def _keep_drawn(self) -> None:
        """Keep the widths the user drew."""
        digit = self._theme.metrics("number").horizontalAdvance("0")
        shown = self.shown
        for key in self.seen_columns():
            drawn = self.columnWidth(KEYS.index(key))
            if abs(drawn - self._pixels(shown.width(key))) > 1:
                shown = shown.widened(key, max(3.0, (drawn - 20) / digit))
        if shown != self.shown:
            self.show_columns(shown)

    def show_sort(self, sort: IssueSort) -> None:
        """Show by which column the rows are sorted."""
        order = Qt.SortOrder.AscendingOrder if sort is IssueSort.TITLE else Qt.SortOrder.DescendingOrder
        self.horizontalHeader().setSortIndicator(KEYS.index(SORT_COLUMNS[sort]), order)

    @override
    def apply_theme(self) -> None:
        super().apply_theme()
        if hasattr(self, "_painter"):  # called first while the list is made
            self._arrange_columns()

    @property
    def is_compact(self) -> bool:
        """Whether only the painted column is shown."""
        return self._painter.is_compact

    def set_compact(self, compact: bool) -> None:
        """Leave only the painted column, for the narrow place beside an open issue."""
        self._painter.is_compact = compact
        self._arrange_columns()

    # ---------------------------------------------------------------- whether rows may move

    def is_free(self) -> bool:
        """Return whether nobody is reading here: at the top, nothing selected or marked, no pointer."""
        return not (self.selected_keys() or self.marked or self.is_pointed_at() or not self.is_at_top())

    def is_pointed_at(self) -> bool:
        """Return whether the pointer is over the rows."""
        return self.viewport().underMouse()

    def has_room_above(self, count: int) -> bool:
        """Return whether *count* rows more at the top can be scrolled out of sight."""
        rows = len(self._issues.rows)
        scroll = self.verticalScrollBar().value() + count * self.row_pixels
        return scroll <= self.top_of(rows - 1) + (count + 1) * self.row_pixels - self.viewport().height()

    def offer_newer(self, count: int) -> None:
        """Show how many issues wait above what is seen; 0 for none."""
        text = grouped(tr("%n new issue(s)", "", count), count)
        self.newer.setText(text)
        self.newer.setAccessibleName(tr("Show %n new issue(s)", "", count))
        self.newer.setVisible(count > 0)
        self._place_newer()
        if count and (not self._since_said.isValid() or self._since_said.hasExpired(SAY_MS)):
            self._since_said.restart()
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def _place_newer(self) -> None:
        self.newer.adjustSize()
        at = self.viewport().geometry()
        below = self.row_rect(0).height() if self.has_bands() else 0
        self.newer.move(at.left() + (at.width() - self.newer.width()) // 2, at.top() + 6 + below)
        self.newer.raise_()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._arrange_columns()
        self._place_newer()

    # ---------------------------------------------------------------- marks

    @property
    def is_whole(self) -> bool:
        """Whether all that the query finds is marked, rows not read yet among it."""
        return self._is_whole

    @property
    def marked(self) -> set[int]:
        """The issues marked with X, and all selected ones when they are several."""
        selected = self._selected_issues()
        return self._painter.marked | (set(selected) if len(selected) > 1 else set())

    def _selected_issues(self) -> list[int]:
        return [key for key in self.selected_keys() if isinstance(key, int)]

    @property
    def targets(self) -> list[ListedIssue]:
        """What a command acts on: the marked rows, else the selected one, in list order."""
        keys = self.marked or set(self._selected_issues())
        places = sorted(at for at in map(self._issues.position_of, keys) if at is not None)
        return [row for at in places if isinstance(row := self._issues.row(at), ListedIssue)]

    def has_targets(self) -> bool:
        """Return whether there are any; asked for every command with every step."""
        return bool(self._painter.marked) or any(isinstance(key, int) for key in self.selected_keys())

    def toggle_mark(self) -> None:
        """Mark the current row, or take its mark away."""
        key = self.current_key()
        if isinstance(key, int):
            self._mark(self._painter.marked ^ {key})

    def mark_whole(self) -> None:
        """Mark all that the query finds: the rows held now, and those that follow."""
        self._mark(self._held(), whole=True)

    def mark_what_came(self) -> None:
        """Mark the rows read meanwhile, if all is marked."""
        if self._is_whole:
            self._painter.marked = self._held()

    def _held(self) -> set[int]:
        return {row.issue.id for row in self._issues.rows if isinstance(row, ListedIssue)}

    def clear_marks(self) -> None:
        """Take all marks away; only the current row stays selected."""
        if len(self.selected_keys()) > 1:
            flags = QItemSelectionModel.SelectionFlag
            self.selectionModel().select(self.currentIndex(), flags.ClearAndSelect | flags.Rows)
        self._mark(set())

    def _mark(self, keys: set[int], *, whole: bool = False) -> None:
        self._painter.marked = keys
        self._is_whole = whole
        self.viewport().update()
        self.marksChanged.emit()

    def kept_keys(self) -> set[Hashable]:
        """Return what must not be taken away: rows selected or marked."""
        return {*self.selected_keys(), *cast("set[Hashable]", self.marked)}

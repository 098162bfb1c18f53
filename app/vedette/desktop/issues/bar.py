"""The bar above the list: which issues, how many, in which order and groups, with which columns."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QWidget
from typing_extensions import override

from vedette.desktop.issues.columns import SORT_TITLES
from vedette.desktop.issues.counted import grouped
from vedette.desktop.issues.groups import GROUP_TITLES, GroupBy
from vedette.desktop.language import mark, tr
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets import units
from vedette.desktop.widgets.buttons import Button, IconButton
from vedette.desktop.widgets.labels import label
from vedette.desktop.widgets.segmented import Segment, Segmented
from vedette.store.queries.issue_rows import Count, IssueSort

_TABS = {
    "unresolved": mark("Unresolved"),
    "new": mark("New"),
    "regressed": mark("Regressed"),
    "archived": mark("Archived"),
    "all": mark("All"),
}
_SORTED: dict[IssueSort, str] = {
    IssueSort.LAST: mark("sorted by last seen"),
    IssueSort.FIRST: mark("sorted by first seen"),
    IssueSort.EVENTS: mark("sorted by events"),
    IssueSort.USERS: mark("sorted by users"),
    IssueSort.PRIORITY: mark("sorted by priority"),
    IssueSort.TREND: mark("sorted by trend"),
    IssueSort.TITLE: mark("sorted by title"),
}


class ListBar(QFrame):
    """Tabs at the left; count, order, groups and columns at the right. What has no room makes way."""

    tabChosen = Signal(str)
    sortChosen = Signal(str)
    groupChosen = Signal(str)
    columnsWanted = Signal(QWidget)
    """The columns are to be chosen, below this button."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("issues.bar")
        self.setProperty("role", "bar")
        self.tabs = Segmented(
            theme,
            [Segment(key, tr(title)) for key, title in _TABS.items()],
            name="issues.tabs",
            title=tr("Which issues"),
        )
        self.note = label("", "caption", name="issues.note")
        self.note.setContentsMargins(0, 0, 4, 0)
        self._sort, self._group = IssueSort.LAST, GroupBy.NOTHING
        self.sort = Button(theme, "", name="issues.sort", role="quiet", menu=QMenu(self))
        self.group = IconButton(theme, "layers", tr("Group by"), name="issues.group")
        self.columns = IconButton(theme, "columns-3", tr("Columns"), name="issues.columns")
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 14, 8)
        row.setSpacing(8)
        row.addWidget(self.tabs)
        row.addStretch(1)
        for part in (self.note, self.sort, self.group, self.columns):
            row.addWidget(part)
        self._fill_sort_menu()
        self.tabs.chosen.connect(self.tabChosen)
        self.group.clicked.connect(self._open_groups)
        self.columns.clicked.connect(lambda: self.columnsWanted.emit(self.columns))
        self.show_order(IssueSort.LAST, GroupBy.NOTHING)

    def _fill_sort_menu(self) -> None:
        menu = self.sort.menu()
        menu.setObjectName("issues.sort.menu")
        for sort, title in SORT_TITLES.items():
            action = menu.addAction(tr(title))
            action.setObjectName(f"issues.sort.{sort.value}")
            action.setCheckable(True)
            action.setData(sort.value)
            action.triggered.connect(lambda _checked=False, sort=sort: self.sortChosen.emit(sort.value))
        menu.aboutToShow.connect(self._tick_sort)

    def _tick_sort(self) -> None:
        for action in self.sort.menu().actions():
            action.setChecked(action.data() == self._sort.value)

    def _open_groups(self) -> None:
        menu = QMenu(self)
        menu.setObjectName("issues.group.menu")
        for group, title in GROUP_TITLES.items():
            action = menu.addAction(tr(title))
            action.setCheckable(True)
            action.setChecked(group is self._group)
            action.triggered.connect(lambda _checked=False, group=group: self.groupChosen.emit(group.value))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.group.mapToGlobal(self.group.rect().bottomLeft()))

    def show_order(self, sort: IssueSort, group: GroupBy) -> None:
        """Show in which order and groups the rows are."""
        self._sort, self._group = sort, group
        self.sort.setText(tr(_SORTED[sort]))
        self.sort.setAccessibleName(tr("Order: {order}").format(order=tr(SORT_TITLES[sort])))
        self.sort.setToolTip(tr("Choose another order"))
        self.sort.updateGeometry()
        words = tr("Group by: {group}").format(group=tr(GROUP_TITLES[group]))
        self.group.setAccessibleName(words)
        self.group.setToolTip(words)
        self._make_room(self.width())

    def say(self, found: Count, *, so_far: bool = False, waiting: int | None = None) -> None:
        """Say how many issues fit; *so_far*: others are still being counted; *waiting*: while paused."""
        text = grouped(tr("%n issue(s)", "", found.n), found.n) if found.exact else ""
        if not found.exact:
            words = tr("{count}+ issues so far") if so_far else tr("{count}+ issues")
            text = words.format(count=units.count(found.n))
        if waiting is not None:
            text += " · " + (tr("paused, %n event(s) waiting", "", waiting) if waiting else tr("paused"))
        self._say(text)

    def say_searching(self) -> None:
        """Say that an answer is late, and how to stop it."""
        self._say(tr("searching… (Esc stops)"))

    def _say(self, text: str) -> None:
        self.note.setText(text)
        self._make_room(self.width())

    def set_counts(self, counts: dict[str, int]) -> None:
        """Show how many issues the tabs hold."""
        for key, number in counts.items():
            self.tabs.set_count(key, number if number or key == "unresolved" else None)
        self._make_room(self.width())

    def _make_room(self, width: int) -> None:
        """Hide first the count, then the order, then groups and columns, where all does not fit."""
        taken = self.tabs.sizeHint().width() + 28 + 2 * (self.columns.sizeHint().width() + 8)
        for part in (self.sort, self.note):
            taken += part.sizeHint().width() + 12
            part.setVisible(taken <= width)
        buttons = self.tabs.sizeHint().width() + 36 + self.columns.sizeHint().width()
        self.columns.setVisible(buttons <= width)
        self.group.setVisible(buttons + self.group.sizeHint().width() + 8 <= width)

    @override
    def minimumSizeHint(self) -> QSize:
        # The rest makes way; the list may get as narrow as the tabs.
        return QSize(self.tabs.sizeHint().width() + 28, super().minimumSizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room(event.size().width())

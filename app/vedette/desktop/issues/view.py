"""The list of issues: tabs, live rows that stay where they are, and marks for doing many at once."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QElapsedTimer, QPoint, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from vedette.desktop.bridge.in_flight import InFlight
from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.issues.bulk import BulkBar
from vedette.desktop.issues.empty import Nothing, Way, explain_empty
from vedette.desktop.issues.model import issue_columns, read_aloud
from vedette.desktop.issues.read import (
    BadQuery,
    ListedIssue,
    build_filter,
    count_found,
    read_counts,
    read_page,
    read_some,
)
from vedette.desktop.issues.table import IssueTable
from vedette.desktop.issues.tabs import FIRST, TABS, left_tab, tab_of, with_tab
from vedette.desktop.shell.places import Place
from vedette.desktop.shell.scope import Scope
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.labels import frame, label
from vedette.desktop.widgets.notices import Banner, EmptyState
from vedette.desktop.widgets.paged_model import PAGE, PageAnswer, PagedModel
from vedette.desktop.widgets.segmented import Segment, Segmented
from vedette.domain.changes import Change, ChangeKind
from vedette.domain.times import now
from vedette.store.queries.issue_rows import Count, IssueFilter, IssueSort
from vedette.store.search import QueryError

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge

REFRESH_MS = 250
"""Live changes are taken up at most four times a second."""
COUNT_MS = 1_000
CLOCK_MS = 5_000
LOADING_MS = 150
IDLE_MS = 10_000
"""After so long with no pointer and no selection in the list, its order is taken up again."""
_SORT_WORDS = {
    IssueSort.LAST: "last seen",
    IssueSort.FIRST: "first seen",
    IssueSort.EVENTS: "events",
    IssueSort.USERS: "users",
}
_LIVE = (ChangeKind.ISSUE, ChangeKind.ISSUE_NEW)
_MENU = (
    "issue.open", None, "issue.resolve", "issue.archive", "issue.star", "issue.read", None,
    "issue.mark", None, "issue.copy", "issue.copy_id", "issue.copy_link",
)  # fmt: skip
_TABS = {
    "unresolved": "Unresolved",
    "new": "New",
    "regressed": "Regressed",
    "archived": "Archived",
    "all": "All",
}


class IssuesView(QWidget):
    """Issues in a list. Whoever shows it acts on ``opened`` and brings the query back by ``set_query``."""

    opened = Signal(int)
    """An issue's row id: show it."""
    stepped = Signal(int)
    """The current row moved to this issue."""
    navigate = Signal(object)
    queryWanted = Signal(str)
    """A tab or a button asks for another query."""
    queryFailed = Signal(str, int)
    """Why the query cannot be used and at which column; "" once it can."""
    scopeCleared = Signal()
    countsChanged = Signal(dict)
    settled = Signal()

    def __init__(
        self,
        bridge: "Bridge",
        commands: CommandRegistry,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        clock: Callable[[], int] = now,
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._theme = theme
        self._commands = commands
        self._scope = Scope()
        self._query: str | None = None  # nothing was asked for yet
        self._where = IssueFilter()
        self._sort = IssueSort.LAST
        self._first: Sequence[ListedIssue] = ()
        self._found: Count | None = None
        self._touched: set[int] = set()
        self._held_back = 0  # later issues that wait, since with them rows in sight would move
        self._nothing: Nothing | None = None
        self._open_id: int | None = None
        self._asking = InFlight(bridge, self)
        self.setObjectName("issues")
        self.setProperty("role", "canvas")
        self.setAccessibleName("Issues")
        self.tabs = Segmented(
            theme,
            [Segment(key, title) for key, title in _TABS.items()],
            name="issues.tabs",
            title="Which issues",
        )
        self.note = label("", "caption", name="issues.note")
        self.bulk = BulkBar(theme, commands)
        self.banner = Banner(theme, name="issues.banner")
        self.empty = EmptyState(theme, name="issues.empty")
        self.model: PagedModel[ListedIssue] = PagedModel(
            issue_columns(clock),
            self._fetch,
            key=lambda listed: listed.issue.id,
            describe=lambda listed: read_aloud(listed, clock()),
            color=theme.color,
            parent=self,
        )
        self.list = IssueTable(theme, self.model, clock)
        self.newer = self.list.newer
        self._refresh = self._timer(REFRESH_MS, self._read_news)
        self._since_refresh = QElapsedTimer()
        self._since_refresh.start()
        self._recount = self._timer(COUNT_MS, self._read_counts)
        self._loading = self._timer(LOADING_MS, self._say_loading)
        self._idle = self._timer(IDLE_MS, self._come_to_rest)
        # On the next turn: rows must not go away in the midst of Qt's telling of a selection.
        self._dropping = self._timer(0, self._drop_gone)
        self._ticking = self._timer(CLOCK_MS, self.list.viewport().update)
        self._ticking.setSingleShot(False)
        self._ticking.start()
        self._lay_out()
        self.list.show_sort(self._sort)
        self._connect()
        self._read_counts()

    def _timer(self, interval: int, then: Callable[[], object]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(interval)
        timer.timeout.connect(then)
        return timer

    def _lay_out(self) -> None:
        self.bar = frame("bar", "issues.bar")
        row = QHBoxLayout(self.bar)
        row.setContentsMargins(14, 8, 14, 8)
        row.setSpacing(12)
        row.addWidget(self.tabs)
        row.addStretch(1)
        row.addWidget(self.note)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.empty)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        for part in (self.bar, self.banner, self.bulk):
            self._column.addWidget(part)
        self._column.addWidget(self._stack, 1)
        self.setFocusProxy(self.list)

    def _connect(self) -> None:
        self._bridge.changed.connect(self._take_changes)
        self._asking.settled.connect(self._settle)
        self.tabs.chosen.connect(lambda key: self.queryWanted.emit(with_tab(self.query, key)))
        self.list.rowOpened.connect(lambda key: self.opened.emit(cast("int", key)))
        self.list.currentRowChanged.connect(self._step)
        self.list.selectedKeysChanged.connect(lambda _: self._follow_selection())
        self.list.newerCountChanged.connect(self._offer_newer)
        self.list.sortRequested.connect(self.sort_by)
        self.list.customContextMenuRequested.connect(self._show_menu)
        self.newer.clicked.connect(self.go_home)
        self.model.failed.connect(self._fail)
        self.banner.acted.connect(self.reload)
        self.empty.acted.connect(self._act_on_empty)
        self.bulk.cleared.connect(self.list.clear_marks)
        self.list.marksChanged.connect(self._show_marks)

    # ---------------------------------------------------------------- what is asked for

    @property
    def is_settled(self) -> bool:
        """Whether nothing is under way."""
        waits = self._refresh.isActive() or self._dropping.isActive()
        return self._asking.is_settled and not waits

    @property
    def query(self) -> str:
        """The query shown."""
        return FIRST if self._query is None else self._query

    @property
    def tab(self) -> str:
        """The tab the query belongs to."""
        return tab_of(self.query)

    def set_scope(self, scope: Scope) -> None:
        """Show only what is in *scope*."""
        if scope != self._scope:
            self._scope = scope
            self._read_counts()
            if self._query is not None:
                self.reload()

    def set_query(self, text: str) -> None:
        """Show what fits *text*; one that cannot be read is said, and the list stays."""
        text = text.strip()
        if text != self._query:
            self._query = text
            self.tabs.choose(tab_of(text))
            self.list.clear_marks()
            self.reload()

    def sort_by(self, sort: str) -> None:
        """Sort by ``last``, ``first``, ``events`` or ``users``, the greatest first."""
        self._sort = IssueSort(sort)
        self.list.show_sort(self._sort)
        self.reload()

    def reload(self) -> None:
        """Read the list again from the top; what is shown stays until the answer is there."""
        try:
            self._where = build_filter(self.query, self._scope)
        except QueryError as error:
            self._asking.cancel("page")
            self.queryFailed.emit(str(error), error.column)
            return
        self._loading.start()
        self._asking.ask(
            "page", read_page, self._where, self._sort, None, PAGE, answer=self._take_first, failed=self._fail
        )

    # ---------------------------------------------------------------- pages

    def _take_first(self, rows: list[ListedIssue] | BadQuery) -> None:
        self._loading.stop()
        if isinstance(rows, BadQuery):
            self.queryFailed.emit(rows.sentence, rows.column)
            return
        self.queryFailed.emit("", 0)
        self.banner.clear()
        self._touched.clear()
        self._first = rows
        self._found = None
        self._held_back = 0
        self.model.reload()
        self._offer_newer(0)
        if self._open_id is not None:
            self.list.select_key(self._open_id, reveal=False)
        self._asking.ask("count", count_found, self._where, answer=self._take_found, failed=lambda *_: None)
        self._show_list()

    def _fetch(self, after: ListedIssue | None, limit: int, answer: PageAnswer[ListedIssue]) -> None:
        if after is None:
            answer(self._first)
            return
        self._asking.ask(
            "more",
            read_page,
            self._where,
            self._sort,
            after,
            limit,
            answer=lambda rows: answer([] if isinstance(rows, BadQuery) else rows),
            failed=answer.failed,
        )

    def _take_found(self, found: Count) -> None:
        self._found = found
        self._say_count()

    def _say_count(self) -> None:
        found = self._found or Count(len(self.model.rows), self.model.is_exhausted)
        more = "" if found.exact else "+"
        noun = "issue" if found.n == 1 and found.exact else "issues"
        self.note.setText(f"{found.n:,}{more} {noun} · sorted by {_SORT_WORDS[self._sort]}")

    def _fail(self, sentence: str, details: str) -> None:
        self._loading.stop()
        self.banner.say(sentence, details=details, action="Try again")

    def say_trouble(self, sentence: str, details: str) -> None:
        """Say that something asked for was not done."""
        self.banner.say(f"Nothing was changed: {sentence}", details=details)

    def _settle(self) -> None:
        self._say_count()
        if self.is_settled:
            self.settled.emit()

    # ---------------------------------------------------------------- empty, loading

    def _show_list(self) -> None:
        self._say_count()
        if self.model.rows or self.model.is_loading:
            self._nothing = None
            self._stack.setCurrentWidget(self.list)
        else:
            self._asking.ask(
                "empty", explain_empty, self.query, self._scope, answer=self._say_empty, failed=self._fail
            )

    def _say_empty(self, nothing: Nothing) -> None:
        if self.model.rows:
            return
        self._nothing = nothing
        self.empty.say(nothing.sentence, nothing.more, action=nothing.action, icon=nothing.icon)
        self._stack.setCurrentWidget(self.empty)

    def _say_loading(self) -> None:
        self.note.setText("Searching…")
        if not self.model.rows:
            self._nothing = None
            self.empty.say("Reading issues…", icon="loader")
            self._stack.setCurrentWidget(self.empty)

    def _act_on_empty(self) -> None:
        if self._nothing is None:
            return
        if self._nothing.way is Way.CONNECT:
            self.navigate.emit(Place("connect"))
        elif self._nothing.way is Way.SCOPE:
            self.scopeCleared.emit()
        else:
            self.queryWanted.emit(self._nothing.query)

    # ---------------------------------------------------------------- live

    def _take_changes(self, changes: tuple[Change, ...]) -> None:
        found = [change for change in changes if change.kind in _LIVE]
        if not found or self._query is None:
            return
        self._touched.update(cast("int", number) for change in found for number in change.ids)
        if not self._refresh.isActive():
            # The first change shows at once; in a stream of them the list is read a few times a second.
            self._refresh.start(max(0, REFRESH_MS - self._since_refresh.elapsed()))
        if not self._recount.isActive():
            self._recount.start()

    def _read_news(self) -> None:
        self._since_refresh.restart()
        if self._asking.holds("page"):
            return  # what is on its way is newer still
        self._asking.ask(
            "news", read_page, self._where, self._sort, None, PAGE, answer=self._take_news, failed=self._fail
        )

    def _take_news(self, rows: list[ListedIssue] | BadQuery) -> None:
        """Take the newest page in: rows flow only where nobody is reading, else they wait above."""
        if isinstance(rows, BadQuery):
            return
        if self._may_reorder() or not self.model.rows:
            self._touched.clear()
            self._found = None
            self._held_back = 0
            self.model.set_rows(rows)
            self._offer_newer(0)
        else:
            self._put_in_place(rows)
        self._show_list()

    def _put_in_place(self, rows: Sequence[ListedIssue]) -> None:
        """Update what is held where it is, put later issues above it, and look what became of the others."""
        held = self.model.rows
        fresh = [listed for listed in rows if not self.model.update_row(listed)]
        if self._sort is IssueSort.LAST:
            newest = held[0].issue.last
            later = [listed for listed in fresh if listed.issue.last >= newest]
            if self.list.has_room_above(len(later)):
                self.model.insert_above(later)
                later = []
            self._held_back = len(later)
            self._offer_newer(self.list.newer_count)
        shown = {listed.issue.id for listed in rows}
        others = [n for n in self._touched if n not in shown and self.model.position_of(n) is not None]
        self._touched.clear()
        if others:
            whole = len(rows) < PAGE
            self._asking.ask(
                "others",
                read_some,
                others,
                answer=lambda found: self._take_others(found, whole=whole),
                failed=self._fail,
            )
        self._idle.start()

    def _take_others(self, rows: Sequence[ListedIssue], *, whole: bool) -> None:
        for listed in rows:
            self.model.update_row(replace(listed, is_gone=whole or left_tab(listed.issue, self.tab)))

    def _may_reorder(self) -> bool:
        """Whether rows may move: nobody is reading, and one page is held."""
        return len(self.model.rows) <= PAGE and self.list.is_free()

    def _come_to_rest(self) -> None:
        self._drop_gone()
        if self._may_reorder():
            self._read_news()
        else:
            self._idle.start()

    def _drop_gone(self) -> None:
        """Take away rows that no longer fit, but none that is selected, and none under the pointer."""
        if self.list.viewport().underMouse():
            self._idle.start()
            return
        kept = {*self.list.selected_keys(), self._open_id, *self.list.marked}
        gone = [row.issue.id for row in self.model.rows if row.is_gone and row.issue.id not in kept]
        if gone:
            self.model.remove(gone)
            self._show_list()

    def _offer_newer(self, above: int) -> None:
        self.list.offer_newer(above + self._held_back)

    def go_home(self) -> None:
        """Go to the top and take up the order as it is now."""
        self.list.clearSelection()
        self.list.go_home()
        self.reload()

    def _read_counts(self) -> None:
        self._asking.ask("counts", read_counts, self._scope, answer=self._take_counts, failed=lambda *_: None)

    def _take_counts(self, counts: dict[str, Count]) -> None:
        numbers = {key: count.n for key, count in counts.items()}
        for key, number in numbers.items():
            self.tabs.set_count(key, number if number or key == "unresolved" else None)
        self.countsChanged.emit(numbers)

    # ---------------------------------------------------------------- selection and marks

    def set_open(self, issue_id: int | None) -> None:
        """Note which issue is open beside the list, None for none; the list becomes narrow with one."""
        self._open_id = issue_id
        if issue_id is not None:
            self.list.select_key(issue_id)
        compact = issue_id is not None
        if compact == self.list.is_compact:
            return
        self.list.set_compact(compact)
        self.bar.setVisible(not compact)
        self._column.removeWidget(self.bulk)
        # Below the narrow list, so that its rows stay where they are.
        self._column.insertWidget(self._column.count() if compact else 2, self.bulk)
        self._show_bulk()

    def _step(self, key: object) -> None:
        if isinstance(key, int):
            self.stepped.emit(key)

    def _follow_selection(self) -> None:
        self._dropping.start()
        self._show_bulk()
        self._commands.refresh()

    def _show_marks(self) -> None:
        self._show_bulk()
        self._commands.refresh()

    def _show_bulk(self) -> None:
        count = len(self.list.marked)
        header = self.list.horizontalHeader()
        compact = self.list.is_compact
        if count and not compact and header.isVisible():
            self.bulk.setFixedHeight(header.height())
        header.setVisible(not compact and not count)
        self.bulk.setVisible(count > 0)
        if count:
            is_all = bool(self._found and self._found.exact and self._found.n == len(self.model.rows))
            self.bulk.say(count, len(self.model.rows), is_all=is_all)

    def foresee(self, ids: Sequence[int], **values: Any) -> None:
        """Show *values* on the issues *ids* at once; the store has the last word."""
        for number in ids:
            listed = self.model.row_by_key(number)
            if listed is not None:
                issue = replace(listed.issue, **values)
                self.model.update_row(replace(listed, issue=issue, is_gone=left_tab(issue, self.tab)))

    def read_again(self, ids: Sequence[int]) -> None:
        """Read the issues *ids* again where they are."""
        self._asking.ask(
            "again",
            read_some,
            list(ids),
            answer=lambda rows: self._take_others(rows, whole=False),
            failed=self._fail,
        )

    # ---------------------------------------------------------------- menu, size

    def show_menu(self) -> None:
        """Open the context menu at the current row."""
        index = self.list.currentIndex()
        if index.isValid():
            rect = self.list.row_rect(index.row())
            self._show_menu(QPoint(40, rect.center().y()))

    def _show_menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setObjectName("issues.menu")
        self._commands.fill_menu(menu, _MENU)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.list.viewport().mapToGlobal(at))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.note.setVisible(self.width() > self.tabs.sizeHint().width() + self.note.sizeHint().width() + 60)


assert set(_TABS) == set(TABS)

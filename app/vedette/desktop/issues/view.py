"""The list of issues: tabs, live rows that stay where they are, and what can be done to them."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.issues.changes import IssueChanges
from vedette.desktop.issues.model import issue_columns, read_aloud
from vedette.desktop.issues.paint import IssueRowPainter, TrendPainter
from vedette.desktop.issues.read import (
    ListedIssue,
    build_filter,
    has_issues,
    read_counts,
    read_page,
    read_some,
)
from vedette.desktop.shell.places import Place
from vedette.desktop.shell.scope import Scope
from vedette.desktop.theme.theme import Theme
from vedette.desktop.bridge.in_flight import InFlight
from vedette.desktop.widgets import relative_time, units
from vedette.desktop.widgets.buttons import Button
from vedette.desktop.widgets.labels import frame, label
from vedette.desktop.widgets.notices import Banner, EmptyState
from vedette.desktop.widgets.paged_model import PAGE, PageAnswer, PagedModel
from vedette.desktop.widgets.painted_list import PaintedList
from vedette.desktop.widgets.segmented import Segment, Segmented
from vedette.domain.changes import ChangeKind
from vedette.domain.issues import Status
from vedette.domain.times import now
from vedette.store.queries.issue_rows import IssueFilter, IssueSort
from vedette.store.search import QueryError

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge

REFRESH_MS = 200
COUNT_MS = 1_000
CLOCK_MS = 5_000
LOADING_MS = 150
_TREND_COLUMN = 1
_FIGURE_COLUMNS = (1, 2, 3, 4)
_LIVE = (ChangeKind.ISSUE, ChangeKind.ISSUE_NEW)
_MENU = (
    "issue.open", None, "issue.resolve", "issue.archive", "issue.star", "issue.read", None,
    "issue.copy", "issue.copy_link",
)  # fmt: skip


class IssuesView(QWidget):
    """Issues in a list. Enter opens one; the open one stays open while the list goes on living."""

    opened = Signal(int)
    """An issue's row id: show it."""
    stepped = Signal(int)
    """The current row moved to this issue while one was open."""
    navigate = Signal(object)
    settled = Signal()
    queryFailed = Signal(str)
    """Why the query cannot be used, "" once it can."""
    countsChanged = Signal(dict)

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
        self._clock = clock
        self._commands = commands
        self._scope = Scope()
        self._query = ""
        self._where = IssueFilter()
        self._sort = IssueSort.LAST
        self._counts: dict[str, int] = {}
        self._asking = InFlight(bridge, self)
        self.changes = IssueChanges(bridge, self)
        self.setObjectName("issues")
        self.setProperty("role", "canvas")
        self.setAccessibleName("Issues")
        self.tabs = Segmented(
            theme,
            [
                Segment("unresolved", "Unresolved"),
                Segment("new", "New"),
                Segment("regressed", "Regressed"),
                Segment("archived", "Archived"),
                Segment("resolved", "Resolved"),
                Segment("all", "All"),
            ],
            name="issues.tabs",
            title="Which issues",
        )
        self.note = label("", "muted", name="issues.note")
        self.newer = Button(theme, "", name="issues.newer", role="small", icon="arrow-up")
        self.banner = Banner(theme, name="issues.banner")
        self.empty = EmptyState(theme, name="issues.empty")
        self.painter = IssueRowPainter(theme, clock)
        self.model: PagedModel[ListedIssue] = PagedModel(
            issue_columns(clock),
            self._fetch,
            key=lambda listed: listed.issue.id,
            describe=lambda listed: read_aloud(listed, clock()),
            color=theme.color,
            parent=self,
        )
        self.list = PaintedList(
            theme, name="issues.table", title="Issues", row_lines=("title", "body", "caption")
        )
        self._refresh = self._timer(REFRESH_MS, self._read_news)
        self._recount = self._timer(COUNT_MS, self._read_counts)
        self._loading = self._timer(LOADING_MS, self._say_loading)
        self._ticking = QTimer(self)
        self._ticking.setInterval(CLOCK_MS)
        self._ticking.timeout.connect(self.list.viewport().update)
        self._ticking.start()
        self._touched: set[int] = set()
        self._way_out: Callable[[], None] = self._show_all
        self._set_up_list()
        self._lay_out()
        self._connect()
        self._offer_newer(0)
        self._apply()
        self._read_counts()

    def _timer(self, interval: int, then: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(interval)
        timer.timeout.connect(then)
        return timer

    def _set_up_list(self) -> None:
        self.list.set_model(self.model)
        self.list.set_painter(0, self.painter)
        self.list.set_painter(_TREND_COLUMN, TrendPainter(self._theme))
        for column, digits in ((1, 18), (2, 9), (3, 8), (4, 15)):
            self.list.set_column_width(column, digits)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def _lay_out(self) -> None:
        self.bar = frame("bar", "issues.bar")
        row = QHBoxLayout(self.bar)
        row.setContentsMargins(14, 8, 14, 8)
        row.setSpacing(12)
        row.addWidget(self.tabs)
        row.addWidget(self.newer)
        row.addStretch(1)
        row.addWidget(self.note)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        layout.addWidget(self.banner)
        layout.addWidget(self._stack, 1)
        self.setFocusProxy(self.list)

    def _connect(self) -> None:
        self._bridge.changed.connect(self._take_changes)
        self._asking.settled.connect(self._settle)
        self.tabs.chosen.connect(lambda _: self._apply())
        self.list.rowOpened.connect(self._open)
        self.list.currentRowChanged.connect(self._step)
        self.list.selectedKeysChanged.connect(lambda _: self._commands.refresh())
        self.list.newerCountChanged.connect(self._offer_newer)
        self.list.sortRequested.connect(self._sort_by)
        self.list.customContextMenuRequested.connect(self._show_menu)
        self.newer.clicked.connect(self.go_home)
        self.model.failed.connect(self._fail)
        self.banner.acted.connect(self.model.retry)
        self.empty.acted.connect(self._act_on_empty)
        self.changes.failed.connect(self._fail_change)

    # ---------------------------------------------------------------- what is asked for

    @property
    def is_settled(self) -> bool:
        """Whether nothing is under way."""
        return self._asking.is_settled and not self._refresh.isActive()

    @property
    def counts(self) -> dict[str, int]:
        """How many issues the counted tabs hold."""
        return self._counts

    def set_scope(self, scope: Scope) -> None:
        """Show only what is in *scope*."""
        if scope != self._scope:
            self._scope = scope
            self._apply()
            self._read_counts()

    def set_query(self, text: str) -> None:
        """Filter by *text*; one that cannot be read is said, and the list stays."""
        if text.strip() != self._query:
            self._query = text.strip()
            self._apply()

    def show_tab(self, key: str) -> None:
        """Show another tab."""
        if key != self.tabs.current():
            self.tabs.choose(key)
            self._apply()

    def _apply(self) -> None:
        try:
            self._where = build_filter(self.tabs.current(), self._query, self._scope)
        except QueryError as error:
            self.queryFailed.emit(str(error))
            return
        self.queryFailed.emit("")
        self.model.reload()

    def _sort_by(self, sort: str) -> None:
        self._sort = IssueSort(sort)
        self.model.reload()

    # ---------------------------------------------------------------- pages

    def _fetch(self, after: ListedIssue | None, limit: int, answer: PageAnswer[ListedIssue]) -> None:
        if after is None:
            self._loading.start()
        self._asking.ask(
            "page",
            read_page,
            self._where,
            self._sort,
            after,
            limit,
            answer=lambda rows: self._take_page(rows, answer),
            failed=lambda sentence, details: self._fail_page(answer, sentence, details),
        )

    def _take_page(self, rows: Sequence[ListedIssue], answer: PageAnswer[ListedIssue]) -> None:
        self._loading.stop()
        self.banner.clear()
        answer(rows)
        self._show_list()

    def _fail_page(self, answer: PageAnswer[ListedIssue], sentence: str, details: str) -> None:
        self._loading.stop()
        answer.failed(sentence, details)

    def _fail(self, sentence: str, details: str) -> None:
        self.banner.say(sentence, details=details, action="Try again")

    def _fail_change(self, sentence: str, details: str) -> None:
        self.banner.say(f"Nothing was changed: {sentence}", details=details)

    def _settle(self) -> None:
        self._say_count()
        if self.is_settled:
            self.settled.emit()

    def _say_count(self) -> None:
        held = len(self.model.rows)
        more = "" if self.model.is_exhausted else "+"
        order = {"last": "last seen", "first": "first seen", "events": "events", "users": "users"}[self._sort]
        self.note.setText(f"{held:,}{more} {'issue' if held == 1 else 'issues'} · sorted by {order}")

    # ---------------------------------------------------------------- empty, loading

    def _show_list(self) -> None:
        if self.model.rows or self.model.is_loading:
            self._stack.setCurrentWidget(self.list)
        else:
            self._asking.ask("any", has_issues, answer=self._say_empty, failed=self._fail)

    def _say_empty(self, any_at_all: bool) -> None:
        if self.model.rows:
            return
        self._way_out = self._show_all
        if not any_at_all:
            self._way_out = self._connect_an_app
            self.empty.say(
                "Nothing received yet",
                "Point a Sentry SDK at this station; the first error is here a moment later.",
                action="Connect an app",
                icon="plug",
            )
        elif self._query:
            self._way_out = self.clear_query
            self.empty.say(
                "No issue matches",
                f"Nothing fits “{self._query}” here.",
                action="Clear the search",
                icon="filter-x",
            )
        elif self.tabs.current() in ("unresolved", "new", "regressed"):
            self.empty.say(
                "Nothing open here", "All issues of this view are resolved or archived.",
                action="Show all issues", icon="circle-check",
            )  # fmt: skip
        else:
            self.empty.say("None here", "", action="Show all issues", icon="inbox")
        self._stack.setCurrentWidget(self.empty)

    def _say_loading(self) -> None:
        if not self.model.rows:
            self.empty.say("Reading issues…", icon="loader")
            self._stack.setCurrentWidget(self.empty)

    def _act_on_empty(self) -> None:
        self._way_out()

    def _connect_an_app(self) -> None:
        self.navigate.emit(Place("connect"))

    def _show_all(self) -> None:
        self.show_tab("all")

    # ---------------------------------------------------------------- live

    def _take_changes(self, changes: object) -> None:
        found = [change for change in cast("tuple[object, ...]", changes) if change.kind in _LIVE]  # type: ignore[attr-defined]
        if not found:
            return
        for change in found:
            self._touched.update(change.ids)  # type: ignore[attr-defined]
        if not self._refresh.isActive():
            self._refresh.start()
        if not self._recount.isActive():
            self._recount.start()

    def _read_news(self) -> None:
        self._asking.ask(
            "news", read_page, self._where, self._sort, None, PAGE, answer=self._take_news, failed=self._fail
        )

    def _take_news(self, rows: Sequence[ListedIssue]) -> None:
        """Take the newest page in: rows flow only where nobody is reading, else they wait above."""
        shown = {listed.issue.id for listed in rows}
        if self._may_reorder():
            self.model.set_rows(rows)
            self._touched.clear()
        else:
            fresh = [listed for listed in rows if not self.model.update_row(listed)]
            held = self.model.rows
            if held and self._sort is IssueSort.LAST:
                newest = held[0].issue.last
                self.model.insert_above([listed for listed in fresh if listed.issue.last >= newest])
            elif not held:
                self.model.set_rows(rows)
            gone = [n for n in self._touched if n not in shown and self.model.position_of(n) is not None]
            self._touched.clear()
            if gone:
                self._asking.ask("some", read_some, gone, answer=self._take_some, failed=self._fail)
        self._show_list()

    def _take_some(self, rows: Sequence[ListedIssue]) -> None:
        # A row that no longer fits stays, with what it is now, until the reader moves on.
        for listed in rows:
            self.model.update_row(listed)

    def _may_reorder(self) -> bool:
        """Whether rows may move: at the top, nothing selected, no pointer over them, one page held."""
        return (
            len(self.model.rows) <= PAGE
            and self.list.is_at_top()
            and not self.list.selected_keys()
            and not self.list.underMouse()
        )

    def _offer_newer(self, count: int) -> None:
        self.newer.setVisible(count > 0)
        self.newer.setText(f"{units.plural(count, 'new issue')}")
        self.newer.setToolTip("Show them (Home)")

    def go_home(self) -> None:
        """Go to the top and take up the order as it is now."""
        self.list.go_home()
        self.model.reload()

    def _read_counts(self) -> None:
        self._asking.ask("counts", read_counts, self._scope, answer=self._take_counts, failed=self._fail)

    def _take_counts(self, counts: dict[str, int]) -> None:
        self._counts = counts
        for key, number in counts.items():
            self.tabs.set_count(key, number)
        self.countsChanged.emit(counts)

    # ---------------------------------------------------------------- opening, selecting

    def set_compact(self, compact: bool) -> None:
        """Leave only the painted column, for the narrow place beside an open issue."""
        if compact == self.painter.is_compact:
            return
        self.painter.is_compact = compact
        for column in _FIGURE_COLUMNS:
            self.list.setColumnHidden(column, compact)
        self.list.horizontalHeader().setVisible(not compact)
        self.note.setVisible(not compact)
        self.bar.setVisible(not compact)
        self.list.viewport().update()

    def _open(self, key: object) -> None:
        self.opened.emit(cast("int", key))

    def _step(self, key: object) -> None:
        self._commands.refresh()
        if key is not None:
            self.stepped.emit(cast("int", key))

    def select(self, issue_id: int) -> None:
        """Bring *issue_id* into sight and select it, if it is held."""
        self.list.select_key(issue_id)

    @property
    def target_ids(self) -> list[int]:
        """The selected issues."""
        return [cast("int", key) for key in self.list.selected_keys()]

    def targets(self) -> list[ListedIssue]:
        """The selected rows."""
        rows = (self.model.row_by_key(key) for key in self.target_ids)
        return [row for row in rows if row is not None]

    # ---------------------------------------------------------------- doing

    def change_status(self, ids: Sequence[int], status: Status, words: str) -> None:
        """Give issues another status and show it at once; the station's answer makes it so."""
        self.changes.change(ids, words, {"status": status.value})

    def copy_rows(self, ids: Sequence[int]) -> None:
        """Put the rows on the clipboard, a line each."""
        lines = []
        for number in ids:
            listed = self.model.row_by_key(number)
            if listed is not None:
                issue = listed.issue
                lines.append(
                    f"{issue.short}\t{issue.title}\t{issue.culprit}\t{issue.n} events\t"
                    f"last {relative_time.exact(issue.last)}"
                )
        QGuiApplication.clipboard().setText("\n".join(lines))

    def clear_query(self) -> None:
        """Ask for everything of this tab."""
        self.navigate.emit(Place("issues", query=""))
        self.set_query("")

    def _show_menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        self._commands.fill_menu(menu, _MENU)
        menu.popup(self.list.viewport().mapToGlobal(at))
        menu.aboutToHide.connect(menu.deleteLater)

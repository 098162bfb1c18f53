"""The list of issues: tabs and order above it, live rows that stay where they are, marks, a peek."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from vedette.desktop.bridge.in_flight import InFlight
from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.issues.bar import ListBar
from vedette.desktop.issues.bulk import BulkBar
from vedette.desktop.issues.column_menu import column_menu
from vedette.desktop.issues.columns import KEYS, TITLES, span_title
from vedette.desktop.issues.empty import Nothing, explain_empty
from vedette.desktop.issues.empty_page import EmptyPage
from vedette.desktop.issues.feed import IssueFeed
from vedette.desktop.issues.groups import GroupBy
from vedette.desktop.issues.menus import RowMenus
from vedette.desktop.issues.peek import PeekCard
from vedette.desktop.issues.table import IssueTable
from vedette.desktop.issues.tabs import tab_of, with_tab
from vedette.desktop.language import tr
from vedette.desktop.shell.scope import Scope
from vedette.desktop.theme.theme import Theme
from vedette.desktop.widgets.notices import Banner
from vedette.domain.times import now
from vedette.store.queries.issue_details import TagSummary, issue_tags
from vedette.store.queries.issue_rows import Count, IssueRow, IssueSort

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge
    from vedette.desktop.issues.changes import Wanted

CLOCK_MS = 5_000
GROUP = "issues.group"
"""The preference: what issues are put together by."""


class IssuesView(QWidget):
    """Issues in a list. Whoever shows it acts on ``opened`` and brings the query back by ``set_query``."""

    opened = Signal(int)
    """An issue's row id: show it."""
    openedApart = Signal(int)
    """An issue's row id: show it in a window of its own."""
    stepped = Signal(int)
    """The current row moved to this issue."""
    navigate = Signal(object)
    queryWanted = Signal(str)
    """A tab or a button asks for another query."""
    queryFailed = Signal(str, int, int)
    """Why the query cannot be used and at which column; "" once it can."""
    narrowed = Signal(str)
    """A term from the row's menu: the search is to be narrowed by it."""
    scopeCleared = Signal()
    countsChanged = Signal(dict)
    optionsChanged = Signal()
    """Order or columns are others."""
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
        self._commands = commands
        self._scroll_wanted: dict[str, Any] | None = None
        self._asking = InFlight(bridge, self)
        self.setObjectName("issues")
        self.setProperty("role", "canvas")
        self.setAccessibleName(tr("Issues"))
        self.bar = ListBar(theme)
        self.tabs, self.note = self.bar.tabs, self.bar.note
        self.banner = Banner(theme, name="issues.banner")
        self.feed = IssueFeed(bridge, theme, clock, self)
        self.model = self.feed.model
        self.list = IssueTable(theme, self.model, clock, bridge.preferences)
        self.feed.watch(self.list)
        self.newer = self.list.newer
        self.bulk = BulkBar(theme, commands)
        self.empty = EmptyPage(bridge, theme)
        self.menus = RowMenus(commands, self.list)
        self._lay_out()
        self.peek = PeekCard(bridge, theme, self)
        self._dropping = QTimer(self)
        self._dropping.setSingleShot(True)
        self._dropping.setInterval(0)
        self._dropping.timeout.connect(self.feed.drop_gone)
        self._ticking = QTimer(self)
        self._ticking.setInterval(CLOCK_MS)
        self._ticking.timeout.connect(self._tick)
        self._ticking.start()
        self._connect()
        self._follow_preferences(GROUP)
        self._take_columns()
        self.list.show_sort(self.feed.question.sort)
        self.feed.read_tab_counts()

    def _lay_out(self) -> None:
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
        bar, feed, table, empty = self.bar, self.feed, self.list, self.empty
        bar.tabChosen.connect(lambda key: self.queryWanted.emit(with_tab(self.query, key)))
        bar.sortChosen.connect(self.sort_by)
        bar.groupChosen.connect(self.group_by)
        bar.columnsWanted.connect(self._open_columns)
        feed.queryFailed.connect(self.queryFailed)
        feed.failed.connect(self._fail)
        feed.searching.connect(self._show_searching)
        feed.rowsChanged.connect(self._show_list)
        feed.replaced.connect(self._after_reload)
        feed.newerChanged.connect(table.offer_newer)
        feed.tabsCounted.connect(self._take_counts)
        feed.settled.connect(self._settle)
        self._asking.settled.connect(self._settle)
        table.rowOpened.connect(lambda key: self.opened.emit(cast("int", key)))
        table.rowOpenedApart.connect(lambda key: self.openedApart.emit(cast("int", key)))
        table.rowPeeked.connect(self._toggle_peek)
        table.currentRowChanged.connect(self._step)
        table.selectedKeysChanged.connect(lambda _: self._follow_selection())
        table.newerCountChanged.connect(lambda _: feed.note_above())
        table.sortRequested.connect(self.sort_by)
        table.customContextMenuRequested.connect(self._show_menu)
        table.horizontalHeader().customContextMenuRequested.connect(self._open_header_menu)
        table.wentHome.connect(self._take_up_order)
        table.bandToggled.connect(lambda key: feed.fold(key[1]))
        table.foldWanted.connect(lambda key, fold: feed.fold(key[1], fold))
        table.marksChanged.connect(self._show_marks)
        table.shownChanged.connect(self._take_columns)
        self.newer.clicked.connect(self.go_home)
        self.banner.acted.connect(self.feed.reload)
        self.bulk.cleared.connect(table.clear_marks)
        empty.queryWanted.connect(self.queryWanted)
        empty.scopeCleared.connect(self.scopeCleared)
        empty.navigate.connect(self.navigate)
        empty.opened.connect(self.opened)
        self.menus.narrowed.connect(self.narrowed)
        self._bridge.pausedChanged.connect(lambda _: self._say_count())
        self._bridge.preferences.changed.connect(self._follow_preferences)

    # ---------------------------------------------------------------- what is asked for

    @property
    def is_settled(self) -> bool:
        """Whether nothing is under way."""
        return (
            self.feed.is_settled
            and self._asking.is_settled
            and self.peek.is_settled
            and not self._dropping.isActive()
        )

    @property
    def query(self) -> str:
        """The query shown."""
        return self.feed.searched.query

    def set_scope(self, scope: Scope) -> None:
        """Show only what is in *scope*."""
        self.feed.set_scope(scope)

    def set_query(self, text: str) -> None:
        """Show what fits *text*; one that cannot be read is said, and the list stays."""
        if self.feed.set_query(text):
            self.tabs.choose(tab_of(text))
            self.list.clear_marks()

    def sort_by(self, sort: str) -> None:
        """Sort by one of IssueSort."""
        self.feed.set_sort(IssueSort(sort))
        self.list.show_sort(self.feed.question.sort)
        self.bar.show_order(self.feed.question.sort, self.feed.group)
        self.optionsChanged.emit()

    def group_by(self, group: str) -> None:
        """Put issues together by one of GroupBy, and remember it."""
        self._bridge.preferences.set(GROUP, group)

    def _follow_preferences(self, key: str) -> None:
        if key == GROUP:
            wanted = self._bridge.preferences.get(GROUP, "")
            self.feed.set_group(GroupBy(wanted) if wanted in list(GroupBy) else GroupBy.NOTHING)
            self.bar.show_order(self.feed.question.sort, self.feed.group)

    def _take_columns(self) -> None:
        keys = self.list.shown.keys
        self.feed.set_needs(environments="environment" in keys, runs="runs" in keys, labels="labels" in keys)
        self.optionsChanged.emit()

    def _settle(self) -> None:
        self._say_count()
        if self.is_settled:
            self.settled.emit()

    # ---------------------------------------------------------------- what is shown

    def _after_reload(self) -> None:
        self.banner.clear()
        title = span_title(*self.feed.searched.span())
        name = tr("Trend of {time}").format(time=title)
        self.model.rename_column(KEYS.index("trend"), title, name)
        if self.feed.open_id is not None:
            self.list.select_key(self.feed.open_id, reveal=False)
        if self._scroll_wanted is not None:
            self.restore_state(self._scroll_wanted)

    def _say_count(self) -> None:
        if self.feed.is_late:
            return
        found = self.feed.found
        counting = found is None
        if found is None:
            held = len(self.feed.issues())
            found = Count(held, self.model.is_exhausted and self.feed.group is GroupBy.NOTHING)
        waiting = self._bridge.waiting if self._bridge.is_paused else None
        self.bar.say(found, so_far=counting, waiting=waiting)

    def _take_counts(self, counts: dict[str, int]) -> None:
        self.bar.set_counts(counts)
        self.countsChanged.emit(counts)

    def _show_list(self) -> None:
        self._say_count()
        self.list.set_has_users(
            self.feed.question.sort is IssueSort.USERS
            or any(row.issue.users > 1 for row in self.feed.issues())
        )
        self.list.mark_what_came()
        self._show_bulk()
        if self.model.rows or self.model.is_loading:
            self._turn_to(self.list)
        else:
            self.peek.close_card()
            self._asking.ask(
                "empty",
                explain_empty,
                self.query,
                self.feed.searched.scope,
                answer=self._say_empty,
                failed=self._fail,
            )

    def _say_empty(self, nothing: Nothing) -> None:
        if not self.model.rows:
            self.empty.say(nothing, self.query)
            self._turn_to(self.empty)

    def _turn_to(self, page: QWidget) -> None:
        """Show the list or the empty page; the keyboard goes along, also in a window in the background."""
        before = self._stack.currentWidget()
        had_focus = before is not None and before is self.window().focusWidget()
        self._stack.setCurrentWidget(page)
        if had_focus and page is not before:
            page.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_searching(self, late: bool) -> None:
        self.list.set_dimmed(late)
        if late:
            self.bar.say_searching()
            if not self.model.rows and self.empty.why is None:
                self.empty.say_reading()
                self._turn_to(self.empty)
        else:
            self._say_count()
        self._commands.refresh()

    @property
    def is_searching(self) -> bool:
        """Whether an answer is late."""
        return self.feed.is_late

    def stop_search(self) -> None:
        """Stop the search that is late; what was shown before stays."""
        self.feed.cancel()
        self.banner.say(
            tr("The search was stopped. These are the rows from before."),
            level="info",
            action=tr("Search again"),
        )

    def _fail(self, sentence: str, details: str) -> None:
        self.banner.say(sentence, details=details, action=tr("Try again"))

    def say_trouble(self, sentence: str, details: str) -> None:
        """Say that something asked for was not done."""
        self.banner.say(tr("Nothing was changed: {why}").format(why=sentence), details=details)

    def _tick(self) -> None:
        self.list.viewport().update()  # ages grow

    # ---------------------------------------------------------------- moving, peeking

    def go_home(self) -> None:
        """Go to the top and take up the order as it is now."""
        self.list.clearSelection()
        self.list.verticalScrollBar().setValue(0)
        self.feed.reload()

    def _take_up_order(self) -> None:
        """Take up the order as it is now, and stand on its first row."""
        self._scroll_wanted = {"home": True}
        self.feed.reload()

    def set_open(self, issue_id: int | None) -> None:
        """Note which issue is open beside the list, None for none."""
        self.feed.open_id = issue_id
        if issue_id is not None:
            self.list.select_key(issue_id)
            self.peek.close_card()

    def set_compact(self, compact: bool) -> None:
        """Leave of each row only its own column, for a narrow place."""
        if compact == self.list.is_compact:
            return
        self.list.set_compact(compact)
        self.bar.setVisible(not compact)
        self._column.removeWidget(self.bulk)
        # Below the narrow list, so that its rows stay where they are.
        self._column.insertWidget(self._column.count() if compact else 2, self.bulk)
        self._show_bulk()

    def _step(self, key: object) -> None:
        self.peek.move_to(key if isinstance(key, int) else None, self._row_place())
        if isinstance(key, int):
            self.stepped.emit(key)

    def _follow_selection(self) -> None:
        self._dropping.start()
        self._show_bulk()
        self._commands.refresh()

    def peek_at_current(self) -> None:
        """Show what is in the current row's issue, or take the card away."""
        self._toggle_peek(self.list.current_key())

    def _toggle_peek(self, key: object) -> None:
        if isinstance(key, int):
            self.peek.toggle(key, self._row_place())
            self._commands.refresh()

    def _row_place(self) -> QRect:
        """Return where the current row is in this view."""
        index = self.list.currentIndex()
        rect = self.list.row_rect(index.row()) if index.isValid() else QRect()
        return rect.translated(self.list.viewport().mapTo(self, QPoint(0, 0)))

    def view_state(self) -> dict[str, Any]:
        """Return what going back has to bring back: place, current row, order."""
        anchor = next(iter(self.list.visible_rows()), None)
        key = None if anchor is None else self.model.key_at(anchor)
        return {
            "current": self.list.current_key(),
            "first": key,
            "offset": 0 if anchor is None else self.list.row_rect(anchor).top(),
            "sort": self.feed.question.sort.value,
        }

    def restore_state(self, state: dict[str, Any]) -> None:
        """Bring a state back, at once or when the rows have come."""
        if state.get("home"):
            self._scroll_wanted = None
            self.list.go_home()
            return
        sort = state.get("sort")
        if sort in list(IssueSort) and sort != self.feed.question.sort.value:
            self._scroll_wanted = state
            self.sort_by(str(sort))
            return
        at = self.model.position_of(state.get("first"))
        if at is None and self._scroll_wanted is None and not self.feed.is_settled:
            self._scroll_wanted = state
            return
        self._scroll_wanted = None
        if state.get("current") is not None and self.feed.open_id is None:
            self.list.select_key(state["current"], reveal=False)
        if at is not None:
            self.list.updateGeometries()
            self.list.verticalScrollBar().setValue(self.list.top_of(at) - int(state.get("offset") or 0))

    # ---------------------------------------------------------------- marks

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
            found = self.feed.found
            whole = self.list.is_whole
            is_all = whole or bool(found and found.exact and found.n == count)
            held = Count(count, exact=not whole or self.model.is_exhausted)
            self.bulk.say(found if whole and found is not None else held, is_all=is_all)
            self.bulk.fit(self.width())

    # What changes act on

    def is_whole(self) -> bool:
        """Whether all that is searched is marked."""
        return self.list.is_whole

    def has_targets(self) -> bool:
        """Whether issues are marked or selected."""
        return self.list.has_targets()

    def targets(self) -> list[IssueRow]:
        """Return the issues that are marked or selected, as far as their rows are held."""
        return [listed.issue for listed in self.list.targets]

    def wanted(self) -> "Wanted":
        """Return all that is searched as parameters of the API."""
        return self.feed.searched.wanted()

    def foresee(self, ids: Sequence[int], **values: Any) -> None:
        """Show *values* on the issues *ids* at once; the store has the last word."""
        self.feed.foresee(ids, **values)

    def read_again(self, ids: Sequence[int]) -> None:
        """Read the issues *ids* again where they are."""
        self.feed.read_again(ids)

    def clear_marks(self) -> None:
        """Take all marks away."""
        self.list.clear_marks()

    # ---------------------------------------------------------------- menus

    def menu_place(self) -> QPoint:
        """Return the global point below the current row's heading, for a menu that a key opens."""
        index = self.list.currentIndex()
        if not index.isValid() or not self.list.isVisible():
            return self.mapToGlobal(QPoint(40, 40))
        rect = self.list.row_rect(index.row())
        middle = min(max(0, rect.center().y()), self.list.viewport().height())
        return self.list.viewport().mapToGlobal(QPoint(40, middle))

    def show_menu(self) -> None:
        """Open the context menu at the current row."""
        if self.list.currentIndex().isValid() and not self.list.is_on_band():
            self.menus.open_row(self.menu_place(), self._read_tags)

    def _show_menu(self, at: QPoint) -> None:
        row = self.list.row_at(at)
        if row >= 0 and not self.list.is_band_at(row):
            self.menus.open_row(self.list.viewport().mapToGlobal(at), self._read_tags)

    def _read_tags(self, answer: Callable[[Sequence[TagSummary]], None]) -> None:
        rows = self.targets()
        if rows:
            self._asking.ask("tags", issue_tags, rows[0].id, answer=answer, failed=lambda *_: answer(()))

    def choose_columns(self) -> None:
        """Open the chooser of columns."""
        self._open_columns(self.bar.columns)

    def _open_columns(self, button: QWidget) -> None:
        self._open_column_menu(button.mapToGlobal(button.rect().bottomLeft()))

    def _open_header_menu(self, at: QPoint) -> None:
        header = self.list.horizontalHeader()
        place = header.logicalIndexAt(at)
        pointed_at = KEYS[place] if 0 <= place < len(KEYS) else ""
        self._open_column_menu(header.viewport().mapToGlobal(at), pointed_at)

    def _open_column_menu(self, at: QPoint, pointed_at: str = "") -> None:
        table = self.list
        menu = column_menu(self, table.shown, table.show_columns, table.usual_columns, pointed_at=pointed_at)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)


assert set(TITLES) == set(KEYS)

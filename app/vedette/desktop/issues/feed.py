"""The rows of the list: read page by page, kept up to date, and never moved under the reader's eye.

What is asked goes to the store in worker threads; what comes back goes into the model. Whether rows may move
is the table's to say.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Protocol, cast

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from vedette.desktop.bridge.in_flight import InFlight
from vedette.desktop.issues.columns import issue_columns
from vedette.desktop.issues.groups import GroupBy, GroupRow, Row, arrange, row_key
from vedette.desktop.issues.read import (
    BadQuery,
    ListedIssue,
    ListQuestion,
    count_found,
    read_counts,
    read_page,
    read_some,
)
from vedette.desktop.issues.searched import Searched
from vedette.desktop.issues.sentences import read_aloud
from vedette.desktop.issues.tabs import left_tab
from vedette.desktop.shell.scope import Scope
from vedette.desktop.widgets.paged_model import PAGE, PageAnswer, PagedModel
from vedette.domain.changes import Change, ChangeKind
from vedette.store.queries.issue_rows import Count, IssueSort
from vedette.store.search import QueryError

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge
    from vedette.desktop.theme.theme import Theme

REFRESH_MS = 250
"""Live changes are taken up at most four times a second."""
REGROUP_MS = 2_000
"""Groups are made anew at most so often while nobody is reading."""
COUNT_MS = 1_000
LOADING_MS = 150
IDLE_MS = 10_000
"""After so long with no pointer and no selection in the list, its order is taken up again."""
MOST_GROUPED = 2_000
"""So many issues are put into groups; with more, the groups say that they are not whole."""
_LIVE = (ChangeKind.ISSUE, ChangeKind.ISSUE_NEW)


class Reader(Protocol):
    """The table, as far as rows depend on who looks at it."""

    @property
    def newer_count(self) -> int: ...
    def is_free(self) -> bool: ...
    def has_room_above(self, count: int) -> bool: ...
    def is_pointed_at(self) -> bool: ...
    def kept_keys(self) -> set[Hashable]: ...


class IssueFeed(QObject):
    """The model of the list and what fills it."""

    queryFailed = Signal(str, int, int)
    """Why the query cannot be used and at which column; "" once it can."""
    failed = Signal(str, str)
    """What could not be read, and the details."""
    searching = Signal(bool)
    """An answer is late; or it has come."""
    rowsChanged = Signal()
    """Other rows, or another number of them."""
    newerChanged = Signal(int)
    """So many issues wait above what is seen."""
    replaced = Signal()
    """The whole list was read anew."""
    tabsCounted = Signal(dict)
    settled = Signal()

    def __init__(
        self, bridge: "Bridge", theme: "Theme", clock: Callable[[], int], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._clock = clock
        self._reader: Reader | None = None
        self.searched = Searched(clock)
        self.group = GroupBy.NOTHING
        self._folded: set[str] = set()
        self._grouped: Sequence[ListedIssue] = ()
        self._first: Sequence[Row] = ()
        self.found: Count | None = None
        self._touched: set[int] = set()
        self._held_back = 0  # later issues that wait, since with them rows in sight would move
        self.open_id: int | None = None
        self.is_late = False
        self._asking = InFlight(bridge, self)
        self.model: PagedModel[Row] = PagedModel(
            issue_columns(clock, self.searched.span),
            self._fetch,
            key=row_key,
            describe=self._describe,
            color=theme.color,
            parent=self,
        )
        self._refresh = self._timer(REFRESH_MS, self._read_news)
        self._since_refresh = QElapsedTimer()
        self._since_refresh.start()
        self._recount = self._timer(COUNT_MS, self._count_again)
        self._loading = self._timer(LOADING_MS, lambda: self._set_late(True))
        self._regroup = self._timer(REGROUP_MS, self._read_groups)
        self._idle = self._timer(IDLE_MS, self.come_to_rest)
        bridge.changed.connect(self._take_changes)
        self._asking.settled.connect(self._settle)
        self.model.failed.connect(self._fail)

    def watch(self, reader: Reader) -> None:
        """Ask *reader* from now on whether rows may move."""
        self._reader = reader

    def _timer(self, interval: int, then: Callable[[], object]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(interval)
        timer.timeout.connect(then)
        return timer

    def _describe(self, row: Row) -> str:
        return row.sentence if isinstance(row, GroupRow) else read_aloud(row, self._clock())

    # ---------------------------------------------------------------- what is asked for

    @property
    def is_settled(self) -> bool:
        """Whether nothing is under way."""
        return self._asking.is_settled and not (self._refresh.isActive() or self._regroup.isActive())

    @property
    def question(self) -> ListQuestion:
        """What is asked of the store."""
        return self.searched.question

    def issues(self) -> list[ListedIssue]:
        """Return the issues held, those in folded groups left out."""
        return [row for row in self.model.rows if isinstance(row, ListedIssue)]

    def set_scope(self, scope: Scope) -> None:
        """Show only what is in *scope*."""
        if scope != self.searched.scope:
            self.searched.scope = scope
            self.read_tab_counts()
            self._reload_if_shown()

    def set_query(self, text: str) -> bool:
        """Show what fits *text*; return whether that is another query than before."""
        if not self.searched.ask(text):
            return False
        self.reload()
        return True

    def _reload_if_shown(self) -> None:
        if self.searched.has_begun:
            self.reload()

    def set_sort(self, sort: IssueSort) -> None:
        """Show another order."""
        if self.searched.change(sort=sort):
            self._reload_if_shown()

    def set_group(self, group: GroupBy) -> None:
        """Put issues together by what they share."""
        if group is not self.group:
            self.group = group
            self._folded.clear()
            self._reload_if_shown()

    def set_needs(self, *, environments: bool, runs: bool, labels: bool) -> None:
        """Say which columns are shown that need more than the issues' rows."""
        before = self.question
        self.searched.change(environments=environments, runs=runs, labels=labels)
        wanted = ((environments, before.environments), (runs, before.runs), (labels, before.labels))
        if any(is_wanted and not was for is_wanted, was in wanted):
            self._reload_if_shown()

    def reload(self) -> None:
        """Read the list again from the top; what is shown stays until the answer is there."""
        try:
            self.searched.render()
        except QueryError as error:
            self._asking.cancel("page")
            self._set_late(False)
            self.queryFailed.emit(str(error), error.column, error.length)
            return
        self._loading.start()
        limit = MOST_GROUPED if self.group is not GroupBy.NOTHING else PAGE
        self._asking.ask(
            "page", read_page, self.question, None, limit, answer=self._take_first, failed=self._fail
        )

    def cancel(self) -> None:
        """Stop the search that is late; what was shown before stays."""
        self._asking.cancel("page")
        self._set_late(False)

    def _set_late(self, late: bool) -> None:
        self._loading.stop()
        if late != self.is_late:
            self.is_late = late
            self.searching.emit(late)

    # ---------------------------------------------------------------- pages

    def _take_first(self, rows: list[ListedIssue] | BadQuery) -> None:
        self._set_late(False)
        if isinstance(rows, BadQuery):
            self.queryFailed.emit(rows.sentence, rows.column, rows.length)
            return
        self.queryFailed.emit("", 0, 0)
        self._regroup.stop()
        self._touched.clear()
        self._grouped = rows if self.group is not GroupBy.NOTHING else ()
        self._first = self._arranged() if self._grouped else rows
        self.found = None
        self._held_back = 0
        self.model.reload()
        self.newerChanged.emit(0)
        self._count_found()
        self.replaced.emit()
        self.rowsChanged.emit()

    def _fetch(self, after: Row | None, limit: int, answer: PageAnswer[Row]) -> None:
        if after is None:
            answer(self._first)
            return
        if not isinstance(after, ListedIssue) or self.group is not GroupBy.NOTHING:
            answer([])
            return
        self._asking.ask(
            "more",
            read_page,
            self.question,
            after,
            limit,
            answer=lambda rows: self._take_more(answer, rows),
            failed=answer.failed,
        )

    def _take_more(self, answer: PageAnswer[Row], rows: list[ListedIssue] | BadQuery) -> None:
        answer([] if isinstance(rows, BadQuery) else rows)
        self.rowsChanged.emit()

    def _count_found(self) -> None:
        self._asking.ask(
            "count", count_found, self.question.where, answer=self._take_found, failed=lambda *_: None
        )

    def _take_found(self, found: Count) -> None:
        self.found = found
        self.rowsChanged.emit()

    def _fail(self, sentence: str, details: str) -> None:
        self._set_late(False)
        self.failed.emit(sentence, details)

    def _settle(self) -> None:
        if self.is_settled:
            self.settled.emit()

    # ---------------------------------------------------------------- groups

    def _arranged(self) -> list[Row]:
        is_cut = len(self._grouped) >= MOST_GROUPED
        return arrange(self._grouped, self.group, self._folded, is_cut=is_cut)

    def fold(self, value: str, fold: bool | None = None) -> None:
        """Fold the group that shares *value*, or unfold it; None: whichever it is not."""
        if fold is None:
            fold = value not in self._folded
        if fold == (value in self._folded):
            return
        self._folded.symmetric_difference_update({value})
        self._show_groups()

    def fold_all(self, *, fold: bool) -> None:
        """Fold every group, or unfold them all."""
        held = [row.value for row in self.model.rows if isinstance(row, GroupRow)]
        self._folded = set(held) if fold else set()
        self._show_groups()

    def _show_groups(self) -> None:
        """Arrange what is held again, with what became of it since."""
        latest = {row.issue.id: row for row in self.issues()}
        self._grouped = [latest.get(row.issue.id, row) for row in self._grouped]
        self.model.set_rows(self._arranged())
        self.rowsChanged.emit()

    def _read_groups(self) -> None:
        if self._asking.holds("page") or self._reader is None or not self._reader.is_free():
            self._idle.start()
            return
        self._asking.ask(
            "groups",
            read_page,
            self.question,
            None,
            MOST_GROUPED,
            answer=self._take_groups,
            failed=self._fail,
        )

    def _take_groups(self, rows: list[ListedIssue] | BadQuery) -> None:
        if not isinstance(rows, BadQuery) and self.group is not GroupBy.NOTHING:
            self._grouped = rows
            self._held_back = 0
            self._touched.clear()
            self.model.set_rows(self._arranged())
            self.newerChanged.emit(0)
            self.rowsChanged.emit()

    # ---------------------------------------------------------------- live

    def _take_changes(self, changes: tuple[Change, ...]) -> None:
        found = [change for change in changes if change.kind in _LIVE]
        if not found or not self.searched.has_begun:
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
            "news", read_page, self.question, None, PAGE, answer=self._take_news, failed=self._fail
        )

    def _take_news(self, rows: list[ListedIssue] | BadQuery) -> None:
        """Take the newest page in: rows flow only where nobody is reading, else they wait above."""
        if isinstance(rows, BadQuery):
            return
        if self.group is not GroupBy.NOTHING:
            self._put_into_groups(rows)
        elif self._may_reorder() or not self.model.rows:
            self._touched.clear()
            self._held_back = 0
            self.model.set_rows(rows)
            self.newerChanged.emit(0)
        else:
            self._put_in_place(rows)
        self.rowsChanged.emit()

    def _put_into_groups(self, rows: Sequence[ListedIssue]) -> None:
        """Update what is held where it is; what is new waits until groups are made anew."""
        known = {row.issue.id for row in self._grouped}
        for row in rows:
            self.model.update_row(row)
        fresh = [row for row in rows if row.issue.id not in known]
        self._look_at_others(rows)
        if not self.model.rows:
            self.reload()
        elif self._reader is not None and self._reader.is_free():
            self._regroup.start()
        else:
            self._held_back = len(fresh)
            self.newerChanged.emit(self._held_back)
            self._idle.start()

    def _put_in_place(self, rows: Sequence[ListedIssue]) -> None:
        """Update what is held where it is, put later issues above it, and look what became of the others."""
        held = self.issues()
        fresh = [listed for listed in rows if not self.model.update_row(listed)]
        if self.question.sort is IssueSort.LAST and held:
            newest = held[0].issue.last
            later = [listed for listed in fresh if listed.issue.last >= newest]
            if self._reader is not None and self._reader.has_room_above(len(later)):
                self.model.insert_above(later)
                later = []
            self._held_back = len(later)
        else:
            self._held_back = len(fresh)
        self._say_newer()
        self._look_at_others(rows)
        self._idle.start()

    def _say_newer(self) -> None:
        above = 0 if self._reader is None else self._reader.newer_count
        self.newerChanged.emit(above + self._held_back)

    def note_above(self) -> None:
        """Say again how many wait: rows came or went above what is seen."""
        self._say_newer()

    def _look_at_others(self, rows: Sequence[ListedIssue]) -> None:
        """Read those that changed and are not among *rows*: they may no longer fit."""
        shown = {listed.issue.id for listed in rows}
        others = [n for n in self._touched if n not in shown and self.model.position_of(n) is not None]
        self._touched.clear()
        if others:
            whole = len(rows) < PAGE
            self._asking.ask(
                "others",
                read_some,
                self.question,
                others,
                answer=lambda found: self._take_others(found, others, whole=whole),
                failed=self._fail,
            )

    def _take_others(self, rows: Sequence[ListedIssue], asked: Sequence[int], *, whole: bool) -> None:
        """Show *rows* as they are now; those of *asked* that are not among them were deleted."""
        for number in {*asked} - {listed.issue.id for listed in rows}:
            held = self.model.row_by_key(number)
            if isinstance(held, ListedIssue):
                self.model.update_row(replace(held, is_gone=True))
        for listed in rows:
            self.model.update_row(replace(listed, is_gone=whole or left_tab(listed.issue, self.searched.tab)))

    def _may_reorder(self) -> bool:
        """Whether rows may move: nobody is reading, and one page is held."""
        return len(self.model.rows) <= PAGE and self._reader is not None and self._reader.is_free()

    def come_to_rest(self) -> None:
        """Take the order up as it is now, if nobody is reading any more."""
        self.drop_gone()
        if self._reader is None or not self._reader.is_free():
            self._idle.start()
        elif self.group is not GroupBy.NOTHING:
            self._read_groups()
        elif self._may_reorder():
            self._read_news()

    def drop_gone(self) -> None:
        """Take away rows that no longer fit, but none that is selected, and none under the pointer."""
        if self._reader is None or self._reader.is_pointed_at():
            self._idle.start()
            return
        kept = {*self._reader.kept_keys(), self.open_id}
        gone = [row.issue.id for row in self.issues() if row.is_gone and row.issue.id not in kept]
        if not gone:
            return
        if self.group is not GroupBy.NOTHING:
            self._grouped = [row for row in self._grouped if row.issue.id not in gone]
            self._show_groups()
        else:
            self.model.remove(gone)
            self.rowsChanged.emit()

    def _count_again(self) -> None:
        self.read_tab_counts()
        self._count_found()

    def read_tab_counts(self) -> None:
        """Count again what the tabs hold."""
        self._asking.ask(
            "counts", read_counts, self.searched.scope, answer=self._take_counts, failed=lambda *_: None
        )

    def _take_counts(self, counts: dict[str, Count]) -> None:
        self.tabsCounted.emit({key: count.n for key, count in counts.items()})

    # ---------------------------------------------------------------- changes

    def foresee(self, ids: Sequence[int], **values: Any) -> None:
        """Show *values* on the issues *ids* at once; the store has the last word."""
        for number in ids:
            listed = self.model.row_by_key(number)
            if isinstance(listed, ListedIssue):
                issue = replace(listed.issue, **values)
                self.model.update_row(
                    replace(listed, issue=issue, is_gone=left_tab(issue, self.searched.tab))
                )

    def read_again(self, ids: Sequence[int]) -> None:
        """Read the issues *ids* again where they are."""
        self._asking.ask(
            "again",
            read_some,
            self.question,
            list(ids),
            answer=lambda rows: self._take_others(rows, ids, whole=False),
            failed=self._fail,
        )

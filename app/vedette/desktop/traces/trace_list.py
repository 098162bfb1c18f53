"""The first tab: traces, newest first or by what one likes, kept up to date without moving what is read."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from vedette.desktop.bridge.in_flight import InFlight
from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.language import tr
from vedette.desktop.theme.theme import Theme
from vedette.desktop.traces.columns import ColumnChoice
from vedette.desktop.traces.model import (
    TRACE_FIRST_TO_GO,
    TRACE_HIDDEN,
    TRACE_TITLES,
    TRACE_WIDTHS,
    Clock,
    read_trace_aloud,
    trace_columns,
)
from vedette.desktop.traces.paint import TraceRowPainter
from vedette.desktop.traces.read import MOST_COUNTED, count_each, has_traces, read_traces
from vedette.desktop.traces.works import Works
from vedette.desktop.widgets import units
from vedette.desktop.widgets.notices import Banner, EmptyState
from vedette.desktop.widgets.paged_model import PAGE, PageAnswer, PagedModel
from vedette.desktop.widgets.painted_list import PaintedList
from vedette.store.queries.traces import SORTS, TraceFilter, TraceRow

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge

LOADING_MS = 150
_READ_LIMIT = 20.0  # seconds; looking for a span may walk all of them
_MOST_SORTED_NEWS = 50


class TraceList(QWidget):
    """Rows, the banner above them, and the sentence in their place."""

    newerChanged = Signal(int)
    """So many traces have come that are not in sight."""
    menuWanted = Signal(QPoint)
    clearWanted = Signal()
    """The filter is to be cleared."""
    connectWanted = Signal()

    def __init__(
        self,
        bridge: "Bridge",
        commands: CommandRegistry,
        theme: Theme,
        *,
        clock: Clock,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.asking = InFlight(bridge, self)
        self._preferences = bridge.preferences
        self._theme = theme
        self.where = TraceFilter()
        self._parts: Sequence[tuple[str, TraceFilter]] = ()
        self._newest = 0
        self._missed: set[str] = set()
        self.setObjectName("traces.list")
        self.list = PaintedList(theme, name="traces.table", title=tr("Traces"))
        self.works = Works(self.asking, self.list)
        self.model: PagedModel[TraceRow] = PagedModel(
            trace_columns(clock, self.works.of),
            self._fetch,
            key=lambda row: row.trace_id,
            describe=lambda row: read_trace_aloud(row, self.works.of(row.trace_id)),
            color=theme.color,
            parent=self,
        )
        self.painter = TraceRowPainter(theme, self.works.of)
        self.list.set_model(self.model)
        self.list.set_painter(0, self.painter)
        self.columns = ColumnChoice(
            theme, commands, bridge.preferences, self.list, key="traces.hidden", titles=TRACE_TITLES,
            widths=TRACE_WIDTHS, hidden=TRACE_HIDDEN, first_to_go=TRACE_FIRST_TO_GO, least=20,
        )  # fmt: skip
        self.banner = Banner(theme, name="traces.banner")
        self.empty = EmptyState(theme, name="traces.empty")
        self._loading = QTimer(self)
        self._loading.setSingleShot(True)
        self._loading.setInterval(LOADING_MS)
        self._loading.timeout.connect(self._say_loading)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.banner)
        layout.addWidget(self._stack, 1)
        self._connect()
        self._mark_sort()

    def _connect(self) -> None:
        self.list.newerCountChanged.connect(lambda _: self._tell_newer())
        self.list.sortRequested.connect(self.sort_by)
        self.list.wentHome.connect(self.take_newer)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(
            lambda at: self.menuWanted.emit(self.list.viewport().mapToGlobal(at))
        )
        self.model.failed.connect(self._fail)
        self.model.rowsInserted.connect(lambda *_: self.works.look())
        self.works.changed.connect(self.list.viewport().update)
        self.banner.acted.connect(self.model.retry)
        self.empty.acted.connect(self._act_on_empty)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.works.look()

    @property
    def is_settled(self) -> bool:
        """Whether nothing is under way."""
        return self.asking.is_settled and self.works.is_settled

    @property
    def sort(self) -> str:
        """What the list is sorted by, of the store's SORTS."""
        sort = self._preferences.get("traces.sort", "start")
        return sort if sort in SORTS else "start"

    def sort_by(self, key: str) -> None:
        """Sort by one of the store's SORTS, largest first."""
        if key in SORTS and key != self.sort:
            self._preferences.set("traces.sort", key)
            self._mark_sort()
            self.reload()

    def _mark_sort(self) -> None:
        header = self.list.horizontalHeader()
        header.setSortIndicatorShown(True)
        header.setSortIndicator(list(TRACE_TITLES).index(self.sort), Qt.SortOrder.DescendingOrder)

    def current(self) -> TraceRow | None:
        """Return the current trace."""
        key = self.list.current_key()
        return None if key is None else self.model.row_by_key(key)

    # Pages

    def show_filter(self, where: TraceFilter, parts: Sequence[tuple[str, TraceFilter]] = ()) -> None:
        """Show what *where* means; *parts* are its terms alone, to say which of them fits nothing."""
        self.where, self._parts = where, parts
        self.reload()

    def reload(self) -> None:
        """Read from the top."""
        self._missed.clear()
        self.model.reload()

    def _fetch(self, after: TraceRow | None, limit: int, answer: PageAnswer[TraceRow]) -> None:
        if after is None:
            self._loading.start()
        self.asking.ask(
            "page",
            read_traces,
            self.where,
            self.sort,
            after,
            limit,
            answer=lambda rows: self._take_page(rows, answer),
            failed=lambda sentence, details: self._fail_page(answer, sentence, details),
            limit=_READ_LIMIT,
        )

    def _take_page(self, rows: Sequence[TraceRow], answer: PageAnswer[TraceRow]) -> None:
        self._loading.stop()
        self.list.set_dimmed(False)
        self.banner.clear()
        self._measure(rows)
        answer(rows)
        self._newest = max([self._newest, *(row.start for row in rows)])
        self.show_rows()
        self._tell_newer()
        self.works.look()

    def _fail_page(self, answer: PageAnswer[TraceRow], sentence: str, details: str) -> None:
        self._loading.stop()
        self.list.set_dimmed(False)
        answer.failed(sentence, details)

    def _fail(self, sentence: str, details: str) -> None:
        self.banner.say(sentence, details=details, action=tr("Try again"))

    def _measure(self, rows: Sequence[TraceRow]) -> None:
        """Let a full bar stand for the longest trace held."""
        longest = max((row.duration for row in (*rows, *self.model.rows)), default=0)
        if longest != self.painter.longest:
            self.painter.longest = longest
            self.list.viewport().update()

    # Empty, loading

    def show_rows(self) -> None:
        """Show the rows, or say why there are none."""
        if self.model.rows or self.model.is_loading:
            self._stack.setCurrentWidget(self.list)
        elif self.where == TraceFilter():
            self._say_nothing_yet()
        else:
            self.asking.ask("any", has_traces, answer=self._say_no_match, failed=self._fail)

    def _say_nothing_yet(self) -> None:
        self.empty.say(
            tr("No traces yet"),
            tr("They appear as soon as an app with tracing on sends one (traces_sample_rate=1.0)."),
            action=tr("Connect an app"),
            icon="list-tree",
        )
        self._stack.setCurrentWidget(self.empty)

    def _say_no_match(self, any_at_all: bool) -> None:
        if self.model.rows:
            return
        if not any_at_all:
            self._say_nothing_yet()
            return
        text = " ".join(term for term, _ in self._parts)
        more = tr("Nothing fits “{query}” in this scope.").format(query=text)
        self.empty.say(
            tr("No trace matches"),
            more if text else tr("There are traces outside of this scope."),
            action=tr("Clear the filter") if text else "",
            icon="filter-x",
        )
        self._stack.setCurrentWidget(self.empty)
        if len(self._parts) > 1:
            filters = [where for _, where in self._parts]
            self.asking.ask("each", count_each, filters, answer=self._say_each, failed=self._fail)

    def _say_each(self, counts: Sequence[int]) -> None:
        if self.model.rows or len(counts) != len(self._parts):
            return
        said = [
            tr("{term}: {count} alone").format(
                term=term, count=units.count(count) + ("+" if count >= MOST_COUNTED else "")
            )
            for (term, _), count in zip(self._parts, counts, strict=True)
        ]
        self.empty.say(
            tr("No trace matches"), "   ".join(said), action=tr("Clear the filter"), icon="filter-x"
        )

    def _say_loading(self) -> None:
        if not self.model.rows:
            self.empty.say(tr("Reading traces…"), icon="loader")
            self._stack.setCurrentWidget(self.empty)
        else:
            self.list.set_dimmed(True)

    def _act_on_empty(self) -> None:
        if self._parts:
            self.clearWanted.emit()
        else:
            self.connectWanted.emit()

    # Live

    def read_news(self) -> None:
        """Read what has come: on top of the list, or counted where it is sorted otherwise."""
        limit = PAGE if self.sort == "start" else _MOST_SORTED_NEWS
        self.asking.ask(
            "news", read_traces, self.where, "start", None, limit, answer=self._take_news, failed=self._fail
        )

    def _take_news(self, rows: Sequence[TraceRow]) -> None:
        """Put later traces on top and update those held; an older one that came late waits for `reload`."""
        self._measure(rows)
        if self.sort != "start":
            self._count_news(rows)
        elif len(self.model.rows) <= PAGE and self.model.is_exhausted:
            self.model.set_rows(rows)
        else:
            held = self.model.rows[0].key if self.model.rows else (0, 0)
            later = [row for row in rows if row.key > held and self.model.position_of(row.trace_id) is None]
            for row in rows:
                self.model.update_row(row)
            self.model.insert_above(later)
        self.show_rows()
        self.works.look()

    def _count_news(self, rows: Sequence[TraceRow]) -> None:
        for row in rows:
            if not self.model.update_row(row) and row.start > self._newest:
                self._missed.add(row.trace_id)
        if not self.model.rows and rows:
            self.reload()
        self._tell_newer()

    def _tell_newer(self) -> None:
        self.newerChanged.emit(len(self._missed) or self.list.newer_count)

    def take_newer(self) -> None:
        """Go to the top, to what has come; sorted otherwise, read again."""
        if self._missed:
            self.reload()
        else:
            self.list.verticalScrollBar().setValue(0)

    # The way back

    def view_state(self) -> dict[str, Any]:
        """Return the current row and how far down one was."""
        seen = self.list.visible_rows()
        top = self.model.key_at(seen.start) if len(seen) else None
        return {"trace": self.list.current_key(), "top": top}

    def restore_state(self, state: dict[str, Any]) -> None:
        """Come back to what `view_state` said, as far as it is held."""
        if state.get("trace"):
            self.list.select_key(state["trace"], reveal=False)
        at = self.model.position_of(state.get("top"))
        if at is not None:
            self.list.verticalScrollBar().setValue(self.list.top_of(at))

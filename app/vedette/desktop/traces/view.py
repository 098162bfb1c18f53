"""The list of traces and the durations by transaction, kept up to date without moving what is read."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from vedette.desktop.bridge.in_flight import InFlight
from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.shell.places import Place
from vedette.desktop.theme.theme import Theme
from vedette.desktop.traces.actions import traces_commands
from vedette.desktop.traces.filter import FilterError, read_filter
from vedette.desktop.traces.model import read_trace_aloud, trace_columns
from vedette.desktop.traces.paint import TraceRowPainter
from vedette.desktop.traces.read import has_traces, read_traces
from vedette.desktop.traces.transactions import TransactionsTab
from vedette.desktop.widgets import units
from vedette.desktop.widgets.buttons import Button
from vedette.desktop.widgets.labels import frame, label
from vedette.desktop.widgets.notices import Banner, EmptyState
from vedette.desktop.widgets.paged_model import PAGE, PageAnswer, PagedModel
from vedette.desktop.widgets.painted_list import PaintedList
from vedette.desktop.widgets.search_field import SearchField
from vedette.desktop.widgets.segmented import Segment, Segmented
from vedette.domain.changes import ChangeKind
from vedette.domain.times import now
from vedette.store.queries.traces import TraceFilter, TraceRow

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from vedette.desktop.bridge.bridge import Bridge

REFRESH_MS = 250
"""Live changes are taken up at most four times a second."""
LOADING_MS = 150


class TracesView(QWidget):
    """Traces, newest first, and a tab with their transactions. Enter opens a trace."""

    navigate = Signal(object)
    """A row or a link was followed: a Place."""
    settled = Signal()

    def __init__(
        self,
        bridge: "Bridge",
        commands: CommandRegistry,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        clock: "Callable[[], int]" = now,
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._theme = theme
        self._scope = TraceFilter()
        self._where = TraceFilter()
        self._asking = InFlight(bridge, self)
        self.setObjectName("traces")
        self.setProperty("role", "canvas")
        self.setAccessibleName("Traces")
        self.tabs = Segmented(
            theme,
            [Segment("traces", "Traces"), Segment("transactions", "Transactions")],
            name="traces.tabs",
            title="What to list",
        )
        self.field = SearchField(
            theme,
            name="traces.filter",
            title="Filter traces",
            hint="Filter: words, is:error, duration:>200ms",
        )
        self.newer = Button(theme, "", name="traces.newer", role="small", icon="arrow-up")
        self.note = label("", "error", name="traces.note")
        self.banner = Banner(theme, name="traces.banner")
        self.empty = EmptyState(theme, name="traces.empty")
        self.painter = TraceRowPainter(theme)
        self.model: PagedModel[TraceRow] = PagedModel(
            trace_columns(clock),
            self._fetch,
            key=lambda row: row.trace_id,
            describe=read_trace_aloud,
            color=theme.color,
            parent=self,
        )
        self.list = PaintedList(theme, name="traces.table", title="Traces")
        self.transactions = TransactionsTab(bridge, theme, name="traces.transactions")
        self._refresh = QTimer(self)
        self._refresh.setSingleShot(True)
        self._refresh.setInterval(REFRESH_MS)
        self._refresh.timeout.connect(self._read_news)
        self._loading = QTimer(self)
        self._loading.setSingleShot(True)
        self._loading.setInterval(LOADING_MS)
        self._loading.timeout.connect(self._say_loading)
        commands.register(*traces_commands(self))
        self._set_up_list()
        self._lay_out()
        self._connect()
        self._offer_newer(0)
        self.reload()

    def _set_up_list(self) -> None:
        self.list.set_model(self.model)
        self.list.set_painter(0, self.painter)
        for column, digits in enumerate((8, 9, 7, 7, 13), start=1):
            self.list.set_column_width(column, digits)

    def _lay_out(self) -> None:
        bar = frame("bar", "traces.bar")
        row = QHBoxLayout(bar)
        row.setContentsMargins(14, 8, 14, 8)
        row.setSpacing(12)
        row.addWidget(self.tabs)
        row.addWidget(self.field, 1)
        row.addWidget(self.note)
        row.addWidget(self.newer)
        self._lists = QStackedWidget()
        self._lists.addWidget(self.list)
        self._lists.addWidget(self.empty)
        self._lists.addWidget(self.transactions)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(bar)
        layout.addWidget(self.banner)
        layout.addWidget(self._lists, 1)
        self.setFocusProxy(self.list)

    def _connect(self) -> None:
        self._bridge.changed.connect(self._take_changes)
        self._asking.settled.connect(self._settle)
        self.transactions.asking.settled.connect(self._settle)
        self.tabs.chosen.connect(self.show_tab)
        self.field.queryChanged.connect(self.set_query)
        self.field.submitted.connect(lambda _: self._focus_list())
        self.field.left.connect(self._focus_list)
        self.list.rowOpened.connect(lambda key: self.navigate.emit(Place("traces", key)))
        self.list.newerCountChanged.connect(self._offer_newer)
        self.newer.clicked.connect(self.list.go_home)
        self.model.failed.connect(self._fail)
        self.banner.acted.connect(self.model.retry)
        self.empty.acted.connect(self._act_on_empty)
        self.transactions.opened.connect(self._show_traces_of)

    # What is asked for

    @property
    def is_settled(self) -> bool:
        """Whether nothing is under way."""
        return (
            self._asking.is_settled and self.transactions.asking.is_settled and not self._refresh.isActive()
        )

    def open(self, query: str = "") -> None:
        """Show the list, filtered by *query*."""
        if query:
            self.field.set_text(query)
            self.set_query(query)
        self.show_tab("traces")

    def set_scope(self, scope: TraceFilter) -> None:
        """Show only what is in *scope*: project, run, time."""
        if scope != self._scope:
            self._scope = scope
            self.set_query(self.field.text())

    def set_query(self, text: str) -> None:
        """Filter by *text*; a term that means nothing is said beside the field, and the list stays."""
        try:
            self._where = read_filter(text, self._scope)
        except FilterError as error:
            self.note.setText(str(error))
            return
        self.note.setText("")
        self.transactions.set_words(text)
        self.reload()

    def reload(self) -> None:
        """Read what is shown again from the top."""
        if self.tabs.current() == "transactions":
            self.transactions.read(self._scope)
        self.model.reload()

    def show_tab(self, key: str) -> None:
        """Show the ``traces`` or the ``transactions``."""
        self.tabs.choose(key)
        if key == "transactions":
            self.transactions.read(self._scope)
            self._lists.setCurrentWidget(self.transactions)
            self.setFocusProxy(self.transactions.list)
        else:
            self._show_list()
            self.setFocusProxy(self.list)

    def _show_traces_of(self, name: str) -> None:
        self.field.set_text(name)
        self.show_tab("traces")
        self.set_query(name)

    def _focus_list(self) -> None:
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def focus_filter(self) -> None:
        """Bring the keyboard to the filter field."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # Pages

    def _fetch(self, after: TraceRow | None, limit: int, answer: PageAnswer[TraceRow]) -> None:
        if after is None:
            self._loading.start()
        self._asking.ask(
            "page",
            read_traces,
            self._where,
            after,
            limit,
            answer=lambda rows: self._take_page(rows, answer),
            failed=lambda sentence, details: self._fail_page(answer, sentence, details),
        )

    def _take_page(self, rows: "Sequence[TraceRow]", answer: PageAnswer[TraceRow]) -> None:
        self._loading.stop()
        self.banner.clear()
        self._measure(rows)
        answer(rows)
        self._show_list()

    def _fail_page(self, answer: PageAnswer[TraceRow], sentence: str, details: str) -> None:
        self._loading.stop()
        answer.failed(sentence, details)

    def _fail(self, sentence: str, details: str) -> None:
        self.banner.say(sentence, details=details, action="Try again")

    def _measure(self, rows: "Sequence[TraceRow]") -> None:
        """Let a full bar stand for the longest trace held."""
        longest = max((row.duration for row in (*rows, *self.model.rows)), default=0)
        if longest != self.painter.longest:
            self.painter.longest = longest
            self.list.viewport().update()

    def _settle(self) -> None:
        if self.is_settled:
            self.settled.emit()

    # Empty, loading

    def _show_list(self) -> None:
        if self.tabs.current() != "traces":
            return
        if self.model.rows or self.model.is_loading:
            self._lists.setCurrentWidget(self.list)
            return
        if self._where == TraceFilter():
            self._say_nothing_yet()
        else:
            self._asking.ask("any", has_traces, answer=self._say_no_match, failed=self._fail)

    def _say_nothing_yet(self) -> None:
        self.empty.say(
            "No traces yet",
            "They appear as soon as an app with tracing on sends one (traces_sample_rate=1.0).",
            action="Connect an app",
            icon="list-tree",
        )
        self._lists.setCurrentWidget(self.empty)

    def _say_no_match(self, any_at_all: bool) -> None:
        if self.model.rows:
            return
        if not any_at_all:
            self._say_nothing_yet()
            return
        what = self.field.text()
        self.empty.say(
            "No trace matches",
            f"Nothing fits “{what}” in this scope." if what else "There are traces outside of this scope.",
            action="Clear the filter" if what else "",
            icon="filter-x",
        )
        if self.tabs.current() == "traces":
            self._lists.setCurrentWidget(self.empty)

    def _say_loading(self) -> None:
        if not self.model.rows and self.tabs.current() == "traces":
            self.empty.say("Reading traces…", icon="loader")
            self._lists.setCurrentWidget(self.empty)

    def _act_on_empty(self) -> None:
        if self.field.text():
            self.field.set_text("")
            self.set_query("")
        else:
            self.navigate.emit(Place("connect", None))

    # Live

    def _take_changes(self, changes: object) -> None:
        if self._refresh.isActive() or not isinstance(changes, tuple):
            return
        if any(change.kind is ChangeKind.TRACE for change in changes):
            self._refresh.start()

    def _read_news(self) -> None:
        self._asking.ask(
            "news", read_traces, self._where, None, PAGE, answer=self._take_news, failed=self._fail
        )
        if self.tabs.current() == "transactions":
            self.transactions.read(self._scope)

    def _take_news(self, rows: "Sequence[TraceRow]") -> None:
        """Put later traces on top and update those held; an older one that came late waits for `reload`."""
        self._measure(rows)
        if len(self.model.rows) <= PAGE and self.model.is_exhausted:
            self.model.set_rows(rows)
        else:
            held = self.model.rows[0].key if self.model.rows else (0, 0)
            later = [row for row in rows if row.key > held and self.model.position_of(row.trace_id) is None]
            for row in rows:
                self.model.update_row(row)
            self.model.insert_above(later)
        self._show_list()

    def _offer_newer(self, count: int) -> None:
        text = units.plural(count, "new trace") if count else ""
        self.newer.setText(text)
        self.newer.setAccessibleName(text)
        self.newer.setVisible(bool(count))

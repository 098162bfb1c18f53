"""The second tab: durations summed up by transaction name, and what lies behind the chosen one."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from vedette.desktop.bridge.in_flight import InFlight
from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.language import tr
from vedette.desktop.theme.theme import Theme
from vedette.desktop.traces.columns import ColumnChoice
from vedette.desktop.traces.filter import of_segments
from vedette.desktop.traces.model import (
    SORTS,
    TRANSACTION_FIRST_TO_GO,
    TRANSACTION_HIDDEN,
    TRANSACTION_TITLES,
    TRANSACTION_WIDTHS,
    Clock,
    Transaction,
    read_transaction_aloud,
    transaction_columns,
)
from vedette.desktop.traces.order_hold import OrderHold
from vedette.desktop.traces.paint import TransactionPainter
from vedette.desktop.traces.read import Transactions, read_transactions
from vedette.desktop.traces.samples_panel import SamplesPanel
from vedette.desktop.widgets.accessible import describe_as_pane
from vedette.desktop.widgets.notices import EmptyState
from vedette.desktop.widgets.paged_model import PageAnswer, PagedModel
from vedette.desktop.widgets.painted_list import PaintedList
from vedette.domain.times import DAY, Micros
from vedette.store.queries.segments import SegmentFilter
from vedette.store.queries.traces import TraceFilter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vedette.desktop.bridge.bridge import Bridge

_MOST = 10_000


class TransactionsTab(QWidget):
    """A table that is sorted by its headers. What it sums up is the scope's time, else the last day.

    New figures come in place; while the order is held, new names and places wait until it is let go.
    """

    newerChanged = Signal(int)
    """So many rows are new or out of their place."""
    menuWanted = Signal(QPoint)
    acted = Signal()
    """The button where no row is was pressed."""
    said = Signal(str)
    """A word on what is shown, "" for none."""

    def __init__(
        self,
        bridge: "Bridge",
        commands: CommandRegistry,
        theme: Theme,
        *,
        name: str,
        clock: Clock,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.asking = InFlight(bridge, self)
        self._clock = clock
        self._preferences = bridge.preferences
        self._found: Sequence[Transaction] = ()
        self._has_read = False
        self._filter = TraceFilter()
        self.where = SegmentFilter()
        self.setObjectName(name)
        self.model: PagedModel[Transaction] = PagedModel(
            transaction_columns(clock),
            self._fetch,
            key=lambda row: row.key,
            describe=read_transaction_aloud,
            color=theme.color,
            page=_MOST,
            parent=self,
        )
        self.list = PaintedList(theme, name=f"{name}.table", title=tr("Transactions"))
        self.list.set_model(self.model)
        self.list.set_painter(0, TransactionPainter(theme))
        self.columns = ColumnChoice(
            theme, commands, bridge.preferences, self.list, key="transactions.hidden",
            titles=TRANSACTION_TITLES, widths=TRANSACTION_WIDTHS, hidden=TRANSACTION_HIDDEN,
            first_to_go=TRANSACTION_FIRST_TO_GO, least=24,
        )  # fmt: skip
        self.hold = OrderHold(self.list)
        self.panel = SamplesPanel(bridge, commands, theme, name="traces.samples", clock=clock)
        self.empty = EmptyState(theme, name=f"{name}.empty")
        self._lay_out()
        self._connect()
        self._mark_sort()

    def _lay_out(self) -> None:
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self.splitter.setObjectName("traces.transactions.splitter")
        self.splitter.addWidget(self.list)
        self.splitter.addWidget(self.panel)
        describe_as_pane(self.panel)
        self.splitter.setStretchFactor(0, 3)
        self.splitter.setStretchFactor(1, 2)
        self.splitter.setCollapsible(0, False)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.splitter)
        self._stack.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)

    def _connect(self) -> None:
        self.list.sortRequested.connect(self.sort_by)
        self.list.rowOpened.connect(lambda _: self.show_samples())
        self.list.selectedKeysChanged.connect(lambda _: self._follow_selection())
        self.list.wentHome.connect(self.sort_again)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(
            lambda at: self.menuWanted.emit(self.list.viewport().mapToGlobal(at))
        )
        self.hold.released.connect(self.sort_again)
        self.panel.closed.connect(self._close_panel)
        self.empty.acted.connect(self.acted)

    @property
    def is_settled(self) -> bool:
        """Whether nothing is under way."""
        return self.asking.is_settled and self.panel.asking.is_settled

    @property
    def sort(self) -> str:
        """What the table is sorted by, of model.SORTS."""
        sort = self._preferences.get("transactions.sort", "total")
        return sort if sort in SORTS else "total"

    def current(self) -> Transaction | None:
        """Return the transaction chosen."""
        keys = self.list.selected_keys()
        return self.model.row_by_key(keys[0]) if keys else None

    # Reading

    def read(self, within: TraceFilter, *, again: bool = False) -> None:
        """Sum up what is within a filter; *again* for the same one, whose rows stay where they are."""
        self._filter = within
        where = of_segments(within)
        end = where.until if where.until is not None else Micros(self._clock())
        start = where.since if where.since is not None else Micros(end - DAY)
        self.where = replace(where, since=start, until=end)
        self.asking.ask(
            "transactions",
            read_transactions,
            self.where,
            answer=lambda found: self._take(found, again=again),
            failed=self._fail,
        )

    def _take(self, found: Transactions, *, again: bool) -> None:
        self._found, self._has_read = found.rows, True
        cut = tr("only the newest were looked at") if found.is_cut else ""
        span = tr("last 24 hours") if self._filter.since is None and self._filter.until is None else ""
        self.said.emit(", ".join(part for part in (span, cut) if part))
        if again and self.hold.is_held and self.model.rows:
            self._update_in_place()
        else:
            self._show()
        if self.panel.transaction is not None and not again:
            self._follow_selection()

    def _update_in_place(self) -> None:
        places = {row.key: at for at, row in enumerate(self._rows())}
        for row in self._rows():
            self.model.update_row(row)
        held = [row.key for row in self.model.rows]
        fresh = len(places.keys() - set(held))
        wanted = [key for key in places if key in set(held)]
        moved = sum(1 for one, other in zip(held, wanted, strict=False) if one != other)
        self.newerChanged.emit(fresh or (1 if moved else 0))

    def sort_again(self) -> None:
        """Put the rows where they belong, those that came meanwhile too."""
        self.hold.let_go()
        self._show()

    def sort_by(self, key: str) -> None:
        """Sort by one of model.SORTS."""
        self._preferences.set("transactions.sort", key)
        self._mark_sort()
        self.sort_again()

    def _mark_sort(self) -> None:
        header = self.list.horizontalHeader()
        header.setSortIndicatorShown(True)
        ascending = self.sort == "name"
        order = Qt.SortOrder.AscendingOrder if ascending else Qt.SortOrder.DescendingOrder
        header.setSortIndicator(list(TRANSACTION_TITLES).index(self.sort), order)

    # Showing

    def _fail(self, sentence: str, details: str) -> None:
        self.empty.say(sentence, details[:200], action=tr("Try again"), icon="triangle-alert")
        self._stack.setCurrentWidget(self.empty)

    def _show(self) -> None:
        rows = self._rows()
        self.newerChanged.emit(0)
        if not rows:
            self._say_empty()
        self._stack.setCurrentWidget(self.splitter if rows else self.empty)
        self.model.set_rows(rows)

    def _say_empty(self) -> None:
        scoped = self._filter != TraceFilter()
        sentence = tr("No transaction matches") if scoped else tr("No transactions in the last 24 hours")
        more = tr("Durations are summed up as segments arrive.")
        action = tr("Clear the filter") if scoped else tr("Connect an app")
        self.empty.say(sentence, more, action=action, icon="filter-x" if scoped else "list-tree")

    def _rows(self) -> list[Transaction]:
        words = (self._filter.text or "").lower().split()
        rows = [row for row in self._found if all(word in row.summary.name.lower() for word in words)]
        return sorted(rows, key=SORTS[self.sort])[: _MOST - 1]

    def _fetch(self, after: Transaction | None, limit: int, answer: PageAnswer[Transaction]) -> None:
        answer(self._rows() if after is None else [])

    def show_samples(self) -> None:
        """Show what lies behind the chosen transaction, and bring the keyboard there."""
        self._follow_selection()
        if self.panel.transaction is not None:
            self.panel.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _follow_selection(self) -> None:
        chosen = self.current()
        if chosen is not None:
            self.panel.show_transaction(chosen, self.where)

    def _close_panel(self) -> None:
        self.panel.forget()
        self.list.clearSelection()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    # The way back

    def view_state(self) -> dict[str, Any]:
        """Return the chosen row and how far down one was."""
        chosen = self.current()
        return {
            "transaction": list(chosen.key) if chosen is not None else None,
            "transactions_scroll": self.list.verticalScrollBar().value(),
        }

    def restore_state(self, state: dict[str, Any]) -> None:
        """Come back to what `view_state` said."""
        chosen = state.get("transaction")
        if chosen:
            self.list.select_key(tuple(chosen), reveal=False)
        self.list.verticalScrollBar().setValue(int(state.get("transactions_scroll") or 0))

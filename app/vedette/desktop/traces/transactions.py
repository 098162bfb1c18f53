"""The second tab: durations summed up by transaction name."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHeaderView, QStackedWidget, QVBoxLayout, QWidget

from vedette.desktop.bridge.in_flight import InFlight
from vedette.desktop.theme.theme import Theme
from vedette.desktop.traces.model import SORTS, Transaction, read_transaction_aloud, transaction_columns
from vedette.desktop.traces.read import read_transactions
from vedette.desktop.widgets.notices import EmptyState
from vedette.desktop.widgets.paged_model import PageAnswer, PagedModel
from vedette.desktop.widgets.painted_list import PaintedList
from vedette.domain.times import DAY, Micros, now
from vedette.store.queries.traces import TraceFilter

if TYPE_CHECKING:
    from vedette.desktop.bridge.bridge import Bridge

_MOST = 10_000


class TransactionsTab(QWidget):
    """A table that is sorted by its headers. What it sums up is the scope's time, else the last day."""

    opened = Signal(str)
    """A transaction was opened; carries its name."""

    def __init__(self, bridge: "Bridge", theme: Theme, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.asking = InFlight(bridge, self)
        self._found: list[Transaction] = []
        self._words = ""
        self.sort = "total"
        self.setObjectName(name)
        self.model: PagedModel[Transaction] = PagedModel(
            transaction_columns(),
            self._fetch,
            key=lambda row: row.key,
            describe=read_transaction_aloud,
            color=theme.color,
            page=_MOST,
            parent=self,
        )
        self.list = PaintedList(theme, name=f"{name}.table", title="Transactions")
        self.list.set_model(self.model)
        self.list.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column, digits in enumerate((16, 8, 10, 8, 8, 8, 8, 8, 10), start=1):
            self.list.set_column_width(column, digits)
        self.list.sortRequested.connect(self.sort_by)
        self.list.rowOpened.connect(lambda key: self.opened.emit(key[1]))
        self.empty = EmptyState(theme, name=f"{name}.empty")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)

    def read(self, within: TraceFilter) -> None:
        """Sum up what is within the scope."""
        end = within.until or now()
        start = within.since if within.since is not None else Micros(end - DAY)
        self.asking.ask(
            "transactions",
            read_transactions,
            within.project,
            start,
            end,
            answer=self._take,
            failed=self._fail,
        )

    def set_words(self, words: str) -> None:
        """Show only the transactions with all *words* in their name."""
        self._words = words
        self._show()

    def sort_by(self, key: str) -> None:
        """Sort by a column's key."""
        self.sort = key
        self._show()

    def _take(self, found: Sequence[Transaction]) -> None:
        self._found = list(found)
        self._show()

    def _fail(self, sentence: str, details: str) -> None:
        self.empty.say(sentence, details[:200], icon="triangle-alert")
        self._stack.setCurrentWidget(self.empty)

    def _show(self) -> None:
        rows = self._rows()
        if not rows:
            self.empty.say(
                "No transactions in this time" if not self._found else "No transaction has these words",
                "Durations are summed up as segments arrive.",
                icon="list-tree",
            )
        self._stack.setCurrentWidget(self.list if rows else self.empty)
        self.model.set_rows(rows)

    def _rows(self) -> list[Transaction]:
        words = [word for word in self._words.lower().split() if ":" not in word]
        rows = [row for row in self._found if all(word in row.summary.name.lower() for word in words)]
        return sorted(rows, key=SORTS[self.sort])[: _MOST - 1]

    def _fetch(self, after: Transaction | None, limit: int, answer: PageAnswer[Transaction]) -> None:
        answer(self._rows() if after is None else [])

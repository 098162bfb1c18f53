"""Under the transactions: how long the chosen one takes, and some of its traces to look at."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QHeaderView, QVBoxLayout, QWidget

from vedette.desktop.bridge.in_flight import InFlight
from vedette.desktop.commands.registry import CommandRegistry
from vedette.desktop.language import mark, tr
from vedette.desktop.shell.places import Place
from vedette.desktop.theme.theme import Theme
from vedette.desktop.trace.describe import length
from vedette.desktop.traces.histogram import Histogram
from vedette.desktop.traces.model import Clock, Transaction
from vedette.desktop.traces.read import read_samples_of
from vedette.desktop.widgets import relative_time, units
from vedette.desktop.widgets.buttons import IconButton, command_button
from vedette.desktop.widgets.labels import label
from vedette.desktop.widgets.paged_model import Column, PageAnswer, PagedModel
from vedette.desktop.widgets.painted_list import PaintedList
from vedette.store.queries.segments import SegmentFilter, SegmentRow
from vedette.store.queries.transactions import Samples

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vedette.desktop.bridge.bridge import Bridge

_EACH = 4
_GROUPS = {"slowest": mark("Slowest"), "median": mark("Median"), "fastest": mark("Fastest")}


@dataclass(frozen=True, slots=True)
class Sample:
    """One trace to look at, and why it was taken."""

    group: str
    row: SegmentRow

    @property
    def place(self) -> Place:
        return Place("traces", self.row.trace, extra=self.row.span)


class SamplesPanel(QFrame):
    """Histogram with a brush, and the slowest, middle and fastest of what is brushed."""

    opened = Signal(object)
    """A sample was opened: a Place."""
    openedApart = Signal(object)
    closed = Signal()

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
        self.transaction: Transaction | None = None
        self._where = SegmentFilter()
        self.chosen: tuple[int, int] | None = None
        """The durations brushed, in microseconds."""
        self._samples: Sequence[Sample] = ()
        self.setObjectName(name)
        self.setProperty("role", "panel")
        self._title = label("", "title", name=f"{name}.title", wrap=True)
        self._said = label("", "caption", name=f"{name}.said", wrap=True)
        self.histogram = Histogram(theme, name=f"{name}.histogram")
        self.model: PagedModel[Sample] = PagedModel(
            _columns(clock),
            self._fetch,
            key=lambda sample: (sample.group, sample.row.id),
            describe=_read_aloud,
            color=theme.color,
            parent=self,
        )
        self.list = PaintedList(theme, name=f"{name}.list", title=tr("Samples"))
        self.list.set_model(self.model)
        self.list.setSelectionMode(PaintedList.SelectionMode.SingleSelection)
        for column, digits in enumerate((9, 10, 0, 12)):
            if digits:
                self.list.set_column_width(column, digits)
        self.list.horizontalHeader().setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        close = IconButton(theme, "x", tr("Close the panel"), name=f"{name}.close")
        close.clicked.connect(self.closed)
        self._lay_out(theme, commands, close)
        self.list.rowOpened.connect(lambda key: self._open(key, self.opened))
        self.list.rowOpenedApart.connect(lambda key: self._open(key, self.openedApart))
        self.histogram.rangeChosen.connect(self._choose)
        self.histogram.rangeCleared.connect(lambda: self._choose(None))
        self.hide()

    def _lay_out(self, theme: Theme, commands: CommandRegistry, close: IconButton) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(14, 8, 8, 2)
        names = QVBoxLayout()
        names.setSpacing(2)
        names.addWidget(self._title)
        names.addWidget(self._said)
        top.addLayout(names, 1)
        top.addWidget(command_button(theme, commands, "transactions.show_traces", role="small"))
        top.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        below = QHBoxLayout()
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(0)
        below.addWidget(self.histogram, 4)
        below.addWidget(self.list, 5)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addLayout(below, 1)

    def show_transaction(self, transaction: Transaction, within: SegmentFilter) -> None:
        """Show what lies behind a transaction, within a scope and a stretch of time."""
        if self.transaction is None or transaction.key != self.transaction.key:
            self.chosen = None
            self.histogram.set_bars((), (), ())
        self.transaction = transaction
        summary = transaction.summary
        self._where = replace(within, projects=(summary.project,), name=summary.name, text=None)
        self._title.setText(summary.name)
        self.show()
        self._read(whole=True)

    def forget(self) -> None:
        """Show nothing."""
        self.transaction = None
        self.asking.cancel_all()
        self.hide()

    def _choose(self, low: int | None, high: int = 0) -> None:
        self.chosen = None if low is None else (low, high)
        self._read(whole=False)

    def _read(self, *, whole: bool) -> None:
        if whole:
            self.asking.ask(
                "samples", read_samples_of, self._where, _EACH, answer=self._take_all, failed=self._fail
            )
        if self.chosen is not None:
            low, high = self.chosen
            part = replace(self._where, min_duration=low, max_duration=high)
            self.asking.ask(
                "brushed", read_samples_of, part, _EACH, answer=self._take_part, failed=self._fail
            )
        elif not whole:
            self._read(whole=True)

    def _take_all(self, found: Samples) -> None:
        if self.transaction is None:
            return
        summary = self.transaction.summary
        marks = [("p50", summary.p50), ("p95", summary.p95)] if found.n > 2 else []
        self.histogram.set_bars(found.edges, found.counts, found.failed, marks)
        if self.chosen is None:
            self._take_part(found)

    def _take_part(self, found: Samples) -> None:
        groups = (("slowest", found.slowest), ("median", found.median), ("fastest", found.fastest))
        seen: set[int] = set()
        samples = []
        for group, rows in groups:
            samples += [Sample(group, row) for row in rows if row.id not in seen]
            seen.update(row.id for row in rows)
        self._samples = samples
        parts = [tr("%n time(s)", "", found.n)]
        if self.chosen is not None:
            low, high = (length(micros) for micros in self.chosen)
            parts.append(tr("between {low} and {high}").format(low=low, high=high))
        failed = sum(found.failed)
        if failed:
            parts.append(tr("%n failed", "", failed))
        if found.is_cut:
            parts.append(tr("only the newest {count} were looked at").format(count=units.count(found.n)))
        self._said.setText(", ".join(parts))
        self.model.reload()

    def _fail(self, sentence: str, details: str) -> None:
        self._said.setText(sentence)

    def _fetch(self, after: Sample | None, limit: int, answer: PageAnswer[Sample]) -> None:
        answer(self._samples if after is None else [])

    def _open(self, key: object, signal: object) -> None:
        sample = self.model.row_by_key(key)
        if sample is not None:
            signal.emit(sample.place)  # type: ignore[attr-defined]


def _columns(clock: Clock) -> tuple[Column[Sample], ...]:
    return (
        Column(tr("Sample"), text=lambda one: tr(_GROUPS[one.group]), token=lambda _: "text.muted"),
        Column(tr("Duration"), text=lambda one: length(one.row.duration), right=True),
        Column(
            tr("Status"),
            text=_status,
            token=lambda one: "level.error.text" if one.row.failed else "text",
            tip=lambda one: f"{_status(one)}\n{one.row.trace}",
        ),
        Column(
            tr("Started"),
            text=lambda one: relative_time.ago(one.row.start, clock()),
            right=True,
            tip=lambda one: relative_time.exact(one.row.start),
            token=lambda _: "text.muted",
        ),
    )


def _status(sample: Sample) -> str:
    row = sample.row
    parts = [str(row.http_status or ""), row.status, row.environment or "", row.release or ""]
    return "  ".join(part for part in parts if part)


def _read_aloud(sample: Sample) -> str:
    row = sample.row
    parts = [tr(_GROUPS[sample.group]), length(row.duration), row.status, relative_time.exact(row.start)]
    return ", ".join(parts)

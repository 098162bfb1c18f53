"""What the two lists show of a row: columns, sentences, keys. No SQL."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from vedette.desktop.widgets import relative_time, units
from vedette.desktop.widgets.paged_model import Column
from vedette.store.queries.traces import SegmentSummary, TraceRow

Clock = Callable[[], int]


@dataclass(frozen=True, slots=True)
class Transaction:
    """Durations of one project's transactions of one name."""

    summary: SegmentSummary
    service: str
    minutes: float
    """How long the time summed up is."""

    @property
    def key(self) -> tuple[int, str]:
        return self.summary.project, self.summary.name

    @property
    def per_minute(self) -> float:
        return self.summary.n / self.minutes if self.minutes else 0.0

    @property
    def failure(self) -> float:
        """The share that failed, 0 to 1."""
        return self.summary.failed / self.summary.n if self.summary.n else 0.0


def name_of(row: TraceRow) -> str:
    """Return how a trace is called, even before its root has arrived."""
    return row.name or row.op or "(root not arrived)"


def read_trace_aloud(row: TraceRow) -> str:
    """Return a trace as a sentence."""
    parts = [f"{row.op} {name_of(row)}".strip(), row.project_slug, units.duration(row.duration)]
    parts.append(units.plural(row.spans, "span"))
    if row.errors:
        parts.append(units.plural(row.errors, "error"))
    if row.failed:
        parts.append(f"{row.failed:,} failed")
    return ", ".join(part for part in parts if part)


def trace_columns(clock: Clock) -> tuple[Column[TraceRow], ...]:
    """Return the columns of the list of traces; the first is painted."""
    return (
        Column("Trace", tip=lambda row: f"{name_of(row)}\n{row.trace_id}"),
        Column("Spans", text=lambda row: units.count(row.spans), right=True),
        Column(
            "Segments",
            text=lambda row: units.count(row.segments),
            right=True,
            tip=lambda row: f"{units.plural(row.segments, 'segment')}: a service's part of the trace each",
        ),
        Column(
            "Errors",
            text=lambda row: units.count(row.errors),
            right=True,
            token=lambda row: "level.error.text" if row.errors else "text.faint",
        ),
        Column(
            "Failed",
            text=lambda row: units.count(row.failed),
            right=True,
            tip=lambda row: f"{units.plural(row.failed, 'segment')} with a failing status",
            token=lambda row: "level.error.text" if row.failed else "text.faint",
        ),
        Column(
            "Started",
            text=lambda row: relative_time.ago(row.start, clock()),
            right=True,
            tip=lambda row: relative_time.exact(row.start),
            token=lambda row: "text.muted",
        ),
    )


SORTS: Mapping[str, Callable[[Transaction], tuple[object, ...]]] = {
    "name": lambda row: (row.summary.name.lower(),),
    "service": lambda row: (row.service, row.summary.name.lower()),
    "n": lambda row: (-row.summary.n,),
    "p50": lambda row: (-row.summary.p50,),
    "p75": lambda row: (-row.summary.p75,),
    "p95": lambda row: (-row.summary.p95,),
    "longest": lambda row: (-row.summary.longest,),
    "failure": lambda row: (-row.failure, -row.summary.n),
    "total": lambda row: (-row.summary.total,),
}
"""The orders of the transactions, each with what matters first."""


def transaction_columns() -> tuple[Column[Transaction], ...]:
    """Return the columns of the list of transactions."""

    def length(title: str, key: str, micros: Callable[[SegmentSummary], int]) -> Column[Transaction]:
        return Column(title, text=lambda row: units.duration(micros(row.summary)), right=True, sort=key)

    return (
        Column(
            "Transaction", text=lambda row: row.summary.name, tip=lambda row: row.summary.name, sort="name"
        ),
        Column("Service", text=lambda row: row.service, sort="service", token=lambda row: "text.muted"),
        Column("Count", text=lambda row: units.count(row.summary.n), right=True, sort="n"),
        Column("Per minute", text=lambda row: units.significant(row.per_minute), right=True, sort="n"),
        length("p50", "p50", lambda summary: summary.p50),
        length("p75", "p75", lambda summary: summary.p75),
        length("p95", "p95", lambda summary: summary.p95),
        length("Max", "longest", lambda summary: summary.longest),
        Column(
            "Failed",
            text=lambda row: units.percent(row.summary.failed, row.summary.n),
            right=True,
            sort="failure",
            tip=lambda row: f"{row.summary.failed:,} of {row.summary.n:,}",
            token=lambda row: "level.error.text" if row.summary.failed else "text.faint",
        ),
        length("Total time", "total", lambda summary: summary.total),
    )


def read_transaction_aloud(row: Transaction) -> str:
    """Return a transaction as a sentence."""
    summary = row.summary
    return (
        f"{summary.name}, {row.service}, {units.count(summary.n)} times, "
        f"median {units.duration(summary.p50)}, "
        f"95 percent within {units.duration(summary.p95)}, "
        f"{units.percent(summary.failed, summary.n)} failed"
    )

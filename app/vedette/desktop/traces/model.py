"""What the two lists show of a row: columns, sentences, keys. No SQL."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from vedette.desktop.language import mark, tr
from vedette.desktop.theme.tokens import span_category
from vedette.desktop.trace.colouring import CATEGORY_TITLES
from vedette.desktop.trace.describe import length
from vedette.desktop.widgets import relative_time, units
from vedette.desktop.widgets.paged_model import Column
from vedette.domain.times import MINUTE
from vedette.store.queries.traces import TraceRow, TraceWork
from vedette.store.queries.transactions import SegmentSummary

Clock = Callable[[], int]
WorkOf = Callable[[str], TraceWork | None]
"""Returns what a trace was spent on, None while that is not known."""


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


@dataclass(frozen=True, slots=True)
class Part:
    """One category's part of a trace, as a share of its work, 0 to 1."""

    category: str
    share: float


def parts_of(work: TraceWork | None, op: str) -> tuple[Part, ...]:
    """Return a trace's work by category, largest first; all of the root's kind while it is not known."""
    totals: dict[str, int] = {}
    for name, micros in () if work is None else work.by_op:
        category = span_category(name)[5:]
        totals[category] = totals.get(category, 0) + micros
    whole = sum(totals.values())
    if not whole:
        return (Part(span_category(op)[5:], 1.0),)
    ordered = sorted(totals.items(), key=lambda pair: -pair[1])
    return tuple(Part(category, micros / whole) for category, micros in ordered if micros)


def work_in_words(work: TraceWork | None) -> str:
    """Return what a trace was spent on: ``Database 60 %, HTTP 30 %``; "" while it is not known."""
    if work is None or not work.by_op:
        return ""
    parts = [
        f"{tr(CATEGORY_TITLES[part.category])} {units.percent(part.share, 1)}" for part in parts_of(work, "")
    ]
    return ", ".join(parts[:4])


def name_of(row: TraceRow) -> str:
    """Return how a trace is called, even before its root has arrived."""
    return row.name or row.op or tr("(root not arrived)")


def read_trace_aloud(row: TraceRow, work: TraceWork | None = None) -> str:
    """Return a trace as a sentence."""
    parts = [f"{row.op} {name_of(row)}".strip()]
    parts.append(", ".join(work.services) if work is not None and work.services else row.project_slug)
    parts.append(length(row.duration))
    parts.append(tr("%n span(s)", "", row.spans))
    if row.errors:
        parts.append(tr("%n error(s)", "", row.errors))
    if row.failed:
        parts.append(tr("%n failed", "", row.failed))
    parts.append(work_in_words(work))
    return ", ".join(part for part in parts if part)


def trace_text(row: TraceRow) -> str:
    """Return a trace as one line to be pasted."""
    started = relative_time.exact(row.start)
    parts = [f"{row.op} {name_of(row)}".strip(), length(row.duration), tr("%n span(s)", "", row.spans)]
    if row.errors:
        parts.append(tr("%n error(s)", "", row.errors))
    return "  ".join([*parts, row.project_slug, started, row.trace_id])


TRACE_TITLES: Mapping[str, str] = {
    "trace": mark("Trace"),
    "duration": mark("Duration"),
    "spans": mark("Spans"),
    "segments": mark("Segments"),
    "errors": mark("Errors"),
    "failed": mark("Failed"),
    "start": mark("Started"),
}
TRACE_WIDTHS = {"duration": 11, "spans": 8, "segments": 10, "errors": 8, "failed": 8, "start": 13}
"""In digits."""
TRACE_HIDDEN = ("segments", "failed")
TRACE_FIRST_TO_GO = ("segments", "failed", "spans", "errors", "start")


def trace_columns(clock: Clock, work_of: WorkOf = lambda _: None) -> tuple[Column[TraceRow], ...]:
    """Return the columns of the list of traces, in the order of TRACE_TITLES; the first is painted."""

    def trace_tip(row: TraceRow) -> str:
        work = work_of(row.trace_id)
        services = ", ".join(work.services) if work is not None else row.project_slug
        return "\n".join(part for part in (name_of(row), services, work_in_words(work), row.trace_id) if part)

    def counted(key: str, count: Callable[[TraceRow], int], token: str = "") -> Column[TraceRow]:
        return Column(
            tr(TRACE_TITLES[key]),
            text=lambda row: units.count(count(row)),
            right=True,
            sort=key,
            token=(lambda row: token if count(row) else "text.faint") if token else None,
        )

    return (
        Column(tr(TRACE_TITLES["trace"]), tip=trace_tip),
        Column(
            tr(TRACE_TITLES["duration"]),
            text=lambda row: length(row.duration),
            right=True,
            tip=lambda row: f"{row.duration:,} µs",
            sort="duration",
        ),
        counted("spans", lambda row: row.spans),
        counted("segments", lambda row: row.segments),
        counted("errors", lambda row: row.errors, "level.error.text"),
        counted("failed", lambda row: row.failed, "level.error.text"),
        Column(
            tr(TRACE_TITLES["start"]),
            text=lambda row: relative_time.ago(row.start, clock()),
            right=True,
            tip=lambda row: relative_time.exact(row.start),
            sort="start",
            token=lambda row: "text.muted",
        ),
    )


SORTS: Mapping[str, Callable[[Transaction], tuple[object, ...]]] = {
    "name": lambda row: (row.summary.name.lower(), row.service),
    "n": lambda row: (-row.summary.n,),
    "rate": lambda row: (-row.per_minute,),
    "p50": lambda row: (-row.summary.p50,),
    "p75": lambda row: (-row.summary.p75,),
    "p95": lambda row: (-row.summary.p95,),
    "longest": lambda row: (-row.summary.longest,),
    "failure": lambda row: (-row.failure, -row.summary.n),
    "total": lambda row: (-row.summary.total,),
    "last": lambda row: (-(row.summary.last or 0),),
}
"""The orders of the transactions, each with what matters first."""
TRANSACTION_TITLES: Mapping[str, str] = {
    "name": mark("Transaction"),
    "n": mark("Count"),
    "rate": mark("Per minute"),
    "p50": mark("p50"),
    "p75": mark("p75"),
    "p95": mark("p95"),
    "longest": mark("Max"),
    "failure": mark("Failed"),
    "total": mark("Total time"),
    "last": mark("Last seen"),
}
TRANSACTION_WIDTHS = {
    "n": 8, "rate": 11, "p50": 9, "p75": 9, "p95": 9, "longest": 9, "failure": 8, "total": 11, "last": 12,
}  # fmt: skip
TRANSACTION_HIDDEN: tuple[str, ...] = ()
TRANSACTION_FIRST_TO_GO = ("rate", "p75", "longest", "last", "failure", "total", "n", "p50")


def transaction_columns(clock: Clock) -> tuple[Column[Transaction], ...]:
    """Return the columns of the transactions in the order of TRANSACTION_TITLES; the first is painted."""

    def title(key: str) -> str:
        return tr(TRANSACTION_TITLES[key])

    def lasted(key: str, micros: Callable[[SegmentSummary], int]) -> Column[Transaction]:
        return Column(title(key), text=lambda row: length(micros(row.summary)), right=True, sort=key)

    def last(row: Transaction) -> str:
        seen = row.summary.last
        return units.NO_VALUE if seen is None else relative_time.ago(seen, clock())

    return (
        Column(title("name"), tip=transaction_tip, sort="name"),
        Column(title("n"), text=lambda row: units.count(row.summary.n), right=True, sort="n"),
        Column(title("rate"), text=lambda row: rate_text(row.per_minute), right=True, sort="rate"),
        lasted("p50", lambda summary: summary.p50),
        lasted("p75", lambda summary: summary.p75),
        lasted("p95", lambda summary: summary.p95),
        lasted("longest", lambda summary: summary.longest),
        Column(
            title("failure"),
            text=lambda row: units.percent(row.summary.failed, row.summary.n),
            right=True,
            sort="failure",
            tip=lambda row: tr("{part} of {whole}").format(
                part=units.count(row.summary.failed), whole=units.count(row.summary.n)
            ),
            token=lambda row: "level.error.text" if row.summary.failed else "text.faint",
        ),
        lasted("total", lambda summary: summary.total),
        Column(
            title("last"),
            text=last,
            right=True,
            sort="last",
            tip=lambda row: "" if row.summary.last is None else relative_time.exact(row.summary.last),
            token=lambda row: "text.muted",
        ),
    )


def rate_text(per_minute: float) -> str:
    """Return a rate for a narrow column: ``214``, ``0.12``, ``<0.01`` for less."""
    return "<0.01" if 0 < per_minute < 0.005 else units.significant(per_minute)


def transaction_tip(row: Transaction) -> str:
    """Return what a transaction's row has no room for."""
    summary = row.summary
    minutes = tr("{rate} per minute over {span}").format(
        rate=rate_text(row.per_minute), span=units.duration(row.minutes * MINUTE)
    )
    return f"{summary.name}\n{row.service}  {summary.op}\n{minutes}"


def read_transaction_aloud(row: Transaction) -> str:
    """Return a transaction as a sentence."""
    summary = row.summary
    parts = [summary.name, row.service, tr("%n time(s)", "", summary.n)]
    parts.append(tr("median {length}").format(length=length(summary.p50)))
    parts.append(tr("95 percent within {length}").format(length=length(summary.p95)))
    parts.append(tr("longest {length}").format(length=length(summary.longest)))
    parts.append(tr("{share} failed").format(share=units.percent(summary.failed, summary.n)))
    return ", ".join(part for part in parts if part)


def transaction_text(row: Transaction) -> str:
    """Return a transaction as one line to be pasted."""
    summary = row.summary
    lengths = (("p50", summary.p50), ("p75", summary.p75), ("p95", summary.p95), ("max", summary.longest))
    return "  ".join(
        [
            summary.name,
            row.service,
            tr("%n time(s)", "", summary.n),
            *(f"{name} {length(micros)}" for name, micros in lengths),
            tr("{share} failed").format(share=units.percent(summary.failed, summary.n)),
        ]
    )

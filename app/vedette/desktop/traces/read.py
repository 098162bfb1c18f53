"""What the lists ask the store, each answered in a worker thread."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from vedette.desktop.traces.model import Transaction
from vedette.domain.times import MINUTE
from vedette.store.queries.projects import list_projects
from vedette.store.queries.segments import SegmentFilter
from vedette.store.queries.traces import TraceFilter, TraceRow, TraceWork, page_traces, trace_work
from vedette.store.queries.transactions import Samples, read_samples, summarise

Db = Any  # the store's connection, which the desktop only hands through
MOST_COUNTED = 1_000


@dataclass(frozen=True, slots=True)
class Transactions:
    """The transactions found; cut where not all segments could be looked at."""

    rows: tuple[Transaction, ...]
    is_cut: bool


def read_traces(db: Db, where: TraceFilter, sort: str, after: TraceRow | None, limit: int) -> list[TraceRow]:
    """Return a page of traces by *sort*, largest first."""
    return page_traces(db, where, after=after, limit=limit, sort=sort)


def read_works(db: Db, trace_ids: Sequence[str]) -> list[TraceWork]:
    """Return what traces (32 hex each) were spent on."""
    return trace_work(db, [bytes.fromhex(trace_id) for trace_id in trace_ids])


def has_traces(db: Db) -> bool:
    """Return whether the workspace has any trace at all."""
    return bool(page_traces(db, limit=1))


def count_each(db: Db, filters: Sequence[TraceFilter]) -> list[int]:
    """Return how many traces fit each of *filters*, at most MOST_COUNTED."""
    return [len(page_traces(db, where, limit=MOST_COUNTED)) for where in filters]


def read_slugs(db: Db) -> dict[str, int]:
    """Return the ids of projects by slug."""
    return {row.slug: row.id for row in list_projects(db)}


def read_transactions(db: Db, where: SegmentFilter) -> Transactions:
    """Return durations by transaction over the time *where* has, most total time first."""
    assert where.since is not None
    assert where.until is not None
    slugs = {row.id: row.slug for row in list_projects(db)}
    minutes = (where.until - where.since) / MINUTE
    found = summarise(db, where)
    rows = tuple(Transaction(one, slugs.get(one.project, ""), minutes) for one in found.rows)
    return Transactions(rows, found.is_cut)


def read_samples_of(db: Db, where: SegmentFilter, each: int) -> Samples:
    """Return histogram and samples of the transaction *where* names."""
    return read_samples(db, where, each=each)

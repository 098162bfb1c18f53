"""What the lists ask the store, each answered in a worker thread."""

from typing import Any

from vedette.desktop.traces.model import Transaction
from vedette.domain.times import MINUTE, Micros
from vedette.store.queries.projects import list_projects
from vedette.store.queries.traces import TraceFilter, TraceRow, page_traces, segment_summary

Db = Any  # the store's connection, which the desktop only hands through


def read_traces(db: Db, where: TraceFilter, after: TraceRow | None, limit: int) -> list[TraceRow]:
    """Return a page of traces, latest start first."""
    return page_traces(db, where, after=after, limit=limit)


def has_traces(db: Db) -> bool:
    """Return whether the workspace has any trace at all."""
    return bool(page_traces(db, limit=1))


def read_transactions(db: Db, project: int | None, start: Micros, end: Micros) -> list[Transaction]:
    """Return durations by transaction over [start, end), most total time first."""
    slugs = {row.id: row.slug for row in list_projects(db)}
    minutes = (end - start) / MINUTE
    return [
        Transaction(summary, slugs.get(summary.project, ""), minutes)
        for summary in segment_summary(db, project, start, end)
    ]

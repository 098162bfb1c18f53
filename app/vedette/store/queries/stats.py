"""Numbers about the whole workspace: how much there is, how much comes, how large it is."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, FromClause, func, select

from vedette.domain.issues import Status
from vedette.domain.levels import Level
from vedette.domain.outcomes import Outcome
from vedette.domain.times import HOUR, MINUTE, Micros, now
from vedette.domain.workspace import Workspace
from vedette.store.blobs import BlobStore
from vedette.store.queries.requests import outcome_counts
from vedette.store.schema import all_hour, all_minute, event, issue, trace


@dataclass(frozen=True, slots=True)
class Totals:
    events: int
    traces: int
    unresolved: int  # issues
    requests: int
    dropped: int  # requests of which something was refused, filtered or invalid


@dataclass(frozen=True, slots=True)
class Sizes:
    """Bytes on disk."""

    database: int  # with its WAL
    spool: int
    blobs: int

    @property
    def total(self) -> int:
        return self.database + self.spool + self.blobs


def totals(db: Connection) -> Totals:
    """Return how much there is.

    Events and traces are counted through their smallest index, some 10 ms a million.
    Index: event(ts, id), trace(start, id), issue(status, …), request(outcome, id).
    """
    unresolved = select(func.count()).where(issue.c.status == Status.UNRESOLVED.number)
    outcomes = outcome_counts(db)
    fine = outcomes[Outcome.STORED] + outcomes[Outcome.DUPLICATE] + outcomes[Outcome.NOT_INGEST]
    requests = sum(outcomes.values())
    return Totals(
        _rows(db, event),
        _rows(db, trace),
        db.execute(unresolved).scalar_one(),
        requests,
        requests - fine,
    )


def _rows(db: Connection, table: FromClause) -> int:
    return db.execute(select(func.count()).select_from(table)).scalar_one()


def events_per_minute(db: Connection, minutes: int, end: Micros | None = None) -> list[int]:
    """Return the number of events in each of the last *minutes* whole minutes up to *end*, oldest first.

    Index: all_minute (project, level, bucket), one short row for each minute, project and level.
    """
    last = (end if end is not None else now()) // MINUTE
    first = last - minutes + 1
    rows = db.execute(
        select(all_minute.c.bucket, func.sum(all_minute.c.n))
        .where(all_minute.c.bucket >= first, all_minute.c.bucket <= last)
        .group_by(all_minute.c.bucket)
    )
    counts = [0] * minutes
    for bucket, n in rows:
        counts[bucket - first] = n
    return counts


def events_by_level(
    db: Connection, start: Micros, end: Micros, buckets: int, projects: Iterable[int] = ()
) -> dict[Level, list[int]]:
    """Return for each level its events in *buckets* equal parts of [start, end); no projects: of all.

    Counted in whole hours, in minutes where the parts are shorter than that. Minutes are kept for 48 h.
    Index: all_minute or all_hour (project, level, bucket).
    """
    width = max(1, (end - start) // buckets)
    table, grain = (all_minute, MINUTE) if width < HOUR else (all_hour, HOUR)
    query = select(table.c.level, table.c.bucket, table.c.n).where(
        table.c.bucket >= start // grain, table.c.bucket * grain < end
    )
    if chosen := list(projects):
        query = query.where(table.c.project.in_(chosen))
    counts = {level: [0] * buckets for level in Level}
    for level, bucket, n in db.execute(query):
        place = min(max(0, bucket * grain - start) // width, buckets - 1)
        counts[Level.of(level)][place] += n
    return counts


def database_size(workspace: Workspace) -> Sizes:
    """Return what the workspace takes on disk."""
    return Sizes(_size(workspace.database), _size(workspace.spool), BlobStore(workspace.blobs).disk_size())


def _size(path: Path) -> int:
    total = 0
    for suffix in ("", "-wal"):
        with suppress(FileNotFoundError):
            total += path.with_name(path.name + suffix).stat().st_size
    return total

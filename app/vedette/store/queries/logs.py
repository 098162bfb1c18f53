"""Log records: pages of them, those of a trace, and how many there are over time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import ColumnElement, Connection, Select, String, func, literal, select, tuple_

from vedette.domain.logs import LEVELS, UNKNOWN, level_of
from vedette.domain.times import HOUR, MINUTE, Micros
from vedette.store import dialect
from vedette.store.dialect import log_find
from vedette.store.queries.matching import EVERYTHING, NOTHING, Match, all_of, tags
from vedette.store.queries.terms import slug_of, term_ids, value_of
from vedette.store.schema import inferred, log, log_hour, log_minute

MOST_OF_TRACE = 10_000
Key = tuple[int, int]
"""Where a page ended: the time of its last record and its row id."""


@dataclass(frozen=True, slots=True)
class LogRow:
    """One log record. Attributes are read from entry ``n`` of item ``item`` of request ``request``."""

    id: int
    project: int
    project_slug: str
    run: int
    ts: Micros
    trace: str | None  # 32 hex
    span: str | None  # 16 hex
    severity: int  # 1–24, 0 unknown
    body: str  # its beginning, if it is long
    environment: str | None
    release: str | None
    request: int
    item: int
    n: int

    @property
    def level(self) -> str:
        """The word for its severity."""
        return level_of(self.severity)

    @property
    def key(self) -> Key:
        """What the next page begins after, if this is a page's last record."""
        return self.ts, self.id


@dataclass(frozen=True, slots=True)
class LogFilter:
    """Which records; what is empty or None does not matter."""

    projects: tuple[int, ...] = ()
    run: int | None = None
    since: Micros | None = None
    until: Micros | None = None
    levels: tuple[str, ...] = ()  # trace … fatal, unknown
    environments: tuple[str, ...] = ()
    releases: tuple[str, ...] = ()
    text: str = ""  # words, all of which the body has; the last may be the beginning of one

    @property
    def goes_by_arrival(self) -> bool:
        """Whether pages are in order of arrival, since the full-text index answers; else by time."""
        return bool(self.text.strip() or self.levels or self.environments or self.releases)


_SELECT: Select[Any] = select(
    log.c.id,
    log.c.project,
    slug_of(log.c.project),
    log.c.run,
    log.c.ts,
    log.c.trace,
    log.c.span,
    log.c.severity,
    log.c.body,
    value_of(log.c.env_term, "environment"),
    value_of(log.c.release_term, "release"),
    log.c.request,
    log.c.item,
    log.c.n,
)


def _read(row: Any) -> LogRow:
    number, of_project, slug, run, ts, trace, span, *rest = row
    trace, span = trace and trace.hex(), span and span.hex()
    return LogRow(number, of_project, slug or "", run, ts, trace, span, *rest)


def get_log(db: Connection, number: int) -> LogRow | None:
    """Return the record with row id *number*. Index: primary key."""
    row = db.execute(_SELECT.where(log.c.id == number)).first()
    return _read(row) if row else None


def page_logs(
    db: Connection,
    where: LogFilter = LogFilter(),
    *,
    after: LogRow | Key | None = None,
    limit: int = 100,
) -> list[LogRow]:
    """Return up to *limit* records after *after*, newest first; fewer than *limit* means the end.

    Index: log(ts, id); with words, levels, environments or releases ``log_find`` by row id.
    """
    key = after.key if isinstance(after, LogRow) else after
    if where.goes_by_arrival:
        match = log_match(db, where)
        if match is NOTHING:
            return []
        query = (
            _SELECT.select_from(log_find)
            .join(log, log.c.id == log_find.c.rowid)
            .where(_matches(match))
            .order_by(log_find.c.rowid.desc())
        )
        if key is not None:
            query = query.where(log_find.c.rowid < key[1])
    else:
        query = _SELECT.order_by(log.c.ts.desc(), log.c.id.desc()).where(*_places(where))
        if key is not None:
            query = query.where(tuple_(log.c.ts, log.c.id) < tuple_(*key))
    return [_read(row) for row in db.execute(query.where(*_times(where)).limit(limit))]


def log_match(db: Connection, where: LogFilter) -> Match:
    """Return what *where* asks of ``log_find``: all but the times. Index: term(key, value)."""
    wanted = [EVERYTHING]
    words = [word for word in where.text.split() if any(character.isalnum() for character in word)]
    if where.text.strip():
        quoted = [dialect.quote(word) for word in words]
        # Who types has not finished the last word.
        wanted.append(Match(f"body : ({' AND '.join(quoted)} *)") if quoted else NOTHING)
    if where.projects:
        wanted.append(tags(f"{dialect.PROJECT}{number}" for number in where.projects))
    if where.run is not None:
        wanted.append(tags([f"{dialect.RUN}{where.run}"]))
    for key, values in (
        ("level", where.levels),
        ("environment", where.environments),
        ("release", where.releases),
    ):
        if values:
            numbers = term_ids(db, [(key, value) for value in values]).values()
            wanted.append(tags(f"{dialect.TERM}{number}" for number in numbers))
    return all_of(wanted)


def _matches(match: Match) -> ColumnElement[bool]:
    return log_find.c.log_find.op("MATCH", is_comparison=True)(literal(match.text, String))


def _places(where: LogFilter) -> Iterator[ColumnElement[bool]]:
    if where.projects:
        yield log.c.project.in_(where.projects)
    if where.run is not None:
        yield log.c.run == where.run


def _times(where: LogFilter) -> Iterator[ColumnElement[bool]]:
    if where.since is not None:
        yield log.c.ts >= where.since
    if where.until is not None:
        yield log.c.ts < where.until


def trace_logs(db: Connection, trace_id: bytes, limit: int = MOST_OF_TRACE) -> list[LogRow]:
    """Return a trace's records, at most *limit*, those that came first, by time. Index: log(trace)."""
    rows = db.execute(_SELECT.where(log.c.trace == trace_id).order_by(log.c.id).limit(limit))
    return sorted((_read(row) for row in rows), key=lambda row: row.key)


def count_trace_logs(db: Connection, trace_id: bytes) -> int:
    """Return how many records a trace has. Index: log(trace)."""
    return db.execute(select(func.count()).select_from(log).where(log.c.trace == trace_id)).scalar_one()


def logs_by_level(
    db: Connection, start: Micros, end: Micros, buckets: int, projects: Sequence[int] = ()
) -> dict[str, list[int]]:
    """Return for each level its records in *buckets* equal parts of [start, end); no projects: of all.

    Counted in whole hours, in minutes where the parts are shorter than that. Minutes are kept for 48 h.
    Index: log_minute or log_hour (project, level, bucket).
    """
    width = max(1, (end - start) // buckets)
    table, grain = (log_minute, MINUTE) if width < HOUR else (log_hour, HOUR)
    query = select(table.c.level, table.c.bucket, table.c.n).where(
        table.c.bucket >= start // grain, table.c.bucket * grain < end
    )
    if projects:
        query = query.where(table.c.project.in_(projects))
    names = (UNKNOWN, *LEVELS)
    counts = {level: [0] * buckets for level in names}
    for level, bucket, n in db.execute(query):
        place = min(max(0, bucket * grain - start) // width, buckets - 1)
        counts[names[level]][place] += n
    return counts


def inferred_attributes(db: Connection, request: int, item: int) -> dict[str, str]:
    """Return the attributes that all entries of an item have besides their own.

    Index: inferred(request, item).
    """
    text = db.execute(
        select(inferred.c.attributes).where(inferred.c.request == request, inferred.c.item == item)
    ).scalar()
    return {} if text is None else dict(orjson.loads(text))

"""Metrics: which there are, their points, and their sums over time and by attribute."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, false, func, select, tuple_

from vedette.domain.metrics import MetricKind
from vedette.domain.times import HOUR, Micros
from vedette.store import value_sketch
from vedette.store.queries.terms import like_pattern, slug_of, term_id, term_ids, value_of
from vedette.store.schema import metric, metric_attribute, metric_hour, metric_name, project, term

MOST_OF_TRACE = 10_000
MOST_NAMES = 1_000
MOST_POINTS = 200_000
"""Points looked at, the newest, where no sums were kept."""
_SHARES = (0.5, 0.75, 0.9, 0.95, 0.99)
Key = tuple[int, int]
"""Where a page ended: the time of its last point and its row id."""


@dataclass(frozen=True, slots=True)
class MetricRow:
    """One point. Attributes are read from entry ``n`` of item ``item`` of request ``request``."""

    id: int
    project: int
    project_slug: str
    run: int
    ts: Micros
    trace: str | None  # 32 hex
    span: str | None  # 16 hex
    name: str
    kind: MetricKind
    value: float
    unit: str  # "": none
    environment: str | None
    release: str | None
    request: int
    item: int
    n: int

    @property
    def key(self) -> Key:
        """What the next page begins after, if this is a page's last point."""
        return self.ts, self.id


@dataclass(frozen=True, slots=True)
class MetricFilter:
    """Which points; what is empty or None does not matter."""

    name: str | None = None
    kind: MetricKind | None = None
    unit: str | None = None
    projects: tuple[int, ...] = ()
    run: int | None = None
    since: Micros | None = None
    until: Micros | None = None
    environments: tuple[str, ...] = ()
    releases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MetricName:
    """One metric as a project sends it."""

    project: int
    name: str
    kind: MetricKind
    unit: str
    n: int
    first: Micros
    last: Micros


@dataclass(frozen=True, slots=True)
class MetricSums:
    """What the points of one hour come to; percentiles (``_SHARES``) to 1 %, () but for distributions."""

    bucket: int  # hours since the epoch
    attribute: tuple[str, str] | None  # whose points; None: all
    n: int
    total: float
    least: float
    most: float
    last: float
    percentiles: tuple[float, ...]


_SELECT: Select[Any] = select(
    metric.c.id,
    metric.c.project,
    slug_of(metric.c.project),
    metric.c.run,
    metric.c.ts,
    metric.c.trace,
    metric.c.span,
    value_of(metric.c.name_term, "name"),
    metric.c.kind,
    metric.c.value,
    metric.c.unit,
    value_of(metric.c.env_term, "environment"),
    value_of(metric.c.release_term, "release"),
    metric.c.request,
    metric.c.item,
    metric.c.n,
)


def _read(row: Any) -> MetricRow:
    number, of_project, slug, run, ts, trace, span, name, kind, *rest = row
    trace, span = trace and trace.hex(), span and span.hex()
    found = MetricKind.numbered(kind)
    return MetricRow(number, of_project, slug or "", run, ts, trace, span, name or "", found, *rest)


def metric_names(
    db: Connection, projects: Sequence[int] = (), *, part: str = "", limit: int = MOST_NAMES
) -> list[MetricName]:
    """Return the metrics there are by name, with *part* in it if given (``*``: any run of characters).

    Index: metric_name (project, name_term), a row a metric; term's primary key.
    """
    query = (
        select(
            metric_name.c.project,
            term.c.value,
            metric_name.c.kind,
            metric_name.c.unit,
            metric_name.c.n,
            metric_name.c.first,
            metric_name.c.last,
        )
        .join(term, term.c.id == metric_name.c.name_term)
        .order_by(term.c.value, metric_name.c.kind, metric_name.c.unit, metric_name.c.project)
        .limit(limit)
    )
    if projects:
        query = query.where(metric_name.c.project.in_(projects))
    if part:
        query = query.where(term.c.value.ilike(f"%{like_pattern(part)}%", escape="\\"))
    return [
        MetricName(of_project, name, MetricKind.numbered(kind), *rest)
        for of_project, name, kind, *rest in db.execute(query)
    ]


def get_metric(db: Connection, number: int) -> MetricRow | None:
    """Return the point with row id *number*. Index: primary key."""
    row = db.execute(_SELECT.where(metric.c.id == number)).first()
    return _read(row) if row else None


def page_metrics(
    db: Connection,
    where: MetricFilter = MetricFilter(),
    *,
    after: MetricRow | Key | None = None,
    limit: int = 100,
) -> list[MetricRow]:
    """Return up to *limit* points after *after*, newest first; fewer than *limit* means the end.

    Index: metric(name_term, ts) with a name, else metric(ts, id).
    """
    key = after.key if isinstance(after, MetricRow) else after
    query = _SELECT.order_by(metric.c.ts.desc(), metric.c.id.desc()).where(*metric_conditions(db, where))
    if key is not None:
        query = query.where(tuple_(metric.c.ts, metric.c.id) < tuple_(*key))
    return [_read(row) for row in db.execute(query.limit(limit))]


def metric_conditions(db: Connection, where: MetricFilter) -> Iterator[ColumnElement[bool]]:
    """Yield what *where* asks of a point's row. Index: term(key, value)."""
    if where.name is not None:
        number = term_id(db, "metric", where.name)
        yield false() if number is None else metric.c.name_term == number
    if where.kind is not None:
        yield metric.c.kind == where.kind.number
    if where.unit is not None:
        yield metric.c.unit == where.unit
    if where.projects:
        yield metric.c.project.in_(where.projects)
    if where.run is not None:
        yield metric.c.run == where.run
    if where.since is not None:
        yield metric.c.ts >= where.since
    if where.until is not None:
        yield metric.c.ts < where.until
    for key, column, values in (
        ("environment", metric.c.env_term, where.environments),
        ("release", metric.c.release_term, where.releases),
    ):
        if values:
            numbers = term_ids(db, [(key, value) for value in values]).values()
            yield column.in_(sorted(numbers)) if numbers else false()


def metric_values(
    db: Connection, where: MetricFilter, limit: int = MOST_POINTS
) -> list[tuple[Micros, float]]:
    """Return (time, value) of the newest *limit* points, newest first, for steps shorter than an hour.

    Index: metric(name_term, ts) with a name, else metric(ts, id).
    """
    query = select(metric.c.ts, metric.c.value).where(*metric_conditions(db, where))
    rows = db.execute(query.order_by(metric.c.ts.desc()).limit(limit))
    return [(ts, value) for ts, value in rows]


def metric_series(
    db: Connection,
    name: str,
    kind: MetricKind,
    start: Micros,
    end: Micros,
    *,
    projects: Sequence[int] = (),
    by: str | None = None,
) -> list[MetricSums]:
    """Return the sums of a metric for each hour of [start, end) that has points, by hour.

    With *by*, for each value of that attribute that has sums of its own (see the writer's bounds). Projects
    are added up. Index: metric_hour (project, name_term, kind, term, bucket); metric_attribute.
    """
    number = term_id(db, "metric", name)
    if number is None:
        return []
    if not projects:
        projects = list(db.execute(select(project.c.id)).scalars())
    values = {} if by is None else _values_of(db, number, by, projects)
    numbers = [0] if by is None else sorted(values)
    hour = metric_hour
    rows = db.execute(
        select(
            hour.c.bucket, hour.c.term, hour.c.n, hour.c.total, hour.c.least, hour.c.most, hour.c.last,
            hour.c.last_ts, hour.c.sketch,
        ).where(
            hour.c.project.in_(projects),
            hour.c.name_term == number,
            hour.c.kind == kind.number,
            hour.c.term.in_(numbers),
            hour.c.bucket >= start // HOUR,
            hour.c.bucket < -(-end // HOUR),
        )
    )  # fmt: skip
    groups: dict[tuple[int, int], list[Any]] = {}
    for row in rows:
        groups.setdefault((row.bucket, row.term), []).append(row)
    found = sorted(groups.items())
    return [_summed(bucket, (by or "", values[of]) if of else None, group) for (bucket, of), group in found]


def _values_of(db: Connection, name: int, key: str, projects: Sequence[int]) -> dict[int, str]:
    query = (
        select(term.c.id, term.c.value)
        .join(metric_attribute, metric_attribute.c.term == term.c.id)
        .where(metric_attribute.c.project.in_(projects), metric_attribute.c.name_term == name)
        .where(term.c.key == key)
    )
    return {row.id: row.value for row in db.execute(query)}


def _summed(bucket: int, attribute: tuple[str, str] | None, rows: Sequence[Any]) -> MetricSums:
    sketches = [row.sketch for row in rows if row.sketch]
    least, most = min(row.least for row in rows), max(row.most for row in rows)
    # A bucket's centre may lie beyond the values there were.
    shares = value_sketch.quantiles(sketches, _SHARES) if sketches else []
    return MetricSums(
        bucket,
        attribute,
        sum(row.n for row in rows),
        sum(row.total for row in rows),
        least,
        most,
        max(rows, key=lambda row: row.last_ts).last,
        tuple(min(max(value, least), most) for value in shares),
    )


def metric_attributes(db: Connection, name: str, projects: Sequence[int] = ()) -> dict[str, tuple[str, ...]]:
    """Return the attributes by which a metric's sums are split, each with its values, by name.

    Index: metric_attribute (project, name_term, term); term's primary key.
    """
    number = term_id(db, "metric", name)
    if number is None:
        return {}
    if not projects:
        projects = list(db.execute(select(project.c.id)).scalars())
    query = (
        select(term.c.key, term.c.value)
        .distinct()
        .join(metric_attribute, metric_attribute.c.term == term.c.id)
        .where(metric_attribute.c.project.in_(projects), metric_attribute.c.name_term == number)
    )
    found: dict[str, list[str]] = {}
    for key, value in db.execute(query):
        found.setdefault(key, []).append(value)
    return {key: tuple(sorted(values)) for key, values in sorted(found.items())}


def trace_metrics(db: Connection, trace_id: bytes, limit: int = MOST_OF_TRACE) -> list[MetricRow]:
    """Return a trace's points, at most *limit*, those that came first, by time. Index: metric(trace)."""
    rows = db.execute(_SELECT.where(metric.c.trace == trace_id).order_by(metric.c.id).limit(limit))
    return sorted((_read(row) for row in rows), key=lambda row: row.key)


def count_trace_metrics(db: Connection, trace_id: bytes) -> int:
    """Return how many points a trace has. Index: metric(trace)."""
    return db.execute(select(func.count()).select_from(metric).where(metric.c.trace == trace_id)).scalar_one()

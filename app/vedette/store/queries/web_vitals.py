"""Web vitals: those of a trace, pages of them, and how good pages are over time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, false, select, tuple_

from vedette.domain.times import HOUR, Micros
from vedette.domain.vitals import WebVital
from vedette.store import value_sketch
from vedette.store.queries.terms import slug_of, term_id, value_of
from vedette.store.schema import project, term, web_vital, web_vital_hour

MOST_OF_TRACE = 1_000
Key = tuple[int, int]
"""Where a page of rows ended: the time of its last one and its row id."""
_VITALS = tuple(WebVital)


@dataclass(frozen=True, slots=True)
class VitalsRow:
    """What one span brought."""

    id: int
    project: int
    project_slug: str
    run: int
    ts: Micros
    trace: str  # 32 hex
    span: str  # 16 hex
    page: str
    op: str
    browser: str | None
    environment: str | None
    release: str | None
    values: dict[WebVital, float]
    score: float | None  # 0…1

    @property
    def key(self) -> Key:
        """What the next page begins after, if this is a page's last row."""
        return self.ts, self.id


@dataclass(frozen=True, slots=True)
class VitalsFilter:
    """Which rows; what is empty or None does not matter."""

    page: str | None = None
    projects: tuple[int, ...] = ()
    run: int | None = None
    since: Micros | None = None
    until: Micros | None = None


@dataclass(frozen=True, slots=True)
class VitalSums:
    """One vital, or the score, over some time: how often measured, its mean and 75th percentile (to 1 %)."""

    n: int
    mean: float
    p75: float
    good: int
    poor: int


@dataclass(frozen=True, slots=True)
class PageSummary:
    """How good one page of one project is."""

    project: int
    page: str
    vitals: dict[WebVital, VitalSums]
    score: VitalSums | None


_SELECT: Select[Any] = select(
    web_vital.c.id,
    web_vital.c.project,
    slug_of(web_vital.c.project),
    web_vital.c.run,
    web_vital.c.ts,
    web_vital.c.trace,
    web_vital.c.span,
    value_of(web_vital.c.page_term, "page"),
    web_vital.c.op,
    value_of(web_vital.c.browser_term, "browser"),
    value_of(web_vital.c.env_term, "environment"),
    value_of(web_vital.c.release_term, "release"),
    *(web_vital.c[vital.value] for vital in WebVital),
    web_vital.c.score,
)


def _read(row: Any) -> VitalsRow:
    number, of_project, slug, run, ts, trace, span, page, op, browser, environment, release, *rest = row
    measured = zip(_VITALS, rest, strict=False)
    values = {vital: value for vital, value in measured if value is not None}
    return VitalsRow(
        number, of_project, slug or "", run, ts, trace.hex(), span.hex(), page or "", op, browser,
        environment, release, values, rest[-1],
    )  # fmt: skip


def page_vitals(
    db: Connection,
    where: VitalsFilter = VitalsFilter(),
    *,
    after: VitalsRow | Key | None = None,
    limit: int = 100,
) -> list[VitalsRow]:
    """Return up to *limit* rows after *after*, newest first; fewer than *limit* means the end.

    Index: web_vital(page_term, ts) with a page, else web_vital(ts, id).
    """
    key = after.key if isinstance(after, VitalsRow) else after
    query = _SELECT.order_by(web_vital.c.ts.desc(), web_vital.c.id.desc()).where(*_conditions(db, where))
    if key is not None:
        query = query.where(tuple_(web_vital.c.ts, web_vital.c.id) < tuple_(*key))
    return [_read(row) for row in db.execute(query.limit(limit))]


def _conditions(db: Connection, where: VitalsFilter) -> Iterator[ColumnElement[bool]]:
    if where.page is not None:
        number = term_id(db, "transaction", where.page)
        yield false() if number is None else web_vital.c.page_term == number
    if where.projects:
        yield web_vital.c.project.in_(where.projects)
    if where.run is not None:
        yield web_vital.c.run == where.run
    if where.since is not None:
        yield web_vital.c.ts >= where.since
    if where.until is not None:
        yield web_vital.c.ts < where.until


def trace_vitals(db: Connection, trace_id: bytes, limit: int = MOST_OF_TRACE) -> list[VitalsRow]:
    """Return what a trace's spans brought, at most *limit*, by time. Index: web_vital(trace)."""
    rows = db.execute(_SELECT.where(web_vital.c.trace == trace_id).order_by(web_vital.c.id).limit(limit))
    return sorted((_read(row) for row in rows), key=lambda row: row.key)


def summarise_pages(
    db: Connection, start: Micros, end: Micros, *, projects: Sequence[int] = ()
) -> list[PageSummary]:
    """Return how good each page was in the hours of [start, end), those measured most often first.

    Index: web_vital_hour (project, page_term, vital, bucket), all rows of the projects; term's primary key.
    """
    groups: dict[tuple[int, int], dict[int, list[Any]]] = {}
    for row in db.execute(_hours(db, start, end, projects)):
        groups.setdefault((row.project, row.page_term), {}).setdefault(row.vital, []).append(row)
    numbers = sorted({page for _, page in groups})
    named = db.execute(select(term.c.id, term.c.value).where(term.c.id.in_(numbers)))
    names = {row.id: row.value for row in named}
    pages = []
    for (of_project, page), by_vital in groups.items():
        summed = {number: _summed(rows) for number, rows in by_vital.items()}
        vitals = {vital: summed[n] for n, vital in enumerate(WebVital) if n in summed}
        pages.append(PageSummary(of_project, names.get(page, ""), vitals, summed.get(len(_VITALS))))
    return sorted(pages, key=lambda page: (-max(sums.n for sums in page.vitals.values()), page.page))


def vital_series(
    db: Connection,
    vital: WebVital | None,
    start: Micros,
    end: Micros,
    *,
    page: str | None = None,
    projects: Sequence[int] = (),
) -> dict[int, VitalSums]:
    """Return *vital* (None: the score) for each hour (since the epoch) of [start, end) that has values.

    Index: web_vital_hour (project, page_term, vital, bucket).
    """
    number = len(_VITALS) if vital is None else _VITALS.index(vital)
    query = _hours(db, start, end, projects).where(web_vital_hour.c.vital == number)
    if page is not None:
        of_page = term_id(db, "transaction", page)
        query = query.where(false() if of_page is None else web_vital_hour.c.page_term == of_page)
    groups: dict[int, list[Any]] = {}
    for row in db.execute(query):
        groups.setdefault(row.bucket, []).append(row)
    return {bucket: _summed(rows) for bucket, rows in sorted(groups.items())}


def _hours(db: Connection, start: Micros, end: Micros, projects: Sequence[int]) -> Select[Any]:
    if not projects:
        projects = list(db.execute(select(project.c.id)).scalars())
    hour = web_vital_hour
    return select(hour).where(
        hour.c.project.in_(projects), hour.c.bucket >= start // HOUR, hour.c.bucket < -(-end // HOUR)
    )


def _summed(rows: Sequence[Any]) -> VitalSums:
    n = sum(row.n for row in rows)
    return VitalSums(
        n,
        sum(row.total for row in rows) / n,
        value_sketch.quantiles([row.sketch for row in rows], (0.75,))[0],
        sum(row.good for row in rows),
        sum(row.poor for row in rows),
    )

"""Segments (a service's top spans): pages of them, and durations summed up by transaction name."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, String, literal, select, tuple_

from vedette.domain.times import DAY, HOUR, MINUTE, Micros, now
from vedette.store import dialect, sketch
from vedette.store.dialect import segment_find
from vedette.store.queries.matching import all_of, tags
from vedette.store.schema import project, segment, segment_hour, segment_minute, term

Key = tuple[int, int]
"""Where a page ended: the start of its last segment and its row id."""
_SHARES = (0.5, 0.75, 0.95)
_MINUTES_KEPT = 2 * DAY


@dataclass(frozen=True, slots=True)
class SegmentRow:
    id: int
    event_id: str | None  # 32 hex; only transactions have one
    trace: str  # 32 hex
    span: str  # 16 hex
    project: int
    project_slug: str
    run: int
    name: str
    op: str
    start: Micros
    duration: int
    status: str
    failed: bool
    http_method: str
    http_status: int | None
    environment: str | None
    release: str | None
    user: str | None
    spans: int  # in the batch that brought it
    request: int
    item: int

    @property
    def key(self) -> Key:
        """What the next page begins after, if this is a page's last segment."""
        return self.start, self.id


@dataclass(frozen=True, slots=True)
class SegmentFilter:
    """Which segments; what is None does not matter."""

    project: int | None = None
    name: str | None = None  # exactly this transaction
    run: int | None = None
    since: Micros | None = None
    until: Micros | None = None
    min_duration: int | None = None  # microseconds
    only_failed: bool = False
    text: str | None = None  # words in the name; then pages go by arrival


@dataclass(frozen=True, slots=True)
class SegmentSummary:
    """Durations (microseconds) of all segments of one project with one name; percentiles to 1 %."""

    project: int
    name: str
    n: int
    failed: int
    total: int
    p50: int
    p75: int
    p95: int
    longest: int


def _term(column: Any, label: str) -> Any:
    return select(term.c.value).where(term.c.id == column).scalar_subquery().label(label)


SELECT_SEGMENT: Select[Any] = select(
    segment.c.id,
    segment.c.eid,
    segment.c.trace,
    segment.c.sid,
    segment.c.project,
    select(project.c.slug).where(project.c.id == segment.c.project).scalar_subquery().label("slug"),
    segment.c.run,
    _term(segment.c.name_term, "name"),
    segment.c.op,
    segment.c.start,
    segment.c.duration,
    segment.c.status,
    segment.c.failed,
    segment.c.http_method,
    segment.c.http_status,
    _term(segment.c.env_term, "environment"),
    _term(segment.c.release_term, "release"),
    _term(segment.c.user_term, "user"),
    segment.c.spans,
    segment.c.request,
    segment.c.item,
)


def read_segment(row: Any) -> SegmentRow:
    """Return a row of SELECT_SEGMENT as what it means."""
    number, eid, trace, sid, of_project, slug, run, name, op, start, duration, status, failed, *rest = row
    return SegmentRow(
        number,
        eid.hex() if eid else None,
        trace.hex(),
        sid.hex(),
        of_project,
        slug or "",
        run,
        name or "",
        op,
        start,
        duration,
        status,
        bool(failed),
        *rest,
    )


def find_segments(
    text: str, *, project: int | None = None, run: int | None = None
) -> ColumnElement[bool] | None:
    """Return the condition on ``segment_find`` for names with all words of *text*; None: nothing to find."""
    words = [word for word in text.split() if any(character.isalnum() for character in word)]
    if not words:
        return None
    title = " AND ".join(f"title : {dialect.quote(word)} *" for word in words)
    tokens = []
    if project is not None:
        tokens.append(f"{dialect.PROJECT}{project}")
    if run is not None:
        tokens.append(f"{dialect.RUN}{run}")
    rest = all_of(tags([token]) for token in tokens).text
    expression = f"({title}) AND ({rest})" if rest else title
    found: ColumnElement[bool] = segment_find.c.segment_find.op("MATCH", is_comparison=True)(
        literal(expression, String)
    )
    return found


def get_segment(db: Connection, event_id: bytes) -> SegmentRow | None:
    """Return the transaction with *event_id* (16 bytes). Index: segment(eid)."""
    row = db.execute(SELECT_SEGMENT.where(segment.c.eid == event_id, segment.c.eid.is_not(None))).first()
    return read_segment(row) if row else None


def page_segments(
    db: Connection,
    where: SegmentFilter = SegmentFilter(),
    *,
    after: SegmentRow | Key | None = None,
    limit: int = 50,
) -> list[SegmentRow]:
    """Return up to *limit* segments after *after*, latest start first; fewer than *limit* means the end.

    Index: segment(name_term, start, duration) with a name, else segment(start, id);
    with words ``segment_find`` by row id.
    """
    key = after.key if isinstance(after, SegmentRow) else after
    conditions = list(_conditions(where))
    if where.text and where.text.strip():
        found = find_segments(where.text, project=where.project, run=where.run)
        if found is None:
            return []
        query = (
            SELECT_SEGMENT.select_from(segment_find)
            .join(segment, segment.c.id == segment_find.c.rowid)
            .where(found)
            .order_by(segment_find.c.rowid.desc())
        )
        if key is not None:
            query = query.where(segment_find.c.rowid < key[1])
    elif where.name is not None:
        name = db.execute(
            select(term.c.id).where(term.c.key == "transaction", term.c.value == where.name)
        ).scalar()
        # The index ends with the duration, so equal starts are told apart by it before the id.
        query = SELECT_SEGMENT.where(segment.c.name_term == name).order_by(segment.c.start.desc())
        if key is not None:
            query = query.where(tuple_(segment.c.start, segment.c.id) < tuple_(*key))
        query = query.order_by(segment.c.id.desc())
    else:
        query = SELECT_SEGMENT.order_by(segment.c.start.desc(), segment.c.id.desc())
        if key is not None:
            query = query.where(tuple_(segment.c.start, segment.c.id) < tuple_(*key))
    return [read_segment(row) for row in db.execute(query.where(*conditions).limit(limit))]


def _conditions(where: SegmentFilter) -> Iterator[ColumnElement[bool]]:
    if where.project is not None:
        yield segment.c.project == where.project
    if where.run is not None:
        yield segment.c.run == where.run
    if where.since is not None:
        yield segment.c.start >= where.since
    if where.until is not None:
        yield segment.c.start <= where.until
    if where.min_duration is not None:
        yield segment.c.duration >= where.min_duration
    if where.only_failed:
        yield segment.c.failed == 1


def segment_summary(db: Connection, project: int | None, start: Micros, end: Micros) -> list[SegmentSummary]:
    """Return durations by transaction name over [start, end), whole hours, most total time first.

    Ranges of up to three hours within the last two days are summed from minutes.
    Index: segment_hour or segment_minute (project, name_term, bucket).
    """
    by_minutes = end - start <= 3 * HOUR and start >= now() - _MINUTES_KEPT
    table, grain = (segment_minute, MINUTE) if by_minutes else (segment_hour, HOUR)
    query = select(
        table.c.project,
        table.c.name_term,
        table.c.n,
        table.c.failed,
        table.c.total,
        table.c.longest,
        table.c.sketch,
    ).where(table.c.bucket >= start // grain, table.c.bucket * grain < end)
    if project is not None:
        query = query.where(table.c.project == project)
    groups: dict[tuple[int, int], list[Any]] = {}
    for row in db.execute(query):
        groups.setdefault((row.project, row.name_term), []).append(row)
    names = _names(db, [name for _, name in groups])
    found = [_summed(key[0], names.get(key[1], ""), rows) for key, rows in groups.items()]
    return sorted(found, key=lambda summary: summary.total, reverse=True)


def _names(db: Connection, numbers: list[int]) -> dict[int, str]:
    rows = db.execute(select(term.c.id, term.c.value).where(term.c.id.in_(sorted(set(numbers)))))
    return {row.id: row.value for row in rows}


def _summed(project: int, name: str, rows: list[Any]) -> SegmentSummary:
    longest = max(row.longest for row in rows)
    # A bucket's centre may lie above the longest there was.
    p50, p75, p95 = (min(value, longest) for value in sketch.quantiles([row.sketch for row in rows], _SHARES))
    return SegmentSummary(
        project,
        name,
        sum(row.n for row in rows),
        sum(row.failed for row in rows),
        sum(row.total for row in rows),
        p50,
        p75,
        p95,
        longest,
    )

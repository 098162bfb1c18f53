"""Segments (a service's top spans): pages of them, and which of them a filter means."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, String, false, literal, or_, select, tuple_

from vedette.domain.times import Micros
from vedette.store import dialect
from vedette.store.dialect import segment_find
from vedette.store.queries.matching import all_of, tags
from vedette.store.queries.terms import slug_of, term_ids, value_of
from vedette.store.schema import segment, term

Key = tuple[int, int]
"""Where a page ended: the start of its last segment and its row id."""


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

    projects: tuple[int, ...] = ()
    environments: tuple[str, ...] = ()
    name: str | None = None  # exactly this transaction
    run: int | None = None
    since: Micros | None = None
    until: Micros | None = None
    min_duration: int | None = None  # microseconds
    max_duration: int | None = None
    only_failed: bool = False
    op: str | None = None  # or what begins with it and a dot
    status: str | None = None
    release: str | None = None
    user: str | None = None
    http_method: str | None = None
    http_status: int | None = None
    text: str | None = None  # words in the name; then pages go by arrival


SELECT_SEGMENT: Select[Any] = select(
    segment.c.id,
    segment.c.eid,
    segment.c.trace,
    segment.c.sid,
    segment.c.project,
    slug_of(segment.c.project),
    segment.c.run,
    value_of(segment.c.name_term, "name"),
    segment.c.op,
    segment.c.start,
    segment.c.duration,
    segment.c.status,
    segment.c.failed,
    segment.c.http_method,
    segment.c.http_status,
    value_of(segment.c.env_term, "environment"),
    value_of(segment.c.release_term, "release"),
    value_of(segment.c.user_term, "user"),
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
    text: str, *, projects: Sequence[int] = (), run: int | None = None
) -> ColumnElement[bool] | None:
    """Return the condition on ``segment_find`` for names with all words of *text*; None: nothing to find."""
    words = [word for word in text.split() if any(character.isalnum() for character in word)]
    if not words:
        return None
    title = " AND ".join(f"title : {dialect.quote(word)} *" for word in words)
    wanted = []
    if projects:
        wanted.append(tags(f"{dialect.PROJECT}{project}" for project in projects))
    if run is not None:
        wanted.append(tags([f"{dialect.RUN}{run}"]))
    rest = all_of(wanted).text
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
    conditions = list(segment_conditions(db, where))
    if where.text and where.text.strip():
        found = find_segments(where.text, projects=where.projects, run=where.run)
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


def segment_conditions(db: Connection, where: SegmentFilter) -> Iterator[ColumnElement[bool]]:
    """Yield what *where* asks of a segment's row, but for its name and the words in it."""
    if where.projects:
        yield segment.c.project.in_(where.projects)
    if where.run is not None:
        yield segment.c.run == where.run
    if where.since is not None:
        yield segment.c.start >= where.since
    if where.until is not None:
        yield segment.c.start <= where.until
    if where.min_duration is not None:
        yield segment.c.duration >= where.min_duration
    if where.max_duration is not None:
        yield segment.c.duration <= where.max_duration
    if where.only_failed:
        yield segment.c.failed == 1
    if where.op is not None:
        yield or_(segment.c.op == where.op, segment.c.op.startswith(where.op + ".", autoescape=True))
    yield from _conditions_on_facts(db, where)


def _conditions_on_facts(db: Connection, where: SegmentFilter) -> Iterator[ColumnElement[bool]]:
    if where.status is not None:
        yield segment.c.status == where.status
    if where.http_method is not None:
        yield segment.c.http_method == where.http_method.upper()
    if where.http_status is not None:
        yield segment.c.http_status == where.http_status
    for key, column, values in (
        ("environment", segment.c.env_term, where.environments),
        ("release", segment.c.release_term, (where.release,) if where.release else ()),
        ("user", segment.c.user_term, (where.user,) if where.user else ()),
    ):
        if values:
            numbers = term_ids(db, [(key, value) for value in values]).values()
            yield column.in_(sorted(numbers)) if numbers else false()

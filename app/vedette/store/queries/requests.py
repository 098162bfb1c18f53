"""Everything that knocked, with what became of it: the Ingest inspector's rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, and_, false, func, literal_column, select

from vedette.domain.outcomes import Outcome, Reason
from vedette.domain.times import Micros
from vedette.store.queries.shortids import short_id
from vedette.store.queries.terms import slug_of
from vedette.store.schema import (
    attachment,
    check_in,
    event,
    issue,
    item,
    log,
    metric,
    project,
    request,
    sender,
    span_batch,
)

_KIND_OF_SPANS = frozenset(("transaction", "span"))
# Spelled out, since the planner cannot tell whether a partial index holds for a bound value.
_STORED: ColumnElement[str] = literal_column(f"'{Outcome.STORED.value}'")


@dataclass(frozen=True, slots=True)
class RequestRow:
    id: int
    received: Micros
    run: int
    project: int | None
    project_slug: str | None
    sender: int
    ip: str
    client: str  # `sentry_client`, else the user agent
    method: str
    path: str
    public_key: str | None  # only where it is unknown
    content_type: str | None
    encoding: str | None
    wire_size: int
    size: int  # decoded
    status: int
    outcome: Outcome
    reason: str | None
    detail: str | None
    kinds: str  # item types in order with counts, `event, attachment × 2`
    skew: int | None  # microseconds the sender's clock is behind
    issue_short: str | None = None  # of its first stored event, DESK-12

    @property
    def sentence(self) -> str:
        """What happened, in the words of the inspector's result column."""
        if self.outcome is Outcome.STORED:
            where = f"stored → {self.issue_short}" if self.issue_short else "stored"
            return f"{where}. {self.detail}" if self.detail else where
        why = self.detail or (self.reason or "").replace("_", " ")
        if self.outcome in (Outcome.REFUSED, Outcome.NOT_INGEST):
            return f"{self.status} {why or 'not an ingest path'}"
        word = self.outcome.value
        return f"{word}: {why}" if why else word


@dataclass(frozen=True, slots=True)
class RequestFilter:
    """Which requests; what is empty or None does not matter."""

    outcomes: tuple[Outcome, ...] = ()
    only_trouble: bool = False  # whatever did not end as stored
    project: int | None = None
    projects: tuple[int, ...] = ()
    sender: int | None = None
    run: int | None = None
    since: Micros | None = None
    until: Micros | None = None
    newer_than: int | None = None  # an id
    text: str | None = None  # in path, kinds, reason or detail


@dataclass(frozen=True, slots=True)
class ItemRow:
    n: int
    kind: str
    start: int  # of the payload in the decoded body
    length: int
    outcome: Outcome
    reason: str | None
    detail: str | None
    is_apart: bool  # its payload lies in a file of its own
    ref: int | None  # row id of the event, span batch or attachment it became
    event_id: str | None = None  # 32 hex
    issue: int | None = None
    issue_short: str | None = None
    trace: str | None = None  # 32 hex


@dataclass(frozen=True, slots=True)
class SenderRow:
    id: int
    ip: str
    client: str
    first: Micros
    last: Micros
    n: int
    dropped: str  # what its last client report says was dropped
    blocked: bool


_REQUEST: Select[Any] = (
    select(
        request.c.id,
        request.c.received,
        request.c.run,
        request.c.project,
        slug_of(request.c.project),
        request.c.sender,
        select(sender.c.ip).where(sender.c.id == request.c.sender).scalar_subquery().label("ip"),
        select(sender.c.client).where(sender.c.id == request.c.sender).scalar_subquery().label("client"),
        request.c.method,
        request.c.path,
        request.c.public_key,
        request.c.content_type,
        request.c.encoding,
        request.c.wire_size,
        request.c.size,
        request.c.status,
        request.c.outcome,
        request.c.reason,
        request.c.detail,
        request.c.kinds,
        request.c.skew,
    )
)  # fmt: skip


def _read(row: Any, shorts: dict[int, str]) -> RequestRow:
    values: list[Any] = [*row, shorts.get(row.id)]
    values[6], values[7] = row.ip or "", row.client or ""
    values[16] = Outcome(row.outcome)
    return RequestRow(*values)


def page_requests(
    db: Connection,
    where: RequestFilter = RequestFilter(),
    *,
    after: RequestRow | int | None = None,
    limit: int = 100,
) -> list[RequestRow]:
    """Return up to *limit* requests older than *after* (row or id), newest first; fewer means the end.

    Index: primary key; request(outcome, id) when only what was not stored is asked for.
    """
    query = _REQUEST.where(*_conditions(where))
    if after is not None:
        query = query.where(request.c.id < (after.id if isinstance(after, RequestRow) else after))
    rows: list[Any] = []
    walks = _walks(where)
    for condition in walks:
        rows.extend(db.execute(query.where(*condition).order_by(request.c.id.desc()).limit(limit)))
    rows.sort(key=lambda row: row.id, reverse=True)
    rows = rows[:limit]
    shorts = _first_shorts(db, [row.id for row in rows if row.outcome == Outcome.STORED.value])
    return [_read(row, shorts) for row in rows]


def _walks(where: RequestFilter) -> Iterable[list[ColumnElement[bool]]]:
    """Return the condition of each walk: the index of outcomes is in order of ids only within one."""
    outcomes: Sequence[Outcome] = where.outcomes
    if where.only_trouble:
        troubles = [outcome for outcome in Outcome if outcome is not Outcome.STORED]
        outcomes = [outcome for outcome in troubles if not where.outcomes or outcome in where.outcomes]
        if not outcomes:
            return [[false()]]
    if not outcomes:
        return [[]]
    return [
        [request.c.outcome == outcome.value]
        if outcome is Outcome.STORED
        # Says in the words of the partial index that it applies.
        else [request.c.outcome == outcome.value, request.c.outcome != _STORED]
        for outcome in outcomes
    ]


def _conditions(where: RequestFilter) -> Iterable[ColumnElement[bool]]:
    if where.project is not None:
        yield request.c.project == where.project
    if where.newer_than is not None:
        yield request.c.id > where.newer_than
    if where.projects:
        yield request.c.project.in_(where.projects)
    if where.sender is not None:
        yield request.c.sender == where.sender
    if where.run is not None:
        yield request.c.run == where.run
    if where.since is not None:
        yield request.c.received >= where.since
    if where.until is not None:
        yield request.c.received <= where.until
    if where.text:
        text = request.c.path + " " + request.c.kinds + " "
        text = text + func.coalesce(request.c.reason, "") + " " + func.coalesce(request.c.detail, "")
        yield text.icontains(where.text, autoescape=True)


def _first_shorts(db: Connection, ids: Sequence[int]) -> dict[int, str]:
    """Return the short id of the first event each of the requests *ids* brought."""
    if not ids:
        return {}
    rows = db.execute(
        select(item.c.request, item.c.n, project.c.slug, issue.c.short)
        .select_from(item)
        .join(event, event.c.id == item.c.ref)
        .join(issue, issue.c.id == event.c.issue)
        .join(project, project.c.id == issue.c.project)
        .where(
            item.c.request.in_(ids),
            event.c.request == item.c.request,
            event.c.item == item.c.n,  # what is no event of a check-in has a number of its own
        )
    )
    # The first item comes last and so stays.
    last_first = sorted(rows, key=lambda row: row.n, reverse=True)
    return {row.request: short_id(row.slug, row.short) for row in last_first}


def refused_with_key(
    db: Connection, public_key: str, reason: Reason, limit: int = 20_000
) -> list[RequestRow]:
    """Return up to *limit* requests refused for *reason* with *public_key*, oldest first.

    Index: request(outcome, id) of what was not stored.
    """
    query = _REQUEST.where(
        request.c.outcome == Outcome.REFUSED.value,
        request.c.outcome != _STORED,
        request.c.reason == reason.value,
        request.c.public_key == public_key,
    )
    return [_read(row, {}) for row in db.execute(query.order_by(request.c.id).limit(limit))]


def get_request(db: Connection, request_id: int) -> RequestRow | None:
    """Return one request. Index: primary key."""
    row = db.execute(_REQUEST.where(request.c.id == request_id)).first()
    return _read(row, _first_shorts(db, [request_id])) if row else None


def items_of(db: Connection, request_id: int) -> list[ItemRow]:
    """Return a request's items in order, with the issue or trace each belongs to.

    Index: item(request, n), then primary keys; attachments also event_eid.
    """
    # Rows of all kinds are numbered from one; only the item's own event says so.
    is_event = and_(event.c.request == item.c.request, event.c.item == item.c.n)
    is_spans = item.c.kind.in_(sorted(_KIND_OF_SPANS)) & (span_batch.c.request == item.c.request)
    rows = db.execute(
        select(
            item.c.n,
            item.c.kind,
            item.c.start,
            item.c.length,
            item.c.outcome,
            item.c.reason,
            item.c.detail,
            item.c.blob,
            item.c.ref,
            event.c.eid,
            event.c.issue,
            issue.c.short,
            project.c.slug,
            func.coalesce(event.c.trace, span_batch.c.trace).label("trace"),
        )
        .select_from(item)
        .outerjoin(event, (event.c.id == item.c.ref) & is_event)
        .outerjoin(span_batch, (span_batch.c.id == item.c.ref) & is_spans)
        .outerjoin(issue, issue.c.id == event.c.issue)
        .outerjoin(project, project.c.id == issue.c.project)
        .where(item.c.request == request_id)
        .order_by(item.c.n)
    )
    return [_read_item(row, _aside(db, row)) for row in rows]


@dataclass(frozen=True, slots=True)
class _Aside:
    """What an item belongs to that is neither event nor spans."""

    issue: int | None = None
    short: int | None = None
    slug: str | None = None
    trace: bytes | None = None


def _aside(db: Connection, row: Any) -> _Aside:
    if row.ref is None or row.issue is not None or row.trace is not None:
        return _Aside()
    if row.kind == "attachment":
        of_event = db.execute(
            select(event.c.issue, issue.c.short, project.c.slug, event.c.trace)
            .select_from(attachment)
            .join(event, (event.c.eid == attachment.c.eid) & (event.c.project == attachment.c.project))
            .join(issue, issue.c.id == event.c.issue)
            .join(project, project.c.id == issue.c.project)
            .where(attachment.c.id == row.ref)
        ).first()
        return _Aside(*of_event) if of_event is not None else _Aside()
    table = _TRACED.get(row.kind)
    if table is None:
        return _Aside()
    return _Aside(trace=db.execute(select(table.c.trace).where(table.c.id == row.ref)).scalar())


_TRACED: dict[str, Table] = {"log": log, "trace_metric": metric, "check_in": check_in}


def _read_item(row: Any, aside: _Aside) -> ItemRow:
    slug, short, trace = row.slug or aside.slug, row.short or aside.short, row.trace or aside.trace
    return ItemRow(
        row.n,
        row.kind,
        row.start,
        row.length,
        Outcome(row.outcome),
        row.reason,
        row.detail,
        row.blob is not None,
        row.ref,
        row.eid.hex() if row.eid else None,
        row.issue or aside.issue,
        short_id(slug, short) if slug and short else None,
        trace.hex() if trace else None,
    )


def senders(db: Connection, limit: int = 1_000) -> list[SenderRow]:
    """Return who sent something, latest first, at most *limit*. There are few, so all are looked at."""
    rows = db.execute(
        select(
            sender.c.id,
            sender.c.ip,
            sender.c.client,
            sender.c.first,
            sender.c.last,
            sender.c.n,
            sender.c.dropped,
            sender.c.blocked,
        )
        .order_by(sender.c.last.desc(), sender.c.id.desc())
        .limit(limit)
    )
    return [SenderRow(*row[:7], bool(row.blocked)) for row in rows]


def outcome_counts(db: Connection, since_id: int = 0) -> dict[Outcome, int]:
    """Return how many requests after id *since_id* ended how; outcomes that did not occur are 0.

    Index: primary key for all, request(outcome, id) for what was not stored.
    """
    counts = dict.fromkeys(Outcome, 0)
    rows = db.execute(
        select(request.c.outcome, func.count())
        .where(request.c.outcome != _STORED, request.c.id > since_id)
        .group_by(request.c.outcome)
    )
    for outcome, n in rows:
        counts[Outcome(outcome)] = n
    total = db.execute(select(func.count()).select_from(request).where(request.c.id > since_id)).scalar_one()
    counts[Outcome.STORED] = total - sum(counts.values())
    return counts
